package assessment

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// HandIn says that the work of a round on a unit's sheet is done: the unit's
// own in the self-scoring, the checker's in the check.
type HandIn struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	RoundID   string        `db:"round_id"`
	UnitID    string        `db:"unit_id"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
	Withdrawn string        `db:"withdrawn"` // why it was taken back; empty while it stands
}

// Stands tells whether it was not taken back.
func (h HandIn) Stands() bool { return h.ID != "" && h.Withdrawn == "" }

// HandIns are a year's hand-ins of a round by unit, those taken back too.
func HandIns(ctx context.Context, q db.Queryer, yearID string, k Kind) (map[string]HandIn, error) {
	rows, err := db.All[HandIn](ctx, q, `SELECT `+db.Prefixed("h", HandIn{})+` FROM hand_in h JOIN round r ON r.id = h.round_id WHERE r.year_id = $1 AND r.kind = $2`, yearID, k)
	if err != nil {
		return nil, err
	}
	out := make(map[string]HandIn, len(rows))
	for _, h := range rows {
		out[h.UnitID] = h
	}
	return out, nil
}

func handIn(ctx context.Context, q db.Queryer, round Round, unitID string) (HandIn, bool, error) {
	return db.Maybe[HandIn](ctx, q, `SELECT `+db.Prefixed("h", HandIn{})+` FROM hand_in h WHERE round_id = $1 AND unit_id = $2`, round.ID, unitID)
}

func notHandedIn(ctx context.Context, q db.Queryer, round Round, unitID string) error {
	h, there, err := handIn(ctx, q, round, unitID)
	if err != nil || !there || !h.Stands() {
		return err
	}
	if round.Kind == Check {
		return fault.New(fault.Conflict, "Phiếu kiểm tra đã nộp nên không sửa được nữa. Muốn sửa, hãy rút lại và ghi lý do.")
	}
	return fault.New(fault.Conflict, "Bảng tự chấm đã nộp nên không sửa được nữa. Muốn sửa, hãy rút lại và ghi lý do.")
}

// HandIn hands a unit's sheet in. What is missing is told all at once, each at
// its criterion: figures, evidence that the sheet demands, reasons. A checker
// has looked at every criterion, or says here that the rest is agreed with; the
// fault of what nobody looked at has the field "agree".
func (s *Service) HandIn(ctx context.Context, actor access.Actor, yearID string, k Kind, unitID string, agreeRest bool) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		rounds, err := roundsOf(ctx, tx, yearID)
		if err != nil {
			return err
		}
		if k == Agreed { // the result is what closes it
			return fault.Missing()
		}
		if err := s.may(ctx, tx, actor, k, rounds, yearID, unitID); err != nil {
			return err
		}
		y, err := s.during(ctx, tx, yearID, k.Activity())
		if err != nil {
			return err
		}
		if err := member(ctx, tx, yearID, unitID); err != nil {
			return err
		}
		if rounds, err = s.EnsureRounds(ctx, tx, actor, yearID); err != nil {
			return err
		}
		t, err := s.load(ctx, tx, y)
		if err != nil {
			return err
		}
		files, err := evidence.OfUnit(ctx, tx, EvidenceKind, yearID, unitID)
		if err != nil {
			return err
		}
		units, err := memberIDs(ctx, tx, yearID)
		if err != nil {
			return err
		}
		gaps := t.gaps(k, unitID, units, files)
		unseen := t.unseen(k, unitID)
		if n := len(unseen); n > 0 && !agreeRest {
			gaps = append(gaps, fault.Wrong("agree", "Còn {.n} tiêu chí chưa kiểm tra. Hãy xem từng tiêu chí, hoặc đánh dấu “Đồng ý với các tiêu chí còn lại”.", "n", n))
		}
		if len(gaps) > 0 {
			return fault.List(gaps...)
		}
		if k == Self {
			if err := s.freeze(ctx, tx, actor, t, unitID, units); err != nil {
				return err
			}
		}
		if err := s.agree(ctx, tx, actor, t, k, unitID, units, unseen); err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "assessment.hand_in", Year: yearID}
		h, there, err := handIn(ctx, tx, rounds[k], unitID)
		if err != nil {
			return err
		}
		if !there {
			h = HandIn{ID: db.NewID(), RoundID: rounds[k].ID, UnitID: unitID, AccountID: actor.Account, At: clock.Stamp(s.now)}
			return s.book.Insert(ctx, tx, change, "hand_in", &h)
		}
		if h.Stands() {
			return fault.New(fault.Conflict, "Bảng này đã nộp rồi.")
		}
		h.AccountID, h.At, h.Withdrawn = actor.Account, clock.Stamp(s.now), ""
		return s.book.Update(ctx, tx, change, "hand_in", &h)
	})
}

// gaps are what keeps a unit's sheet from being handed in.
func (t *table) gaps(k Kind, unit string, units []string, files map[string][]evidence.Item) []*fault.Error {
	var gaps []*fault.Error
	result := t.score(k, units)
	missing := map[string]bool{}
	var score scoring.UnitScore
	for _, u := range result.Units {
		if u.Unit == unit {
			score = u
		}
	}
	for _, p := range score.Problems {
		if p.Criterion == "" {
			gaps = append(gaps, p.Fault())
			continue
		}
		if p.Code == scoring.MissingInput && missing[p.Criterion] {
			continue
		}
		c := t.sheet.Find(p.Criterion)
		if p.Code == scoring.MissingInput && c != nil {
			missing[p.Criterion] = true
			gaps = append(gaps, fault.Wrong(p.Criterion, "Tiêu chí {.criterion} “{.name}” chưa nhập đủ số liệu.", "criterion", c.ID, "name", c.Name))
			continue
		}
		gaps = append(gaps, fault.Wrong(p.Criterion, "Tiêu chí {.criterion}: {.what}", "criterion", p.Criterion, "what", p.Text))
	}
	if k == Self {
		for _, c := range t.sheet.Leaves() {
			cell := score.Cells[c.ID]
			if c.Evidence && cell.Points != 0 && !cell.NA && !proven(files[EvidenceSubject(t.year.ID, unit, c.ID)]) {
				gaps = append(gaps, fault.Wrong(c.ID, "Tiêu chí {.criterion} “{.name}” chưa có minh chứng. Hãy đính kèm tệp.", "criterion", c.ID, "name", c.Name))
			}
		}
	}
	for _, id := range t.unreasoned(k, unit) {
		gaps = append(gaps, fault.Wrong(id, "Tiêu chí {.criterion} khác vòng trước mà chưa có lý do.", "criterion", id))
	}
	return gaps
}

// unseen lists the criteria that a unit scored and its checker has neither
// agreed with nor changed, in the order of the sheet.
func (t *table) unseen(k Kind, unit string) []string {
	if k != Check {
		return nil
	}
	var ids []string
	t.sheet.Walk(func(c *scoring.Criterion, _ int) {
		_, scored := t.effective(Self, unit, c.ID)
		if own := t.scores[k][unit][c.ID]; scored && len(own.Values()) == 0 {
			ids = append(ids, c.ID)
		}
	})
	return ids
}

// agree sets the criteria as the round before has them, so that the checker's
// name stands under them.
func (s *Service) agree(ctx context.Context, tx *db.Tx, actor access.Actor, t *table, k Kind, unit string, units, criteria []string) error {
	if len(criteria) == 0 {
		return nil
	}
	var score scoring.UnitScore
	for _, u := range t.score(k, units).Units {
		if u.Unit == unit {
			score = u
		}
	}
	change := ledger.Change{By: actor, Action: "assessment.score", Year: t.year.ID}
	for _, id := range criteria {
		prior, _ := t.effective(Self, unit, id)
		row := t.scores[k][unit][id]
		row.RoundID, row.UnitID, row.Criterion = t.rounds[k].ID, unit, id
		row.Inputs, row.Points, row.Reason, row.Illustrative = prior.Inputs, score.Cells[id].Points, "", prior.Illustrative
		row.AccountID, row.At = actor.Account, clock.Stamp(s.now)
		if err := s.put(ctx, tx, change, &row); err != nil {
			return err
		}
	}
	return nil
}

func proven(files []evidence.Item) bool {
	for _, f := range files {
		if f.Stands() {
			return true
		}
	}
	return false
}

// Withdraw takes a hand-in back while its round is open: whoever handed it in,
// or who organises the scoring and sends it back to be mended.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, yearID string, k Kind, unitID, reason string) error {
	reason = vntext.Line(reason)
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		rounds, err := roundsOf(ctx, tx, yearID)
		if err != nil {
			return err
		}
		if k == Agreed || !k.Valid() {
			return fault.Missing()
		}
		own, err := s.gate.Can(ctx, tx, actor, k.permission(), access.Record{Year: yearID, Unit: unitID, Round: rounds[k].ID})
		if err != nil {
			return err
		}
		if !own {
			if err := s.gate.Must(ctx, tx, actor, access.ScoreOrganise, access.Record{Year: yearID}); err != nil {
				return err
			}
		}
		y, err := s.during(ctx, tx, yearID, k.Activity())
		if err != nil {
			return err
		}
		h, there, err := handIn(ctx, tx, rounds[k], unitID)
		if err != nil {
			return err
		}
		if !there || !h.Stands() {
			return fault.New(fault.Conflict, "Bảng này chưa nộp nên không có gì để rút.")
		}
		if reason == "" {
			return fault.Wrong("reason", "Hãy ghi lý do rút lại; lý do được lưu vào sổ cái.")
		}
		if k == Self {
			if err := s.thaw(ctx, tx, actor, y, unitID); err != nil {
				return err
			}
		}
		h.Withdrawn = reason
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "assessment.withdraw", Year: yearID, Reason: reason}, "hand_in", &h)
	})
}

// Explanation is a unit's answer (giải trình) to what a later round says.
type Explanation struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	RoundID   string        `db:"round_id"`
	UnitID    string        `db:"unit_id"`
	Criterion string        `db:"criterion"`
	Text      string        `db:"text"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
}

