package assessment_test

import (
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/store"
)

// A unit that is knocked out has no place, one that is held is kept apart and
// learns which it would take, a cap brings the grade down; each with what it
// rests on, and until it is cleared.
func TestMarks(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 4)
		r.Put(cluster.Drafting)
		sheets := criteria.New(d, r.Book, r.Gate, r.Years, r.Clock)
		graded := strings.Replace(sheet, `"ties":["A1"]`, `"ties":["A1"],
		 "grades":[{"id":"xs","name":"Xuất sắc","from":"60"},{"id":"t","name":"Tốt","from":"50","to":"60"},{"id":"k","name":"Khác","otherwise":true}],
		 "caps":[{"id":"kl","name":"Người đứng đầu bị kỷ luật","grade":"t"}],
		 "knockouts":[{"id":"kx","name":"Để xảy ra tham nhũng"}],"holds":[{"id":"tt","name":"Đang thanh tra"}]`, 1)
		v, err := sheets.Create(ctx, r.Leader(), criteria.NewSheet{At: criteria.Place{Year: r.Year.ID}, Name: "Có mức", Body: []byte(graded)})
		r.Check(err)
		r.Check(d.InTx(ctx, func(tx *db.Tx) error { return r.Years.UseSheet(ctx, tx, r.Leader(), r.Year.ID, v.ID) }))
		r.Put(cluster.Executing)
		for i, actual := range []string{"1250", "1200", "1150", "1100"} {
			r.complete(i, actual, "8")
		}
		r.Put(cluster.CrossScored)
		mark := func(unit int, id string, applies bool, reason string, version int64) error {
			return r.s.Mark(ctx, r.Leader(), assessment.Marking{Year: r.Year.ID, Unit: r.Units[unit].ID, Mark: id, Applies: applies, Reason: reason, Version: version})
		}
		want(t, mark(0, "tt", true, " ", 0), fault.Invalid)
		want(t, mark(0, "zz", true, "Không có điều kiện này", 0), fault.Invalid)
		want(t, mark(0, "A1", true, "Một tiêu chí không phải điều kiện", 0), fault.Invalid)
		want(t, r.s.Mark(ctx, r.Officers[2], assessment.Marking{Year: r.Year.ID, Unit: r.Units[0].ID, Mark: "tt", Applies: true, Reason: "Không có quyền"}), fault.Denied)
		r.Check(mark(0, "tt", true, "Quyết định thanh tra 12/QĐ-TTr", 0))
		r.Check(mark(1, "kl", true, "Quyết định kỷ luật 3/QĐ", 0))
		r.Check(mark(3, "kx", true, "Kết luận 7/KL", 0))
		want(t, mark(3, "kx", true, "Lần nữa", 1), fault.Conflict)
		want(t, mark(3, "kx", false, "Trang cũ", 0), fault.Stale)

		at := func(unit int) assessment.UnitStanding {
			st, err := r.s.See(ctx, r.Officers[2], r.Year.ID, assessment.Agreed)
			r.Check(err)
			for _, u := range st.Units {
				if u.Member.UnitID == r.Units[unit].ID {
					return u
				}
			}
			t.Fatal("not there")
			return assessment.UnitStanding{}
		}
		say := func(u assessment.UnitStanding) string { return u.Place.Why.Text }
		if u := at(0); u.Place.Rank != 0 || u.Considered() || !strings.HasPrefix(say(u), "Tạm giữ") || u.Place.Why.Args["rank"] != 1 || u.Marked[0].Reason != "Quyết định thanh tra 12/QĐ-TTr" {
			t.Errorf("held: %+v %+v", u.Place, u.Marked)
		}
		if u := at(1); u.Place.Rank != 1 || u.Score.Graded.Grade.ID != "t" || len(u.Score.Graded.Caps) != 1 {
			t.Errorf("capped: %+v %+v", u.Place, u.Score.Graded)
		}
		if u := at(2); u.Place.Rank != 2 || u.Score.Graded.Grade.ID != "xs" {
			t.Errorf("free: %+v %+v", u.Place, u.Score.Graded)
		}
		if u := at(3); u.Place.Rank != 0 || !strings.HasPrefix(say(u), "Không được xét") {
			t.Errorf("knocked out: %+v", u.Place)
		}
		// While one is held nothing is final.
		_, err = r.s.Finalise(ctx, r.Leader(), r.Year.ID, assessment.Final)
		want(t, err, fault.Invalid)
		kept, err := r.s.Finalise(ctx, r.Leader(), r.Year.ID, assessment.Provisional)
		r.Check(err)
		c, err := kept.Content()
		r.Check(err)
		if last := c.Units[3]; c.Units[0].Unit != r.Units[1].ID || c.Units[0].Grade != "Tốt" || last.Rank != 0 || len(last.Marks) != 1 {
			t.Errorf("%+v", c.Units)
		}
		r.Check(mark(0, "tt", false, "Kết luận thanh tra: không vi phạm", 1))
		if u := at(0); u.Place.Rank != 1 || len(u.Marked) != 0 {
			t.Errorf("cleared: %+v", u.Place)
		}
		_, err = r.s.Finalise(ctx, r.Leader(), r.Year.ID, assessment.Final)
		r.Check(err)
	})
}

// Where a sheet says that without evidence there are no points, there are none
// until a file stands, and none again when it is withdrawn.
func TestPointsThatNeedEvidence(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 2)
		r.Put(cluster.Drafting)
		sheets := criteria.New(d, r.Book, r.Gate, r.Years, r.Clock)
		v, err := sheets.Create(ctx, r.Leader(), criteria.NewSheet{At: criteria.Place{Year: r.Year.ID}, Name: "Có minh chứng mới có điểm", Body: []byte(strings.Replace(sheet, `"evidence":true`, `"evidence":"required"`, 1))})
		r.Check(err)
		r.Check(d.InTx(ctx, func(tx *db.Tx) error { return r.Years.UseSheet(ctx, tx, r.Leader(), r.Year.ID, v.ID) }))
		r.Put(cluster.Executing)
		row := r.save(r.Officers[1], r.cell(assessment.Self, 1, "A1", "target", "1250", "actual", "1250"))
		points := func() string {
			g, err := r.s.Grid(ctx, r.Officers[1], r.Year.ID, r.Units[1].ID)
			r.Check(err)
			a1, _ := g.Find("A1")
			if len(a1.Cells[assessment.Self].Inputs) != 2 {
				t.Errorf("the inputs as entered: %v", a1.Cells[assessment.Self].Inputs)
			}
			return a1.Cells[assessment.Self].Cell.Points.String()
		}
		if row.Points != 0 || points() != "0" {
			t.Errorf("without a file: %s, %s", row.Points, points())
		}
		r.prove(1, "A1")
		if got := points(); got != "40" {
			t.Errorf("with a file: %s", got)
		}
	})
}
