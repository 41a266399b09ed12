package draft

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Comment enters what a member unit says about a line of a circulated version;
// line 0 is the whole text.
func (s *Service) Comment(ctx context.Context, actor access.Actor, versionID, unitID string, line int, text string) (Comment, error) {
	text = vntext.Clean(text)
	var c Comment
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		d, v, err := s.OfVersion(ctx, tx, versionID)
		if err != nil {
			return err
		}
		if !v.Circulated {
			return fault.Missing()
		}
		member, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM membership WHERE year_id = $1 AND unit_id = $2`, d.YearID, unitID)
		if err != nil {
			return err
		}
		if member == 0 {
			return fault.Missing()
		}
		if err := s.gate.Must(ctx, tx, actor, access.DraftComment, access.Record{Year: d.YearID, Unit: unitID}); err != nil {
			return err
		}
		if err := s.during(ctx, tx, d); err != nil {
			return err
		}
		if d.InForce() && (d.State == Adopted || v.ID == d.AdoptedID) {
			return fault.New(fault.Conflict, "Văn bản này đã được thông qua nên không nhận góp ý nữa.")
		}
		if err := s.ofAmendment(ctx, tx, d, v); err != nil {
			return err
		}
		newer, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM draft_version WHERE draft_id = $1 AND circulated = TRUE AND number > $2`, d.ID, v.Number)
		if err != nil {
			return err
		}
		if newer > 0 {
			return fault.New(fault.Conflict, "Đã có bản mới hơn bản số {.number}. Hãy góp ý vào bản mới nhất.", "number", v.Number)
		}
		if err := fault.List(
			fault.When(text == "", "text", "Chưa nhập nội dung góp ý."),
			fault.When(len([]rune(text)) > 5000, "text", "Nội dung góp ý dài quá 5.000 ký tự."),
			fault.When(line < 0 || line > strings.Count(v.Text, "\n")+1, "line", "Dòng được góp ý không có trong văn bản."),
		); err != nil {
			return err
		}
		c = Comment{ID: db.NewID(), VersionID: versionID, Line: line, UnitID: unitID, AccountID: actor.Account, Text: text, At: clock.Stamp(s.now)}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "draft.comment", Year: d.YearID}, "draft_comment", &c)
	})
	return c, err
}

// Answer says what becomes of a comment, and why; the leader may change the
// answer as long as the paper is open.
func (s *Service) Answer(ctx context.Context, actor access.Actor, commentID string, version int64, outcome Outcome, answer string) (Comment, error) {
	answer = vntext.Clean(answer)
	var c Comment
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		if c, err = db.Get[Comment](ctx, tx, "draft_comment", commentID); err != nil {
			return err
		}
		d, _, err := s.OfVersion(ctx, tx, c.VersionID)
		if err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.DraftWrite, access.Record{Year: d.YearID}); err != nil {
			return err
		}
		if err := s.during(ctx, tx, d); err != nil {
			return err
		}
		if err := fault.List(
			fault.When(outcome != Accepted && outcome != Partly && outcome != Declined, "outcome", "Hãy chọn tiếp thu, tiếp thu một phần hay không tiếp thu."),
			fault.When(answer == "" && (outcome == Declined || outcome == Partly), "answer", "Hãy giải trình vì sao không tiếp thu hoặc chỉ tiếp thu một phần."),
			fault.When(len([]rune(answer)) > 5000, "answer", "Nội dung trả lời dài quá 5.000 ký tự."),
		); err != nil {
			return err
		}
		c.Version = version
		c.Answer, c.Outcome, c.AnsweredBy, c.AnsweredAt = answer, outcome, actor.Account, clock.Stamp(s.now)
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "draft.answer", Year: d.YearID}, "draft_comment", &c)
	})
	return c, err
}

// Comments lists what was said about a version, by line and then by time.
func (s *Service) Comments(ctx context.Context, q db.Queryer, versionID string) ([]Comment, error) {
	return db.All[Comment](ctx, q, `SELECT `+db.Prefixed("c", Comment{})+` FROM draft_comment c WHERE c.version_id = $1 ORDER BY c.line, c.at, c.id`, versionID)
}

// Waits counts the comments on a paper that nobody has answered yet.
func (s *Service) Waits(ctx context.Context, q db.Queryer, draftID string) (int, error) {
	return db.Count(ctx, q, `SELECT COUNT(*) FROM draft_comment c JOIN draft_version v ON v.id = c.version_id WHERE v.draft_id = $1 AND c.outcome = ''`, draftID)
}
