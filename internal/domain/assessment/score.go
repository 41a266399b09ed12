package assessment

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Score is what somebody set for a unit's criterion in a round. Without
// inputs it says nothing: the round before stands.
type Score struct {
	ID           string        `db:"id"`
	Version      int64         `db:"version"`
	RoundID      string        `db:"round_id"`
	UnitID       string        `db:"unit_id"`
	Criterion    string        `db:"criterion"`
	Inputs       string        `db:"inputs"` // JSON object: names of the rule's fields to plain decimals, "true", "false"
	Points       points.Points `db:"points"` // what they came to when they were set
	Reason       string        `db:"reason"`
	AccountID    string        `db:"account_id"`
	At           clock.Instant `db:"at"`
	Illustrative bool          `db:"illustrative"` // invented for showing ("minh họa")
}

// Values are the inputs as scoring takes them.
func (s Score) Values() scoring.Inputs {
	in := scoring.Inputs{}
	if s.Inputs != "" {
		// Only this package writes the column; what it cannot read is no input.
		if err := json.Unmarshal([]byte(s.Inputs), &in); err != nil {
			return scoring.Inputs{}
		}
	}
	return in
}

// Cell is a cell to be saved.
type Cell struct {
	Year, Unit, Criterion string
	Round                 Kind
	Inputs                scoring.Inputs // empty fields count as not there; none at all takes the round's value back
	Reason                string
	Version               int64 // of the row as read; 0 when there was none
	Illustrative          bool
}

const longestReason = 2000

func (c *Cell) clean() error {
	c.Reason = vntext.Clean(c.Reason)
	in := scoring.Inputs{}
	for name, v := range c.Inputs {
		if v = vntext.Line(v); v != "" && !(name == "na" && v == "false") {
			in[name] = v
		}
	}
	c.Inputs = in
	return fault.List(
		fault.When(len([]rune(c.Reason)) > longestReason, "reason", "Lý do dài quá {.n} ký tự.", "n", longestReason),
		fault.When(len(in) > 40, "inputs", "Có quá nhiều số liệu cho một tiêu chí."),
	)
}

// Save sets one cell of a round. Inputs outside their range are refused and
// say what to do; a value that differs from the round before needs a reason; a
// row that somebody else changed meanwhile is a Stale fault that carries it.
func (s *Service) Save(ctx context.Context, actor access.Actor, in Cell) (Score, error) {
	var saved Score
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		saved, err = s.save(ctx, tx, actor, in)
		return err
	})
	if db.IsDuplicate(err) { // another process entered the same cell first
		err = staleCell(nil)
	}
	return saved, err
}

// SaveAll sets several cells or none: a block pasted from a spreadsheet.
// Every fault is found; its field is "criterion/input".
func (s *Service) SaveAll(ctx context.Context, actor access.Actor, cells []Cell) ([]Score, error) {
	const most = 2000
	if len(cells) > most {
		return nil, fault.New(fault.TooLarge, "Mỗi lần dán tối đa {.n} ô. Hãy dán từng phần.", "n", most)
	}
	var saved []Score
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		saved = nil
		var wrong []*fault.Error
		for _, c := range cells {
			one, err := s.save(ctx, tx, actor, c)
			if err == nil {
				saved = append(saved, one)
				continue
			}
			f := fault.As(err)
			if f.Code != fault.Invalid {
				return err
			}
			for _, each := range f.All() {
				wrong = append(wrong, each.At(c.Criterion+"/"+each.Field))
			}
		}
		return fault.List(wrong...)
	})
	if err != nil {
		return nil, err
	}
	return saved, nil
}

func staleCell(theirs any) error {
	f := fault.New(fault.Stale, "Ô này vừa được người khác sửa sau khi bạn mở trang. Hãy so hai giá trị rồi lưu lại; nội dung bạn nhập vẫn còn nguyên.")
	f.Theirs = theirs
	return f
}

