package web

import (
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// whole is the id under which the reason of a unit's total stands.
const whole = "tong"

// reasonPath is the page that says why a cell has its points; grid is the path of
// the sheet.
func reasonPath(grid, criterion string, k assessment.Kind) string {
	return grid + "/vi-sao/" + url.PathEscape(criterion) + "?vong=" + string(k)
}

// whyView answers "why?" for a figure: rule, inputs, the exact calculation,
// evidence, who set it in which round, and how it came about.
type whyView struct {
	Year, Unit   string // ids
	YearName     string
	UnitName     string
	Grid         string // path of the sheet, at the row
	Criterion    string
	Name         string
	Leaf         bool
	Max          string
	Round        assessment.Kind
	RoundName    locale.Text
	Points       string
	Quiet        bool // taken over from the round before
	Says         []locale.Text
	Guide        string // the regulation's own words on it
	Calc         string
	Say          string
	Inputs       []whyInput
	Reported     string // what the unit reported, where the criterion goes by it
	Progress     string // path of the reports
	Try          string // path on which another figure is tried
	Rounds       []whyRound
	Parts        []whyPart // of a sum
	Evidence     []whyFile
	Demanded     bool
	Attach       string   // path of the form, "" where the actor may not
	Reuse        []Option // files of the unit that can be attached here as well
	Again        string   // path of their form
	Detach       string
	Accept       string
	Said         []assessment.Said
	Explain      string
	Appeals      []whyAppeal
	Appeal       string // path of the form, "" where one may not object now
	Until        clock.Day
	Answer       string // path of the form of answers
	History      []whyChange
	Illustrative bool
	Rank         locale.Text
	Grade        locale.Text
}

type whyInput struct {
	Label locale.Text
	Value string
}

type whyRound struct {
	Kind   assessment.Kind
	Name   locale.Text
	Points string
	Diff   string
	Tone   string
	Own    bool
	By     string
	Unit   string // the checking unit
	At     clock.Instant
	Inputs string
	Reason string
	Agrees bool
}

// whyAppeal is an objection with what became of the points since.
type whyAppeal struct {
	assessment.Raised
	Then, Now string
}

type whyPart struct {
	ID, Name, Points, Max, Path string
}

type whyFile struct {
	evidence.Item
	Bytes string
	Shows string // picture, pdf: can be shown here
}

// fileSize is a size for people: in kilobytes, from one megabyte on with a decimal.
func fileSize(l locale.Lang, n int64) string {
	if n < 1<<20 {
		return l.Number(strconv.FormatInt((n+1023)/1024, 10)) + " KB"
	}
	return l.Number(decimal.NewFromInt(n).DivRound(decimal.NewFromInt(1<<20), 1).String()) + " MB"
}

type whyChange struct {
	assessment.Change
	Name  locale.Text
	Shown string
}

// guidance are the words on how to score of the sheet that a year scores by, for
// those who may read the sheet; others score without them.
func (s *Server) guidance(q *Req, y cluster.Year) (criteria.Guide, error) {
	words, err := s.Criteria.Guide(q.Ctx(), q.Actor, criteria.Place{Year: y.ID}, y.SheetVersionID)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Denied) {
		return nil, nil
	}
	return words, err
}

