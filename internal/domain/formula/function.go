package formula

import (
	"github.com/thidua/thidua/internal/platform/rational"
)

// function is one function of the language or one aggregate.
type function struct {
	name     string // Vietnamese
	english  string
	min, max int // number of arguments
	of       func(args []rational.Num) rational.Num
	group    bool // goes over every unit of the cluster
}

const many = MaxLength

// functions are all there are. “if” and the rounding are evaluated by the
// evaluator itself: one leaves a branch out, the other takes a literal.
var functions = []*function{
	{name: "nếu", english: "if", min: 3, max: 3},
	{name: "nhỏ_nhất", english: "min", min: 1, max: many, of: least},
	{name: "lớn_nhất", english: "max", min: 1, max: many, of: greatest},
	{name: "làm_tròn", english: "round", min: 1, max: 2},
	{name: "tổng", english: "sum", min: 1, max: many, of: total},
	{name: "trị_tuyệt_đối", english: "abs", min: 1, max: 1, of: func(args []rational.Num) rational.Num { return args[0].Abs() }},

	{name: "tổng_cụm", english: "cluster_sum", min: 1, max: 1, of: total, group: true},
	{name: "bình_quân_cụm", english: "cluster_avg", min: 1, max: 1, of: mean, group: true},
	{name: "cao_nhất_cụm", english: "cluster_max", min: 1, max: 1, of: greatest, group: true},
	{name: "thấp_nhất_cụm", english: "cluster_min", min: 1, max: 1, of: least, group: true},
	{name: "số_đơn_vị", english: "cluster_count", min: 0, max: 0, of: count, group: true},
}

var (
	byName   = map[string]*function{}
	wordOps  = map[string]op{"và": opAnd, "and": opAnd, "hoặc": opOr, "or": opOr, "không": opNot, "not": opNot}
	choose   = functions[0]
	roundOff = functions[3]
)

func init() {
	for _, f := range functions {
		byName[f.name], byName[f.english] = f, f
	}
}

func least(args []rational.Num) rational.Num {
	v := args[0]
	for _, a := range args[1:] {
		if a.Cmp(v) < 0 {
			v = a
		}
	}
	return v
}

func greatest(args []rational.Num) rational.Num {
	v := args[0]
	for _, a := range args[1:] {
		if a.Cmp(v) > 0 {
			v = a
		}
	}
	return v
}

func total(args []rational.Num) rational.Num {
	var v rational.Num
	for _, a := range args {
		v = v.Add(a)
	}
	return v
}

func mean(args []rational.Num) rational.Num {
	return total(args).Quo(rational.Int(int64(len(args))))
}

func count(args []rational.Num) rational.Num { return rational.Int(int64(len(args))) }
