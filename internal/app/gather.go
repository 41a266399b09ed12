package app

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Papers and the public page repeat what other rooms know. The rooms do not
// know of one another, so their data are brought together here.

// vi is the language of official papers.
const vi = locale.Vietnamese

// paper gathers what a paper says.
func (a *App) paper(ctx context.Context, q db.Queryer, y cluster.Year, k document.Kind, subject string) (document.Data, error) {
	d := document.Data{Year: y.Year, Cluster: y.Name, Illustrative: y.Illustrative}
	for _, part := range []func() error{
		func() error { return a.parties(ctx, q, y, &d) },
		func() error { return a.paperTargets(ctx, q, y, &d) },
		func() error { return a.paperCovenant(ctx, q, y, &d) },
		func() error { return a.paperStanding(ctx, q, y, &d) },
		func() error { return a.paperMeeting(ctx, q, y, k, subject, &d) },
	} {
		if err := part(); err != nil {
			return d, err
		}
	}
	return d, nil
}

// parties are the members, who leads, and above whom.
func (a *App) parties(ctx context.Context, q db.Queryer, y cluster.Year, d *document.Data) error {
	c, err := a.Years.Cluster(ctx, q, y.ClusterID)
	if err != nil {
		return err
	}
	d.Word = c.Kind.Word()
	members, err := a.Years.Members(ctx, q, y)
	if err != nil {
		return err
	}
	if d.LeaderID, err = a.Years.LeaderUnit(ctx, q, y.ID); err != nil {
		return err
	}
	for _, m := range members {
		p := document.Party{Name: m.Name}
		for _, t := range m.Offices {
			if t.Office == cluster.Deputy {
				d.Deputy, p.Office = m.Name, c.Kind.Deputy()
			} else if t.UnitID == d.LeaderID {
				d.Leader, p.Office = m.Name, c.Kind.Lead()
				d.LeaderBasis = vi.T(t.Basis.Name()) + ", " + t.Reference
			}
		}
		if m.UnitID == d.LeaderID { // the leader signs first
			d.Members = append([]document.Party{p}, d.Members...)
		} else {
			d.Members = append(d.Members, p)
		}
	}
	day := y.Day(clock.Today(a.Clock))
	ids := []string{c.OrganiserID}
	parent, has, err := db.Maybe[string](ctx, q, `SELECT parent_id FROM unit_parent WHERE unit_id = $1 AND from_day <= $2 AND to_day > $2`, d.LeaderID, day)
	if err != nil {
		return err
	}
	if has {
		ids = append(ids, parent)
	}
	names, err := org.Names(ctx, q, day, ids...)
	if err != nil {
		return err
	}
	d.Organiser, d.LeaderParent = names[c.OrganiserID].Name, names[parent].Name
	if y.MovementID == "" {
		return nil
	}
	m, err := a.Movements.Get(ctx, q, y.MovementID)
	d.Movement, d.Theme = m.Name, m.Theme
	return err
}

// goalWords writes a target as it stands in a table: "≥ 85", "6,5 – 7", "không có".
func goalWords(g indicator.Goal) string {
	low, high := vi.Number(g.Low), vi.Number(g.High)
	sign := map[string]string{">=": "≥ ", "<=": "≤ "}[string(g.Relation)]
	switch string(g.Relation) {
	case "none":
		return vi.T("không có")
	case "text":
		return ""
	case "range":
		low += "–" + high
	}
	switch string(g.Change) {
	case "increase":
		sign = vi.T("tăng") + " " + sign
	case "decrease":
		sign = vi.T("giảm") + " " + sign
	}
	return sign + low
}

// joined puts a unit behind a figure as Vietnamese writes it, once.
func joined(figure, unit string) string {
	switch {
	case figure == "" || unit == "" || strings.HasSuffix(figure, unit) || !strings.ContainsAny(figure, "0123456789"):
		return figure
	case strings.HasPrefix(unit, "%"):
		return figure + unit
	}
	return figure + " " + unit
}

// percent writes a share of a target as pages do.
func percent(r *big.Rat) string {
	if r == nil {
		return ""
	}
	return vi.Number(indicator.Percent(r, indicator.Decimals)) + "%"
}

func (a *App) paperTargets(ctx context.Context, q db.Queryer, y cluster.Year, d *document.Data) error {
	lines, err := a.Indicators.Progress(ctx, q, y.ID)
	if err != nil {
		return err
	}
	for _, l := range lines {
		t := document.Target{Name: l.Name, Unit: l.Unit, Plan: goalWords(l.Goal), Ratio: percent(l.Percent)}
		if f := l.Figure; f != nil {
			t.Result, t.FigureID, t.Illustrative = result(*f, l.Unit, l.Goal.Change != ""), f.ID, f.Illustrative
			if !f.Period.Whole() {
				period := f.Period.Name()
				t.Period = vi.Say(period.Text, period.Args)
			}
			name := l.Status.Name()
			t.Status = vi.Say(name.Text, name.Args)
			t.Reached = l.Status == indicator.Met || l.Status == indicator.Exceeded
			d.Illustrative = d.Illustrative || f.Illustrative
		}
		d.Targets = append(d.Targets, t)
	}
	return nil
}

