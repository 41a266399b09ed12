package assessment_test

import (
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/store"
)

// reporting is a block of two whose sheet goes by reported figures: A1 is a
// ratio, A2 demands none, A3 is passed when the target of B is met.
type reporting struct {
	scored
	ind  *indicator.Service
	aims map[string]string // by indicator name and unit number
}

func follow(t *testing.T, d *db.DB) reporting {
	t.Helper()
	r := reporting{scored: room(t, d, 2), aims: map[string]string{}}
	r.Put(cluster.Drafting)
	r.ind = indicator.New(d, r.Book, r.Gate, r.Years, r.Clock)
	r.s.Follow(r.ind)
	version, draft := db.NewID(), db.NewID()
	exec := func(sql string, args ...any) {
		t.Helper()
		r.Check(d.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, sql, args...)
			return err
		}))
	}
	exec(`INSERT INTO draft (id, version, year_id, kind, title, state, adopted_id, meeting_id) VALUES ($1, 1, $2, 'covenant', '', 'adopted', $3, '')`, draft, r.Year.ID, version)
	exec(`INSERT INTO draft_version (id, version, draft_id, number, text, hash, sheet_version_id, note, circulated, account_id, at) VALUES ($1, 1, $2, 1, '', '', '', '', TRUE, '', 0)`, version, draft)
	ids := map[string]string{}
	for name, e := range map[string]indicator.Entry{
		"vốn":     {Name: "Vốn đầu tư thu hút", Relation: target.AtLeast, Low: "1.250", Unit: "tỷ đồng"},
		"giảm":    {Name: "Số vụ tai nạn giao thông", Relation: target.Equal, Change: target.Decrease, Low: "5", Unit: "%"},
		"văn bản": {Name: "Văn bản xử lý quá hạn", Relation: target.None},
	} {
		for unit := range r.Units {
			g, err := e.Goal()
			r.Check(err)
			a := indicator.Aim{ID: db.NewID(), VersionID: version, YearID: r.Year.ID, UnitID: r.Units[unit].ID, Place: len(r.aims), Goal: g}
			r.Check(d.InTx(ctx, func(tx *db.Tx) error {
				if _, err := r.ind.Recognise(ctx, tx, access.Program, &a.Goal); err != nil {
					return err
				}
				return db.Insert(ctx, tx, "covenant_target", &a)
			}))
			ids[name] = a.IndicatorID
			r.aims[name+string(rune('0'+unit))] = a.ID
		}
	}
	body := strings.NewReplacer("VỐN", ids["vốn"], "GIẢM", ids["giảm"], "VĂN", ids["văn bản"]).Replace(`{"criteria":[
	 {"id":"A1","name":"Thu hút đầu tư","max":"40","indicator":"VỐN","rule":{"kind":"ratio"}},
	 {"id":"A2","name":"Kéo giảm tai nạn","max":"10","indicator":"GIẢM","rule":{"kind":"steps","base":"5","from":"5","per":"1","add":"1"}},
	 {"id":"A3","name":"Không có văn bản quá hạn","max":"5","indicator":"VĂN","rule":{"kind":"pass"}},
	 {"id":"B","name":"Phong trào","max":"10","rule":{"kind":"direct"}}]}`)
	sheets := criteria.New(d, r.Book, r.Gate, r.Years, r.Clock)
	v, err := sheets.Create(ctx, r.Leader(), criteria.NewSheet{At: criteria.Place{Year: r.Year.ID}, Name: "Bảng theo số liệu", Body: []byte(body)})
	r.Check(err)
	r.Check(d.InTx(ctx, func(tx *db.Tx) error {
		if err := sheets.Lock(ctx, tx, r.Leader(), v.ID); err != nil {
			return err
		}
		return r.Years.UseSheet(ctx, tx, r.Leader(), r.Year.ID, v.ID)
	}))
	r.Put(cluster.Executing)
	r.Clock.To("2023-12-20 09:00")
	return r
}

