package app

import (
	"context"
	"fmt"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// latest is the content of a year's standing result; ok is false before one.
func latest(ctx context.Context, q db.Queryer, yearID string) (c assessment.Content, kind assessment.ResultKind, ok bool, err error) {
	r, there, err := assessment.Latest(ctx, q, yearID)
	if err != nil || !there {
		return c, "", false, err
	}
	c, err = r.Content()
	return c, r.Kind, err == nil, err
}

// rounds are a unit's totals in each round: the sum of what stands at the top
// of the sheet. A round that was not held gives nil.
func rounds(u assessment.ResultUnit) (self, check *points.Points) {
	add := func(sum **points.Points, p *points.Points) {
		if p == nil {
			return
		}
		if *sum == nil {
			*sum = new(points.Points)
		}
		**sum += *p
	}
	for _, it := range u.Items {
		if it.Depth == 0 {
			add(&self, it.Self)
			add(&check, it.Check)
		}
	}
	return self, check
}

// standings give the room of awards what the room of scores knows.
type standings struct{}

func (standings) Latest(ctx context.Context, q db.Queryer, yearID string) ([]award.Standing, error) {
	c, kind, ok, err := latest(ctx, q, yearID)
	if err != nil || !ok {
		return nil, err
	}
	var out []award.Standing
	for _, u := range c.Units {
		self, check := rounds(u)
		total := u.Total
		out = append(out, award.Standing{
			UnitID: u.Unit, Rank: u.Rank, Tied: u.Tied, Total: total, Self: self, Checked: check, Agreed: &total,
			Final: kind == assessment.Final, Why: locale.Text{Text: u.Why},
		})
	}
	return out, nil
}

func shown(p *points.Points) string {
	if p == nil {
		return ""
	}
	return vi.Points(*p)
}

// rankText is a rank as papers write it: a unit that is not considered has none.
func rankText(rank int) string {
	if rank == 0 {
		return "–"
	}
	return fmt.Sprint(rank)
}

// paperStanding adds the ranking and the proposals.
func (a *App) paperStanding(ctx context.Context, q db.Queryer, y cluster.Year, d *document.Data) error {
	c, kind, ok, err := latest(ctx, q, y.ID)
	if err != nil {
		return err
	}
	if ok {
		d.Provisional = kind != assessment.Final
		d.Illustrative = d.Illustrative || c.Illustrative
		for _, u := range c.Units {
			self, check := rounds(u)
			p := document.Place{Rank: rankText(u.Rank), Unit: u.Name, Self: shown(self), Check: shown(check), Agreed: vi.Points(u.Total)}
			switch {
			case u.Tied:
				p.Note = vi.T("đồng hạng")
			case u.Rank == 0:
				p.Note = u.Why
			}
			d.Standing = append(d.Standing, p)
		}
	}
	list, err := a.Awards.Read(ctx, q, y.ID)
	if err != nil {
		return err
	}
	for _, v := range list {
		if v.State != award.Proposed {
			continue
		}
		n := document.Nomination{Award: v.Kind.Name, Unit: v.Name, Grounds: v.Grounds, Quantity: v.Quantity}
		if v.Rank > 0 {
			n.Rank, n.Points = fmt.Sprint(v.Rank), vi.Points(v.Total)
		}
		if v.Vote != nil {
			n.Votes = fmt.Sprintf("%d/%d", v.Vote.Votes, v.Vote.Base)
		}
		d.Nominations = append(d.Nominations, n)
	}
	return nil
}

// publicResults adds the ranking and the proposals to what is published.
func (a *App) publicResults(ctx context.Context, q db.Queryer, y cluster.Year, d document.Data, snap *portal.Snapshot) error {
	c, kind, ok, err := latest(ctx, q, y.ID)
	if err != nil {
		return err
	}
	if ok {
		snap.Provisional = kind != assessment.Final
		for _, u := range c.Units {
			p := portal.Place{Rank: u.Rank, Tied: u.Tied, Unit: u.Name, Points: u.Total.Fixed(2)}
			if u.By != "" && u.By != "total" && !u.Tied { // of a tie that stands, the mark says all
				p.Why = u.Why
			}
			snap.Standing = append(snap.Standing, p)
		}
	}
	list, err := a.Awards.Read(ctx, q, y.ID)
	if err != nil {
		return err
	}
	for _, v := range list {
		if v.State != award.Proposed {
			continue
		}
		p := portal.Proposal{Award: v.Kind.Name, Unit: v.Name, Illustrative: v.Illustrative}
		if v.Vote != nil {
			p.Votes = fmt.Sprintf("%d/%d", v.Vote.Votes, v.Vote.Base)
		}
		snap.Proposals = append(snap.Proposals, p)
	}
	return nil
}