// result writes a figure in the target's unit where it can be, or in its own; a
// growth says whether it rose or fell.
func result(f indicator.Figure, unit string, growth bool) string {
	amount, ok := f.In(unit)
	if !ok {
		amount = f.Amount
	}
	rest, fell := strings.CutPrefix(amount, "-")
	text := vi.Number(amount)
	if growth {
		text = vi.Number(rest)
	}
	if !ok {
		text += " " + f.Unit
	}
	switch {
	case growth && fell:
		return vi.T("giảm {.figure}", "figure", text)
	case growth:
		return vi.T("tăng {.figure}", "figure", text)
	}
	return text
}

func (a *App) paperCovenant(ctx context.Context, q db.Queryer, y cluster.Year, d *document.Data) error {
	_, v, ok, err := a.Covenants.AdoptedVersion(ctx, q, y.ID)
	if err != nil || !ok {
		return err
	}
	for line := range strings.SplitSeq(v.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			d.Clauses = append(d.Clauses, line)
		}
	}
	signed, err := a.Covenants.Signatures(ctx, q, v.ID)
	if err != nil {
		return err
	}
	members, err := a.Years.Members(ctx, q, y)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, m := range members {
		names[m.UnitID] = m.Name
	}
	for _, s := range signed {
		d.Signed = append(d.Signed, document.Signed{Unit: names[s.UnitID], Signer: s.Signer, Position: s.Position, Mandate: s.Mandate, At: vi.Time(s.At.Time())})
	}
	return nil
}

// paperMeeting takes the meeting that the paper is about, or else the review.
func (a *App) paperMeeting(ctx context.Context, q db.Queryer, y cluster.Year, k document.Kind, subject string, d *document.Data) error {
	id, poll := subject, ""
	if k == document.Count {
		p, err := a.Ballots.Get(ctx, q, subject)
		if err != nil {
			return err
		}
		id, poll = p.MeetingID, p.ID
	}
	if id == "" {
		last, has, err := db.Maybe[string](ctx, q, `SELECT m.id FROM meeting m JOIN meeting_year y ON y.meeting_id = m.id
			WHERE y.year_id = $1 AND m.kind = $2 AND m.state = $3 ORDER BY m.starts_at DESC`, y.ID, meeting.Review, meeting.Closed)
		if err != nil || !has {
			return err
		}
		id = last
	}
	ours, err := db.Count(ctx, q, `SELECT COUNT(*) FROM meeting_year WHERE meeting_id = $1 AND year_id = $2`, id, y.ID)
	if err != nil {
		return err
	}
	if ours == 0 {
		return nil // a meeting of another year: the paper says it has none
	}
	m, err := a.Meetings.Assemble(ctx, q, id)
	if err != nil {
		return err
	}
	d.Meeting = minutesOf(m)
	if m.Leader != nil {
		d.NextLeader = m.Leader.Name
	}
	if m.Deputy != nil {
		d.NextDeputy = m.Deputy.Name
	}
	for _, v := range pollsOf(m) {
		p := pollOf(v)
		d.Meeting.Polls = append(d.Meeting.Polls, p)
		if v.ID == poll {
			d.Poll = &p
		}
	}
	return nil
}

func pollsOf(m meeting.Minutes) []ballot.View {
	var all []ballot.View
	for _, it := range m.Items {
		all = append(all, it.Polls...)
	}
	return append(all, m.Loose...)
}

func minutesOf(m meeting.Minutes) *document.Meeting {
	out := &document.Meeting{
		Title: m.Title, Place: m.Place, Day: m.Day(), Start: hour(m.Starts), End: hour(m.Ended), Chair: m.Chair, Secretary: m.Secretary,
		Opinions: m.Opinions, Closed: m.State == meeting.Closed, Reviews: m.Kind == meeting.Review || m.Kind == meeting.Council,
	}
	name := func(l meeting.RollLine) string {
		if l.Person == "" {
			return l.Name
		}
		return l.Name + " (" + strings.TrimSpace(l.Position+" "+l.Person) + ")"
	}
	for _, l := range m.There() {
		out.Present = append(out.Present, name(l))
	}
	for _, l := range m.Away() {
		out.Absent = append(out.Absent, l.Name)
	}
	for _, l := range m.Substitutes() {
		out.Substitutes = append(out.Substitutes, name(l)+", "+l.Mandate)
	}
	var quorums []string
	for _, k := range m.Quorums {
		w := k.Words()
		quorums = append(quorums, vi.Say(w.Text, w.Args))
	}
	out.Quorum = strings.Join(quorums, " ")
	for _, it := range m.Items {
		out.Items = append(out.Items, document.Item{Title: it.Title, Resolution: it.Resolution})
	}
	return out
}

