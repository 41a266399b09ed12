package web

import (
	"bytes"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/vntext"
	"github.com/thidua/thidua/internal/render/sheet"
)

// ruleListView is the rulebook: every rule with its source, days and whether
// anyone has read the original.
type ruleListView struct {
	Groups     []ruleGroup
	All        bool // also what is no longer, or not yet, in force
	Day        clock.Day
	WrongDay   string
	Unverified int
	MayAdd     bool
}

type ruleGroup struct {
	rulebook.Subject
	Rows []ruleRow
}

type ruleRow struct {
	rulebook.Rule
	Scope string // whose clusters it binds; "" for all
	Holds bool   // on the day of the page
	Past  bool
}

func (s *Server) ruleList(q *Req) error {
	view, err := s.rules(q)
	if err != nil {
		return err
	}
	if view.MayAdd, err = s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.RuleEdit, access.Record{}); err != nil {
		return err
	}
	return q.Render("rule_list", view)
}

// rules reads the rules that the address asks for: ngay=23/11/2026 for those in
// force on a day (today where it is no day), tat-ca=1 for all, tim= for words.
func (s *Server) rules(q *Req) (ruleListView, error) {
	view := ruleListView{All: q.Query("tat-ca") != "", Day: clock.Today(s.Clock)}
	if typed := q.Query("ngay"); typed != "" {
		if day := parseDay(typed); day.Valid() {
			view.Day = day
		} else {
			view.WrongDay = typed
		}
	}
	asked := view.Day
	if view.All {
		asked = ""
	}
	list, err := s.Rulebook.List(q.Ctx(), q.Actor, asked)
	if err != nil {
		return view, err
	}
	names, err := s.scopes(q, list)
	if err != nil {
		return view, err
	}
	words := vntext.Fold(q.Query("tim"))
	for _, r := range list {
		subject := r.Code.Subject()
		if words != "" && !strings.Contains(vntext.Fold(q.T(subject.Name)+" "+r.Source+" "+r.Note+" "+names[r.Scope].Name), words) {
			continue
		}
		if n := len(view.Groups); n == 0 || view.Groups[n-1].Code != r.Code {
			view.Groups = append(view.Groups, ruleGroup{Subject: subject})
		}
		g := &view.Groups[len(view.Groups)-1]
		g.Rows = append(g.Rows, ruleRow{Rule: r, Scope: names[r.Scope].Name, Holds: r.InForceOn(view.Day), Past: r.To <= view.Day})
		if !r.Verified && r.InForceOn(view.Day) {
			view.Unverified++
		}
	}
	return view, nil
}

func (s *Server) scopes(q *Req, list []rulebook.Rule) (map[string]org.View, error) {
	var ids []string
	for _, r := range list {
		if r.Scope != "" && !slices.Contains(ids, r.Scope) {
			ids = append(ids, r.Scope)
		}
	}
	return org.Names(q.Ctx(), s.DB, clock.Today(s.Clock), ids...)
}

// ruleExport gives what the list shows as a workbook.
func (s *Server) ruleExport(q *Req) error {
	view, err := s.rules(q)
	if err != nil {
		return err
	}
	table := sheet.Table{
		Title: q.T("Sổ quy định"),
		Columns: []sheet.Column{
			{Name: q.T("Nội dung"), Width: 34}, {Name: q.T("Quy định"), Width: 34}, {Name: q.T("Phạm vi")}, {Name: q.T("Từ ngày"), Kind: sheet.Date},
			{Name: q.T("Hết hiệu lực từ"), Kind: sheet.Date}, {Name: q.T("Nguồn"), Width: 40}, {Name: q.T("Xác minh")}, {Name: q.T("Ghi chú"), Width: 40},
		},
		Frozen: 1,
	}
	if view.All {
		table.Notes = []string{q.T("Mọi quy định, kể cả đã hết hoặc chưa có hiệu lực")}
	} else {
		table.Notes = []string{q.T("Có hiệu lực vào ngày {.day}", "day", view.Day)}
	}
	for _, g := range view.Groups {
		for _, r := range g.Rows {
			words := r.Words()
			verified, scope := q.T("chưa xác minh"), r.Scope
			if r.Verified {
				verified = q.T("đã xác minh")
			}
			if scope == "" {
				scope = q.T("Chung")
			}
			var to any
			if r.To != clock.Forever {
				to = r.To
			}
			table.Rows = append(table.Rows, []any{q.T(g.Name), q.Lang.Say(words.Text, words.Args), scope, r.From, to, r.Source, verified, r.Note})
		}
	}
	var b bytes.Buffer
	if err := sheet.Write(&b, table); err != nil {
		return err
	}
	return q.Download("so-quy-dinh.xlsx", excelType, b.Bytes())
}
