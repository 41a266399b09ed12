// Package formula reads and evaluates the expressions of the scoring rule
// “formula”: `điểm_tối_đa * thực_hiện / chỉ_tiêu`. The language is described
// for those who write sheets in docs/formula.md.
//
// A formula is one expression over numbers and conditions: there are no loops,
// no definitions and no recursion, so that every evaluation ends. Its length,
// depth, steps and the size of its numbers are bounded. Numbers are exact
// fractions; nothing is rounded but by the function round.
//
// Names are Vietnamese or English, in any Unicode normalisation and any case.
// A name that is no function is a value of the unit that is scored; whoever
// evaluates gives the values. An aggregate (cao_nhất_cụm(…)) goes over the same
// expression of every unit.
//
// The package is pure: no clock, no database, no context.
package formula

import "github.com/thidua/thidua/internal/platform/rational"

// The bounds of a formula. The longest formula of a real regulation that was
// translated needs 130 characters and depth 3.
const (
	MaxLength = 1000    // characters of the source
	MaxDepth  = 32      // of brackets, functions and signs inside each other
	MaxSteps  = 200_000 // of one evaluation, aggregates over the cluster included
	MaxBits   = 4096    // of a number: numerator and denominator together
	MaxNames  = 40      // different values of the unit
	maxDigits = 30      // of a number in the source
)

// Kind is what an expression gives.
type Kind int

const (
	Number    Kind = iota
	Condition      // true or false
)

// Value is a number or a condition, as the Kind of its place says.
type Value struct {
	Num  rational.Num
	True bool
}

// Name is a value of the unit that the formula asks for.
type Name struct {
	Name    string // canonical: composed, lower case, aliases resolved
	Written string // as the formula writes it first, in lower case
	Kind    Kind   // a condition where the formula uses it as one
}

// Words are what the reader of formulas knows besides its own functions.
type Words struct {
	// Aliases lead from a name, as written, to the one it stands for.
	Aliases map[string]string
	// Only are the canonical names that exist; nil where any name may be used.
	Only []string
}

// Formula is an expression that was read and checked. It never changes.
type Formula struct {
	source []rune // composed
	root   *node
	names  []Name
	groups []*node // the aggregates, in order of appearance
}

// Names are the values of the unit that Eval takes, in order of appearance.
func (f *Formula) Names() []Name { return f.names }

// Groups is the number of aggregates over the cluster; see Gather.
func (f *Formula) Groups() int { return len(f.groups) }

// Group is the i-th aggregate as the source writes it.
func (f *Formula) Group(i int) string { return string(f.source[f.groups[i].from:f.groups[i].to]) }

// String is the source, in Unicode's composed form.
func (f *Formula) String() string { return string(f.source) }

// op is what a node does.
type op int

const (
	opNumber op = iota
	opName
	opNeg
	opAdd
	opSub
	opMul
	opQuo
	opEq
	opNe
	opLt
	opLe
	opGt
	opGe
	opAnd
	opOr
	opNot
	opCall  // a function of its arguments
	opGroup // an aggregate of the cluster
)

// signs are how operators are written in a calculation.
var signs = map[op]string{
	opAdd: " + ", opSub: " − ", opMul: " × ", opQuo: "/",
	opEq: " = ", opNe: " ≠ ", opLt: " < ", opLe: " ≤ ", opGt: " > ", opGe: " ≥ ",
}

func (o op) compares() bool { return o >= opEq && o <= opGe }

// node is an expression.
type node struct {
	op       op
	from, to int // its characters in the source
	kids     []*node
	num      rational.Num
	word     string // of a name, a function or a word operator, as written in the source
	index    int    // of a name or an aggregate
	fn       *function
}

// kind is what the node gives, where it does not depend on what is wanted.
func (n *node) kind() Kind {
	if n.op.compares() || n.op == opAnd || n.op == opOr || n.op == opNot {
		return Condition
	}
	return Number
}
