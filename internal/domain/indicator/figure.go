package indicator

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Figure is a reported result. It is never changed: a correction is a new
// figure that supersedes it, with a reason. Amount is the exact decimal in
// Unit, BaseAmount the same in base units; for a growth both are signed.
type Figure struct {
	ID           string        `db:"id"`
	Version      int64         `db:"version"`
	IndicatorID  string        `db:"indicator_id"`
	YearID       string        `db:"year_id"` // the cluster year in which it was reported
	UnitID       string        `db:"unit_id"` // whose result it is; "" for the whole block
	ReporterID   string        `db:"reporter_id"`
	Year         int           `db:"year"` // the year it is about: the cluster's, or an earlier one to compare with
	Period       Period        `db:"period"`
	Amount       string        `db:"amount"`
	Unit         string        `db:"unit"`
	BaseAmount   string        `db:"base_amount"`
	BaseUnit     string        `db:"base_unit"`
	Source       string        `db:"source"`
	Note         string        `db:"note"`
	Illustrative bool          `db:"illustrative"`
	AccountID    string        `db:"account_id"`
	At           clock.Instant `db:"at"`
	SupersededBy string        `db:"superseded_by"`
	Reason       string        `db:"reason"`
}

// Base is the amount in base units.
func (f Figure) Base() decimal.Decimal { return decimal.RequireFromString(f.BaseAmount) }

// In writes the amount in another unit of the same base; ok is false where no
// exact decimal exists.
func (f Figure) In(unit string) (string, bool) {
	sign, amount := "", f.BaseAmount
	if strings.HasPrefix(amount, "-") {
		sign, amount = "-", amount[1:]
	}
	s, ok := target.Express(target.Value{Amount: amount, Unit: f.BaseUnit}, unit)
	return sign + s, ok
}

// Aim is a target of the adopted covenant, as figures are reported on it.
type Aim struct {
	ID         string `db:"id"`
	Version    int64  `db:"version"`
	VersionID  string `db:"version_id"`
	YearID     string `db:"year_id"`
	UnitID     string `db:"unit_id"`     // whose target it is; "" for the whole block
	ReporterID string `db:"reporter_id"` // who reports it; "" is the leader for a target of the block
	Place      int    `db:"place"`
	Goal
}

// Aims lists the targets of a year's adopted covenant in their order; none
// before it is adopted.
func (s *Service) Aims(ctx context.Context, q db.Queryer, yearID string) ([]Aim, error) {
	return db.All[Aim](ctx, q, `SELECT `+db.Prefixed("t", Aim{})+` FROM covenant_target t
		JOIN draft d ON d.adopted_id = t.version_id AND d.kind = 'covenant' WHERE d.year_id = $1 ORDER BY t.place, t.id`, yearID)
}

// Reporter is the unit that reports on the aim: the named one, or the unit
// whose target it is, or the leader.
func (s *Service) Reporter(ctx context.Context, q db.Queryer, a Aim) (string, error) {
	switch {
	case a.ReporterID != "":
		return a.ReporterID, nil
	case a.UnitID != "":
		return a.UnitID, nil
	}
	return s.years.LeaderUnit(ctx, q, a.YearID)
}

// Report is a figure as a person reports it on a target of the covenant.
type Report struct {
	TargetID     string
	Year         int // the year it is about; 0 is the cluster's year
	Period       Period
	Amount       string // typed, in the form of Lang
	Decrease     bool   // of a growth: the amount is how much it decreased
	Unit         string // empty for the target's
	Source, Note string
	Illustrative bool
	Sure         bool // the person confirms a figure that looks wrong
	Lang         locale.Lang
}

// Report enters one figure.
func (s *Service) Report(ctx context.Context, actor access.Actor, yearID string, in Report) (Figure, error) {
	var f Figure
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		y, err := s.years.Get(ctx, tx, yearID)
		if err != nil {
			return err
		}
		f, err = s.report(ctx, tx, actor, y, in)
		return err
	})
	return f, err
}

