package web

import (
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/platform/fault"
)

// paperFormView is the page on which a version is written.
type paperFormView struct {
	paperView
	Editing bool // an uncirculated version is edited; otherwise the next is begun
	Number  int
	Sheets  []Option
	Residue []Option // asked once the text holds what a web page printed around it
}

// paperForm edits the version that is not circulated, or begins the next from
// the text of the last.
func (s *Server) paperForm(q *Req) error {
	view, err := s.paperOf(q)
	if err != nil {
		return err
	}
	if !view.MayWrite {
		return fault.Deny()
	}
	form := paperFormView{paperView: view, Number: 1}
	f := q.Form()
	if len(view.Versions) > 0 {
		last := view.Versions[0].Version
		form.Editing, form.Number, form.Version = !last.Circulated, last.Number, last
		if !form.Editing {
			form.Number++
			if form.Version, err = s.Drafts.Base(q.Ctx(), s.DB, view.Draft); err != nil {
				return err
			}
			last = form.Version
		}
		f.Default("text", last.Text)
		f.Default("sheet", last.SheetVersionID)
		if form.Editing {
			f.Default("note", last.Note)
		}
	}
	title := view.Draft.Title
	if title == "" {
		title = q.T("{.paper} năm {.year}", "paper", q.Lang.Say(view.Name.Text, view.Name.Args), "year", view.Head.YearNo())
	}
	f.Default("title", title)
	if view.Kind == draft.Criteria && s.Criteria != nil {
		sheets, err := s.Criteria.List(q.Ctx(), q.Actor, criteria.Place{Year: view.Head.Year.ID})
		if err != nil {
			return err
		}
		form.Sheets = []Option{{Text: "— Chọn bảng chấm điểm —"}}
		for _, one := range sheets {
			form.Sheets = append(form.Sheets, Option{Value: one.ID, Text: q.T("{.name}, bản {.n}", "name", one.Name, "n", one.Number)})
		}
	}
	if len(draft.Residue(f.Text("text"))) > 0 {
		form.Residue = []Option{{Value: "drop", Text: "Bỏ các dòng này"}, {Value: "keep", Text: "Giữ nguyên, đó là nội dung của văn bản"}}
	}
	return q.Render("paper_form", form)
}

func (s *Server) paperSave(q *Req) error {
	k, err := paperKind(q.Path("kind"))
	if err != nil {
		return err
	}
	ctx, f, year := q.Ctx(), q.Form(), q.Path("year")
	in := draft.Text{Title: f.Get("title"), Text: f.Text("text"), SheetVersionID: f.Get("sheet"), Note: f.Get("note")}
	if lines := draft.Residue(in.Text); len(lines) > 0 {
		switch f.Get("residue") {
		case "keep":
		case "drop":
			in.Text = draft.WithoutResidue(in.Text)
		default:
			line := strings.TrimSpace(strings.Split(in.Text, "\n")[lines[0]-1])
			return q.Retry(fault.Wrong("residue", "Có {.n} dòng giống phần của trang web chứ không phải của văn bản, như dòng {.line}: “{.text}”. Các dòng này sẽ được in và ký cùng văn bản. Hãy chọn bỏ hay giữ.", "n", len(lines), "line", lines[0], "text", line), s.paperForm)
		}
	}
	to := paperPath(year, k)
	if id := f.Get("id"); id != "" {
		v, err := s.Drafts.Edit(ctx, q.Actor, id, f.Version(), in)
		if err != nil {
			if now, ok := fault.As(err).Theirs.(draft.Version); ok {
				q.Compare("text", "Nội dung", now.Text)
				q.Compare("note", "Ghi chú về bản này", now.Note)
			}
			return q.Retry(err, s.paperForm)
		}
		return q.Redirect(s.afterWriting(q, k, v.ID, to), "Đã lưu bản số {.n}. Bản này chưa gửi góp ý.", "n", v.Number)
	}
	v, err := s.Drafts.Write(ctx, q.Actor, year, k, in)
	if err != nil {
		return q.Retry(err, s.paperForm)
	}
	return q.Redirect(s.afterWriting(q, k, v.ID, to), "Đã lưu bản số {.n}. Bản này chưa gửi góp ý.", "n", v.Number)
}

// afterWriting leads from a covenant's text to its targets, from any other
// paper back to it.
func (s *Server) afterWriting(q *Req, k draft.Kind, versionID, to string) string {
	if k == draft.Covenant {
		return s.covenantPath(q, versionID)
	}
	return to
}

func (s *Server) paperCirculate(q *Req) error {
	k, err := paperKind(q.Path("kind"))
	if err != nil {
		return err
	}
	f := q.Form()
	v, err := s.Drafts.Circulate(q.Ctx(), q.Actor, f.Get("id"), f.Version())
	if err != nil {
		return q.Retry(unseen(err), s.paperShow)
	}
	return q.Redirect(paperPath(q.Path("year"), k), "Đã gửi bản số {.n} để các đơn vị góp ý. Bản này giữ nguyên từ đây.", "n", v.Number)
}

