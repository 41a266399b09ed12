package web

import (
	"slices"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/db"
)

// sheetIndicators are the indicators by whose figures a criterion of the year
// may go, with the one that it goes by already.
func (s *Server) sheetIndicators(q *Req, year, now string) ([]Option, error) {
	out := []Option{{"", "Không: nhập khi chấm", ""}}
	if s.Indicators == nil {
		return out, nil
	}
	var all []indicator.Indicator
	err := s.DB.ReadSnapshot(q.Ctx(), func(tx db.Queryer) error {
		var err error
		if all, err = s.Indicators.Followable(q.Ctx(), tx, year); err != nil || now == "" {
			return err
		}
		if slices.ContainsFunc(all, func(i indicator.Indicator) bool { return i.ID == now }) {
			return nil
		}
		linked, err := s.Indicators.Get(q.Ctx(), tx, now)
		all = append(all, linked)
		return err
	})
	for _, i := range all {
		o := Option{Value: i.ID, Text: i.Name}
		if i.Unit != "" {
			o.Text += " (" + i.Unit + ")"
		}
		out = append(out, o)
	}
	return out, err
}
