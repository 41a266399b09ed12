// Package scoring turns a scoring sheet and what the units report into points
// with reasons, grades and places.
//
// Everything is exact: inputs are decimals as they were typed, rules calculate
// with fractions, and a value is rounded once, half away from zero, where the
// sheet says (each criterion, or only the total). Every number carries the
// calculation that made it, worked out when it is asked for. The rules come from
// real regulations; domain.md §3 gives the sources.
//
// A sheet that breaks its own rules, and an input that is missing or outside
// its range, is a Problem that names the criterion, the unit and what to do;
// all of them are found at once.
//
// The package is pure: no clock, no database, no context. A rule is one file:
// a struct that binds its parameters, checks them and scores a cell, and a
// register call that makes its kind known. Prepare checks a sheet once for many
// clusters.
//
// # The document
//
// Numbers are strings. Beside criteria, bonus, deduction, rounding and ties, as
// the command's help has them, a sheet and its values may hold:
//
//	"rule": {"kind": "rank", "measure": "actual", "side": "above",
//	         "places": [{"from": "1", "to": "10", "points": "3"}, {"from": "11", "points": "1"}]}
//	    points by place; both ends of a group count; below: the lower goes first
//	"rule": {"kind": "formula", "expression": "điểm_tối_đa * thực_hiện / chỉ_tiêu", "inputs": "…"}
//	    docs/formula.md
//	"na": "spread"
//	    the maximum is shared evenly among the leaves of the pool that apply;
//	    these are scored as usual and scaled to their new maximum
//	"na": "peers", with the values {"na": "true", "actual": "100"}
//	    no target: the share of the best result among the units without one
//	"evidence": "required", with the value {"evidence": "false"}
//	    no file, no points; without the value nothing is known and nothing taken
//	"ties": ["I", "I.2", "I.2.actual"]
//	    points of a group, of a criterion, or one of its figures
//	"grades": [{"id": "xs", "name": "…", "from": "95", "no_zero": true},
//	           {"id": "t", "from": "80", "to": "95", "each": "0.5", "main": true},
//	           {"id": "k", "otherwise": true}]
//	    from the best down, the first that fits; from ≤ score < to; no_zero: no
//	    criterion has 0; each: every top criterion reaches this share of its
//	    maximum; main: the score without bonus and deduction; otherwise: the rest
//	"caps": [{"id": "c", "name": "…", "grade": "t"}]
//	    no better grade than this where it applies
//	"knockouts": [{"id": "n", "name": "…"}], "holds": [{"id": "h", "name": "…"}]
//	    not considered; kept apart until cleared
//	"values": {"u1": {"c": {"applies": "true"}, "h": {"applies": "true"}}}
//	    whether a cap, a knock-out or a hold is true of the unit; if not said: no
//
// The figures of a unit that is knocked out or held still count where units are
// compared (best, rank, peers, formulas over the cluster): they are true, and
// leaving them out would move the points of the others.
package scoring
