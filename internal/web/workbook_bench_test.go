package web

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/domain/workbook"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/sheet"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

// BenchmarkClusterWorkbook takes the template of a whole cluster, fifty units
// with forty targets each and twelve periods, and brings it in filled: 24,000
// figures; then brings it in again with every figure corrected.
func BenchmarkClusterWorkbook(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { clusterWorkbook(b, store.SQLite(b), 50, 40, 12) })
	b.Run("postgres", func(b *testing.B) { clusterWorkbook(b, store.PostgreSQL(b), 50, 40, 12) })
}

func clusterWorkbook(b *testing.B, d *db.DB, units, targets, months int) {
	ctx := context.Background()
	x := block.Of(b, d, units)
	ind := indicator.New(d, x.Book, x.Gate, x.Years, x.Clock)
	room := workbook.New(d, x.Gate, x.Years, ind, ReadWorkbook, x.Clock, nil)
	defer room.Close()
	draft, version := db.NewID(), db.NewID()
	x.Exec(`INSERT INTO draft (id, version, year_id, kind, title, state, adopted_id, meeting_id) VALUES ($1, 1, $2, 'covenant', '', 'adopted', $3, '')`, draft, x.Year.ID, version)
	x.Exec(`INSERT INTO draft_version (id, version, draft_id, number, text, hash, sheet_version_id, note, circulated, account_id, at) VALUES ($1, 1, $2, 1, '', '', '', '', TRUE, '', 0)`, version, draft)
	x.State(b, cluster.Executing)
	x.Clock.To("2023-12-20 09:00")
	x.Check(d.InTx(ctx, func(tx *db.Tx) error {
		for i := range targets {
			g, err := indicator.Entry{Name: fmt.Sprintf("Chỉ tiêu số %d về thu ngân sách", i+1), Relation: target.Equal, Low: "1.200", Unit: "tỷ đồng"}.Goal()
			if err != nil {
				return err
			}
			if _, err := ind.Recognise(ctx, tx, access.Program, &g); err != nil {
				return err
			}
			for j, unit := range x.Units {
				a := indicator.Aim{ID: db.NewID(), VersionID: version, YearID: x.Year.ID, UnitID: unit, Place: i*units + j, Goal: g}
				if err := db.Insert(ctx, tx, "covenant_target", &a); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	var periods []indicator.Period
	for m := range months {
		periods = append(periods, indicator.Period(fmt.Sprintf("M%02d", m+1)))
	}
	took := func(name string, do func()) {
		start := time.Now()
		do()
		b.ReportMetric(float64(time.Since(start).Milliseconds()), name+"-ms")
	}
	q := &Req{Lang: locale.Vietnamese}
	file := func(shift int) []byte {
		t, err := room.Template(ctx, x.Standing, x.Year.ID, "", periods)
		x.Check(err)
		var forms []sheet.Form
		for m, p := range t.Pages {
			f := workbookForm(q, t, p)
			for i, row := range f.Rows {
				row[7], row[8] = 100*(m+1)+i%7+shift, "Báo cáo của đơn vị"
			}
			forms = append(forms, f)
		}
		var out bytes.Buffer
		x.Check(sheet.WriteForms(&out, workbookGuide, forms...))
		return out.Bytes()
	}
	bring := func(name string, body []byte) {
		var in workbook.Import
		var err error
		took(name+"-check", func() {
			in, err = room.Take(ctx, x.Standing, x.Year.ID, workbook.Upload{Name: "cum.xlsx", Body: bytes.NewReader(body), Lang: locale.Vietnamese})
			x.Check(err)
			room.Await(ctx, in.ID, 10*time.Minute)
		})
		in, err = room.Find(ctx, x.Standing, x.Year.ID, in.ID)
		x.Check(err)
		var sure []int
		took(name+"-preview", func() {
			plan, err := room.Plan(ctx, in)
			x.Check(err)
			for _, r := range plan.Rows {
				if len(r.Doubts) > 0 {
					sure = append(sure, r.N)
				}
			}
		})
		took(name+"-write", func() {
			if err := room.Write(ctx, x.Standing, &in, in.Version, workbook.Agreed{Reason: "Quyết toán lại", Sure: sure}); err != nil {
				b.Fatalf("%v %+v", fault.As(err), in.Tally())
			}
			room.Await(ctx, in.ID, 10*time.Minute)
		})
		in, err = room.Find(ctx, x.Standing, x.Year.ID, in.ID)
		x.Check(err)
		if in.State != workbook.Written {
			b.Fatalf("%s %s", in.State, in.Failure)
		}
	}
	// Once, whatever b.N: figures stand but once.
	var first []byte
	took("template", func() { first = file(0) })
	b.ReportMetric(float64(len(first)>>10), "file-KB")
	bring("new", first)
	bring("corrected", file(1))
}
