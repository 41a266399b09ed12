package account

import (
	"context"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Limits on wrong passwords within window. The narrow one is for a login from
// one address; the login alone has a wider one, because a narrow one would let
// anybody lock an officer out on the day of the vote.
const (
	window         = 15 * time.Minute
	perLoginThere  = 5  // one login from one address
	perAddress     = 30 // one address, any login
	perLoginAnyone = 60 // one login, any address
)

// SignIn checks a login and its password. Unknown login, wrong password and
// closed account get the same fault after the same work; too many failures get
// TooMany. address is the visitor's network address.
func (s *Service) SignIn(ctx context.Context, login, password, address string) (Account, error) {
	login = foldLogin(login)
	if len(login) > 64 {
		login = login[:64] // none is longer; the table of failures need not hold it
	}
	attempt, err := s.reserve(ctx, login, address)
	if err != nil {
		return Account{}, err
	}
	a, there, err := db.Maybe[Account](ctx, s.db, `SELECT `+columns+` FROM account WHERE login = $1`, login)
	if err != nil {
		return Account{}, err
	}
	phc := nobody
	if there {
		phc = a.PasswordHash
	}
	ok, err := matches(ctx, phc, password)
	if err != nil {
		return Account{}, err
	}
	if !ok || !there || a.Closed {
		return Account{}, fault.New(fault.Invalid, "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại.").At("login")
	}
	return a, s.forgive(ctx, attempt, login, address)
}

// reserve counts the attempt as a failure before the password is looked at, so
// that attempts at the same moment cannot pass the limit together.
func (s *Service) reserve(ctx context.Context, login, address string) (string, error) {
	id := db.NewID()
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		now := s.now.Now()
		since := clock.InstantOf(now.Add(-window))
		for _, limit := range []struct {
			most  int
			where string
			args  []any
		}{
			{perLoginThere, `login = $1 AND address = $2 AND at > $3`, []any{login, address, since}},
			{perAddress, `address = $1 AND at > $2`, []any{address, since}},
			{perLoginAnyone, `login = $1 AND at > $2`, []any{login, since}},
		} {
			n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM signin_failure WHERE `+limit.where, limit.args...)
			if err != nil {
				return err
			}
			if n >= limit.most {
				return fault.New(fault.TooMany, "Đã nhập sai quá nhiều lần. Hãy đợi {.n} phút rồi thử lại, hoặc nhờ người quản trị cấp lại mật khẩu.", "n", int(window.Minutes()))
			}
		}
		if _, err := tx.Exec(ctx, `DELETE FROM signin_failure WHERE at <= $1`, since); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO signin_failure (id, login, address, at) VALUES ($1, $2, $3, $4)`, id, login, address, clock.InstantOf(now))
		return err
	})
	return id, err
}

// forgive takes back the attempt and the failures before it from that place:
// the person has shown the password. Failures from elsewhere stay.
func (s *Service) forgive(ctx context.Context, attempt, login, address string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM signin_failure WHERE id = $1 OR (login = $2 AND address = $3)`, attempt, login, address)
		return err
	})
}

// ChangePassword sets the actor's own password and ends every other session of
// the account; keep is the stored token of the session that stays.
func (s *Service) ChangePassword(ctx context.Context, by access.Actor, old, password, keep, address string) error {
	if err := interactive(by); err != nil {
		return err
	}
	a, err := s.Own(ctx, by)
	if err != nil {
		return err
	}
	// The old password is guessed here as well as at the door, so it is limited as there.
	attempt, err := s.reserve(ctx, a.Login, address)
	if err != nil {
		return err
	}
	ok, err := matches(ctx, a.PasswordHash, old)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Wrong("old", "Mật khẩu hiện tại không đúng. Hãy nhập lại.")
	}
	if err := s.forgive(ctx, attempt, a.Login, address); err != nil {
		return err
	}
	if f := checkPassword("password", password, a.Login); f != nil {
		return f
	}
	if old == password {
		return fault.Wrong("password", "Mật khẩu mới phải khác mật khẩu hiện tại.")
	}
	phc, err := s.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		a, err := db.Get[Account](ctx, tx, "account", by.Account)
		if err != nil {
			return err
		}
		a.PasswordHash, a.MustChange = phc, false
		if err := s.book.Update(ctx, tx, ledger.Change{By: by, Action: "account.password"}, "account", &a); err != nil {
			return err
		}
		return s.endSessions(ctx, tx, a.ID, keep)
	})
}
