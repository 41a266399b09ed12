package award

import (
	"context"
	"regexp"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Proceeding is what happened above the cluster after its dossier was sent, on
// which the next step of the year rests (domain.md §1.2, states 11, 12 and 14):
// the appraisal report, the council's session, the presentation.
type Proceeding struct {
	ID         string        `db:"id"`
	Version    int64         `db:"version"`
	YearID     string        `db:"year_id"`
	State      cluster.State `db:"state"`  // the step that it lets the year take
	Number     string        `db:"number"` // of the report or the minutes; empty for a presentation
	Day        clock.Day     `db:"day"`
	Body       string        `db:"body"`    // who appraised, which council sat, where it was presented
	Members    int           `db:"members"` // of the council
	Present    int           `db:"present"` // with those who voted in writing
	Conclusion string        `db:"conclusion"`
	AccountID  string        `db:"account_id"`
	At         clock.Instant `db:"at"`
	Withdrawn  string        `db:"withdrawn"` // why; empty while it stands
}

// proceeding is what is fixed about a step above the cluster.
type proceeding struct {
	State    cluster.State
	From     cluster.State // the state in which it is recorded
	Activity cluster.Activity
	Guard    string
	Name     string
	Missing  string // what the step waits for
}

var proceedings = []proceeding{
	{cluster.Appraised, cluster.Submitted, cluster.Appraise, "appraisal", "Báo cáo thẩm định", "Chưa ghi báo cáo thẩm định (số, ngày, kết luận)."},
	{cluster.CouncilVoted, cluster.Appraised, cluster.Sitting, "council", "Phiên họp Hội đồng", "Chưa ghi phiên họp Hội đồng (biên bản số, ngày, số thành viên dự, kết quả)."},
	{cluster.Awarded, cluster.Decided, cluster.Presenting, "presentation", "Lễ trao tặng", "Chưa ghi việc trao tặng (ngày, nơi trao)."},
}

func proceedingTo(to cluster.State) (proceeding, bool) {
	for _, p := range proceedings {
		if p.State == to {
			return p, true
		}
	}
	return proceeding{}, false
}

// Awaited is the proceeding that is recorded in the year's state, by the step
// that it opens; false where none is.
func Awaited(y cluster.Year) (cluster.State, bool) {
	for _, p := range proceedings {
		if cluster.Open(y, p.Activity) {
			return p.State, true
		}
	}
	return "", false
}

// Name is what the proceeding is called.
func (p Proceeding) Name() string {
	kind, _ := proceedingTo(p.State)
	return kind.Name
}

// paperNumber is how papers are numbered: 12/BC-SNV, 07/2023/BB-HĐTĐKT.
var paperNumber = regexp.MustCompile(`^[0-9]{1,6}[A-Za-z]?(/[0-9]{4})?/[\p{Lu}&.]{1,8}[\p{Lu}\p{Ll}&.-]{0,30}$`)

// NewProceeding is a proceeding to be recorded.
type NewProceeding struct {
	YearID     string
	State      cluster.State
	Number     string
	Day        clock.Day
	Body       string
	Members    int
	Present    int
	Conclusion string
}

func (n *NewProceeding) check(today clock.Day) error {
	n.Number, n.Body, n.Conclusion = vntext.Line(n.Number), vntext.Line(n.Body), vntext.Clean(n.Conclusion)
	council, numbered := n.State == cluster.CouncilVoted, n.State != cluster.Awarded
	return fault.List(
		fault.When(numbered && n.Number == "", "number", "Chưa nhập số văn bản."),
		fault.When(n.Number != "" && !paperNumber.MatchString(n.Number), "number", "Số văn bản không đúng dạng. Hãy nhập như 12/BC-SNV."),
		fault.When(!n.Day.Valid(), "day", "Ngày không đúng. Hãy nhập như 14/03/2024."),
		fault.When(n.Day.Valid() && n.Day > today, "day", "Ngày không được sau hôm nay."),
		fault.When(n.Body == "", "body", "Chưa nhập cơ quan, hội đồng hoặc nơi trao."),
		fault.When(len([]rune(n.Body)) > 300, "body", "Nội dung dài quá 300 ký tự."),
		fault.When(numbered && n.Conclusion == "", "conclusion", "Chưa nhập kết luận."),
		fault.When(len([]rune(n.Conclusion)) > 4000, "conclusion", "Kết luận dài quá 4.000 ký tự. Hãy ghi tóm tắt."),
		fault.When(council && n.Members <= 0, "members", "Chưa nhập tổng số thành viên Hội đồng."),
		fault.When(council && (n.Present <= 0 || n.Present > n.Members && n.Members > 0), "present", "Số thành viên dự họp phải từ 1 đến tổng số thành viên."),
		fault.When(!council && (n.Members != 0 || n.Present != 0), "members", "Chỉ phiên họp Hội đồng mới ghi số thành viên."),
	)
}

// Record enters a proceeding. It is not before what it follows, and a council
// has its quorum under the rule of the day.
func (s *Service) Record(ctx context.Context, actor access.Actor, n NewProceeding) (Proceeding, error) {
	kind, ok := proceedingTo(n.State)
	if !ok {
		return Proceeding{}, fault.Missing()
	}
	var row Proceeding
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.AwardDecide, access.Record{Year: n.YearID}); err != nil {
			return err
		}
		y, err := s.years.During(ctx, tx, n.YearID, kind.Activity)
		if err != nil {
			return err
		}
		if err := n.check(clock.Today(s.now)); err != nil {
			return err
		}
		now, err := s.standing(ctx, tx, y, kind)
		if err != nil {
			return err
		}
		if now != nil {
			return fault.New(fault.Conflict, "Đã ghi: {.what}. Nếu ghi sai, hãy hủy bản ghi đó, nêu lý do, rồi ghi lại.", "what", locale.Msg(kind.Name))
		}
		after, what, err := s.floor(ctx, tx, y, n.State)
		if err != nil {
			return err
		}
		if n.Day < after {
			return fault.Wrong("day", "Ngày {.day} có trước {.what} ({.after}). Hãy xem lại ngày.", "day", n.Day, "what", what, "after", after)
		}
		if n.State == cluster.CouncilVoted {
			if err := s.quorate(ctx, tx, y, n); err != nil {
				return err
			}
		}
		row = Proceeding{
			ID: db.NewID(), YearID: y.ID, State: n.State, Number: n.Number, Day: n.Day, Body: n.Body, Members: n.Members, Present: n.Present,
			Conclusion: n.Conclusion, AccountID: actor.Account, At: clock.Stamp(s.now),
		}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "award.record", Year: y.ID, Reason: n.Number}, "proceeding", &row)
	})
	return row, err
}

