package account

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// NewAccount is what a form gives. The first assignment comes with the account.
type NewAccount struct {
	Login    string
	Name     string
	Email    string
	Position string
	First    NewAssignment
}

// Create opens an account and returns its one-time password, which is nowhere
// else: the person must change it at the first sign-in.
func (s *Service) Create(ctx context.Context, by access.Actor, n NewAccount) (a Account, password string, err error) {
	if err := interactive(by); err != nil {
		return a, "", err
	}
	password, err = s.oneTime(12)
	if err != nil {
		return a, "", err
	}
	a, err = s.create(ctx, by, n, password, true)
	return a, password, err
}

// CreateWith opens an account with a password that is known already: for the
// demo and for moving accounts in. Only the program itself may.
func (s *Service) CreateWith(ctx context.Context, by access.Actor, n NewAccount, password string) (Account, error) {
	if !by.Program {
		return Account{}, fault.Deny()
	}
	return s.create(ctx, by, n, password, false)
}

func (s *Service) create(ctx context.Context, by access.Actor, n NewAccount, password string, mustChange bool) (Account, error) {
	a := Account{
		ID: db.NewID(), Login: foldLogin(n.Login), Name: vntext.Line(n.Name), Email: vntext.Line(n.Email), Position: vntext.Line(n.Position),
		MustChange: mustChange, CreatedAt: clock.Stamp(s.now),
	}
	if err := joined(fault.List(checkLogin(a.Login), checkName(a.Name), checkEmail(a.Email)), n.First.check()); err != nil {
		return Account{}, err
	}
	var err error
	if a.PasswordHash, err = s.hash(ctx, password); err != nil {
		return Account{}, err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		r, err := s.reach(ctx, tx, by)
		if err != nil {
			return err
		}
		return s.insert(ctx, tx, by, r, a, n.First)
	})
	a.Version = 1
	return a, err
}

func (s *Service) insert(ctx context.Context, tx *db.Tx, by access.Actor, r reach, a Account, first NewAssignment) error {
	if err := freeLogin(ctx, tx, a.Login, a.ID); err != nil {
		return err
	}
	if err := s.book.Insert(ctx, tx, ledger.Change{By: by, Action: "account.create"}, "account", &a); err != nil {
		return err
	}
	_, err := s.assign(ctx, tx, by, r, a.ID, first)
	return err
}

func freeLogin(ctx context.Context, tx *db.Tx, login, own string) error {
	taken, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM account WHERE login = $1 AND id <> $2`, login, own)
	if err != nil {
		return err
	}
	if taken > 0 {
		return fault.Wrong("login", "Tên đăng nhập “{.login}” đã có người dùng. Hãy chọn tên khác.", "login", login)
	}
	return nil
}

// joined makes one fault of two lists.
func joined(errs ...error) error {
	var all []*fault.Error
	for _, err := range errs {
		if err != nil {
			all = append(all, fault.As(err).All()...)
		}
	}
	return fault.List(all...)
}

// Reset gives an account a new one-time password and ends its sessions.
func (s *Service) Reset(ctx context.Context, by access.Actor, id string) (password string, err error) {
	if err := interactive(by); err != nil {
		return "", err
	}
	password, err = s.oneTime(12)
	if err != nil {
		return "", err
	}
	phc, err := s.hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		a, _, err := s.mustReach(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if a.Closed {
			return fault.New(fault.Conflict, "Tài khoản này đã đóng. Hãy mở lại trước khi cấp mật khẩu.")
		}
		a.PasswordHash, a.MustChange = phc, true
		if err := s.book.Update(ctx, tx, ledger.Change{By: by, Action: "account.reset"}, "account", &a); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM signin_failure WHERE login = $1`, a.Login); err != nil {
			return err
		}
		return s.endSessions(ctx, tx, id, "")
	})
	return password, err
}

// Close ends an account: no sign-in, no session, no token. What it did stays
// under its name. Reopen undoes it.
func (s *Service) Close(ctx context.Context, by access.Actor, id, reason string) error {
	return s.setClosed(ctx, by, id, reason, true)
}

