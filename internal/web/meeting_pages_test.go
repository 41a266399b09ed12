package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/meeting/meetingtest"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/testkit/store"
)

// meetingSite is a site over a block that reviews 2023.
type meetingSite struct {
	*site
	*meetingtest.Hall
	in map[string]*browser
}

// as is the browser of the account, signed in once.
func (s *meetingSite) as(login string) *browser {
	s.t.Helper()
	if s.in[login] == nil {
		s.in[login] = s.site.as(login)
	}
	return s.in[login]
}

func newMeetingSite(t *testing.T, units int, change ...func(*Deps)) *meetingSite {
	t.Helper()
	ctx := context.Background()
	d := store.SQLite(t)
	hall := meetingtest.New(t, d, units)
	s := &meetingSite{in: map[string]*browser{}, Hall: hall, site: &site{t: t, d: d, clock: hall.Clock, log: &bytes.Buffer{}, ids: map[string]string{}}}
	for _, name := range hall.Years.Unguarded() {
		hall.Years.Guard(name, func(context.Context, db.Queryer, cluster.Year) ([]cluster.Blocker, error) { return nil, nil })
	}
	s.account = account.New(d, hall.Book, hall.Gate, hall.Clock)
	unit := func(i int) string { return hall.Units[min(i, units-1)].ID }
	for _, a := range []struct {
		login, name string
		role        access.Role
		unit        string
	}{
		{"leader", "Nguyễn Thị Lan", access.Officer, unit(0)}, {"member", "Trần Văn Minh", access.Officer, unit(2)},
		{"teller", "Lê Thị Hoa", access.Officer, unit(3)}, {"teller2", "Phạm Văn Hùng", access.Officer, unit(4)},
		{"teller3", "Vũ Thị Thu", access.Officer, unit(5)}, {"standing", "Chuyên viên", access.Standing, hall.Organiser.ID},
		{"auditor", "Người kiểm tra", access.Auditor, ""}, {"administrator", "Quản trị", access.Administrator, ""}, {"stranger", "Người lạ", access.Officer, hall.Unit("Sở Xa").ID},
	} {
		_, err := s.account.CreateWith(ctx, access.Program, account.NewAccount{Login: a.login, Name: a.name, First: account.NewAssignment{Role: a.role, UnitID: a.unit, From: "2023-01-01"}}, testPassword)
		hall.Check(err)
	}
	deps := Deps{
		DB: d, Clock: hall.Clock, Gate: hall.Gate, Account: s.account, Log: slog.New(slog.NewJSONHandler(s.log, nil)), Years: hall.Years, Org: hall.Org,
		Task: task.New(d, hall.Book, hall.Gate, hall.Years, hall.Clock), Rulebook: hall.Rules, Ballots: hall.Ballots, Meetings: hall.Meetings,
	}
	for _, f := range change {
		f(&deps)
	}
	var err error
	s.Server, err = New(deps)
	hall.Check(err)
	t.Cleanup(func() {
		for line := range strings.Lines(s.log.String()) {
			if strings.Contains(line, `"status":500`) {
				t.Error(line)
			}
		}
	})
	return s
}

func (s *meetingSite) tab(rest string) string { return "/nam/" + s.Year.ID + "/binh-xet" + rest }

// plan is the form of a meeting that has all it needs.
func (s *meetingSite) plan() url.Values {
	return url.Values{
		"kind": {"review"}, "title": {"Hội nghị tổng kết năm 2023"}, "starts": {"29/11/2023"}, "time": {"08h30"}, "place": {"Hội trường A"},
		"chair": {"Nguyễn Thị Lan"}, "secretary": {"Trần Văn B"}, "host": {s.Units[0].ID}, "lines": {"3"},
		"item_kind-0": {"report"}, "item_title-0": {"Báo cáo tổng kết"}, "item_kind-1": {"other"}, "item_title-1": {""}, "item_kind-2": {"election"}, "item_title-2": {"Bầu khối trưởng"},
	}
}

// version reads the row's version as it stands.
func (s *meetingSite) version(table, id string) string {
	s.t.Helper()
	v, err := db.One[int64](context.Background(), s.d, `SELECT version FROM `+table+` WHERE id = $1`, id)
	s.Check(err)
	return strconv.FormatInt(v, 10)
}

