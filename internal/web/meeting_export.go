package web

import (
	"bytes"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/render/sheet"
)

// excelType is the media type of a workbook.
const excelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// standingExport gives the consolidation table as a workbook.
func (s *Server) standingExport(q *Req) error {
	h, err := s.yearHead(q, "meetings")
	if err != nil {
		return err
	}
	if err := s.Gate.MustSee(q.Ctx(), s.DB, q.Actor, access.MeetingRead, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	t, err := s.consolidate(q, h)
	if err != nil {
		return err
	}
	table := sheet.Table{
		Title:  q.T("Bảng tổng hợp bình xét {.name}, năm {.year}", "name", h.Year.Name, "year", h.YearNo()),
		Notes:  []string{q.T("Lập ngày {.day}", "day", h.Today)},
		Frozen: 2,
	}
	if h.Year.Illustrative {
		table.Notes = append(table.Notes, q.T("Số liệu này được đặt ra để minh họa, không phải số liệu thật của đơn vị."))
	}
	table.Columns = []sheet.Column{{Name: q.T("STT"), Kind: sheet.Number}, {Name: q.T("Đơn vị")}}
	if t.Registered {
		table.Columns = append(table.Columns, sheet.Column{Name: q.T("Đăng ký")})
	}
	table.Columns = append(table.Columns,
		sheet.Column{Name: q.T("Tự chấm"), Kind: sheet.Points}, sheet.Column{Name: q.T("Kiểm tra"), Kind: sheet.Points},
		sheet.Column{Name: q.T("Thống nhất"), Kind: sheet.Points}, sheet.Column{Name: q.T("Hạng"), Kind: sheet.Number})
	for _, p := range t.Polls {
		table.Columns = append(table.Columns,
			sheet.Column{Name: q.T("Phiếu: {.title} (cần {.needed} trên {.base})", "title", p.Label(q.Lang), "needed", p.Needed, "base", p.Base), Kind: sheet.Number},
			sheet.Column{Name: q.T("Kết quả")})
	}
	table.Columns = append(table.Columns, sheet.Column{Name: q.T("Đề nghị khen thưởng")})
	for i, r := range t.Rows {
		line := []any{i + 1, r.Name}
		if t.Registered {
			line = append(line, r.Registered)
		}
		line = append(line, pointsCell(r.Self), pointsCell(r.Check), pointsCell(r.Agreed))
		if r.Rank > 0 {
			line = append(line, r.Rank)
		} else {
			line = append(line, nil)
		}
		for _, v := range r.Votes {
			if v.In {
				line = append(line, v.Votes, q.T(v.Word))
			} else {
				line = append(line, nil, nil)
			}
		}
		awards := ""
		for j, a := range r.Proposed {
			if j > 0 {
				awards += "; "
			}
			awards += a
		}
		table.Rows = append(table.Rows, append(line, awards))
	}
	var b bytes.Buffer
	if err := sheet.Write(&b, table); err != nil {
		return err
	}
	return q.Download("tong-hop-binh-xet-"+h.YearNo()+".xlsx", excelType, b.Bytes())
}

func pointsCell(p *points.Points) any {
	if p == nil {
		return nil
	}
	return *p
}

// Label is the poll's title, with the attempt where it was not the first.
func (p pollHead) Label(l locale.Lang) string {
	if p.Attempt > 1 {
		return l.T("{.title} (lần {.n})", "title", p.Title, "n", p.Attempt)
	}
	return p.Title
}