// Reopen lets a closed account sign in again, with its old password.
func (s *Service) Reopen(ctx context.Context, by access.Actor, id, reason string) error {
	return s.setClosed(ctx, by, id, reason, false)
}

func (s *Service) setClosed(ctx context.Context, by access.Actor, id, reason string, closed bool) error {
	if err := interactive(by); err != nil {
		return err
	}
	if closed && id == by.Account {
		return fault.New(fault.Conflict, "Bạn không thể tự đóng tài khoản của mình. Hãy nhờ một người quản trị khác.")
	}
	action := "account.close"
	if !closed {
		action = "account.reopen"
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		a, _, err := s.mustReach(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if a.Closed == closed {
			return nil // done already: pressing twice is no fault
		}
		a.Closed = closed
		if err := s.book.Update(ctx, tx, ledger.Change{By: by, Action: action, Reason: vntext.Line(reason)}, "account", &a); err != nil {
			return err
		}
		if !closed {
			return nil
		}
		if err := s.endSessions(ctx, tx, id, ""); err != nil {
			return err
		}
		return s.mustKeepAdministrator(ctx, tx)
	})
}

// Listed is an account as the list of accounts shows it.
type Listed struct {
	Account
	Places []Place // running today
}

// List shows the accounts within the actor's reach, by name.
func (s *Service) List(ctx context.Context, by access.Actor) ([]Listed, error) {
	r, err := s.reach(ctx, s.db, by)
	if err != nil {
		return nil, err
	}
	today := clock.Today(s.now)
	accounts, err := db.All[Account](ctx, s.db, `SELECT `+columns+` FROM account`)
	if err != nil {
		return nil, err
	}
	places, err := db.All[Place](ctx, s.db, `SELECT `+db.Prefixed("s", Assignment{})+`, COALESCE(n.name, '') AS unit_name
		FROM assignment s LEFT JOIN unit_name n ON n.unit_id = s.unit_id AND n.from_day <= $1 AND n.to_day > $1
		WHERE s.to_day > $1 ORDER BY s.from_day, s.id`, today)
	if err != nil {
		return nil, err
	}
	held := map[string][]Place{}
	for _, p := range places {
		held[p.AccountID] = append(held[p.AccountID], p)
	}
	var all []Listed
	for _, a := range accounts {
		bare := make([]Assignment, len(held[a.ID]))
		for i, p := range held[a.ID] {
			bare[i] = p.Assignment
		}
		if r.account(bare, today) {
			all = append(all, Listed{Account: a, Places: held[a.ID]})
		}
	}
	slices.SortFunc(all, func(a, b Listed) int { return slices.Compare(vntext.Key(a.Name), vntext.Key(b.Name)) })
	return all, nil
}

// Detail is one account with all it is and was assigned to.
type Detail struct {
	Account
	Places []Place
}

// Get reads an account within the actor's reach.
func (s *Service) Get(ctx context.Context, by access.Actor, id string) (Detail, error) {
	a, _, err := s.mustReach(ctx, s.db, by, id)
	if err != nil {
		return Detail{}, err
	}
	places, err := placesOf(ctx, s.db, id, clock.Today(s.now))
	return Detail{a, places}, err
}

// Choice is something to choose in a form.
type Choice struct {
	ID   string `db:"id"`
	Name string `db:"name"`
}

// UnitChoices are the units in which the actor may assign people, by name.
func (s *Service) UnitChoices(ctx context.Context, by access.Actor) ([]Choice, error) {
	r, err := s.reach(ctx, s.db, by)
	if err != nil {
		return nil, err
	}
	all, err := db.All[Choice](ctx, s.db, `SELECT unit_id AS id, name FROM unit_name WHERE from_day <= $1 AND to_day > $1 ORDER BY sort_key, unit_id`, clock.Today(s.now))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(c Choice) bool { return !r.unit(c.ID) }), nil
}

// RoleChoices are the roles that the actor may give.
func (s *Service) RoleChoices(ctx context.Context, by access.Actor) ([]access.Role, error) {
	r, err := s.reach(ctx, s.db, by)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(access.Roles), func(role access.Role) bool {
		return !r.everything && slices.Contains(wide, role)
	}), nil
}