// WithdrawRecord takes a proceeding back that was recorded wrongly, while the
// year has not gone on from it.
func (s *Service) WithdrawRecord(ctx context.Context, actor access.Actor, id, reason string, version int64) error {
	reason = vntext.Line(reason)
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		row, err := db.Get[Proceeding](ctx, tx, "proceeding", id)
		if err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.AwardDecide, access.Record{Year: row.YearID}); err != nil {
			return err
		}
		kind, _ := proceedingTo(row.State)
		if _, err := s.years.During(ctx, tx, row.YearID, kind.Activity); err != nil {
			return err
		}
		switch {
		case row.Withdrawn != "":
			return fault.New(fault.Conflict, "Bản ghi này đã được hủy.")
		case reason == "":
			return fault.Wrong("reason", "Hãy ghi lý do hủy; lý do được lưu vào sổ cái.")
		}
		row.Withdrawn, row.Version = reason, version
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "award.unrecord", Year: row.YearID, Reason: reason}, "proceeding", &row)
	})
}

// Proceedings lists what was recorded of a year, withdrawn ones too, oldest first.
func (s *Service) Proceedings(ctx context.Context, actor access.Actor, yearID string) ([]Proceeding, error) {
	if err := s.gate.MustSee(ctx, s.db, actor, access.ClusterRead, access.Record{Year: yearID}); err != nil {
		return nil, err
	}
	return s.proceedings(ctx, s.db, yearID)
}

func (s *Service) proceedings(ctx context.Context, q db.Queryer, yearID string) ([]Proceeding, error) {
	return db.All[Proceeding](ctx, q, `SELECT `+db.Prefixed("p", Proceeding{})+` FROM proceeding p WHERE year_id = $1 ORDER BY at, id`, yearID)
}

