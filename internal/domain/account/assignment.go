package account

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Assignment says what an account is in a unit during [From, To).
type Assignment struct {
	ID        string      `db:"id"`
	Version   int64       `db:"version"`
	AccountID string      `db:"account_id"`
	UnitID    string      `db:"unit_id"` // "" for an administrator or auditor of the whole installation
	Role      access.Role `db:"role"`
	From      clock.Day   `db:"from_day"`
	To        clock.Day   `db:"to_day"`
	Basis     string      `db:"basis"` // the decision it rests on
}

// Place is an assignment with the unit's name of today.
type Place struct {
	Assignment
	UnitName string `db:"unit_name"`
}

// RoleName is what people call a role.
func RoleName(r access.Role) locale.Text {
	switch r {
	case access.Administrator:
		return locale.Msg("Quản trị hệ thống")
	case access.Standing:
		return locale.Msg("Cán bộ cơ quan thường trực")
	case access.Head:
		return locale.Msg("Lãnh đạo đơn vị")
	case access.Officer:
		return locale.Msg("Cán bộ phụ trách thi đua")
	case access.Auditor:
		return locale.Msg("Thanh tra, kiểm tra")
	case access.Council:
		return locale.Msg("Thành viên Hội đồng Thi đua – Khen thưởng")
	}
	return locale.Msg(string(r))
}

func assignments(ctx context.Context, q db.Queryer, account string, today clock.Day) ([]Assignment, error) {
	places, err := placesOf(ctx, q, account, today)
	all := make([]Assignment, len(places))
	for i, p := range places {
		all[i] = p.Assignment
	}
	return all, err
}

func placesOf(ctx context.Context, q db.Queryer, account string, today clock.Day) ([]Place, error) {
	return db.All[Place](ctx, q, `SELECT `+db.Prefixed("s", Assignment{})+`, COALESCE(n.name, '') AS unit_name
		FROM assignment s LEFT JOIN unit_name n ON n.unit_id = s.unit_id AND n.from_day <= $2 AND n.to_day > $2
		WHERE s.account_id = $1 ORDER BY s.to_day DESC, s.from_day DESC, s.id`, account, today)
}

// Places lists what the actor is and was assigned to, running ones first.
func (s *Service) Places(ctx context.Context, by access.Actor) ([]Place, error) {
	if !by.SignedIn() {
		return nil, access.SignInFirst()
	}
	return placesOf(ctx, s.db, by.Account, clock.Today(s.now))
}

// NewAssignment is what a form gives.
type NewAssignment struct {
	UnitID string
	Role   access.Role
	From   clock.Day
	To     clock.Day // the first day on which it no longer holds; Forever or "" for no end
	Basis  string
}

func (n *NewAssignment) check() error {
	n.Basis = vntext.Line(n.Basis)
	if n.To == "" {
		n.To = clock.Forever
	}
	var wrong []*fault.Error
	if !slices.Contains(access.Roles, n.Role) {
		wrong = append(wrong, fault.Wrong("role", "Hãy chọn vai trò."))
	}
	if n.Role == access.Administrator {
		n.UnitID = ""
	} else if n.UnitID == "" && n.Role != access.Auditor {
		wrong = append(wrong, fault.Wrong("unit", "Hãy chọn đơn vị."))
	}
	if !n.From.Valid() {
		wrong = append(wrong, fault.Wrong("from", "Hãy nhập ngày bắt đầu, ví dụ 01/01/2026."))
	}
	if !n.To.Valid() {
		wrong = append(wrong, fault.Wrong("to", "Ngày kết thúc không phải là một ngày. Hãy nhập như 31/12/2026 hoặc để trống."))
	}
	if n.From.Valid() && n.To.Valid() && n.To <= n.From {
		wrong = append(wrong, fault.Wrong("to", "Ngày kết thúc phải sau ngày bắt đầu."))
	}
	if len([]rune(n.Basis)) > 300 {
		wrong = append(wrong, fault.Wrong("basis", "Căn cứ dài quá 300 ký tự. Hãy rút ngắn."))
	}
	return fault.List(wrong...)
}

