package web

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// awardListView is the tab Khen thưởng: proposals by kind with their grounds,
// decisions, money.
type awardListView struct {
	Head       YearHead
	Groups     []awardGroup
	Live       int // proposals that stand
	MayPropose bool
	MayDecide  bool
	MayMeet    bool // may read the meetings that voted
	Above      proceedingView
	Decisions  []award.Decision
	Payments   []paymentRow
}

// awardGroup is a kind with its proposals and the quota in force.
type awardGroup struct {
	Kind  award.Kind
	Rows  []awardRow
	Live  int
	Quota *rulebook.Rule
}

type awardRow struct {
	award.View
	Own       bool
	Withdrawn bool
	MayTake   bool   // take back
	Path      string // where the form that takes it back is sent
}

type paymentRow struct {
	Name   string
	Awards []award.Payable
	Total  []locale.Text
}

func (s *Server) awardList(q *Req) error {
	h, err := s.yearHead(q, "awards")
	if err != nil {
		return err
	}
	ctx := q.Ctx()
	view := awardListView{Head: h}
	propose, err := s.Gate.Can(ctx, s.DB, q.Actor, access.AwardPropose, access.Record{Year: h.Year.ID})
	if err != nil {
		return err
	}
	decide, err := s.Gate.Can(ctx, s.DB, q.Actor, access.AwardDecide, access.Record{Year: h.Year.ID})
	if err != nil {
		return err
	}
	if view.MayMeet, err = s.Gate.Can(ctx, s.DB, q.Actor, access.MeetingRead, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	view.MayPropose = propose && cluster.Open(h.Year, cluster.Reviewing)
	view.MayDecide = decide && cluster.Open(h.Year, cluster.Deciding)
	if view.Groups, err = s.awardGroups(q, h, propose && cluster.Open(h.Year, cluster.Meeting)); err != nil {
		return err
	}
	for _, g := range view.Groups {
		view.Live += g.Live
	}
	if view.Decisions, err = s.Awards.Decisions(ctx, q.Actor, h.Year.ID); err != nil {
		return err
	}
	if view.Above, err = s.proceedingsOf(q, h, decide); err != nil {
		return err
	}
	if view.Payments, err = s.payments(q, h); err != nil {
		return err
	}
	return q.Render("award_list", view)
}

// awardGroups are the kinds that have proposals, in the catalogue's order.
func (s *Server) awardGroups(q *Req, h YearHead, mayTake bool) ([]awardGroup, error) {
	list, err := s.Awards.List(q.Ctx(), q.Actor, h.Year.ID)
	if err != nil {
		return nil, err
	}
	var groups []awardGroup
	for _, v := range list {
		if n := len(groups); n == 0 || groups[n-1].Kind.ID != v.Kind.ID {
			g := awardGroup{Kind: v.Kind}
			if g.Quota, err = s.quotaOf(q.Ctx(), h, v.Kind.ID); err != nil {
				return nil, err
			}
			groups = append(groups, g)
		}
		g := &groups[len(groups)-1]
		row := awardRow{View: v, Own: h.Is(v.UnitID), Withdrawn: v.State == award.Withdrawn, Path: h.Path("awards") + "/rut/" + v.ID}
		if !row.Withdrawn {
			g.Live += v.Quantity
			row.MayTake = mayTake && v.Awarded == nil
		}
		g.Rows = append(g.Rows, row)
	}
	return groups, nil
}

// quotaOf is the quota of a kind in force today; nil where there is none.
func (s *Server) quotaOf(ctx context.Context, h YearHead, kind string) (*rulebook.Rule, error) {
	r, ok, err := s.Rulebook.Maybe(ctx, s.DB, rulebook.Quota(kind), h.Cluster.OrganiserID, h.Today)
	if err != nil || !ok {
		return nil, err
	}
	return &r, nil
}

func (s *Server) payments(q *Req, h YearHead) ([]paymentRow, error) {
	list, err := s.Awards.Payments(q.Ctx(), q.Actor, h.Year.ID)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range list {
		ids = append(ids, p.UnitID)
	}
	names, err := org.Names(q.Ctx(), s.DB, h.Year.Day(clock.Today(s.Clock)), ids...)
	if err != nil {
		return nil, err
	}
	var rows []paymentRow
	for _, p := range list {
		row := paymentRow{Name: names[p.UnitID].Name, Awards: p.Awards}
		for _, m := range p.Total {
			row.Total = append(row.Total, rulebook.Money(m).Words())
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (s *Server) awardWithdraw(q *Req) error {
	f := q.Form()
	if err := s.Awards.Withdraw(q.Ctx(), q.Actor, q.Path("nomination"), f.Get("reason"), f.Version()); err != nil {
		return q.Retry(err, s.awardList)
	}
	return q.Redirect(yearPath(q.Path("year"), "awards"), "Đã rút đề nghị; đề nghị và lý do vẫn lưu trong danh sách.")
}
