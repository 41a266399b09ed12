package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/cluster"
)

// decisionFormView records a decision that grants proposals.
type decisionFormView struct {
	Head      YearHead
	Proposals []Option
}

func (s *Server) decisionForm(q *Req) error {
	h, err := s.yearHead(q, "awards")
	if err != nil {
		return err
	}
	ctx := q.Ctx()
	if err := s.Gate.Must(ctx, s.DB, q.Actor, access.AwardDecide, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	if _, err := s.Years.During(ctx, s.DB, h.Year.ID, cluster.Deciding); err != nil {
		return err
	}
	view := decisionFormView{Head: h}
	list, err := s.Awards.List(ctx, q.Actor, h.Year.ID)
	if err != nil {
		return err
	}
	for _, v := range list {
		if v.State == award.Proposed && v.Awarded == nil {
			view.Proposals = append(view.Proposals, Option{Value: v.ID, Text: v.Name, Hint: v.Kind.Name})
		}
	}
	f := q.Form()
	f.Default("authority", h.Organiser.Name)
	f.Default("subject", q.T("Về việc khen thưởng thành tích năm {.year} của {.name}", "year", h.YearNo(), "name", h.Year.Name))
	return q.Render("award_decide", view)
}

// decisionRevoke takes a decision back.
func (s *Server) decisionRevoke(q *Req) error {
	f := q.Form()
	if err := s.Awards.Revoke(q.Ctx(), q.Actor, q.Path("decision"), f.Get("reason"), f.Version()); err != nil {
		return q.Retry(err, s.awardList)
	}
	return q.Redirect(yearPath(q.Path("year"), "awards"), "Đã hủy quyết định; các đề nghị trở lại chờ quyết định.")
}

func (s *Server) decisionRecord(q *Req) error {
	f := q.Form()
	d, err := s.Awards.Decide(q.Ctx(), q.Actor, award.NewDecision{
		YearID: q.Path("year"), Number: f.Get("number"), Day: f.Day("day"), Authority: f.Get("authority"),
		Signer: f.Get("signer"), Subject: f.Get("subject"), Nominations: f.All("nominations"),
	})
	if err != nil {
		return q.Retry(err, s.decisionForm)
	}
	return q.Redirect(yearPath(q.Path("year"), "awards"), "Đã ghi Quyết định số {.number} ngày {.day}.", "number", d.Number, "day", d.Day)
}
