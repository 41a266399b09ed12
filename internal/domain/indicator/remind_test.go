package indicator

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/mail"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

// tray keeps what is sent, by the address.
type tray struct {
	mu    sync.Mutex
	mails map[string][]mail.Message
}

func (t *tray) Send(_ context.Context, m mail.Message) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mails[m.To.Address] = append(t.mails[m.To.Address], m)
	return nil
}

// reminding is a year with mail, whose half-year figures are due on 5 July:
// unit 2 has two targets, the block has one.
type reminding struct {
	*setting
	tray    *tray
	letters *letter.Service
}

func remind(t *testing.T, d *db.DB) *reminding {
	t.Helper()
	x := &reminding{setting: set(t, d), tray: &tray{mails: map[string][]mail.Message{}}}
	x.letters = x.process(x.s)
	for name, a := range map[string]access.Actor{"truong": x.Officers[0], "pho": x.Officers[1], "ba": x.Officers[2], "thutruong": x.Heads[2], "la": x.Stranger} {
		x.Exec(`UPDATE account SET email = $1 WHERE id = $2`, name+"@tinh.gov.vn", a.Account)
	}
	x.aim(Entry{Name: "Tổng kim ngạch", Relation: target.Equal, Low: "100", Unit: "triệu USD"}, x.Units[2], "")
	x.aim(Entry{Name: "Tỷ lệ hộ nghèo", Relation: target.Equal, Low: "1", Unit: "%"}, x.Units[2], "")
	x.aim(Entry{Name: "Thu ngân sách", Relation: target.Equal, Low: "9", Unit: "tỷ đồng"}, "", "")
	x.Check(x.s.SetSchedule(context.Background(), x.Officers[0], x.Year.ID, []Duty{{HalfYear, "2023-07-05"}, {FullYear, "2023-12-05"}}))
	return x
}

// process is the room with its letters as another process has it.
func (x *reminding) process(s *Service) *letter.Service {
	path := func(p letter.Place) string { return "/" + p.Kind + "/" + p.Subject }
	l := letter.New(x.DB, x.Book, x.Gate, letter.Outlet{Sender: x.tray}, path, x.Clock, slog.New(slog.DiscardHandler))
	s.Mail(l)
	return l
}

// on looks at the clock and sends what is due; want says how many letters each
// address has by then.
func (x *reminding) on(when string, want map[string]int) {
	x.t.Helper()
	x.Clock.To(when)
	ctx := context.Background()
	x.Check(x.s.Remind(ctx))
	x.Check(x.s.Remind(ctx))
	for {
		n, err := x.letters.Deliver(ctx)
		x.Check(err)
		if n == 0 {
			break
		}
	}
	for who, n := range want {
		if got := len(x.tray.mails[who+"@tinh.gov.vn"]); got != n {
			x.t.Errorf("%s: %s has %d letters, want %d", when, who, got, n)
		}
	}
}

func (x *reminding) last(who string) mail.Message {
	x.t.Helper()
	all := x.tray.mails[who+"@tinh.gov.vn"]
	if len(all) == 0 {
		x.t.Fatalf("%s has no letter", who)
	}
	return all[len(all)-1]
}

func TestReminders(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := remind(t, d)
		x.on("2023-06-27 12:00", map[string]int{"ba": 0})
		x.on("2023-06-28 06:59", map[string]int{"ba": 0})
		x.on("2023-06-28 07:00", map[string]int{"truong": 1, "pho": 0, "ba": 1, "thutruong": 1, "la": 0})
		m := x.last("ba")
		if m.Subject != "Còn 7 ngày: báo cáo số liệu “6 tháng”, Khối thử 2023" {
			t.Errorf("subject %q", m.Subject)
		}
		for _, part := range []string{"Sở Số 3 còn 2 chỉ tiêu", "Hạn báo cáo: 05/07/2023. Còn 7 ngày. ", "Mở trang báo cáo:\n/report/H1\n"} {
			if !strings.Contains(m.Text, part) {
				t.Errorf("no %q in %q", part, m.Text)
			}
		}
		x.on("2023-06-30 08:00", map[string]int{"truong": 1, "ba": 1})

		// What was reported is not asked for; the eve comes to the others alone.
		x.report(x.Officers[0], Report{TargetID: x.ids["Thu ngân sách"], Period: HalfYear, Amount: "4"})
		x.report(x.Officers[2], Report{TargetID: x.ids["Tổng kim ngạch"], Period: HalfYear, Amount: "50"})
		x.on("2023-07-04 07:00", map[string]int{"truong": 1, "ba": 2, "thutruong": 2})
		if m := x.last("ba"); !strings.HasPrefix(m.Subject, "Còn 1 ngày") || !strings.Contains(m.Text, "còn 1 chỉ tiêu") {
			t.Errorf("%q %q", m.Subject, m.Text)
		}

		// A letter that waited while its figures came in does not go out.
		x.Clock.To("2023-07-06 07:00")
		x.Check(x.s.Remind(ctx))
		x.report(x.Officers[2], Report{TargetID: x.ids["Tỷ lệ hộ nghèo"], Period: HalfYear, Amount: "1"})
		x.on("2023-07-06 07:01", map[string]int{"truong": 1, "ba": 2, "thutruong": 2})
		all, counts, _, err := x.letters.List(ctx, x.Admin, letter.Dropped, "")
		if err != nil || counts[letter.Dropped] != 2 || len(all) != 2 {
			t.Errorf("dropped %v, %v", counts, err)
		}

		// The year's figures: missing after the day.
		x.on("2023-12-06 07:00", map[string]int{"truong": 2, "ba": 3})
		if m := x.last("ba"); !strings.HasPrefix(m.Subject, "Quá hạn 1 ngày: báo cáo số liệu “Cả năm”") {
			t.Errorf("subject %q", m.Subject)
		}
		// A new day makes a new reminder; a year that takes no figures makes none.
		x.Check(x.s.SetSchedule(ctx, x.Officers[0], x.Year.ID, []Duty{{HalfYear, "2023-07-05"}, {FullYear, "2023-12-20"}}))
		x.on("2023-12-13 09:00", map[string]int{"truong": 3, "ba": 4})
		x.State(t, cluster.Reviewed)
		x.on("2023-12-19 09:00", map[string]int{"truong": 3, "ba": 4})
	})
}