func hour(i clock.Instant) string {
	if i == 0 {
		return ""
	}
	t := i.Time()
	return fmt.Sprintf("%02d giờ %02d, ngày %s", t.Hour(), t.Minute(), vi.Day(clock.DayOf(t)))
}

func pollOf(v ballot.View) document.Poll {
	need, words := v.Need(), v.Words()
	p := document.Poll{
		Title: v.Title, Way: vi.T("biểu quyết giơ tay"), Threshold: vi.Say(need.Text, need.Args), Entitled: fmt.Sprint(v.Entitled), Present: fmt.Sprint(v.Present),
		Paper: v.Way == ballot.OnPaper, Outcome: vi.Say(words.Text, words.Args), Counted: v.State == ballot.Counted,
		Texts: len(v.Nominees) > 0 && v.Nominees[0].UnitID == "",
	}
	if p.Paper {
		p.Way = vi.T("bỏ phiếu kín bằng phiếu giấy")
		for _, t := range v.Tellers {
			p.Tellers = append(p.Tellers, v.Told(t))
		}
		for _, t := range v.Earlier {
			told := v.Telling(t)
			p.Recounts = append(p.Recounts, vi.Say(told.Text, told.Args))
		}
	}
	if f := v.Figures; f != nil {
		p.Issued, p.Returned, p.Valid, p.Invalid = fmt.Sprint(f.Issued), fmt.Sprint(f.Returned), fmt.Sprint(f.Valid), fmt.Sprint(f.Invalid)
	}
	for _, d := range v.Verdicts {
		l := document.Line{Name: v.Name(d.Nominee), Yes: fmt.Sprint(d.Votes), No: fmt.Sprint(d.No)}
		if d.Base > 0 {
			l.Share = percent(big.NewRat(int64(d.Votes)*100, int64(d.Base)))
		}
		switch {
		case v.Purpose == ballot.ForAdopt && d.Chosen:
			l.Outcome = vi.T("thông qua")
		case v.Purpose == ballot.ForAdopt && !d.Tied:
			l.Outcome = vi.T("không thông qua")
		case d.Chosen:
			l.Outcome = vi.T("được chọn")
		case d.Tied:
			l.Outcome = vi.T("bằng phiếu")
		case d.Passed:
			l.Outcome = vi.T("đủ phiếu")
		default:
			l.Outcome = vi.T("không đủ phiếu")
		}
		p.Lines = append(p.Lines, l)
	}
	return p
}

// publication gathers what the public may read of a year.
func (a *App) publication(ctx context.Context, q db.Queryer, y cluster.Year, k portal.Kind) (portal.Snapshot, error) {
	d, err := a.paper(ctx, q, y, document.Report, "")
	if err != nil {
		return portal.Snapshot{}, err
	}
	snap := portal.Snapshot{
		Cluster: d.Cluster, Word: d.Word, Organiser: d.Organiser, Year: d.Year, Movement: d.Movement, Theme: d.Theme,
		Provisional: d.Provisional, Illustrative: d.Illustrative,
	}
	for _, m := range d.Members {
		snap.Members = append(snap.Members, portal.Member(m))
	}
	for _, t := range d.Targets {
		one := portal.Target{Name: t.Name, Unit: t.Unit, Plan: joined(t.Plan, t.Unit)}
		if k == portal.Results {
			one.Result, one.Status, one.Illustrative = joined(t.Result, t.Unit), t.Status, t.Illustrative
		}
		snap.Targets = append(snap.Targets, one)
	}
	if k == portal.Covenant {
		return snap, a.publicCovenant(ctx, q, y, d, &snap)
	}
	snap.NextLeader = d.NextLeader
	return snap, a.publicResults(ctx, q, y, d, &snap)
}

func (a *App) publicCovenant(ctx context.Context, q db.Queryer, y cluster.Year, d document.Data, snap *portal.Snapshot) error {
	snap.Clauses = d.Clauses
	snap.Illustrative = y.Illustrative // a covenant holds no results
	_, v, ok, err := a.Covenants.AdoptedVersion(ctx, q, y.ID)
	if err != nil || !ok {
		return err
	}
	snap.TextHash = v.Hash
	signed, err := a.Covenants.Signatures(ctx, q, v.ID)
	if err != nil {
		return err
	}
	for i, s := range signed {
		snap.Signatures = append(snap.Signatures, portal.Signature{Unit: d.Signed[i].Unit, Signer: s.Signer, Position: s.Position, At: s.At})
	}
	return nil
}
