package web

import (
	"bytes"
	"strings"

	"github.com/thidua/thidua/internal/render/sheet"
)

// awardExport gives the proposals of a year as a workbook.
func (s *Server) awardExport(q *Req) error {
	h, err := s.yearHead(q, "awards")
	if err != nil {
		return err
	}
	groups, err := s.awardGroups(q, h, false)
	if err != nil {
		return err
	}
	table := sheet.Table{
		Title:  q.T("Danh sách đề nghị khen thưởng {.name}, năm {.year}", "name", h.Year.Name, "year", h.YearNo()),
		Notes:  []string{q.T("Lập ngày {.day}", "day", h.Today)},
		Frozen: 2,
		Columns: []sheet.Column{
			{Name: q.T("STT"), Kind: sheet.Number}, {Name: q.T("Đơn vị")}, {Name: q.T("Hình thức khen thưởng")}, {Name: q.T("Số lượng"), Kind: sheet.Number},
			{Name: q.T("Hạng"), Kind: sheet.Number}, {Name: q.T("Điểm"), Kind: sheet.Points},
			{Name: q.T("Phiếu đồng ý"), Kind: sheet.Number}, {Name: q.T("Cần"), Kind: sheet.Number}, {Name: q.T("Trên tổng"), Kind: sheet.Number},
			{Name: q.T("Căn cứ")}, {Name: q.T("Cảnh báo của quy định")}, {Name: q.T("Lý do vẫn đề nghị")}, {Name: q.T("Trạng thái")},
		},
	}
	if h.Year.Illustrative {
		table.Notes = append(table.Notes, q.T("Số liệu này được đặt ra để minh họa, không phải số liệu thật của đơn vị."))
	}
	for _, g := range groups {
		for _, r := range g.Rows {
			line := []any{len(table.Rows) + 1, r.Name, q.T(g.Kind.Name), r.Quantity, nil, nil, nil, nil, nil, r.Grounds, nil, r.Override, q.T("Đang đề nghị")}
			if r.Rank > 0 {
				line[4], line[5] = r.Rank, r.Nomination.Total
			}
			if r.Vote != nil {
				line[6], line[7], line[8] = r.Vote.Votes, r.Vote.Needed, r.Vote.Base
			}
			var warned []string
			for _, w := range r.Warnings {
				warned = append(warned, q.Lang.Say(w.Text.Text, w.Text.Args))
			}
			line[10] = strings.Join(warned, "\n")
			switch {
			case r.Withdrawn:
				line[12] = q.T("Đã rút: {.reason}", "reason", r.Nomination.Withdrawn)
			case r.Awarded != nil:
				line[12] = q.T("Quyết định số {.number} ngày {.day}", "number", r.Awarded.Number, "day", r.Awarded.Day)
			}
			table.Rows = append(table.Rows, line)
		}
	}
	var b bytes.Buffer
	if err := sheet.Write(&b, table); err != nil {
		return err
	}
	return q.Download("de-nghi-khen-thuong-"+h.YearNo()+".xlsx", excelType, b.Bytes())
}
