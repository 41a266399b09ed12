package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/testkit"
)

// signedByAll takes a covenant to the signatures of all and the year to execution.
func (s *paperSite) signedByAll() {
	t := s.site.t
	t.Helper()
	s.adopted()
	for i, unit := range s.Block.Units {
		_, v, _, err := s.Covenants.AdoptedVersion(context.Background(), s.d, s.Year.ID)
		s.Check(err)
		_, err = s.Covenants.Sign(context.Background(), s.Heads[i], s.Year.ID, covenant.Sign{UnitID: unit, Hash: v.Hash})
		s.Check(err)
	}
	s.State(t, cluster.Executing)
}

func TestAmendmentPages(t *testing.T) {
	s := newPaperSite(t)
	s.signedByAll()
	s.Block.Clock.To("2023-07-05 08:00")
	at, paper := s.year("/giao-uoc"), s.year("/van-ban/giao-uoc")
	s.as("member").get(at).want(t, 200, "3 trên 3 đơn vị đã ký", "khớp văn bản trên")
	if body := s.as("member").get(at).body; strings.Contains(body, at+`/sua-doi"`) {
		t.Error("a member is offered to amend")
	}
	page := s.as("leader").get(at)
	id, version := hidden(t, page.body, at+"/sua-doi", "id"), hidden(t, page.body, at+"/sua-doi", "version")
	open := url.Values{"id": {id}, "version": {version}, "reason": {" "}}
	s.as("leader").post(at+"/sua-doi", open).want(t, 422, "lý do sửa đổi")
	open.Set("reason", "Tỉnh điều chỉnh chỉ tiêu xuất khẩu")
	s.as("member").post(at+"/sua-doi", open).want(t, 403)
	s.as("stranger").post(at+"/sua-doi", open).want(t, 404)
	s.as("leader").post(at+"/sua-doi", open).wantTo(t, paper+"/soan")
	s.as("leader").post(at+"/sua-doi", open).want(t, 409, "đang được sửa đổi")

	// The first text stays in force while the next is written.
	s.as("member").get(at).want(t, 200, "Đang sửa đổi giao ước", "Tỉnh điều chỉnh chỉ tiêu xuất khẩu", "bản 1 vẫn có hiệu lực", "chưa được gửi góp ý")
	s.as("leader").get(paper+"/soan").want(t, 200, "soạn bản 2", "50.870")
	s.as("member").get(s.year("/van-ban")).want(t, 200, "Đang sửa đổi")
	s.Block.Clock.To("2023-07-05 09:00")
	next := strings.Replace(strings.Replace(covenantText, "50.870", "48.000", 1), "93.262", "90.392", 1)
	s.as("leader").post(paper+"/soan", url.Values{"title": {"Giao ước"}, "text": {next}}).wantTo(t, at+"?ban=2")
	s.as("leader").get(at+"?ban=2").want(t, 200, "chưa có hiệu lực", "48.000", "Thêm chỉ tiêu")
	s.as("member").get(at+"?ban=2").lacks(t, "48.000")
	target := at + "/chi-tieu/" + s.targetOf(2, "Tỷ lệ đô thị hóa")
	change := url.Values{"name": {"Tỷ lệ đô thị hóa"}, "relation": {"="}, "low": {"46"}, "unit": {"%"}, "version": {"2"}}
	s.as("leader").post(target, change).wantTo(t, at+"?ban=2#ct-"+target[strings.LastIndex(target, "/")+1:])

	// It is circulated, commented on at its clause, and compared.
	v := s.Block.Units[2]
	sent := s.as("leader").get(paper)
	s.as("leader").post(paper+"/gui", url.Values{"id": {hidden(t, sent.body, paper+"/gui", "id")}, "version": {hidden(t, sent.body, paper+"/gui", "version")}}).wantTo(t, paper)
	s.as("member").get(at).want(t, 200, "Bản 2 đề nghị", "<del>93.262\u00a0triệu USD</del>", "<ins>90.392\u00a0triệu USD</ins>")
	say := s.as("member").get(at + "?ban=2&dong=2")
	say.want(t, 200, "Gửi góp ý")
	comment := url.Values{"id": {hidden(t, say.body, paper+"/gop-y", "id")}, "unit": {v}, "line": {"2"}, "text": {"Nhất trí giảm"}, "ve": {hidden(t, say.body, paper+"/gop-y", "ve")}}
	s.as("member").post(paper+"/gop-y", comment).wantTo(t, at+"?ban=2#dong-2")
	comment.Set("ve", "//khac.vn/")
	s.as("member").post(paper+"/gop-y", comment).wantTo(t, paper+"#dong-2")
	s.as("leader").get(at+"?ban=2").want(t, 200, "2 góp ý", "Nhất trí giảm")
	s.as("member").get(paper+"/so-sanh?tu=1&den=2").want(t, 200, "Lời văn", "<ins>48.000\u00a0triệu USD</ins>")

	// Adopted in writing, with a day to sign again.
	page = s.as("leader").get(at)
	adopt := url.Values{"id": {hidden(t, page.body, at+"/sua-doi/thong-qua", "id")}, "version": {hidden(t, page.body, at+"/sua-doi/thong-qua", "version")}}
	s.as("leader").post(at+"/sua-doi/thong-qua", adopt).want(t, 422, "chọn hội nghị", "hạn ký lại")
	adopt.Set("basis", "Công văn số 12 ngày 05/7/2023, 3/3 đơn vị đồng ý")
	adopt.Set("due", "20/7/2023")
	s.as("member").post(at+"/sua-doi/thong-qua", adopt).want(t, 403)
	s.as("leader").post(at+"/sua-doi/thong-qua", adopt).wantTo(t, at)
	s.as("member").get(at).want(t, 200, "Văn bản đang có hiệu lực: bản 2", "Công văn số 12", "0 trên 3 đơn vị đã ký bản này", "Hạn 20/07/2023", "Đã ký bản 1")
	old := s.as("member").get(at + "?ban=1")
	old.want(t, 200, "Đây là bản cũ", "50.870", "Người ký", "Hết hiệu lực", draft.Hash(covenantText)[:16])
	if strings.Contains(old.body, at+`/ky"`) {
		t.Error("the old text is offered to be signed")
	}
	sign := s.as("head").get(at)
	hash := hidden(t, sign.body, at+"/ky", "hash")
	s.as("head").post(at+"/ky", url.Values{"unit": {v}, "hash": {draft.Hash(covenantText)}, "read": {"1"}}).want(t, 409, "đã đổi")
	s.as("head").post(at+"/ky", url.Values{"unit": {v}, "hash": {hash}, "read": {"1"}}).wantTo(t, at+"#chu-ky")
	s.Block.Clock.To("2023-07-21 08:00")
	s.as("member").get(at).want(t, 200, "1 trên 3 đơn vị đã ký bản này", "Đã quá hạn ký 20/07/2023", "Chưa ký, quá hạn")
	s.as("member").get(at).lacks(t, s.year("/nhac"))
	s.as("leader").post(s.year("/nhac"), url.Values{"tab": {"covenant"}, "unit": {hidden(t, s.as("leader").get(at).body, s.year("/nhac"), "unit")}}).wantTo(t, s.year(""))
	s.as("member").get(at + "/excel").wantWorkbook(t)

	// An amendment that is given up changes nothing.
	page = s.as("leader").get(at)
	open.Set("version", hidden(t, page.body, at+"/sua-doi", "version"))
	s.as("leader").post(at+"/sua-doi", open).wantTo(t, paper+"/soan")
	page = s.as("leader").get(at)
	give := url.Values{"id": {hidden(t, page.body, at+"/sua-doi/rut", "id")}, "version": {hidden(t, page.body, at+"/sua-doi/rut", "version")}}
	s.as("leader").post(at+"/sua-doi/rut", give).want(t, 422, "lý do rút")
	give.Set("why", "Không cần nữa")
	s.as("leader").post(at+"/sua-doi/rut", give).wantTo(t, at)
	s.as("member").get(at).want(t, 200, "Văn bản đang có hiệu lực: bản 2")
}

