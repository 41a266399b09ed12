package web

import (
	"net/url"
	"testing"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
)

// Another figure is tried on a page of its own: who moves, and nothing is written.
func TestTryingAnotherFigure(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	for i, done := range []string{"20", "19", "18", "17"} {
		s.fill(t, i, done)
	}
	b := s.as("member")
	path := s.path(2) + "/thu/I.1?vong=self"
	b.get(s.path(2)+"/vi-sao/I.1?vong=self").want(t, 200, "Thử số khác xem ai đổi hạng")
	b.get(path).want(t, 200, `name="s-target" value="20"`, `name="s-actual" value="18"`, "không ghi gì vào bảng điểm")
	b.get(path+"&s-target=20&s-actual=19,5").want(t, 200, "1 đơn vị lên hạng, 1 đơn vị xuống hạng", "18,00 → 19,50", "▲ 1", "▼ 1")
	b.get(path+"&s-target=20&s-actual=18").want(t, 200, "Không đơn vị nào đổi hạng")
	b.get(path+"&s-target=0&s-actual=18").want(t, 422, "Tiêu chí I.1")
	b.get(path+"&s-target=20&s-actual=mười").want(t, 422, `value="mười"`)
	b.get(s.path(2)+"/thu/I?vong=self").want(t, 404) // a group is no cell
	b.get(s.path(2)).want(t, 200, "18,00")
	s.as("stranger").get(path).want(t, 404)
}

// The leader reads how far the sheet told the units apart; members do not.
func TestHowFarASheetTells(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	for i, done := range []string{"20", "19", "18", "17"} {
		s.fill(t, i, done)
	}
	path := "/nam/" + s.Year.ID + "/cham-diem/do-phan-hoa"
	s.as("leader").get("/nam/"+s.Year.ID+"/cham-diem").want(t, 200, path)
	s.as("leader").get(path).want(t, 200, "không phân biệt được đơn vị nào", "17,00", "20,00", "15%", "bằng nhau")
	s.as("member").get(path).want(t, 403)
	s.as("leader").post("/nam/"+s.Year.ID+"/cham-diem/phan-cong", url.Values{"unit": {s.Units[2].ID}, "checker": {s.Units[3].ID}})
	s.Put(cluster.SelfScored)
	s.as("peer").json(t, s.path(2), cellForm(assessment.Check, "II.3", "0", "9 ¦ ", "points", "8", "reason", "Thiếu một hoạt động"))
	s.as("leader").get(path).want(t, 200, "Ai kiểm tra chặt", "−1,00")
}
