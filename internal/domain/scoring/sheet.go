package scoring

import (
	"github.com/thidua/thidua/internal/platform/points"
)

// Sheet is a scoring table (bảng chấm điểm): criteria that share out a maximum,
// bonus and deduction groups outside it, the place of rounding and the chain
// that goes through ties.
type Sheet struct {
	Rounding  Rounding
	Criteria  []*Criterion
	Bonus     []*Criterion
	Deduction []*Criterion
	Ties      []string // ids in the order in which they break a tie

	Grades    []*Grade // the ladder, from the best down
	Knockouts []*Mark  // a unit of which one is true is not considered
	Holds     []*Mark  // a unit of which one is true is kept apart until it is cleared
	Caps      []*Mark  // bring the grade down
}

// Rounding is where and to how many decimals points are rounded.
type Rounding struct {
	Scale int // 0 to 4
	At    At
}

// At is the one place of rounding.
type At string

const (
	AtCriterion At = "criterion" // each criterion; the default
	AtTotal     At = "total"     // only the total; criteria are shown with four decimals
)

// Part is the part of the sheet that a criterion stands in.
type Part string

const (
	Main      Part = "criteria"
	Bonus     Part = "bonus"
	Deduction Part = "deduction"
)

// Criterion is a node of the sheet (tiêu chí): a leaf has a rule, an inner node
// has children whose maxima add up to its own.
type Criterion struct {
	ID       string
	Name     string
	Part     Part
	Max      points.Points // of a bonus or deduction it may be absent; see NoMax
	NoMax    bool
	Rule     Rule // nil on inner nodes
	NA       Policy
	Children []*Criterion

	// What the sheet asks for around the points.
	Evidence  bool   // a file must stand behind what is entered
	Proof     bool   // without it no points: the input "evidence": "false" says so
	Indicator string // id of the indicator whose figures the criterion goes by

	// Of bonus and deduction groups.
	Clamp     Number // the group counts for at most this much
	Rank      bool   // counts towards the rank
	Threshold bool   // counts towards thresholds (grades, special classes)

	unread bool // it has a rule that could not be read; that was told already
}

// Policy is what becomes of a criterion that does not apply to a unit
// (không áp dụng). Three of them stand in one real decision: domain.md §3.3.
type Policy string

const (
	NotAllowed Policy = ""        // every unit must be scored
	Exclude    Policy = "exclude" // left out, its pool scaled up to its maximum
	Zero       Policy = "zero"    // counts as 0
	Full       Policy = "full"    // counts as the maximum
	Spread     Policy = "spread"  // its maximum shared evenly among the leaves of its pool that apply
	Peers      Policy = "peers"   // no target: compared with the other units that have none
)

// Leaf tells whether the criterion is scored by a rule and has no children.
func (c *Criterion) Leaf() bool { return len(c.Children) == 0 }

// Kind is the kind of the leaf's rule, empty on inner nodes.
func (c *Criterion) Kind() string {
	if c.Rule == nil {
		return ""
	}
	return c.Rule.Kind()
}

// Walk visits every node of the criteria, the bonus and the deduction, parents
// before children, in the sheet's order. depth is 0 for a root.
func (s *Sheet) Walk(visit func(c *Criterion, depth int)) {
	for _, roots := range [][]*Criterion{s.Criteria, s.Bonus, s.Deduction} {
		for _, c := range roots {
			c.walk(visit, 0)
		}
	}
}

func (c *Criterion) walk(visit func(c *Criterion, depth int), depth int) {
	visit(c, depth)
	for _, child := range c.Children {
		child.walk(visit, depth+1)
	}
}

// Leaves are the criteria that are scored by a rule, in the sheet's order:
// those of the criteria, then of the bonus, then of the deduction.
func (s *Sheet) Leaves() []*Criterion {
	var leaves []*Criterion
	s.Walk(func(c *Criterion, _ int) {
		if c.Leaf() {
			leaves = append(leaves, c)
		}
	})
	return leaves
}

// Find is the criterion with the id, nil when there is none.
func (s *Sheet) Find(id string) *Criterion {
	var found *Criterion
	s.Walk(func(c *Criterion, _ int) {
		if found == nil && c.ID == id {
			found = c
		}
	})
	return found
}

// Max is the sum of the maxima of the top criteria: what a unit can reach
// without bonus.
func (s *Sheet) Max() points.Points {
	var sum points.Points
	for _, c := range s.Criteria {
		sum += c.Max
	}
	return sum
}

// scale is the number of decimals to which a criterion is shown.
func (s *Sheet) scale() int {
	if s.Rounding.At == AtTotal {
		return 4
	}
	return s.totalScale()
}

// totalScale is the declared number of decimals; a sheet with one outside 0 to
// 4 is refused by Check and must not make rounding stop the program.
func (s *Sheet) totalScale() int { return min(max(s.Rounding.Scale, 0), 4) }
