package letter

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"sync"
	"time"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/mail"
)

const (
	// lease is how long an attempt may take before the letter is anybody's
	// again: longer than a server may keep us waiting, step by step.
	lease = 5 * time.Minute
	// look is how often the queue is asked for letters whose time has come.
	look    = 10 * time.Second
	senders = 4
	batch   = 20
)

// pauses are the waits after each attempt that failed; after the last the
// letter is given up, a day and a half after it was written.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 8 * time.Hour, 24 * time.Hour}

// Run sends letters until ctx ends. Those under way are finished.
func (s *Service) Run(ctx context.Context) {
	if !s.On() {
		return
	}
	for {
		n, err := s.Deliver(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.Error("gửi thư", "error", err)
		}
		if n > 0 && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-time.After(look):
		}
	}
}

// Deliver sends letters whose time has come, some at once, and tells how many
// it took up.
func (s *Service) Deliver(ctx context.Context) (int, error) {
	if !s.On() {
		return 0, nil
	}
	due, err := db.All[Letter](ctx, s.db, `SELECT `+db.Prefixed("l", Letter{})+` FROM letter l WHERE l.state = $1 AND l.next_at <= $2 ORDER BY l.next_at, l.id LIMIT `+fmt.Sprint(batch), Waiting, clock.Stamp(s.now))
	if err != nil {
		return 0, err
	}
	var (
		work  sync.WaitGroup
		mu    sync.Mutex
		taken int
		all   error
		next  = make(chan Letter)
	)
	for range min(senders, len(due)) {
		work.Go(func() {
			for l := range next {
				mine, err := s.attempt(ctx, l)
				mu.Lock()
				if mine {
					taken++
				}
				all = errors.Join(all, err)
				mu.Unlock()
			}
		})
	}
	for _, l := range due {
		if ctx.Err() != nil {
			break
		}
		next <- l
	}
	close(next)
	work.Wait()
	return taken, all
}

// attempt makes the letter this process's own and tries to send it. It is
// counted before it is made: a letter that brings the process down is given up
// like any other. What follows goes on when ctx ends: the server is asked to
// stop, and the mail server has perhaps taken the letter.
func (s *Service) attempt(ctx context.Context, l Letter) (mine bool, err error) {
	was := l.NextAt
	l.NextAt = clock.InstantOf(s.now.Now().Add(lease))
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE letter SET next_at = $1, tries = tries + 1 WHERE id = $2 AND state = $3 AND next_at = $4`, l.NextAt, l.ID, Waiting, was)
		mine = n == 1
		return err
	})
	if err != nil || !mine {
		return false, err
	}
	l.Tries++
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lease-time.Minute)
	defer cancel()
	if err := s.guarded(ctx, &l); err != nil {
		s.put(&l, err)
	}
	l.Answer = strings.ToValidUTF8(strings.ReplaceAll(l.Answer, "\x00", ""), "�")
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE letter SET state = $1, next_at = $2, done_at = $3, address = $4, subject = $5, body = $6, answer = $7 WHERE id = $8 AND state = $9 AND tries = $10`,
			l.State, l.NextAt, l.DoneAt, l.Address, l.Subject, l.Body, l.Answer, l.ID, Waiting, l.Tries)
		return err
	})
	s.log.Info("thư", "letter", l.ID, "kind", l.Kind, "account", l.AccountID, "state", l.State, "tries", l.Tries, "answer", l.Answer)
	return true, err
}

// put says what becomes of a letter that could not be sent.
func (s *Service) put(l *Letter, err error) {
	var r *mail.Refusal
	refused := errors.As(err, &r)
	if l.Answer = err.Error(); refused {
		l.Answer = r.Answer
	}
	now := s.now.Now()
	if refused && r.Final || l.Tries > len(pauses) {
		l.State, l.DoneAt = Failed, clock.InstantOf(now)
		return
	}
	l.NextAt = clock.InstantOf(now.Add(pauses[l.Tries-1]))
}

// guarded makes an error of a panic: one letter stops no others.
func (s *Service) guarded(ctx context.Context, l *Letter) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("letter: panic: %v", p)
		}
	}()
	return s.send(ctx, l)
}

// send finds the words and hands them over; it leaves the letter sent or
// dropped, or says what kept it.
func (s *Service) send(ctx context.Context, l *Letter) error {
	drop := func() error {
		l.State, l.DoneAt, l.Answer = Dropped, clock.Stamp(s.now), ""
		return nil
	}
	to, there, err := db.Maybe[Reader](ctx, s.db, `SELECT a.id, a.name, a.email, a.lang, a.closed, COALESCE(m.off, FALSE) AS off
		FROM account a LEFT JOIN account_mail m ON m.account_id = a.id WHERE a.id = $1`, l.AccountID)
	if err != nil {
		return err
	}
	if !there || to.Closed || to.Address == "" || to.Off && l.Kind != Test {
		return drop()
	}
	speaker := s.speakers[l.Kind]
	if speaker == nil {
		return fmt.Errorf("letter: nobody says the words of %q", l.Kind)
	}
	words, ok, err := speaker(ctx, s.db, *l, to)
	if err != nil {
		return err
	}
	if !ok {
		return drop()
	}
	lang := locale.Parse(to.Lang)
	l.Address, l.Subject, l.Body = to.Address, lang.Say(words.Subject.Text, words.Subject.Args), s.body(lang, to, words)
	err = s.outlet.Sender.Send(ctx, mail.Message{
		ID: l.ID, At: s.now.Now(), To: netmail.Address{Name: to.Name, Address: to.Address}, Subject: l.Subject, Text: l.Body, Attachments: words.Attachments,
	})
	if err != nil {
		return err
	}
	l.State, l.DoneAt, l.Answer = Sent, clock.Stamp(s.now), ""
	return nil
}

// body is the whole text: greeting, what is to be said, how to get no more.
func (s *Service) body(lang locale.Lang, to Reader, w Words) string {
	var b strings.Builder
	b.WriteString(lang.T("Kính gửi {.name},", "name", to.Name))
	for _, p := range w.Paragraphs {
		b.WriteString("\n\n" + lang.Say(p.Text.Text, p.Text.Args))
		if p.Place != nil {
			b.WriteString("\n" + s.link(*p.Place))
		}
	}
	b.WriteString("\n\n" + lang.T("Thư tự động, xin không trả lời. Nếu không muốn nhận thư nhắc, hãy tắt tại đây:") + "\n" + s.link(Place{Kind: "account"}))
	return b.String()
}

// Test is the letter by which an administrator tries the mail server.
const Test Kind = "test"

func sayTest(context.Context, db.Queryer, Letter, Reader) (Words, bool, error) {
	return Words{Subject: locale.Msg("Thư thử"), Paragraphs: []Paragraph{{Text: locale.Msg("Máy chủ thư đã nhận thư này: thư nhắc việc sẽ đến được các đơn vị.")}}}, true, nil
}

// checkOn refuses where there is no mail.
func (s *Service) checkOn() error {
	if s.On() {
		return nil
	}
	return fault.New(fault.Conflict, "Hệ thống chưa được nối với máy chủ thư. Người quản trị máy chủ khai báo máy chủ thư khi khởi động.")
}
