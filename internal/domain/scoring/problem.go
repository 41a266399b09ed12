package scoring

import (
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Problem is one thing wrong with a sheet or its inputs: where it is, what it
// is and what to do.
type Problem struct {
	Code      Code
	Path      string // place in the document, while it is being read: "criteria[0].max"
	Criterion string // id
	Unit      string // id
	Field     string // of the criterion, its rule or the input
	locale.Text
}

// Code classifies a problem for programs.
type Code string

const (
	BadDocument  Code = "bad_document"  // not JSON of the right shape
	UnknownField Code = "unknown_field" // a field that the format does not have
	BadID        Code = "bad_id"        // absent, duplicate or unknown
	BadMax       Code = "bad_max"       // absent, out of range or sums do not agree
	BadRule      Code = "bad_rule"      // absent, unknown or with wrong parameters
	BadBands     Code = "bad_bands"     // overlap, gap
	BadFormula   Code = "bad_formula"   // a formula that cannot be read or evaluated
	BadTie       Code = "bad_tie"       // the chain names what is not there
	BadGrade     Code = "bad_grade"     // a grade or a cap that cannot be
	GradeGap     Code = "grade_gap"     // a warning: a score that fits no grade, or a better one in a worse grade
	Unsupported  Code = "unsupported"   // known, but not in this version
	MissingInput Code = "missing_input"
	UnknownInput Code = "unknown_input" // an input that the rule does not ask for
	BadInput     Code = "bad_input"     // not a number, not true or false
	OutOfRange   Code = "out_of_range"  // a value outside its range
	NotAskable   Code = "na_forbidden"  // “not applicable” where the criterion does not allow it
)

// Sentence is the whole sentence with its place in front.
func (p Problem) Sentence(l locale.Lang) string {
	what := l.Say(p.Text.Text, p.Text.Args)
	switch {
	case p.Unit != "" && p.Criterion != "":
		return l.T("Đơn vị {.unit}, tiêu chí {.criterion}: {.what}", "unit", p.Unit, "criterion", p.Criterion, "what", what)
	case p.Unit != "":
		return l.T("Đơn vị {.unit}: {.what}", "unit", p.Unit, "what", what)
	case p.Criterion != "":
		return l.T("Tiêu chí {.criterion}: {.what}", "criterion", p.Criterion, "what", what)
	case p.Path != "":
		return l.T("Tại {.path}: {.what}", "path", p.Path, "what", what)
	}
	return what
}

// Fault is the problem as the house's error, at its field.
func (p Problem) Fault() *fault.Error {
	e := fault.New(fault.Invalid, p.Text.Text)
	e.Args = p.Text.Args
	e.Field = p.Field
	return e
}

// Faults is the list as one error; nil when there is no problem.
func Faults(problems []Problem) error {
	all := make([]*fault.Error, len(problems))
	for i, p := range problems {
		all[i] = p.Fault()
	}
	return fault.List(all...)
}