func TestMeetingPagesByRole(t *testing.T) {
	s := newMeetingSite(t, 6)
	m := s.InSession(meeting.Review, 6)
	p := s.Poll(m, ballot.ForLeader, ballot.OnPaper, 1, 1, 2)
	hop := meetingPath(m.ID, "")
	for _, c := range []struct {
		path   string
		status map[string]int
	}{
		{s.tab(""), map[string]int{"leader": 200, "member": 200, "standing": 200, "auditor": 200, "administrator": 200, "stranger": 404}},
		{s.tab("/moi"), map[string]int{"leader": 200, "member": 403, "standing": 200, "auditor": 403, "stranger": 404}},
		{s.tab("/tong-hop.xlsx"), map[string]int{"leader": 200, "member": 200, "administrator": 404, "stranger": 404}},
		{hop, map[string]int{"leader": 200, "member": 200, "standing": 200, "auditor": 200, "administrator": 404, "stranger": 404}},
		{hop + "/sua", map[string]int{"leader": 200, "member": 403, "stranger": 404}},
		{hop + "/phieu/moi", map[string]int{"leader": 200, "member": 403, "stranger": 404}},
		{countPath(p.ID), map[string]int{"leader": 200, "teller": 200, "standing": 200, "auditor": 200, "administrator": 404, "stranger": 404}},
		{hop + "/phieu/" + p.ID, map[string]int{"member": 303, "stranger": 404}},
		{"/phieu/" + p.ID, map[string]int{"member": 303, "stranger": 404}},
		{"/hop/khong-co", map[string]int{"leader": 404}},
		{"/phieu/khong-co/kiem", map[string]int{"leader": 404}},
	} {
		for who, want := range c.status {
			if got := s.as(who).get(c.path); got.status != want {
				t.Errorf("%s at %s: %d, want %d\n%.800s", who, c.path, got.status, want, got.body)
			}
		}
	}
	if got := s.visitor().get(hop); got.status != 303 || !strings.HasPrefix(got.location, "/dang-nhap") {
		t.Errorf("a visitor: %d %s", got.status, got.location)
	}
	if got := s.as("member").get(hop); strings.Contains(got.body, "Bế mạc<") || strings.Contains(got.body, "/diem-danh/") || strings.Contains(got.body, "data-tick") {
		t.Error("a member is offered to run the meeting")
	}
	s.as("administrator").get(s.tab("")).want(t, 200, "chỉ dành cho đơn vị thành viên")

	// A member may send what the page does not offer; it is refused all the same.
	member := s.as("member")
	for path, form := range map[string]url.Values{
		"/khai-mac": {"version": {"1"}}, "/be-mac": {"version": {"2"}}, "/huy": {"reason": {"x"}}, "/y-kien": {"opinions": {"x"}}, "/mo-nam": {},
		"/diem-danh/" + s.Units[2].ID: {"status": {"absent"}, "version": {"1"}}, "/muc": {"item_kind": {"other"}, "item_title": {"x"}},
		"/phieu/" + p.ID + "/huy": {"reason": {"x"}, "version": {"2"}}, "/phieu/" + p.ID + "/lai": {"way": {"open"}}, "/sua": s.plan(),
	} {
		if got := member.post(hop+path, form); got.status != 403 {
			t.Errorf("a member at %s: %d", path, got.status)
		}
		if got := s.as("stranger").post(hop+path, form); got.status != 404 {
			t.Errorf("a stranger at %s: %d", path, got.status)
		}
	}
	s.as("stranger").post(countPath(p.ID), url.Values{}).want(t, 404)
	s.as("auditor").post(countPath(p.ID), url.Values{"issued": {"6"}, "returned": {"6"}, "valid": {"6"}, "invalid": {"0"}}).want(t, 422)
	s.Sound()
}

func TestPlanningAMeetingInTheBrowser(t *testing.T) {
	s := newMeetingSite(t, 3)
	leader := s.as("leader")
	leader.get(s.tab("")).want(t, 200, "Chưa có hội nghị nào", s.tab("/moi"), "Sở Số 2", "chưa có")
	leader.get(s.tab("/moi")).want(t, 200, "Hội nghị tổng kết, bình xét thi đua năm 2023", "Bầu đơn vị trưởng, phó năm sau")
	leader.get(s.tab("/moi?loai=mid")).want(t, 200, "Hội nghị sơ kết công tác thi đua 6 tháng đầu năm 2023", "Báo cáo sơ kết 6 tháng đầu năm")

	form := s.plan()
	form.Set("time", "25:10")
	form.Set("place", "")
	got := leader.post(s.tab("/moi"), form)
	got.want(t, 422, "Giờ họp không đúng. Hãy nhập như 08:30.", "Chưa nhập địa điểm.", `value="Bầu khối trưởng"`, `value="25:10"`, `value="Trần Văn B"`)
	form = s.plan()
	form.Set("starts", "31/02/2023")
	leader.post(s.tab("/moi"), form).want(t, 422, "Chưa nhập ngày giờ họp, hoặc nhập không đúng.", `value="31/02/2023"`)
	form = s.plan()
	form.Set("item_title-2", strings.Repeat("a", 501))
	leader.post(s.tab("/moi"), form).want(t, 422, `id="f-item_title-2-error"`, "dài quá 500 ký tự")

	got = leader.post(s.tab("/moi"), s.plan())
	if got.status != 303 || !strings.HasPrefix(got.location, "/hop/") {
		t.Fatalf("%d %s\n%.2000s", got.status, got.location, got.body)
	}
	hop := got.location
	page := leader.get(hop)
	page.want(t, 200, "08:30 29/11/2023", "Báo cáo tổng kết", "Bầu khối trưởng", "Khai mạc", "Chưa đủ điều kiện họp: mới có 0 trên 3", "Điều 47 Nghị định 98/2023/NĐ-CP", "chưa xác minh")
	if strings.Count(page.body, `class="agenda-item"`) != 2 {
		t.Error("an empty line of the agenda became an item")
	}
	leader.get(s.tab("")).want(t, 200, "Hội nghị tổng kết năm 2023", "Đã lên lịch", hop)

	edit := s.plan()
	edit.Set("title", "Hội nghị tổng kết, sửa tên")
	edit.Set("version", "1")
	leader.post(hop+"/sua", edit).wantTo(t, hop)
	edit.Set("title", "Tên của người đến sau")
	stale := leader.post(hop+"/sua", edit)
	stale.want(t, 409, "Hội nghị tổng kết, sửa tên", "Tên của người đến sau", "Bản đang lưu")

	// A day ahead the meeting cannot be opened, and the page says why.
	s.clock.To("2023-11-28 08:00")
	leader.get(hop).want(t, 200, "chỉ khai mạc được từ ngày đó")
	leader.post(hop+"/khai-mac", url.Values{"version": {"2"}}).want(t, 409, "được lên lịch vào ngày 29/11/2023")
}

