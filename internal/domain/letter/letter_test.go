package letter_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/mail"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/postbox"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

const news letter.Kind = "news"

// desk is a room of letters before a mail server.
type desk struct {
	*house.House
	*letter.Service
	box    *postbox.Box
	reader access.Actor
	stale  bool // there is no reason for the letters any more
}

func newDesk(t *testing.T, d *db.DB) *desk {
	t.Helper()
	k := &desk{House: house.New(t, d), box: postbox.Open(t, postbox.Options{Open: true})}
	k.reader = k.person("tuyet@so.gov.vn")
	k.Service = k.process()
	return k
}

// process is the room as another process of the program has it.
func (k *desk) process() *letter.Service {
	k.T.Helper()
	sender, err := mail.NewSMTP(mail.Server{Address: k.box.Address, Security: mail.Open, From: "thidua@tinh.gov.vn"})
	k.Check(err)
	s := letter.New(k.DB, k.Book, k.Gate, letter.Outlet{Sender: sender}, func(p letter.Place) string { return "/" + p.Kind + "/" + p.YearID }, k.Clock, slog.New(slog.DiscardHandler))
	s.SetBase("https://thidua.gov.vn")
	s.Speaker(news, func(_ context.Context, _ db.Queryer, l letter.Letter, to letter.Reader) (letter.Words, bool, error) {
		var text string
		if err := l.About(&text); err != nil {
			return letter.Words{}, false, err
		}
		if text == "panic" {
			panic("words")
		}
		return letter.Words{
			Subject:     locale.Msg("Thư thử"),
			Paragraphs:  []letter.Paragraph{{Text: locale.Text{Text: text}, Place: &letter.Place{Kind: "report", YearID: "y1"}}},
			Attachments: []mail.Attachment{{Name: "moi.ics", Type: "text/calendar", Body: []byte("BEGIN")}},
		}, !k.stale, nil
	})
	return s
}

