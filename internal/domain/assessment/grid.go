package assessment

import (
	"context"
	"encoding/json"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/points"
)

// Grid is a unit's sheet with every round side by side.
type Grid struct {
	Year     cluster.Year
	Unit     cluster.Member
	Sheet    *scoring.Sheet
	Version  criteria.SheetVersion
	Rows     []Row // every node of the sheet, parents before children
	Totals   map[Kind]scoring.UnitScore
	HandIns  map[Kind]HandIn
	Checker  string        // unit that checks; "" where nobody was named
	May      map[Kind]bool // the actor may set scores of the round now
	Explain  bool          // the actor may explain now
	Attach   bool          // the actor may attach evidence now
	Appeal   bool          // the actor may object to points now
	Until    clock.Day     // the last day to object; "" for none
	Answer   bool          // the actor may answer objections now
	Organise bool          // the actor may send a hand-in back
	Newest   int64         // number of the year's newest entry of the ledger
}

// Row is one criterion.
type Row struct {
	Criterion    *scoring.Criterion
	Depth        int
	Cells        map[Kind]At
	Reported     scoring.Inputs // what the unit reported, where the criterion goes by it
	Evidence     []evidence.Item
	Explanations []Said
	Appeals      []Raised
	Unproven     bool // demands evidence and has none that stands
}

// Leaf tells whether figures are entered in the row.
func (r Row) Leaf() bool { return r.Criterion.Leaf() }

// At is a cell in one round.
type At struct {
	Kind    Kind
	Cell    scoring.Cell   // points with their reason, as they stand in the round
	Inputs  scoring.Inputs // that stand in the round
	From    Kind           // the round in which they were set, or Reported; "" for none
	Own     Score          // what was set in this very round; Version 0 for nothing
	By      string         // who set Own
	Sample  bool           // what stands is invented for showing ("minh họa")
	Differs bool           // says another thing than the round before, or than what was reported
}

// Said is an explanation with who gave it.
type Said struct {
	Explanation
	By   string `db:"by_name"`
	Kind Kind   `db:"kind"`
}

// Grid reads a unit's sheet for an actor who may see the year's scores.
func (s *Service) Grid(ctx context.Context, actor access.Actor, yearID, unitID string) (*Grid, error) {
	if err := s.gate.MustSee(ctx, s.db, actor, access.ScoreRead, access.Record{Year: yearID, Unit: unitID}); err != nil {
		return nil, err
	}
	if err := s.unsealed(ctx, actor, yearID, unitID); err != nil {
		return nil, err
	}
	var g *Grid
	err := s.db.ReadSnapshot(ctx, func(q db.Queryer) error {
		y, err := s.years.Get(ctx, q, yearID)
		if err != nil {
			return err
		}
		t, err := s.load(ctx, q, y)
		if err != nil {
			return err
		}
		members, err := s.years.Members(ctx, q, y)
		if err != nil {
			return err
		}
		g = &Grid{Year: y, Sheet: t.sheet, Version: t.version, Totals: map[Kind]scoring.UnitScore{}, HandIns: map[Kind]HandIn{}, May: map[Kind]bool{}}
		var units []string
		for _, m := range members {
			units = append(units, m.UnitID)
			if m.UnitID == unitID {
				g.Unit = m
			}
		}
		if g.Unit.UnitID == "" {
			return fault.Missing()
		}
		if err := s.rights(ctx, q, actor, g, t); err != nil {
			return err
		}
		if g.Newest, err = ledger.Newest(ctx, q, yearID); err != nil {
			return err
		}
		return s.fill(ctx, q, g, t, units)
	})
	if err != nil {
		return nil, err
	}
	return g, nil
}

// MaySee refuses who may not see the year's scores at all.
func (s *Service) MaySee(ctx context.Context, actor access.Actor, yearID string) error {
	return s.gate.MustSee(ctx, s.db, actor, access.ScoreRead, access.Record{Year: yearID})
}

// Opens tells whose sheets the year's reader may open now: a page links to no
// others.
func (s *Service) Opens(ctx context.Context, actor access.Actor, yearID string) (func(unitID string) bool, error) {
	y, err := s.years.Get(ctx, s.db, yearID)
	if err != nil {
		return nil, err
	}
	own, sealed, err := s.sealed(ctx, s.db, actor, y)
	return func(unitID string) bool { return !sealed || own[unitID] }, err
}

