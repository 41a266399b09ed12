package covenant

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Given is a target of an imported covenant: checked, and with its indicator.
type Given struct {
	UnitID, ReporterID string
	indicator.Goal
}

// Rests tells whether the target may be this unit's, reported by that one, in a
// cluster of these members.
func (g Given) Rests(members map[string]bool) error {
	return fault.List(
		fault.When(g.UnitID != "" && !members[g.UnitID], "unit_id", "Đơn vị được chọn phải là thành viên của cụm, khối trong năm."),
		fault.When(g.ReporterID != "" && !members[g.ReporterID], "reporter", "Đơn vị được chọn phải là thành viên của cụm, khối trong năm."),
		fault.When(g.UnitID != "" && g.ReporterID != "" && g.ReporterID != g.UnitID, "reporter", "Chỉ tiêu của riêng một đơn vị do chính đơn vị đó báo cáo."),
	)
}

// Take enters the adopted covenant of an imported year with its targets, in
// their order. The text is put together from the targets, so that what members
// read, and sign, says the same.
func (s *Service) Take(ctx context.Context, tx *db.Tx, actor access.Actor, y cluster.Year, title string, in []Given, reason string) ([]Target, error) {
	members, names := map[string]bool{}, map[string]string{}
	list, err := s.years.Members(ctx, tx, y)
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		members[m.UnitID], names[m.UnitID] = true, m.Name
	}
	rows, ids := make([]Target, len(in)), db.NewIDRange()
	text := written{names: names}
	for i, g := range in {
		if err := g.Rests(members); err != nil {
			return nil, err
		}
		g.Line, g.Clause = text.clause(g)
		rows[i] = Target{ID: ids.At(i), YearID: y.ID, UnitID: g.UnitID, ReporterID: g.ReporterID, Place: i + 1, Goal: g.Goal}
	}
	_, v, err := s.drafts.TakeAdopted(ctx, tx, actor, y, draft.Covenant, draft.Text{Title: title, Text: text.String()}, reason)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].VersionID = v.ID
	}
	change := ledger.Change{By: actor, Action: "covenant.import", Year: y.ID, Reason: reason}
	return rows, s.book.InsertAll(ctx, tx, change, "covenant_target", rows)
}

// written puts a covenant's text together from its targets: one line a target,
// a heading where the unit changes.
type written struct {
	strings.Builder
	names map[string]string
	line  int
	unit  string
}

func (w *written) clause(g Given) (line int, clause string) {
	if w.line == 0 || g.UnitID != w.unit {
		w.unit = g.UnitID
		heading := "Chỉ tiêu chung"
		if g.UnitID != "" {
			heading = "Chỉ tiêu của " + w.names[g.UnitID]
		}
		w.WriteString(heading + "\n")
		w.line++
	}
	clause = "- " + Wording(g.Goal)
	w.WriteString(clause + "\n")
	w.line++
	return w.line, clause
}

// Wording says a goal as a covenant's line does: "Thu ngân sách: ít nhất 120 tỷ đồng".
func Wording(g indicator.Goal) string {
	vi := locale.Vietnamese
	figure := vi.Number(g.Low)
	if g.Relation == target.Range {
		figure += "–" + vi.Number(g.High)
	}
	if g.Unit != "" {
		if g.Unit != "%" {
			figure += " "
		}
		figure += g.Unit
	}
	switch g.Relation {
	case target.Text:
		return g.Name
	case target.None:
		return g.Name + ": không có"
	case target.AtLeast:
		figure = "ít nhất " + figure
	case target.AtMost:
		figure = "không quá " + figure
	}
	switch g.Change {
	case target.Increase:
		figure = "tăng " + figure
	case target.Decrease:
		figure = "giảm " + figure
	}
	return g.Name + ": " + figure
}
