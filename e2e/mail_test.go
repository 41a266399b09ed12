package e2e

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit/postbox"
)

const publicURL = "https://thidua.tinh.gov.vn"

// posting serves a place with a mail server.
func posting(t *testing.T, p place, box *postbox.Box) *server {
	t.Helper()
	args := []string{"serve", "--addr", "127.0.0.1:0", "--data", p.data, "--url", publicURL + "/",
		"--smtp", box.Address, "--smtp-security", "none", "--smtp-from", "Thi đua tỉnh <thidua@tinh.gov.vn>"}
	if p.database != "" {
		args = append(args, "--database", p.database)
	}
	return run(t, args...)
}

// inside looks into the database of a place, past the server.
func inside(t *testing.T, p place, do func(tx *db.Tx) error) {
	t.Helper()
	d, err := db.Open(t.Context(), p.config().Target())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.InTx(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// TestKilledServerLosesNoMail kills a server between the press of a button and
// the mail, and in the middle of the mail server's answer: every reminder that
// was acknowledged arrives, and one that arrives twice does so under one id.
func TestKilledServerLosesNoMail(t *testing.T) {
	const reminders = 8
	places(t, func(t *testing.T, p place) {
		h := furnish(t, p, 1)
		inside(t, p, func(tx *db.Tx) error {
			_, err := tx.Exec(context.Background(), `UPDATE account SET email = 'canbo@so.gov.vn' WHERE login = 'canbo1'`)
			return err
		})
		box := postbox.Open(t, postbox.Options{Open: true})
		s := posting(t, p, box)
		standing := newVisitor(t, s.URL)
		standing.signIn("thuongtruc", password)
		// The server dies when the third mail is in the mailbox, before it hears of it.
		var once sync.Once
		box.Taken(func() error {
			if len(box.Mails()) >= 3 {
				once.Do(s.kill)
			}
			return nil
		})
		acknowledged := 0
		for i := range reminders {
			form := url.Values{"tab": {fmt.Sprintf("viec-%d", i)}, "unit": {h.units[0]}}
			if a, err := standing.try(http.MethodPost, "/nam/"+h.years[0]+"/nhac", form); err == nil && a.status == http.StatusSeeOther {
				acknowledged++
			}
		}
		<-s.ended
		if acknowledged < 2 { // three were written
			t.Fatalf("%d reminders were acknowledged before the end\n%s", acknowledged, s.log())
		}
		// The time of what was under way is over.
		inside(t, p, func(tx *db.Tx) error {
			_, err := tx.Exec(context.Background(), `UPDATE letter SET next_at = 0 WHERE state = 'waiting'`)
			return err
		})
		s = posting(t, p, box)
		unsent := func() (n int) {
			inside(t, p, func(tx *db.Tx) (err error) {
				n, err = db.Count(context.Background(), tx, `SELECT COUNT(*) FROM letter WHERE state <> 'sent'`)
				return err
			})
			return n
		}
		for deadline := time.Now().Add(patience); unsent() > 0; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%d letters are not sent\n%s", unsent(), s.log())
			}
		}
		if err := s.stop(t); err != nil {
			t.Fatalf("the server ended with %v\n%s", err, s.log())
		}
		seen := map[string]int{}
		for _, m := range box.Mails() {
			seen[m.Header.Get("Message-ID")]++
		}
		// A press that got no answer may have been written: one at most. At the
		// end, no more letters were under way than there are senders.
		if len(seen) < acknowledged || len(seen) > acknowledged+1 || len(box.Mails()) > len(seen)+4 {
			t.Errorf("%d letters came as %d mails, of %d", len(seen), len(box.Mails()), acknowledged)
		}
		if len(box.Mails()) == len(seen) {
			t.Error("no mail was cut off: the test shows nothing")
		}
		m := box.Mails()[0]
		if m.To != "canbo@so.gov.vn" || !strings.Contains(m.Text, "\n"+publicURL+"/nam/"+h.years[0]+"\n") {
			t.Errorf("%+v", m)
		}
	})
}

func TestMailThatIsSetUpWrong(t *testing.T) {
	for says, args := range map[string][]string{
		"--url":           {"--smtp", "smtp.tinh.gov.vn", "--smtp-from", "thidua@tinh.gov.vn"},
		"Địa chỉ gửi thư": {"--smtp", "smtp.tinh.gov.vn", "--url", publicURL},
		"Máy chủ thư":     {"--smtp", ":587", "--url", publicURL, "--smtp-from", "thidua@tinh.gov.vn"},
	} {
		said, err := once(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", t.TempDir()}, args...)...)
		if err == nil || !strings.Contains(said, says) {
			t.Errorf("%v: %v\n%s", args, err, said)
		}
	}
}
