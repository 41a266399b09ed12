package meeting

import (
	"context"

	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Tasks are the meetings to come: the leader runs them, the members attend.
func (s *Service) Tasks(ctx context.Context, q db.Queryer, of task.Scope) ([]task.Task, error) {
	list, err := db.All[Meeting](ctx, q, `SELECT `+db.Prefixed("m", Meeting{})+` FROM meeting m JOIN meeting_year y ON y.meeting_id = m.id
		WHERE y.year_id = $1 AND m.state IN ($2, $3) ORDER BY m.starts_at`, of.Year.ID, Planned, Open)
	if err != nil {
		return nil, err
	}
	var out []task.Task
	for _, m := range list {
		t := task.Task{Kind: "meeting", YearID: of.Year.ID, Subject: m.ID, Title: locale.Msg("Dự hội nghị: {.title}", "title", m.Title), Due: m.Day(), Do: locale.Msg("Xem"),
			Detail: locale.Msg("{.time}, {.place}", "time", m.Starts, "place", m.Place)}
		if of.Leads {
			t.Title, t.Do = locale.Msg("Điều hành hội nghị: {.title}", "title", m.Title), locale.Msg("Mở")
		} else if len(of.Units) == 0 {
			continue
		}
		out = append(out, t)
	}
	return out, nil
}
