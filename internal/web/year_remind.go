package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// yearRemind reminds the units that a step waits for.
func (s *Server) yearRemind(q *Req) error {
	f := q.Form()
	id := q.Path("year")
	y, err := s.Years.See(q.Ctx(), q.Actor, id)
	if err != nil {
		return err
	}
	due, err := s.Years.Calendar(q.Ctx(), s.DB, id)
	if err != nil {
		return err
	}
	what, day := owedIn(y, f.Get("tab"), due)
	text := q.T("{.cluster} nhắc đơn vị {.what}.", "cluster", y.Short, "what", what)
	if day != "" {
		text = q.T("{.cluster} nhắc đơn vị {.what}, hạn {.due}.", "cluster", y.Short, "what", what, "due", day)
	}
	done, err := s.Task.Remind(q.Ctx(), q.Actor, id, f.Get("tab"), text, f.All("unit"))
	if err != nil {
		return q.Retry(err, s.yearShow)
	}
	return s.remindedOf(q, y, yearPath(id, ""), done)
}

// owedIn is what units owe on a tab of the year now, and by when.
func owedIn(y cluster.Year, tab string, due map[string]cluster.Deadline) (what locale.Text, day clock.Day) {
	for _, one := range []struct {
		tab      string
		during   cluster.Activity
		activity string
		what     locale.Text
	}{
		{"drafts", cluster.Writing, cluster.DueComment, locale.Msg("góp ý và thông qua dự thảo")},
		{"covenant", cluster.Signing, cluster.DueSign, locale.Msg("ký giao ước thi đua")},
		{"scores", cluster.SelfScore, cluster.DueSelf, locale.Msg("nộp bảng tự chấm điểm")},
		{"scores", cluster.CrossCheck, cluster.DueCheck, locale.Msg("nộp phiếu kiểm tra chéo")},
		{"progress", cluster.Reporting, "", locale.Msg("báo cáo số liệu")},
	} {
		if one.tab == tab && cluster.Open(y, one.during) {
			return one.what, due[one.activity].Due
		}
	}
	return locale.Msg("hoàn thành phần việc của bước hiện nay"), ""
}

// remindedOf says what became of a reminder, also whom no mail reaches.
func (s *Server) remindedOf(q *Req, y cluster.Year, to string, done task.Reminding) error {
	if len(done.Unheard) == 0 {
		return q.Redirect(to, "Đã nhắc {.n} đơn vị.", "n", len(done.Units))
	}
	names, err := s.unitNames(q, y, done.Unheard...)
	if err != nil {
		return err
	}
	var unheard []string
	for _, id := range done.Unheard {
		unheard = append(unheard, names[id].Name)
	}
	return q.Redirect(to, "Đã nhắc {.n} đơn vị trong việc cần làm của họ. Không ai nhận thư ở: {.units}.", "n", len(done.Units), "units", strings.Join(unheard, ", "))
}
