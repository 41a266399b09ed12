package e2e

import (
	"context"
	"time"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/platform/db"
)

// stage brings a copy of the demo to where the demo itself does not stand: cross
// checks and a review with its votes are under way, a movement is being written,
// the council has voted, a covenant is in its third version.
func stage(ctx context.Context, a *app.App, password string) error {
	st := stager{ctx, a, password}
	standing, err := st.actor("thuongtruc")
	if err != nil {
		return err
	}
	leader, err := st.actor("luongtai")
	if err != nil {
		return err
	}
	years, err := a.Years.Visible(ctx, standing, 0, "")
	if err != nil {
		return err
	}
	for _, y := range years {
		if y.Illustrative && y.Year == 2023 {
			continue // the block that is there to be tried stays as it is
		}
		c, err := a.Years.Cluster(ctx, a.DB, y.ClusterID)
		if err != nil {
			return err
		}
		switch {
		case c.Kind == cluster.Cum:
			err = st.review(leader, y)
		case y.Year == 2023:
			err = st.put(y, cluster.SelfScored)
		default:
			err = st.put(y, cluster.CouncilVoted)
		}
		if err != nil {
			return err
		}
		if c.Kind == cluster.Khoi && y.Year == 2023 {
			_, err = a.Movements.Create(ctx, standing, movement.NewMovement{
				OrganiserID: c.OrganiserID, Name: "Phong trào thi đua chuyên đề chuyển đổi số năm 2023", Kind: movement.Thematic, Year: 2023, Basis: "Kế hoạch 12/KH-UBND",
				Text: "Các chỉ tiêu:\n- Tỷ lệ hồ sơ giải quyết trực tuyến toàn trình đạt ít nhất 75%;\n- Số hóa 100% hồ sơ tồn đọng của năm 2022.",
			})
			if err != nil {
				return err
			}
		}
	}
	return st.papers()
}

type stager struct {
	ctx      context.Context
	app      *app.App
	password string
}

func (s stager) actor(login string) (access.Actor, error) {
	acc, err := s.app.Account.SignIn(s.ctx, login, s.password, "127.0.0.1")
	return acc.Actor(), err
}

// put sets a year's state past the machine's guards: what its pages look like
// there is the question, not how it came there.
func (s stager) put(y cluster.Year, to cluster.State) error {
	y.State = to
	return s.app.DB.InTx(s.ctx, func(tx *db.Tx) error {
		return s.app.Book.Update(s.ctx, tx, ledger.Change{By: access.Program, Action: "test.put", Year: y.ID}, "cluster_year", &y)
	})
}

// papers goes on with the block whose papers are being written: a scoring sheet
// is begun, the covenant's second version is out and its third being written.
func (s stager) papers() error {
	ministry, err := s.actor("bokhdt")
	if err != nil {
		return err
	}
	leader, err := s.actor("kcn.thainguyen")
	if err != nil {
		return err
	}
	years, err := s.app.Years.Visible(s.ctx, ministry, 2023, "")
	if err != nil {
		return err
	}
	y := years[0]
	if _, err := s.app.Criteria.Create(s.ctx, leader, criteria.NewSheet{At: criteria.Place{Year: y.ID}, Name: "Bảng chấm điểm năm 2023 (đang soạn)"}); err != nil {
		return err
	}
	text := "1. Các đơn vị đoàn kết, giúp đỡ nhau hoàn thành nhiệm vụ.\n2. Phấn đấu năm 2023:\n- Thu hút ít nhất 15 dự án đầu tư mới;\n" +
		"- Tổng vốn đầu tư đăng ký đạt từ 900 triệu USD trở lên;\n- Không để xảy ra tai nạn lao động nghiêm trọng."
	second, err := s.app.Drafts.Write(s.ctx, leader, y.ID, draft.Covenant, draft.Text{Title: "Giao ước thi đua", Text: text})
	if err != nil {
		return err
	}
	if _, err := s.app.Drafts.Circulate(s.ctx, leader, second.ID, second.Version); err != nil {
		return err
	}
	_, err = s.app.Drafts.Write(s.ctx, leader, y.ID, draft.Covenant, draft.Text{Title: "Giao ước thi đua", Text: text + "\n- 100% khu công nghiệp có hệ thống xử lý nước thải tập trung."})
	return err
}