func TestRollCallInTheBrowser(t *testing.T) {
	s := newMeetingSite(t, 6)
	m := s.Plan(meeting.Review)
	hop, leader := meetingPath(m.ID, ""), s.as("leader")
	line := func(i int) string { return hop + "/diem-danh/" + s.Units[i].ID }
	tick := func(i int, status string) reply {
		return leader.post(line(i), url.Values{"status": {status}, "version": {"0"}})
	}
	for i := range 3 {
		tick(i, "present").wantTo(t, meetingPath(m.ID, "dd-"+s.Units[i].ID))
	}
	leader.get(hop).want(t, 200, "mới có 3 trên 6 đơn vị có mặt, cần 4", "3 có mặt, 0 dự thay, 0 vắng, 3 chưa điểm danh")
	got := leader.post(line(3), url.Values{"status": {"substitute"}, "version": {"0"}, "person": {"Lê Văn C"}, "mandate": {""}})
	got.want(t, 422, "Người dự thay phải có văn bản ủy quyền", `value="Lê Văn C"`)
	if n := strings.Count(got.body, `value="Lê Văn C"`); n != 1 {
		t.Errorf("what was typed stands in %d lines", n)
	}
	leader.post(line(3), url.Values{"status": {"substitute"}, "version": {"0"}, "person": {"Lê Văn C"}, "position": {"Phó Giám đốc"}, "mandate": {"12/UQ ngày 28/11/2023"}}).wantTo(t, meetingPath(m.ID, "dd-"+s.Units[3].ID))
	leader.get(hop).want(t, 200, "Đủ điều kiện họp: 4 trên 6", "Lê Văn C, Phó Giám đốc, 12/UQ ngày 28/11/2023")

	// Somebody else was faster: the same mark is no quarrel, another one is said.
	tick(0, "present").wantTo(t, meetingPath(m.ID, "dd-"+s.Units[0].ID))
	tick(0, "absent").want(t, 409, "vừa được người khác ghi là “Có mặt”")

	leader.header.Set("Accept", "application/json")
	tick(4, "absent").want(t, 200, `"status":"absent"`, `"version":1`, `"met":true`, "3 có mặt, 1 dự thay, 1 vắng, 1 chưa điểm danh")
	tick(4, "").want(t, 422, "Chưa chọn có mặt")
	leader.header.Del("Accept")

	if got := leader.post(hop+"/diem-danh/"+s.Organiser.ID, url.Values{"status": {"present"}}); got.status != 422 {
		t.Errorf("a unit that is no member: %d", got.status)
	}
	leader.get(hop+"/diem-danh").wantTo(t, meetingPath(m.ID, "diem-danh"))
	s.Sound()
}

