package ballot

import (
	"github.com/thidua/thidua/internal/platform/fault"
)

// Figures are what a count of a poll says.
type Figures struct {
	Issued, Returned, Valid, Invalid int
	Lines                            []Line
}

// Line is the count of one nominee. Written are approvals that absent members
// sent in writing; they are not among the ballots.
type Line struct {
	Nominee string // id
	Yes, No int
	Written int
}

// Room is what bounds a count: who may vote, who is there, how many are chosen.
type Room struct {
	Way      Way
	Entitled int
	Present  int
	Seats    int  // 0 for as many as pass
	Choosing bool // a ballot names at most Seats nominees, as in an election
	Written  bool // the rule lets absent members vote in writing
	Nominees []string
}

func (r Room) absent() int { return max(r.Entitled-r.Present, 0) }

// YesField, NoField and WrittenField name the form fields of a nominee.
func YesField(nominee string) string     { return "yes-" + nominee }
func NoField(nominee string) string      { return "no-" + nominee }
func WrittenField(nominee string) string { return "written-" + nominee }

// Hands completes a show of hands to figures: everyone present has voted.
func Hands(r Room, lines []Line) Figures {
	return Figures{Issued: r.Present, Returned: r.Present, Valid: r.Present, Lines: lines}
}

// Check looks whether the figures can be true: a fault for each wrong field,
// none when they can.
func Check(f Figures, r Room) []*fault.Error {
	var wrong []*fault.Error
	add := func(e *fault.Error) { wrong = append(wrong, e) }
	counts := []struct {
		field string
		n     int
	}{{"issued", f.Issued}, {"returned", f.Returned}, {"valid", f.Valid}, {"invalid", f.Invalid}}
	for _, l := range f.Lines {
		counts = append(counts, []struct {
			field string
			n     int
		}{{YesField(l.Nominee), l.Yes}, {NoField(l.Nominee), l.No}, {WrittenField(l.Nominee), l.Written}}...)
	}
	for _, c := range counts {
		if c.n < 0 || c.n > 1_000_000 {
			add(fault.Wrong(c.field, "Số phiếu phải là số nguyên từ 0 trở lên."))
		}
	}
	if len(wrong) > 0 {
		return wrong // sums of such numbers say nothing
	}
	wrong = append(wrong, checkLines(f, r)...)
	if r.Way == OnPaper {
		switch {
		case f.Issued == 0:
			add(fault.Wrong("issued", "Chưa nhập số phiếu phát ra."))
		case f.Issued > r.Present:
			add(fault.Wrong("issued", "Phát ra {.issued} phiếu nhưng chỉ có {.present} đơn vị có mặt được bỏ phiếu. Hãy đếm lại số phiếu phát ra hoặc sửa điểm danh.", "issued", f.Issued, "present", r.Present))
		}
		if f.Returned > f.Issued {
			add(fault.Wrong("returned", "Thu về {.returned} phiếu, nhiều hơn {.issued} phiếu phát ra.", "returned", f.Returned, "issued", f.Issued))
		}
		if f.Valid+f.Invalid != f.Returned {
			add(fault.Wrong("valid", "Phiếu hợp lệ {.valid} cộng không hợp lệ {.invalid} là {.sum}, khác số phiếu thu về {.returned}.", "valid", f.Valid, "invalid", f.Invalid, "sum", f.Valid+f.Invalid, "returned", f.Returned))
		}
	}
	yes, written := 0, 0
	for _, l := range f.Lines {
		yes += l.Yes
		written += l.Written
		switch {
		case l.Yes+l.No > f.Valid && r.Way == OnPaper:
			add(fault.Wrong(YesField(l.Nominee), "Đồng ý {.yes} cộng không đồng ý {.no} là {.sum}, nhiều hơn {.valid} phiếu hợp lệ.", "yes", l.Yes, "no", l.No, "sum", l.Yes+l.No, "valid", f.Valid))
		case l.Yes+l.No > f.Valid:
			add(fault.Wrong(YesField(l.Nominee), "Đồng ý {.yes} cộng không đồng ý {.no} là {.sum}, nhiều hơn {.present} đơn vị có mặt.", "yes", l.Yes, "no", l.No, "sum", l.Yes+l.No, "present", r.Present))
		}
		switch {
		case l.Written > 0 && !r.Written:
			add(fault.Wrong(WrittenField(l.Nominee), "Quy định đang áp dụng không tính ý kiến bằng văn bản của đơn vị vắng mặt. Hãy để số này là 0."))
		case l.Written > r.absent():
			add(fault.Wrong(WrittenField(l.Nominee), "Có {.written} ý kiến bằng văn bản nhưng chỉ {.absent} đơn vị vắng mặt.", "written", l.Written, "absent", r.absent()))
		}
	}
	if r.Choosing && r.Seats > 0 {
		if yes > f.Valid*r.Seats {
			add(fault.Wrong("lines", "Tổng số phiếu đồng ý là {.sum}, nhiều hơn mức có thể {.most}: mỗi phiếu chỉ chọn tối đa {.seats} đơn vị.", "sum", yes, "most", f.Valid*r.Seats, "seats", r.Seats))
		}
		if written > r.absent()*r.Seats && r.Written {
			add(fault.Wrong("lines", "Tổng số ý kiến bằng văn bản là {.sum}, nhiều hơn mức có thể {.most}: mỗi đơn vị vắng mặt chỉ chọn tối đa {.seats} đơn vị.", "sum", written, "most", r.absent()*r.Seats, "seats", r.Seats))
		}
	}
	return wrong
}

