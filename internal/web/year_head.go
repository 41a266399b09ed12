package web

import (
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// YearHead stands at the top of every page of a cluster's year: its name, who
// leads it, the course of the year, the next step with what blocks it, and the
// tabs. Pages embed it as Head and begin with {{template "year" .V.Head}}.
type YearHead struct {
	Year      cluster.Year
	Cluster   cluster.Cluster
	Organiser org.View
	Members   []cluster.Member
	Leaders   []Leading
	Steps     []Step
	Doing     locale.Text
	Next      []NextStep
	Tabs      []Tab
	Years     []cluster.Year // the cluster's other years that the reader may see
	Leads     bool           // the actor acts for the leader or deputy today
	LeadsFrom clock.Day      // when the actor's unit begins to, if it has not
	Standing  bool           // the actor is of the organiser's standing body
	Own       []string       // the actor's units among the members
	Today     clock.Day
}

// Leading is a unit that holds an office, in words.
type Leading struct {
	Office, Name, Reference string
	Basis                   cluster.Basis
	From, To                clock.Day
}

// NextStep is a move that the page offers or explains.
type NextStep struct {
	cluster.Move
	Blocks []Block
}

// Block is a blocker with the names of whom it waits for and where to mend it.
type Block struct {
	Text  locale.Text
	Path  string
	Units []string // names
	IDs   []string
	Tab   string
}

// Tabs of a year in order; part is the last piece of the address.
var yearTabs = []struct{ key, part, text string }{
	{"overview", "", "Tổng quan"},
	{"members", "thanh-vien", "Thành viên"},
	{"drafts", "van-ban", "Văn bản"},
	{"covenant", "giao-uoc", "Giao ước"},
	{"progress", "tien-do", "Tiến độ"},
	{"scores", "cham-diem", "Chấm điểm"},
	{"meetings", "binh-xet", "Bình xét"},
	{"awards", "khen-thuong", "Khen thưởng"},
	{"documents", "ho-so", "Hồ sơ"},
	{"ledger", "so-cai", "Sổ cái"},
}

// yearPath is the address of a tab of a year.
func yearPath(id, tab string) string {
	for _, t := range yearTabs {
		if t.key == tab && t.part != "" {
			return "/nam/" + id + "/" + t.part
		}
	}
	return "/nam/" + id
}

// yearHead reads the year of the path for the actor, who must be allowed to see
// it, and marks the tab.
func (s *Server) yearHead(q *Req, tab string) (YearHead, error) {
	return s.headOf(q, q.Path("year"), tab)
}

func (s *Server) headOf(q *Req, yearID, tab string) (YearHead, error) {
	ctx := q.Ctx()
	h := YearHead{Today: clock.Today(s.Clock)}
	var err error
	if h.Year, err = s.Years.See(ctx, q.Actor, yearID); err != nil {
		return h, err
	}
	if h.Cluster, err = s.Years.Cluster(ctx, s.DB, h.Year.ClusterID); err != nil {
		return h, err
	}
	if h.Members, err = s.Years.Members(ctx, s.DB, h.Year); err != nil {
		return h, err
	}
	names, err := org.Names(ctx, s.DB, h.Year.Day(h.Today), h.Cluster.OrganiserID)
	if err != nil {
		return h, err
	}
	h.Organiser = names[h.Cluster.OrganiserID]
	if err := s.offices(&h); err != nil {
		return h, err
	}
	if err := s.standing(q, &h); err != nil {
		return h, err
	}
	h.Doing = locale.Msg(h.Year.State.Stage().Doing)
	h.Steps = courseOf(h.Year.State)
	moves, err := s.Years.Moves(ctx, q.Actor, h.Year)
	if err != nil {
		return h, err
	}
	for _, m := range moves {
		h.Next = append(h.Next, NextStep{m, h.blocks(m.Blockers)})
	}
	years, err := s.Years.YearsOf(ctx, s.DB, h.Year.ClusterID)
	if err != nil {
		return h, err
	}
	for _, y := range years {
		ok, err := s.Gate.Can(ctx, s.DB, q.Actor, access.ClusterRead, access.Record{Year: y.ID})
		if err != nil {
			return h, err
		}
		if ok {
			h.Years = append(h.Years, y)
		}
	}
	for _, t := range yearTabs {
		h.Tabs = append(h.Tabs, Tab{Path: yearPath(h.Year.ID, t.key), Text: t.text, Here: t.key == tab})
	}
	return h, nil
}

func (s *Server) offices(h *YearHead) error {
	for _, m := range h.Members {
		for _, t := range m.Offices {
			office := h.Cluster.Kind.Lead()
			if t.Office == cluster.Deputy {
				office = h.Cluster.Kind.Deputy()
			}
			h.Leaders = append(h.Leaders, Leading{office, m.Name, t.Reference, t.Basis, t.From, t.To})
		}
	}
	slices.SortStableFunc(h.Leaders, func(a, b Leading) int {
		return strings.Compare(b.Office, a.Office) // "… trưởng" before "… phó"
	})
	return nil
}

// standing finds out as what the actor is here.
func (s *Server) standing(q *Req, h *YearHead) error {
	held, err := s.Gate.Holds(q.Ctx(), s.DB, q.Actor)
	if err != nil {
		return err
	}
	for _, one := range held {
		h.Standing = h.Standing || (one.Role == access.Standing && one.UnitID == h.Cluster.OrganiserID)
		for _, m := range h.Members {
			if m.UnitID != one.UnitID || (one.Role != access.Officer && one.Role != access.Head) {
				continue
			}
			if !slices.Contains(h.Own, m.UnitID) {
				h.Own = append(h.Own, m.UnitID)
			}
			for _, t := range m.Offices {
				h.Leads = h.Leads || (t.From <= h.Today && h.Today < t.To)
				if t.From > h.Today && (h.LeadsFrom == "" || t.From < h.LeadsFrom) {
					h.LeadsFrom = t.From
				}
			}
		}
	}
	return nil
}

func (h YearHead) blocks(found []cluster.Blocker) []Block {
	var out []Block
	for _, b := range found {
		one := Block{Text: b.Text, Path: yearPath(h.Year.ID, b.Tab), IDs: b.Units, Tab: b.Tab}
		if _, said := b.Text.Args["units"]; !said {
			for _, id := range b.Units {
				one.Units = append(one.Units, h.NameOf(id))
			}
		}
		out = append(out, one)
	}
	return out
}

// NameOf is the short name of a member; "" for a unit that is none.
func (h YearHead) NameOf(unit string) string {
	for _, m := range h.Members {
		if m.UnitID == unit {
			return m.Short
		}
	}
	return ""
}

// Is tells whether the unit is the actor's own.
func (h YearHead) Is(unit string) bool { return slices.Contains(h.Own, unit) }

// Path is the address of a tab of the year: {{.V.Head.Path "scores"}}.
func (h YearHead) Path(tab string) string { return yearPath(h.Year.ID, tab) }

// YearNo is the calendar year as text, without a thousands mark.
func (h YearHead) YearNo() string { return locale.Year(h.Year.Year) }

// Crumbs leads from the list of clusters to a page of the year.
func (h YearHead) Crumbs(here any) []Crumb {
	return []Crumb{{"/cum-khoi", "Cụm, khối"}, {yearPath(h.Year.ID, ""), h.Year.Short + " " + h.YearNo()}, {"", here}}
}

// ongoing are states in which work goes on; others are marks that are passed.
var ongoing = []cluster.State{cluster.Drafting, cluster.Executing}

// courseOf is the stepper: what is behind, where the year is, what comes. Most
// states say what was done on entering, so the step under way is the one after.
func courseOf(state cluster.State) []Step {
	var steps []Step
	at := slices.IndexFunc(cluster.Stages, func(st cluster.Stage) bool { return st.State == state })
	now := at + 1
	if slices.Contains(ongoing, state) {
		now = at
	}
	if state == cluster.MidReviewed {
		now = at + 1
	}
	for i, st := range cluster.Stages {
		step := Step{Text: st.Name, State: "next"}
		switch {
		case i < now:
			step.State = "done"
		case i == now:
			step.State = "now"
		}
		steps = append(steps, step)
	}
	// The whole year does not fit on a line: what is far behind, or far ahead,
	// is left out.
	const shown = 11
	if now < shown {
		return steps[:shown]
	}
	return steps[len(steps)-shown:]
}