func TestAgendaInTheBrowser(t *testing.T) {
	s := newMeetingSite(t, 3)
	m := s.InSession(meeting.Review, 3)
	items, err := s.Meetings.Items(context.Background(), s.d, m.ID)
	s.Check(err)
	hop, leader := meetingPath(m.ID, ""), s.as("leader")
	first := hop + "/muc/" + items[0].ID
	leader.post(first+"/ket-luan", url.Values{"resolution": {"Nhất trí với báo cáo."}, "version": {"1"}}).want(t, 422, "Chưa chọn kết quả của mục.", "Nhất trí với báo cáo.")
	leader.post(first+"/ket-luan", url.Values{"resolution": {"Nhất trí với báo cáo."}, "outcome": {"adopted"}, "version": {"1"}}).wantTo(t, meetingPath(m.ID, "muc-"+items[0].ID))
	leader.get(hop).want(t, 200, "Nhất trí với báo cáo.", "Thông qua")
	leader.post(first+"/ket-luan", url.Values{"resolution": {"Ý khác"}, "outcome": {"adopted"}, "version": {"1"}}).want(t, 409, "Nhất trí với báo cáo.", "Ý khác", "Kết luận")
	leader.post(first+"/xoa", url.Values{"version": {"2"}}).want(t, 409, "không xóa được")
	leader.post(hop+"/muc", url.Values{"item_kind": {"other"}, "item_title": {""}}).want(t, 422, "Chưa nhập nội dung của mục.")
	added := leader.post(hop+"/muc", url.Values{"item_kind": {"other"}, "item_title": {"Trao cờ luân lưu"}})
	if added.status != 303 {
		t.Fatalf("%d", added.status)
	}
	id := strings.TrimPrefix(added.location, hop+"#muc-")
	leader.post(hop+"/muc/"+id, url.Values{"item_kind": {"other"}, "item_title": {"Trao cờ luân lưu cho đơn vị trưởng mới"}, "place": {"1"}, "version": {"1"}}).wantTo(t, meetingPath(m.ID, "muc-"+id))
	page := leader.get(hop)
	if a, b := strings.Index(page.body, "Trao cờ luân lưu cho"), strings.Index(page.body, "Báo cáo tổng kết phong trào"); a < 0 || a > b {
		t.Error("the item was not moved to the front")
	}
	leader.post(hop+"/muc/"+id+"/xoa", url.Values{"version": {s.version("agenda_item", id)}}).wantTo(t, meetingPath(m.ID, "chuong-trinh"))
	// An item of another meeting is not found here.
	other := s.Plan(meeting.Mid)
	leader.post(meetingPath(other.ID, "")+"/muc/"+items[0].ID+"/ket-luan", url.Values{"outcome": {"noted"}, "version": {"2"}}).want(t, 404)

	leader.post(hop+"/y-kien", url.Values{"opinions": {"Sở Số 2: đề nghị <b>sớm</b>"}, "version": {s.version("meeting", m.ID)}}).wantTo(t, meetingPath(m.ID, "y-kien"))
	leader.get(hop).want(t, 200, "đề nghị &lt;b&gt;sớm&lt;/b&gt;")
	leader.post(hop+"/y-kien", url.Values{"opinions": {"Bản khác"}, "version": {"1"}}).want(t, 409, "Bản khác", "đề nghị &lt;b&gt;sớm")
	s.Sound()
}

func TestPreparingAVoteInTheBrowser(t *testing.T) {
	s := newMeetingSite(t, 12)
	m := s.Plan(meeting.Review)
	items, err := s.Meetings.Items(context.Background(), s.d, m.ID)
	s.Check(err)
	hop, leader := meetingPath(m.ID, ""), s.as("leader")
	leader.get(hop+"/phieu/moi?muc="+items[3].ID).want(t, 200, "Bầu khối trưởng năm 2024", "quá nửa tổng số", "Có 12 đơn vị thành viên nên cần ít nhất 7 phiếu", "chưa xác minh")
	leader.get(hop+"/phieu/moi?viec=adopt").want(t, 200, `name="labels"`)
	leader.get(hop+"/phieu/moi?viec=award").want(t, 200, "Danh mục khen thưởng chưa có hình thức nào")
	form := url.Values{"purpose": {"tie"}, "title": {"Phân định"}, "way": {"open"}, "year": {s.Year.ID}, "item": {items[3].ID}, "units": {s.Units[1].ID, s.Units[2].ID}, "seats": {"nhiều"}}
	got := leader.post(hop+"/phieu/moi", form)
	got.want(t, 422, "Số đơn vị được chọn không đúng.", `value="nhiều"`, `value="`+s.Units[1].ID+`" checked`, `value="`+s.Units[2].ID+`" checked`)
	form.Set("seats", "1")
	form.Del("units")
	form.Set("title", "")
	leader.post(hop+"/phieu/moi", form).want(t, 422, "Chưa nhập nội dung bỏ phiếu.", "Chưa có ai, hoặc nội dung nào, để bỏ phiếu.")
	form["units"] = []string{s.Units[1].ID, s.Organiser.ID}
	form.Set("title", "Phân định")
	leader.post(hop+"/phieu/moi", form).want(t, 422, "Chỉ đề cử được đơn vị thành viên")
	form["units"] = []string{s.Units[1].ID, s.Units[2].ID}
	got = leader.post(hop+"/phieu/moi", form)
	if got.status != 303 {
		t.Fatalf("%d\n%.3000s", got.status, got.body)
	}
	poll := strings.TrimPrefix(got.location, hop+"#phieu-")
	leader.get(hop).want(t, 200, "Phân định", "Bắt đầu được khi hội nghị đã khai mạc")
	leader.post(hop+"/phieu/"+poll+"/mo", url.Values{"version": {"1"}}).want(t, 409, "Hội nghị chưa khai mạc")
	s.as("teller").get(countPath(poll)).want(t, 200, "Chưa bắt đầu bỏ phiếu")

	// In session without a quorum the vote cannot begin; the page says why.
	leader.post(hop+"/khai-mac", url.Values{"version": {"1"}}).wantTo(t, hop)
	s.Call(m, 7)
	leader.post(hop+"/phieu/"+poll+"/mo", url.Values{"version": {"1"}}).want(t, 409, "Chưa đủ số đơn vị dự họp nên chưa bỏ phiếu được")
	s.Check(s.Meetings.Mark(context.Background(), s.Leader(), m.ID, meeting.Attendance{UnitID: s.Units[7].ID, Status: meeting.Present, Version: 1}))
	leader.post(hop+"/phieu/"+poll+"/mo", url.Values{"version": {"1"}}).wantTo(t, countPath(poll))
	s.Sound()
}

