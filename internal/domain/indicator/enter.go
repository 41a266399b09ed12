package indicator

import (
	"context"
	"math/big"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Entering is a figure of many that come together: the first of its place, or a
// correction of the one that stands there.
type Entering struct {
	Report        // Sure answers the doubts; the year is the cluster's
	Reason string // of a correction
	Seen   bool   // the person saw what stands at the place
	Was    string // and it was this figure; "" for none
	Given  string // the figure that the template wrote at the place; "" for none
	Common string // the source where neither the row nor what stands names one
}

// Effect is what entering a figure does, or would: Enter, Mend (a correction),
// Leave (it stands already) or Refuse.
type Effect struct {
	Act    Act
	Aim    Aim
	Old    *Figure
	New    Figure
	Faults []*fault.Error
	Doubts []locale.Text // why the figure needs a look; none once it is confirmed
	Behalf bool          // by somebody who is not of the unit
	Why    locale.Text   // of Leave: why nothing is written though the row says something
}

// Unsettled tells what keeps the effect from being written: faults, doubts that
// nobody answered, a correction without a reason.
func (e Effect) Unsettled() bool {
	return e.Act == Refuse || len(e.Doubts) > 0 || e.Act == Mend && e.New.Reason == ""
}

// Weigh tells what entering figures on a year would do. The faults of all are
// told at once, each at a field of Report.
func (s *Service) Weigh(ctx context.Context, q db.Queryer, actor access.Actor, y cluster.Year, in []Entering, tell func(done int)) ([]Effect, error) {
	w, err := s.weighing(ctx, q, actor, y)
	if err != nil {
		return nil, err
	}
	out := make([]Effect, len(in))
	for i, e := range in {
		if out[i], err = w.one(ctx, e); err != nil {
			return nil, err
		}
		if tell != nil && i%200 == 199 {
			tell(i / 2)
		}
	}
	// Figures are doubted beside one another, so all must be there first.
	for i := range out {
		if out[i].Act == Enter || out[i].Act == Mend {
			w.overlay(out[i])
		}
	}
	for i, e := range in {
		if !e.Sure && (out[i].Act == Enter || out[i].Act == Mend) {
			out[i].Doubts = w.doubts(out[i])
		}
		if tell != nil && i%200 == 199 {
			tell((len(in) + i) / 2)
		}
	}
	return out, nil
}

// Enter writes figures, all or none, with one entry of the ledger for the new
// ones and one for each that is corrected. Where anything is unsettled it gives
// the effects with a fault and has written nothing.
func (s *Service) Enter(ctx context.Context, tx *db.Tx, actor access.Actor, yearID string, in []Entering, reason string, tell func(done int)) ([]Effect, error) {
	y, err := s.years.During(ctx, tx, yearID, cluster.Reporting)
	if err != nil {
		return nil, err
	}
	half := tell // the other half is for the corrections, each of which is an entry of its own
	if tell != nil {
		half = func(done int) { tell(done / 2) }
	}
	out, err := s.Weigh(ctx, tx, actor, y, in, half)
	if err != nil {
		return nil, err
	}
	var rows []Figure
	var old []Figure
	ids, at := db.NewIDRange(), clock.Stamp(s.now)
	for i := range out {
		e := &out[i]
		if e.Unsettled() {
			return out, fault.New(fault.Conflict, "Có dòng chưa ghi được nên chưa ghi dòng nào. Hãy xem lại bảng xem trước.")
		}
		if e.Act == Leave {
			continue
		}
		e.New.ID, e.New.AccountID, e.New.At = ids.At(len(rows)), actor.Account, at
		rows = append(rows, e.New)
		if e.Act == Mend {
			was := *e.Old
			was.SupersededBy = e.New.ID
			old = append(old, was)
		}
	}
	change := ledger.Change{By: actor, Action: "figure.import", Year: y.ID, Reason: reason}
	if err := s.book.InsertAll(ctx, tx, change, "figure", rows); err != nil {
		return out, err
	}
	for i := range old {
		if err := s.book.Update(ctx, tx, change, "figure", &old[i]); err != nil {
			return out, err
		}
		if tell != nil && i%50 == 49 {
			tell(len(in)/2 + i*len(in)/2/len(old))
		}
	}
	return out, nil
}

// weighing is the year as figures are weighed against it.
type weighing struct {
	s       *Service
	q       db.Queryer
	actor   access.Actor
	y       cluster.Year
	read    loaded
	aims    map[string]Aim
	past    map[Place][]YearCourse
	rights  map[string]right // by reporter
	enter   bool             // the actor may enter for others
	places  map[Place][]Figure
	crowds  map[ring]*Crowd
	weights map[ring][]*big.Rat
}

// ring is what units have of one indicator at the same months.
type ring struct {
	indicator string
	months    int
}

type right struct{ own, behalf bool }

func (s *Service) weighing(ctx context.Context, q db.Queryer, actor access.Actor, y cluster.Year) (*weighing, error) {
	w := &weighing{s: s, q: q, actor: actor, y: y, aims: map[string]Aim{}, rights: map[string]right{}, places: map[Place][]Figure{}}
	var err error
	if w.enter, err = s.gate.Can(ctx, q, actor, access.FigureEnter, access.Record{Year: y.ID}); err != nil {
		return nil, err
	}
	if w.read, err = s.load(ctx, q, y); err != nil {
		return nil, err
	}
	leader, err := s.years.LeaderUnit(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range w.read.aims {
		a.ReporterID = a.reporter(leader)
		w.aims[a.ID] = a
	}
	for at, figures := range w.read.at {
		for _, f := range figures {
			if f.SupersededBy == "" {
				w.places[at] = append(w.places[at], f)
			}
		}
	}
	w.past, err = s.courses(ctx, q, y.ClusterID, y.Year-1, y.Year-1, nil)
	return w, err
}

// right asks the gate about a unit, once.
func (w *weighing) right(ctx context.Context, unit string) (right, error) {
	if r, asked := w.rights[unit]; asked {
		return r, nil
	}
	own, err := w.s.gate.Can(ctx, w.q, w.actor, access.FigureReport, access.Record{Year: w.y.ID, Unit: unit})
	if err != nil {
		return right{}, err
	}
	r := right{own, !own && w.enter}
	w.rights[unit] = r
	return r, nil
}

func (w *weighing) place(a Aim) Place {
	return Place{current(w.read.catalogue, a.IndicatorID).ID, a.UnitID}
}

func (w *weighing) one(ctx context.Context, in Entering) (Effect, error) {
	e := Effect{Act: Refuse}
	var there bool
	if e.Aim, there = w.aims[in.TargetID]; !there {
		e.Faults = []*fault.Error{fault.Wrong("target", "Chỉ tiêu này không thuộc bản giao ước đang có hiệu lực của năm này.")}
		return e, nil
	}
	at := w.place(e.Aim)
	for i := range w.places[at] {
		if w.places[at][i].Period == in.Period {
			old := w.places[at][i] // a copy: what stands in places may be replaced
			e.Old = &old
		}
	}
	r, err := w.right(ctx, e.Aim.ReporterID)
	if err != nil {
		return e, err
	}
	e.Behalf = r.behalf
	refused := func() []*fault.Error {
		return []*fault.Error{fault.Wrong("target", "Chỉ tiêu này do đơn vị khác báo cáo; bạn không nhập số liệu thay được.")}
	}
	if !r.own && !r.behalf && e.Old == nil {
		e.Faults = refused()
		return e, nil
	}
	given := in.Report
	given.Sure, given.Year = true, w.y.Year // doubts are asked below, beside all that comes
	if e.New, err = w.s.figure(w.y, e.Aim, given); err != nil {
		f := fault.As(err)
		if f.Code == fault.Internal {
			return e, err
		}
		e.Faults = f.All()
		return e, nil
	}
	e.New.IndicatorID, e.New.ReporterID = at.Indicator, e.Aim.ReporterID
	if w.leaves(&e, in, r) {
		e.Act = Leave
		return e, nil
	}
	if !r.own && !r.behalf {
		e.Faults = refused()
		return e, nil
	}
	w.settle(&e, in)
	return e, nil
}

// leaves tells whether the row says nothing new: it is as the template wrote it,
// whatever became of the figure since, or it has the number that stands and the
// actor may not touch what else stands with it.
func (w *weighing) leaves(e *Effect, in Entering, r right) bool {
	if e.Old == nil {
		return false
	}
	says := func(f Figure) bool { return e.New.Base().Equal(f.Base()) && e.New.BaseUnit == f.BaseUnit }
	rests := func(f Figure) bool {
		return (e.New.Source == "" || e.New.Source == f.Source) && (e.New.Note == "" || e.New.Note == f.Note)
	}
	may := r.own || r.behalf && e.Old.AccountID == w.actor.Account
	for _, f := range w.read.at[w.place(e.Aim)] {
		if f.ID == in.Given && f.Period == e.New.Period && says(f) && !says(*e.Old) && (rests(f) || !may) {
			e.Why = locale.Msg("Ô để nguyên như mẫu; từ khi tải mẫu, số này đã được đính chính thành {.now}.", "now", told(exact(e.Old.Amount), e.Old.Unit))
			return true
		}
	}
	if may || !says(*e.Old) {
		return false // settle looks at what else stands
	}
	if !rests(*e.Old) {
		e.Why = locale.Msg("Số đã có; nguồn và ghi chú của người báo cáo được giữ nguyên.")
	}
	return true
}

// outdated tells that the row changes no more than the source or the note of a
// figure that has been corrected since the template was made: writing it would
// take the correction back.
func (w *weighing) outdated(e *Effect, in Entering) bool {
	for _, f := range w.read.at[w.place(e.Aim)] {
		if f.ID == in.Given && f.Period == e.New.Period && f.ID != e.Old.ID {
			return e.New.Base().Equal(f.Base()) && e.New.BaseUnit == f.BaseUnit
		}
	}
	return false
}

// settle compares the figure with the one that stands at its place.
func (w *weighing) settle(e *Effect, in Entering) {
	n := &e.New
	if e.Old == nil {
		if n.Source == "" {
			n.Source = vntext.Line(in.Common)
		}
		if in.Seen && in.Was != "" {
			e.Faults = append(e.Faults, fault.Wrong("amount", "Số liệu xem trước thấy ở kỳ này không còn nữa. Hãy kiểm tra lại tệp."))
			return
		}
		if e.Behalf && n.Source == "" {
			e.Faults = append(e.Faults, fault.Wrong("source", "Nhập số liệu thay đơn vị khác phải ghi nguồn số liệu, ví dụ báo cáo số mấy của đơn vị."))
			return
		}
		if other := n.rival(w.places[w.place(e.Aim)]); other != nil {
			e.Faults = append(e.Faults, other.stands())
			return
		}
		e.Act = Enter
		return
	}
	old := *e.Old
	moved := !n.Base().Equal(old.Base()) || n.BaseUnit != old.BaseUnit
	if n.Source == "" && moved {
		n.Source = vntext.Line(in.Common)
	}
	if n.Source == "" {
		n.Source = old.Source
	}
	if n.Note == "" {
		n.Note = old.Note
	}
	n.Illustrative = n.Illustrative || old.Illustrative && n.Base().Equal(old.Base())
	if !moved && n.Source == old.Source && n.Note == old.Note {
		e.Act = Leave
		return
	}
	if moved && w.outdated(e, in) {
		e.Faults = append(e.Faults, fault.Wrong("amount", "Từ khi tải mẫu, số này đã được đính chính thành {.now}; dòng chỉ sửa nguồn hoặc ghi chú của số cũ. Hãy ghi số hiện nay vào ô, hoặc tải mẫu mới.", "now", told(exact(old.Amount), old.Unit)))
		return
	}
	if in.Seen && in.Was != old.ID {
		e.Faults = append(e.Faults, fault.Wrong("amount", "Từ khi bạn xem trước, kỳ này đã có số liệu khác: hiện nay là {.now}, tệp ghi {.mine}. Hãy kiểm tra lại tệp rồi quyết định.",
			"now", told(exact(old.Amount), old.Unit), "mine", told(exact(n.Amount), n.Unit)))
		return
	}
	if e.Behalf && old.AccountID != w.actor.Account {
		e.Faults = append(e.Faults, fault.Wrong("amount", "Kỳ này đã có số liệu {.now} do người khác báo cáo; chỉ đơn vị đó hoặc người đã nhập được đính chính. Hãy đề nghị đơn vị đính chính, hoặc để ô như cũ.", "now", told(exact(old.Amount), old.Unit)))
		return
	}
	e.Act, n.Reason = Mend, vntext.Line(in.Reason)
	if len([]rune(n.Reason)) > maxReason {
		e.Act = Refuse
		e.Faults = append(e.Faults, fault.Wrong("reason", "Lý do đính chính dài quá {.limit} ký tự.", "limit", maxReason))
	}
}

// maxReason is the longest reason of a correction, in characters.
const maxReason = 500

// overlay puts a figure where it would stand.
func (w *weighing) overlay(e Effect) {
	at := w.place(e.Aim)
	for i, f := range w.places[at] {
		if f.Period == e.New.Period {
			w.places[at][i] = e.New
			return
		}
	}
	w.places[at] = append(w.places[at], e.New)
}

// doubts are what looks wrong about a figure beside the others.
func (w *weighing) doubts(e Effect) []locale.Text {
	f, g := e.New, e.Aim.Goal
	if e.Old != nil && f.Base().Equal(e.Old.Base()) {
		return nil // only its source or note changes
	}
	at := w.place(e.Aim)
	b := Beside{}
	for _, o := range w.places[at] {
		if o.Period != f.Period {
			b.Others = append(b.Others, o)
		}
	}
	if years := w.past[at]; len(years) > 0 {
		b.Past = years[0].Points
	}
	if f.UnitID != "" {
		b.Crowd = w.crowd(ring{at.Indicator, f.Period.Months()})
	}
	var out []locale.Text
	for _, flag := range Suspicions(g, w.read.catalogue[at.Indicator], f, b) {
		out = append(out, flag.Text)
	}
	if f.Base().IsNegative() && g.Change == target.Increase || f.Base().IsPositive() && g.Change == target.Decrease {
		aim, is := locale.Msg("tăng"), locale.Msg("giảm")
		if g.Change == target.Decrease {
			aim, is = is, aim
		}
		out = append(out, locale.Msg("Mục tiêu là {.aim}, số liệu ghi là {.is} {.amount}. Số giảm phải có dấu trừ.", "aim", aim, "is", is, "amount", told(exact(f.Amount).Abs(), f.Unit)))
	}
	if high := exact(g.BaseHigh); g.Change == target.Level && g.BaseUnit == "%" && f.Base().IsPositive() && f.Base().LessThanOrEqual(exact("1")) && high.GreaterThanOrEqual(exact("10")) {
		out = append(out, locale.Msg("Số liệu là {.amount}%; phải chăng là {.percent}%?", "amount", exact(f.Amount), "percent", f.Base().Shift(2)))
	}
	return out
}

// crowd is what all units have of an indicator at the same months, once for all
// that are compared.
func (w *weighing) crowd(r ring) *Crowd {
	if w.crowds == nil {
		w.crowds, w.weights = map[ring]*Crowd{}, map[ring][]*big.Rat{}
		for _, a := range w.read.aims {
			if a.UnitID == "" {
				continue
			}
			at := w.place(a)
			for _, f := range w.places[at] {
				if x := a.Weight(f.Base().Rat()); x != nil {
					w.weights[ring{at.Indicator, f.Period.Months()}] = append(w.weights[ring{at.Indicator, f.Period.Months()}], x)
				}
			}
		}
	}
	if c, made := w.crowds[r]; made {
		return c
	}
	c := NewCrowd(w.weights[r]...)
	w.crowds[r] = c
	return c
}
