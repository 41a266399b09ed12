package workbook

import (
	"maps"
	"strings"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
)

// ordinals head columns that number the rows.
var ordinals = map[string]bool{"tt": true, "stt": true, "so tt": true, "so thu tu": true, "no": true}

// across reads a sheet with a row for each unit and a column for each target.
func (m Mapping) across(s Sheet, match *matcher) (items []item, empty int, err error) {
	shared, taken := Columns{}, map[int]bool{} // the columns that say something of the whole row
	for role, column := range m.Columns {
		if role != Figure && role != ByName && role != Measure {
			shared[role], taken[column] = column, true
		}
	}
	if m.Head < 1 {
		return nil, 0, nil
	}
	var columns []int
	for c := 1; c <= min(len(s.Rows[m.Head-1]), headColumns); c++ {
		if name := at(s.Rows[m.Head-1], c).line(300); name != "" && !taken[c] && !ordinals[indicator.Key(name)] && s.counts(m.Head, c) {
			columns = append(columns, c)
		}
	}
	for i := m.Head; i < len(s.Rows); i++ {
		if at(s.Rows[i], m.Columns[ByUnit]).line(200) == "" {
			continue
		}
		for _, c := range columns {
			own := maps.Clone(shared)
			own[Figure] = c
			it := item{sheet: s.Name, row: i + 1, common: m.Source}
			if !it.read(s.Rows[i], own) {
				empty++
				continue
			}
			var measure string
			if it.name, measure = headed(at(s.Rows[m.Head-1], c).line(300)); measure != "" && it.measure == "" {
				it.measure = measure
			}
			if !m.place(&it, s.Rows[i], match) {
				empty++
				continue
			}
			if items = append(items, it); len(items) > maxRows {
				return items, empty, nil
			}
		}
	}
	return items, empty, nil
}

// counts tells whether a number stands in the column below the head.
func (s Sheet) counts(head, column int) bool {
	for _, row := range s.Rows[head:] {
		if _, _, ok, wrong := at(row, column).amount(); ok && wrong == nil {
			return true
		}
	}
	return false
}

// headed takes the unit of measure off a heading: "Thu ngân sách (tỷ đồng)".
func headed(text string) (name, measure string) {
	open := strings.LastIndex(text, "(")
	if open <= 0 || !strings.HasSuffix(text, ")") {
		return text, ""
	}
	measure = strings.TrimSpace(text[open+1 : len(text)-1])
	if _, _, known := target.ParseUnit(measure); !known {
		return text, ""
	}
	return strings.TrimSpace(text[:open]), measure
}
