package e2e

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// promise is what the server has acknowledged to one writer, and what it may
// have done without a word: the request that was under way when it died.
type promise struct {
	year     string
	units    map[string]string // acknowledged: id → name
	due      string            // acknowledged day of the year's deadline, as typed
	underWay string            // day of the request that got no answer, "" for none
	requests int
}

// TestKilledServerKeepsWhatItAcknowledged kills a server that people are writing
// to, again and again, at a moment that chance chooses.
func TestKilledServerKeepsWhatItAcknowledged(t *testing.T) {
	const writers, rounds = 4, 6
	places(t, func(t *testing.T, p place) {
		h := furnish(t, p, writers)
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		chance := rand.New(rand.NewPCG(seed, 0))

		var people []*visitor
		var promises []*promise
		for w := range writers {
			people = append(people, newVisitor(t, ""))
			promises = append(promises, &promise{year: h.years[w], units: map[string]string{}})
		}
		for round := range rounds {
			s := start(t, p)
			for _, v := range people {
				v.base = s.URL
				// Sessions live through the kills as well: one sign-in is enough.
				if round == 0 {
					v.signIn("thuongtruc", password)
				}
			}
			var acknowledged atomic.Int64
			var writing sync.WaitGroup
			for w, v := range people {
				writing.Go(func() { promises[w].write(t, v, w, &acknowledged) })
			}
			for enough := 4 + chance.Int64N(40); acknowledged.Load() < enough; {
				select {
				case <-s.ended:
					t.Fatalf("the server died by itself: %v\n%s", s.err, s.log())
				case <-time.After(time.Millisecond):
				}
			}
			time.Sleep(time.Duration(chance.Int64N(int64(20 * time.Millisecond))))
			s.kill()
			writing.Wait()
			if t.Failed() {
				return
			}
		}
		examine(t, p, promises)
	})
}

// write enters units and moves a deadline until the server is gone.
func (p *promise) write(t *testing.T, v *visitor, writer int, acknowledged *atomic.Int64) {
	for {
		p.requests++
		if p.requests%2 == 0 {
			day := clock.Day("2023-01-01").Plus(p.requests)
			typed := fmt.Sprintf("%s/%s/%s", day[8:10], day[5:7], day[0:4])
			p.underWay = typed
			a, err := v.try(http.MethodPost, "/nam/"+p.year+"/han", url.Values{cluster.DueSign: {typed}})
			if err != nil {
				return
			}
			if a.status != http.StatusSeeOther {
				t.Errorf("a deadline: %d\n%s", a.status, a.body)
				return
			}
			p.due, p.underWay = string(day), ""
		} else {
			name := fmt.Sprintf("Ban Thử lửa số %d.%d", writer, p.requests)
			a, err := v.try(http.MethodPost, "/don-vi/moi", url.Values{"name": {name}, "kind": {string(org.Board)}, "level": {"tinh"}, "from": {"01/01/2023"}, "basis": {"thử"}})
			if err != nil {
				return
			}
			id, made := strings.CutPrefix(a.location, "/don-vi/")
			if a.status != http.StatusSeeOther || !made {
				t.Errorf("a unit: %d, %s\n%s", a.status, a.location, a.body)
				return
			}
			p.units[id] = name
		}
		acknowledged.Add(1)
	}
}

// examine opens the database as the next start would and looks for everything
// that was acknowledged, for halves of changes, and at the whole ledger.
func examine(t *testing.T, p place, promises []*promise) {
	t.Helper()
	ctx := context.Background()
	a, err := app.New(ctx, p.config(), clock.System{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	report, err := ledger.Verify(ctx, a.DB, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !report.OK() {
		t.Errorf("the ledger does not fit: %+v", report)
	}
	acknowledged := 0
	for _, one := range promises {
		for id, name := range one.units {
			acknowledged++
			names, err := a.Org.History(ctx, id)
			if err != nil || len(names) != 1 || names[0].Name != name {
				t.Errorf("the acknowledged unit %s is %v, %v", name, names, err)
			}
		}
		calendar, err := a.Years.Calendar(ctx, a.DB, one.year)
		if err != nil {
			t.Fatal(err)
		}
		if due := string(calendar[cluster.DueSign].Due); due != one.due && !sameDay(due, one.underWay) {
			t.Errorf("the deadline is %s; acknowledged was %s, under way %q", due, one.due, one.underWay)
		}
	}
	t.Logf("%d units acknowledged, %d entries, %d rows", acknowledged, report.Entries, report.Rows)
	// A unit comes with its name and two entries of the ledger, or not at all.
	for what, count := range map[string]string{
		"units without a name":        `SELECT COUNT(*) FROM unit u WHERE NOT EXISTS (SELECT 1 FROM unit_name n WHERE n.unit_id = u.id)`,
		"names without a unit":        `SELECT COUNT(*) FROM unit_name n WHERE NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = n.unit_id)`,
		"units unknown to the ledger": `SELECT COUNT(*) FROM unit u WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.kind = 'unit' AND e.subject = u.id)`,
	} {
		n, err := db.Count(ctx, a.DB, count)
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			t.Errorf("%d %s", n, what)
		}
	}
}

// sameDay compares a stored day with one as typed.
func sameDay(stored, typed string) bool {
	return len(typed) == 10 && stored == typed[6:10]+"-"+typed[3:5]+"-"+typed[0:2]
}
