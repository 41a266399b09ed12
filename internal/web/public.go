package web

import (
	"strconv"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/portal"
)

type publicListView struct{ Items []portal.Publication }

// publicList is the front page for citizens and press.
func (s *Server) publicList(q *Req) error {
	year, _ := strconv.Atoi(q.Query("nam")) // anything else shows every year
	items, err := s.Portal.List(q.Ctx(), q.Query("tim"), year)
	if err != nil {
		return err
	}
	return q.Render("public_list", publicListView{items})
}

type publicShowView struct {
	portal.Publication
	Is          string // the kind
	Snap        portal.Snapshot
	Views       int
	MayWithdraw bool
}

func (s *Server) publicShow(q *Req) error {
	ctx := q.Ctx()
	p, snap, err := s.Portal.Read(ctx, q.Path("id"))
	if err != nil {
		return err
	}
	view := publicShowView{Publication: p, Is: string(p.Kind), Snap: snap}
	if view.Views, err = s.Portal.Seen(ctx, p.ID); err != nil {
		return err
	}
	if view.MayWithdraw, err = s.Gate.Can(ctx, s.DB, q.Actor, access.Publish, access.Record{Year: p.YearID}); err != nil {
		return err
	}
	return q.Render("public_show", view)
}

func (s *Server) publicationWithdraw(q *Req) error {
	if err := s.Portal.Withdraw(q.Ctx(), q.Actor, q.Path("id"), q.Form().Get("reason")); err != nil {
		return q.Retry(err, s.publicShow)
	}
	return q.Redirect(publicPath, "Đã gỡ nội dung; lý do được lưu trong sổ cái.")
}