func (s *Server) scoreWhy(q *Req) error {
	ctx, year, unit, id := q.Ctx(), q.Path("year"), q.Path("unit"), q.Path("criterion")
	g, err := s.Assessment.Grid(ctx, q.Actor, year, unit)
	if err != nil {
		return err
	}
	k := roundOf(q, g.Year)
	v := whyView{
		Year: year, Unit: unit, YearName: g.Year.Short + " " + locale.Year(g.Year.Year), UnitName: g.Unit.Name, Criterion: id, Round: k, RoundName: k.Name(),
		Grid: gridPath(year, unit) + "?vong=" + string(k), Accept: evidence.Accept,
	}
	if id == whole {
		return s.whyTotal(q, g, v)
	}
	row, ok := g.Find(id)
	if !ok {
		return fault.Missing()
	}
	c, at := row.Criterion, row.Cells[k]
	v.Name, v.Leaf, v.Points, v.Demanded = c.Name, row.Leaf(), pointsText(q.Lang, at.Cell), c.Evidence
	v.Calc, v.Say = at.Cell.Why.Calc(q.Lang), at.Cell.Why.Text(q.Lang)
	if !c.NoMax {
		v.Max = q.Lang.Number(c.Max.String())
	}
	words, err := s.guidance(q, g.Year)
	if err != nil {
		return err
	}
	v.Guide = words[c.ID]
	if c.Rule != nil && row.Leaf() {
		v.Says = c.Rule.Says(c)
		for _, f := range c.Fields() {
			if value := at.Inputs[f.Name]; value != "" {
				v.Inputs = append(v.Inputs, whyInput{f.Label, shownInput(q.Lang, f, value)})
			}
		}
	}
	checker := ""
	if g.Checker != "" {
		names, err := s.unitNames(q, g.Year, g.Checker)
		if err != nil {
			return err
		}
		checker = names[g.Checker].Name
	}
	for _, kind := range assessment.Kinds {
		if ahead(g.Year, kind) {
			continue
		}
		r := row.Cells[kind]
		p := point(q.Lang, row, kind, k)
		one := whyRound{Kind: kind, Name: kind.Name(), Points: p.Text, Diff: p.Diff, Tone: p.Tone, Own: len(r.Own.Values()) > 0, By: r.By, At: r.Own.At, Reason: r.Own.Reason}
		if one.Own {
			one.Inputs = shownInputs(q.Lang, c, r.Own.Values())
			one.Agrees = kind != assessment.Self && !r.Differs
		}
		v.Illustrative = v.Illustrative || r.Sample
		if kind == assessment.Check && one.Own {
			one.Unit = checker
		}
		v.Rounds = append(v.Rounds, one)
	}
	v.Quiet = row.Leaf() && at.From != k && k != assessment.Self
	if len(row.Reported) > 0 {
		v.Reported, v.Progress = shownInputs(q.Lang, c, row.Reported), yearPath(year, "progress")
	}
	for _, child := range c.Children {
		cell := g.Totals[k].Cells[child.ID]
		v.Parts = append(v.Parts, part(q, v, child, cell))
	}
	base := gridPath(year, unit) + "/vi-sao/" + url.PathEscape(id)
	v.Said = row.Explanations
	for _, e := range row.Evidence {
		v.Evidence = append(v.Evidence, whyFile{e, fileSize(q.Lang, e.Size), shows(e.Media)})
	}
	if row.Leaf() {
		v.Try = whatIfPath(gridPath(year, unit), id) + "?vong=" + string(k)
		if g.Attach {
			v.Attach, v.Detach = base+"/minh-chung", base+"/rut"
			v.Again = base + "/dung-lai"
			if v.Reuse, err = s.reusable(q, year, unit, id); err != nil {
				return err
			}
		}
		if g.Explain && k != assessment.Self {
			v.Explain = base + "/giai-trinh"
		}
		for _, a := range row.Appeals {
			v.Appeals = append(v.Appeals, whyAppeal{a, q.Lang.Points(a.Points), pointsText(q.Lang, row.Cells[assessment.Agreed].Cell)})
		}
		if g.Appeal {
			v.Appeal, v.Until = base+"/kien-nghi", g.Until
		}
		if g.Answer {
			v.Answer = base + "/tra-loi"
		}
		history, err := s.Assessment.History(ctx, q.Actor, year, unit, id)
		if err != nil {
			return err
		}
		for _, h := range history {
			v.History = append(v.History, whyChange{h, h.Round.Name(), shownInputs(q.Lang, c, h.Inputs)})
		}
	}
	return q.Render("score_why", v)
}

