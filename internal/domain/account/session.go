package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Keys of a session's values. The store reads KeyAccount out of the data into
// its own column, so that an account's sessions can be found and ended.
const (
	KeyAccount = "account" // string: account id
	KeyAgent   = "agent"   // string: the browser, as it calls itself
	KeyAddress = "address" // string: network address at sign-in
	KeySince   = "since"   // int64: clock.Instant of the sign-in
	KeySeen    = "seen"    // int64: clock.Instant of a recent request
)

// Sessions keeps sessions in the database for scs. It reads the same clock as
// scs itself, which is the system's: sessions end in real time even where the
// business lives in another year.
type Sessions struct {
	db  *db.DB
	now clock.Clock
}

var _ scs.CtxStore = (*Sessions)(nil)

// NewSessions makes the store; now must be the clock of scs, clock.System.
func NewSessions(d *db.DB, now clock.Clock) *Sessions { return &Sessions{d, now} }

// afterlife is how long an ended session's row stays: it tells whose form it
// was that came in too late (see KeepDraft).
const afterlife = 7 * 24 * time.Hour

// FindCtx implements scs.CtxStore.
func (s *Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, there, err := db.Maybe[[]byte](ctx, s.db, `SELECT data FROM session WHERE token = $1 AND expiry > $2`, token, clock.Stamp(s.now))
	return data, there, err
}

// CommitCtx implements scs.CtxStore. A session that was ended meanwhile stays
// ended: a request that was under way must not revive it.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	account := ""
	if _, values, err := (scs.GobCodec{}).Decode(data); err == nil {
		account, _ = values[KeyAccount].(string)
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		now := s.now.Now()
		if _, err := tx.Exec(ctx, `DELETE FROM session WHERE expiry < $1`, clock.InstantOf(now.Add(-afterlife))); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO session (token, data, expiry, account_id) VALUES ($1, $2, $3, $4)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry, account_id = excluded.account_id
			WHERE session.expiry > $5`, token, data, clock.InstantOf(expiry), account, clock.InstantOf(now))
		return err
	})
}

// DeleteCtx implements scs.CtxStore.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		now := clock.Stamp(s.now)
		_, err := tx.Exec(ctx, `UPDATE session SET expiry = $1 WHERE token = $2 AND expiry > $1`, now, token)
		return err
	})
}

// Find, Commit and Delete implement scs.Store, which scs asks for but does not
// call where the methods with a context are there.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Holder is the account of a session, running or ended in the last days; "" for none.
func (s *Sessions) Holder(ctx context.Context, token string) (string, error) {
	id, _, err := db.Maybe[string](ctx, s.db, `SELECT account_id FROM session WHERE token = $1`, token)
	return id, err
}

// Session is a place where an account is signed in.
type Session struct {
	ID      string // stands for the token, tells nothing of it
	Token   string // as stored (already a hash); never shown
	Agent   string
	Address string
	Since   clock.Instant
	Seen    clock.Instant // within some minutes
}

// SessionsOf lists where the actor is signed in, latest first.
func (s *Service) SessionsOf(ctx context.Context, by access.Actor) ([]Session, error) {
	if err := interactive(by); err != nil {
		return nil, err
	}
	return s.sessions(ctx, s.db, by.Account)
}

func (s *Service) sessions(ctx context.Context, q db.Queryer, account string) ([]Session, error) {
	type row struct {
		Token string `db:"token"`
		Data  []byte `db:"data"`
	}
	rows, err := db.All[row](ctx, q, `SELECT token, data FROM session WHERE account_id = $1 AND expiry > $2`, account, clock.Stamp(clock.System{}))
	if err != nil {
		return nil, err
	}
	all := make([]Session, 0, len(rows))
	for _, r := range rows {
		one := Session{ID: sessionID(r.Token), Token: r.Token}
		if _, values, err := (scs.GobCodec{}).Decode(r.Data); err == nil {
			one.Agent, _ = values[KeyAgent].(string)
			one.Address, _ = values[KeyAddress].(string)
			since, _ := values[KeySince].(int64)
			seen, _ := values[KeySeen].(int64)
			one.Since, one.Seen = clock.Instant(since), clock.Instant(seen)
		}
		all = append(all, one)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Seen > all[j].Seen })
	return all, nil
}

func sessionID(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:8])
}

// EndSession ends one of the actor's sessions.
func (s *Service) EndSession(ctx context.Context, by access.Actor, id string) error {
	if err := interactive(by); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		all, err := s.sessions(ctx, tx, by.Account)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.ID == id {
				now := clock.Stamp(clock.System{})
				_, err := tx.Exec(ctx, `UPDATE session SET expiry = $1 WHERE token = $2 AND expiry > $1`, now, one.Token)
				return err
			}
		}
		return fault.Missing()
	})
}

// EndOtherSessions ends all of the actor's sessions but the one with the stored token keep.
func (s *Service) EndOtherSessions(ctx context.Context, by access.Actor, keep string) error {
	if err := interactive(by); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error { return s.endSessions(ctx, tx, by.Account, keep) })
}

func (s *Service) endSessions(ctx context.Context, tx *db.Tx, account, keep string) error {
	now := clock.Stamp(clock.System{})
	_, err := tx.Exec(ctx, `UPDATE session SET expiry = $1 WHERE account_id = $2 AND token <> $3 AND expiry > $1`, now, account, keep)
	return err
}
