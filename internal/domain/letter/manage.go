package letter

import (
	"context"
	"fmt"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Listed is a letter with the name of its reader.
type Listed struct {
	Letter
	Name string `db:"name"`
}

// Counts are how many letters there are of each state.
type Counts map[State]int

// perPage is how many letters a page lists.
const perPage = 100

// List lists letters of a state, or of every state where it is "", the newest
// first, from the one before an id on; more tells whether older ones follow.
func (s *Service) List(ctx context.Context, by access.Actor, state State, before string) (all []Listed, counts Counts, more bool, err error) {
	if err := s.gate.Must(ctx, s.db, by, access.MailManage, access.Record{}); err != nil {
		return nil, nil, false, err
	}
	type count struct {
		State State `db:"state"`
		N     int   `db:"n"`
	}
	rows, err := db.All[count](ctx, s.db, `SELECT state, COUNT(*) AS n FROM letter GROUP BY state`)
	if err != nil {
		return nil, nil, false, err
	}
	counts = Counts{}
	for _, r := range rows {
		counts[r.State] = r.N
	}
	all, err = db.All[Listed](ctx, s.db, `SELECT `+db.Prefixed("l", Letter{})+`, COALESCE(a.name, '') AS name FROM letter l LEFT JOIN account a ON a.id = l.account_id
		WHERE (l.state = $1 OR $1 = '') AND (l.id < $2 OR $2 = '') ORDER BY l.id DESC LIMIT `+fmt.Sprint(perPage+1), state, before)
	if len(all) > perPage {
		all, more = all[:perPage], true
	}
	return all, counts, more, err
}

// Get reads a letter.
func (s *Service) Get(ctx context.Context, by access.Actor, id string) (Listed, error) {
	if err := s.gate.Must(ctx, s.db, by, access.MailManage, access.Record{}); err != nil {
		return Listed{}, err
	}
	return db.One[Listed](ctx, s.db, `SELECT `+db.Prefixed("l", Letter{})+`, COALESCE(a.name, '') AS name FROM letter l LEFT JOIN account a ON a.id = l.account_id WHERE l.id = $1`, id)
}

// Again puts a letter that was given up back into the queue, or all of them
// where id is "", and tells how many.
func (s *Service) Again(ctx context.Context, by access.Actor, id string) (n int, err error) {
	if err := s.checkOn(); err != nil {
		return 0, err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, by, access.MailManage, access.Record{}); err != nil {
			return err
		}
		back, err := tx.Exec(ctx, `UPDATE letter SET state = $1, tries = 0, next_at = $2, done_at = 0 WHERE state = $3 AND (id = $4 OR $4 = '')`, Waiting, clock.Stamp(s.now), Failed, id)
		if n = int(back); err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "Thư này không còn ở trạng thái không gửi được. Hãy tải lại trang.")
		}
		tx.AfterCommit(s.rouse)
		return nil
	})
	return n, err
}

// Try writes a letter to the actor, to see whether the mail server takes it.
func (s *Service) Try(ctx context.Context, by access.Actor) error {
	if err := s.checkOn(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, by, access.MailManage, access.Record{}); err != nil {
			return err
		}
		address, err := db.One[string](ctx, tx, `SELECT email FROM account WHERE id = $1`, by.Account)
		if err != nil {
			return err
		}
		if address == "" {
			return fault.New(fault.Conflict, "Tài khoản của bạn chưa có thư điện tử. Hãy nhập ở trang Tài khoản của tôi rồi gửi thử lại.")
		}
		_, err = s.Put(ctx, tx, Draft{Kind: Test, Account: by.Account})
		return err
	})
}

// choice is an account's word on mail.
type choice struct {
	ID        string `db:"id"`
	Version   int64  `db:"version"`
	AccountID string `db:"account_id"`
	Off       bool   `db:"off"`
}

// Wanted tells whether the actor takes mail.
func (s *Service) Wanted(ctx context.Context, by access.Actor) (bool, error) {
	if !by.SignedIn() {
		return false, access.SignInFirst()
	}
	off, err := db.Count(ctx, s.db, `SELECT COUNT(*) FROM account_mail WHERE account_id = $1 AND off = TRUE`, by.Account)
	return off == 0, err
}

// Want turns the actor's own mail on or off.
func (s *Service) Want(ctx context.Context, by access.Actor, wanted bool) error {
	if !by.SignedIn() || by.Program {
		return access.SignInFirst()
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		row, there, err := db.Maybe[choice](ctx, tx, `SELECT id, version, account_id, off FROM account_mail WHERE account_id = $1`, by.Account)
		if err != nil || there && row.Off == !wanted || !there && wanted {
			return err
		}
		change := ledger.Change{By: by, Action: "account.mail"}
		if row.Off = !wanted; there {
			return s.book.Update(ctx, tx, change, "account_mail", &row)
		}
		row.ID, row.AccountID = db.NewID(), by.Account
		return s.book.Insert(ctx, tx, change, "account_mail", &row)
	})
}
