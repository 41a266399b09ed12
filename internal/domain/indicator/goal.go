package indicator

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Goal is a target as it is stored, flat: what was read from a clause, or
// corrected by a person, and the indicator it is about. Low and High are exact
// decimals in Unit, BaseLow and BaseHigh the same in base units.
type Goal struct {
	IndicatorID string           `db:"indicator_id"`
	Name        string           `db:"name"`
	Relation    target.Relation  `db:"relation"`
	Change      target.Change    `db:"change"`
	Low         string           `db:"low"`
	High        string           `db:"high"`
	Unit        string           `db:"unit"`
	BaseLow     string           `db:"base_low"`
	BaseHigh    string           `db:"base_high"`
	BaseUnit    string           `db:"base_unit"`
	Direction   target.Direction `db:"direction"`
	BaseKind    string           `db:"base_kind"`
	BaseYear    int              `db:"base_year"`
	ByYear      int              `db:"by_year"`
	Approx      target.Approx    `db:"approx"`
	PartOf      string           `db:"part_of"` // id of the row of the total
	Line        int              `db:"line"`    // of the text, from 1; 0 for one entered by hand
	Clause      string           `db:"clause"`
}

// FromTarget flattens a target that was read. PartOf still is the reader's id;
// the caller puts the id of the stored row there.
func FromTarget(t target.Target) Goal {
	g := Goal{
		Name: vntext.Line(t.Name), Relation: t.Relation, Change: t.Change, Low: t.Low, High: t.High, Unit: t.Unit,
		Direction: t.Direction, ByYear: t.By, Approx: t.Approx, PartOf: t.PartOf, Line: t.Source.Line, Clause: t.Source.Text,
	}
	if t.Base != nil {
		g.BaseKind, g.BaseYear = t.Base.Kind, t.Base.Year
	}
	g.normalise()
	return g
}

// normalise works out the base figures from the written ones.
func (g *Goal) normalise() {
	low, high := target.Normalise(g.Low, g.Unit), target.Normalise(g.High, g.Unit)
	g.BaseLow, g.BaseHigh, g.BaseUnit = low.Amount, high.Amount, low.Unit
}

// Target is the goal as the reader would have given it, under an id.
func (g Goal) Target(id string) target.Target {
	t := target.Target{
		ID: id, Name: g.Name, Relation: g.Relation, Change: g.Change, Low: g.Low, High: g.High, Unit: g.Unit,
		Direction: g.Direction, By: g.ByYear, Approx: g.Approx, PartOf: g.PartOf, Source: target.Source{Line: g.Line, Text: g.Clause},
	}
	if g.BaseLow != "" {
		t.Value = &target.Value{Amount: g.BaseLow, Unit: g.BaseUnit}
	}
	if g.BaseKind != "" {
		t.Base = &target.Base{Kind: g.BaseKind, Year: g.BaseYear}
	}
	return t
}

// Measurable tells whether a figure can say if the goal is reached.
func (g Goal) Measurable() bool { return g.Relation != target.Text }

// flow guesses what sort of figure the goal takes; a person may correct it in
// the catalogue.
func (g Goal) flow() Flow {
	switch {
	case g.Change != target.Level:
		return Growth
	case strings.HasPrefix(g.BaseUnit, "%"), strings.HasPrefix(g.BaseUnit, "điểm"), strings.HasPrefix(g.BaseUnit, "giường"),
		strings.Contains(Key(g.Name), "ty le"), strings.Contains(Key(g.Name), "binh quan"), strings.Contains(Key(g.Name), "chi so"):
		return Stock
	}
	return Sum
}

// Entry is a goal as a person types or corrects it.
type Entry struct {
	Name      string
	Relation  target.Relation
	Change    target.Change
	Low, High string // in the form of Lang; High only for a range
	Unit      string
	Direction target.Direction
	BaseKind  string
	BaseYear  int
	ByYear    int
	Approx    target.Approx
	PartOf    string
	Line      int
	Clause    string
	Lang      locale.Lang
}