// checkLines wants one line for each nominee and none for anybody else.
func checkLines(f Figures, r Room) []*fault.Error {
	seen := map[string]int{}
	for _, l := range f.Lines {
		seen[l.Nominee]++
	}
	ok := len(f.Lines) == len(r.Nominees)
	for _, n := range r.Nominees {
		ok = ok && seen[n] == 1
	}
	if ok {
		return nil
	}
	return []*fault.Error{fault.Wrong("lines", "Bảng kiểm phiếu phải có đúng một dòng cho mỗi người hoặc đơn vị được đề cử. Hãy tải lại trang rồi nhập lại.")}
}

// Difference is a figure in which two tellers' counts differ. It does not say
// what either has: who recounts must not copy.
type Difference struct {
	Field   Field
	Nominee string // id; empty for the figures of the whole poll
}

// Field names a figure of a count.
type Field string

const (
	FieldIssued   Field = "issued"
	FieldReturned Field = "returned"
	FieldValid    Field = "valid"
	FieldInvalid  Field = "invalid"
	FieldYes      Field = "yes"
	FieldNo       Field = "no"
	FieldWritten  Field = "written"
)

// Name is what the figure is called in a count's minutes.
func (f Field) Name() string {
	switch f {
	case FieldIssued:
		return "phiếu phát ra"
	case FieldReturned:
		return "phiếu thu về"
	case FieldValid:
		return "phiếu hợp lệ"
	case FieldInvalid:
		return "phiếu không hợp lệ"
	case FieldYes:
		return "đồng ý"
	case FieldNo:
		return "không đồng ý"
	case FieldWritten:
		return "ý kiến bằng văn bản"
	}
	return string(f)
}

// Compare lists where two counts differ; none means that they agree. Lines are
// matched by nominee, not by order.
func Compare(a, b Figures) []Difference {
	var out []Difference
	add := func(f Field, nominee string, x, y int) {
		if x != y {
			out = append(out, Difference{f, nominee})
		}
	}
	add(FieldIssued, "", a.Issued, b.Issued)
	add(FieldReturned, "", a.Returned, b.Returned)
	add(FieldValid, "", a.Valid, b.Valid)
	add(FieldInvalid, "", a.Invalid, b.Invalid)
	second := map[string]Line{}
	for _, l := range b.Lines {
		second[l.Nominee] = l
	}
	for _, l := range a.Lines {
		m := second[l.Nominee]
		add(FieldYes, l.Nominee, l.Yes, m.Yes)
		add(FieldNo, l.Nominee, l.No, m.No)
		add(FieldWritten, l.Nominee, l.Written, m.Written)
		delete(second, l.Nominee)
	}
	for _, l := range b.Lines {
		if _, only := second[l.Nominee]; only {
			add(FieldYes, l.Nominee, 0, l.Yes)
			add(FieldNo, l.Nominee, 0, l.No)
			add(FieldWritten, l.Nominee, 0, l.Written)
		}
	}
	return out
}
