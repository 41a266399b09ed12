package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/fault"
)

// awardFormView proposes units for a kind of award: each with its rank, points
// and votes beside it.
type awardFormView struct {
	Head     YearHead
	Kinds    []Option
	Units    []Option
	Polls    []Option
	Group    bool // a group that a source counts and does not name
	Warned   bool // the rules warn: a reason is wanted
	NoScores bool
}

func (s *Server) awardForm(q *Req) error {
	h, err := s.yearHead(q, "awards")
	if err != nil {
		return err
	}
	ctx := q.Ctx()
	if err := s.Gate.Must(ctx, s.DB, q.Actor, access.AwardPropose, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	if _, err := s.Years.During(ctx, s.DB, h.Year.ID, cluster.Reviewing); err != nil {
		return err
	}
	f := q.Form()
	f.Default("kind", q.Query("loai"))
	view := awardFormView{Head: h, Group: f.Get("label") != "", Warned: f.Errors["override"] != "" || f.Get("override") != "", NoScores: true}
	kinds, err := s.Awards.Kinds(ctx, s.DB)
	if err != nil {
		return err
	}
	short := map[string]string{}
	for _, k := range kinds {
		short[k.ID] = q.T(k.Short)
		o := Option{Value: k.ID, Text: k.Name}
		quota, err := s.quotaOf(ctx, h, k.ID)
		if err != nil {
			return err
		}
		if quota != nil {
			o.Hint = q.T("Đề nghị {.quota}", "quota", quota.Words())
			if !quota.Verified {
				o.Hint += " (" + q.T("chưa xác minh") + ")"
			}
		}
		view.Kinds = append(view.Kinds, o)
	}
	rows, err := s.Awards.Consolidate(ctx, q.Actor, h.Year.ID)
	if err != nil {
		return err
	}
	for _, r := range rows {
		view.NoScores = view.NoScores && r.Standing == nil
		view.Units = append(view.Units, Option{Value: r.UnitID, Text: r.Name, Hint: grounds(q, r, short)})
	}
	polls, err := s.Ballots.OfYear(ctx, s.DB, h.Year.ID, ballot.ForAward)
	if err != nil {
		return err
	}
	view.Polls = []Option{{Text: "Không dựa vào kết quả bỏ phiếu"}}
	for _, p := range polls {
		if p.State == ballot.Counted {
			view.Polls = append(view.Polls, Option{Value: p.ID, Text: short[p.AwardKind] + ": " + pollHead{Title: p.Title, Attempt: p.Attempt}.Label(q.Lang)})
			f.Default("poll", pollFor(polls, f.Get("kind")))
		}
	}
	return q.Render("award_propose", view)
}

// pollFor is the last counted poll about a kind.
func pollFor(polls []ballot.Poll, kind string) string {
	last := ""
	for _, p := range polls {
		if p.State == ballot.Counted && p.AwardKind == kind {
			last = p.ID
		}
	}
	return last
}

// grounds says what speaks for a unit: "Hạng 2 (đồng hạng) · 96,55 điểm · Cờ tỉnh 9/12".
func grounds(q *Req, r award.Row, short map[string]string) string {
	var parts []string
	if st := r.Standing; st != nil && st.Rank > 0 {
		text := q.T("Hạng {.rank}", "rank", st.Rank)
		if st.Tied {
			text += " (" + q.T("đồng hạng") + ")"
		}
		parts = append(parts, text, q.T("{.points} điểm", "points", q.Lang.Points(st.Total)))
	} else {
		parts = append(parts, q.T("chưa có thứ hạng"))
	}
	for _, v := range r.Votes {
		if v.Poll.Purpose == ballot.ForAward {
			parts = append(parts, q.T("{.award}: {.votes} trên {.base} phiếu, cần {.needed}", "award", short[v.Poll.AwardKind], "votes", v.Votes, "base", v.Base, "needed", v.Needed))
		}
	}
	for _, n := range r.Proposed {
		parts = append(parts, q.T("đã đề nghị {.award}", "award", short[n.KindID]))
	}
	return strings.Join(parts, " · ")
}

func (s *Server) awardPropose(q *Req) error {
	f := q.Form()
	p := award.Proposal{
		YearID: q.Path("year"), KindID: f.Get("kind"), Units: f.All("units"), Label: f.Get("label"), Quantity: f.Int("quantity"),
		PollID: f.Get("poll"), Grounds: f.Text("grounds"), Override: f.Get("override"),
	}
	list, err := s.Awards.Propose(q.Ctx(), q.Actor, p)
	if err != nil {
		if fault.Is(err, fault.Denied) || fault.Is(err, fault.NotFound) {
			return err
		}
		return q.Retry(err, s.awardForm)
	}
	return q.Redirect(yearPath(q.Path("year"), "awards"), "Đã đề nghị {.n} đơn vị.", "n", quantity(list))
}

func quantity(list []award.Nomination) int {
	n := 0
	for _, l := range list {
		n += l.Quantity
	}
	return n
}
