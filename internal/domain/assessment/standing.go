package assessment

import (
	"cmp"
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Standing is a year's ranking as it is now, in one round. It is provisional
// by nature: only a Result is kept.
type Standing struct {
	Year         cluster.Year
	Kind         Kind
	Sheet        *scoring.Sheet
	Version      criteria.SheetVersion
	Units        []UnitStanding // best first
	Illustrative bool           // some figure is invented for showing
	Complete     bool           // every unit has every criterion, handed in
	Sealed       int            // units that the reader does not see yet; then there are no places

	undecided []ranking.Entry // as if nobody had decided a tie
}

// UnitStanding is one unit's place.
type UnitStanding struct {
	Member       cluster.Member
	Score        scoring.UnitScore
	Place        ranking.Place
	HandIn       HandIn // of the round; not there in the agreed round
	Checker      string // unit that checks it, "" where nobody was named
	Evidence     int    // files that stand
	Unproven     int    // criteria that demand evidence and have none
	Differ       int    // criteria in which this round differs from the one before
	Unreasoned   []string
	Illustrative bool
	Marked       []Marked         // knock-outs, holds and caps that are true of it, in the agreed round
	Versions     map[string]int64 // of the rows of marks that were ever entered
}

// Considered tells whether the unit takes part in the ranking: it is neither
// knocked out nor held. Its Place has no rank otherwise, and says why.
func (u *UnitStanding) Considered() bool { return u.Score.Considered() }

// Standing computes totals and ranks of a round as they stand, for other
// rooms; who may see them is theirs to ask. Missing figures count as 0 and are
// counted in Score.Missing.
func (s *Service) Standing(ctx context.Context, q db.Queryer, yearID string, k Kind) (*Standing, error) {
	y, err := s.years.Get(ctx, q, yearID)
	if err != nil {
		return nil, err
	}
	t, err := s.load(ctx, q, y)
	if err != nil {
		return nil, err
	}
	return s.standing(ctx, q, t, k)
}

// See is Standing for an actor who may see the scores.
func (s *Service) See(ctx context.Context, actor access.Actor, yearID string, k Kind) (*Standing, error) {
	if err := s.gate.MustSee(ctx, s.db, actor, access.ScoreRead, access.Record{Year: yearID}); err != nil {
		return nil, err
	}
	if !k.Valid() {
		return nil, fault.Missing()
	}
	st, err := s.Standing(ctx, s.db, yearID, k)
	if err != nil {
		return nil, err
	}
	return st, s.seal(ctx, actor, st)
}

// seal leaves a reader who has yet to hand the own self-score in with the own
// units alone: nobody scores with the others' figures in view.
func (s *Service) seal(ctx context.Context, actor access.Actor, st *Standing) error {
	own, sealed, err := s.sealed(ctx, s.db, actor, st.Year)
	if err != nil || !sealed {
		return err
	}
	all := len(st.Units)
	st.Units = slices.DeleteFunc(st.Units, func(u UnitStanding) bool { return !own[u.Member.UnitID] })
	for i := range st.Units {
		st.Units[i].Place = ranking.Place{Unit: st.Units[i].Member.UnitID}
	}
	st.Sealed = all - len(st.Units)
	return nil
}

// sealed tells whether the actor scores a unit that has not handed in while
// the self-scoring is open, and which units are the actor's. Who organises the
// scoring sees all.
func (s *Service) sealed(ctx context.Context, q db.Queryer, actor access.Actor, y cluster.Year) (own map[string]bool, sealed bool, err error) {
	if !cluster.Open(y, cluster.SelfScore) {
		return nil, false, nil
	}
	if organises, err := s.gate.Can(ctx, q, actor, access.ScoreOrganise, access.Record{Year: y.ID}); err != nil || organises {
		return nil, false, err
	}
	units, err := memberIDs(ctx, q, y.ID)
	if err != nil {
		return nil, false, err
	}
	handed, err := HandIns(ctx, q, y.ID, Self)
	if err != nil {
		return nil, false, err
	}
	own = map[string]bool{}
	for _, u := range units {
		mine, err := s.gate.Can(ctx, q, actor, access.ScoreSelf, access.Record{Year: y.ID, Unit: u})
		if err != nil {
			return nil, false, err
		}
		if mine {
			own[u] = true
			sealed = sealed || !handed[u].Stands()
		}
	}
	return own, sealed, nil
}

func (s *Service) standing(ctx context.Context, q db.Queryer, t *table, k Kind) (*Standing, error) {
	members, err := s.years.Members(ctx, q, t.year)
	if err != nil {
		return nil, err
	}
	handed, err := HandIns(ctx, q, t.year.ID, k)
	if err != nil {
		return nil, err
	}
	checkers, err := Checkers(ctx, q, t.year.ID)
	if err != nil {
		return nil, err
	}
	proofs, err := proofs(ctx, q, t.year.ID)
	if err != nil {
		return nil, err
	}
	decided, err := ties(ctx, q, t.year.ID)
	if err != nil {
		return nil, err
	}
	units := make([]string, len(members))
	for i, m := range members {
		units[i] = m.UnitID
	}
	result := t.score(k, units, scoring.Provisional)
	var undecided []ranking.Entry
	for i, e := range result.Entries() {
		if result.Units[i].Considered() {
			undecided = append(undecided, e)
		}
	}
	places := result.Places(func(unit string) *ranking.Decision {
		d, ok := decided[unit]
		if !ok {
			return nil
		}
		return &ranking.Decision{Basis: d.Kind, Order: d.Place, Text: d.Basis}
	})
	st := &Standing{Year: t.year, Kind: k, Sheet: t.sheet, Version: t.version, Complete: true, Illustrative: t.year.Illustrative, undecided: undecided}
	for i, m := range members {
		u := UnitStanding{Member: m, Score: result.Units[i], Place: places[i], HandIn: handed[m.UnitID], Checker: checkers[m.UnitID].CheckerID, Unreasoned: t.unreasoned(k, m.UnitID)}
		if k == Agreed {
			u.Marked, u.Versions = t.marked(m.UnitID), t.versions(m.UnitID)
		}
		for _, c := range t.sheet.Leaves() {
			n := proofs[EvidenceSubject(t.year.ID, m.UnitID, c.ID)]
			u.Evidence += n
			if cell := u.Score.Cells[c.ID]; c.Evidence && n == 0 && !cell.NA && cell.Points != 0 {
				u.Unproven++
			}
		}
		t.sheet.Walk(func(c *scoring.Criterion, _ int) {
			row, there := t.effective(k, m.UnitID, c.ID)
			u.Illustrative = u.Illustrative || there && row.Illustrative
			if before, ok := k.before(); ok && t.differs(k, before, m.UnitID, c.ID) {
				u.Differ++
			}
		})
		st.Illustrative = st.Illustrative || u.Illustrative
		st.Complete = st.Complete && u.Score.Missing == 0 && len(u.Score.Problems) == 0 && (k == Agreed || u.HandIn.Stands())
		st.Units = append(st.Units, u)
	}
	slices.SortStableFunc(st.Units, func(a, b UnitStanding) int {
		// Who is not considered has no rank, and stands last.
		last := func(u UnitStanding) int {
			if u.Considered() {
				return u.Place.Rank
			}
			return len(st.Units) + 1
		}
		return cmp.Compare(last(a), last(b))
	})
	return st, nil
}

// differs tells whether a cell says another thing in a round than in one before.
func (t *table) differs(k, before Kind, unit, criterion string) bool {
	a, _ := t.effective(k, unit, criterion)
	b, there := t.effective(before, unit, criterion)
	if before == Reported && !there {
		return false // nothing was reported that one could differ from
	}
	return !same(a.Values(), b.Values())
}

// proofs counts the files that stand for each cell of a year.
func proofs(ctx context.Context, q db.Queryer, yearID string) (map[string]int, error) {
	type row struct {
		Subject string `db:"subject_id"`
		N       int    `db:"n"`
	}
	rows, err := db.All[row](ctx, q, `SELECT subject_id, COUNT(*) AS n FROM attachment WHERE year_id = $1 AND subject_kind = $2 AND withdrawn = '' GROUP BY subject_id`, yearID, EvidenceKind)
	if err != nil {
		return nil, err
	}
	out := make(map[string]int, len(rows))
	for _, r := range rows {
		out[r.Subject] = r.N
	}
	return out, nil
}

// TieDecision is a unit's place among equals as people decided it.
type TieDecision struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	YearID    string        `db:"year_id"`
	UnitID    string        `db:"unit_id"`
	Place     int           `db:"place"` // 1 goes ahead of 2
	Kind      ranking.Basis `db:"kind"`
	Basis     string        `db:"basis"` // where it is written
	MeetingID string        `db:"meeting_id"`
}

