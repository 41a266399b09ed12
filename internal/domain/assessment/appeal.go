package assessment

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Appeal is a unit's objection (kiến nghị) to its agreed points of a criterion.
// It may be made while the cluster agrees on the points, until the day that the
// calendar sets; the year goes on when every one is answered. What came of it is
// told by the points themselves: those that stood then, and those of now.
type Appeal struct {
	ID         string        `db:"id"`
	Version    int64         `db:"version"`
	YearID     string        `db:"year_id"`
	UnitID     string        `db:"unit_id"`
	Criterion  string        `db:"criterion"`
	Text       string        `db:"text"`
	Points     points.Points `db:"points"` // that stood when it was made
	AccountID  string        `db:"account_id"`
	At         clock.Instant `db:"at"`
	Answer     string        `db:"answer"` // "" until it is answered
	AnsweredBy string        `db:"answered_by"`
	AnsweredAt clock.Instant `db:"answered_at"`
}

// Answered tells whether somebody answered it.
func (a Appeal) Answered() bool { return a.Answer != "" }

// Raised is an appeal with who made and who answered it.
type Raised struct {
	Appeal
	By       string `db:"by_name"`
	Answerer string `db:"answerer_name"`
}

// Appeals are a year's, oldest first; of one unit where it is named. Who may see
// the scores may see them, which the caller has asked.
func Appeals(ctx context.Context, q db.Queryer, yearID, unitID string) ([]Raised, error) {
	return db.All[Raised](ctx, q, `SELECT `+db.Prefixed("p", Appeal{})+`, COALESCE(a.name, '') AS by_name, COALESCE(b.name, '') AS answerer_name
		FROM appeal p LEFT JOIN account a ON a.id = p.account_id LEFT JOIN account b ON b.id = p.answered_by
		WHERE p.year_id = $1 AND ($2 = '' OR p.unit_id = $2) ORDER BY p.at, p.id`, yearID, unitID)
}

// Appealing tells whether appeals may be made today, and until which day; "" is
// for as long as the points are agreed on.
func (s *Service) Appealing(ctx context.Context, q db.Queryer, y cluster.Year) (open bool, until clock.Day, err error) {
	if !cluster.Open(y, cluster.Agreeing) {
		return false, "", nil
	}
	due, err := s.years.Calendar(ctx, q, y.ID)
	until = due[cluster.DueAppeal].Due
	return until == "" || clock.Today(s.now) <= until, until, err
}

// Appeal objects to a unit's points of a criterion.
func (s *Service) Appeal(ctx context.Context, actor access.Actor, yearID, unitID, criterion, text string) (Appeal, error) {
	text = vntext.Clean(text)
	var made Appeal
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ScoreExplain, access.Record{Year: yearID, Unit: unitID}); err != nil {
			return err
		}
		y, err := s.during(ctx, tx, yearID, cluster.Agreeing)
		if err != nil {
			return err
		}
		if err := member(ctx, tx, yearID, unitID); err != nil {
			return err
		}
		if open, until, err := s.Appealing(ctx, tx, y); err != nil {
			return err
		} else if !open {
			return fault.New(fault.Conflict, "Hạn kiến nghị về điểm là ngày {.day}, đã qua. Nếu cần, hãy đề nghị đơn vị trưởng lùi hạn trong lịch của năm.", "day", until)
		}
		t, err := s.load(ctx, tx, y)
		if err != nil {
			return err
		}
		c := t.sheet.Find(criterion)
		if c == nil || !c.Leaf() {
			return fault.Missing()
		}
		if err := fault.List(
			fault.When(text == "", "appeal", "Chưa nhập nội dung kiến nghị: điểm nào, vì sao, đề nghị bao nhiêu."),
			fault.When(len([]rune(text)) > longestReason, "appeal", "Kiến nghị dài quá {.n} ký tự. Hãy đính kèm văn bản làm minh chứng.", "n", longestReason),
		); err != nil {
			return err
		}
		open, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM appeal WHERE year_id = $1 AND unit_id = $2 AND criterion = $3 AND answer = ''`, yearID, unitID, criterion)
		if err != nil {
			return err
		}
		if open > 0 {
			return fault.New(fault.Conflict, "Tiêu chí này đang có kiến nghị chờ trả lời.")
		}
		units, err := memberIDs(ctx, tx, yearID)
		if err != nil {
			return err
		}
		made = Appeal{ID: db.NewID(), YearID: yearID, UnitID: unitID, Criterion: criterion, Text: text, AccountID: actor.Account, At: clock.Stamp(s.now)}
		for _, u := range t.score(Agreed, units, scoring.Provisional).Units {
			if u.Unit == unitID {
				made.Points = u.Cells[criterion].Points
			}
		}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "assessment.appeal", Year: yearID}, "appeal", &made)
	})
	return made, err
}

// AnswerAppeal answers one, for who agrees on the points and is not of the unit
// that made it. Points are changed in the sheet, with their reason, not here.
func (s *Service) AnswerAppeal(ctx context.Context, actor access.Actor, appealID string, version int64, text string) error {
	text = vntext.Clean(text)
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		a, err := db.Get[Appeal](ctx, tx, "appeal", appealID)
		if err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.ScoreAgree, access.Record{Year: a.YearID, Unit: a.UnitID}); err != nil {
			return err
		}
		if _, err := s.during(ctx, tx, a.YearID, cluster.Agreeing); err != nil {
			return err
		}
		own, err := s.gate.Can(ctx, tx, actor, access.ScoreExplain, access.Record{Year: a.YearID, Unit: a.UnitID})
		if err != nil {
			return err
		}
		switch {
		case own:
			return fault.New(fault.Denied, "Đơn vị không tự trả lời kiến nghị của mình. Hãy để đơn vị trưởng hoặc phó còn lại trả lời.")
		case a.Answered():
			return fault.New(fault.Conflict, "Kiến nghị này đã được trả lời.")
		case a.Version != version:
			return fault.New(fault.Stale, "Kiến nghị này vừa thay đổi. Hãy tải lại trang.")
		}
		if err := fault.List(
			fault.When(text == "", "answer", "Chưa nhập nội dung trả lời: giữ điểm hay sửa điểm, vì sao."),
			fault.When(len([]rune(text)) > longestReason, "answer", "Trả lời dài quá {.n} ký tự.", "n", longestReason),
		); err != nil {
			return err
		}
		a.Answer, a.AnsweredBy, a.AnsweredAt = text, actor.Account, clock.Stamp(s.now)
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "assessment.answer_appeal", Year: a.YearID}, "appeal", &a)
	})
}

// guardAppeals wants every appeal answered, and the time for appeals over.
func (s *Service) guardAppeals(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	all, err := Appeals(ctx, q, y.ID, "")
	if err != nil {
		return nil, err
	}
	members, err := s.years.Members(ctx, q, y)
	if err != nil {
		return nil, err
	}
	waits := map[string]bool{}
	for _, a := range all {
		if !a.Answered() {
			waits[a.UnitID] = true
		}
	}
	blockers := waiting(members, unanswered, func(m cluster.Member) bool { return waits[m.UnitID] })
	open, until, err := s.Appealing(ctx, q, y)
	if open && until != "" {
		blockers = append(blockers, cluster.Blocker{Text: locale.Msg("Các đơn vị còn được kiến nghị về điểm đến hết ngày {.day}.", "day", until), Tab: tab})
	}
	return blockers, err
}

func unanswered(n int, units string) locale.Text {
	return locale.Msg("Kiến nghị về điểm của {.n} đơn vị chưa được trả lời: {.units}.", "n", n, "units", units)
}
