package assessment_test

import (
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/store"
)

// A unit objects to its agreed points in time; the year goes on when it was
// answered by somebody else, and what came of it is told by the points.
func TestAppeals(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		for i, actual := range []string{"1250", "1200", "1100"} {
			r.complete(i, actual, "8")
		}
		object := func(unit int, text string) (assessment.Appeal, error) {
			return r.s.Appeal(ctx, r.Officers[unit], r.Year.ID, r.Units[unit].ID, "B2", text)
		}
		_, err := object(2, "Sớm quá")
		want(t, err, fault.Conflict) // there are no agreed points yet
		r.Put(cluster.CrossScored)
		r.Check(r.Years.SetDeadline(ctx, r.Leader(), r.Year.ID, cluster.DueAppeal, "2023-12-15"))
		r.Clock.To("2023-12-15 16:00")

		_, err = object(2, " ")
		want(t, err, fault.Invalid)
		_, err = r.s.Appeal(ctx, r.Officers[1], r.Year.ID, r.Units[2].ID, "B2", "Thay người khác")
		want(t, err, fault.Denied)
		_, err = r.s.Appeal(ctx, r.Stranger, r.Year.ID, r.Units[2].ID, "B2", "Người ngoài")
		want(t, err, fault.NotFound)
		_, err = r.s.Appeal(ctx, r.Officers[2], r.Year.ID, r.Units[2].ID, "B", "Cả nhóm")
		want(t, err, fault.NotFound)
		a, err := object(2, "Có đủ bốn phong trào, đề nghị 12 điểm")
		r.Check(err)
		if a.Points.String() != "10" {
			t.Errorf("the points of then: %s", a.Points)
		}
		_, err = object(2, "Lần nữa")
		want(t, err, fault.Conflict)
		leaders, err := object(0, "Của đơn vị trưởng")
		r.Check(err)

		tasks, err := r.s.Tasks(ctx, d, task.Scope{Year: r.Year, Leads: true})
		r.Check(err)
		if len(tasks) != 1 || tasks[0].Title.Args["n"] != 2 {
			t.Errorf("%+v", tasks)
		}
		// Nobody answers the own unit's, or by right of another office.
		want(t, r.s.AnswerAppeal(ctx, r.Leader(), leaders.ID, leaders.Version, "Giữ điểm"), fault.Denied)
		want(t, r.s.AnswerAppeal(ctx, r.Officers[2], leaders.ID, leaders.Version, "Giữ điểm"), fault.Denied)
		want(t, r.s.AnswerAppeal(ctx, r.Leader(), a.ID, a.Version, " "), fault.Invalid)
		want(t, r.s.AnswerAppeal(ctx, r.Leader(), a.ID, a.Version+1, "Sửa điểm"), fault.Stale)
		more := r.cell(assessment.Agreed, 2, "B2", "points", "12")
		more.Reason = "Theo kiến nghị"
		r.save(r.Leader(), more)
		r.Check(r.s.AnswerAppeal(ctx, r.Leader(), a.ID, a.Version, "Sửa thành 12 điểm"))
		want(t, r.s.AnswerAppeal(ctx, r.Leader(), a.ID, a.Version+1, "Lần nữa"), fault.Conflict)

		said := func() (all []string) {
			moves, err := r.Years.Moves(ctx, r.Leader(), r.Year)
			r.Check(err)
			for _, m := range moves {
				for _, b := range m.Blockers {
					all = append(all, b.Text.Text)
				}
			}
			return all
		}
		if got := strings.Join(said(), "|"); !strings.Contains(got, "chưa được trả lời") || !strings.Contains(got, "còn được kiến nghị") {
			t.Errorf("goes on with an appeal open: %s", got)
		}
		r.Check(r.s.AnswerAppeal(ctx, r.Officers[1], leaders.ID, leaders.Version, "Giữ nguyên"))
		r.Clock.To("2023-12-16 08:00")
		if got := strings.Join(said(), "|"); strings.Contains(got, "kiến nghị") || strings.Contains(got, "Kiến nghị") {
			t.Errorf("stays for no reason: %s", got)
		}
		_, err = object(1, "Muộn")
		want(t, err, fault.Conflict)

		g, err := r.s.Grid(ctx, r.Officers[2], r.Year.ID, r.Units[2].ID)
		r.Check(err)
		row, _ := g.Find("B2")
		if len(row.Appeals) != 1 || row.Appeals[0].Answer != "Sửa thành 12 điểm" || row.Appeals[0].By == "" || row.Cells[assessment.Agreed].Cell.Points.String() != "12" || g.Appeal || g.Answer {
			t.Errorf("%+v", row.Appeals)
		}
	})
}