// unsealed refuses another unit's sheet to who has yet to hand the own in.
func (s *Service) unsealed(ctx context.Context, actor access.Actor, yearID, unitID string) error {
	opens, err := s.Opens(ctx, actor, yearID)
	if err == nil && !opens(unitID) && member(ctx, s.db, yearID, unitID) == nil {
		return fault.New(fault.Denied, "Bảng điểm của đơn vị khác mở cho bạn xem sau khi đơn vị bạn nộp bảng tự chấm.")
	}
	return err
}

// rights finds out what the actor may do on the sheet now.
func (s *Service) rights(ctx context.Context, q db.Queryer, actor access.Actor, g *Grid, t *table) error {
	can := func(p access.Permission, k Kind) (bool, error) {
		return s.gate.Can(ctx, q, actor, p, access.Record{Year: g.Year.ID, Unit: g.Unit.UnitID, Round: t.rounds[k].ID})
	}
	var err error
	for _, k := range Kinds {
		handed, err := HandIns(ctx, q, g.Year.ID, k)
		if err != nil {
			return err
		}
		g.HandIns[k] = handed[g.Unit.UnitID]
		if !cluster.Open(g.Year, k.Activity()) || g.HandIns[k].Stands() {
			continue
		}
		if g.May[k], err = can(k.permission(), k); err != nil {
			return err
		}
	}
	checked := cluster.Open(g.Year, cluster.CrossCheck) || cluster.Open(g.Year, cluster.Agreeing)
	if checked {
		if g.Explain, err = can(access.ScoreExplain, Check); err != nil {
			return err
		}
	}
	if checked || cluster.Open(g.Year, cluster.SelfScore) {
		if g.Attach, err = can(access.EvidenceAttach, Self); err != nil {
			return err
		}
		if g.Organise, err = can(access.ScoreOrganise, Self); err != nil {
			return err
		}
	}
	if open, until, err := s.Appealing(ctx, q, g.Year); err != nil {
		return err
	} else if g.Until = until; open {
		if g.Appeal, err = can(access.ScoreExplain, Agreed); err != nil {
			return err
		}
	}
	if cluster.Open(g.Year, cluster.Agreeing) {
		own, err := can(access.ScoreExplain, Agreed)
		if err != nil {
			return err
		}
		if g.Answer, err = can(access.ScoreAgree, Agreed); err != nil {
			return err
		}
		g.Answer = g.Answer && !own
	}
	checkers, err := Checkers(ctx, q, g.Year.ID)
	g.Checker = checkers[g.Unit.UnitID].CheckerID
	return err
}

func (s *Service) fill(ctx context.Context, q db.Queryer, g *Grid, t *table, units []string) error {
	unit := g.Unit.UnitID
	for _, k := range Kinds {
		for _, u := range t.score(k, units, scoring.Provisional).Units {
			if u.Unit == unit {
				g.Totals[k] = u
			}
		}
	}
	files, err := evidence.OfUnit(ctx, q, EvidenceKind, g.Year.ID, unit)
	if err != nil {
		return err
	}
	said, err := explanations(ctx, q, g.Year.ID, unit)
	if err != nil {
		return err
	}
	appeals, err := Appeals(ctx, q, g.Year.ID, unit)
	if err != nil {
		return err
	}
	against := map[string][]Raised{}
	for _, a := range appeals {
		against[a.Criterion] = append(against[a.Criterion], a)
	}
	names, err := authors(ctx, q, g.Year.ID, unit)
	if err != nil {
		return err
	}
	g.Sheet.Walk(func(c *scoring.Criterion, depth int) {
		row := Row{Criterion: c, Depth: depth, Cells: map[Kind]At{}, Evidence: files[EvidenceSubject(g.Year.ID, unit, c.ID)], Explanations: said[c.ID], Appeals: against[c.ID]}
		if from, there := t.scores[Reported][unit][c.ID]; there {
			row.Reported = from.Values()
		}
		for _, k := range Kinds {
			at := At{Kind: k, Cell: g.Totals[k].Cells[c.ID], Own: t.scores[k][unit][c.ID]}
			if stands, ok := t.effective(k, unit, c.ID); ok {
				at.Inputs, at.Sample = stands.Values(), stands.Illustrative
				if stands.RoundID == "" {
					at.From = Reported
				}
				for kind, r := range t.rounds {
					if r.ID == stands.RoundID {
						at.From = kind
					}
				}
			}
			at.By = names[at.Own.AccountID]
			if before, ok := k.before(); ok {
				at.Differs = t.differs(k, before, unit, c.ID)
			}
			row.Cells[k] = at
		}
		last := row.Cells[Agreed].Cell
		row.Unproven = c.Leaf() && c.Evidence && !proven(row.Evidence) && !last.NA && (last.Missing || last.Points != 0)
		g.Rows = append(g.Rows, row)
	})
	return nil
}

