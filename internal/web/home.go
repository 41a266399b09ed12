package web

import (
	"net/http"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// homePath is where a person begins: what there is to do.
const homePath = "/viec-can-lam"

// home leads everybody to where they begin.
func (s *Server) home(q *Req) error {
	if q.Actor.SignedIn() {
		http.Redirect(q.W, q.R, homePath, http.StatusSeeOther)
		return nil
	}
	empty, err := s.Account.Empty(q.Ctx())
	if err != nil {
		return err
	}
	to := signInPath
	if empty {
		to = setupPath
	}
	http.Redirect(q.W, q.R, to, http.StatusSeeOther)
	return nil
}

// homeView is what I must do, then the clusters I belong to.
type homeView struct {
	Todos   []Todo
	Late    []overdueRow // units that are late, for those who remind them
	Notices []task.Notice
	Mine    []mineRow
	Places  []string
}

type mineRow struct {
	cluster.Year
	Doing  locale.Text
	Missed *missedView
}

// homeShow lists the tasks, the most urgent first.
func (s *Server) homeShow(q *Req) error {
	ctx := q.Ctx()
	tasks, years, err := s.Task.Mine(ctx, q.Actor)
	if err != nil {
		return err
	}
	var view homeView
	names := map[string]string{}
	today := clock.Today(s.Clock)
	missed, err := s.Years.MissedOf(ctx, s.DB, years, today)
	if err != nil {
		return err
	}
	overdue := map[string]*missedView{}
	for _, y := range years {
		names[y.ID] = y.Short + " " + locale.Year(y.Year)
		overdue[y.ID] = missedOf(missed, y, today)
		view.Mine = append(view.Mine, mineRow{y, locale.Msg(y.State.Stage().Doing), overdue[y.ID]})
	}
	if view.Late, err = s.late(q, years, overdue); err != nil {
		return err
	}
	places, err := s.Account.Places(ctx, q.Actor)
	if err != nil {
		return err
	}
	own := map[string]bool{}
	for _, p := range places {
		if p.From <= today && today < p.To && p.UnitName != "" {
			view.Places = append(view.Places, p.UnitName)
			own[p.UnitID] = true
		}
	}
	var whose []string
	for _, t := range tasks {
		if t.UnitID != "" {
			whose = append(whose, t.UnitID)
		}
	}
	units, err := org.Names(ctx, s.DB, today, unique(whose)...)
	if err != nil {
		return err
	}
	for i, t := range tasks {
		due, tone := dueWords(t, today)
		note := q.T("{.where}", "where", names[t.YearID])
		// What is done in the place of a unit that ended says so: the same may be to do for several.
		if t.UnitID != "" && !own[t.UnitID] {
			note += " · " + q.T("làm thay {.unit}", "unit", units[t.UnitID].Name)
		} else if t.UnitID != "" && len(unique(whose)) > 1 {
			note += " · " + units[t.UnitID].Name
		}
		if t.Detail.Text != "" {
			note += " · " + q.T(t.Detail.Text, flat(t.Detail)...)
		}
		view.Todos = append(view.Todos, Todo{Path: taskPath(t), Title: t.Title, Note: note, Due: due, Tone: tone, Action: t.Do, First: i == 0})
	}
	if view.Notices, err = s.Task.Notices(ctx, q.Actor); err != nil {
		return err
	}
	return q.Render("home", view)
}

func flat(t locale.Text) []any {
	var kv []any
	for k, v := range t.Args {
		kv = append(kv, k, v)
	}
	return kv
}

// dueWords says how much time is left, with the tone of its tag.
func dueWords(t task.Task, today clock.Day) (any, string) {
	if t.Due == "" {
		return nil, ""
	}
	switch n := t.Days(today); {
	case n < 0:
		return locale.Msg("Quá hạn {.n} ngày", "n", -n), "bad"
	case n == 0:
		return locale.Msg("Hạn hôm nay"), "bad"
	case n <= 7:
		return locale.Msg("Còn {.n} ngày", "n", n), "warn"
	}
	return locale.Msg("Đến {.day}", "day", t.Due), ""
}

// taskPaths say where a kind of task is done; {s} is its subject, {u} its unit.
var taskPaths = map[string]func(t task.Task) string{
	"move":        func(t task.Task) string { return yearPath(t.YearID, "") },
	"comment":     func(t task.Task) string { return yearPath(t.YearID, "drafts") },
	"draft":       func(t task.Task) string { return yearPath(t.YearID, "drafts") },
	"sign":        func(t task.Task) string { return yearPath(t.YearID, "covenant") },
	"signatures":  func(t task.Task) string { return yearPath(t.YearID, "covenant") + "#chu-ky" },
	"amend":       func(t task.Task) string { return paperPath(t.YearID, draft.Covenant) },
	"report":      func(t task.Task) string { return reportPath(t.YearID, t.Subject) },
	"self_score":  func(t task.Task) string { return yearPath(t.YearID, "scores") + "/" + t.UnitID },
	"cross_check": func(t task.Task) string { return yearPath(t.YearID, "scores") + "/" + t.Subject + "?vong=check" },
	"agree":       func(t task.Task) string { return yearPath(t.YearID, "scores") },
	"count":       func(t task.Task) string { return "/phieu/" + t.Subject + "/kiem" },
	"meeting":     func(t task.Task) string { return meetingPath(t.Subject, "") },
	"nominate":    func(t task.Task) string { return yearPath(t.YearID, "awards") },
	"document":    func(t task.Task) string { return yearPath(t.YearID, "documents") },
}

func taskPath(t task.Task) string {
	if f := taskPaths[t.Kind]; f != nil {
		return f(t)
	}
	return yearPath(t.YearID, "")
}