// targetOf is the id of a target of a version of the covenant.
func (s *paperSite) targetOf(number int, name string) string {
	t := s.site.t
	t.Helper()
	all, err := s.Drafts.Versions(context.Background(), s.d, s.draft(draft.Covenant))
	s.Check(err)
	for _, v := range all {
		if v.Number != number {
			continue
		}
		targets, err := s.Covenants.Targets(context.Background(), s.d, v.ID)
		s.Check(err)
		for _, one := range targets {
			if one.Name == name {
				return one.ID
			}
		}
	}
	t.Fatalf("version %d has no target %q", number, name)
	return ""
}

func TestCovenantPagesOfLateSignersAndTerms(t *testing.T) {
	s := newPaperSite(t)
	s.State(t, cluster.Drafting)
	at := s.year("/giao-uoc")
	ctx := context.Background()
	body := "GIAO ƯỚC GIAI ĐOẠN 2023-2025\nI. CHỈ TIÊU CHUNG\n- Tỷ lệ đô thị hóa 45%.\nII. CHỈ TIÊU RIÊNG\n1. Sở Số 3\n- Số dự án đầu tư 12 dự án."
	v, err := s.Drafts.Write(ctx, s.Officers[0], s.Year.ID, draft.Covenant, draft.Text{Text: body})
	s.Check(err)
	s.as("leader").get(at).want(t, 200, "Thời hạn: đến hết năm 2025", "Mục lục", "I. CHỈ TIÊU CHUNG", "Chỉ tiêu chung của Khối thử", "Chỉ tiêu riêng của Sở Số 3", "Không có chỉ tiêu riêng: Sở Số 1, Sở Số 2.")
	s.as("leader").post(at+"/thoi-han", url.Values{"id": {v.ID}, "until": {"2050"}}).want(t, 422, "nhiều nhất đến hết năm 2032")
	s.as("member").post(at+"/thoi-han", url.Values{"id": {v.ID}, "until": {"2024"}}).want(t, 404)
	s.as("leader").post(at+"/thoi-han", url.Values{"id": {v.ID}, "until": {"2024"}}).wantTo(t, at)
	v, err = s.Drafts.Circulate(ctx, s.Officers[0], v.ID, v.Version)
	s.Check(err)
	_, err = s.Drafts.Adopt(ctx, s.Officers[0], v.ID, s.Meeting(t), 1)
	s.Check(err)
	for _, i := range []int{0, 1} {
		_, err = s.Covenants.Sign(ctx, s.Heads[i], s.Year.ID, covenant.Sign{UnitID: s.Block.Units[i], Hash: v.Hash})
		s.Check(err)
	}
	s.as("member").get(at).want(t, 200, "Giao ước có hiệu lực đến hết năm 2024", "Chưa đặt hạn ký")
	later := url.Values{"reason": {""}, "due": {"hôm nào"}}
	s.as("leader").post(at+"/ky-sau", later).want(t, 422, "ký sau", "hạn ký bổ sung", `value="hôm nào"`)
	later = url.Values{"reason": {"Vắng mặt tại lễ ký"}, "due": {"31/3/2023"}}
	s.as("member").post(at+"/ky-sau", later).want(t, 403)
	s.as("leader").post(at+"/ky-sau", later).wantTo(t, at+"#chu-ky")
	s.as("member").get(at).want(t, 200, "Vắng mặt tại lễ ký", "Hạn ký: 31/03/2023")
	s.Block.Clock.To("2023-04-02 08:00")
	s.as("member").get(at).want(t, 200, "Đã quá hạn ký 31/03/2023", "Chưa ký, quá hạn")

	// The year after stands on the covenant.
	next, err := s.Block.Years.Form(ctx, s.Standing, cluster.NewYear{
		ClusterID: s.Year.ClusterID, Kind: cluster.Khoi, OrganiserID: s.Block.Organiser, Year: 2024, Name: "Khối thử", Basis: "Hội nghị", Members: s.Block.Units,
		Leader: cluster.NewTerm{UnitID: s.Block.Units[0], Basis: cluster.Elected, Reference: "Hội nghị"},
	})
	s.Check(err)
	then := "/nam/" + next.ID + "/giao-uoc"
	s.as("leader").get(then).lacks(t, "Tiếp tục giao ước này")
	s.Block.Clock.To("2024-02-01 08:00")
	s.Block.Exec(`UPDATE cluster_year SET state = 'drafting' WHERE id = $1`, next.ID)
	s.as("member").get(then).want(t, 200, "Giao ước năm 2023 còn hiệu lực đến hết năm 2024", "2 trên 3 đơn vị")
	s.as("member").get(then).lacks(t, "Tiếp tục giao ước này")
	s.as("member").post(then+"/tiep-tuc", url.Values{}).want(t, 403)
	s.as("leader").get(then).want(t, 200, "Tiếp tục giao ước này")
	s.as("leader").post(then+"/tiep-tuc", url.Values{}).wantTo(t, then)
	s.as("member").get(then).want(t, 200, "Năm này tiếp tục giao ước ký năm 2023", "2 trên 3 đơn vị đã ký", "khớp văn bản trên")
	s.as("leader").post(then+"/tiep-tuc", url.Values{}).want(t, 409)
}