// standing is the proceeding that the year may take the step on; nil for none.
// A dossier that went back and was sent anew is appraised anew.
func (s *Service) standing(ctx context.Context, q db.Queryer, y cluster.Year, kind proceeding) (*Proceeding, error) {
	rows, err := s.proceedings(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	moves, err := s.years.Trace(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	var since clock.Instant
	for _, m := range moves {
		if m.To == kind.From && !m.Back {
			since = m.At
		}
	}
	for _, r := range slices.Backward(rows) {
		if r.State == kind.State && r.Withdrawn == "" && r.At >= since {
			return &r, nil
		}
	}
	return nil, nil
}

// floor is the day before which a proceeding cannot have been, and what happened
// on it.
func (s *Service) floor(ctx context.Context, q db.Queryer, y cluster.Year, to cluster.State) (clock.Day, locale.Text, error) {
	switch to {
	case cluster.Appraised:
		day, err := s.met(ctx, q, y.ID, "review")
		return day, locale.Msg("hội nghị bình xét"), err
	case cluster.CouncilVoted:
		kind, _ := proceedingTo(cluster.Appraised)
		p, err := s.standing(ctx, q, y, kind)
		if err != nil || p == nil {
			return "", locale.Text{}, err
		}
		return p.Day, locale.Msg("báo cáo thẩm định"), nil
	}
	decisions, err := s.decisions(ctx, q, y.ID)
	if err != nil {
		return "", locale.Text{}, err
	}
	first := clock.Day("")
	for _, d := range decisions {
		if d.Revoked == "" && (first == "" || d.Day < first) {
			first = d.Day
		}
	}
	return first, locale.Msg("quyết định khen thưởng"), nil
}

// met is the day of a year's last closed meeting of a kind; empty for none.
func (s *Service) met(ctx context.Context, q db.Queryer, yearID, kind string) (clock.Day, error) {
	at, there, err := db.Maybe[clock.Instant](ctx, q, `SELECT m.starts_at FROM meeting m JOIN meeting_year y ON y.meeting_id = m.id
		WHERE y.year_id = $1 AND m.kind = $2 AND m.state = 'closed' ORDER BY m.starts_at DESC LIMIT 1`, yearID, kind)
	if err != nil || !there {
		return "", err
	}
	return clock.DayOf(at.Time()), nil
}

// quorate requires the council's quorum under the rule of the day.
func (s *Service) quorate(ctx context.Context, q db.Queryer, y cluster.Year, n NewProceeding) error {
	c, err := s.years.Cluster(ctx, q, y.ClusterID)
	if err != nil {
		return err
	}
	rule, err := s.rules.At(ctx, q, rulebook.QuorumCouncil, c.OrganiserID, n.Day)
	if err != nil {
		return err
	}
	t, err := rule.Threshold()
	if err != nil {
		return err
	}
	if need := ballot.Needed(n.Members, t); n.Present < need {
		return fault.Wrong("present", "{.present} trên {.members} thành viên là chưa đủ để Hội đồng họp: cần {.need} ({.share}).", "present", n.Present, "members", n.Members, "need", need, "share", t.Words())
	}
	return nil
}

// sat is the day on which the council took the year up; empty for none. A
// council's session that was held as a meeting here counts as well.
func (s *Service) sat(ctx context.Context, q db.Queryer, y cluster.Year) (clock.Day, error) {
	kind, _ := proceedingTo(cluster.CouncilVoted)
	p, err := s.standing(ctx, q, y, kind)
	if err != nil {
		return "", err
	}
	if p != nil {
		return p.Day, nil
	}
	return s.met(ctx, q, y.ID, "council")
}

// guardProceeding wants the proceeding that opens a step.
func (s *Service) guardProceeding(kind proceeding) cluster.Guard {
	return func(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
		if kind.State == cluster.CouncilVoted {
			if day, err := s.sat(ctx, q, y); err != nil || day != "" {
				return nil, err
			}
		} else if p, err := s.standing(ctx, q, y, kind); err != nil || p != nil {
			return nil, err
		}
		return []cluster.Blocker{{Text: locale.Msg(kind.Missing), Tab: "awards"}}, nil
	}
}