func TestOneLetterForAllThatIsDue(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := remind(t, d)
		// The officer of unit 2 works for the leading unit as well.
		x.Exec(`INSERT INTO assignment (id, version, account_id, unit_id, role, from_day, to_day, basis) VALUES ($1, 1, $2, $3, 'officer', '2023-01-01', '2023-07-05', '')`, db.NewID(), x.Officers[2].Account, x.Units[0])
		x.on("2023-06-28 07:00", map[string]int{"truong": 1, "ba": 1})
		m := x.last("ba")
		if m.Subject != "Báo cáo số liệu: 2 việc đến hạn" || !strings.Contains(m.Text, "Sở Số 1 còn 1") || !strings.Contains(m.Text, "Sở Số 3 còn 2") {
			t.Errorf("%q %q", m.Subject, m.Text)
		}
		// After the assignment has ended, only the own unit is left.
		x.on("2023-07-06 07:00", map[string]int{"truong": 2, "ba": 2})
		if m := x.last("ba"); strings.Contains(m.Text, "Sở Số 1") {
			t.Errorf("%q", m.Text)
		}
		// A server that died before it noted that all were written reminds nobody twice.
		x.Exec(`DELETE FROM reminder_round`)
		x.on("2023-07-06 07:05", map[string]int{"truong": 2, "ba": 2, "thutruong": 2})
	})
}

func TestProcessesRemindOnce(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := remind(t, d)
		x.Clock.To("2023-06-28 07:00")
		var work sync.WaitGroup
		for range 4 {
			other := New(d, x.Book, x.Gate, x.Years, x.Clock)
			x.process(other)
			work.Go(func() {
				if err := other.Remind(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		work.Wait()
		x.on("2023-06-28 07:00", map[string]int{"truong": 1, "ba": 1, "thutruong": 1})
	})
}

func TestPlanOfReminders(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := remind(t, d)
		block.Want(t, x.s.SetPlan(ctx, x.Officers[2], x.Year.ID, Plan{}), fault.Denied)
		block.Want(t, x.s.SetPlan(ctx, x.Stranger, x.Year.ID, Plan{}), fault.NotFound)
		x.Check(x.s.SetPlan(ctx, x.Officers[0], x.Year.ID, Plan{}))
		x.on("2023-06-28 08:00", map[string]int{"ba": 0})
		x.Check(x.s.SetPlan(ctx, x.Officers[1], x.Year.ID, Plan{Eve: true}))
		x.on("2023-06-28 09:00", map[string]int{"ba": 0})
		x.on("2023-07-04 08:00", map[string]int{"ba": 1})
		x.on("2023-07-06 08:00", map[string]int{"ba": 1})
		if p, err := x.s.Plan(ctx, d, x.Year.ID); err != nil || p.Week || !p.Eve || p.Late || p.Version != 2 {
			t.Errorf("%+v, %v", p, err)
		}
		x.State(t, cluster.Reviewed)
		block.Want(t, x.s.SetPlan(ctx, x.Officers[0], x.Year.ID, Plan{Week: true}), fault.Conflict)
	})
}

// A server that stood still for two days catches up; one that stood for longer
// waits for the next reminder.
func TestStages(t *testing.T) {
	for days, want := range map[int]string{8: "", 7: "week", 5: "week", 4: "", 2: "", 1: "eve", 0: "eve", -1: "late", -3: "late", -4: ""} {
		if got := stage(days); got != want {
			t.Errorf("%d days: %q", days, got)
		}
	}
}