func (k *desk) person(address string) access.Actor {
	k.T.Helper()
	a := k.Officer(k.Unit("Sở của " + address))
	k.Check(k.DB.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE account SET email = $1 WHERE id = $2`, address, a.Account)
		return err
	}))
	return a
}

func (k *desk) write(once, text string) {
	k.T.Helper()
	k.Check(k.DB.InTx(ctx, func(tx *db.Tx) error {
		_, err := k.Put(ctx, tx, letter.Draft{Kind: news, Once: once, Account: k.reader.Account, About: text})
		return err
	}))
}

func (k *desk) deliver(want int) {
	k.T.Helper()
	n, err := k.Deliver(ctx)
	k.Check(err)
	if n != want {
		k.T.Errorf("%d letters taken up, want %d", n, want)
	}
}

// all are the letters, the oldest first.
func (k *desk) all() []letter.Listed {
	k.T.Helper()
	all, _, _, err := k.List(ctx, k.Admin, "", "")
	k.Check(err)
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return all
}

func (k *desk) state(want letter.State, tries int, answer string) letter.Listed {
	k.T.Helper()
	l := k.all()[0]
	if l.State != want || l.Tries != tries || !strings.Contains(l.Answer, answer) || answer == "" && l.Answer != "" {
		k.T.Errorf("%s after %d tries, %q; want %s, %d, %q", l.State, l.Tries, l.Answer, want, tries, answer)
	}
	return l
}

// A letter lives and dies with the change that causes it, and arrives once.
func TestALetterGoesOutWithItsChange(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		undone := errors.New("the change is undone")
		err := d.InTx(ctx, func(tx *db.Tx) error {
			if _, err := k.Put(ctx, tx, letter.Draft{Kind: news, Account: k.reader.Account, About: "x"}); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) || len(k.all()) != 0 {
			t.Fatalf("%v, %d letters", err, len(k.all()))
		}
		k.write("một", "Chỉ tiêu chưa có số liệu.")
		k.write("một", "Lần nữa.")
		k.deliver(1)
		k.deliver(0)
		got := k.box.Wait(1)
		if len(got) != 1 || got[0].To != "tuyet@so.gov.vn" || got[0].Files["moi.ics"] != "BEGIN" {
			t.Fatalf("%+v", got)
		}
		want := "Kính gửi Cán bộ,\n\nChỉ tiêu chưa có số liệu.\nhttps://thidua.gov.vn/report/y1\n\nThư tự động, xin không trả lời. Nếu không muốn nhận thư nhắc, hãy tắt tại đây:\nhttps://thidua.gov.vn/account/"
		if got[0].Text != want {
			t.Errorf("%q", got[0].Text)
		}
		l := k.state(letter.Sent, 1, "")
		if l.Body != want || l.Address != "tuyet@so.gov.vn" || l.Subject != "Thư thử" || l.DoneAt == 0 {
			t.Errorf("%+v", l)
		}
	})
}

// A server that fails is asked again, later and later, and in the end the
// administrator sees its answer and may try anew.
func TestARefusedLetterIsTriedAgain(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		k.box.Refuse(func(string) error {
			return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "thu lai sau"}
		})
		k.write("", "Tin")
		waits := []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 8 * time.Hour, 24 * time.Hour}
		for i, wait := range waits {
			k.deliver(1)
			k.state(letter.Waiting, i+1, "thu lai sau")
			k.Clock.Forward(wait - time.Second)
			k.deliver(0)
			k.Clock.Forward(time.Second)
		}
		k.deliver(1)
		k.state(letter.Failed, 8, "thu lai sau")
		k.Clock.Forward(240 * time.Hour)
		k.deliver(0)

		id := k.all()[0].ID
		if _, err := k.Again(ctx, k.Standing, id); !fault.Is(err, fault.Denied) {
			t.Errorf("an officer sends a letter again: %v", err)
		}
		k.box.Refuse(nil)
		if n, err := k.Again(ctx, k.Admin, id); n != 1 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		k.deliver(1)
		k.state(letter.Sent, 1, "")
		if _, err := k.Again(ctx, k.Admin, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("a letter that was sent is sent again: %v", err)
		}
		if n := len(k.box.Mails()); n != 1 {
			t.Errorf("%d mails", n)
		}
	})
}

func TestALetterThatCannotBeSentIsGivenUp(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		k.box.Refuse(func(string) error {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "khong co hop thu"}
		})
		k.write("", "Tin")
		k.deliver(1)
		k.state(letter.Failed, 1, "khong co hop thu")
		if _, counts, _, err := k.List(ctx, k.Admin, letter.Failed, ""); err != nil || counts[letter.Failed] != 1 {
			t.Errorf("%v, %v", counts, err)
		}
		for _, who := range []access.Actor{k.reader, k.Standing, access.Visitor} {
			if _, _, _, err := k.List(ctx, who, "", ""); err == nil {
				t.Errorf("%q reads the letters", who.Name)
			}
		}
		// Words that fail are tried again like a server that does, and stop no others.
		k.box.Refuse(nil)
		k.write("", "panic")
		k.write("", "Tin tốt")
		k.deliver(2)
		all := k.all()
		if all[1].State != letter.Waiting || !strings.Contains(all[1].Answer, "panic") || all[2].State != letter.Sent {
			t.Errorf("%+v", all[1:])
		}
	})
}

// Killed between the server's yes and our note of it, a letter goes out again
// once its time is over, under the same id; killed before, it goes out once.
func TestAKilledProcessLosesNoLetter(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		k.write("", "Tin")
		// What is in the database when a process dies in the middle of an attempt.
		lease := clock.InstantOf(k.Clock.Now().Add(5 * time.Minute))
		k.Check(d.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE letter SET next_at = $1, tries = 1`, lease)
			return err
		}))
		k.deliver(0)
		k.Clock.Forward(5 * time.Minute)
		k.deliver(1)
		k.state(letter.Sent, 2, "")
		if got := k.box.Mails(); len(got) != 1 || got[0].Header.Get("Message-ID") != "<"+k.all()[0].ID+"@tinh.gov.vn>" {
			t.Errorf("%+v", got)
		}
	})
}

