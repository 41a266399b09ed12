package api

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/thidua/thidua/testkit/store"
)

var (
	members = []string{officer, leader, deputy, head}
	inside  = append([]string{standing, auditor}, members...) // who sees scores and meetings
	seeing  = append([]string{admin}, inside...)              // who sees the year
	unseen  = []string{stranger, other}                       // who must not know that it exists
)

// TestPapers: movements, drafts, comments and sheets while the papers are written.
func TestPapers(t *testing.T) {
	onBoth(t, written, []scenario{
		{name: "movements", roles: append(unseen, seeing...), path: "/movements", status: 200, has: []string{`"id":"{movement}"`, `"theme":"Đoàn kết"`}},
		{name: "no drafts of movements", roles: append(unseen, members...), path: "/movements?year=2023", status: 200, lacks: []string{"{unlaunched}"}},
		{name: "drafts of movements", roles: []string{standing}, path: "/movements?q=dang%20soan", status: 200, has: []string{"{unlaunched}"}, lacks: []string{"{movement}"}},
		{name: "a movement", roles: append(unseen, seeing...), path: "/movements/{movement}", status: 200, has: []string{`"low":"500"`, `"unit":"tỷ đồng"`, `"base_low":"500000000000"`, `"responses":[]`}},
		{name: "a movement being drafted", roles: []string{standing}, path: "/movements/{unlaunched}", status: 200, has: []string{`"state":"draft"`}},
		{name: "a movement being drafted, unseen", roles: append(unseen, members...), path: "/movements/{unlaunched}", status: 404},
		{name: "a launched movement stands", roles: []string{standing}, method: "POST", path: "/movements/{movement}/launch", body: `{"version":2}`, status: 409},
		{name: "launching, who may not", roles: append(unseen, members...), method: "POST", path: "/movements/{unlaunched}/launch", body: `{"version":1}`, status: 404},
		{name: "a movement of another organiser", roles: []string{other, leader}, method: "POST", path: "/movements", body: newMovement, status: 403},
		{name: "a movement from a stale page", roles: []string{standing}, method: "PUT", path: "/movements/{unlaunched}", body: `{"version":9,` + newMovement[1:], status: 409, has: []string{`"code":"stale"`, `"theirs":{"id":"{unlaunched}"`}},
		{name: "a response for another unit", roles: []string{leader, stranger}, method: "PUT", path: "/movements/{movement}/responses/{unit3}", body: `{"text":"Hưởng ứng","version":0}`, status: 403},
		{name: "the year's movement, who may not", roles: []string{officer, admin}, method: "PUT", path: "/cluster-years/{year}/movement", body: `{"movement_id":"{movement}"}`, status: 403},
		{name: "the year's movement, unseen", roles: unseen, method: "PUT", path: "/cluster-years/{year}/movement", body: `{"movement_id":"{movement}"}`, status: 404},
		{name: "the year's movement, not launched", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/movement", body: `{"movement_id":"{unlaunched}"}`, status: 422, has: []string{`"location":"body.movement_id"`}},

		{name: "drafts", roles: seeing, path: "/cluster-years/{year}/drafts", status: 200, has: []string{`"kind":"covenant"`, `"id":"{plan}"`, `"waiting":1`}},
		{name: "drafts, unseen", roles: unseen, path: "/cluster-years/{year}/drafts", status: 404},
		{name: "a version that is not circulated", roles: []string{leader, deputy}, path: "/cluster-years/{year}/drafts", status: 200, has: []string{"{next}"}},
		{name: "a version that is not circulated, to others", roles: []string{officer, head, standing, admin}, path: "/cluster-years/{year}/drafts", status: 200, lacks: []string{"{next}"}},
		{name: "a version", roles: seeing, path: "/draft-versions/{plan}", status: 200, has: []string{`"text":"Điều 1. Nội dung.\nĐiều 2. Thực hiện."`, `"sha256":"{plan_hash}"`}},
		{name: "a version, unseen", roles: append(unseen, officer), path: "/draft-versions/{next}", status: 404},
		{name: "a circulated version stands", roles: []string{leader}, method: "PUT", path: "/draft-versions/{plan}", body: `{"version":2,"text":"x"}`, status: 409},
		{name: "a version from a stale page", roles: []string{leader, deputy}, method: "PUT", path: "/draft-versions/{next}", body: `{"version":0,"text":"Khác"}`, status: 409, has: []string{`"code":"stale"`, "Khối trưởng thực hiện"}},
		{name: "editing what one may not see", roles: append(unseen, officer), method: "PUT", path: "/draft-versions/{next}", body: `{"version":1,"text":"Khác"}`, status: 404},
		{name: "versions side by side", roles: []string{leader}, path: "/draft-versions/{plan}/comparison?with={next}", status: 200, has: []string{`"sort":"changed"`, `"sort":"added"`, `"lines":[{"sort":"same","before":1,"after":1`}},
		{name: "with what", roles: []string{leader}, path: "/draft-versions/{plan}/comparison", status: 422, has: []string{`"location":"query.with"`, "Thiếu tham số"}},
		{name: "with one unseen", roles: []string{officer}, path: "/draft-versions/{plan}/comparison?with={next}", status: 404},
		{name: "comments", roles: seeing, path: "/draft-versions/{plan}/comments", status: 200, has: []string{`"line":2`, "Cần nói rõ"}},
		{name: "comments, unseen", roles: unseen, path: "/draft-versions/{plan}/comments", status: 404},
		{name: "a comment for another unit", roles: []string{leader, standing}, method: "POST", path: "/draft-versions/{plan}/comments", body: `{"unit_id":"{unit3}","line":1,"text":"x"}`, status: 403},
		{name: "a comment on no line", roles: []string{officer}, method: "POST", path: "/draft-versions/{regulation}/comments", body: `{"unit_id":"{unit3}","line":9,"text":"x"}`, status: 422, has: []string{`"location":"body.line"`}},
		{name: "an answer, who may not", roles: []string{officer, standing}, method: "PUT", path: "/draft-comments/{comment}/answer", body: `{"outcome":"accepted","version":1}`, status: 403},
		{name: "an answer, unseen", roles: unseen, method: "PUT", path: "/draft-comments/{comment}/answer", body: `{"outcome":"accepted","version":1}`, status: 404},
		{name: "declined without a word", roles: []string{leader}, method: "PUT", path: "/draft-comments/{comment}/answer", body: `{"outcome":"declined","version":1}`, status: 422, has: []string{`"location":"body.answer"`}},
		{name: "no such paper", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/drafts/nothing/versions", body: `{"text":"x"}`, status: 422, has: []string{`"location":"path.kind"`}},
		{name: "targets read from the text", roles: seeing, path: "/draft-versions/{covenant}/targets", status: 200, has: []string{`"low":"100"`, `"relation":">="`}},
		{name: "targets of a plan", roles: []string{leader}, path: "/draft-versions/{plan}/targets", status: 404},
		{name: "no covenant adopted", roles: []string{officer}, path: "/cluster-years/{year}/covenant", status: 409},

		{name: "sheets", roles: seeing, path: "/cluster-years/{year}/sheets", status: 200, has: []string{`"id":"{sheet}"`, `"name":"Bảng chấm điểm"`}},
		{name: "sheets, unseen", roles: unseen, path: "/cluster-years/{year}/sheets", status: 404},
		{name: "a sheet", roles: seeing, path: "/cluster-years/{year}/sheets/{sheet}", status: 200, has: []string{`"max":"43"`, `"problems":[]`}},
		{name: "no sheet", roles: seeing, path: "/cluster-years/{year}/sheets/{nothing}", status: 404},
		{name: "a new sheet, who may not", roles: []string{officer, head, admin}, method: "POST", path: "/cluster-years/{year}/sheets", body: `{"name":"Khác"}`, status: 403},
		{name: "a sheet from a stale page", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/sheets/{sheet}", body: `{"version":9,"body":{"criteria":[]}}`, status: 409, has: []string{`"code":"stale"`}},
		{name: "a sheet that is none", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/sheets/{sheet}", body: `{"version":1,"body":[]}`, status: 422},
	})
}

const newMovement = `{"organiser":"{organiser}","name":"Phong trào mới","kind":"regular","year":2023,"theme":"Mới","text":"Năm 2023 phấn đấu thu ngân sách đạt 1.500 tỷ đồng."}`

func TestWritingPapers(t *testing.T) {
	play(t, store.SQLite, written, []scenario{
		{name: "create a movement", roles: []string{standing}, method: "POST", path: "/movements", body: newMovement, status: 201, has: []string{`"state":"draft"`, `"low":"1500"`}},
		{name: "edit a movement", roles: []string{standing}, method: "PUT", path: "/movements/{unlaunched}", body: `{"version":1,` + newMovement[1:], status: 200, has: []string{`"version":2`, `"name":"Phong trào mới"`}},
		{name: "launch a movement", roles: []string{standing}, method: "POST", path: "/movements/{unlaunched}/launch", body: `{"version":1}`, status: 200, has: []string{`"state":"launched"`}},
		{name: "respond", roles: []string{officer, head}, method: "PUT", path: "/movements/{movement}/responses/{unit3}", body: `{"text":"Hưởng ứng","version":0}`, status: 200, has: []string{`"version":1`}},
		{name: "the year's movement", roles: []string{leader, standing}, method: "PUT", path: "/cluster-years/{year}/movement", body: `{"movement_id":"{movement}"}`, status: 204},
		{name: "another version", roles: []string{leader, deputy}, method: "POST", path: "/cluster-years/{year}/drafts/regulation/versions", body: `{"text":"Điều 1.","note":"Rút gọn"}`, status: 201, has: []string{`"number":2`, `"circulated":false`}},
		{name: "edit a version", roles: []string{deputy}, method: "PUT", path: "/draft-versions/{next}", body: `{"version":1,"text":"Điều 1."}`, status: 200, has: []string{`"version":2`, `"text":"Điều 1."`}},
		{name: "circulate", roles: []string{leader}, method: "POST", path: "/draft-versions/{next}/circulate", body: `{"version":1}`, status: 200, has: []string{`"circulated":true`}},
		{name: "comment", roles: []string{officer, head}, method: "POST", path: "/draft-versions/{regulation}/comments", body: `{"unit_id":"{unit3}","line":0,"text":"Đồng ý"}`, status: 201, has: []string{`"line":0`}},
		{name: "answer", roles: []string{leader}, method: "PUT", path: "/draft-comments/{comment}/answer", body: `{"outcome":"partly","answer":"Bổ sung ở Điều 2","version":1}`, status: 200, has: []string{`"outcome":"partly"`}},
		{name: "add a target", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/drafts/covenant/versions", body: `{"text":"Giao ước."}`, status: 201, after: func(t *testing.T, w *world, out *httptest.ResponseRecorder) {
			id := field(t, out, "id")
			made := w.send(leader, "POST", "/draft-versions/"+id+"/targets", `{"name":"Số mô hình mới","relation":">=","low":"1.500","unit":"mô hình"}`)
			if made.Code != 201 || !strings.Contains(made.Body.String(), `"low":"1.5"`) {
				t.Fatalf("%d %s", made.Code, made.Body)
			}
			target := field(t, made, "id")
			edited := w.send(leader, "PUT", "/targets/"+target, `{"version":1,"name":"Số mô hình mới","relation":"range","low":"2","high":"4","unit":"mô hình"}`)
			if edited.Code != 200 || !strings.Contains(edited.Body.String(), `"high":"4"`) {
				t.Fatalf("%d %s", edited.Code, edited.Body)
			}
			for _, c := range []struct {
				role, body string
				status     int
				has        string
			}{
				{leader, `{"version":2,"name":"x","relation":"=","low":"1,5"}`, 422, "body.low"},
				{leader, `{"version":2,"name":"x","relation":"~","low":"1"}`, 422, "body.relation"},
				{leader, `{"version":2,"name":"x","relation":"="}`, 422, "body.low"},
				{leader, `{"version":1,"name":"x","relation":"=","low":"1"}`, 409, `"theirs":{"id":"` + target},
				{officer, `{"version":2,"name":"x","relation":"=","low":"1"}`, 404, ""},
			} {
				if out := w.send(c.role, "PUT", "/targets/"+target, c.body); out.Code != c.status || !strings.Contains(out.Body.String(), c.has) {
					t.Errorf("%s: %d %s", c.body, out.Code, out.Body)
				}
			}
			if out := w.send(leader, "DELETE", "/targets/"+target+"?version=2", ""); out.Code != 204 {
				t.Errorf("%d %s", out.Code, out.Body)
			}
		}},
		{name: "a sheet", roles: []string{leader, standing}, method: "POST", path: "/cluster-years/{year}/sheets", body: `{"name":"Bảng khác"}`, status: 201, has: []string{`"number":1`, `"name":"Bảng khác"`}},
		{name: "another version of a sheet", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/sheets/{sheet}", body: `{"version":1,"body":{"criteria":[{"id":"A","name":"Một","max":"10","rule":{"kind":"direct"}}]}}`, status: 200, has: []string{`"number":2`, `"max":"10"`}},
	})
}

// TestExecution: covenant, figures, progress, scores and evidence while the
// covenant is carried out.
func TestExecution(t *testing.T) {
	score := "/cluster-years/{year}/scores/{unit3}/criteria/B/rounds/self"
	onBoth(t, executing, []scenario{
		{name: "covenant", roles: seeing, path: "/cluster-years/{year}/covenant", status: 200, has: []string{`"sha256":"{covenant_hash}"`, `"unsigned":[{"id":"{unit3}"`, `"id":"{target1}"`}},
		{name: "covenant, unseen", roles: unseen, path: "/cluster-years/{year}/covenant", status: 404},
		{name: "only a head signs", roles: []string{officer, leader, standing}, method: "POST", path: "/cluster-years/{year}/covenant/signatures", body: `{"unit_id":"{unit3}","sha256":"{covenant_hash}"}`, status: 403},
		{name: "signing, unseen", roles: unseen, method: "POST", path: "/cluster-years/{year}/covenant/signatures", body: `{"unit_id":"{unit3}","sha256":"{covenant_hash}"}`, status: 404},
		{name: "signing another text", roles: []string{head}, method: "POST", path: "/cluster-years/{year}/covenant/signatures", body: `{"unit_id":"{unit3}","sha256":"{plan_hash}"}`, status: 409},
		{name: "figures", roles: seeing, path: "/cluster-years/{year}/figures", status: 200, has: []string{`"amount":"60.5"`, `"base_amount":"60500000000"`, `"base_unit":"VND"`}},
		{name: "figures, unseen", roles: unseen, path: "/cluster-years/{year}/figures", status: 404},
		{name: "a figure of another's target", roles: []string{officer, standing}, method: "POST", path: "/cluster-years/{year}/figures", body: oneFigure("96"), status: 403},
		{name: "a figure, unseen", roles: unseen, method: "POST", path: "/cluster-years/{year}/figures", body: oneFigure("96"), status: 404},
		{name: "a decimal comma", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/figures", body: oneFigure("96,5"), status: 422, has: []string{`"location":"body.figures[0].amount"`, "1234.5"}},
		{name: "a number", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/figures", body: strings.Replace(oneFigure("96"), `"96"`, `96`, 1), status: 422, has: []string{"trong dấu nháy"}},
		{name: "more than all", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/figures", body: oneFigure("196"), status: 422, has: []string{`"location":"body.figures[0].amount"`}},
		{name: "two wrong figures", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/figures", body: `{"figures":[{"target_id":"{target2}","period":"H1","amount":"96"},{"target_id":"{target1}","period":"H1","amount":"70"},{"target_id":"{target2}","period":"X","amount":"96"}]}`, status: 409, has: []string{`"location":"body.figures[1].amount"`, `"location":"body.figures"`}},
		{name: "a correction from a stale page", roles: []string{leader}, method: "POST", path: "/figures/{figure}/corrections", body: `{"reason":"nhầm","version":9,"target_id":"{target1}","period":"H1","amount":"61"}`, status: 409, has: []string{`"code":"stale"`, `"theirs":{"id":"{figure}"`}},
		{name: "progress", roles: seeing, path: "/cluster-years/{year}/progress", status: 200, has: []string{`"percent":"60.5"`, `"status":"likely"`, `"none":1`, `"forecast":{"amount":"121","unit":"tỷ đồng","numerator":"121000000000","denominator":"1","method":"even_pace"}`}},
		{name: "reporting periods", roles: seeing, path: "/cluster-years/{year}/reporting-periods", status: 200, has: []string{`"period":"H1"`, `"period":"Y"`}},
		{name: "reporting periods, unseen", roles: unseen, path: "/cluster-years/{year}/reporting-periods", status: 404},
		{name: "periods, who may not", roles: []string{officer, admin, auditor}, method: "PUT", path: "/cluster-years/{year}/reporting-periods", body: onePeriod("Y", "2023-12-05"), status: 403},
		{name: "periods, unseen", roles: unseen, method: "PUT", path: "/cluster-years/{year}/reporting-periods", body: onePeriod("Y", "2023-12-05"), status: 404},
		{name: "no full year", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/reporting-periods", body: onePeriod("H1", "2023-07-05"), status: 422, has: []string{`"location":"body.periods"`}},
		{name: "no day", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/reporting-periods", body: onePeriod("Y", ""), status: 422, has: []string{`"location":"body.periods[0].due"`}},
		{name: "reporting", roles: seeing, path: "/cluster-years/{year}/reporting", status: 200, has: []string{`"want":2`, `"have":0`, `"status":"waiting"`}},
		{name: "reporting, unseen", roles: unseen, path: "/cluster-years/{year}/reporting", status: 404},
		{name: "ambition", roles: seeing, path: "/draft-versions/{covenant}/ambition", status: 200, has: []string{`"target_id":"{target1}"`, `"marks":[]`}},
		{name: "ambition, unseen", roles: unseen, path: "/draft-versions/{covenant}/ambition", status: 404},
		{name: "a reason of the whole block", roles: []string{officer, standing}, method: "PUT", path: "/targets/{target1}/reason", body: `{"text":"Vì thế","version":0}`, status: 403},
		{name: "a reason, unseen", roles: unseen, method: "PUT", path: "/targets/{target1}/reason", body: `{"text":"Vì thế","version":0}`, status: 404},
		{name: "progress to a quarter", roles: []string{officer}, path: "/cluster-years/{year}/progress?to=Q1", status: 200, has: []string{`"none":2`}},
		{name: "progress, unseen", roles: unseen, path: "/cluster-years/{year}/progress", status: 404},
		{name: "series", roles: seeing, path: "/cluster-years/{year}/series", status: 200, has: []string{`"years":[2023]`, `"from":"covenant"`}},
		{name: "series, unseen", roles: unseen, path: "/cluster-years/{year}/series", status: 404},

		{name: "indicators", roles: signedIn, path: "/indicators?q=thu%20ngan%20sach", status: 200, has: []string{`"flow":"flow"`, `"unit":"tỷ đồng"`}},
		{name: "scores", roles: inside, path: "/cluster-years/{year}/scores/{unit3}", status: 200, has: []string{`"criterion":"B"`, `"points":"50"`, `"inputs":{"points":"50"}`, `"totals":{"agreed":"50"`, `"evidence_subject":"{year}/{unit3}/A1"`, `"evidence":1`}},
		{name: "scores, unseen", roles: append(unseen, admin), path: "/cluster-years/{year}/scores/{unit3}", status: 404},
		{name: "scores of no member", roles: []string{leader}, path: "/cluster-years/{year}/scores/{nothing}", status: 404},
		{name: "rounds", roles: inside, path: "/cluster-years/{year}/rounds", status: 200, has: []string{`"round":"self","name":"Tự chấm","open":true`, `"round":"check","name":"Kiểm tra chéo","open":false`}},
		{name: "rounds, unseen", roles: append(unseen, admin), path: "/cluster-years/{year}/rounds", status: 404},
		{name: "another's score", roles: []string{leader, deputy, standing, auditor}, method: "PUT", path: score, body: `{"inputs":{"points":"51"},"version":1}`, status: 403},
		{name: "a score, unseen", roles: unseen, method: "PUT", path: score, body: `{"inputs":{"points":"51"},"version":1}`, status: 404},
		{name: "a score from a stale page", roles: []string{officer, head}, method: "PUT", path: score, body: `{"inputs":{"points":"51"},"version":0}`, status: 409, has: []string{`"code":"stale"`, `"theirs":{"unit_id":"{unit3}","criterion":"B","inputs":{"points":"50"},"points":"50"`}},
		{name: "a score above the maximum", roles: []string{officer}, method: "PUT", path: score, body: `{"inputs":{"points":"57.5"},"version":1}`, status: 422, has: []string{`"location":"body.inputs.points"`}},
		{name: "a score that is no number", roles: []string{officer}, method: "PUT", path: score, body: `{"inputs":{"points":"51,5"},"version":1}`, status: 422, has: []string{`"location":"body.inputs.points"`}},
		{name: "no such round", roles: []string{officer}, method: "PUT", path: "/cluster-years/{year}/scores/{unit3}/criteria/B/rounds/last", body: `{"inputs":{},"version":1}`, status: 422, has: []string{`"location":"path.round"`}},
		{name: "no such criterion", roles: []string{officer}, method: "PUT", path: "/cluster-years/{year}/scores/{unit3}/criteria/Z/rounds/self", body: `{"inputs":{"points":"1"},"version":0}`, status: 404},
		{name: "a round that is not open", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/scores/{unit3}/criteria/B/rounds/agreed", body: `{"inputs":{"points":"51"},"version":0,"reason":"x"}`, status: 409},
		{name: "a narrow token scores nothing", roles: []string{narrow}, method: "PUT", path: "/cluster-years/{year}/scores/{unit1}/criteria/B/rounds/self", body: `{"inputs":{"points":"51"},"version":0}`, status: 403},
		{name: "history", roles: inside, path: "/cluster-years/{year}/scores/{unit3}/criteria/B/history", status: 200, has: []string{`"round":"self"`, `"points":"50"`}},
		{name: "history, unseen", roles: append(unseen, admin), path: "/cluster-years/{year}/scores/{unit3}/criteria/B/history", status: 404},
		{name: "handing in what is not complete", roles: []string{officer}, method: "POST", path: "/cluster-years/{year}/scores/{unit3}/rounds/self/hand-in", status: 422, has: []string{`"location":"criteria.A1"`, `"location":"criteria.A2"`}},
		{name: "handing in another's", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/scores/{unit3}/rounds/self/hand-in", status: 403},
		{name: "checkers", roles: inside, path: "/cluster-years/{year}/checkers", status: 200, has: []string{`"checker_id":"`}},
		{name: "checkers, who may not", roles: []string{officer, head}, method: "POST", path: "/cluster-years/{year}/checkers/rotation", status: 403},
		{name: "a checker of itself", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/checkers/{unit3}", body: `{"checker_id":"{unit3}"}`, status: 422, has: []string{`"location":"body.checker_id"`}},
		{name: "standings before the own is handed in", roles: []string{officer, head}, path: "/cluster-years/{year}/standings", status: 200, has: []string{`"items":[{"unit_id":"{unit3}","name":"Sở Số 3","rank":0`}},
		{name: "standings", roles: []string{leader, standing, auditor}, path: "/cluster-years/{year}/standings", status: 200, has: []string{`"complete":false`, `"unit_id":"{unit3}","name":"Sở Số 3","rank":1,"tied":false`, `"total":"50"`}},
		{name: "standings, unseen", roles: append(unseen, admin), path: "/cluster-years/{year}/standings?round=self", status: 404},
		{name: "results", roles: inside, path: "/cluster-years/{year}/results", status: 200, has: []string{`"items":[]`}},
		{name: "no result", roles: inside, path: "/cluster-years/{year}/results/{nothing}", status: 404},
		{name: "a result too early", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/results", body: `{"kind":"final"}`, status: 409},
		{name: "a result, who may not", roles: []string{officer}, method: "POST", path: "/cluster-years/{year}/results", body: `{"kind":"final"}`, status: 403},

		{name: "evidence", roles: seeing, path: "/evidence?kind=score&subject={year}/{unit3}/A1", status: 200, has: []string{`"id":"{evidence}"`, `"name":"minh chứng.pdf"`, `"media":"application/pdf"`}},
		{name: "evidence, unseen", roles: unseen, path: "/evidence?kind=score&subject={year}/{unit3}/A1", status: 404},
		{name: "evidence of nothing", roles: seeing, path: "/evidence?kind=nothing&subject=x", status: 404},
		{name: "evidence of what", roles: seeing, path: "/evidence?kind=score", status: 422, has: []string{`"location":"query.subject"`}},
		{name: "an evidence file", roles: seeing, path: "/evidence/{evidence}/file", status: 200, has: []string{"%PDF-1.7"}},
		{name: "an evidence file, unseen", roles: unseen, path: "/evidence/{evidence}/file", status: 404},
		{name: "attaching to another's", roles: []string{leader, standing}, method: "POST", path: "/evidence?kind=score&subject={year}/{unit3}/A1&name=a.pdf", body: "%PDF-1.7\n%%EOF\n", header: []string{"Content-Type", "application/pdf"}, status: 403},
		{name: "attaching, unseen", roles: unseen, method: "POST", path: "/evidence?kind=score&subject={year}/{unit3}/A1&name=a.pdf", body: "%PDF-1.7\n%%EOF\n", header: []string{"Content-Type", "application/pdf"}, status: 404},
		{name: "attaching a program", roles: []string{officer}, method: "POST", path: "/evidence?kind=score&subject={year}/{unit3}/A1&name=a.exe", body: "MZ", header: []string{"Content-Type", "application/octet-stream"}, status: 422},
		{name: "attaching what is not what it says", roles: []string{officer}, method: "POST", path: "/evidence?kind=score&subject={year}/{unit3}/A1&name=a.pdf", body: "<html>", header: []string{"Content-Type", "application/pdf"}, status: 422},
		{name: "withdrawing without a reason", roles: []string{officer}, method: "POST", path: "/evidence/{evidence}/withdraw", body: `{"reason":" "}`, status: 422, has: []string{`"location":"body.reason"`}},
	})
}

// oneFigure is a half-year's figure of the second target.
func oneFigure(amount string) string {
	return `{"figures":[{"target_id":"{target2}","period":"H1","amount":"` + amount + `"}]}`
}

func onePeriod(period, due string) string {
	return `{"periods":[{"period":"` + period + `","due":"` + due + `"}]}`
}

func TestWritingExecution(t *testing.T) {
	play(t, store.SQLite, executing, []scenario{
		{name: "periods", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/reporting-periods", body: onePeriod("Y", "2023-12-05"), status: 200, has: []string{`{"period":"Y","due":"2023-12-05"}`}},
		{name: "a reason", roles: []string{leader}, method: "PUT", path: "/targets/{target1}/reason", body: `{"text":"Vì thế","version":0}`, status: 200, has: []string{`"text":"Vì thế","current":true`}},
		{name: "sign", roles: []string{head}, method: "POST", path: "/cluster-years/{year}/covenant/signatures", body: `{"unit_id":"{unit3}","sha256":"{covenant_hash}"}`, status: 201, has: []string{`"unit_id":"{unit3}"`, `"signer":"Thủ trưởng"`}},
		{name: "report", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/figures", body: oneFigure("96.500"), status: 201, has: []string{`"amount":"96.5"`}},
		{name: "report more than all, surely", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/figures", body: strings.Replace(oneFigure("1.234"), `"amount"`, `"sure":true,"amount"`, 1), status: 201, has: []string{`"amount":"1.234"`}},
		{name: "correct", roles: []string{leader}, method: "POST", path: "/figures/{figure}/corrections", body: `{"reason":"nhầm","version":{figure_version},"target_id":"{target1}","period":"H1","amount":"61.25"}`, status: 201, has: []string{`"amount":"61.25"`, `"reason":"nhầm"`}},
		{name: "assign a target", roles: []string{leader, deputy}, method: "PUT", path: "/targets/{target1}/reporter", body: `{"reporter_id":"{unit2}","version":1}`, status: 200, has: []string{`"reporter_id":"{unit2}"`}},
		{name: "save a score", roles: []string{officer, head}, method: "PUT", path: "/cluster-years/{year}/scores/{unit3}/criteria/B/rounds/self", body: `{"inputs":{"points":"51.25"},"version":1}`, status: 200, has: []string{`"points":"51.25"`, `"version":2`}},
		{name: "a first score", roles: []string{officer}, method: "PUT", path: "/cluster-years/{year}/scores/{unit3}/criteria/A1/rounds/self", body: `{"inputs":{"target":"1250","actual":"1105"},"version":0}`, status: 200, has: []string{`"points":"35.36"`, `"version":1`}, after: handsIn},
		{name: "rotate checkers", roles: []string{leader, standing}, method: "POST", path: "/cluster-years/{year}/checkers/rotation", status: 200, has: []string{"{unit1}"}},
		{name: "attach", roles: []string{officer, head}, method: "POST", path: "/evidence?kind=score&subject={year}/{unit3}/A2&name=b%C3%A1o%20c%C3%A1o.pdf", body: "%PDF-1.7\nkhác\n%%EOF\n", header: []string{"Content-Type", "application/pdf"}, status: 201, has: []string{`"name":"báo cáo.pdf"`, `"size":21`}},
		{name: "withdraw evidence", roles: []string{officer}, method: "POST", path: "/evidence/{evidence}/withdraw", body: `{"reason":"nhầm tệp"}`, status: 204},
	})
}

// handsIn completes the sheet of the third unit, hands it in and takes it back.
func handsIn(t *testing.T, w *world, _ *httptest.ResponseRecorder) {
	sheet := "/cluster-years/{year}/scores/{unit3}"
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{"PUT", "/criteria/A2/rounds/self", `{"inputs":{"actual":"8.2"},"version":0}`, 200},
		{"POST", "/rounds/self/hand-in", "", 204},
		{"PUT", "/criteria/A2/rounds/self", `{"inputs":{"actual":"8.3"},"version":1}`, 409},
		{"POST", "/rounds/self/withdraw", `{"reason":"sửa số"}`, 204},
		{"PUT", "/criteria/A2/rounds/self", `{"inputs":{"actual":"8.3"},"version":1}`, 200},
	} {
		if out := w.send(officer, c.method, sheet+c.path, c.body); out.Code != c.status {
			t.Fatalf("%s %s: %d %s", c.method, c.path, out.Code, out.Body)
		}
	}
}

// TestReview: meetings, votes, awards and rules while the year is reviewed.
func TestReview(t *testing.T) {
	count := `{"issued":3,"returned":3,"valid":3,"invalid":0,"lines":[{"nominee":"{nominee1}","yes":2,"no":1},{"nominee":"{nominee2}","yes":1,"no":2}]}`
	onBoth(t, reviewing, []scenario{
		{name: "meetings", roles: inside, path: "/cluster-years/{year}/meetings", status: 200, has: []string{`"id":"{meeting}"`, `"state":"open"`, `"starts":"2023-01-14T08:00:00+07:00"`}},
		{name: "meetings, unseen", roles: append(unseen, admin), path: "/cluster-years/{year}/meetings", status: 404},
		{name: "a meeting", roles: inside, path: "/meetings/{meeting}", status: 200, has: []string{`"met":true`, `"status":"present"`, `"id":"{poll}"`, `"blockers":["Chưa kiểm phiếu xong`}},
		{name: "a meeting, unseen", roles: append(unseen, admin), path: "/meetings/{meeting}", status: 404},
		{name: "a meeting in English", roles: []string{leader}, path: "/meetings/{meeting}", header: []string{"Accept-Language", "en"}, status: 200, lacks: []string{"Chưa kiểm phiếu"}},
		{name: "planning, who may not", roles: []string{officer, head, auditor}, method: "POST", path: "/meetings", body: newMeeting, status: 403},
		{name: "planning, unseen", roles: unseen, method: "POST", path: "/meetings", body: newMeeting, status: 404},
		{name: "planning at no time", roles: []string{leader}, method: "POST", path: "/meetings", body: strings.Replace(newMeeting, "2023-12-01T08:00:00+07:00", "mai", 1), status: 422, has: []string{`"location":"body.starts"`}},
		{name: "closing with a vote open", roles: []string{leader}, method: "POST", path: "/meetings/{meeting}/close", body: `{"version":{meeting_version}}`, status: 409},
		{name: "replanning from a stale page", roles: []string{leader, deputy}, method: "PUT", path: "/meetings/{meeting}", body: `{"version":99,"kind":"review","title":"x","place":"y","starts":"2023-01-14T09:00:00+07:00","chair":"A","secretary":"B"}`, status: 409, has: []string{`"code":"stale"`, `"theirs":{"id":"{meeting}"`}},
		{name: "attendance, who may not", roles: []string{officer}, method: "PUT", path: "/meetings/{meeting}/attendance/{unit3}", body: `{"status":"absent","version":1}`, status: 403},
		{name: "a substitute without a mandate", roles: []string{leader}, method: "PUT", path: "/meetings/{meeting}/attendance/{unit3}", body: `{"status":"substitute","person":"C","version":1}`, status: 422, has: []string{`"location":"body.mandate"`}},
		{name: "an item without a title", roles: []string{leader}, method: "POST", path: "/meetings/{meeting}/items", body: `{"kind":"report","title":" "}`, status: 422, has: []string{`"location":"body.title"`}},
		{name: "an item, unseen", roles: unseen, method: "DELETE", path: "/agenda-items/{item}?version=1", status: 404},

		{name: "a poll", roles: inside, path: "/polls/{poll}", status: 200, has: []string{`"state":"open"`, `"entitled":3`, `"name":"Sở Số 2"`, `"tellers":[]`}},
		{name: "a counted poll", roles: inside, path: "/polls/{hands}", status: 200, has: []string{`"chosen":true`, `"yes":3`, "Được chọn: Sở Số 1"}},
		{name: "a poll, unseen", roles: append(unseen, admin), path: "/polls/{poll}", status: 404},
		{name: "counting, unseen", roles: unseen, method: "POST", path: "/polls/{poll}/counts", body: count, status: 404},
		{name: "a count that cannot be", roles: []string{officer}, method: "POST", path: "/polls/{poll}/counts", body: strings.Replace(count, `"issued":3`, `"issued":2`, 1), status: 422, has: []string{`"location":"body.`}},
		{name: "votes that cannot be", roles: []string{officer}, method: "POST", path: "/polls/{poll}/counts", body: strings.Replace(count, `"yes":2,"no":1`, `"yes":9,"no":1`, 1), status: 422, has: []string{`"location":"body.lines[0].`}},
		{name: "hands of a paper vote", roles: []string{leader}, method: "POST", path: "/polls/{poll}/hands", body: `{"lines":[{"nominee":"{nominee1}","yes":2,"no":1}]}`, status: 409},
		{name: "a count of hands, whom nobody named to count", roles: []string{officer}, method: "POST", path: "/polls/{hands}/counts", body: count, status: 403},
		{name: "cancelling what a proposal rests on", roles: []string{leader}, method: "POST", path: "/polls/{hands}/cancel", body: `{"reason":"x","version":{hands_version}}`, status: 409},

		{name: "kinds of awards", roles: signedIn, path: "/award-kinds", status: 200, has: []string{`"id":"flag_province"`}},
		{name: "nominations", roles: inside, path: "/cluster-years/{year}/nominations", status: 200, has: []string{`"id":"{nomination}"`, `"kind":"flag_province"`, `"name":"Sở Số 1"`}},
		{name: "nominations, unseen", roles: unseen, path: "/cluster-years/{year}/nominations", status: 404},
		{name: "nominating, who may not", roles: []string{officer, standing}, method: "POST", path: "/cluster-years/{year}/nominations", body: `{"kind":"flag_province","units":["{unit2}"]}`, status: 403},
		{name: "nominating, unseen", roles: unseen, method: "POST", path: "/cluster-years/{year}/nominations", body: `{"kind":"flag_province","units":["{unit2}"]}`, status: 404},
		{name: "in spite of warnings, without a reason", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/nominations", body: `{"kind":"flag_province","units":["{unit2}"],"poll_id":"{hands}"}`, status: 422, has: []string{`"location":"body.override"`}},
		{name: "an unknown poll", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/nominations", body: `{"kind":"flag_province","units":["{unit2}"],"poll_id":"x"}`, status: 422, has: []string{`"location":"body.poll_id"`}},
		{name: "withdrawing from a stale page", roles: []string{leader}, method: "POST", path: "/nominations/{nomination}/withdraw", body: `{"reason":"x","version":9}`, status: 409, has: []string{`"code":"stale"`, `"theirs":{"id":"{nomination}"`}},
		{name: "consolidation", roles: inside, path: "/cluster-years/{year}/consolidation", status: 200, has: []string{`"unit_id":"{unit1}"`, `"proposed":["flag_province"]`, `"title":"Cờ thi đua"`}},
		{name: "consolidation, unseen", roles: append(unseen, admin), path: "/cluster-years/{year}/consolidation", status: 404},
		{name: "decisions", roles: inside, path: "/cluster-years/{year}/decisions", status: 200, has: []string{`"items":[]`}},
		{name: "deciding too early", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/decisions", body: newDecision, status: 409},
		{name: "deciding, who may not", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/decisions", body: newDecision, status: 403},
		{name: "payments", roles: inside, path: "/cluster-years/{year}/payments", status: 200, has: []string{`"items":[]`}},

		{name: "rules", roles: signedIn, path: "/rules", status: 200, has: []string{`"code":"quorum.cluster"`, `"value":{`, `"verified":`}},
		{name: "rules of a day", roles: []string{officer}, path: "/rules?day=1950-01-01", status: 200, has: []string{`"items":`}},
		{name: "a rule, who may not", roles: []string{leader, admin, other}, method: "POST", path: "/rules", body: newRule, status: 403},
		{name: "a rule of the wrong shape", roles: []string{standing}, method: "POST", path: "/rules", body: strings.Replace(newRule, `{"max":2}`, `{"most":2}`, 1), status: 422, has: []string{`"location":"body.value`}},
		{name: "ending a rule from a stale page", roles: []string{standing}, method: "POST", path: "/rules/{rule}/end", body: `{"to":"2030-01-01","reason":"x","version":99}`, status: 409, has: []string{`"code":"stale"`, `"theirs":{"id":"{rule}"`}},
		{name: "publishing, who may not", roles: []string{leader, officer}, method: "POST", path: "/cluster-years/{year}/publications", body: `{"kind":"results"}`, status: 403},
		{name: "publishing, unseen", roles: unseen, method: "POST", path: "/cluster-years/{year}/publications", body: `{"kind":"results"}`, status: 404},
	})
}

const (
	newMeeting  = `{"years":["{year}"],"kind":"review","title":"Hội nghị tổng kết","place":"Hội trường","starts":"2023-12-01T08:00:00+07:00","chair":"A","secretary":"B"}`
	newRule     = `{"code":"quota.flag_province","scope":"{organiser}","value":{"max":2},"source":"Quy chế của tỉnh, Điều 5","from":"2023-01-01"}`
	newDecision = `{"number":"1/QĐ-UBND","day":"2023-01-13","authority":"UBND tỉnh Thử","signer":"A","subject":"Khen thưởng","nominations":["{nomination}"]}`
)

func TestWritingReview(t *testing.T) {
	play(t, store.SQLite, reviewing, []scenario{
		{name: "plan", roles: []string{leader, deputy, standing}, method: "POST", path: "/meetings", body: newMeeting, status: 201, has: []string{`"state":"planned"`, `"host":"{unit1}"`, `"kind":"election"`, `"starts":"2023-12-01T08:00:00+07:00"`},
			after: func(t *testing.T, w *world, out *httptest.ResponseRecorder) {
				if out := w.send(leader, "POST", "/meetings/"+field(t, out, "id")+"/cancel", `{"reason":"hoãn","version":1}`); out.Code != 200 || !strings.Contains(out.Body.String(), `"cancelled":"hoãn"`) {
					t.Errorf("%d %s", out.Code, out.Body)
				}
			}},
		{name: "replan", roles: []string{leader}, method: "PUT", path: "/meetings/{meeting}", body: `{"version":{meeting_version},"kind":"review","title":"Tổng kết","place":"y","starts":"2023-01-14T09:00:00+07:00","chair":"A","secretary":"B"}`, status: 200, has: []string{`"title":"Tổng kết"`}},
		{name: "a substitute", roles: []string{leader}, method: "PUT", path: "/meetings/{meeting}/attendance/{unit3}", body: `{"status":"substitute","person":"C","mandate":"Giấy 1","version":1}`, status: 200, has: []string{`"mandate":"Giấy 1"`}},
		{name: "opinions", roles: []string{leader}, method: "PUT", path: "/meetings/{meeting}/opinions", body: `{"opinions":"Nhất trí.","version":{meeting_version}}`, status: 200, has: []string{`"opinions":"Nhất trí."`}},
		{name: "an item", roles: []string{leader}, method: "POST", path: "/meetings/{meeting}/items", body: `{"kind":"report","title":"Báo cáo thêm"}`, status: 201, has: []string{`"title":"Báo cáo thêm"`}},
		{name: "move an item", roles: []string{leader}, method: "PUT", path: "/agenda-items/{item}", body: `{"version":1,"kind":"report","title":"Báo cáo","place":3}`, status: 204},
		{name: "resolve", roles: []string{leader}, method: "PUT", path: "/agenda-items/{item}/resolution", body: `{"version":1,"outcome":"noted","resolution":"Ghi nhận"}`, status: 204},
		{name: "remove an item", roles: []string{leader}, method: "DELETE", path: "/agenda-items/{item}?version=1", status: 204},
		{name: "prepare a poll", roles: []string{leader, standing}, method: "POST", path: "/polls", body: `{"meeting_id":"{meeting}","year_id":"{year}","purpose":"deputy","title":"Bầu khối phó","way":"open","units":["{unit2}","{unit3}"]}`, status: 201, has: []string{`"state":"prepared"`, `"name":"Sở Số 3"`},
			after: func(t *testing.T, w *world, out *httptest.ResponseRecorder) {
				id := field(t, out, "id")
				if out := w.send(leader, "POST", "/polls/"+id+"/open", `{"version":1}`); out.Code != 200 || !strings.Contains(out.Body.String(), `"need":"Cần`) {
					t.Fatalf("%d %s", out.Code, out.Body)
				}
				if out := w.send(leader, "POST", "/polls/"+id+"/cancel", `{"reason":"nhầm","version":2}`); out.Code != 200 || !strings.Contains(out.Body.String(), `"state":"cancelled"`) {
					t.Fatalf("%d %s", out.Code, out.Body)
				}
			}},
		{name: "name the tellers", roles: []string{leader, deputy, standing}, method: "PUT", path: "/polls/{poll}/tellers", body: `{"tellers":[{"unit_id":"{unit3}","person":"Lê Thị C"},{"unit_id":"{organiser}"}]}`, status: 200, has: []string{`"named":[{"teller":1,"unit_id":`, `"person":"Lê Thị C"`}},
		{name: "two tellers", roles: []string{officer}, method: "POST", path: "/polls/{poll}/counts", body: tally(2, 1), status: 200, has: []string{`"tellers":[{"teller":1`, `"yes":2`}, after: secondTeller},
		{name: "nominate", roles: []string{leader, deputy}, method: "POST", path: "/cluster-years/{year}/nominations", body: `{"kind":"flag_province","units":["{unit2}"],"poll_id":"{hands}","override":"Tỉnh cho phép"}`, status: 201, has: []string{`"name":"Sở Số 2"`, `"override":"Tỉnh cho phép"`, `"code":"quota"`}},
		{name: "preview", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/nominations:preview", body: `{"kind":"flag_province","units":["{unit2}"],"poll_id":"{hands}"}`, status: 200, has: []string{`"code":"quota"`}},
		{name: "withdraw a nomination", roles: []string{leader}, method: "POST", path: "/nominations/{nomination}/withdraw", body: `{"reason":"xin rút","version":{nomination_version}}`, status: 204},
		{name: "add a rule", roles: []string{standing}, method: "POST", path: "/rules", body: newRule, status: 201, has: []string{`"scope":"{organiser}"`, `"value":{"max":2}`, `"verified":false`}},
		{name: "verify a rule", roles: []string{standing}, method: "POST", path: "/rules/{rule}/verification", body: `{"source":"Nghị định 1, Điều 2","version":{rule_version}}`, status: 200, has: []string{`"verified":true`}},
		{name: "end a rule", roles: []string{standing}, method: "POST", path: "/rules/{rule}/end", body: `{"to":"2030-01-01","reason":"Văn bản mới","version":{rule_version}}`, status: 200, has: []string{`"to":"2030-01-01"`}},
		{name: "publish", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/publications", body: `{"kind":"results"}`, status: 201, has: []string{`"kind":"results"`}},
		{name: "withdraw a publication", roles: []string{standing}, method: "POST", path: "/publications/{public}/withdraw", body: `{"reason":"nhầm"}`, status: 204},
	})
}

// tally is a teller's count of the vote on paper.
func tally(first, second int) string {
	return fmt.Sprintf(`{"issued":3,"returned":3,"valid":3,"invalid":0,"lines":[{"nominee":"{nominee1}","yes":%d,"no":%d},{"nominee":"{nominee2}","yes":%d,"no":%d}]}`, first, 3-first, second, 3-second)
}

// secondTeller: nobody sees the first count before both are in; what differs is
// said, and what agrees decides.
func secondTeller(t *testing.T, w *world, _ *httptest.ResponseRecorder) {
	if out := w.send(standing, "GET", "/polls/{poll}", ""); out.Code != 200 || strings.Contains(out.Body.String(), `"issued":3`) || !strings.Contains(out.Body.String(), `"teller":1`) {
		t.Errorf("%d %s", out.Code, out.Body)
	}
	if out := w.send(deputy, "POST", "/polls/{poll}/counts", tally(1, 2)); out.Code != 403 {
		t.Errorf("a nominee counts: %d %s", out.Code, out.Body)
	}
	if out := w.send(standing, "POST", "/polls/{poll}/counts", tally(1, 2)); out.Code != 200 || !strings.Contains(out.Body.String(), `"differences":["`) || !strings.Contains(out.Body.String(), `"state":"open"`) {
		t.Errorf("%d %s", out.Code, out.Body)
	}
	if out := w.send(standing, "POST", "/polls/{poll}/counts", tally(2, 1)); out.Code != 200 || !strings.Contains(out.Body.String(), `"state":"counted"`) || !strings.Contains(out.Body.String(), "Được chọn: Sở Số 1") {
		t.Errorf("%d %s", out.Code, out.Body)
	}
}