// member is the unit of that name.
func member(all []cluster.Member, short string) string {
	for _, m := range all {
		if m.Short == short {
			return m.UnitID
		}
	}
	return ""
}

// review opens a review meeting with votes in every state, and plans another.
func (s stager) review(leader access.Actor, y cluster.Year) error {
	if err := s.put(y, cluster.Aggregated); err != nil {
		return err
	}
	ctx, a := s.ctx, s.app
	members, err := a.Years.Members(ctx, a.DB, y)
	if err != nil {
		return err
	}
	plan := meeting.Plan{
		Kind: meeting.Review, Title: "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2023", Place: "Hội trường UBND huyện", Starts: a.Clock.Now(),
		Chair: "Chủ tịch UBND huyện (minh họa)", Secretary: "Chuyên viên (minh họa)",
	}
	m, err := a.Meetings.Plan(ctx, leader, []string{y.ID}, plan, meeting.Review.Agenda())
	if err != nil {
		return err
	}
	for i, unit := range members {
		at := meeting.Attendance{UnitID: unit.UnitID, Status: meeting.Present}
		switch i {
		case 4:
			at.Status = meeting.Absent
		case 5:
			at.Status, at.Person, at.Position, at.Mandate = meeting.Substitute, "Trần Văn Minh Họa", "Phó Chủ tịch", "Giấy ủy quyền số 15/GUQ"
		}
		if err := a.Meetings.Mark(ctx, leader, m.ID, at); err != nil {
			return err
		}
	}
	if m, err = a.Meetings.Get(ctx, a.DB, m.ID); err != nil {
		return err
	}
	if err := a.Meetings.Open(ctx, leader, m.ID, m.Version); err != nil {
		return err
	}
	units := []string{members[0].UnitID, members[3].UnitID, members[5].UnitID} // the tellers are others
	for _, p := range []ballot.NewPoll{
		{Purpose: ballot.ForLeader, Title: "Bầu cụm trưởng năm 2024", Way: ballot.OnPaper, Units: units},
		{Purpose: ballot.ForAward, AwardKind: "flag_province", Title: "Đề nghị tặng Cờ thi đua của UBND tỉnh", Way: ballot.OnPaper, Seats: 1, Units: units},
		{Purpose: ballot.ForAdopt, Title: "Thông qua phương hướng năm 2024", Way: ballot.ByHands, Labels: []string{"Phương hướng, nhiệm vụ năm 2024"}},
		{Purpose: ballot.ForDeputy, Title: "Bầu cụm phó năm 2024", Way: ballot.OnPaper, Units: units},
	} {
		p.MeetingID, p.YearID = m.ID, y.ID
		made, err := a.Ballots.Prepare(ctx, leader, p)
		if err != nil {
			return err
		}
		if p.Purpose == ballot.ForDeputy {
			continue // stays prepared
		}
		if p.Way == ballot.OnPaper {
			if err := a.Ballots.NameTellers(ctx, leader, made.ID, [2]ballot.NewTeller{{UnitID: member(members, "Thành phố Bắc Ninh")}, {UnitID: member(members, "Thành phố Từ Sơn")}}); err != nil {
				return err
			}
		}
		if err := a.Ballots.Open(ctx, leader, made.ID, made.Version); err != nil {
			return err
		}
		if p.Purpose != ballot.ForAward {
			continue // open, nothing counted
		}
		// The two tellers do not agree.
		for i, login := range []string{"tpbacninh", "tuson"} {
			teller, err := s.actor(login)
			if err != nil {
				return err
			}
			v, err := a.Ballots.See(ctx, teller, made.ID)
			if err != nil {
				return err
			}
			f := ballot.Figures{Issued: 7, Returned: 7, Valid: 7}
			for j, n := range v.Nominees {
				yes := 6 - 2*j
				if i == 1 && j == 0 {
					yes--
				}
				f.Lines = append(f.Lines, ballot.Line{Nominee: n.ID, Yes: yes, No: 7 - yes})
			}
			if _, err := a.Ballots.EnterCount(ctx, teller, made.ID, f); err != nil {
				return err
			}
		}
	}
	plan.Kind, plan.Title, plan.Starts = meeting.Preliminary, "Họp trù bị hội nghị tổng kết", a.Clock.Now().Add(72*time.Hour)
	_, err = a.Meetings.Plan(ctx, leader, []string{y.ID}, plan, meeting.Preliminary.Agenda())
	return err
}