// Assign gives an account a role in a unit. The same role in the same unit must
// not run twice at a time.
func (s *Service) Assign(ctx context.Context, by access.Actor, account string, n NewAssignment) (Assignment, error) {
	var made Assignment
	if err := interactive(by); err != nil {
		return made, err
	}
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		_, r, err := s.mustReach(ctx, tx, by, account)
		if err != nil {
			return err
		}
		made, err = s.assign(ctx, tx, by, r, account, n)
		return err
	})
	return made, err
}

func (s *Service) assign(ctx context.Context, tx *db.Tx, by access.Actor, r reach, account string, n NewAssignment) (Assignment, error) {
	var none Assignment
	if err := n.check(); err != nil {
		return none, err
	}
	if !r.gives(n.Role, n.UnitID) {
		return none, fault.New(fault.Denied, "Bạn chỉ giao được vai trò trong các đơn vị mình phụ trách. Vai trò quản trị, thường trực và thanh tra do người quản trị hệ thống giao.").At("role")
	}
	if n.UnitID != "" {
		ends, there, err := db.Maybe[clock.Day](ctx, tx, `SELECT to_day FROM unit WHERE id = $1`, n.UnitID)
		if err != nil {
			return none, err
		}
		if !there {
			return none, fault.Wrong("unit", "Không có đơn vị này. Hãy chọn lại trong danh sách.")
		}
		if n.To > ends {
			return none, fault.Wrong("unit", "Đơn vị này kết thúc hoạt động từ {.day}. Hãy chọn đơn vị khác, hoặc ghi ngày kết thúc phân công không sau ngày đó.", "day", ends)
		}
	}
	same, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM assignment WHERE account_id = $1 AND unit_id = $2 AND role = $3 AND from_day < $4 AND to_day > $5`,
		account, n.UnitID, n.Role, n.To, n.From)
	if err != nil {
		return none, err
	}
	if same > 0 {
		return none, fault.New(fault.Conflict, "Người này đã có vai trò đó trong thời gian đó. Hãy kết thúc phân công cũ trước, hoặc chọn ngày khác.").At("role")
	}
	a := Assignment{ID: db.NewID(), AccountID: account, UnitID: n.UnitID, Role: n.Role, From: n.From, To: n.To, Basis: n.Basis}
	return a, s.book.Insert(ctx, tx, ledger.Change{By: by, Action: "account.assign"}, "assignment", &a)
}

// EndAssignment ends an assignment on a day: it no longer holds from then on.
// The last running administrator stays.
func (s *Service) EndAssignment(ctx context.Context, by access.Actor, id string, on clock.Day, reason string) error {
	if err := interactive(by); err != nil {
		return err
	}
	if !on.Valid() {
		return fault.Wrong("to", "Hãy nhập ngày kết thúc, ví dụ 31/12/2026.")
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		a, err := db.Get[Assignment](ctx, tx, "assignment", id)
		if err != nil {
			return err
		}
		_, r, err := s.mustReach(ctx, tx, by, a.AccountID)
		if err != nil {
			return err
		}
		if !r.gives(a.Role, a.UnitID) {
			return fault.Deny()
		}
		if on < a.From {
			on = a.From // it never held
		}
		if a.To <= on {
			return fault.New(fault.Conflict, "Phân công này đã kết thúc trước ngày đó rồi.").At("to")
		}
		a.To = on
		if err := s.book.Update(ctx, tx, ledger.Change{By: by, Action: "account.unassign", Reason: vntext.Line(reason)}, "assignment", &a); err != nil {
			return err
		}
		if a.Role == access.Administrator {
			return s.mustKeepAdministrator(ctx, tx)
		}
		return nil
	})
}

// mustKeepAdministrator refuses a change after which nobody could administer.
func (s *Service) mustKeepAdministrator(ctx context.Context, tx *db.Tx) error {
	n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM assignment s JOIN account a ON a.id = s.account_id
		WHERE s.role = $1 AND s.from_day <= $2 AND s.to_day = $3 AND a.closed = FALSE`, access.Administrator, clock.Today(s.now), clock.Forever)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "Đây là người quản trị cuối cùng. Hãy giao vai trò quản trị không thời hạn cho một người khác trước.")
	}
	return nil
}
