package account

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

const setupSetting = "setup_code"

// setting is a row of the installation's settings.
type setting struct {
	ID      string `db:"id"`
	Version int64  `db:"version"`
	Value   string `db:"value" ledger:"-"`
}

// Empty tells whether there is no account yet, so that the first visitor sets
// the installation up.
func (s *Service) Empty(ctx context.Context) (bool, error) {
	n, err := db.Count(ctx, s.db, `SELECT COUNT(*) FROM account`)
	return n == 0, err
}

// SetupCode makes the one-time code with which the first administrator is
// created, and returns "" once there is an account. The caller prints it to the
// log; only its hash is kept, and each start makes a new one.
func (s *Service) SetupCode(ctx context.Context) (string, error) {
	code, err := s.oneTime(16)
	if err != nil {
		return "", err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM account`)
		if err != nil || n > 0 {
			code = ""
			return err
		}
		change := ledger.Change{By: access.Program, Action: "account.setup_code"}
		row, there, err := db.Maybe[setting](ctx, tx, `SELECT id, version, value FROM setting WHERE id = $1`, setupSetting)
		if err != nil {
			return err
		}
		row.ID, row.Value = setupSetting, digest(code)
		if there {
			return s.book.Update(ctx, tx, change, "setting", &row)
		}
		return s.book.Insert(ctx, tx, change, "setting", &row)
	})
	return code, err
}

func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// FirstAdministrator is what the set-up page gives.
type FirstAdministrator struct {
	Code     string
	Login    string
	Name     string
	Password string
}

// CreateAdministrator makes the first account, an administrator without end.
// Once there is an account it answers as a page that does not exist.
func (s *Service) CreateAdministrator(ctx context.Context, n FirstAdministrator, address string) (Account, error) {
	a := Account{ID: db.NewID(), Login: foldLogin(n.Login), Name: vntext.Line(n.Name), CreatedAt: clock.Stamp(s.now)}
	empty, err := s.Empty(ctx)
	if err != nil {
		return a, err
	}
	if !empty {
		return a, fault.Missing()
	}
	if err := fault.List(checkLogin(a.Login), checkName(a.Name), checkPassword("password", n.Password, a.Login)); err != nil {
		return a, err
	}
	attempt, err := s.reserve(ctx, setupSetting, address)
	if err != nil {
		return a, err
	}
	if a.PasswordHash, err = s.hash(ctx, n.Password); err != nil {
		return a, err
	}
	given := digest(strings.ToLower(vntext.Line(n.Code)))
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		count, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM account`)
		if err != nil {
			return err
		}
		if count > 0 {
			return fault.Missing()
		}
		row, there, err := db.Maybe[setting](ctx, tx, `SELECT id, version, value FROM setting WHERE id = $1`, setupSetting)
		if err != nil {
			return err
		}
		if !there || subtle.ConstantTimeCompare([]byte(row.Value), []byte(given)) != 1 {
			return fault.Wrong("code", "Mã thiết lập không đúng. Mã nằm trong nhật ký của máy chủ, ở lần khởi động gần nhất.")
		}
		row.Value = "" // used up
		if err := s.book.Update(ctx, tx, ledger.Change{By: access.Program, Action: "account.setup_code"}, "setting", &row); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM signin_failure WHERE id = $1`, attempt); err != nil {
			return err
		}
		return s.insert(ctx, tx, access.Program, reach{everything: true}, a, NewAssignment{Role: access.Administrator, From: clock.Today(s.now), Basis: "Thiết lập hệ thống"})
	})
	a.Version = 1
	return a, err
}
