package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/render/sheet"
)

// directionNames and flowNames say what the catalogue knows of an indicator.
var (
	directionNames = map[target.Direction]string{target.Unknown: "chưa rõ", target.Higher: "càng cao càng tốt", target.Lower: "càng thấp càng tốt"}
	flowNames      = map[indicator.Flow]string{indicator.Stock: "tại một thời điểm", indicator.Sum: "cộng dồn trong năm", indicator.Growth: "mức tăng, giảm"}
)

// indicatorsShown is how many indicators a page of the catalogue lists.
const indicatorsShown = 200

// indicatorListView is the catalogue, with the pairs that may be one.
type indicatorListView struct {
	Rows    []indicatorRow
	Likely  []indicator.Likely
	MayEdit bool
	Open    bool // only those whose good direction nobody has said
	Unknown int
	Most    int // more than are listed; 0 when all are
	Total   int
}

type indicatorRow struct {
	indicator.Indicator
	Also          []string
	Direction     string
	Flow          string
	Covenants     int
	DirectionOpen bool
}

func (s *Server) mayEditIndicators(q *Req) (bool, error) {
	return s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.IndicatorEdit, access.Record{})
}

func (s *Server) indicatorList(q *Req) error {
	ctx := q.Ctx()
	all, err := s.Indicators.Find(ctx, s.DB, q.Query("tim"), 0)
	if err != nil {
		return err
	}
	view := indicatorListView{Open: q.Query("chua-ro") != ""}
	for _, i := range all {
		open := i.Direction == target.Unknown
		if open {
			view.Unknown++
		}
		if view.Open && !open {
			continue
		}
		if view.Total++; len(view.Rows) == indicatorsShown {
			view.Most = indicatorsShown
			continue
		}
		view.Rows = append(view.Rows, indicatorRow{Indicator: i, Also: i.Names()[1:], Direction: directionNames[i.Direction], Flow: flowNames[i.Flow], DirectionOpen: open})
	}
	ids := make([]string, len(view.Rows))
	for i, r := range view.Rows {
		ids[i] = r.ID
	}
	used, err := s.Indicators.Covenants(ctx, s.DB, ids...)
	if err != nil {
		return err
	}
	for i := range view.Rows {
		view.Rows[i].Covenants = used[view.Rows[i].ID]
	}
	if view.MayEdit, err = s.mayEditIndicators(q); err != nil {
		return err
	}
	if view.MayEdit {
		if view.Likely, err = s.Indicators.Suggest(ctx, s.DB); err != nil {
			return err
		}
	}
	return q.Render("indicator_list", view)
}

// indicatorMerge makes one of two indicators.
func (s *Server) indicatorMerge(q *Req) error {
	f := q.Form()
	if err := s.Indicators.Merge(q.Ctx(), q.Actor, "", f.Get("keep"), f.Get("other")); err != nil {
		return q.Retry(err, s.indicatorList)
	}
	return q.Redirect(indicatorsPath+"/"+f.Get("keep"), "Đã gộp hai chỉ tiêu. Văn bản đã ký giữ nguyên; nếu gộp nhầm, hãy tách ra ở trang này.")
}

// indicatorApart takes a suggestion away for good.
func (s *Server) indicatorApart(q *Req) error {
	f := q.Form()
	if err := s.Indicators.KeepApart(q.Ctx(), q.Actor, "", f.Get("keep"), f.Get("other")); err != nil {
		return q.Retry(err, s.indicatorList)
	}
	return q.Redirect(indicatorsPath, "Đã ghi: đó là hai chỉ tiêu khác nhau.")
}

// catalogueTable is the catalogue as a sheet that can come back.
func catalogueTable(q *Req, rows []indicator.Indicator) sheet.Table {
	t := sheet.Table{Title: q.T("Danh mục chỉ tiêu"), Frozen: 1}
	for _, name := range indicator.Columns {
		t.Columns = append(t.Columns, sheet.Column{Name: name})
	}
	for _, i := range rows {
		var row []any
		for _, c := range i.Cells() {
			row = append(row, c)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (s *Server) indicatorExport(q *Req) error {
	all, err := s.Indicators.Find(q.Ctx(), s.DB, q.Query("tim"), 0)
	if err != nil {
		return err
	}
	return q.Excel("danh-muc-chi-tieu", catalogueTable(q, all))
}

// indicatorTemplate is an empty catalogue with a line that shows how.
func (s *Server) indicatorTemplate(q *Req) error {
	t := catalogueTable(q, nil)
	var row []any
	for _, c := range indicator.Example {
		row = append(row, c)
	}
	t.Rows = append(t.Rows, row)
	t.Notes = []string{q.T("Xóa dòng ví dụ, điền mỗi dòng một chỉ tiêu. Chỉ cột “Tên chỉ tiêu” là bắt buộc; nhiều tên gọi khác cách nhau bằng dấu chấm phẩy.")}
	return q.Excel("mau-danh-muc-chi-tieu", t)
}