// entry is a teller's form.
func (s *meetingSite) entry(p ballot.Poll, totals [4]int, lines ...[2]int) url.Values {
	s.t.Helper()
	form := url.Values{"issued": {strconv.Itoa(totals[0])}, "returned": {strconv.Itoa(totals[1])}, "valid": {strconv.Itoa(totals[2])}, "invalid": {strconv.Itoa(totals[3])}}
	for i, n := range s.View(p).Nominees {
		form.Set(ballot.YesField(n.ID), strconv.Itoa(lines[i][0]))
		form.Set(ballot.NoField(n.ID), strconv.Itoa(lines[i][1]))
	}
	return form
}

func TestTwoTellersInTheBrowser(t *testing.T) {
	s := newMeetingSite(t, 12)
	m := s.InSession(meeting.Review, 10)
	p := s.Poll(m, ballot.ForLeader, ballot.OnPaper, 1, 1, 2)
	hop, kiem := meetingPath(m.ID, ""), countPath(p.ID)
	nominees := s.View(p).Nominees
	one, two, three := s.as("teller"), s.as("teller2"), s.as("teller3")

	one.get(kiem).want(t, 200, "Hai người kiểm phiếu đếm riêng và nhập riêng", "10 trên 12 đơn vị có mặt")
	form := s.entry(p, [4]int{10, 10, 8, 1}, [2]int{8, 1}, [2]int{1, 7})
	got := one.post(kiem, form)
	got.want(t, 422, "Phiếu hợp lệ 8 cộng không hợp lệ 1 là 9, khác số phiếu thu về 10.", "nhiều hơn 8 phiếu hợp lệ", `name="`+ballot.YesField(nominees[0].ID)+`" type="text" inputmode="numeric" autocomplete="off" value="8"`)
	form = s.entry(p, [4]int{11, 11, 11, 0}, [2]int{8, 1}, [2]int{1, 7})
	one.post(kiem, form).want(t, 422, "Phát ra 11 phiếu nhưng chỉ có 10 đơn vị có mặt")
	form = s.entry(p, [4]int{10, 10, 9, 1}, [2]int{8, 1}, [2]int{1, 8})
	form.Set(ballot.NoField(nominees[1].ID), "")
	one.post(kiem, form).want(t, 422, "Chưa nhập số phiếu. Nếu không có phiếu nào, hãy nhập 0.")
	form.Set(ballot.NoField(nominees[1].ID), "tám")
	one.post(kiem, form).want(t, 422, "Số phiếu phải là số nguyên từ 0 trở lên.", `value="tám"`)
	form = s.entry(p, [4]int{10, 10, 9, 1}, [2]int{9, 0}, [2]int{9, 0})
	one.post(kiem, form).want(t, 422, "Tổng số phiếu đồng ý là 18, nhiều hơn mức có thể 9")

	one.post(kiem, s.entry(p, [4]int{10, 10, 9, 1}, [2]int{7, 2}, [2]int{2, 7})).wantTo(t, kiem)
	one.get(kiem).want(t, 200, "còn chờ người kiểm phiếu thứ hai", `value="7"`, "Sửa số liệu của tôi")
	// The second sees nothing of the first before the own count is in.
	if got := two.get(kiem); strings.Contains(got.body, `value="7"`) || strings.Contains(got.body, "Lê Thị Hoa") {
		t.Error("the second teller sees the first one's count")
	}
	if got := s.as("leader").get(hop); strings.Contains(got.body, "hợp lệ</li>") {
		t.Error("the meeting's page shows a count that stands alone")
	}
	two.post(kiem, s.entry(p, [4]int{10, 10, 9, 1}, [2]int{8, 1}, [2]int{1, 8})).wantTo(t, kiem)
	two.get(kiem).want(t, 200, "ghi khác nhau 4 số liệu", "Sở Số 2: đồng ý", "Khác người kiểm kia.", "Bạn là người kiểm phiếu thứ 2")
	one.get(kiem).want(t, 200, "Khác người kiểm kia.", "Bạn là người kiểm phiếu thứ 1")
	three.get(kiem).want(t, 200, "Chỉ hai người được hội nghị cử kiểm phiếu", "Được cử: Sở Số 4; Sở Số 5.")
	three.post(kiem, s.entry(p, [4]int{10, 10, 9, 1}, [2]int{8, 1}, [2]int{1, 8})).want(t, 403)
	s.as("leader").post(hop+"/be-mac", url.Values{"version": {s.version("meeting", m.ID)}}).want(t, 409, "Chưa kiểm phiếu xong")

	one.post(kiem, s.entry(p, [4]int{10, 10, 9, 1}, [2]int{8, 1}, [2]int{1, 8})).wantTo(t, meetingPath(m.ID, "phieu-"+p.ID))
	s.as("member").get(hop).want(t, 200, "Được chọn: Sở Số 2", "Lê Thị C (Sở Số 4)", "Phạm Văn Hùng (Sở Số 5)", "Số liệu đã ghi trước khi hai bên khớp (1 lần)", "Sở Số 2 7/2; Sở Số 3 2/7", "8 trên 12 (66,67%), cần 7", "đã sửa 1 lần", "hợp lệ", "/ho-so/count?ban=thao&amp;ve="+p.ID)
	one.post(kiem, s.entry(p, [4]int{10, 10, 9, 1}, [2]int{8, 1}, [2]int{1, 8})).want(t, 409, "Phiếu đã được kiểm xong")
	one.get(kiem).want(t, 200, "Được chọn: Sở Số 2")
	s.as("member").get(s.tab("")).want(t, 200, "8 trên 12", "Được chọn", "cần 7 trên 12 phiếu")

	book := s.as("member").get(s.tab("/tong-hop.xlsx"))
	f, err := excelize.OpenReader(strings.NewReader(book.body))
	s.Check(err)
	rows, err := f.GetRows(f.GetSheetName(0))
	s.Check(err)
	found := false
	for _, r := range rows {
		found = found || len(r) > 7 && r[1] == "Sở Số 2" && r[6] == "8" && r[7] == "Được chọn"
	}
	if !found {
		t.Errorf("%q", rows)
	}
	s.Sound()
}