// An attempt that another process took over meanwhile changes nothing.
func TestTwoProcessesSendOnce(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		const letters = 30
		for range letters {
			k.write("", "Tin")
		}
		var work sync.WaitGroup
		for range 3 {
			other := k.process()
			work.Go(func() {
				for range 40 {
					if _, err := other.Deliver(ctx); err != nil {
						t.Error(err)
					}
				}
			})
		}
		work.Wait()
		seen := map[string]int{}
		for _, m := range k.box.Mails() {
			seen[m.Header.Get("Message-ID")]++
		}
		if len(seen) != letters || len(k.box.Mails()) != letters {
			t.Errorf("%d letters arrived as %d mails", len(seen), len(k.box.Mails()))
		}
	})
}

func TestWhoGetsNoMail(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		readers := func(want int) {
			t.Helper()
			units, err := k.Gate.Units(ctx, d, k.reader)
			k.Check(err)
			got, err := k.Readers(ctx, d, units...)
			k.Check(err)
			if n := len(got[units[0]]); n != want {
				t.Errorf("%d readers, want %d", n, want)
			}
		}
		readers(1)
		k.write("", "Tin")
		k.Check(k.Want(ctx, k.reader, false))
		if on, err := k.Wanted(ctx, k.reader); on || err != nil {
			t.Errorf("%v, %v", on, err)
		}
		readers(0)
		k.deliver(1)
		k.state(letter.Dropped, 1, "")
		k.Check(k.Want(ctx, k.reader, true))
		k.Check(k.Want(ctx, k.reader, true))
		readers(1)
		k.stale = true
		k.write("", "Tin cũ")
		k.deliver(1)
		if l := k.all()[1]; l.State != letter.Dropped || l.Body != "" {
			t.Errorf("%+v", l)
		}
		if n := len(k.box.Mails()); n != 0 {
			t.Errorf("%d mails", n)
		}
		if err := k.Want(ctx, access.Visitor, false); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("a visitor turns mail off: %v", err)
		}

		// The administrator's test reaches those who want no reminders, too.
		if err := k.Try(ctx, k.Admin); !fault.Is(err, fault.Conflict) {
			t.Errorf("a test to nowhere: %v", err)
		}
		k.Check(d.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE account SET email = 'qt@tinh.gov.vn' WHERE id = $1`, k.Admin.Account)
			return err
		}))
		k.Check(k.Want(ctx, k.Admin, false))
		k.Check(k.Try(ctx, k.Admin))
		k.deliver(1)
		if got := k.box.Wait(1); got[0].To != "qt@tinh.gov.vn" {
			t.Errorf("%+v", got)
		}
	})
}

func TestWithoutAServerNothingIsWritten(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		off := letter.New(d, k.Book, k.Gate, letter.Outlet{}, nil, k.Clock, nil)
		k.Check(d.InTx(ctx, func(tx *db.Tx) error {
			n, err := off.Put(ctx, tx, letter.Draft{Kind: news, Account: k.reader.Account})
			if n != 0 {
				t.Errorf("%d letters", n)
			}
			return err
		}))
		if len(k.all()) != 0 || off.On() || (*letter.Service)(nil).On() {
			t.Error("a letter is written where there is no mail")
		}
		if err := off.Try(ctx, k.Admin); !fault.Is(err, fault.Conflict) {
			t.Errorf("a test without a server: %v", err)
		}
		off.Run(ctx) // ends at once
	})
}

// Run sends what is written, as soon as it is, and lets go when it is told to.
func TestRun(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		running, stop := context.WithCancel(ctx)
		done := make(chan struct{})
		go func() { k.Run(running); close(done) }()
		for range 3 {
			k.write("", "Tin")
		}
		k.box.Wait(3)
		// One that the server is taking while the program ends is finished.
		held, release := make(chan struct{}), make(chan struct{})
		k.box.Taken(func() error { close(held); <-release; return nil })
		k.write("", "Tin cuối")
		<-held
		stop()
		close(release)
		<-done
		for _, l := range k.all() {
			if l.State != letter.Sent {
				t.Errorf("%s is %s: %s", l.ID, l.State, l.Answer)
			}
		}
	})
}