// Five members live through an amendment: proposed, commented on at its clause,
// adopted, signed again by all, on a telephone and by keyboard alike.
func TestAnAmendmentInTheBrowser(t *testing.T) {
	s := newPaperSiteOf(t, 5)
	s.signedByAll()
	s.Task.Source(s.Covenants.Tasks)
	s.Block.Clock.To("2023-07-05 08:00")
	at, paper := s.year("/giao-uoc"), s.year("/van-ban/giao-uoc")
	enter := func(login string) *tab {
		t.Helper()
		s.person(login)
		p := openTab(t, s.site)
		p.signIn(login)
		return p
	}
	look := func(p *tab, name string) {
		t.Helper()
		p.script(`for (const d of document.querySelectorAll('main details')) d.open = true`)
		for _, scheme := range []string{"light", "dark"} {
			testkit.Media(t, p.ctx, "screen", scheme)
			for _, v := range testkit.Axe(t, p.ctx) {
				t.Errorf("%s, %s: %s", name, scheme, v)
			}
		}
		for _, width := range []int{360, 1024} {
			testkit.Screenshot(t, p.ctx, width, "covenant-"+name)
			if px := testkit.Overflow(t, p.ctx); px > 0 {
				t.Errorf("%s at %d is %d pixels too wide", name, width, px)
			}
		}
		testkit.Viewport(t, p.ctx, 1024)
	}
	leader := enter("leader")
	leader.open(at)
	look(leader, "signed")
	form := func(path string) string { return `document.querySelector('form[action="` + path + `"]')` }
	leader.script(form(at+"/sua-doi") + `.reason.value = 'UBND tỉnh điều chỉnh chỉ tiêu xuất khẩu'; ` + form(at+"/sua-doi") + `.requestSubmit()`)
	leader.do(chromedp.WaitVisible(`textarea[name=text]`))
	s.Block.Clock.To("2023-07-05 09:00")
	leader.script(`(a => { a.value = a.value.replace('50.870', '48.000').replace('93.262', '90.392') })(document.querySelector('textarea[name=text]')); document.querySelector('.btn.go').click()`)
	leader.do(chromedp.WaitVisible(`.note.info`))
	leader.want(`String(location.pathname + location.search)`, at+"?ban=2")
	leader.open(paper)
	leader.script(form(paper+"/gui") + `.requestSubmit()`)
	leader.do(chromedp.WaitVisible(`.note.good, .flash, [role=status]`))

	member := enter("head3")
	testkit.Viewport(t, member.ctx, 360)
	member.open(at)
	member.want(`document.querySelector('#sua-doi .changes li.changed del').textContent.replace('\u00a0', ' ')`, "93.262 triệu USD")
	look(member, "amending")
	member.open(at + "?ban=2&dong=2")
	member.script(form(paper+"/gop-y") + `.text.value = 'Nhất trí'; ` + form(paper+"/gop-y") + `.requestSubmit()`)
	member.do(chromedp.WaitVisible(`.clause-said summary`))
	member.want(`document.querySelector('#dong-2 .clause-said summary').textContent.trim()`, "1 góp ý dòng 2")

	leader.open(at)
	leader.script(`(f => { f.basis.value = 'Công văn số 12 ngày 05/7/2023, 5/5 đơn vị đồng ý'; f.due.value = '20/7/2023'; f.requestSubmit() })(` + form(at+"/sua-doi/thong-qua") + `)`)
	leader.do(chromedp.WaitVisible(`#hieu-luc`))
	leader.want(`document.querySelector('#hieu-luc h2').textContent`, "Văn bản đang có hiệu lực: bản 2")
	for i := range s.Block.Units {
		p := member
		if i != 2 {
			p = enter("head" + strconv.Itoa(i+1))
		}
		p.open("/viec-can-lam")
		p.want(`String(document.body.textContent.includes('Ký lại giao ước đã sửa đổi'))`, "true")
		p.open(at)
		p.script(form(at+"/ky") + `.elements.read.click()`)
		p.script(form(at+"/ky") + `.requestSubmit()`)
		p.do(chromedp.WaitNotPresent(`form[action="` + at + `/ky"]`))
		p.open(at)
		p.want(`document.querySelector('#hieu-luc .force-facts div:nth-child(3) dd').textContent.slice(0, 1)`, strconv.Itoa(i+1))
	}
	leader.open(at)
	leader.want(`document.querySelector('#hieu-luc .force-facts div:nth-child(3) dd').textContent`, "5 trên 5 đơn vị đã ký bản này.")
	look(leader, "amended")
	leader.open(at + "?ban=1")
	look(leader, "former")
}

// lacks fails the test where a page shows what it must not.
func (r reply) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(r.body, text) {
			t.Errorf("the page says %q", text)
		}
	}
}
