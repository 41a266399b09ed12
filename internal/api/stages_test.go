package api

import (
	"fmt"
	"strings"
	"time"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// launched is the stage that furnish leaves the year in.
func launched(*world) {}

const (
	covenantText = "Các chỉ tiêu năm 2023:\n- Thu ngân sách đạt 100 tỷ đồng;\n- Tỷ lệ hồ sơ giải quyết đúng hạn đạt ít nhất 95%."
	sheetBody    = `{"criteria":[
 {"id":"A","name":"Nhiệm vụ","max":"43","children":[
  {"id":"A1","name":"Dịch vụ công","max":"40","evidence":true,"rule":{"kind":"ratio"}},
  {"id":"A2","name":"Tăng trưởng","max":"3","rule":{"kind":"steps","base":"1","from":"7","per":"0.5","add":"0.25"}}]},
 {"id":"B","name":"Phong trào","max":"57","na":"zero","rule":{"kind":"direct"}}],
 "ties":["A1"]}`
)

// written: the four papers are drafted; the plan has a comment, another version
// of it is not circulated yet.
func written(w *world) {
	ctx, d, year := w.t.Context(), w.server.Deps, w.Year.ID
	m, err := d.Movements.Create(ctx, w.Standing, movement.NewMovement{
		OrganiserID: w.Organiser.ID, Name: "Thi đua cả tỉnh", Kind: movement.Regular, Year: 2023, Theme: "Đoàn kết", Text: "Phấn đấu năm 2023 thu ngân sách đạt 500 tỷ đồng.", Basis: "Kế hoạch 1",
	})
	w.Check(err)
	m, err = d.Movements.Launch(ctx, w.Standing, m.ID, m.Version)
	w.Check(err)
	unlaunched, err := d.Movements.Create(ctx, w.Standing, movement.NewMovement{OrganiserID: w.Organiser.ID, Name: "Đang soạn", Kind: movement.Thematic, Year: 2023, Theme: "Chuyên đề"})
	w.Check(err)
	sheet, err := d.Criteria.Create(ctx, w.Leader(), criteria.NewSheet{At: criteria.Place{Year: year}, Name: "Bảng chấm điểm", Body: []byte(sheetBody)})
	w.Check(err)
	w.names["movement"], w.names["unlaunched"], w.names["sheet"] = m.ID, unlaunched.ID, sheet.ID
	ts, err := d.Movements.Targets(ctx, w.DB, m.ID)
	w.Check(err)
	w.names["movement_target"] = ts[0].ID
	for _, k := range draft.Kinds {
		text := draft.Text{Text: "Điều 1. Nội dung.\nĐiều 2. Thực hiện."}
		switch k {
		case draft.Criteria:
			text.SheetVersionID = sheet.ID
		case draft.Covenant:
			text.Text = covenantText
		}
		v, err := d.Drafts.Write(ctx, w.Leader(), year, k, text)
		w.Check(err)
		v, err = d.Drafts.Circulate(ctx, w.Leader(), v.ID, v.Version)
		w.Check(err)
		w.names[string(k)], w.names[string(k)+"_paper"], w.names[string(k)+"_hash"] = v.ID, v.DraftID, v.Hash
	}
	c, err := d.Drafts.Comment(ctx, w.Officers[2], w.names["plan"], w.Units[2].ID, 2, "Cần nói rõ ai thực hiện.")
	w.Check(err)
	next, err := d.Drafts.Write(ctx, w.Leader(), year, draft.Plan, draft.Text{Text: "Điều 1. Nội dung.\nĐiều 2. Khối trưởng thực hiện."})
	w.Check(err)
	w.names["comment"], w.names["next"] = c.ID, next.ID
}

// executing: papers adopted, two of three signed, a figure reported, a
// self-score begun with evidence.
func executing(w *world) {
	written(w)
	ctx, d, year := w.t.Context(), w.server.Deps, w.Year.ID
	m := w.meet(meeting.Launch)
	for _, k := range draft.Kinds {
		paper, err := d.Drafts.Get(ctx, w.DB, w.names[string(k)+"_paper"])
		w.Check(err)
		_, err = d.Drafts.Adopt(ctx, w.Leader(), w.names[string(k)], m.ID, paper.Version)
		w.Check(err)
	}
	w.Put(cluster.Executing)
	for _, i := range []int{0, 1} {
		_, err := d.Covenants.Sign(ctx, w.Heads[i], year, covenant.Sign{UnitID: w.Units[i].ID, Hash: w.names["covenant_hash"]})
		w.Check(err)
	}
	aims, err := d.Indicators.Aims(ctx, w.DB, year)
	w.Check(err)
	if len(aims) != 2 {
		w.t.Fatalf("%d targets read", len(aims))
	}
	f, err := d.Indicators.Report(ctx, w.Leader(), year, indicator.Report{TargetID: aims[0].ID, Period: indicator.HalfYear, Amount: "60.5", Lang: locale.English})
	w.Check(err)
	_, err = d.Assessment.Save(ctx, w.Officers[2], assessment.Cell{Year: year, Unit: w.Units[2].ID, Criterion: "B", Round: assessment.Self, Inputs: scoring.Inputs{"points": "50"}})
	w.Check(err)
	proof, err := d.Evidence.Attach(ctx, w.Officers[2], evidence.Upload{
		Kind: assessment.EvidenceKind, Subject: assessment.EvidenceSubject(year, w.Units[2].ID, "A1"), Name: "minh chứng.pdf", Body: strings.NewReader("%PDF-1.7\nthử\n%%EOF\n"),
	})
	w.Check(err)
	w.Check(d.Assessment.AssignByRotation(ctx, w.Leader(), year))
	w.names["target1"], w.names["target2"], w.names["figure"], w.names["figure_version"] = aims[0].ID, aims[1].ID, f.ID, fmt.Sprint(f.Version)
	w.names["evidence"], w.names["version"] = proof.ID, fmt.Sprint(w.Year.Version)
}

// reviewing: a meeting in session with a poll on paper under way, a counted
// show of hands, and a nomination that rests on it.
func reviewing(w *world) {
	executing(w)
	ctx, d, year := w.t.Context(), w.server.Deps, w.Year.ID
	w.Put(cluster.Aggregated)
	m := w.meet(meeting.Review)
	w.Check(d.Meetings.Open(ctx, w.Leader(), m.ID, m.Version))
	for _, u := range w.Units {
		w.Check(d.Meetings.Mark(ctx, w.Leader(), m.ID, meeting.Attendance{UnitID: u.ID, Status: meeting.Present}))
	}
	open := func(n ballot.NewPoll) ballot.View {
		n.MeetingID, n.YearID = m.ID, year
		p, err := d.Ballots.Prepare(ctx, w.Leader(), n)
		w.Check(err)
		if n.Way == ballot.OnPaper {
			w.Check(d.Ballots.NameTellers(ctx, w.Leader(), p.ID, [2]ballot.NewTeller{{UnitID: w.Units[2].ID}, {UnitID: w.Organiser.ID}}))
		}
		w.Check(d.Ballots.Open(ctx, w.Leader(), p.ID, p.Version))
		v, err := d.Ballots.See(ctx, w.Leader(), p.ID)
		w.Check(err)
		return v
	}
	hands := open(ballot.NewPoll{Purpose: ballot.ForAward, AwardKind: "flag_province", Title: "Cờ thi đua", Way: ballot.ByHands, Seats: 1, Units: []string{w.Units[0].ID, w.Units[1].ID}})
	w.Check(d.Ballots.CountHands(ctx, w.Leader(), hands.ID, []ballot.Line{{Nominee: hands.Nominees[0].ID, Yes: 3}, {Nominee: hands.Nominees[1].ID, Yes: 1, No: 2}}))
	paper := open(ballot.NewPoll{Purpose: ballot.ForLeader, Title: "Bầu khối trưởng", Way: ballot.OnPaper, Units: []string{w.Units[0].ID, w.Units[1].ID}})
	made, err := d.Awards.Propose(ctx, w.Leader(), award.Proposal{YearID: year, KindID: "flag_province", Units: []string{w.Units[0].ID}, PollID: hands.ID, Override: "Hội nghị nhất trí"})
	w.Check(err)
	items, err := d.Meetings.Items(ctx, w.DB, m.ID)
	w.Check(err)
	now, err := d.Meetings.Get(ctx, w.DB, m.ID)
	w.Check(err)
	rules, err := d.Rulebook.List(ctx, w.Standing, "2023-01-14")
	w.Check(err)
	w.names["hands"], w.names["hands_version"], w.names["poll"], w.names["nominee1"], w.names["nominee2"] = hands.ID, "3", paper.ID, paper.Nominees[0].ID, paper.Nominees[1].ID
	w.names["nomination"], w.names["nomination_version"], w.names["item"] = made[0].ID, fmt.Sprint(made[0].Version), items[0].ID
	w.names["meeting_version"], w.names["rule"], w.names["rule_version"] = fmt.Sprint(now.Version), rules[0].ID, fmt.Sprint(rules[0].Version)
	w.names["version"] = fmt.Sprint(w.Year.Version)
}

// meet plans a meeting of the year for today.
func (w *world) meet(k meeting.Kind) meeting.Meeting {
	m, err := w.server.Meetings.Plan(w.t.Context(), w.Leader(), []string{w.Year.ID}, meeting.Plan{
		Kind: k, Title: "Hội nghị " + k.Name(), Place: "Hội trường", Starts: time.Date(2023, 1, 14, 8, 0, 0, 0, clock.Vietnam), Chair: "A", Secretary: "B",
	}, k.Agenda())
	w.Check(err)
	w.names["meeting"], w.names["meeting_version"] = m.ID, fmt.Sprint(m.Version)
	return m
}
