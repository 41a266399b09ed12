// Package account knows the people who sign in: their accounts, what they are
// assigned to be in a unit and for how long, their passwords, sessions and API
// tokens. What an assignment allows is decided in package access.
package account

import (
	"context"
	"crypto/rand"
	"io"
	"regexp"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Account is a person who can sign in.
type Account struct {
	ID           string        `db:"id"`
	Version      int64         `db:"version"`
	Login        string        `db:"login"` // lower case
	Name         string        `db:"name"`
	Email        string        `db:"email"`
	Position     string        `db:"position"` // chức vụ, as papers name it
	PasswordHash string        `db:"password_hash" ledger:"-"`
	MustChange   bool          `db:"must_change"` // signed in with a one-time password
	Closed       bool          `db:"closed"`
	Lang         string        `db:"lang"` // "" follows the browser's choice
	CreatedAt    clock.Instant `db:"created_at"`
}

// Actor is the account as the one who acts.
func (a Account) Actor() access.Actor { return access.Actor{Account: a.ID, Name: a.Name} }

// Service is the room's only door.
type Service struct {
	db     *db.DB
	book   *ledger.Book
	gate   *access.Gate
	now    clock.Clock
	random io.Reader
}

// New makes the service. Random values come from the system.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, now clock.Clock) *Service {
	return &Service{db: d, book: book, gate: gate, now: now, random: rand.Reader}
}

// Actor is who acts when the account does. A closed or unknown account is an
// Unauthenticated fault: whoever held its session must sign in again.
func (s *Service) Actor(ctx context.Context, id string) (access.Actor, error) {
	a, err := s.own(ctx, id)
	if err != nil {
		return access.Visitor, err
	}
	return a.Actor(), nil
}

// Own is the actor's own account.
func (s *Service) Own(ctx context.Context, by access.Actor) (Account, error) {
	if !by.SignedIn() || by.Program {
		return Account{}, access.SignInFirst()
	}
	return s.own(ctx, by.Account)
}

func (s *Service) own(ctx context.Context, id string) (Account, error) {
	a, there, err := maybe(ctx, s.db, id)
	if err != nil {
		return a, err
	}
	if !there || a.Closed {
		return Account{}, access.SignInFirst()
	}
	return a, nil
}

func maybe(ctx context.Context, q db.Queryer, id string) (Account, bool, error) {
	return db.Maybe[Account](ctx, q, `SELECT `+columns+` FROM account WHERE id = $1`, id)
}

var columns = strings.Join(db.Columns(Account{}), ", ")

// Profile is what people change about their own account.
type Profile struct {
	Version  int64 // as read
	Name     string
	Email    string
	Position string
	Lang     string // "", "vi", "en"
}

// ChangeProfile writes the actor's own name, e-mail, position and language.
func (s *Service) ChangeProfile(ctx context.Context, by access.Actor, p Profile) error {
	if err := interactive(by); err != nil {
		return err
	}
	p.Name, p.Email, p.Position = vntext.Line(p.Name), vntext.Line(p.Email), vntext.Line(p.Position)
	if err := fault.List(checkName(p.Name), checkEmail(p.Email)); err != nil {
		return err
	}
	if p.Lang != "" {
		p.Lang = string(locale.Parse(p.Lang))
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		a, err := db.Get[Account](ctx, tx, "account", by.Account)
		if err != nil {
			return err
		}
		a.Version, a.Name, a.Email, a.Position, a.Lang = p.Version, p.Name, p.Email, p.Position, p.Lang
		return s.book.Update(ctx, tx, ledger.Change{By: by, Action: "account.profile"}, "account", &a)
	})
}

// interactive refuses API tokens where only the person may act: a token must
// never widen itself or outlive its holder's password.
func interactive(by access.Actor) error {
	if !by.SignedIn() {
		return access.SignInFirst()
	}
	if by.Scopes != nil {
		return fault.New(fault.Denied, "Việc này chỉ làm được khi đăng nhập bằng mật khẩu, không làm được bằng mã truy cập API.")
	}
	return nil
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,62}[a-z0-9]$`)

// foldLogin is how a login is compared: people type capitals and stray spaces.
func foldLogin(s string) string { return strings.ToLower(vntext.Line(s)) }

func checkLogin(login string) *fault.Error {
	if !loginForm.MatchString(login) {
		return fault.Wrong("login", "Tên đăng nhập gồm 3 đến 64 chữ cái không dấu, chữ số và các dấu . _ @ -, ví dụ: nguyen.van.an.")
	}
	return nil
}

func checkName(name string) *fault.Error {
	if name == "" {
		return fault.Wrong("name", "Hãy nhập họ và tên.")
	}
	if len([]rune(name)) > 120 {
		return fault.Wrong("name", "Họ và tên dài quá 120 ký tự. Hãy rút ngắn.")
	}
	return nil
}

func checkEmail(email string) *fault.Error {
	if email == "" {
		return nil
	}
	at := strings.LastIndexByte(email, '@')
	if at < 1 || at == len(email)-1 || strings.ContainsAny(email, " <>,;") || len(email) > 254 {
		return fault.Wrong("email", "Thư điện tử phải có dạng ten@coquan.gov.vn. Hãy sửa lại hoặc để trống.")
	}
	return nil
}

// ByLogin is who acts when a command names a login. Whoever may start the
// program on the database needs no password to say whose work it is.
func (s *Service) ByLogin(ctx context.Context, login string) (access.Actor, error) {
	a, there, err := db.Maybe[Account](ctx, s.db, `SELECT `+columns+` FROM account WHERE login = $1`, foldLogin(login))
	if err != nil {
		return access.Visitor, err
	}
	if !there || a.Closed {
		return access.Visitor, fault.New(fault.NotFound, "Không có tài khoản nào đang mở với tên đăng nhập “{.login}”.", "login", login)
	}
	return a.Actor(), nil
}
