package e2e

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

const secret = "mot-mat-khau-dai"

// journey is an installation with its people, walked page by page.
type journey struct {
	t     *testing.T
	app   *app.App
	clock *clock.Set
	by    func(t *testing.T) carrier
	units map[string]string
	who   map[string]*walker
}

var members = []string{"Sở Một", "Sở Hai", "Sở Ba", "Sở Bốn"}

func newJourney(t *testing.T, by func(t *testing.T, base string) carrier) *journey {
	t.Helper()
	c := clock.At("2023-01-05 08:00")
	a, err := app.New(context.Background(), app.Config{Data: t.TempDir()}, c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	site, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	j := &journey{t, a, c, func(t *testing.T) carrier { return by(t, server.URL) }, map[string]string{}, map[string]*walker{}}
	j.person("quantri", access.Administrator, "")
	j.enterUnits()
	j.person("thuongtruc", access.Standing, j.units["UBND tỉnh Thử"])
	for i, m := range members {
		j.person(fmt.Sprintf("don-vi-%d", i+1), access.Head, j.units[m])
	}
	return j
}

// person opens an account as moving accounts in does, and signs in by the page.
func (j *journey) person(login string, role access.Role, unit string) {
	j.t.Helper()
	_, err := j.app.Account.CreateWith(j.t.Context(), access.Program, account.NewAccount{
		Login: login, Name: "Người dùng " + login, Position: "Giám đốc", First: account.NewAssignment{UnitID: unit, Role: role, From: "2020-01-01", Basis: "thử"},
	}, secret)
	if err != nil {
		j.t.Fatal(err)
	}
	j.who[login] = newWalker(j.t, j.by(j.t), login, secret)
}

func (j *journey) standing() *walker { return j.who["thuongtruc"] }
func (j *journey) unit(i int) *walker {
	return j.who[fmt.Sprintf("don-vi-%d", i)]
}
func (j *journey) leader() *walker { return j.unit(1) }

func (j *journey) enterUnits() {
	j.t.Helper()
	admin := j.who["quantri"]
	for _, name := range append([]string{"UBND tỉnh Thử"}, members...) {
		kind := "department"
		if strings.HasPrefix(name, "UBND") {
			kind = "authority"
		}
		p := admin.open("/don-vi/moi").submit("/don-vi/moi", fields{"name": {name}, "kind": {kind}, "level": {"tinh"}, "from": {"01/01/2000"}, "basis": {"Danh mục"}})
		j.units[name] = p.path[strings.LastIndex(p.path, "/")+1:]
	}
}

// TestAYearFromLaunchToProposal walks the main job: what a province, a leader
// and the members of a block do in a year, each on the pages that their role
// sees, on an installation that starts empty. It is walked without script, and
// in Chromium.
func TestAYearFromLaunchToProposal(t *testing.T) {
	for name, by := range map[string]func(*testing.T, string) carrier{"plain": newPlain, "chromium": newHands} {
		t.Run(name, func(t *testing.T) { t.Parallel(); aYear(t, by) })
	}
}

func aYear(t *testing.T, by func(*testing.T, string) carrier) {
	j := newJourney(t, by)
	year := j.form()
	j.draftAndSign(year)
	j.figures(year)
	j.scores(year)
	meeting := j.review(year)
	next := j.nextYear(meeting)
	j.submit(year, meeting)
	j.publish(year)
	j.search(meeting)
	j.leaderChanges(next)
	r, err := ledger.Verify(t.Context(), j.app.DB, nil)
	if err != nil || !r.OK() {
		t.Fatalf("ledger after the year: %+v %v", r, err)
	}
}

// form launches the movement and forms the block.
func (j *journey) form() string {
	s := j.standing()
	p := s.open("/phong-trao/moi").submit("/phong-trao/moi", fields{
		"name": {"Phong trào thi đua năm 2023"}, "year": {"2023"}, "organiser": {j.units["UBND tỉnh Thử"]}, "kind": {"regular"},
		"text": {"Phong trào có chủ đề “Kỷ cương, sáng tạo, hiệu quả”.\nNăm 2022 tăng trưởng đạt 6,1%.\n- Tổng sản phẩm (GRDP) tăng 6,5-7%;\n- Tỷ lệ hộ nghèo giảm còn 1,1%."},
	}).has("Kỷ cương, sáng tạo, hiệu quả", "6,5", "1,1")
	p = s.open(p.path).submit("/phat-dong", nil).has("Phong trào thi đua năm 2023")
	movement := p.path[strings.LastIndex(p.path, "/")+1:]

	p = s.open("/cum-khoi/moi")
	var ids []string
	for _, m := range members {
		ids = append(ids, j.units[m])
	}
	p = p.submit("/cum-khoi/moi", fields{
		"kind": {"khoi"}, "name": {"Khối các sở thử"}, "year": {"2023"}, "organiser": {j.units["UBND tỉnh Thử"]}, "basis": {"Quyết định 42/QĐ-UBND ngày 12/01/2023"},
		"members": ids, "leader": {ids[0]}, "leader_basis": {"decision"}, "leader_reference": {"Quyết định 42/QĐ-UBND"},
		"deputy": {ids[1]}, "deputy_basis": {"decision"}, "deputy_reference": {"Quyết định 42/QĐ-UBND"},
	}).has("Khối các sở thử, năm 2023", "4 đơn vị")
	year := strings.Split(p.path, "/")[2]
	l := j.leader()
	l.open("/nam/"+year).submit("/phong-trao", fields{"movement": {movement}})
	j.move(l, year, "Phát động")
	j.move(l, year, "Soạn thảo")
	return year
}

// move presses the button of the next step.
func (j *journey) move(w *walker, year, to string) {
	j.t.Helper()
	doing := ""
	for _, st := range cluster.Stages {
		if st.Name == to {
			doing = st.Doing
		}
	}
	w.open("/nam/"+year).submit("/chuyen-buoc", nil).has(doing + ".")
}

const covenantText = `1. Các đơn vị đoàn kết, thi đua hoàn thành nhiệm vụ năm 2023.
- Tổng kim ngạch xuất nhập khẩu là 93.262 triệu USD; trong đó kim ngạch xuất khẩu là 50.870 triệu USD; kim ngạch nhập khẩu là 42.392 triệu USD.
- Tỷ lệ hộ nghèo đến hết năm 2023 là 1%.
- Số vụ ngộ độc thực phẩm trên 30 người mắc ≤ 1; không có trường hợp tử vong do ngộ độc thực phẩm.`

// draftAndSign drafts, circulates, comments, adopts at the meeting, signs.
func (j *journey) draftAndSign(year string) {
	l, base := j.leader(), "/nam/"+year
	l.open(base+"/bang-diem/moi").submit("/bang-diem/moi", fields{"name": {"Bảng chấm điểm năm 2023"}})
	texts := map[string]string{"ke-hoach": "Kế hoạch hoạt động năm 2023.", "quy-che": "Điều 1. Nguyên tắc.\nĐiều 2. Bình xét.", "tieu-chi": "Chấm theo bảng kèm theo.", "giao-uoc": covenantText}
	for _, kind := range []string{"ke-hoach", "quy-che", "tieu-chi", "giao-uoc"} {
		p := l.open(base + "/van-ban/" + kind + "/soan")
		fill := fields{"text": {texts[kind]}}
		if kind == "tieu-chi" {
			fill["sheet"] = []string{p.option("sheet", "Bảng chấm điểm năm 2023")}
		}
		p.submit("/soan", fill)
		l.open(base+"/van-ban/"+kind).submit("/gui", nil)
	}
	l.open(base+"/giao-uoc").has("93.262", "50.870", "42.392", "không có")
	j.unit(3).open(base+"/van-ban/quy-che?dong=2").submit("/gop-y", fields{"text": {"Đề nghị ghi rõ thời hạn."}}).has("Đề nghị ghi rõ thời hạn.")

	j.clock.To("2023-03-09 14:00")
	meeting := j.meeting(year, "launch", "09/03/2023", "Hội nghị ký giao ước thi đua năm 2023", []string{"present", "present", "present", "present"})
	for _, kind := range []string{"ke-hoach", "quy-che", "tieu-chi", "giao-uoc"} {
		l.open(base+"/van-ban/"+kind).submit("/thong-qua", fields{"meeting": {meeting}})
	}
	for i := range members {
		j.unit(i+1).open(base+"/giao-uoc").submit("/ky", fields{"read": {"1"}})
	}
	j.end(meeting, "Thống nhất.")
	j.move(l, year, "Ký giao ước")
	j.move(l, year, "Thực hiện")
}

// meeting plans a meeting for now, calls the roll and opens it.
func (j *journey) meeting(year, kind, day, title string, roll []string) string {
	j.t.Helper()
	l := j.leader()
	p := l.open("/nam/"+year+"/binh-xet/moi?loai="+kind).submit("/binh-xet/moi", fields{
		"title": {title}, "starts": {day}, "time": {"14:00"}, "place": {"Hội trường Sở Một"}, "chair": {"Ông A, Giám đốc"}, "secretary": {"Bà B, Chuyên viên"},
	})
	id := p.path[strings.LastIndex(p.path, "/")+1:]
	for i, status := range roll {
		fill := fields{"status": {status}}
		end := "/diem-danh/" + j.units[members[i]]
		form := l.open("/hop/" + id).form(end)
		if status == "substitute" {
			fill["person"], fill["position"], fill["mandate"] = []string{"Ông C"}, []string{"Phó Giám đốc"}, []string{"Giấy ủy quyền 05/GUQ"}
			form = l.open("/hop/"+id).nth(end, 1)
		}
		l.open("/hop/"+id).send(form, fill, nil)
	}
	l.open("/hop/"+id).submit("/khai-mac", nil)
	return id
}

// end records what became of every item and closes the meeting.
func (j *journey) end(meeting, resolution string) {
	j.t.Helper()
	l := j.leader()
	for _, path := range regexp.MustCompile(`/hop/[^"]*/ket-luan`).FindAllString(l.open("/hop/"+meeting).text, -1) {
		l.open("/hop/"+meeting).submit(path[strings.Index(path, "/muc/"):], fields{"resolution": {resolution}, "outcome": {"adopted"}})
	}
	j.clock.Forward(2 * 3600 * 1e9)
	l.open("/hop/"+meeting).submit("/be-mac", nil).has("Đã bế mạc")
}

// figures are reported for half-year and year by the leader, whose targets they are.
func (j *journey) figures(year string) {
	l, base := j.leader(), "/nam/"+year
	report := func(period string, amounts []string) {
		p := l.open(base + "/tien-do/bao-cao?ky=" + period)
		fill := fields{}
		for i, f := range p.fieldsLike("amount-") {
			fill[f] = []string{amounts[i]}
		}
		p.submit("/bao-cao", fill)
	}
	j.clock.To("2023-07-03 09:00")
	report("H1", []string{"46.000", "25.000", "21.000", "1,05", "0", "0"})
	j.clock.To("2023-07-10 14:00")
	mid := j.meeting(year, "mid", "10/07/2023", "Hội nghị sơ kết 6 tháng", []string{"present", "present", "substitute", "absent"})
	j.end(mid, "Thống nhất báo cáo sơ kết.")
	j.move(l, year, "Sơ kết")
	j.clock.To("2023-11-15 09:00")
	report("Y", []string{"94.000", "51.000", "43.000", "0,98", "0", "0"})
	l.open(base+"/tien-do").has("94.000", "Vượt", "Đạt")
}

// scores: self with evidence, the assigned peer, the agreed score, the ranking.
func (j *journey) scores(year string) {
	l, base := j.leader(), "/nam/"+year+"/cham-diem"
	l.open(base+"/phan-cong").submit("/xoay-vong", nil)
	for i, m := range members {
		w, grid := j.unit(i+1), base+"/"+j.units[m]
		p := w.open(grid)
		fill := fields{}
		for _, f := range p.fieldsLike("") {
			switch {
			case strings.HasSuffix(f, "target"):
				fill[f] = []string{"100"}
			case strings.HasSuffix(f, "actual"):
				fill[f] = []string{[]string{"99", "98", "97", "98"}[i]}
			case strings.HasSuffix(f, "passed"):
				fill[f] = []string{"true"}
			case strings.HasSuffix(f, "points"):
				fill[f] = []string{"2"}
			}
		}
		for name := range fill {
			if strings.Contains(name, "T.") || strings.Contains(name, "T1") {
				delete(fill, name)
			}
		}
		p.submit("/"+j.units[m], fill)
		for _, c := range []string{"I.1", "I.2", "I.3", "II.1"} {
			w.open(grid+"/vi-sao/"+c).attach("/minh-chung", nil, "file", "Báo cáo.pdf", []byte("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"))
		}
		w.open(grid).submit("/nop", nil)
	}
	j.move(l, year, "Tự chấm")
	checkers, err := db.All[struct {
		Unit    string `db:"unit_id"`
		Checker string `db:"checker_id"`
	}](j.t.Context(), j.app.DB, `SELECT unit_id, checker_id FROM checker`)
	if err != nil {
		j.t.Fatal(err)
	}
	for _, c := range checkers {
		for i, m := range members {
			if j.units[m] == c.Checker {
				j.unit(i+1).open(base+"/"+c.Unit+"?vong=check").submit("/nop", fields{"agree": {"1"}})
			}
		}
	}
	j.move(l, year, "Kiểm tra chéo")
	l.open(base).submit("/chot", fields{"kind": {"provisional"}})
	j.move(l, year, "Tổng hợp")
	l.open(base).has("Sở Một")
}

// review: quorum, a paper ballot counted by two tellers, a show of hands, proposals.
func (j *journey) review(year string) string {
	l := j.leader()
	j.clock.To("2023-12-05 14:00")
	meeting := j.meeting(year, "review", "05/12/2023", "Hội nghị tổng kết năm 2023", []string{"present", "present", "present", "substitute"})
	p := l.open("/hop/" + meeting + "/phieu/moi?viec=award")
	p.submit("/phieu/moi", fields{"title": {"Đề nghị tặng Cờ thi đua của UBND tỉnh"}, "award_kind": {p.option("award_kind", "Cờ thi đua của UBND tỉnh")},
		"units": {j.units["Sở Một"], j.units["Sở Hai"]}, "way": {"paper"}, "seats": {"1"}})
	flag := j.poll("award")
	l.open("/hop/"+meeting).submit(flag+"/mo", fields{"teller-1": {j.units["Sở Ba"]}, "teller-2": {j.units["Sở Bốn"]}})
	for n, teller := range []int{3, 4} {
		p := j.unit(teller).open("/phieu/" + flag + "/kiem")
		fill := fields{"issued": {"4"}, "returned": {"4"}, "valid": {"4"}, "invalid": {"0"}}
		for name, votes := range map[string][2]string{"Sở Một": {"4", "0"}, "Sở Hai": {"1", "3"}} {
			fill[p.beside("yes-", name)], fill[p.beside("no-", name)] = []string{votes[0]}, []string{votes[1]}
		}
		if n == 1 { // the second teller miscounts at first: nothing is decided
			wrong := fields{}
			for k, v := range fill {
				wrong[k] = v
			}
			wrong[p.beside("yes-", "Sở Hai")], wrong[p.beside("no-", "Sở Hai")] = []string{"2"}, []string{"2"}
			p.submit("/kiem", wrong)
			l.open("/hop/" + meeting).has("ghi khác nhau")
			p = j.unit(teller).open("/phieu/" + flag + "/kiem")
		}
		p.submit("/kiem", fill)
	}
	l.open("/hop/" + meeting).has("Được chọn: Sở Một")
	l.open("/hop/"+meeting+"/phieu/moi?viec=leader").submit("/phieu/moi", fields{"title": {"Bầu trưởng khối năm 2024"}, "units": {j.units["Sở Ba"]}, "way": {"open"}})
	election := j.poll("leader")
	l.open("/hop/"+meeting).submit(election+"/mo", nil)
	p = l.open("/phieu/" + election + "/kiem")
	p.submit("/kiem", fields{p.fieldsLike("yes-")[0]: {"4"}, p.fieldsLike("no-")[0]: {"0"}})
	p = l.open("/nam/" + year + "/khen-thuong/de-nghi")
	p.submit("/de-nghi", fields{"kind": {"flag_province"}, "units": {j.units["Sở Một"]}, "poll": {flag}, "grounds": {"Dẫn đầu khối và đủ phiếu."}, "override": {"Theo kết quả bình xét."}})
	j.end(meeting, "Thống nhất.")
	return meeting
}

func (j *journey) poll(purpose string) string {
	j.t.Helper()
	id, err := db.One[string](j.t.Context(), j.app.DB, `SELECT id FROM poll WHERE purpose = $1 ORDER BY id DESC`, purpose)
	if err != nil {
		j.t.Fatal(err)
	}
	return id
}

func (j *journey) nextYear(meeting string) string {
	p := j.leader().open("/hop/"+meeting).submit("/mo-nam", nil)
	p.has("2024")
	id, err := db.One[string](j.t.Context(), j.app.DB, `SELECT id FROM cluster_year WHERE year = 2024`)
	if err != nil {
		j.t.Fatal(err)
	}
	return id
}

// submit issues the papers and sends the dossier.
func (j *journey) submit(year, meeting string) {
	l, base := j.leader(), "/nam/"+year+"/ho-so"
	j.clock.To("2023-12-08 09:00")
	j.move(l, year, "Bình xét")
	for _, paper := range []string{"report", "minutes?ve=" + meeting, "proposal"} {
		kind, _, _ := strings.Cut(paper, "?")
		fill := fields{"place": {"Thử"}, "code": {"SM"}, "signer": {"Nguyễn Văn A"}, "position": {"Giám đốc"}}
		if kind != "minutes" { // they bear the day of their meeting
			fill["day"] = []string{"08/12/2023"}
		}
		l.open(base+"/"+paper).submit("/"+kind, fill)
	}
	l.open(base).has("01/BC-SM", "01/BB-SM", "01/TTr-SM")
	j.move(l, year, "Trình")
}

func (j *journey) publish(year string) {
	s := j.standing()
	s.open("/cong-khai").has("Chưa có nội dung công khai")
	form := s.open("/nam/"+year).nth("/cong-khai", 1)
	s.open("/nam/"+year).send(form, nil, nil).has("Xếp hạng", "Sở Một", "Cờ thi đua của UBND tỉnh", "Đơn vị trưởng năm sau: Sở Ba")
}

// search finds what the year left behind, for those who may see it alone.
func (j *journey) search(meeting string) {
	l := j.leader()
	l.open("/tim?q=giao+uoc").has("Văn bản", "Giao ước")
	l.open("/tim?q=01%2FBC-SM").has("01/BC-SM")
	if p := l.open("/tim?q=hoi+nghi+tong+ket"); !strings.Contains(p.text, "/hop/"+meeting) {
		j.t.Error("the review meeting is not found")
	}
	j.person("nguoi-ngoai", access.Head, j.outside())
	out := j.who["nguoi-ngoai"]
	for _, q := range []string{"giao+uoc", "01%2FBC-SM", "hoi+nghi+tong+ket"} {
		if p := out.open("/tim?q=" + q); strings.Contains(p.text, "/hop/"+meeting) || strings.Contains(p.text, "BC-SM ·") || strings.Contains(p.text, "/van-ban/giao-uoc") {
			j.t.Errorf("a stranger finds %s", q)
		}
	}
}

// outside is a unit that is a member of nothing.
func (j *journey) outside() string {
	p := j.who["quantri"].open("/don-vi/moi").submit("/don-vi/moi", fields{"name": {"Sở Ngoài Khối"}, "kind": {"department"}, "level": {"tinh"}, "from": {"01/01/2000"}, "basis": {"Danh mục"}})
	return p.path[strings.LastIndex(p.path, "/")+1:]
}

// leaderChanges: rights follow the term of office.
func (j *journey) leaderChanges(next string) {
	j.clock.To("2024-01-10 08:00")
	j.unit(3).open("/nam/"+next).has("Khối trưởng: Sở Ba", "được bầu")
	j.unit(3).open("/nam/" + next).form("/han")
	if p := j.unit(1).open("/nam/" + next); strings.Contains(p.text, "/han\"") {
		j.t.Error("the leader of last year may still plan the next")
	}
}
