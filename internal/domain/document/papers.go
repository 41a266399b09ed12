package document

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/render/docx"
)

// head is what all papers of a cluster share: they go out on the leader's
// letterhead and number.
func head(d Data, w Wish, kind, letters, abstract string) docx.Paper {
	p := docx.Paper{
		Parent: d.LeaderParent, Agency: d.Leader, Symbol: letters + "-" + w.Code, Place: w.Place, Day: w.Day, Year: d.Year,
		Kind: kind, Abstract: abstract, Draft: w.Draft, Recipients: lines(w.Recipients),
	}
	if w.Number > 0 {
		p.Number = strconv.Itoa(w.Number)
	}
	if len(p.Recipients) == 0 {
		p.Recipients = []string{d.Organiser + " (để báo cáo)", "Các đơn vị thành viên " + strings.ToLower(d.Word), "Lưu: VT"}
	}
	return p
}

// lead is the signature of the leader unit's head, with the line that tells the
// office (domain.md §6.1, practice).
func lead(d Data, w Wish) docx.Signature {
	return docx.Signature{Lines: []string{"TRƯỞNG " + d.Word + " THI ĐUA", w.Position}, Name: w.Signer}
}

func lines(text string) []string {
	var out []string
	for l := range strings.SplitSeq(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func paragraphs(text, otherwise string) []docx.Block {
	ls := lines(text)
	if len(ls) == 0 {
		ls = []string{otherwise}
	}
	out := make([]docx.Block, len(ls))
	for i, l := range ls {
		out[i] = docx.Plain(l)
	}
	return out
}

const gap = "……………………………………………………………………………………"

// mark says that a paper holds invented figures.
func mark(d Data) []docx.Block {
	if !d.Illustrative {
		return nil
	}
	return []docx.Block{docx.P(docx.I("Ghi chú: văn bản có số liệu minh họa, không phải số liệu thật của các đơn vị."))}
}

// report is the year-end report: results, limits, causes, lessons, next plan,
// table of targets, ranking.
func report(d Data, w Wish) docx.Paper {
	p := head(d, w, "BÁO CÁO", "BC", fmt.Sprintf("Tổng kết công tác thi đua, khen thưởng năm %d của %s", d.Year, d.Cluster))
	add := func(b ...docx.Block) { p.Body = append(p.Body, b...) }
	add(docx.Heading{Level: 1, Text: "I. ĐẶC ĐIỂM TÌNH HÌNH"})
	text := fmt.Sprintf("%s năm %d gồm %d đơn vị thành viên. Đơn vị trưởng: %s", d.Cluster, d.Year, len(d.Members), d.Leader)
	if d.LeaderBasis != "" {
		text += " (" + d.LeaderBasis + ")"
	}
	if d.Deputy != "" {
		text += "; đơn vị phó: " + d.Deputy
	}
	add(docx.Plain(text + "."))
	if d.Movement != "" {
		s := fmt.Sprintf("%s hưởng ứng phong trào “%s”", d.Word, d.Movement)
		if d.Theme != "" {
			s += " với chủ đề “" + d.Theme + "”"
		}
		add(docx.Plain(s + "."))
	}
	add(docx.Heading{Level: 1, Text: "II. KẾT QUẢ THỰC HIỆN"})
	add(docx.Heading{Level: 2, Text: "1. Công tác tổ chức phong trào thi đua"})
	add(paragraphs(w.Results, gap)...)
	add(docx.Heading{Level: 2, Text: "2. Kết quả thực hiện các chỉ tiêu giao ước"})
	met, known, part := 0, 0, 0
	for _, t := range d.Targets {
		if t.Result != "" {
			known++
		}
		if t.Period != "" {
			part++
		}
		if t.Reached {
			met++
		}
	}
	if len(d.Targets) > 0 {
		add(docx.Plain(fmt.Sprintf("Giao ước có %d chỉ tiêu; %d chỉ tiêu đã có số liệu thực hiện, trong đó %d chỉ tiêu đạt hoặc vượt. Chi tiết tại Phụ lục I.", len(d.Targets), known, met)))
		if part > 0 {
			add(docx.Plain(fmt.Sprintf("%d chỉ tiêu mới có số liệu của một phần năm; kỳ số liệu ghi trong bảng.", part)))
		}
	}
	add(docx.Heading{Level: 2, Text: "3. Kết quả chấm điểm, xếp hạng"})
	if len(d.Standing) > 0 {
		first := d.Standing[0]
		kind := "chính thức"
		if d.Provisional {
			kind = "tạm tính đến ngày báo cáo"
		}
		leaders := []string{first.Unit}
		for _, s := range d.Standing[1:] {
			if s.Rank == first.Rank {
				leaders = append(leaders, s.Unit)
			}
		}
		add(docx.Plain(fmt.Sprintf("Kết quả %s: dẫn đầu là %s với %s điểm. Bảng điểm của các đơn vị tại Phụ lục II.", kind, strings.Join(leaders, ", "), first.Agreed)))
	}
	add(docx.Heading{Level: 1, Text: "III. HẠN CHẾ, NGUYÊN NHÂN"})
	add(paragraphs(w.Limits, gap)...)
	add(paragraphs(w.Causes, gap)...)
	add(docx.Heading{Level: 1, Text: "IV. BÀI HỌC KINH NGHIỆM"})
	add(paragraphs(w.Lessons, gap)...)
	add(docx.Heading{Level: 1, Text: fmt.Sprintf("V. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM %d", d.Year+1)})
	add(paragraphs(w.Next, gap)...)
	if d.NextLeader != "" {
		add(docx.Plain(fmt.Sprintf("Đơn vị trưởng năm %d: %s.", d.Year+1, d.NextLeader)))
	}
	add(mark(d)...)
	p.Signatures = []docx.Signature{lead(d, w)}
	if len(d.Targets) > 0 {
		p.Annexes = append(p.Annexes, docx.Annex{Name: "Phụ lục I", Title: fmt.Sprintf("Kết quả thực hiện chỉ tiêu giao ước năm %d", d.Year), Body: []docx.Block{targetTable(d)}})
	}
	if len(d.Standing) > 0 {
		p.Annexes = append(p.Annexes, docx.Annex{Name: "Phụ lục II", Title: fmt.Sprintf("Bảng điểm và xếp hạng năm %d", d.Year), Body: []docx.Block{standingTable(d)}})
	}
	return p
}

func targetTable(d Data) docx.Table {
	t := docx.Table{
		Columns: []docx.Column{{Width: 6, Align: docx.Center}, {Width: 38}, {Width: 14}, {Width: 13, Align: docx.Right}, {Width: 13, Align: docx.Right}, {Width: 10, Align: docx.Right}, {Width: 12}},
		Header:  [][]docx.Cell{docx.Cells("STT", "Chỉ tiêu", "Đơn vị tính", "Giao ước", "Thực hiện", "Tỷ lệ", "Đánh giá")},
	}
	for i, row := range d.Targets {
		name := row.Name
		if row.Illustrative {
			name += " (minh họa)"
		}
		result := row.Result
		if row.Period != "" {
			result += " (" + row.Period + ")"
		}
		t.Rows = append(t.Rows, docx.Cells(strconv.Itoa(i+1), name, row.Unit, row.Plan, result, row.Ratio, row.Status))
	}
	return t
}

func standingTable(d Data) docx.Table {
	t := docx.Table{
		Columns: []docx.Column{{Width: 8, Align: docx.Center}, {Width: 40}, {Width: 13, Align: docx.Right}, {Width: 13, Align: docx.Right}, {Width: 13, Align: docx.Right}, {Width: 19}},
		Header:  [][]docx.Cell{docx.Cells("Hạng", "Đơn vị", "Tự chấm", "Kiểm tra", "Thống nhất", "Ghi chú")},
	}
	for _, s := range d.Standing {
		t.Rows = append(t.Rows, docx.Cells(s.Rank, s.Unit, s.Self, s.Check, s.Agreed, s.Note))
	}
	return t
}

// minutes writes themselves from what happened at the meeting.
func minutes(d Data, w Wish) docx.Paper {
	m := d.Meeting
	if m == nil {
		m = &Meeting{Title: "Hội nghị"}
	}
	if m.Day != "" {
		w.Day = m.Day // minutes bear the day of the meeting, whenever they are issued
	}
	p := head(d, w, "BIÊN BẢN", "BB", m.Title)
	add := func(b ...docx.Block) { p.Body = append(p.Body, b...) }
	add(docx.Plain(fmt.Sprintf("Thời gian bắt đầu: %s. Địa điểm: %s.", orGap(m.Start), orGap(m.Place))))
	add(docx.Heading{Level: 1, Text: "I. THÀNH PHẦN"})
	add(docx.P(docx.B("Chủ trì: "), docx.T(orGap(m.Chair)+".")), docx.P(docx.B("Thư ký: "), docx.T(orGap(m.Secretary)+".")))
	add(docx.P(docx.B(fmt.Sprintf("Đơn vị có mặt (%d/%d): ", len(m.Present)+len(m.Substitutes), len(d.Members))), docx.T(joined(m.Present)+".")))
	if len(m.Substitutes) > 0 {
		add(docx.P(docx.B(fmt.Sprintf("Dự thay, có ủy quyền bằng văn bản (%d): ", len(m.Substitutes))), docx.T(joined(m.Substitutes)+".")))
	}
	add(docx.P(docx.B(fmt.Sprintf("Đơn vị vắng (%d): ", len(m.Absent))), docx.T(joined(m.Absent)+".")))
	if m.Quorum != "" {
		add(docx.Plain(m.Quorum))
	}
	add(docx.Heading{Level: 1, Text: "II. NỘI DUNG"})
	for i, it := range m.Items {
		add(docx.Heading{Level: 2, Text: fmt.Sprintf("%d. %s", i+1, it.Title)})
		if it.Resolution != "" {
			add(paragraphs(it.Resolution, "")...)
		}
	}
	if m.Opinions != "" {
		add(docx.Heading{Level: 2, Text: "Ý kiến tại hội nghị"})
		add(paragraphs(m.Opinions, "")...)
	}
	part := 2
	heading := func(text string) {
		part++
		add(docx.Heading{Level: 1, Text: []string{"", "I", "II", "III", "IV"}[part] + ". " + text})
	}
	if len(m.Polls) > 0 {
		heading("BIỂU QUYẾT, BỎ PHIẾU")
		for _, poll := range m.Polls {
			add(pollBlocks(poll)...)
		}
	}
	if m.Reviews && len(d.Nominations) > 0 {
		heading("KẾT QUẢ BÌNH XÉT")
		add(docx.Plain("Hội nghị thống nhất đề nghị:"), nominationTable(d))
	}
	if d.NextLeader != "" {
		s := fmt.Sprintf("Hội nghị bầu %s làm đơn vị trưởng năm %d", d.NextLeader, d.Year+1)
		if d.NextDeputy != "" {
			s += ", " + d.NextDeputy + " làm đơn vị phó"
		}
		add(docx.Plain(s + "."))
	}
	add(docx.Plain(fmt.Sprintf("Hội nghị kết thúc vào %s. Biên bản đã được thông qua tại hội nghị.", orGap(m.End))))
	add(mark(d)...)
	p.Signatures = []docx.Signature{office("THƯ KÝ", m.Secretary), office("CHỦ TRÌ", m.Chair)}
	p.Recipients = nil
	return p
}

// office is the signature of somebody whose name was given with the position
// behind it: the position stands over the signature, the name alone under it.
func office(role, person string) docx.Signature {
	name, position, _ := strings.Cut(person, ",")
	s := docx.Signature{Lines: []string{role}, Name: strings.TrimSpace(name)}
	if position = strings.TrimSpace(position); position != "" {
		s.Lines = append(s.Lines, position)
	}
	return s
}

func orGap(s string) string {
	if s == "" {
		return "…………"
	}
	return s
}

func joined(names []string) string {
	if len(names) == 0 {
		return "không"
	}
	return strings.Join(names, "; ")
}

func pollBlocks(p Poll) []docx.Block {
	out := []docx.Block{docx.Heading{Level: 2, Text: p.Title}}
	if p.Paper {
		out = append(out, docx.Plain(fmt.Sprintf("Hình thức: %s. Số đơn vị có quyền bỏ phiếu: %s; có mặt: %s; phát ra: %s phiếu; thu về: %s phiếu; hợp lệ: %s; không hợp lệ: %s.",
			p.Way, p.Entitled, p.Present, p.Issued, p.Returned, p.Valid, p.Invalid)))
	} else {
		out = append(out, docx.Plain(fmt.Sprintf("Hình thức: %s. Số đơn vị có quyền biểu quyết: %s; có mặt: %s.", p.Way, p.Entitled, p.Present)))
	}
	if p.Threshold != "" {
		out = append(out, docx.Plain(p.Threshold))
	}
	what := "Đơn vị được giới thiệu"
	if p.Texts {
		what = "Nội dung"
	}
	t := docx.Table{
		Columns: []docx.Column{{Width: 44}, {Width: 13, Align: docx.Right}, {Width: 16, Align: docx.Right}, {Width: 16, Align: docx.Right}, {Width: 17}},
		Header:  [][]docx.Cell{docx.Cells(what, "Đồng ý", "Không đồng ý", "Tỷ lệ đồng ý", "Kết quả")},
	}
	for _, l := range p.Lines {
		t.Rows = append(t.Rows, docx.Cells(l.Name, l.Yes, l.No, l.Share, l.Outcome))
	}
	out = append(out, t)
	if p.Outcome != "" {
		out = append(out, docx.Plain(p.Outcome))
	}
	return out
}

func nominationTable(d Data) docx.Table {
	t := docx.Table{
		Columns: []docx.Column{{Width: 6, Align: docx.Center}, {Width: 34}, {Width: 30}, {Width: 9, Align: docx.Center}, {Width: 11, Align: docx.Right}, {Width: 16}},
		Header:  [][]docx.Cell{docx.Cells("STT", "Đơn vị", "Hình thức đề nghị", "Hạng", "Điểm", "Phiếu đồng ý")},
	}
	for i, n := range d.Nominations {
		t.Rows = append(t.Rows, docx.Cells(strconv.Itoa(i+1), n.Unit, n.Award, n.Rank, n.Points, n.Votes))
	}
	return t
}

// proposal is the submission with the list of who is proposed for what.
func proposal(d Data, w Wish) docx.Paper {
	p := head(d, w, "TỜ TRÌNH", "TTr", fmt.Sprintf("Về việc đề nghị khen thưởng năm %d đối với các đơn vị thuộc %s", d.Year, d.Cluster))
	p.To = []string{d.Organiser}
	add := func(b ...docx.Block) { p.Body = append(p.Body, b...) }
	if m := d.Meeting; m != nil {
		add(docx.Plain(fmt.Sprintf("Căn cứ kết quả chấm điểm, xếp hạng năm %d và kết quả bình xét tại %s (%s), %s đề nghị xem xét khen thưởng như sau:", d.Year, m.Title, orGap(m.Start), d.Cluster)))
	} else {
		add(docx.Plain(fmt.Sprintf("Căn cứ kết quả chấm điểm, xếp hạng năm %d, %s đề nghị xem xét khen thưởng như sau:", d.Year, d.Cluster)))
	}
	counts, order := map[string]int{}, []string{}
	for _, n := range d.Nominations {
		if counts[n.Award] == 0 {
			order = append(order, n.Award)
		}
		counts[n.Award] += max(n.Quantity, 1)
	}
	items := make([]string, len(order))
	for i, a := range order {
		items[i] = fmt.Sprintf("%s: %02d đơn vị", a, counts[a])
	}
	if len(items) > 0 {
		add(docx.List(items...))
	}
	add(docx.Plain("Danh sách chi tiết kèm theo. Kính đề nghị cấp có thẩm quyền xem xét, quyết định./."))
	add(mark(d)...)
	p.Signatures = []docx.Signature{lead(d, w)}
	list := docx.Annex{Name: "Danh sách", Title: fmt.Sprintf("Đơn vị đề nghị khen thưởng năm %d", d.Year), Body: []docx.Block{nominationTable(d)}}
	for _, n := range d.Nominations {
		if n.Grounds != "" {
			list.Body = append(list.Body, docx.P(docx.B(n.Unit+": "), docx.T(n.Grounds)))
		}
	}
	p.Annexes = append(p.Annexes, list)
	return p
}

// covenant is the covenant with the signatures of all members, leader first.
func covenant(d Data, w Wish) docx.Paper {
	p := docx.Paper{
		Letterhead: docx.Centred, Place: w.Place, Day: w.Day, Year: d.Year,
		Kind: "BẢN GIAO ƯỚC THI ĐUA", Abstract: fmt.Sprintf("%s, năm %d", d.Cluster, d.Year), Draft: w.Draft,
	}
	for _, c := range d.Clauses {
		p.Body = append(p.Body, docx.Plain(c))
	}
	p.Body = append(p.Body, mark(d)...)
	table := docx.SignatureTable{Title: "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC", Columns: 2}
	signed := map[string]Signed{}
	for _, s := range d.Signed {
		signed[s.Unit] = s
	}
	for _, m := range d.Members {
		s := signed[m.Name]
		lines := []string{}
		if s.Position != "" {
			lines = append(lines, s.Position)
		}
		table.Signers = append(table.Signers, docx.Signature{Unit: m.Name, Lines: lines, Name: s.Signer})
	}
	p.Body = append(p.Body, table)
	return p
}

// count is the minutes of a count: entitled, present, issued, returned, valid,
// invalid, and yes and no of each with the share of all members.
func count(d Data, w Wish) docx.Paper {
	poll := Poll{}
	if d.Poll != nil {
		poll = *d.Poll
	}
	if d.Meeting != nil {
		w.Day = d.Meeting.Day
	}
	p := head(d, w, "BIÊN BẢN KIỂM PHIẾU", "BB", poll.Title)
	if m := d.Meeting; m != nil {
		p.Body = append(p.Body, docx.Plain(fmt.Sprintf("Tại %s, %s.", m.Title, orGap(m.Place))))
	}
	p.Body = append(p.Body, docx.P(docx.B("Tổ kiểm phiếu: "), docx.T(joined(poll.Tellers)+".")))
	p.Body = append(p.Body, pollBlocks(poll)...)
	if len(poll.Recounts) > 0 {
		p.Body = append(p.Body, docx.Plain("Trước khi hai người kiểm phiếu thống nhất, các số liệu sau đã được ghi và sửa lại:"), docx.List(poll.Recounts...))
	}
	p.Body = append(p.Body, docx.Plain("Biên bản được lập ngay sau khi kiểm phiếu và công bố tại hội nghị."))
	p.Body = append(p.Body, mark(d)...)
	for _, t := range poll.Tellers {
		p.Signatures = append(p.Signatures, docx.Signature{Lines: []string{"NGƯỜI KIỂM PHIẾU"}, Name: t})
	}
	p.Recipients = nil
	return p
}
