package assessment

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// ResultKind tells a provisional result from the final one: scores may be
// final only after the meeting that votes on awards (domain.md §1.2, rule 10).
type ResultKind string

const (
	Provisional ResultKind = "provisional"
	Final       ResultKind = "final"
)

// Result is a snapshot of a year's scores and ranks. What it rests on never
// changes under it: names, sheet and figures are inside.
type Result struct {
	ID           string        `db:"id"`
	Version      int64         `db:"version"`
	YearID       string        `db:"year_id"`
	Kind         ResultKind    `db:"kind"`
	Body         []byte        `db:"body"` // JSON of a Content
	Hash         string        `db:"hash"` // hexadecimal SHA-256 of Body
	AccountID    string        `db:"account_id"`
	At           clock.Instant `db:"at"`
	SupersededBy string        `db:"superseded_by"`
}

// Content is what a result says.
type Content struct {
	Year         int           `json:"year"`
	Cluster      string        `json:"cluster"` // its name in that year
	Sheet        string        `json:"sheet"`   // id of the sheet's version
	SheetHash    string        `json:"sheet_hash"`
	Max          points.Points `json:"max"` // without bonus
	Illustrative bool          `json:"illustrative"`
	Units        []ResultUnit  `json:"units"` // best first
}

// ResultUnit is one unit's result.
type ResultUnit struct {
	Unit         string        `json:"unit"`
	Name         string        `json:"name"` // as of then
	Short        string        `json:"short"`
	Total        points.Points `json:"total"`
	ForRank      points.Points `json:"for_rank"`
	ForThreshold points.Points `json:"for_threshold"`
	Rank         int           `json:"rank"`
	Tied         bool          `json:"tied"`
	By           ranking.By    `json:"by"`
	Why          string        `json:"why"`                 // Vietnamese, as it was said then
	Grade        string        `json:"grade,omitempty"`     // name, where the sheet has a ladder
	GradeWhy     string        `json:"grade_why,omitempty"` // Vietnamese
	Marks        []ResultMark  `json:"marks,omitempty"`
	Items        []ResultItem  `json:"items"`
}

// ResultMark is a knock-out, a hold or a cap that was true of a unit.
type ResultMark struct {
	Mark   string `json:"mark"`
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// ResultItem is one criterion of a unit. A round in which the criterion was
// not applicable, or not scored, has no points.
type ResultItem struct {
	Criterion string         `json:"criterion"`
	Name      string         `json:"name"`
	Depth     int            `json:"depth"`
	Part      scoring.Part   `json:"part"`
	Max       points.Points  `json:"max"`
	Self      *points.Points `json:"self"`
	Check     *points.Points `json:"check"`
	Agreed    *points.Points `json:"agreed"`
	Why       string         `json:"why"`    // the exact calculation of the agreed points
	Reason    string         `json:"reason"` // of the last round that differs from the one before
}

// Content reads the snapshot.
func (r Result) Content() (Content, error) {
	var c Content
	if err := json.Unmarshal(r.Body, &c); err != nil {
		return c, fault.Wrap(err)
	}
	return c, nil
}

// content is the snapshot of what stands in the agreed round now.
func (s *Service) content(ctx context.Context, q db.Queryer, y cluster.Year) (Content, *Standing, error) {
	t, err := s.load(ctx, q, y)
	if err != nil {
		return Content{}, nil, err
	}
	st, err := s.standing(ctx, q, t, Agreed)
	if err != nil {
		return Content{}, nil, err
	}
	units := make([]string, len(st.Units))
	for i, u := range st.Units {
		units[i] = u.Member.UnitID
	}
	self, check := t.score(Self, units, scoring.Provisional), t.score(Check, units, scoring.Provisional)
	c := Content{Year: y.Year, Cluster: y.Name, Sheet: t.version.ID, SheetHash: t.version.Hash, Max: t.sheet.Max(), Illustrative: st.Illustrative}
	for i, u := range st.Units {
		out := ResultUnit{
			Unit: u.Member.UnitID, Name: u.Member.Name, Short: u.Member.Short,
			Total: u.Score.Total, ForRank: u.Score.ForRank, ForThreshold: u.Score.ForThreshold,
			Rank: u.Place.Rank, Tied: u.Place.Tied, By: u.Place.By, Why: locale.Vietnamese.Say(u.Place.Why.Text, u.Place.Why.Args),
		}
		if g := u.Score.Graded; g.Why.Text != "" {
			out.GradeWhy = locale.Vietnamese.Say(g.Why.Text, g.Why.Args)
			if g.Grade != nil {
				out.Grade = cmp.Or(g.Grade.Name, g.Grade.ID)
			}
		}
		for _, m := range u.Marked {
			out.Marks = append(out.Marks, ResultMark{m.Mark.ID, cmp.Or(m.Mark.Name, m.Mark.ID), m.Reason})
		}
		t.sheet.Walk(func(cr *scoring.Criterion, depth int) {
			cell := u.Score.Cells[cr.ID]
			out.Items = append(out.Items, ResultItem{
				Criterion: cr.ID, Name: cr.Name, Depth: depth, Part: cr.Part, Max: cr.Max,
				Self: shownPoints(self.Units[i].Cells[cr.ID]), Check: shownPoints(check.Units[i].Cells[cr.ID]), Agreed: shownPoints(cell),
				Why: cell.Why.String(), Reason: t.reason(u.Member.UnitID, cr.ID),
			})
		})
		c.Units = append(c.Units, out)
	}
	return c, st, nil
}

func shownPoints(c scoring.Cell) *points.Points {
	if c.Missing || c.NA && c.Points == 0 {
		return nil
	}
	p := c.Points
	return &p
}

// reason is why the last round that differs from the one before does.
func (t *table) reason(unit, criterion string) string {
	for _, k := range []Kind{Agreed, Check} {
		before, _ := k.before()
		if row := t.scores[k][unit][criterion]; row.Reason != "" && t.differs(k, before, unit, criterion) {
			return row.Reason
		}
	}
	return ""
}

// Finalise keeps the agreed scores and the ranks as a result. It takes the
// place of the one before, which stays readable. Everything that is missing is
// told at once.
func (s *Service) Finalise(ctx context.Context, actor access.Actor, yearID string, kind ResultKind) (Result, error) {
	var made Result
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ScoreOrganise, access.Record{Year: yearID}); err != nil {
			return err
		}
		if kind != Provisional && kind != Final {
			return fault.Wrong("kind", "Hãy chọn kết quả tạm tính hay chính thức.")
		}
		y, err := s.during(ctx, tx, yearID, cluster.Agreeing, cluster.Reviewing)
		if err != nil {
			return err
		}
		c, st, err := s.content(ctx, tx, y)
		if err != nil {
			return err
		}
		if gaps := st.gaps(); len(gaps) > 0 {
			return fault.List(gaps...)
		}
		if held := st.held(); kind == Final && held != "" {
			return fault.Wrong("kind", "{.units} đang tạm giữ, chưa xếp hạng: chỉ chốt kết quả tạm tính được. Khi có kết luận, hãy bỏ tạm giữ hoặc ghi không xét rồi chốt chính thức.", "units", held)
		}
		old, there, err := Latest(ctx, tx, yearID)
		if err != nil {
			return err
		}
		made = Result{ID: db.NewID(), YearID: yearID, Kind: kind, AccountID: actor.Account, At: clock.Stamp(s.now)}
		if made.Body, err = json.Marshal(c); err != nil {
			return fault.Wrap(err)
		}
		made.Hash = hashOf(made.Body)
		if there && old.Hash == made.Hash && old.Kind == kind {
			return fault.New(fault.Conflict, "Kết quả đã chốt đúng như điểm hiện nay; không cần chốt lại.")
		}
		change := ledger.Change{By: actor, Action: "assessment.result", Year: yearID}
		if there {
			old.SupersededBy = made.ID
			if err := s.book.Update(ctx, tx, change, "result", &old); err != nil {
				return err
			}
		}
		return s.book.Insert(ctx, tx, change, "result", &made)
	})
	return made, err
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// held names the units that are kept apart.
func (st *Standing) held() string {
	var names []string
	for _, u := range st.Units {
		if len(u.Score.Held) > 0 && len(u.Score.Knocked) == 0 {
			names = append(names, u.Member.Short)
		}
	}
	return strings.Join(names, ", ")
}