func (s *Server) paperComment(q *Req) error {
	k, err := paperKind(q.Path("kind"))
	if err != nil {
		return err
	}
	f := q.Form()
	c, err := s.Drafts.Comment(q.Ctx(), q.Actor, f.Get("id"), f.Get("unit"), f.Int("line"), f.Text("text"))
	if err != nil {
		return q.Retry(err, s.paperShow)
	}
	return q.Redirect(commentBack(q, paperPath(q.Path("year"), k))+"#dong-"+strconv.Itoa(c.Line), "Đã gửi góp ý của đơn vị.")
}

func (s *Server) paperAnswer(q *Req) error {
	k, err := paperKind(q.Path("kind"))
	if err != nil {
		return err
	}
	f := q.Form()
	c, err := s.Drafts.Answer(q.Ctx(), q.Actor, f.Get("id"), f.Version(), draft.Outcome(f.Get("outcome")), f.Text("answer"))
	if err != nil {
		if now, ok := fault.As(err).Theirs.(*draft.Comment); ok {
			q.Compare("answer", "Giải trình", now.Answer)
		}
		return q.Retry(err, s.paperShow)
	}
	to := paperPath(q.Path("year"), k)
	if n := f.Get("ban"); n != "" {
		to += "?ban=" + strconv.Itoa(f.Int("ban"))
	}
	return q.Redirect(commentBack(q, to)+"#dong-"+strconv.Itoa(c.Line), "Đã trả lời góp ý.")
}

// commentBack leads back to the covenant's page where the comment was written
// there, and to the paper otherwise.
func commentBack(q *Req, to string) string {
	at := yearPath(q.Path("year"), "covenant")
	if back := q.Form().Get("ve"); back == at || strings.HasPrefix(back, at+"?ban=") {
		return back
	}
	return to
}

func (s *Server) paperAdopt(q *Req) error {
	k, err := paperKind(q.Path("kind"))
	if err != nil {
		return err
	}
	f := q.Form()
	if _, err := s.Drafts.Adopt(q.Ctx(), q.Actor, f.Get("id"), f.Get("meeting"), f.Version()); err != nil {
		return q.Retry(unseen(err), s.paperShow)
	}
	if k == draft.Covenant {
		return q.Redirect(yearPath(q.Path("year"), "covenant"), "Giao ước đã được thông qua. Thủ trưởng các đơn vị có thể ký.")
	}
	return q.Redirect(paperPath(q.Path("year"), k), "Văn bản đã được thông qua.")
}

func (s *Server) paperReopen(q *Req) error {
	k, err := paperKind(q.Path("kind"))
	if err != nil {
		return err
	}
	f := q.Form()
	if _, err := s.Drafts.Reopen(q.Ctx(), q.Actor, f.Get("id"), f.Version(), f.Get("reason")); err != nil {
		return q.Retry(unseen(err), s.paperShow)
	}
	return q.Redirect(paperPath(q.Path("year"), k), "Đã mở lại văn bản. Bản đã thông qua trước đây vẫn được giữ.")
}

// paperCompareView is two versions side by side.
type paperCompareView struct {
	paperView
	Before, After draft.Version
	Diff          []draft.Line
	Added         int
	Removed       int
	Changed       int
	All           bool // unchanged lines are shown too
	Numbers       []int
	Targets       []changeRow // of a covenant
}

func (s *Server) paperCompare(q *Req) error {
	view, err := s.paperOf(q)
	if err != nil {
		return err
	}
	from, to := "", ""
	out := paperCompareView{paperView: view, All: q.Query("tat-ca") != ""}
	for _, v := range view.Versions {
		out.Numbers = append(out.Numbers, v.Number)
		if strconv.Itoa(v.Number) == q.Query("tu") {
			from = v.ID
		}
		if strconv.Itoa(v.Number) == q.Query("den") {
			to = v.ID
		}
	}
	if from == "" || to == "" {
		return fault.Missing()
	}
	if out.Before, out.After, out.Diff, err = s.Drafts.Compare(q.Ctx(), q.Actor, from, to); err != nil {
		return err
	}
	if view.Kind == draft.Covenant && s.Covenants != nil {
		if out.Targets, err = s.changeRows(q, view.Head, out.Before.ID, out.After.ID); err != nil {
			return err
		}
	}
	for _, l := range out.Diff {
		switch l.Sort {
		case draft.Added:
			out.Added++
		case draft.Removed:
			out.Removed++
		case draft.Changed:
			out.Changed++
		}
	}
	return q.Render("paper_compare", out)
}