// reusable offers the files that the unit attached elsewhere in the year.
func (s *Server) reusable(q *Req, year, unit, criterion string) ([]Option, error) {
	files, err := evidence.Reusable(q.Ctx(), s.DB, year, unit, assessment.EvidenceKind, assessment.EvidenceSubject(year, unit, criterion))
	if err != nil || len(files) == 0 {
		return nil, err
	}
	out := []Option{{"", "Chọn tệp…", ""}}
	for _, f := range files {
		out = append(out, Option{Value: f.ID, Text: f.Name, Hint: fileSize(q.Lang, f.Size)})
	}
	return out, nil
}

// shows tells how a page can show a file: as a picture, as a PDF, not at all.
func shows(media string) string {
	form, ok := evidence.FormOfMedia(media)
	switch {
	case !ok || !form.Inline:
		return ""
	case form.Extension == "pdf":
		return "pdf"
	}
	return "picture"
}

func part(q *Req, v whyView, c *scoring.Criterion, cell scoring.Cell) whyPart {
	p := whyPart{ID: c.ID, Name: c.Name, Points: pointsText(q.Lang, cell), Path: reasonPath(gridPath(v.Year, v.Unit), c.ID, v.Round)}
	if !c.NoMax {
		p.Max = q.Lang.Number(c.Max.String())
	}
	return p
}

func shownInput(l locale.Lang, f scoring.Field, value string) string {
	if f.Kind == scoring.BoolField {
		return yesNo(l, value)
	}
	return l.Number(value)
}

// whyTotal is the reason of a total and of the place that it gives.
func (s *Server) whyTotal(q *Req, g *assessment.Grid, v whyView) error {
	t := g.Totals[v.Round]
	v.Name, v.Points, v.Max = q.T("Tổng điểm"), q.Lang.Points(t.Total), q.Lang.Number(g.Sheet.Max().String())
	calc := q.Lang.Points(t.Main.Points)
	for _, c := range g.Sheet.Criteria {
		v.Parts = append(v.Parts, part(q, v, c, t.Cells[c.ID]))
	}
	for _, group := range [][]*scoring.Criterion{g.Sheet.Bonus, g.Sheet.Deduction} {
		for _, c := range group {
			cell := t.Cells[c.ID]
			v.Parts = append(v.Parts, part(q, v, c, cell))
			switch {
			case cell.Points > 0:
				calc += " + " + q.Lang.Points(cell.Points)
			case cell.Points < 0:
				calc += " − " + q.Lang.Points(-cell.Points)
			}
		}
	}
	v.Calc = calc + " = " + q.Lang.Points(t.Total)
	v.Say = q.T("Cộng điểm các nhóm tiêu chí, điểm thưởng và điểm trừ.")
	if t.ForRank != t.Total {
		v.Say += " " + q.T("Điểm tính xếp hạng là {.points} vì có nhóm không tính vào xếp hạng.", "points", t.ForRank)
	}
	st, err := s.Assessment.See(q.Ctx(), q.Actor, v.Year, v.Round)
	if err != nil {
		return err
	}
	for _, u := range st.Units {
		if u.Member.UnitID == v.Unit && st.Sealed == 0 {
			v.Rank = u.Place.Why
			if u.Considered() {
				v.Rank = locale.Msg("Hạng {.rank} trên {.n}. {.why}", "rank", u.Place.Rank, "n", len(st.Units), "why", u.Place.Why)
			}
			v.Grade = u.Score.Graded.Why
		}
	}
	for i, kind := range assessment.Kinds {
		p := totals(q.Lang, g, v.Round)[i]
		if p.Ahead {
			continue
		}
		v.Rounds = append(v.Rounds, whyRound{Kind: kind, Name: kind.Name(), Points: p.Text, Diff: p.Diff, Tone: p.Tone})
	}
	return q.Render("score_why", v)
}

// whyPath is the page of a criterion's reason, in the round that the form names.
func whyPath(q *Req, year, unit, criterion string) string {
	to := gridPath(year, unit) + "/vi-sao/" + url.PathEscape(criterion)
	if k := assessment.Kind(q.Form().Get("vong")); k.Valid() {
		to += "?vong=" + string(k)
	}
	return to
}