// gaps are what keeps a standing from being kept as a result.
func (st *Standing) gaps() []*fault.Error {
	var gaps []*fault.Error
	for _, u := range st.Units {
		if n := u.Score.Missing + len(u.Score.Problems); n > 0 {
			gaps = append(gaps, fault.Wrong(u.Member.UnitID, "{.unit}: còn {.n} tiêu chí chưa có điểm.", "unit", u.Member.Short, "n", n))
		}
		if n := len(u.Unreasoned); n > 0 {
			gaps = append(gaps, fault.Wrong(u.Member.UnitID, "{.unit}: {.n} tiêu chí khác vòng trước mà chưa có lý do.", "unit", u.Member.Short, "n", n))
		}
	}
	return gaps
}

// Latest is the year's result that nothing has superseded, for other rooms;
// who may see it is theirs to ask. There may be none yet.
func Latest(ctx context.Context, q db.Queryer, yearID string) (Result, bool, error) {
	return db.Maybe[Result](ctx, q, `SELECT `+db.Prefixed("r", Result{})+` FROM result r WHERE year_id = $1 AND superseded_by = '' ORDER BY at DESC, id DESC`, yearID)
}

// Latest is the function of that name, for callers that hold the service.
func (s *Service) Latest(ctx context.Context, q db.Queryer, yearID string) (Result, bool, error) {
	return Latest(ctx, q, yearID)
}

// Results lists every result of a year, newest first, for an actor who may see
// the scores.
func (s *Service) Results(ctx context.Context, actor access.Actor, yearID string) ([]Result, error) {
	if err := s.gate.MustSee(ctx, s.db, actor, access.ScoreRead, access.Record{Year: yearID}); err != nil {
		return nil, err
	}
	return db.All[Result](ctx, s.db, `SELECT `+db.Prefixed("r", Result{})+` FROM result r WHERE year_id = $1 ORDER BY at DESC, id DESC`, yearID)
}

// UpToDate tells whether the latest result says what the scores say now.
func (s *Service) UpToDate(ctx context.Context, q db.Queryer, y cluster.Year, latest Result) (bool, error) {
	c, _, err := s.content(ctx, q, y)
	if err != nil {
		return false, err
	}
	body, err := json.Marshal(c)
	if err != nil {
		return false, fault.Wrap(err)
	}
	return hashOf(body) == latest.Hash, nil
}