func TestHandsTieAndSettlingInTheBrowser(t *testing.T) {
	s := newMeetingSite(t, 6)
	m := s.InSession(meeting.Review, 6)
	p := s.Poll(m, ballot.ForTie, ballot.ByHands, 1, 0, 1, 2)
	hop, leader := meetingPath(m.ID, ""), s.as("leader")
	kiem := countPath(p.ID)
	s.as("member").get(kiem).want(t, 200, "Người chủ trì hội nghị nhập kết quả biểu quyết")
	s.as("member").post(kiem, s.entry(p, [4]int{}, [2]int{4, 2}, [2]int{4, 2}, [2]int{0, 6})).want(t, 403)
	leader.post(kiem, s.entry(p, [4]int{}, [2]int{5, 2}, [2]int{4, 2}, [2]int{0, 6})).want(t, 422, "Đồng ý 5 cộng không đồng ý 2 là 7, nhiều hơn 6 đơn vị có mặt.")
	// Six hands for one seat: more than half for two of them cannot be.
	leader.post(kiem, s.entry(p, [4]int{}, [2]int{4, 2}, [2]int{4, 2}, [2]int{0, 6})).want(t, 422, "Tổng số phiếu đồng ý là 8, nhiều hơn mức có thể 6")

	award := s.Poll(m, ballot.ForOther, ballot.ByHands, 1, 0, 1, 2)
	kiem = countPath(award.ID)
	act := hop + "/phieu/" + award.ID
	leader.post(kiem, s.entry(award, [4]int{}, [2]int{4, 2}, [2]int{4, 2}, [2]int{0, 6})).wantTo(t, meetingPath(m.ID, "phieu-"+award.ID))
	leader.get(hop).want(t, 200, "2 đơn vị bằng phiếu ở vị trí cuối, còn chọn 1", "Bỏ phiếu lại", "Ghi quyết định phân định")
	n := s.View(award).Nominees
	version := s.version("poll", award.ID)
	got := leader.post(act+"/phan-dinh", url.Values{"chosen": {n[0].ID}, "basis": {""}, "version": {version}})
	got.want(t, 422, "Hãy ghi ai quyết định và căn cứ nào", `value="`+n[0].ID+`" id="`, "checked")
	leader.post(act+"/phan-dinh", url.Values{"chosen": {n[0].ID, n[1].ID}, "basis": {"Chủ trì"}, "version": {version}}).want(t, 422, "Chỉ còn chọn được 1 đơn vị.")
	again := leader.post(act+"/lai", url.Values{"way": {"paper"}})
	if again.status != 303 {
		t.Fatalf("%d\n%.2000s", again.status, again.body)
	}
	next := strings.TrimPrefix(again.location, hop+"#phieu-")
	leader.get(hop).want(t, 200, "lần 2", "Việc này đã có lần bỏ phiếu tiếp theo")
	leader.post(act+"/lai", url.Values{"way": {"paper"}}).want(t, 409, "Đã có lần bỏ phiếu tiếp theo")
	leader.post(hop+"/phieu/"+next+"/huy", url.Values{"reason": {""}, "version": {"1"}}).want(t, 422, "Hãy ghi lý do hủy")
	leader.post(hop+"/phieu/"+next+"/huy", url.Values{"reason": {"Thống nhất phân định"}, "version": {"1"}}).wantTo(t, meetingPath(m.ID, "phieu-"+next))
	leader.post(act+"/phan-dinh", url.Values{"chosen": {n[0].ID}, "basis": {"Chủ trì, theo Điều 9 Quy chế"}, "version": {version}}).wantTo(t, meetingPath(m.ID, "phieu-"+award.ID))
	leader.get(hop).want(t, 200, "được phân định: Chủ trì, theo Điều 9 Quy chế", "Thống nhất phân định")
	// A vote of another meeting is not found here.
	leader.post(meetingPath(s.Plan(meeting.Mid).ID, "")+"/phieu/"+award.ID+"/huy", url.Values{"reason": {"x"}, "version": {"4"}}).want(t, 404)
	s.Sound()
}

