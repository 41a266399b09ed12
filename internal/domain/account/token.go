package account

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Token lets a program act for an account, within its scopes, until a day. It
// never allows more than the account itself may.
type Token struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	AccountID string        `db:"account_id"`
	Name      string        `db:"name"`
	Hash      string        `db:"hash" ledger:"-"`
	Scopes    string        `db:"scopes"` // permissions, divided by spaces
	CreatedAt clock.Instant `db:"created_at"`
	ExpiresAt clock.Instant `db:"expires_at"`
	RevokedAt clock.Instant `db:"revoked_at"` // 0 while it holds
}

// List of the scopes.
func (t Token) List() []string { return strings.Fields(t.Scopes) }

// Running tells whether the token still opens anything at the moment.
func (t Token) Running(now clock.Instant) bool { return t.RevokedAt == 0 && now < t.ExpiresAt }

const (
	tokenMark    = "thidua_" // by which scanners of leaked secrets know it
	longestToken = 366       // days
)

// CreateToken makes a token of the actor's and returns the text that opens: it
// is shown once and kept nowhere. days is how long it holds, 1 to 366.
func (s *Service) CreateToken(ctx context.Context, by access.Actor, name string, scopes []string, days int) (Token, string, error) {
	if err := interactive(by); err != nil {
		return Token{}, "", err
	}
	name = vntext.Line(name)
	var wrong []*fault.Error
	if name == "" || len([]rune(name)) > 80 {
		wrong = append(wrong, fault.Wrong("name", "Hãy đặt tên cho mã truy cập, tối đa 80 ký tự, ví dụ: Đồng bộ số liệu."))
	}
	if len(scopes) == 0 {
		wrong = append(wrong, fault.Wrong("scopes", "Hãy chọn ít nhất một quyền cho mã truy cập."))
	}
	known := access.Permissions()
	for _, scope := range scopes {
		if !slices.Contains(known, access.Permission(scope)) {
			wrong = append(wrong, fault.Wrong("scopes", "Không có quyền “{.scope}”. Hãy chọn trong danh sách.", "scope", scope))
		}
	}
	if days < 1 || days > longestToken {
		wrong = append(wrong, fault.Wrong("days", "Thời hạn từ 1 đến {.n} ngày.", "n", longestToken))
	}
	if err := fault.List(wrong...); err != nil {
		return Token{}, "", err
	}
	raw := make([]byte, 32)
	if _, err := io.ReadFull(s.random, raw); err != nil {
		return Token{}, "", fmt.Errorf("account: %w", err)
	}
	text := tokenMark + base64.RawURLEncoding.EncodeToString(raw)
	scopes = slices.Clone(scopes)
	slices.Sort(scopes)
	now := s.now.Now()
	t := Token{
		ID: db.NewID(), AccountID: by.Account, Name: name, Hash: digest(text), Scopes: strings.Join(slices.Compact(scopes), " "),
		CreatedAt: clock.InstantOf(now), ExpiresAt: clock.InstantOf(now.AddDate(0, 0, days)),
	}
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		return s.book.Insert(ctx, tx, ledger.Change{By: by, Action: "token.create"}, "api_token", &t)
	})
	return t, text, err
}

// Tokens lists the actor's tokens, latest first.
func (s *Service) Tokens(ctx context.Context, by access.Actor) ([]Token, error) {
	if err := interactive(by); err != nil {
		return nil, err
	}
	return db.All[Token](ctx, s.db, `SELECT `+strings.Join(db.Columns(Token{}), ", ")+` FROM api_token WHERE account_id = $1 ORDER BY created_at DESC, id DESC`, by.Account)
}

// RevokeToken ends one of the actor's tokens at once.
func (s *Service) RevokeToken(ctx context.Context, by access.Actor, id string) error {
	if err := interactive(by); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		t, err := db.Get[Token](ctx, tx, "api_token", id)
		if err != nil {
			return err
		}
		if t.AccountID != by.Account {
			return fault.Missing()
		}
		if t.RevokedAt != 0 {
			return nil
		}
		t.RevokedAt = clock.Stamp(s.now)
		return s.book.Update(ctx, tx, ledger.Change{By: by, Action: "token.revoke"}, "api_token", &t)
	})
}

// TokenActor is who acts with the token. Unknown, expired, revoked and a closed
// account are one fault.
func (s *Service) TokenActor(ctx context.Context, text string) (access.Actor, error) {
	refused := fault.New(fault.Unauthenticated, "Mã truy cập API không đúng, đã hết hạn hoặc đã bị thu hồi. Hãy tạo mã mới ở trang Tài khoản.")
	if !strings.HasPrefix(text, tokenMark) || len(text) > 200 {
		return access.Visitor, refused
	}
	t, there, err := db.Maybe[Token](ctx, s.db, `SELECT `+strings.Join(db.Columns(Token{}), ", ")+` FROM api_token WHERE hash = $1`, digest(text))
	if err != nil {
		return access.Visitor, err
	}
	if !there || !t.Running(clock.Stamp(s.now)) {
		return access.Visitor, refused
	}
	a, there, err := maybe(ctx, s.db, t.AccountID)
	if err != nil {
		return access.Visitor, err
	}
	if !there || a.Closed || a.MustChange {
		return access.Visitor, refused
	}
	actor := a.Actor()
	actor.Scopes = append([]string{}, t.List()...)
	return actor, nil
}
