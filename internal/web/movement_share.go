package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// cascadeView is who carries what of a movement's targets.
type cascadeView struct {
	Rows    []cascadeRow
	May     bool // the reader may say who carries what
	Targets []Option
	Bearers []Option
}

type cascadeRow struct {
	Name, Goal string
	Shares     []shareRow
	Say        locale.Text // how the sum stands to the target
	Tone       string
	Twice      string // units that may count twice
}

type shareRow struct {
	movement.Share
	Bearer string
	Text   string
	Pledge string // what the bearer's covenant says; "" where the reader sees none
	Short  bool   // it says less than the share
}

// movementCascade gathers the shares for the movement's page.
func (s *Server) movementCascade(q *Req, m movement.Movement, may bool) (cascadeView, error) {
	ctx, view := q.Ctx(), cascadeView{May: may}
	cascades, err := s.Movements.Cascades(ctx, s.DB, m)
	if err != nil {
		return view, err
	}
	clusters, units, err := s.bearers(q, m, &view)
	if err != nil {
		return view, err
	}
	var ids []string
	for _, c := range cascades {
		for _, h := range c.Shares {
			ids = append(ids, h.UnitID)
		}
	}
	names, err := org.Names(ctx, s.DB, clock.Today(s.Clock), ids...)
	if err != nil {
		return view, err
	}
	present := s.present(q)
	for _, c := range cascades {
		if c.Target.Measurable() && c.Target.Relation != "none" {
			view.Targets = append(view.Targets, Option{Value: c.Target.ID, Text: c.Target.Name + ": " + goalText(q.Lang, c.Target.Goal)})
		}
		if len(c.Shares) == 0 {
			continue
		}
		row := cascadeRow{Name: c.Target.Name, Goal: goalText(q.Lang, c.Target.Goal)}
		row.Say, row.Tone = balanceWords(q.Lang, c)
		for _, h := range c.Shares {
			one := shareRow{Share: h, Text: withUnit(q.Lang, q.Lang.Number(h.Amount), h.Unit)}
			y, seen := clusters[h.ClusterID]
			if h.UnitID != "" {
				one.Bearer = names[h.UnitID].Name
				y, seen = units[h.UnitID]
			} else if one.Bearer = y.Name; !seen {
				if one.Bearer, err = s.clusterName(q, h.ClusterID, m.Year); err != nil {
					return view, err
				}
			}
			if seen {
				if err := s.pledge(q, y, c.Target, present, &one); err != nil {
					return view, err
				}
			}
			row.Shares = append(row.Shares, one)
		}
		var twice []string
		for _, unit := range c.Twice {
			twice = append(twice, names[unit].Short)
		}
		row.Twice = strings.Join(twice, ", ")
		view.Rows = append(view.Rows, row)
	}
	return view, nil
}

// bearers offers the clusters of the organiser in the movement's year that the
// reader may see, and their members; it leads from either to the year.
func (s *Server) bearers(q *Req, m movement.Movement, view *cascadeView) (clusters, units map[string]cluster.Year, err error) {
	clusters, units = map[string]cluster.Year{}, map[string]cluster.Year{}
	years, err := s.Years.Visible(q.Ctx(), q.Actor, m.Year, "")
	if err != nil {
		return nil, nil, err
	}
	var members []Option
	for _, y := range years {
		c, err := s.Years.Cluster(q.Ctx(), s.DB, y.ClusterID)
		if err != nil {
			return nil, nil, err
		}
		if c.OrganiserID != m.OrganiserID {
			continue
		}
		clusters[c.ID] = y
		view.Bearers = append(view.Bearers, Option{Value: "cum:" + c.ID, Text: y.Name})
		all, err := s.Years.Members(q.Ctx(), s.DB, y)
		if err != nil {
			return nil, nil, err
		}
		for _, u := range all {
			if _, twice := units[u.UnitID]; !twice {
				members = append(members, Option{Value: "donvi:" + u.UnitID, Text: u.Name + " (" + y.Short + ")"})
			}
			units[u.UnitID] = y
		}
	}
	view.Bearers = append(view.Bearers, members...)
	return clusters, units, nil
}