func (r reporting) report(unit int, name string, period indicator.Period, amount string, decrease bool) indicator.Figure {
	r.t.Helper()
	f, err := r.ind.Report(ctx, r.Officers[unit], r.Year.ID, indicator.Report{TargetID: r.aims[name+string(rune('0'+unit))], Period: period, Amount: amount, Decrease: decrease, Sure: true})
	r.Check(err)
	return f
}

func (r reporting) at(unit int, criterion string) assessment.At {
	r.t.Helper()
	g, err := r.s.Grid(ctx, r.Officers[unit], r.Year.ID, r.Units[unit].ID)
	r.Check(err)
	row, ok := g.Find(criterion)
	if !ok {
		r.t.Fatalf("no %s", criterion)
	}
	return row.Cells[assessment.Self]
}

// What a unit reported is not typed again: it stands in its sheet until it is
// handed in, and what stood then stays.
func TestReportedFiguresFlowIntoTheSheet(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := follow(t, d)
		r.report(1, "vốn", indicator.HalfYear, "600", false)
		if at := r.at(1, "A1"); !at.Cell.Missing || at.From != "" {
			t.Errorf("half a year says nothing of the year: %+v", at)
		}
		capital := r.report(1, "vốn", indicator.FullYear, "1.105", false)
		r.report(1, "giảm", indicator.FullYear, "7", true)
		r.report(1, "văn bản", indicator.FullYear, "0", false)
		for _, c := range []struct{ id, points, why string }{
			{"A1", "35.36", "40 × 1105/1250 = 35.36"},
			{"A2", "7", "5 + (7 − 5)/1 × 1 = 7"},
			{"A3", "5", "5 × 1 = 5"},
		} {
			at := r.at(1, c.id)
			if at.Cell.Points.String() != c.points || at.Cell.Why.Plain() != c.why || at.From != assessment.Reported || at.Cell.Missing || at.Differs {
				t.Errorf("%s: %s %q from %q", c.id, at.Cell.Points, at.Cell.Why.Plain(), at.From)
			}
		}
		if at := r.at(0, "A1"); !at.Cell.Missing {
			t.Errorf("one unit's figures are another's: %+v", at)
		}

		// Another figure than the reported one needs a reason; the same one none.
		mine := r.cell(assessment.Self, 1, "A1", "target", "1250", "actual", "1200")
		_, err := r.s.Save(ctx, r.Officers[1], mine)
		f := want(t, err, fault.Invalid)
		if f.All()[0].Field != "reason" {
			t.Errorf("field %q", f.All()[0].Field)
		}
		mine.Reason = "Cộng cả dự án cấp phép ngày 30/12"
		row := r.save(r.Officers[1], mine)
		if at := r.at(1, "A1"); !at.Differs || at.From != assessment.Self {
			t.Errorf("%+v", at)
		}
		back := r.cell(assessment.Self, 1, "A1")
		back.Version = row.Version
		r.save(r.Officers[1], back)
		if at := r.at(1, "A1"); at.From != assessment.Reported || at.Cell.Points.String() != "35.36" {
			t.Errorf("taken back: %+v", at)
		}

		r.save(r.Officers[1], r.cell(assessment.Self, 1, "B", "points", "8"))
		r.Check(r.s.HandIn(ctx, r.Officers[1], r.Year.ID, assessment.Self, r.Units[1].ID, false))
		_, err = r.ind.Correct(ctx, r.Officers[1], capital.ID, capital.Version, "Số chính thức", indicator.Report{TargetID: r.aims["vốn1"], Period: indicator.FullYear, Amount: "1.000", Sure: true})
		r.Check(err)
		at := r.at(1, "A1")
		if at.Cell.Points.String() != "35.36" || at.From != assessment.Self || at.Own.Reason == "" || !at.Differs {
			t.Errorf("a correction after the hand-in moved points: %+v", at)
		}
		// Taken back, the sheet follows the reports again.
		r.Check(r.s.Withdraw(ctx, r.Officers[1], r.Year.ID, assessment.Self, r.Units[1].ID, "Theo số chính thức"))
		if at := r.at(1, "A1"); at.Cell.Points.String() != "32" || at.From != assessment.Reported {
			t.Errorf("follows the correction: %s", at.Cell.Points)
		}
	})
}