// ReportAll enters the figures of one form, all or none. A fault's field is
// that of Report followed by "-" and the target's id.
func (s *Service) ReportAll(ctx context.Context, actor access.Actor, yearID string, in []Report) ([]Figure, error) {
	var out []Figure
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		out = nil
		y, err := s.years.Get(ctx, tx, yearID)
		if err != nil {
			return err
		}
		var faults []*fault.Error
		for _, r := range in {
			f, err := s.report(ctx, tx, actor, y, r)
			if err == nil {
				out = append(out, f)
				continue
			}
			e := fault.As(err)
			if e.Code != fault.Invalid && e.Code != fault.Conflict || e.Field == "" {
				return err
			}
			for _, one := range e.All() {
				faults = append(faults, one.At(one.Field+"-"+r.TargetID))
			}
		}
		return fault.List(faults...)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (s *Service) report(ctx context.Context, tx *db.Tx, actor access.Actor, y cluster.Year, in Report) (Figure, error) {
	aim, err := s.aim(ctx, tx, actor, y.ID, in.TargetID)
	if err != nil {
		return Figure{}, err
	}
	if _, err := s.years.During(ctx, tx, y.ID, cluster.Reporting); err != nil {
		return Figure{}, err
	}
	f, err := s.figure(y, aim, in)
	if err != nil {
		return f, err
	}
	i, err := s.Get(ctx, tx, aim.IndicatorID)
	if err != nil {
		return f, err
	}
	f.IndicatorID, f.AccountID, f.ReporterID = i.ID, actor.Account, aim.ReporterID
	there, err := s.standing(ctx, tx, f)
	if err != nil {
		return f, err
	}
	if i := slices.IndexFunc(there, func(o Figure) bool { return o.Period == f.Period }); i >= 0 {
		return f, Twice(there[i].Amount, there[i].Unit)
	}
	if other := f.rival(there); other != nil {
		return f, other.stands()
	}
	if err := s.doubt(ctx, tx, y, aim.Goal, i, f, in); err != nil {
		return f, err
	}
	return f, s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "figure.report", Year: y.ID}, "figure", &f)
}