// Explain enters a unit's explanation of a criterion. It is never changed;
// more is said in a further one.
func (s *Service) Explain(ctx context.Context, actor access.Actor, yearID string, k Kind, unitID, criterion, text string) (Explanation, error) {
	text = vntext.Clean(text)
	var made Explanation
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ScoreExplain, access.Record{Year: yearID, Unit: unitID}); err != nil {
			return err
		}
		if k != Check && k != Agreed {
			return fault.Missing()
		}
		y, err := s.during(ctx, tx, yearID, cluster.CrossCheck, cluster.Agreeing)
		if err != nil {
			return err
		}
		if err := member(ctx, tx, yearID, unitID); err != nil {
			return err
		}
		t, err := s.load(ctx, tx, y)
		if err != nil {
			return err
		}
		if t.sheet.Find(criterion) == nil {
			return fault.Missing()
		}
		if err := fault.List(
			fault.When(text == "", "text", "Chưa nhập nội dung giải trình."),
			fault.When(len([]rune(text)) > longestReason, "text", "Giải trình dài quá {.n} ký tự. Hãy đính kèm văn bản làm minh chứng.", "n", longestReason),
		); err != nil {
			return err
		}
		rounds, err := s.EnsureRounds(ctx, tx, actor, yearID)
		if err != nil {
			return err
		}
		made = Explanation{ID: db.NewID(), RoundID: rounds[k].ID, UnitID: unitID, Criterion: criterion, Text: text, AccountID: actor.Account, At: clock.Stamp(s.now)}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "assessment.explain", Year: yearID}, "explanation", &made)
	})
	return made, err
}