func ties(ctx context.Context, q db.Queryer, yearID string) (map[string]TieDecision, error) {
	rows, err := db.All[TieDecision](ctx, q, `SELECT `+db.Prefixed("d", TieDecision{})+` FROM tie_decision d WHERE year_id = $1`, yearID)
	if err != nil {
		return nil, err
	}
	out := make(map[string]TieDecision, len(rows))
	for _, r := range rows {
		out[r.UnitID] = r
	}
	return out, nil
}

// Tie is a decision of people among units with equal scores.
type Tie struct {
	Year    string
	Kind    ranking.Basis  // by ballot or as minuted
	Basis   string         // where it is written: the minutes, with day and count
	Meeting string         // id of the meeting, where there was one
	Orders  map[string]int // by unit; 1 goes ahead of 2, equal numbers stay tied
}

// DecideTie enters what people decided among units that the scores and the
// sheet's chain leave equal. It holds only as long as they are equal.
func (s *Service) DecideTie(ctx context.Context, actor access.Actor, in Tie) error {
	in.Basis = vntext.Line(in.Basis)
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ScoreAgree, access.Record{Year: in.Year}); err != nil {
			return err
		}
		if _, err := s.during(ctx, tx, in.Year, cluster.Agreeing, cluster.Reviewing); err != nil {
			return err
		}
		if err := fault.List(
			fault.When(in.Kind != ranking.Ballot && in.Kind != ranking.Minuted, "kind", "Hãy chọn cách phân định: bỏ phiếu hoặc quyết định ghi biên bản."),
			fault.When(in.Basis == "", "basis", "Hãy ghi biên bản nào, ngày nào; câu này hiện bên cạnh thứ hạng."),
			fault.When(len([]rune(in.Basis)) > 500, "basis", "Căn cứ dài quá 500 ký tự."),
			fault.When(len(in.Orders) < 2, "order", "Hãy ghi thứ tự cho mọi đơn vị đồng hạng."),
		); err != nil {
			return err
		}
		st, err := s.Standing(ctx, tx, in.Year, Agreed)
		if err != nil {
			return err
		}
		equal, err := st.equals(in.Orders)
		if err != nil {
			return err
		}
		old, err := ties(ctx, tx, in.Year)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "assessment.tie", Year: in.Year, Reason: in.Basis}
		for _, unit := range equal {
			row, there := old[unit]
			row.YearID, row.UnitID, row.Place, row.Kind, row.Basis, row.MeetingID = in.Year, unit, in.Orders[unit], in.Kind, in.Basis, in.Meeting
			if there {
				err = s.book.Update(ctx, tx, change, "tie_decision", &row)
			} else {
				row.ID = db.NewID()
				err = s.book.Insert(ctx, tx, change, "tie_decision", &row)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// equals requires that the orders name exactly one group of units that the
// scores leave equal, and lists it.
func (st *Standing) equals(orders map[string]int) ([]string, error) {
	var group []string
	for _, p := range ranking.Rank(st.undecided) {
		if _, named := orders[p.Unit]; named {
			group = append([]string{p.Unit}, p.With...)
			break
		}
	}
	whole := len(group) == len(orders)
	for _, u := range group {
		whole = whole && orders[u] >= 1 && orders[u] <= len(group)
	}
	if !whole || len(group) < 2 {
		return nil, fault.Wrong("order", "Các đơn vị này không phải đúng một nhóm đồng hạng. Hãy ghi thứ tự, từ 1 trở đi, cho mọi đơn vị cùng hạng và chỉ những đơn vị đó.")
	}
	slices.Sort(group)
	return group, nil
}