func TestClosingAndTheNextYearInTheBrowser(t *testing.T) {
	s := newMeetingSite(t, 6)
	m := s.Plan(meeting.Review)
	hop, leader := meetingPath(m.ID, ""), s.as("leader")
	s.clock.To("2023-11-29 08:30")
	leader.post(hop+"/khai-mac", url.Values{"version": {"1"}}).wantTo(t, hop)
	leader.get(hop).want(t, 200, "Chưa bế mạc được:", "Còn 6 đơn vị chưa điểm danh.", "Chưa đủ điều kiện họp")
	s.Call(m, 3)
	now := func() url.Values { return url.Values{"version": {s.version("meeting", m.ID)}} }
	got := leader.post(hop+"/be-mac", now())
	got.want(t, 409, "Chưa bế mạc được. Chưa đủ điều kiện họp: mới có 3 trên 6")
	if strings.Contains(got.body, "btn go\">Bế mạc") {
		t.Error("closing is offered without a quorum")
	}
	s.Check(s.Meetings.Mark(context.Background(), s.Leader(), m.ID, meeting.Attendance{UnitID: s.Units[3].ID, Status: meeting.Present, Version: 1}))
	s.Vote(m, ballot.ForLeader, 1, map[int]int{1: 4})
	leader.get(hop).want(t, 200, "Hội nghị: đủ điều kiện bế mạc")
	leader.post(hop+"/be-mac", url.Values{"version": {"1"}}).want(t, 409, "Hội nghị vừa được người khác sửa")
	leader.post(hop+"/be-mac", now()).wantTo(t, hop)
	leader.get(hop).want(t, 200, "Đã bế mạc", "Mở năm thi đua 2024 với đơn vị trưởng Sở Số 2", "/ho-so/minutes?ban=thao&amp;ve="+m.ID, "/ho-so/minutes?ve="+m.ID, "Sở Số 5; Sở Số 6")
	if got := s.as("member").get(hop); strings.Contains(got.body, "/mo-nam") || strings.Contains(got.body, "/ho-so/minutes?ve=") {
		t.Error("a member is offered what only the leader may do")
	}
	s.as("member").post(hop+"/mo-nam", nil).want(t, 403)
	got = leader.post(hop+"/mo-nam", nil)
	if got.status != 303 || !strings.HasPrefix(got.location, "/nam/") {
		t.Fatalf("%d %s\n%.2000s", got.status, got.location, got.body)
	}
	leader.post(hop+"/mo-nam", nil).want(t, 409, "đã được mở")
	leader.get(hop).want(t, 200, "Năm thi đua 2024 đã được mở", got.location)
	leader.post(hop+"/y-kien", url.Values{"opinions": {"x"}, "version": {"9"}}).want(t, 409, "đã bế mạc")
	s.Sound()
}

func TestCancellingAMeetingInTheBrowser(t *testing.T) {
	s := newMeetingSite(t, 3)
	m := s.Plan(meeting.Mid)
	hop, leader := meetingPath(m.ID, ""), s.as("leader")
	leader.post(hop+"/huy", url.Values{"reason": {""}, "version": {"1"}}).want(t, 422, "Hãy ghi lý do hủy hội nghị.")
	leader.post(hop+"/huy", url.Values{"reason": {"Bão số 3"}, "version": {"1"}}).wantTo(t, hop)
	leader.get(hop).want(t, 200, "Đã hủy", "Bão số 3")
	leader.get(s.tab("")).want(t, 200, "Đã hủy")
}