func (s *Service) save(ctx context.Context, tx *db.Tx, actor access.Actor, in Cell) (Score, error) {
	rounds, err := roundsOf(ctx, tx, in.Year)
	if err != nil {
		return Score{}, err
	}
	if err := s.may(ctx, tx, actor, in.Round, rounds, in.Year, in.Unit); err != nil {
		return Score{}, err
	}
	y, err := s.during(ctx, tx, in.Year, in.Round.Activity())
	if err != nil {
		return Score{}, err
	}
	if err := member(ctx, tx, in.Year, in.Unit); err != nil {
		return Score{}, err
	}
	if err := in.clean(); err != nil {
		return Score{}, err
	}
	sheet, _, err := criteria.Adopted(ctx, tx, y)
	if err != nil {
		return Score{}, err
	}
	c := sheet.Find(in.Criterion)
	if c == nil || (!c.Leaf() && c.NA == scoring.NotAllowed) {
		return Score{}, fault.Missing()
	}
	in.Inputs = c.Marked(in.Inputs)
	if rounds, err = s.EnsureRounds(ctx, tx, actor, in.Year); err != nil {
		return Score{}, err
	}
	if err := notHandedIn(ctx, tx, rounds[in.Round], in.Unit); err != nil {
		return Score{}, err
	}
	t, err := s.loadCriterion(ctx, tx, y, sheet, rounds, in.Criterion)
	if err != nil {
		return Score{}, err
	}
	old := t.scores[in.Round][in.Unit][in.Criterion]
	if old.Version != in.Version {
		return Score{}, staleCell(old)
	}
	cell, err := t.try(c, in)
	if err != nil {
		return Score{}, err
	}
	if err := t.reasoned(c, in); err != nil {
		return Score{}, err
	}
	inputs, err := json.Marshal(in.Inputs) // sorts the names
	if err != nil {
		return Score{}, fault.Wrap(err)
	}
	row := old
	row.RoundID, row.UnitID, row.Criterion = rounds[in.Round].ID, in.Unit, in.Criterion
	row.Inputs, row.Points, row.Reason, row.AccountID, row.At = string(inputs), cell.Points, in.Reason, actor.Account, clock.Stamp(s.now)
	row.Illustrative = in.Illustrative || y.Illustrative
	change := ledger.Change{By: actor, Action: "assessment.score", Year: in.Year, Reason: in.Reason}
	return row, s.put(ctx, tx, change, &row)
}

// put writes a score, as the first of its place or over the one that was read.
func (s *Service) put(ctx context.Context, tx *db.Tx, change ledger.Change, row *Score) error {
	if row.Version > 0 {
		return s.book.Update(ctx, tx, change, "score", row)
	}
	row.ID = db.NewID()
	return s.book.Insert(ctx, tx, change, "score", row)
}

// try scores the cell as it would be and turns what is wrong into faults.
func (t *table) try(c *scoring.Criterion, in Cell) (scoring.Cell, error) {
	values := t.values(in.Round)
	if values[in.Unit] == nil {
		values[in.Unit] = scoring.UnitValues{}
	}
	delete(values[in.Unit], c.ID)
	if len(in.Inputs) > 0 {
		values[in.Unit][c.ID] = t.proved(in.Unit, c.ID, maps.Clone(in.Inputs))
	} else if before, ok := in.Round.before(); ok {
		if prior, ok := t.effective(before, in.Unit, c.ID); ok {
			values[in.Unit][c.ID] = prior.Values()
		}
	}
	units := []scoring.Unit{{ID: in.Unit}}
	for id := range values {
		if id != in.Unit {
			units = append(units, scoring.Unit{ID: id})
		}
	}
	result := scoring.Score(t.sheet, units, values, scoring.Provisional)
	var wrong []*fault.Error
	for _, p := range result.Units[0].Problems {
		if p.Criterion == c.ID {
			wrong = append(wrong, fault.Wrong(p.Field, "Tiêu chí {.criterion} “{.name}”: {.what}", "criterion", c.ID, "name", c.Name, "what", p.Text))
		}
	}
	return result.Units[0].Cells[c.ID], fault.List(wrong...)
}

// reasoned requires a reason where a later round differs from the one before.
func (t *table) reasoned(c *scoring.Criterion, in Cell) error {
	before, ok := in.Round.before()
	if !ok || in.Reason != "" || len(in.Inputs) == 0 {
		return nil
	}
	prior, there := t.effective(before, in.Unit, c.ID)
	if same(prior.Values(), in.Inputs) || before == Reported && !there {
		return nil
	}
	if before == Reported {
		return fault.Wrong("reason", "Tiêu chí {.criterion} “{.name}” khác số liệu đơn vị đã báo cáo: hãy ghi lý do, hoặc đính chính số liệu ở trang Tiến độ.", "criterion", c.ID, "name", c.Name)
	}
	return fault.Wrong("reason", "Tiêu chí {.criterion} “{.name}” khác vòng {.before}: hãy ghi lý do để đơn vị và hội nghị biết vì sao.", "criterion", c.ID, "name", c.Name, "before", before.Name())
}

// same compares inputs by value: 5 and 5.0 are one number.
func same(a, b scoring.Inputs) bool {
	return maps.EqualFunc(a, b, func(x, y string) bool {
		if x == y {
			return true
		}
		n, ok := scoring.ParseNumber(x)
		m, ok2 := scoring.ParseNumber(y)
		return ok && ok2 && n.Rat().Cmp(m.Rat()) == 0
	})
}
