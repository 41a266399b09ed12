package draft

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Course is where an amendment stands.
type Course string

const (
	Proposed  Course = "open"
	Carried   Course = "adopted"
	Withdrawn Course = "withdrawn"
)

// Amendment is the work on another text for a covenant that is in force
// (docs/decisions/0005). The text in force holds until the amendment is adopted.
type Amendment struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	DraftID   string        `db:"draft_id"`
	YearID    string        `db:"year_id"`
	State     Course        `db:"state"`
	FromID    string        `db:"from_id"` // the version that was in force
	ToID      string        `db:"to_id"`   // the version that was adopted
	Reason    string        `db:"reason"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
	MeetingID string        `db:"meeting_id"` // that adopted it, or else
	Basis     string        `db:"basis"`      // the paper in which the members agreed in writing
	Due       clock.Day     `db:"due_day"`    // by which all sign again
	EndedBy   string        `db:"ended_by"`
	EndedAt   clock.Instant `db:"ended_at"`
	Why       string        `db:"withdrawn"` // why it was withdrawn
}

// Has tells whether a version was written or circulated in the amendment.
func (a Amendment) Has(v Version) bool { return v.ID != a.FromID && v.At >= a.At }

// Amendments lists a paper's amendments, oldest first.
func (s *Service) Amendments(ctx context.Context, q db.Queryer, draftID string) ([]Amendment, error) {
	return db.All[Amendment](ctx, q, `SELECT `+db.Prefixed("a", Amendment{})+` FROM amendment a WHERE a.draft_id = $1 ORDER BY a.at, a.id`, draftID)
}

// OpenAmendment reads the amendment under way.
func (s *Service) OpenAmendment(ctx context.Context, q db.Queryer, draftID string) (Amendment, error) {
	return db.One[Amendment](ctx, q, `SELECT `+db.Prefixed("a", Amendment{})+` FROM amendment a WHERE a.draft_id = $1 AND a.state = $2`, draftID, Proposed)
}

// ofAmendment requires that a version of a paper that is being amended belongs
// to the amendment: what an earlier one left behind was given up.
func (s *Service) ofAmendment(ctx context.Context, q db.Queryer, d Draft, v Version) error {
	if d.State != Amending {
		return nil
	}
	a, err := s.OpenAmendment(ctx, q, d.ID)
	if err == nil && !a.Has(v) {
		return fault.New(fault.Conflict, "Bản số {.number} không thuộc lần sửa đổi đang mở. Hãy dùng bản soạn trong lần sửa đổi này.", "number", v.Number)
	}
	return err
}

// Amend opens the amendment of an adopted covenant, with a reason. version is
// that of the paper.
func (s *Service) Amend(ctx context.Context, actor access.Actor, draftID string, version int64, reason string) (Amendment, error) {
	reason = vntext.Line(reason)
	var a Amendment
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		d, err := s.Get(ctx, tx, draftID)
		if err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.DraftAdopt, access.Record{Year: d.YearID}); err != nil {
			return err
		}
		if _, err := s.years.During(ctx, tx, d.YearID, cluster.Amending); err != nil {
			return err
		}
		switch {
		case d.Kind != Covenant:
			return fault.New(fault.Conflict, "Sau khi ký, chỉ giao ước được sửa đổi. Các văn bản khác giữ nguyên đến hết năm.")
		case d.State == Amending:
			return fault.New(fault.Conflict, "Giao ước đang được sửa đổi. Hãy làm tiếp lần sửa đổi này, hoặc rút nó trước.")
		case d.State != Adopted:
			return fault.New(fault.Conflict, "Giao ước chưa được thông qua nên không có gì để sửa đổi.")
		}
		if err := fault.List(
			fault.When(reason == "", "reason", "Hãy ghi lý do sửa đổi giao ước; lý do hiện trên trang giao ước và vào sổ cái."),
			fault.When(len([]rune(reason)) > 1000, "reason", "Lý do dài quá 1.000 ký tự."),
		); err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "draft.amend", Year: d.YearID, Reason: reason}
		d.Version, d.State = version, Amending
		if err := s.book.Update(ctx, tx, change, "draft", &d); err != nil {
			return err
		}
		a = Amendment{
			ID: db.NewID(), DraftID: d.ID, YearID: d.YearID, State: Proposed, FromID: d.AdoptedID,
			Reason: reason, AccountID: actor.Account, At: clock.Stamp(s.now),
		}
		return s.book.Insert(ctx, tx, change, "amendment", &a)
	})
	return a, err
}

// Withdraw gives an amendment up: the text in force stays. Its versions stay
// readable.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, amendmentID string, version int64, why string) error {
	why = vntext.Line(why)
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		a, err := db.Get[Amendment](ctx, tx, "amendment", amendmentID)
		if err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.DraftAdopt, access.Record{Year: a.YearID}); err != nil {
			return err
		}
		switch {
		case a.State != Proposed:
			return fault.New(fault.Conflict, "Lần sửa đổi này đã kết thúc.")
		case why == "":
			return fault.Wrong("why", "Hãy ghi lý do rút đề nghị sửa đổi.")
		}
		d, err := s.Get(ctx, tx, a.DraftID)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "draft.withdraw_amendment", Year: a.YearID, Reason: why}
		a.Version, a.State, a.Why, a.EndedBy, a.EndedAt = version, Withdrawn, why, actor.Account, clock.Stamp(s.now)
		if err := s.book.Update(ctx, tx, change, "amendment", &a); err != nil {
			return err
		}
		d.State = Adopted
		return s.book.Update(ctx, tx, change, "draft", &d)
	})
}

// Adoption is what the adoption of an amendment rests on: a meeting, or the
// paper in which the members agreed in writing.
type Adoption struct {
	VersionID string
	MeetingID string
	Basis     string
	Due       clock.Day // by which all members sign again
	Version   int64     // of the paper
}

// AdoptAmended puts an amended text in force. All members sign again: the
// signatures stand on the text that they were given for.
func (s *Service) AdoptAmended(ctx context.Context, actor access.Actor, in Adoption) (Draft, error) {
	in.Basis = vntext.Line(in.Basis)
	var d Draft
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var v Version
		var err error
		if d, v, err = s.OfVersion(ctx, tx, in.VersionID); err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.DraftAdopt, access.Record{Year: d.YearID}); err != nil {
			return err
		}
		if err := s.during(ctx, tx, d); err != nil {
			return err
		}
		if d.State != Amending {
			return fault.New(fault.Conflict, "Giao ước không trong thời gian sửa đổi.")
		}
		a, err := s.OpenAmendment(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		_, old, err := s.OfVersion(ctx, tx, a.FromID)
		if err != nil {
			return err
		}
		switch {
		case !v.Circulated:
			return fault.New(fault.Conflict, "Chỉ thông qua được bản đã gửi góp ý. Hãy gửi bản số {.number} cho các đơn vị trước.", "number", v.Number)
		case v.Hash == old.Hash:
			return fault.New(fault.Conflict, "Bản số {.number} giống hệt văn bản đang có hiệu lực nên không có gì để thông qua.", "number", v.Number)
		}
		if err := s.ofAmendment(ctx, tx, d, v); err != nil {
			return err
		}
		if err := s.grounds(ctx, tx, d, in); err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "draft.adopt", Year: d.YearID, Reason: in.Basis}
		a.State, a.ToID, a.MeetingID, a.Basis, a.Due = Carried, v.ID, in.MeetingID, in.Basis, in.Due
		a.EndedBy, a.EndedAt = actor.Account, clock.Stamp(s.now)
		if err := s.book.Update(ctx, tx, change, "amendment", &a); err != nil {
			return err
		}
		d.Version, d.State, d.AdoptedID, d.MeetingID = in.Version, Adopted, v.ID, in.MeetingID
		if err := s.book.Update(ctx, tx, change, "draft", &d); err != nil {
			return err
		}
		return s.years.SetDeadlineIn(ctx, tx, actor, d.YearID, cluster.DueSign, in.Due)
	})
	return d, err
}

func (s *Service) grounds(ctx context.Context, tx *db.Tx, d Draft, in Adoption) error {
	if err := fault.List(
		fault.When(in.MeetingID == "" && in.Basis == "", "meeting", "Hãy chọn hội nghị đã thông qua, hoặc ghi văn bản mà các đơn vị đã đồng ý."),
		fault.When(in.MeetingID != "" && in.Basis != "", "basis", "Chỉ ghi một căn cứ: hội nghị, hoặc văn bản đồng ý của các đơn vị."),
		fault.When(len([]rune(in.Basis)) > 500, "basis", "Căn cứ dài quá 500 ký tự."),
		fault.When(!in.Due.Valid() || in.Due < clock.Today(s.now), "due", "Hãy đặt hạn ký lại, từ hôm nay trở đi."),
	); err != nil || in.MeetingID == "" {
		return err
	}
	return s.met(ctx, tx, d, in.MeetingID)
}

// guardAmendment: scoring begins from a text that is settled.
func (s *Service) guardAmendment(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	papers, err := s.Papers(ctx, q, y.ID)
	if err != nil || papers[Covenant].State != Amending {
		return nil, err
	}
	return []cluster.Blocker{{Text: locale.Msg("Giao ước đang được sửa đổi. Hãy thông qua bản sửa đổi hoặc rút đề nghị sửa đổi."), Tab: "covenant"}}, nil
}