// One meeting of two years: whoever belongs to the second alone finds the page,
// the quorum is said for each, and each leader prepares votes of the own year.
func TestMeetingOfTwoYearsInTheBrowser(t *testing.T) {
	s := newMeetingSite(t, 3)
	ctx := context.Background()
	fresh := s.Unit("Sở Mới")
	next, err := s.Hall.Years.Form(ctx, s.Standing, cluster.NewYear{ClusterID: s.Year.ClusterID, Kind: cluster.Khoi, OrganiserID: s.Organiser.ID, Year: 2024, Name: "Khối thử", Basis: "QĐ", Members: []string{s.Units[1].ID, fresh.ID}, Leader: cluster.NewTerm{UnitID: fresh.ID, Basis: cluster.ByDecision, Reference: "QĐ", From: "2023-11-01"}})
	s.Check(err)
	_, err = s.account.CreateWith(ctx, access.Program, account.NewAccount{Login: "fresh", Name: "Người mới", First: account.NewAssignment{Role: access.Officer, UnitID: fresh.ID, From: "2023-01-01"}}, testPassword)
	s.Check(err)
	leader := s.as("leader")
	form := s.plan()
	form.Set("years", next.ID)
	got := s.as("standing").post(s.tab("/moi"), form)
	if got.status != 303 {
		t.Fatalf("%d\n%.2000s", got.status, got.body)
	}
	hop := got.location
	for _, who := range []string{"leader", "member", "fresh", "standing"} {
		s.as(who).get(hop).want(t, 200, "mới có 0 trên 3", "mới có 0 trên 2", "Sở Mới")
	}
	s.as("fresh").post(hop+"/diem-danh", url.Values{"status": {"present"}}).wantTo(t, hop+"#diem-danh")
	leader.get(hop).want(t, 200, "3 trên 3", "2 trên 2")
	s.as("fresh").get(hop+"/phieu/moi?viec=other").want(t, 200, `name="year" value="`+next.ID+`"`, "nên cần ít nhất 2 phiếu")
	leader.get(hop+"/phieu/moi?viec=tie").want(t, 200, `name="year" value="`+s.Year.ID+`"`, "Sở Số 3")
	leader.get(hop+"/phieu/moi?viec=tie&nam="+next.ID).want(t, 404)
	page := s.as("standing").get(hop + "/phieu/moi?viec=tie&nam=" + next.ID)
	page.want(t, 200, "nam="+s.Year.ID, "đang ở bước “Thành lập”") // the second year has nothing to break a tie of
	if strings.Contains(page.body, `name="units"`) {
		t.Error("a vote that the second year is not open for is offered")
	}
	s.as("member").get(hop+"/phieu/moi").want(t, 403)
}

func TestConsolidationShowsWhatTheRoomsGive(t *testing.T) {
	var s *meetingSite
	s = newMeetingSite(t, 3, func(d *Deps) {
		d.Standings = func(_ context.Context, year string) (map[string]StandingCells, error) {
			total, self := points.Must("97.4"), points.Must("98")
			return map[string]StandingCells{s.Units[2].ID: {Self: &self, Agreed: &total, Rank: 1, Final: true}, s.Units[0].ID: {Rank: 2, Shared: true, Final: true}}, nil
		}
		d.Proposals = func(context.Context, string) (map[string][]string, error) {
			return map[string][]string{s.Units[2].ID: {"Cờ tỉnh"}}, nil
		}
	})
	page := s.as("member").get(s.tab(""))
	page.want(t, 200, "97,40", "98,00", "đồng hạng", "Cờ tỉnh", "chưa xếp", "đơn vị của tôi")
	if a, b := strings.Index(page.body, "Sở Số 3</a></th>"), strings.Index(page.body, "Sở Số 1</a>"); a > b {
		t.Error("the first in rank does not stand first")
	}
	found := s.as("member").get(s.tab("?tim=so+so+3"))
	if strings.Contains(found.body, ">Sở Số 1</a>") || !strings.Contains(found.body, ">Sở Số 3</a>") {
		t.Error("the words do not narrow the table")
	}
}

func TestTimesAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string][2]int{
		"08:30": {8, 30}, "8h30": {8, 30}, "8 giờ 30": {8, 30}, "14h": {14, 0}, "7": {7, 0}, "9.05": {9, 5}, "8 giờ 30 phút": {8, 30},
	} {
		if h, m, ok := timeOfDay(text); !ok || h != want[0] || m != want[1] {
			t.Errorf("%q: %d:%d %v", text, h, m, ok)
		}
	}
	for _, text := range []string{"", "sáng", "24:00", "8:60", "-1:00", "8:30:15"} {
		if h, m, ok := timeOfDay(text); ok {
			t.Errorf("%q is no time, read as %d:%d", text, h, m)
		}
	}
}

// The page says why no vote can be prepared before anybody fills its form in.
func TestAVoteThatCannotBePreparedHasNoForm(t *testing.T) {
	s := newMeetingSite(t, 6)
	m := s.InSession(meeting.Review, 6)
	form := meetingPath(m.ID, "") + "/phieu/moi"
	s.as("leader").get(form+"?viec=leader").want(t, 200, `name="units"`)
	s.Put(cluster.Executing)
	got := s.as("leader").get(form + "?viec=leader")
	got.want(t, 200, "việc này làm sau khi tổng hợp điểm", "“Thực hiện”")
	if strings.Contains(got.body, `name="units"`) {
		t.Error("a form that will be refused is offered")
	}
	s.as("leader").get(form+"?viec=adopt").want(t, 200, `name="labels"`)
}