func explanations(ctx context.Context, q db.Queryer, yearID, unitID string) (map[string][]Said, error) {
	rows, err := db.All[Said](ctx, q, `
		SELECT `+db.Prefixed("e", Explanation{})+`, r.kind, COALESCE(a.name, '') AS by_name
		FROM explanation e JOIN round r ON r.id = e.round_id LEFT JOIN account a ON a.id = e.account_id
		WHERE r.year_id = $1 AND e.unit_id = $2 ORDER BY e.at, e.id`, yearID, unitID)
	if err != nil {
		return nil, err
	}
	out := map[string][]Said{}
	for _, r := range rows {
		out[r.Criterion] = append(out[r.Criterion], r)
	}
	return out, nil
}

// authors names the accounts that set a unit's scores.
func authors(ctx context.Context, q db.Queryer, yearID, unitID string) (map[string]string, error) {
	type row struct {
		ID   string `db:"id"`
		Name string `db:"name"`
	}
	rows, err := db.All[row](ctx, q, `
		SELECT DISTINCT a.id, a.name FROM account a JOIN score s ON s.account_id = a.id JOIN round r ON r.id = s.round_id
		WHERE r.year_id = $1 AND s.unit_id = $2`, yearID, unitID)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r.ID] = r.Name
	}
	return out, nil
}

// Find is the row of a criterion.
func (g *Grid) Find(criterion string) (Row, bool) {
	for _, r := range g.Rows {
		if r.Criterion.ID == criterion {
			return r, true
		}
	}
	return Row{}, false
}

// Change is one entry of a cell's history.
type Change struct {
	At     clock.Instant
	By     string
	Round  Kind
	Inputs scoring.Inputs
	Points string // plain decimal
	Reason string
}

// History tells how a cell came about, oldest first, from the ledger.
func (s *Service) History(ctx context.Context, actor access.Actor, yearID, unitID, criterion string) ([]Change, error) {
	if err := s.gate.MustSee(ctx, s.db, actor, access.ScoreRead, access.Record{Year: yearID, Unit: unitID}); err != nil {
		return nil, err
	}
	if err := s.unsealed(ctx, actor, yearID, unitID); err != nil {
		return nil, err
	}
	type row struct {
		ID   string `db:"id"`
		Kind Kind   `db:"kind"`
	}
	rows, err := db.All[row](ctx, s.db, `
		SELECT s.id, r.kind FROM score s JOIN round r ON r.id = s.round_id
		WHERE r.year_id = $1 AND s.unit_id = $2 AND s.criterion = $3 ORDER BY r.place`, yearID, unitID, criterion)
	if err != nil {
		return nil, err
	}
	var all []Change
	for _, r := range rows {
		items, err := ledger.List(ctx, s.db, ledger.Filter{Kind: "score", Subject: r.ID, Limit: 200})
		if err != nil {
			return nil, err
		}
		for i := len(items) - 1; i >= 0; i-- {
			all = append(all, change(items[i], r.Kind))
		}
	}
	return all, nil
}

func change(item ledger.Item, k Kind) Change {
	after := item.Record.After
	inputs, _ := after["inputs"].(string)
	reason, _ := after["reason"].(string)
	return Change{At: item.At, By: item.Record.Name, Round: k, Inputs: Score{Inputs: inputs}.Values(), Points: stored(after["points"]), Reason: reason}
}

// stored reads points as the ledger keeps them: whole ten-thousandths.
func stored(v any) string {
	n, ok := v.(json.Number)
	if !ok {
		return ""
	}
	i, err := n.Int64()
	if err != nil {
		return ""
	}
	return points.Points(i).String()
}
