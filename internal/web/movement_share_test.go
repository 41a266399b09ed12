package web

import (
	"context"
	"net/url"
	"regexp"
	"testing"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/testkit"
)

// cascade launches a movement that the block's year answers.
func (s *paperSite) cascade() (movement.Movement, []movement.Target) {
	s.site.t.Helper()
	ctx := context.Background()
	m, err := s.Movements.Create(ctx, s.Standing, movement.NewMovement{OrganiserID: s.Block.Organiser, Name: "Phong trào 2023", Kind: movement.Regular, Year: 2023, Text: launchText})
	s.Check(err)
	m, err = s.Movements.Launch(ctx, s.Standing, m.ID, m.Version)
	s.Check(err)
	s.Check(s.Block.Years.SetMovement(ctx, s.Officers[0], s.Year.ID, m.ID))
	targets, err := s.Movements.Targets(ctx, s.d, m.ID)
	s.Check(err)
	return m, targets
}

func TestSharePages(t *testing.T) {
	s := newPaperSite(t)
	m, targets := s.cascade()
	at := movementsPath + "/" + m.ID
	s.as("member").get(at).lacks(t, "Phân bổ chỉ tiêu")
	s.as("standing").get(at).want(t, 200, "Phân bổ chỉ tiêu", "Chưa giao phần nào", "Khối thử")
	share := url.Values{"target": {targets[0].ID}, "bearer": {"cum:" + s.Year.ClusterID}, "amount": {"chín"}, "unit": {""}}
	s.as("standing").post(at+"/phan-bo", share).want(t, 422, "không phải là số", `value="chín"`)
	share.Set("amount", "95.000")
	s.as("member").post(at+"/phan-bo", share).want(t, 403)
	s.as("standing").post(at+"/phan-bo", share).wantTo(t, at+"#phan-bo")
	s.as("standing").get(at).want(t, 200, "Đã giao 95.000\u00a0triệu USD, vượt chỉ tiêu 2.930\u00a0triệu USD.")
	s.as("standing").post(at+"/phan-bo", share).want(t, 409, "vừa được người khác sửa")
	share.Set("version", "1")
	share.Set("amount", "94.000")
	s.as("standing").post(at+"/phan-bo", share).wantTo(t, at+"#phan-bo")
	s.as("standing").post(at+"/phan-bo", url.Values{"target": {targets[1].ID}, "bearer": {"donvi:" + s.Block.Units[1]}, "amount": {"43"}, "unit": {""}}).wantTo(t, at+"#phan-bo")
	s.as("standing").get(at).want(t, 200, "phần giao chỉ để đối chiếu", "Sở Số 2")

	// The covenant says what it carries, and that it promises less.
	s.adopted()
	s.as("member").get(s.year("/giao-uoc")).want(t, 200, "Góp vào chỉ tiêu “Tổng kim ngạch xuất nhập khẩu” của UBND tỉnh Thử: 94.000\u00a0triệu USD trong 92.070\u00a0triệu USD", "thấp hơn phần được giao")
	page := s.as("standing").get(at)
	page.want(t, 200, "giao ước: 93.262\u00a0triệu USD", "thấp hơn phần được giao", "giao ước chưa có chỉ tiêu này")
	id := regexp.MustCompile(`name="id" value="([^"]+)"><input type="hidden" name="version" value="2"`).FindStringSubmatch(page.body)
	if id == nil {
		t.Fatal("no way to take a share back")
	}
	s.as("member").post(at+"/phan-bo/bo", url.Values{"id": {id[1]}, "version": {"2"}}).want(t, 403)
	s.as("standing").post(at+"/phan-bo/bo", url.Values{"id": {id[1]}, "version": {"2"}}).wantTo(t, at+"#phan-bo")
	s.as("standing").get(at).lacks(t, "94.000")
}

func TestSharesAreAccessible(t *testing.T) {
	s := newPaperSite(t)
	m, targets := s.cascade()
	for i, in := range []movement.NewShare{{ClusterID: s.Year.ClusterID, Amount: "60.000"}, {UnitID: s.Block.Units[1], Amount: "12"}} {
		in.TargetID, in.Lang, in.Note = targets[0].ID, "vi", []string{"Quyết định 21", ""}[i]
		if i == 1 {
			in.Unit = "tỷ USD"
		}
		_, err := s.Movements.SetShare(context.Background(), s.Standing, in)
		s.Check(err)
	}
	s.State(t, cluster.Drafting)
	s.adopted()
	s.person("standing")
	p := openTab(t, s.site)
	p.signIn("standing")
	for _, path := range []string{movementsPath + "/" + m.ID, s.year("/giao-uoc")} {
		p.open(path)
		p.script(`for (const d of document.querySelectorAll('main details')) d.open = true`)
		for _, scheme := range []string{"light", "dark"} {
			testkit.Media(t, p.ctx, "screen", scheme)
			for _, v := range testkit.Axe(t, p.ctx) {
				t.Errorf("%s, %s: %s", path, scheme, v)
			}
		}
		testkit.Media(t, p.ctx, "screen", "light")
		for _, width := range []int{360, 1024} {
			testkit.Screenshot(t, p.ctx, width, "cascade-"+map[bool]string{true: "movement", false: "covenant"}[path != s.year("/giao-uoc")])
			if px := testkit.Overflow(t, p.ctx); px > 0 {
				t.Errorf("%s at %d is %d pixels too wide", path, width, px)
			}
		}
	}
}
