package web

import (
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/platform/clock"
)

// yearMove moves the year on.
func (s *Server) yearMove(q *Req) error {
	f := q.Form()
	id, to := q.Path("year"), cluster.State(f.Get("to"))
	if err := s.Years.Go(q.Ctx(), q.Actor, id, to, f.Version()); err != nil {
		return q.Retry(err, s.yearShow)
	}
	return q.Redirect(yearPath(id, ""), "{.doing}.", "doing", q.T(to.Stage().Doing))
}

// yearBack moves the year back, with a reason.
func (s *Server) yearBack(q *Req) error {
	f := q.Form()
	id, to := q.Path("year"), cluster.State(f.Get("to"))
	if err := s.Years.GoBack(q.Ctx(), q.Actor, id, to, f.Get("reason"), f.Version()); err != nil {
		return q.Retry(err, s.yearShow)
	}
	return q.Redirect(yearPath(id, ""), "Đã lùi về bước “{.state}”. Lý do được lưu trong sổ cái.", "state", q.T(to.Stage().Name))
}

// yearDeadline sets a deadline.
func (s *Server) yearDeadline(q *Req) error {
	f := q.Form()
	id := q.Path("year")
	days := map[string]clock.Day{}
	for _, d := range cluster.Deadlines {
		if f.Get(d.Activity) != "" {
			days[d.Activity] = f.Day(d.Activity)
		}
	}
	if err := s.Years.SetCalendar(q.Ctx(), q.Actor, id, days); err != nil {
		return q.Retry(err, s.yearShow)
	}
	return q.Redirect(yearPath(id, ""), "Đã lưu lịch của năm.")
}

// yearMovement ties the year to a launched movement.
func (s *Server) yearMovement(q *Req) error {
	id := q.Path("year")
	if err := s.Years.SetMovement(q.Ctx(), q.Actor, id, q.Form().Get("movement")); err != nil {
		return q.Retry(err, s.yearShow)
	}
	return q.Redirect(yearPath(id, ""), "Đã gắn năm thi đua với phong trào.")
}

// publicationCreate puts the year's results or covenant before the public.
func (s *Server) publicationCreate(q *Req) error {
	kind := portal.Kind(q.Form().Get("kind"))
	p, err := s.Portal.Publish(q.Ctx(), q.Actor, q.Path("year"), kind)
	if err != nil {
		return q.Retry(err, s.yearShow)
	}
	return q.Redirect(publicPath+"/"+p.ID, "Đã công bố: {.what}.", "what", q.T(publicationName(kind)))
}
