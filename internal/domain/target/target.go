// Package target reads targets and results out of Vietnamese text.
//
// A covenant, a plan or a launch speech states its targets in prose. The
// package is a grammar, not a guess: text becomes tokens, tokens become
// quantities (figure, unit, comparison), quantities stand in clauses, and each
// clause plays a role: target, result of a year gone by, fact, rule or
// reference. Only targets come out; what looks like a target and cannot be read
// is reported, never repaired.
//
// The package is pure: it knows no clock, no database and no language but the
// Vietnamese of the texts.
package target

import "github.com/thidua/thidua/internal/platform/fault"

// Relation tells how the result must stand to the figure.
type Relation string

const (
	Equal   Relation = "="
	AtLeast Relation = ">="
	AtMost  Relation = "<="
	Range   Relation = "range"
	None    Relation = "none" // không có, không để xảy ra: the figure is nought
	Text    Relation = "text" // a pledge without a figure
)

// Change tells a movement against a base from a level.
type Change string

const (
	Level    Change = ""
	Increase Change = "increase"
	Decrease Change = "decrease"
)

// Direction tells which way is good.
type Direction string

const (
	Unknown Direction = ""
	Higher  Direction = "higher"
	Lower   Direction = "lower"
)

// Approx says that the text itself rounds the figure.
type Approx string

const (
	Over  Approx = "over"  // hơn
	Under Approx = "under" // gần
	About Approx = "about" // khoảng
)

// Value is an amount in base units: đồng are written VND, scale words are
// multiplied out. Amount is an exact decimal.
type Value struct {
	Amount string `json:"amount"`
	Unit   string `json:"unit"`
}

// Base is what a change or a percentage stands against.
type Base struct {
	Kind string `json:"kind"` // year, plan, budget, same_period, share
	Year int    `json:"year,omitempty"`
}

// The kinds of Base.
const (
	BaseYear       = "year"
	BasePlan       = "plan"
	BaseBudget     = "budget"
	BaseSamePeriod = "same_period"
	BaseShare      = "share"
)

// Source is the clause a target was read from. Line counts from 1.
type Source struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// Target is one target. Low and High are exact decimals in the written unit,
// equal unless the relation is Range, empty where there is no figure.
type Target struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Relation  Relation  `json:"relation"`
	Change    Change    `json:"change,omitempty"`
	Low       string    `json:"low,omitempty"`
	High      string    `json:"high,omitempty"`
	Unit      string    `json:"unit,omitempty"`
	Value     *Value    `json:"value,omitempty"`
	Direction Direction `json:"direction,omitempty"`
	Base      *Base     `json:"base,omitempty"`
	By        int       `json:"by,omitempty"` // the year it must hold
	Approx    Approx    `json:"approx,omitempty"`
	PartOf    string    `json:"part_of,omitempty"` // the id of the total
	Source    Source    `json:"source"`
}

// Check is a sum that was checked: the parts against their total, both in the
// unit of the total.
type Check struct {
	Kind  string   `json:"kind"` // sum
	Total string   `json:"total"`
	Parts []string `json:"parts"`
	Want  string   `json:"want"`
	Got   string   `json:"got"`
	OK    bool     `json:"ok"`
}

// The codes of warnings.
const (
	SumMismatch   = "sum_mismatch"
	UnitSuspect   = "unit_suspect"
	MixedCurrency = "mixed_currency"
	YearSuspect   = "year_suspect"
	Duplicate     = "duplicate"
	UnreadFigure  = "unread_figure"
)

// Warning is a doubt about what was read. Message is the Vietnamese sentence
// with its values; Text and Args let the caller say it in another language.
type Warning struct {
	Code    string     `json:"code"`
	Line    int        `json:"line"`
	Message string     `json:"message"`
	Text    string     `json:"-"`
	Args    fault.Args `json:"-"`
}

// Reading is what was read of one text.
type Reading struct {
	Targets  []Target  `json:"targets"`
	Checks   []Check   `json:"checks"`
	Warnings []Warning `json:"warnings"`
}

// Row is one result of one unit.
type Row struct {
	Unit      string   `json:"unit"`
	Indicator string   `json:"indicator"`
	Relation  Relation `json:"relation"`
	Change    Change   `json:"change,omitempty"`
	Low       string   `json:"low,omitempty"`
	High      string   `json:"high,omitempty"`
	Base      *Base    `json:"base,omitempty"`
	Measure   string   `json:"unit_of_measure,omitempty"`
	Value     *Value   `json:"value,omitempty"`
	Approx    Approx   `json:"approx,omitempty"`
	Source    Source   `json:"source"`
}

// ResultsReading is what was read of a review.
type ResultsReading struct {
	Rows     []Row     `json:"rows"`
	Warnings []Warning `json:"warnings"`
}

// Prefix puts a text before every id, so that readings of several texts can
// stand in one list.
func (r *Reading) Prefix(prefix string) {
	for k := range r.Targets {
		r.Targets[k].ID = prefix + r.Targets[k].ID
		if r.Targets[k].PartOf != "" {
			r.Targets[k].PartOf = prefix + r.Targets[k].PartOf
		}
	}
	for k := range r.Checks {
		c := &r.Checks[k]
		c.Total = prefix + c.Total
		for i := range c.Parts {
			c.Parts[i] = prefix + c.Parts[i]
		}
	}
}
