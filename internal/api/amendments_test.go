package api

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/testkit/store"
)

const (
	toAmend  = `{"reason":"Tỉnh điều chỉnh chỉ tiêu","version":2}`
	toAdopt  = `{"basis":"Công văn 12, 3/3 đơn vị đồng ý","due":"2023-12-01","version":3}`
	newShare = `{"target_id":"{movement_target}","unit_id":"{unit2}","amount":"120.5","version":0}`
)

// TestAmendments: a covenant in force is amended by those who lead, and by
// nobody else; what is wrong is told at its field.
func TestAmendments(t *testing.T) {
	onBoth(t, executing, []scenario{
		{name: "amending, who may not", roles: []string{officer, head, standing}, method: "POST", path: "/drafts/{covenant_paper}/amendments", body: toAmend, status: 403},
		{name: "amending, unseen", roles: unseen, method: "POST", path: "/drafts/{covenant_paper}/amendments", body: toAmend, status: 404},
		{name: "amending without a reason", roles: []string{leader}, method: "POST", path: "/drafts/{covenant_paper}/amendments", body: `{"reason":" ","version":2}`, status: 422, has: []string{`"location":"body.reason"`}},
		{name: "amending from a stale page", roles: []string{leader}, method: "POST", path: "/drafts/{covenant_paper}/amendments", body: `{"reason":"x","version":9}`, status: 409, has: []string{`"code":"stale"`, `"theirs":{"id":"{covenant_paper}"`}},
		{name: "amending another paper", roles: []string{leader}, method: "POST", path: "/drafts/{plan_paper}/amendments", body: toAmend, status: 409},
		{name: "withdrawing what is not open", roles: []string{leader}, method: "POST", path: "/drafts/{covenant_paper}/amendments/withdraw", body: `{"reason":"x","version":1}`, status: 404},
		{name: "adopting out of an amendment", roles: []string{leader}, method: "POST", path: "/draft-versions/{covenant}/adopt-amended", body: toAdopt, status: 409},
		{name: "a deferral when all is signed or done", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/covenant/deferral", body: `{"reason":"Vắng","due":"2023-12-01"}`, status: 409},
		{name: "a deferral, who may not", roles: []string{officer, deputy}, method: "POST", path: "/cluster-years/{year}/covenant/deferral", body: `{"reason":"Vắng","due":"2023-12-01"}`, status: 403},
		{name: "a term of what is circulated", roles: []string{leader}, method: "PUT", path: "/draft-versions/{covenant}/term", body: `{"until":2024}`, status: 409},
		{name: "no covenant to take over", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/covenant/take-over", status: 409},
		{name: "the covenant tells who is late", roles: seeing, path: "/cluster-years/{year}/covenant", status: 200, has: []string{`"late":0`, `"former":[]`, `"unsigned":[{"id":"{unit3}"`}, lacks: []string{`"amendment"`}},
		{name: "changes of one text", roles: seeing, path: "/draft-versions/{covenant}/target-changes?with={covenant}", status: 200, has: []string{`"sort":"same"`}, lacks: []string{`"sort":"changed"`}},
		{name: "changes against a plan", roles: []string{leader}, path: "/draft-versions/{covenant}/target-changes?with={plan}", status: 404},
		{name: "shares", roles: signedIn, path: "/movements/{movement}/shares", status: 200, has: []string{`"balance":"less"`, `"rest":"500"`, `"shares":[]`}},
		{name: "a share, who may not", roles: []string{leader, officer, other}, method: "PUT", path: "/movements/{movement}/shares", body: newShare, status: 403},
		{name: "a share of nobody", roles: []string{standing}, method: "PUT", path: "/movements/{movement}/shares", body: strings.Replace(newShare, `"unit_id":"{unit2}",`, "", 1), status: 422, has: []string{`"location":"body.unit_id"`}},
		{name: "a share of another movement's target", roles: []string{standing}, method: "PUT", path: "/movements/{unlaunched}/shares", body: newShare, status: 404},
		{name: "a share in dollars", roles: []string{standing}, method: "PUT", path: "/movements/{movement}/shares", body: strings.Replace(newShare, `"amount"`, `"unit":"triệu USD","amount"`, 1), status: 422, has: []string{`"location":"body.unit"`}},
	})
}

func TestWritingAmendments(t *testing.T) {
	play(t, store.SQLite, executing, []scenario{
		{name: "an amendment from its reason to the signatures", roles: []string{leader, deputy}, method: "POST", path: "/drafts/{covenant_paper}/amendments", body: toAmend, status: 201, has: []string{`"state":"open"`, `"from":"{covenant}"`}, after: func(t *testing.T, w *world, _ *httptest.ResponseRecorder) {
			send := func(status int, role, method, path, body string, has ...string) *httptest.ResponseRecorder {
				t.Helper()
				out := w.send(role, method, path, body)
				if out.Code != status {
					t.Fatalf("%s %s: %d %s", method, path, out.Code, out.Body)
				}
				for _, one := range has {
					if !strings.Contains(out.Body.String(), w.fill(one)) {
						t.Errorf("%s %s lacks %s\n%s", method, path, one, out.Body)
					}
				}
				return out
			}
			send(200, officer, "GET", "/cluster-years/{year}/covenant", "", `"reason":"Tỉnh điều chỉnh chỉ tiêu"`, `"id":"{covenant}"`)
			w.Clock.To("2023-02-01 08:00")
			made := send(201, leader, "POST", "/cluster-years/{year}/drafts/covenant/versions", `{"text":"Các chỉ tiêu năm 2023:\n- Thu ngân sách đạt 90 tỷ đồng;\n- Tỷ lệ hồ sơ giải quyết đúng hạn đạt ít nhất 95%."}`, `"number":2`)
			id := field(t, made, "id")
			send(200, leader, "POST", "/draft-versions/"+id+"/circulate", `{"version":1}`)
			send(200, officer, "GET", "/draft-versions/"+id+"/target-changes?with={covenant}", "", `"sort":"changed"`, `"low":"100"`, `"low":"90"`)
			send(422, leader, "POST", "/draft-versions/"+id+"/adopt-amended", strings.Replace(toAdopt, "Công văn 12, 3/3 đơn vị đồng ý", "", 1), `"location":"body.meeting_id"`)
			send(200, leader, "POST", "/draft-versions/"+id+"/adopt-amended", toAdopt, `"adopted_id":"`+id+`"`, `"state":"adopted"`)
			send(200, officer, "GET", "/cluster-years/{year}/covenant", "", `"due":"2023-12-01"`, `"former":[{"text":{"id":"{covenant}"`, `"signatures":[]`)
			send(409, head, "POST", "/cluster-years/{year}/covenant/signatures", `{"unit_id":"{unit3}","sha256":"{covenant_hash}"}`)
			send(200, officer, "GET", "/cluster-years/{year}/progress", "", `"low":"90"`, `"amount":"60.5"`) // the figure followed
		}},
		{name: "an amendment given up", roles: []string{leader}, method: "POST", path: "/drafts/{covenant_paper}/amendments", body: toAmend, status: 201, after: func(t *testing.T, w *world, _ *httptest.ResponseRecorder) {
			if out := w.send(leader, "POST", "/drafts/{covenant_paper}/amendments/withdraw", `{"reason":"Không cần","version":1}`); out.Code != 204 {
				t.Fatalf("%d %s", out.Code, out.Body)
			}
			if out := w.send(officer, "GET", "/cluster-years/{year}/covenant", ""); strings.Contains(out.Body.String(), `"amendment"`) {
				t.Errorf("%s", out.Body)
			}
		}},
		{name: "a share and its sum", roles: []string{standing}, method: "PUT", path: "/movements/{movement}/shares", body: newShare, status: 200, has: []string{`"amount":"120.5"`, `"unit":"tỷ đồng"`}, after: func(t *testing.T, w *world, out *httptest.ResponseRecorder) {
			id := field(t, out, "id")
			if out := w.send(officer, "GET", "/movements/{movement}/shares", ""); !strings.Contains(out.Body.String(), `"sum":"120.5","rest":"379.5"`) {
				t.Errorf("%s", out.Body)
			}
			if out := w.send(leader, "DELETE", "/movements/{movement}/shares/"+id+"?version=1", ""); out.Code != 403 {
				t.Errorf("%d %s", out.Code, out.Body)
			}
			if out := w.send(standing, "DELETE", "/movements/{movement}/shares/"+id+"?version=1", ""); out.Code != 204 {
				t.Errorf("%d %s", out.Code, out.Body)
			}
		}},
	})
	play(t, store.SQLite, func(w *world) { executing(w); w.Put(cluster.Drafting) }, []scenario{
		{name: "signing later", roles: []string{leader, standing}, method: "POST", path: "/cluster-years/{year}/covenant/deferral", body: `{"reason":"Vắng mặt tại lễ ký","due":"2023-12-01"}`, status: 204},
		{name: "signing later, no day", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/covenant/deferral", body: `{"reason":"Vắng","due":"2022-12-01"}`, status: 422, has: []string{`"location":"body.due"`}},
	})
}
