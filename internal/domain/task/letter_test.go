package task_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/mail"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

type tray struct {
	mu    sync.Mutex
	mails []mail.Message
}

func (t *tray) Send(_ context.Context, m mail.Message) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mails = append(t.mails, m)
	return nil
}

func TestRemindersByMail(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(3)
		s := task.New(d, b.Book, b.Gate, b.Years, b.Clock)
		out := &tray{}
		letters := letter.New(d, b.Book, b.Gate, letter.Outlet{Sender: out}, func(p letter.Place) string { return "/" + p.Kind + "/" + p.Subject }, b.Clock, slog.New(slog.DiscardHandler))
		owes := map[string]bool{b.Units[1].ID: true, b.Units[2].ID: true}
		s.Mail(letters, func(_ context.Context, _ db.Queryer, year, unit, activity string) (bool, bool, error) {
			return owes[unit], activity == "report_h1" && year == b.Year.ID, nil
		})
		b.Check(d.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE account SET email = 'o1@tinh.gov.vn' WHERE id = $1`, b.Officers[1].Account)
			if err == nil {
				_, err = tx.Exec(ctx, `UPDATE account SET email = 'o2@tinh.gov.vn' WHERE id = $1`, b.Officers[2].Account)
			}
			return err
		}))
		deliver := func(want int) {
			t.Helper()
			_, err := letters.Deliver(ctx)
			b.Check(err)
			if len(out.mails) != want {
				t.Fatalf("%d mails, want %d", len(out.mails), want)
			}
		}
		both := []string{b.Units[1].ID, b.Units[2].ID}
		if _, err := s.Remind(ctx, b.Officers[2], b.Year.ID, "report_h1", "Nhắc", both); !fault.Is(err, fault.Denied) {
			t.Errorf("a member reminds: %v", err)
		}
		if _, err := s.Remind(ctx, b.Leader(), b.Year.ID, "report_h1", "Nhắc", append(both, b.Organiser.ID)); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody outside is reminded: %v", err)
		}
		deliver(0)
		remind := func(activity, text string, units ...string) task.Reminding {
			t.Helper()
			done, err := s.Remind(ctx, b.Leader(), b.Year.ID, activity, text, units)
			b.Check(err)
			return done
		}
		first := remind("report_h1", "Khối thử nhắc báo cáo.", append(both, b.Units[0].ID)...)
		if len(first.Units) != 3 || len(first.Unheard) != 1 || first.Unheard[0] != b.Units[0].ID {
			t.Errorf("whom no mail reaches: %+v", first)
		}
		if _, err := s.Remind(ctx, b.Leader(), b.Year.ID, "report_h1", "Khối thử nhắc báo cáo.", both); !fault.Is(err, fault.Conflict) { // pressed twice
			t.Errorf("the same twice on a day: %v", err)
		}
		if n, err := s.Notices(ctx, b.Officers[2]); err != nil || len(n) != 1 {
			t.Errorf("%+v %v", n, err)
		}
		owes[b.Units[2].ID] = false // this one has reported since
		if n, err := s.Notices(ctx, b.Officers[2]); err != nil || len(n) != 0 {
			t.Errorf("reminded of what is done: %+v %v", n, err)
		}
		deliver(1)
		m := out.mails[0]
		if m.To.Address != "o1@tinh.gov.vn" || m.Subject != "Nhắc việc: Khối thử năm 2023" {
			t.Errorf("%q to %q", m.Subject, m.To.Address)
		}
		for _, part := range []string{"Khối thử nhắc báo cáo.", "Đơn vị: Sở Số 2.", "\n/report/H1\n"} {
			if !strings.Contains(m.Text, part) {
				t.Errorf("no %q in %q", part, m.Text)
			}
		}
		b.Clock.To("2023-01-14")
		remind("report_h1", "Khối thử nhắc báo cáo.", both...)
		remind("scores", "Khối thử nhắc chấm điểm.", both...)
		deliver(4)
	})
}