func (s *Server) scoreExplain(q *Req) error {
	year, unit, id := q.Path("year"), q.Path("unit"), q.Path("criterion")
	k := assessment.Kind(q.Form().Get("vong"))
	if k == assessment.Self {
		k = assessment.Check
	}
	if _, err := s.Assessment.Explain(q.Ctx(), q.Actor, year, k, unit, id, q.Form().Text("text")); err != nil {
		return q.Retry(err, (s.scoreWhy))
	}
	return s.whyDone(q, whyPath(q, year, unit, id), "Đã ghi giải trình.")
}

func (s *Server) scoreAppeal(q *Req) error {
	year, unit, id := q.Path("year"), q.Path("unit"), q.Path("criterion")
	if _, err := s.Assessment.Appeal(q.Ctx(), q.Actor, year, unit, id, q.Form().Text("appeal")); err != nil {
		return q.Retry(err, s.scoreWhy)
	}
	return s.whyDone(q, whyPath(q, year, unit, id), "Đã gửi kiến nghị.")
}

func (s *Server) scoreAnswer(q *Req) error {
	f := q.Form()
	if err := s.Assessment.AnswerAppeal(q.Ctx(), q.Actor, f.Get("id"), f.Version(), f.Text("answer")); err != nil {
		return q.Retry(err, s.scoreWhy)
	}
	return s.whyDone(q, whyPath(q, q.Path("year"), q.Path("unit"), q.Path("criterion")), "Đã trả lời kiến nghị.")
}

func (s *Server) scoreAttach(q *Req) error {
	year, unit, id := q.Path("year"), q.Path("unit"), q.Path("criterion")
	var files []*multipart.FileHeader
	if m := q.R.MultipartForm; m != nil {
		files = m.File["file"]
	}
	if len(files) == 0 {
		return q.Retry(fault.Wrong("file", "Chưa chọn tệp nào."), s.scoreWhy)
	}
	for _, header := range files {
		if err := s.attachOne(q, assessment.EvidenceSubject(year, unit, id), header); err != nil {
			return q.Retry(err, s.scoreWhy)
		}
	}
	return s.whyDone(q, whyPath(q, year, unit, id), "Đã đính kèm {.n} tệp.", "n", len(files))
}

// scoreReuse attaches a file that the unit attached elsewhere.
func (s *Server) scoreReuse(q *Req) error {
	year, unit, id := q.Path("year"), q.Path("unit"), q.Path("criterion")
	if _, err := s.Evidence.Reuse(q.Ctx(), q.Actor, assessment.EvidenceKind, assessment.EvidenceSubject(year, unit, id), q.Form().Get("reuse")); err != nil {
		return q.Retry(err, s.scoreWhy)
	}
	return s.whyDone(q, whyPath(q, year, unit, id), "Đã đính kèm {.n} tệp.", "n", 1)
}

func (s *Server) attachOne(q *Req, subject string, header *multipart.FileHeader) error {
	file, err := header.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = s.Evidence.Attach(q.Ctx(), q.Actor, evidence.Upload{Kind: assessment.EvidenceKind, Subject: subject, Name: header.Filename, Body: file})
	return err
}

func (s *Server) scoreDetach(q *Req) error {
	f := q.Form()
	if err := s.Evidence.Withdraw(q.Ctx(), q.Actor, f.Get("attachment"), f.Get("reason")); err != nil {
		return q.Retry(err, s.scoreWhy)
	}
	return s.whyDone(q, whyPath(q, q.Path("year"), q.Path("unit"), q.Path("criterion")), "Đã rút minh chứng; tệp và lý do được lưu lại.")
}

// whyDone answers a form of the reason's page: to the page, or to the script
// that shows it beside the sheet.
func (s *Server) whyDone(q *Req, to, said string, kv ...any) error {
	if q.WantsJSON() {
		return q.JSON(http.StatusOK, map[string]string{"path": to, "text": q.T(said, kv...)})
	}
	return q.Redirect(to, said, kv...)
}
