package formula

import (
	"github.com/thidua/thidua/internal/platform/rational"
)

// function is one function of the language or one aggregate.
type function struct {
	name     string // Vietnamese
	english  string
	min, max int // number of arguments
	// fold takes the arguments one after another: what came before with the next.
	fold  func(before, next rational.Num) rational.Num
	mean  bool // the sum is divided by the number of arguments
	group bool // goes over every unit of the cluster
}

const many = MaxLength

// functions are all there are. “if” and the rounding are evaluated by the
// evaluator itself: one leaves a branch out, the other takes a literal.
var functions = []*function{
	{name: "nếu", english: "if", min: 3, max: 3},
	{name: "nhỏ_nhất", english: "min", min: 1, max: many, fold: lesser},
	{name: "lớn_nhất", english: "max", min: 1, max: many, fold: greater},
	{name: "làm_tròn", english: "round", min: 1, max: 2},
	{name: "tổng", english: "sum", min: 1, max: many, fold: rational.Num.Add},
	{name: "trị_tuyệt_đối", english: "abs", min: 1, max: 1},

	{name: "tổng_cụm", english: "cluster_sum", min: 1, max: 1, fold: rational.Num.Add, group: true},
	{name: "bình_quân_cụm", english: "cluster_avg", min: 1, max: 1, fold: rational.Num.Add, mean: true, group: true},
	{name: "cao_nhất_cụm", english: "cluster_max", min: 1, max: 1, fold: greater, group: true},
	{name: "thấp_nhất_cụm", english: "cluster_min", min: 1, max: 1, fold: lesser, group: true},
	{name: "số_đơn_vị", english: "cluster_count", min: 0, max: 0, group: true},
}

var (
	byName   = map[string]*function{}
	wordOps  = map[string]op{"và": opAnd, "and": opAnd, "hoặc": opOr, "or": opOr, "không": opNot, "not": opNot}
	choose   = functions[0]
	roundOff = functions[3]
	absolute = functions[5]
	howMany  = functions[len(functions)-1]
)

func init() {
	for _, f := range functions {
		byName[f.name], byName[f.english] = f, f
	}
}

func lesser(a, b rational.Num) rational.Num {
	if b.Cmp(a) < 0 {
		return b
	}
	return a
}

func greater(a, b rational.Num) rational.Num {
	if b.Cmp(a) > 0 {
		return b
	}
	return a
}
