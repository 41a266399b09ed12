package web

import (
	"bytes"
	"context"
	"net/url"
	"testing"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/platform/db"
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

// An objection to points: made beside them, answered by who did not make it.
func TestAppealsThroughThePages(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	for i, done := range []string{"20", "19", "18", "17"} {
		s.fill(t, i, done)
	}
	s.Put(cluster.CrossScored)
	why := s.path(2) + "/vi-sao/II.3"
	member, leader := s.as("member"), s.as("leader")
	member.get(why+"?vong=agreed").want(t, 200, "Kiến nghị của đơn vị")
	member.post(why+"/kien-nghi", url.Values{"vong": {"agreed"}}).want(t, 422, "Chưa nhập nội dung kiến nghị")
	member.post(why+"/kien-nghi", url.Values{"vong": {"agreed"}, "appeal": {"Đề nghị 10 điểm"}}).wantTo(t, why+"?vong=agreed")
	leader.get("/nam/"+s.Year.ID+"/cham-diem").want(t, 200, "Kiến nghị về điểm", "Đề nghị 10 điểm", "chờ trả lời", why+"?vong=agreed#kien-nghi")
	leader.get(why+"?vong=agreed").want(t, 200, "khi đó 9,00 điểm", "Gửi trả lời")
	id, err := db.One[string](context.Background(), s.d, `SELECT id FROM appeal`)
	s.Check(err)
	member.post(why+"/tra-loi", url.Values{"vong": {"agreed"}, "id": {id}, "version": {"1"}, "answer": {"Tự trả lời"}}).want(t, 403)
	leader.post(why+"/tra-loi", url.Values{"vong": {"agreed"}, "id": {id}, "version": {"1"}}).want(t, 422, "Chưa nhập nội dung trả lời")
	leader.post(why+"/tra-loi", url.Values{"vong": {"agreed"}, "id": {id}, "version": {"1"}, "answer": {"Giữ điểm vì thiếu một hoạt động"}}).wantTo(t, why+"?vong=agreed")
	member.get(why+"?vong=agreed").want(t, 200, "Giữ điểm vì thiếu một hoạt động", "điểm giữ nguyên")
}

// Knock-outs, holds and caps are entered with what they rest on, show beside the
// rank, and are cleared.
func TestMarksThroughThePages(t *testing.T) {
	s := newScoreSite(t)
	ladder := bytes.Replace(criteria.Starter(), []byte(`"ties"`), []byte(`"grades":[{"id":"xs","name":"Xuất sắc","from":"90"},{"id":"k","name":"Khá","otherwise":true}],"holds":[{"id":"tt","name":"Đang thanh tra"}],"ties"`), 1)
	saved, err := s.Criteria.Save(context.Background(), s.Leader(), criteria.Edit{At: criteria.Place{Year: s.Year.ID}, ID: s.sheet.ID, Version: s.sheet.Version, Body: ladder})
	s.Check(err)
	s.sheet = saved
	s.adopt()
	for i, done := range []string{"20", "19", "18", "17"} {
		s.fill(t, i, done)
	}
	s.Put(cluster.CrossScored)
	tab := "/nam/" + s.Year.ID + "/cham-diem"
	leader := s.as("leader")
	leader.get(tab+"?vong=agreed").want(t, 200, "Không xét, tạm giữ, hạ mức", "Đang thanh tra", "Xuất sắc")
	mark := url.Values{"unit": {s.Units[0].ID}, "mark": {"tt"}}
	leader.post(tab+"/dieu-kien", mark).want(t, 422, "Hãy ghi căn cứ")
	mark.Set("reason", "Quyết định thanh tra số 12")
	s.as("member").post(tab+"/dieu-kien", mark).want(t, 403)
	leader.post(tab+"/dieu-kien", mark).wantTo(t, tab+"?vong=agreed")
	leader.get(tab+"?vong=agreed").want(t, 200, "Quyết định thanh tra số 12", "Tạm giữ, chưa xếp hạng: Đang thanh tra. Nếu được xét thì ở hạng 1.")
	leader.get(s.path(0)+"/vi-sao/tong?vong=agreed").want(t, 200, "Tạm giữ, chưa xếp hạng", "điểm: Xuất sắc")
	leader.post(tab+"/chot", url.Values{"kind": {"final"}}).want(t, 422, "đang tạm giữ")
	leader.post(tab+"/chot", url.Values{"kind": {"provisional"}})
	leader.post(tab+"/dieu-kien", url.Values{"unit": {s.Units[0].ID}, "mark": {"tt"}, "clear": {"1"}, "version": {"1"}, "reason": {"Kết luận: không vi phạm"}}).wantTo(t, tab+"?vong=agreed")
	leader.post(tab+"/dieu-kien", mark).wantTo(t, tab+"?vong=agreed") // and entered anew
}