// aim reads a target that the actor may report on.
func (s *Service) aim(ctx context.Context, tx *db.Tx, actor access.Actor, yearID, id string) (Aim, error) {
	a, err := db.Get[Aim](ctx, tx, "covenant_target", id)
	if err != nil {
		return a, err
	}
	if a.YearID != yearID {
		return a, fault.Missing()
	}
	if a.ReporterID, err = s.Reporter(ctx, tx, a); err != nil {
		return a, err
	}
	if err := s.gate.Must(ctx, tx, actor, access.FigureReport, access.Record{Year: yearID, Unit: a.ReporterID}); err != nil {
		return a, err
	}
	adopted, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM draft WHERE adopted_id = $1`, a.VersionID)
	if err != nil {
		return a, err
	}
	if adopted == 0 {
		return a, fault.New(fault.Conflict, "Chỉ tiêu này không thuộc bản giao ước đang có hiệu lực nên không báo cáo được. Hãy tải lại trang để báo cáo theo bản hiện nay.")
	}
	return a, nil
}

// figure checks what was typed. It fills all but the indicator and the reporter.
func (s *Service) figure(y cluster.Year, a Aim, in Report) (Figure, error) {
	f := Figure{
		ID: db.NewID(), YearID: y.ID, UnitID: a.UnitID, Year: in.Year, Period: in.Period, Unit: vntext.Line(in.Unit),
		Source: vntext.Line(in.Source), Note: vntext.Clean(in.Note), Illustrative: in.Illustrative, At: clock.Stamp(s.now),
	}
	if f.Year == 0 {
		f.Year = y.Year
	}
	if f.Unit == "" {
		f.Unit = a.Unit
	}
	if !a.Measurable() {
		return f, fault.Wrong("amount", "“{.name}” không đo bằng số nên không báo cáo số liệu.", "name", a.Name)
	}
	faults := []*fault.Error{
		fault.When(!f.Period.Valid(), "period", "Kỳ báo cáo không đúng. Hãy chọn 6 tháng, cả năm, quý hoặc tháng."),
		fault.When(f.Year > y.Year || f.Year < y.Year-10, "year", "Chỉ nhận số liệu của năm {.year} và của 10 năm trước đó.", "year", locale.Year(y.Year)),
		fault.When(f.Period.Valid() && !s.begun(f.Year, f.Period), "period", "Kỳ “{.period}” của năm {.year} chưa bắt đầu nên chưa có số liệu.", "period", f.Period.Name(), "year", locale.Year(f.Year)),
		fault.When(len([]rune(f.Source)) > 500, "source", "Nguồn số liệu dài quá 500 ký tự."),
		fault.When(len([]rune(f.Note)) > 2000, "note", "Ghi chú dài quá 2.000 ký tự."),
	}
	scale, base, _ := target.ParseUnit(f.Unit)
	f.BaseUnit = base
	if base != a.BaseUnit && (a.Relation != target.None || a.BaseUnit != "") {
		faults = append(faults, fault.Wrong("unit", "Chỉ tiêu này tính bằng {.want}; không nhận số liệu bằng {.got} vì không quy đổi được.", "want", a.Unit, "got", f.Unit))
	}
	amount, e := typed(in, f)
	faults = append(faults, e)
	if err := fault.List(faults...); err != nil {
		return f, err
	}
	if in.Decrease && a.Change != target.Level {
		amount = amount.Neg()
	}
	if amount.IsNegative() && a.Change == target.Level && !mayBeNegative(a.Goal) {
		return f, fault.Wrong("amount", "Số liệu của chỉ tiêu này không âm được.")
	}
	f.Amount = amount.String()
	f.BaseAmount = amount.Mul(decimal.NewFromBigInt(scale.Num(), 0)).String()
	if !in.Sure {
		if why := suspect(a.Goal, f); why != nil {
			return f, why
		}
	}
	return f, nil
}

// typed reads the amount for a figure whose unit is known. A percent sign says
// hundredths: beside another unit it would make another figure of what was meant.
func typed(in Report, f Figure) (decimal.Decimal, *fault.Error) {
	text := strings.TrimSpace(in.Amount)
	if text == "" {
		return decimal.Zero, fault.Wrong("amount", "Chưa nhập số liệu.")
	}
	number, percent := strings.CutSuffix(text, "%")
	if percent && f.BaseUnit != "%" {
		if f.Unit == "" {
			return decimal.Zero, fault.Wrong("amount", "Số liệu ghi theo phần trăm ({.value}) nhưng chỉ tiêu không tính bằng %. Hãy ghi số không có dấu %.", "value", text)
		}
		return decimal.Zero, fault.Wrong("amount", "Số liệu ghi theo phần trăm ({.value}) nhưng chỉ tiêu tính bằng {.unit}. Hãy ghi số theo đúng đơn vị tính, không có dấu %.", "value", text, "unit", f.Unit)
	}
	d, err := in.Lang.ParseNumber(strings.TrimSpace(number))
	if err != nil {
		return d, fault.As(err).At("amount")
	}
	return d, nil
}

// begun tells whether the first month of the period has come.
func (s *Service) begun(year int, p Period) bool { return p.Begun(year, clock.Today(s.now)) }

// mayBeNegative: balances and savings may; counts and rates may not.
func mayBeNegative(g Goal) bool {
	k := Key(g.Name)
	return strings.Contains(k, "can doi") || strings.Contains(k, "thang du") || strings.Contains(k, "chenh lech") || strings.Contains(k, "can can")
}

// exact lets a sentence write a stored decimal in the reader's form.
func exact(stored string) decimal.Decimal {
	d, _ := decimal.NewFromString(stored)
	return d
}

// countsInScales: only where units come in thousands and millions is a wrong
// scale likely; one case instead of a thousand is no slip of the unit.
func countsInScales(g Goal) bool {
	scale, _, _ := target.ParseUnit(g.Unit)
	return scale.Cmp(big.NewRat(1, 1)) > 0 || g.BaseUnit == "%"
}

// standing reads the figures that stand at the place of f, of any period.
func (s *Service) standing(ctx context.Context, q db.Queryer, f Figure) ([]Figure, error) {
	return db.All[Figure](ctx, q, `SELECT `+db.Prefixed("f", Figure{})+` FROM figure f
		WHERE f.year_id = $1 AND f.unit_id = $2 AND f.year = $3 AND f.superseded_by = ''
		AND (f.indicator_id = $4 OR f.indicator_id IN (SELECT id FROM indicator WHERE merged_into = $4)) ORDER BY f.at, f.id`,
		f.YearID, f.UnitID, f.Year, f.IndicatorID)
}

// live reads the figures that stand at the place and the period of f.
func (s *Service) live(ctx context.Context, q db.Queryer, f Figure) ([]Figure, error) {
	all, err := s.standing(ctx, q, f)
	return slices.DeleteFunc(all, func(o Figure) bool { return o.Period != f.Period }), err
}

// rival finds, among figures of one place, one that says another amount for the
// same day under another period: 6 months end as the second quarter does.
func (f Figure) rival(others []Figure) *Figure {
	for i, o := range others {
		if o.Period != f.Period && o.Period.Months() == f.Period.Months() && (!o.Base().Equal(f.Base()) || o.BaseUnit != f.BaseUnit) {
			return &others[i]
		}
	}
	return nil
}

// same tells whether f says what o says, and rests on the same.
func (f Figure) same(o Figure) bool {
	return f.Base().Equal(o.Base()) && f.BaseUnit == o.BaseUnit && f.Source == o.Source && f.Note == o.Note && f.Illustrative == o.Illustrative
}

// stands refuses another figure for the day that f tells already.
func (f Figure) stands() *fault.Error {
	return fault.New(fault.Conflict, "Đã có số liệu kỳ “{.period}” đến hết tháng {.month} là {.amount}. Hãy đính chính số đó; một thời điểm chỉ có một số.",
		"period", f.Period.Name(), "month", f.Period.Months(), "amount", told(exact(f.Amount), f.Unit)).At("amount")
}

// Correct replaces a figure by a new one. Version is that of the figure the
// person saw; one already corrected is Stale and comes with the figure that
// stands now. Period and year stay those of the figure.
func (s *Service) Correct(ctx context.Context, actor access.Actor, figureID string, version int64, reason string, in Report) (Figure, error) {
	reason = vntext.Line(reason)
	var f Figure
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		old, err := db.Get[Figure](ctx, tx, "figure", figureID)
		if err != nil {
			return err
		}
		y, err := s.years.Get(ctx, tx, old.YearID)
		if err != nil {
			return err
		}
		aim, err := s.aim(ctx, tx, actor, old.YearID, in.TargetID)
		if err != nil {
			return err
		}
		i, err := s.Get(ctx, tx, aim.IndicatorID)
		if err != nil {
			return err
		}
		was, err := s.Get(ctx, tx, old.IndicatorID)
		if err != nil {
			return err
		}
		if was.ID != i.ID || old.UnitID != aim.UnitID {
			return fault.Missing()
		}
		if _, err := s.years.During(ctx, tx, old.YearID, cluster.Reporting); err != nil {
			return err
		}
		if reason == "" {
			return fault.Wrong("reason", "Hãy ghi lý do đính chính; số cũ và lý do được lưu lại.")
		}
		if old.SupersededBy != "" || old.Version != version {
			live, err := s.live(ctx, tx, Figure{YearID: old.YearID, UnitID: old.UnitID, Year: old.Year, Period: old.Period, IndicatorID: i.ID})
			if err != nil {
				return err
			}
			stale := fault.New(fault.Stale, "Số liệu này vừa được đính chính sau khi bạn mở trang. Hãy xem số hiện nay rồi đính chính lại nếu cần.")
			if len(live) > 0 {
				stale.Theirs = live[0]
			}
			return stale
		}
		in.Period, in.Year = old.Period, old.Year
		if f, err = s.figure(y, aim, in); err != nil {
			return err
		}
		f.IndicatorID, f.AccountID, f.ReporterID, f.Reason = i.ID, actor.Account, aim.ReporterID, reason
		if f.same(old) {
			return fault.Wrong("amount", "Số liệu, nguồn và ghi chú không đổi nên không có gì để đính chính.")
		}
		if err := s.doubt(ctx, tx, y, aim.Goal, i, f, in); err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "figure.correct", Year: old.YearID, Reason: reason}
		if err := s.book.Insert(ctx, tx, change, "figure", &f); err != nil {
			return err
		}
		old.SupersededBy = f.ID
		return s.book.Update(ctx, tx, change, "figure", &old)
	})
	return f, err
}

// Figure reads one figure.
func (s *Service) Figure(ctx context.Context, q db.Queryer, id string) (Figure, error) {
	return db.Get[Figure](ctx, q, "figure", id)
}

// Subject says whose evidence a figure takes, for room evidence: whoever
// reports the figure attaches to it, as long as figures come in.
func (s *Service) Subject(ctx context.Context, q db.Queryer, id string) (evidence.Subject, error) {
	f, err := s.Figure(ctx, q, id)
	return evidence.Subject{Year: f.YearID, Unit: f.ReporterID, Permission: access.FigureReport, During: []cluster.Activity{cluster.Reporting}}, err
}

// Figures lists all that was reported in a cluster year, superseded figures
// too, oldest first.
func (s *Service) Figures(ctx context.Context, q db.Queryer, yearID string) ([]Figure, error) {
	return db.All[Figure](ctx, q, `SELECT `+db.Prefixed("f", Figure{})+` FROM figure f WHERE f.year_id = $1 ORDER BY f.at, f.id`, yearID)
}
