package account

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// Draft is a form that came in after its session had ended. It waits for its
// author to sign in again, so that nothing typed is lost.
type Draft struct {
	Account string              `json:"account"` // whose session it was; "" when not known
	Page    string              `json:"page"`    // the page the form stands on, with its query
	Action  string              `json:"action"`  // the path it was sent to
	Values  map[string][]string `json:"values"`
	Files   bool                `json:"files"` // there were files, which are not kept
}

const draftLife = 24 * time.Hour

// KeepDraft stores a draft and returns the secret with which it is taken out.
func (s *Service) KeepDraft(ctx context.Context, d Draft) (string, error) {
	raw := make([]byte, 20)
	if _, err := io.ReadFull(s.random, raw); err != nil {
		return "", fmt.Errorf("account: %w", err)
	}
	secret := fmt.Sprintf("%x", raw)
	body, err := json.Marshal(d)
	if err != nil {
		return "", fmt.Errorf("account: %w", err)
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		now := s.now.Now()
		if _, err := tx.Exec(ctx, `DELETE FROM form_draft WHERE at < $1`, clock.InstantOf(now.Add(-draftLife))); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO form_draft (id, account_id, path, body, at) VALUES ($1, $2, $3, $4, $5)`,
			digest(secret), digest(secret), d.Action, string(body), clock.InstantOf(now))
		return err
	})
	return secret, err
}

// FindDraft reads a draft for an account. A draft of somebody else's session
// is none: two people may share a machine.
func (s *Service) FindDraft(ctx context.Context, secret, account string) (Draft, bool, error) {
	body, there, err := db.Maybe[string](ctx, s.db, `SELECT body FROM form_draft WHERE id = $1 AND at > $2`, digest(secret), clock.InstantOf(s.now.Now().Add(-draftLife)))
	if err != nil || !there {
		return Draft{}, false, err
	}
	var d Draft
	if err := json.Unmarshal([]byte(body), &d); err != nil {
		return Draft{}, false, fmt.Errorf("account: a draft: %w", err)
	}
	if d.Account != "" && d.Account != account {
		return Draft{}, false, nil
	}
	return d, true, nil
}

// DropDraft forgets a draft: the form was sent again.
func (s *Service) DropDraft(ctx context.Context, secret string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM form_draft WHERE id = $1`, digest(secret))
		return err
	})
}