// Edit is the goal as an Entry, for a form in the language.
func (g Goal) Edit(l locale.Lang) Entry {
	e := Entry{
		Name: g.Name, Relation: g.Relation, Change: g.Change, Low: l.Number(g.Low), Unit: g.Unit, Direction: g.Direction,
		BaseKind: g.BaseKind, BaseYear: g.BaseYear, ByYear: g.ByYear, Approx: g.Approx, PartOf: g.PartOf, Line: g.Line, Clause: g.Clause, Lang: l,
	}
	if g.Relation == target.Range {
		e.High = l.Number(g.High)
	}
	return e
}

// Goal checks what was typed and makes the goal of it.
func (e Entry) Goal() (Goal, error) {
	g := Goal{
		Name: vntext.Line(e.Name), Relation: e.Relation, Change: e.Change, Unit: vntext.Line(e.Unit), Direction: e.Direction,
		BaseKind: e.BaseKind, BaseYear: e.BaseYear, ByYear: e.ByYear, Approx: e.Approx, PartOf: e.PartOf, Line: e.Line, Clause: vntext.Line(e.Clause),
	}
	known := map[target.Relation]bool{target.Equal: true, target.AtLeast: true, target.AtMost: true, target.Range: true, target.None: true, target.Text: true}
	yearOff := func(y int) bool { return y != 0 && (y < 1945 || y > 2100) }
	faults := []*fault.Error{
		fault.When(Key(g.Name) == "", "name", "Chưa nhập tên chỉ tiêu."),
		fault.When(len([]rune(g.Name)) > maxName, "name", "Tên chỉ tiêu dài quá {.limit} ký tự.", "limit", maxName),
		fault.When(len([]rune(g.Unit)) > 60, "unit", "Đơn vị tính dài quá 60 ký tự."),
		fault.When(!known[g.Relation], "relation", "Hãy chọn kiểu chỉ tiêu: bằng, ít nhất, không quá, trong khoảng, không có, hay không đo bằng số."),
		fault.When(g.Change != target.Level && g.Change != target.Increase && g.Change != target.Decrease, "change", "Hãy chọn: mức đạt được, tăng, hay giảm."),
		fault.When(g.Direction != target.Unknown && g.Direction != target.Higher && g.Direction != target.Lower, "direction", "Hãy chọn: càng cao càng tốt, hay càng thấp càng tốt."),
		fault.When(yearOff(g.BaseYear), "base_year", "Năm gốc {.year} không hợp lý.", "year", locale.Year(g.BaseYear)),
		fault.When(yearOff(g.ByYear), "by_year", "Năm phải đạt {.year} không hợp lý.", "year", locale.Year(g.ByYear)),
	}
	switch g.Relation {
	case target.None, target.Text:
		g.Change = target.Level
	default:
		var f *fault.Error
		g.Low, f = figure(e.Lang, "low", e.Low)
		faults = append(faults, f)
		g.High = g.Low
		if g.Relation == target.Range {
			g.High, f = figure(e.Lang, "high", e.High)
			faults = append(faults, f)
			if less(g.High, g.Low) || g.Low != "" && g.Low == g.High {
				faults = append(faults, fault.Wrong("high", "Khoảng chỉ tiêu phải đi từ số nhỏ đến số lớn."))
			}
		}
	}
	g.normalise()
	return g, fault.List(faults...)
}

func figure(l locale.Lang, field, typed string) (string, *fault.Error) {
	if strings.TrimSpace(typed) == "" {
		return "", fault.Wrong(field, "Chưa nhập con số của chỉ tiêu.")
	}
	d, err := l.ParseNumber(strings.TrimSuffix(strings.TrimSpace(typed), "%"))
	if err != nil {
		return "", fault.As(err).At(field)
	}
	if d.IsNegative() {
		return "", fault.Wrong(field, "Con số của chỉ tiêu không được âm; nếu là giảm, hãy chọn “giảm”.")
	}
	return d.String(), nil
}

func less(a, b string) bool {
	x, errX := decimal.NewFromString(a)
	y, errY := decimal.NewFromString(b)
	return errX == nil && errY == nil && x.LessThan(y)
}

// Units are the units in which figures of a base unit are usually told.
var Units = map[string][]string{
	"USD": {"triệu USD", "tỷ USD", "USD"},
	"VND": {"tỷ đồng", "nghìn tỷ đồng", "triệu đồng"},
}

// PointUnit is the unit of a change between two percentages.
const PointUnit = "điểm %"
