package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/domain/task"
)

const lettersPath = "/quan-tri/thu"

// PlacePath is where a letter leads.
func PlacePath(p letter.Place) string {
	switch p.Kind {
	case "account":
		return accountPath + "#thu"
	case "progress":
		return yearPath(p.YearID, "progress") + "/bao-cao"
	case cluster.DueCheck:
		return yearPath(p.YearID, "scores")
	case cluster.DueReview:
		return yearPath(p.YearID, "meetings")
	case cluster.DueSubmit:
		return yearPath(p.YearID, "documents")
	}
	if f := taskPaths[p.Kind]; f != nil {
		return f(task.Task{YearID: p.YearID, Subject: p.Subject, UnitID: p.UnitID})
	}
	return yearPath(p.YearID, p.Kind)
}

// letterStates are what became of letters, with the value of the address's
// trang-thai, the word and its tone, in the order of the tabs.
var letterStates = []struct {
	state            letter.State
	value, tab, word string
	tone             string
}{
	{"", "", "Tất cả", "", ""},
	{letter.Failed, "khong-gui-duoc", "Không gửi được", "không gửi được", "bad"},
	{letter.Waiting, "cho-gui", "Chờ gửi", "chờ gửi", "info"},
	{letter.Sent, "da-gui", "Đã gửi", "đã gửi", "good"},
	{letter.Dropped, "thoi-gui", "Thôi gửi", "thôi gửi", ""},
}

// letterKinds say what a letter is about before it has words.
var letterKinds = map[letter.Kind]string{
	indicator.FiguresDue: "Nhắc hạn báo cáo số liệu", task.Reminded: "Nhắc việc của cụm, khối", letter.Test: "Thư thử",
}

// lettersView is the outgoing mail.
type lettersView struct {
	Outlet  letter.Outlet
	On      bool
	Tabs    []Tab
	Rows    []letterRow
	Failed  int
	Older   string // id from which the next page goes on; "" for none
	State   string
	Address string // of the reader, where a letter is tried
	Example string // how a server is started that sends mail
}

const mailExample = `thidua serve --url https://thidua.tinh.gov.vn --smtp smtp.tinh.gov.vn:587 --smtp-user thidua --smtp-from thidua@tinh.gov.vn`

type letterRow struct {
	letter.Listed
	What       string
	Word, Tone string
	Retry      bool // an attempt failed, another will be made
}

func (s *Server) letterRow(q *Req, l letter.Listed) letterRow {
	row := letterRow{Listed: l, What: l.Subject, Retry: l.State == letter.Waiting && l.Answer != ""}
	if row.What == "" {
		row.What = string(l.Kind)
		if word := letterKinds[l.Kind]; word != "" {
			row.What = q.T(word)
		}
	}
	for _, st := range letterStates {
		if st.state == l.State {
			row.Word, row.Tone = st.word, st.tone
		}
	}
	return row
}

// adminLetters lists the outgoing mail, of the state of the address's trang-thai.
func (s *Server) adminLetters(q *Req) error {
	view := lettersView{Outlet: s.Letters.Outlet(), On: s.Letters.On(), Address: q.Account.Email, State: q.Query("trang-thai"), Example: mailExample}
	var state letter.State
	for _, st := range letterStates {
		if st.value == view.State {
			state = st.state
		}
	}
	all, counts, more, err := s.Letters.List(q.Ctx(), q.Actor, state, q.Query("truoc"))
	if err != nil {
		return err
	}
	view.Failed = counts[letter.Failed]
	for _, st := range letterStates {
		path := lettersPath
		if st.value != "" {
			path += "?trang-thai=" + st.value
		}
		tab := Tab{Path: path, Text: st.tab, Here: st.value == view.State}
		if n := counts[st.state]; n > 0 {
			tab.Count = strconv.Itoa(n)
		}
		view.Tabs = append(view.Tabs, tab)
	}
	for _, l := range all {
		view.Rows = append(view.Rows, s.letterRow(q, l))
	}
	if more {
		view.Older = all[len(all)-1].ID
	}
	return q.Render("admin_letters", view)
}

// adminLetter is one letter with its words.
func (s *Server) adminLetter(q *Req) error {
	l, err := s.Letters.Get(q.Ctx(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	return q.Render("admin_letter", struct {
		letterRow
		Sample bool
	}{s.letterRow(q, l), s.Letters.Outlet().Sample})
}

func (s *Server) adminLetterAgain(q *Req) error {
	if _, err := s.Letters.Again(q.Ctx(), q.Actor, q.Path("id")); err != nil {
		return q.Retry(err, s.adminLetter)
	}
	return q.Redirect(lettersPath+"/"+q.Path("id"), "Thư đã vào hàng chờ gửi lại.")
}

func (s *Server) adminLettersAgain(q *Req) error {
	n, err := s.Letters.Again(q.Ctx(), q.Actor, "")
	if err != nil {
		return q.Retry(err, s.adminLetters)
	}
	return q.Redirect(lettersPath+"?trang-thai=cho-gui", "{.n} thư đã vào hàng chờ gửi lại.", "n", n)
}

func (s *Server) adminLetterTry(q *Req) error {
	if err := s.Letters.Try(q.Ctx(), q.Actor); err != nil {
		return q.Retry(err, s.adminLetters)
	}
	return q.Redirect(lettersPath, "Đã viết thư thử đến {.address}. Tải lại trang sau ít giây để xem máy chủ thư có nhận không.", "address", q.Account.Email)
}

// accountMail turns the own mail on or off.
func (s *Server) accountMail(q *Req) error {
	wanted := q.Form().Has("mail", "1")
	if err := s.Letters.Want(q.Ctx(), q.Actor, wanted); err != nil {
		return q.Retry(err, s.accountAgain)
	}
	if wanted {
		return q.Redirect(accountPath+"#thu", "Bạn sẽ nhận thư nhắc việc.")
	}
	return q.Redirect(accountPath+"#thu", "Bạn sẽ không nhận thư nhắc việc nữa. Lời nhắc vẫn hiện ở Việc cần làm.")
}

// planSave chooses when the year reminds of figures by mail.
func (s *Server) planSave(q *Req) error {
	f, id := q.Form(), q.Path("year")
	if err := s.Indicators.SetPlan(q.Ctx(), q.Actor, id, indicator.Plan{Week: f.Has("when", "week"), Eve: f.Has("when", "eve"), Late: f.Has("when", "late")}); err != nil {
		return q.Retry(err, s.scheduleForm)
	}
	return q.Redirect(yearPath(id, "progress")+"/tinh-hinh", "Đã lưu cách nhắc hạn báo cáo.")
}

// planOptions are when a year can remind by mail.
var planOptions = []Option{
	{Value: "week", Text: "trước hạn 7 ngày"}, {Value: "eve", Text: "trước hạn 1 ngày"}, {Value: "late", Text: "sau hạn 1 ngày, nếu chưa đủ số liệu"},
}

func planChosen(p indicator.Plan) (out []string) {
	for i, on := range []bool{p.Week, p.Eve, p.Late} {
		if on {
			out = append(out, planOptions[i].Value)
		}
	}
	return out
}

// planWords say when a year reminds by mail; "" for never.
func planWords(q *Req, p indicator.Plan) string {
	var when []string
	for _, o := range planOptions {
		if slices.Contains(planChosen(p), o.Value) {
			when = append(when, q.T(o.Text))
		}
	}
	return strings.Join(when, "; ")
}