// clusterName is the name of a cluster in a year that the reader may not open.
func (s *Server) clusterName(q *Req, clusterID string, year int) (string, error) {
	years, err := s.Years.YearsOf(q.Ctx(), s.DB, clusterID)
	for _, y := range years {
		if y.Year == year {
			return y.Name, nil
		}
	}
	return q.T("Cụm, khối khác"), err
}

// pledge finds what the bearer's covenant says about the target.
func (s *Server) pledge(q *Req, y cluster.Year, t movement.Target, present func(string) (string, error), row *shareRow) error {
	aims, err := s.Indicators.Aims(q.Ctx(), s.DB, y.ID)
	if err != nil || len(aims) == 0 {
		return err
	}
	row.Pledge = q.T("giao ước chưa có chỉ tiêu này")
	of, err := present(t.IndicatorID)
	if err != nil {
		return err
	}
	for _, a := range aims {
		if a.UnitID != row.UnitID {
			continue
		}
		on, err := present(a.IndicatorID)
		if err != nil {
			return err
		}
		if on == of {
			row.Pledge, row.Short = q.T("giao ước: {.goal}", "goal", goalText(q.Lang, a.Goal)), below(a.Goal, row.Share)
			return nil
		}
	}
	return nil
}

// present leads from an indicator's id to the one that it is now known by; it
// asks for each once.
func (s *Server) present(q *Req) func(id string) (string, error) {
	known := map[string]string{}
	return func(id string) (string, error) {
		if known[id] == "" {
			i, err := s.Indicators.Get(q.Ctx(), s.DB, id)
			if err != nil {
				return "", err
			}
			known[id] = i.ID
		}
		return known[id], nil
	}
}

// below tells whether a target asks for less than the share, where more is better.
func below(g indicator.Goal, h movement.Share) bool {
	low, err := rat(decimalOf(g.BaseLow))
	return err == nil && !g.Lower() && g.BaseUnit == h.BaseUnit && g.Change == "" && low.Cmp(h.Base()) < 0
}

// balanceWords says how the shares stand to their target.
func balanceWords(l locale.Lang, c movement.Cascade) (locale.Text, string) {
	sum, rest := withUnit(l, l.Number(c.Sum), c.Target.Unit), withUnit(l, l.Number(c.Rest), c.Target.Unit)
	switch c.Balance {
	case movement.Exact:
		return locale.Msg("Đã giao đủ {.sum}.", "sum", sum), "good"
	case movement.Within:
		return locale.Msg("Đã giao {.sum}, trong mức của chỉ tiêu.", "sum", sum), "good"
	case movement.Less:
		return locale.Msg("Đã giao {.sum}, còn {.rest} chưa giao cho ai.", "sum", sum, "rest", rest), "warn"
	case movement.More:
		return locale.Msg("Đã giao {.sum}, vượt chỉ tiêu {.rest}.", "sum", sum, "rest", rest), "warn"
	}
	return locale.Msg("Tỷ lệ, mức tăng không cộng được; phần giao chỉ để đối chiếu."), ""
}

// movementShare enters or changes who carries what.
func (s *Server) movementShare(q *Req) error {
	f := q.Form()
	in := movement.NewShare{MovementID: q.Path("id"), TargetID: f.Get("target"), Amount: f.Get("amount"), Unit: f.Get("unit"), Note: f.Get("note"), Version: f.Version(), Lang: q.Lang}
	kind, id, _ := strings.Cut(f.Get("bearer"), ":")
	switch kind {
	case "cum":
		in.ClusterID = id
	case "donvi":
		in.UnitID = id
	}
	if _, err := s.Movements.SetShare(q.Ctx(), q.Actor, in); err != nil {
		return q.Retry(unseen(err), s.movementShow)
	}
	return q.Redirect(movementsPath+"/"+q.Path("id")+"#phan-bo", "Đã giao phần chỉ tiêu.")
}

func (s *Server) movementShareRemove(q *Req) error {
	f := q.Form()
	if err := s.Movements.RemoveShare(q.Ctx(), q.Actor, f.Get("id"), f.Version()); err != nil {
		return q.Retry(unseen(err), s.movementShow)
	}
	return q.Redirect(movementsPath+"/"+q.Path("id")+"#phan-bo", "Đã bỏ phần giao. Sổ cái vẫn giữ.")
}
