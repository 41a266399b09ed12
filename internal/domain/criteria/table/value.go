package table

import (
	"regexp"
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// figure is a number as people type it, in a folded text.
const figure = `(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)`

var (
	onlyPoints  = regexp.MustCompile(`^[+\-−–]?\s*` + figure + `\s*(?:d|diem|points?)?\.?$`)
	mostPoints  = regexp.MustCompile(`(?:toi da|khong qua|khong vuot qua|cao nhat|max)\s*(?:la|:)?\s*[+\-−–]?\s*` + figure)
	eachPoints  = regexp.MustCompile(`^[+\-−–]?\s*` + figure + `\s*(?:d|diem)?\s*/\s*(\pL.*)$`)
	rangePoints = regexp.MustCompile(`^(?:tu\s*)?` + figure + `\s*(?:d|diem)?\s*(?:-|–|−|den)\s*` + figure + `\s*(?:d|diem)?\.?$`)
	signPoints  = regexp.MustCompile(`^(?:tru|cong|thuong|duoc)\s*(?:toi da\s*)?` + figure + `\s*(?:d|diem)?\.?$`)
)

// amount is what a cell of points says.
type amount struct {
	max   string // plain decimal; "" when it gives none
	minus bool   // written as a deduction
	each  string // points for each occurrence: "0,5 điểm/sáng kiến"
	told  locale.Text
}

func (a amount) none() bool { return a.max == "" && a.each == "" }

// amountOf reads a cell of points; ok is false for one that says nothing.
func amountOf(c Cell) (a amount, ok bool) {
	text := c.own()
	switch {
	case c.Formula && c.Text == "":
		a.told = locale.Msg("Ô điểm là công thức chưa có kết quả. Hãy mở tệp bằng Excel, lưu lại rồi tải lên, hoặc nhập điểm ở bước sửa bảng.")
		return a, true
	case strings.Trim(text, bullets+"./… ") == "":
		return a, false
	case c.Kind == Date:
		a.told = locale.Msg("Ô điểm là ngày ({.value}): Excel đã đổi số thành ngày. Hãy đổi định dạng ô thành Số rồi ghi lại.", "value", shorten(text, 40))
		return a, true
	case c.Kind == Broken:
		a.told = locale.Msg("Ô điểm báo lỗi {.value}. Hãy sửa công thức hoặc thay bằng con số.", "value", shorten(text, 40))
		return a, true
	}
	folded := strings.TrimSpace(strings.Trim(vntext.Fold(text), "()"))
	a.minus = strings.HasPrefix(folded, "-") || strings.HasPrefix(folded, "−") || strings.HasPrefix(folded, "–") || strings.HasPrefix(folded, "tru")
	if c.Kind == Percent {
		a.told = locale.Msg("Điểm ghi là {.value}; lấy số {.value} làm điểm tối đa, hãy kiểm tra lại.", "value", strings.TrimSuffix(folded, "%"))
		folded = strings.TrimSpace(strings.TrimSuffix(folded, "%"))
	}
	read := func(s string) string {
		p, good := pointsOf(s)
		if !good {
			a.told = locale.Msg("“{.value}” không dùng làm điểm được: điểm từ 0 đến một tỷ, không quá bốn chữ số thập phân. Hãy nhập lại điểm ở bước sửa bảng.", "value", shorten(text, 40))
			return ""
		}
		return p.String()
	}
	if m := mostPoints.FindStringSubmatch(folded); m != nil {
		a.max = read(m[1])
		if e := eachPoints.FindStringSubmatch(folded); e != nil {
			a.each = read(e[1])
		}
		return a, true
	}
	if m := onlyPoints.FindStringSubmatch(folded); m != nil {
		a.max = read(m[1])
		return a, true
	}
	if m := signPoints.FindStringSubmatch(folded); m != nil {
		a.max = read(m[1])
		return a, true
	}
	if m := rangePoints.FindStringSubmatch(folded); m != nil {
		lo, first := pointsOf(m[1])
		hi, second := pointsOf(m[2])
		if !first || !second {
			read(m[1])
			read(m[2]) // tells which cannot be points
			return a, true
		}
		a.max = max(lo, hi).String()
		a.told = locale.Msg("Điểm ghi là khoảng “{.value}”; lấy mức cao nhất {.max} làm điểm tối đa.", "value", shorten(text, 40), "max", max(lo, hi))
		return a, true
	}
	if m := eachPoints.FindStringSubmatch(folded); m != nil {
		a.each = read(m[1])
		return a, true
	}
	a.told = locale.Msg("Không đọc được điểm “{.value}”. Hãy ghi như 10 hoặc 1,5, hoặc nhập điểm ở bước sửa bảng.", "value", shorten(text, 40))
	return a, true
}

// pointsOf reads an amount of points within what a sheet may hold.
func pointsOf(text string) (points.Points, bool) {
	d, err := locale.Vietnamese.ParseNumber(text)
	if err != nil {
		return 0, false
	}
	p, err := points.Parse(d.String())
	return p, err == nil && p >= 0 && p <= 1_000_000_000*points.One
}
