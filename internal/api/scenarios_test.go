package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/testkit/store"
)

var everybody = append([]string{visitor}, signedIn...)

const (
	newLeader = `{"unit_id":"{unit3}","basis":"decision","reference":"Quyết định 3","from":"2023-02-01"}`
	newPaper  = `{"kind":"covenant","place":"Thử","day":"2023-01-14","code":"SS1","signer":"A","position":"Giám đốc"}`
	newUnit   = `{"kind":"department","level":"tinh","name":"Sở Mới","from":"2023-01-01","basis":"Nghị quyết 1"}`
	newYear   = `{"kind":"khoi","organiser":"{organiser}","year":2024,"name":"Khối hai","basis":"Quyết định 2","members":["{unit1}","{unit2}"],"leader":{"unit_id":"{unit1}","basis":"elected","reference":"Hội nghị"},"deadlines":[{"activity":"sign","due":"2024-03-31"}]}`
	nextYear  = `{"cluster_id":"{cluster}","kind":"khoi","organiser":"{organiser}","year":2024,"name":"Khối thử","basis":"Quyết định 2","members":[]}`
)

// TestScenarios are the operations that write nothing, and who may call the
// others, on both engines.
func TestScenarios(t *testing.T) {
	onBoth(t, launched, []scenario{
		// Who is who.
		{name: "no token", roles: []string{visitor}, path: "/units", status: 401, has: []string{`"code":"unauthenticated"`}, after: challenged},
		{name: "no token that holds", roles: []string{expired, revoked, closed, garbage}, path: "/units", status: 401, has: []string{"đã hết hạn hoặc đã bị thu hồi"}, after: challenged},
		{name: "a wrong token is refused where none is needed", roles: []string{expired, garbage}, path: "/public/publications", status: 401},
		{name: "basic authentication", roles: []string{visitor}, path: "/units", header: []string{"Authorization", "Basic YTpi"}, status: 401, has: []string{"Bearer"}},
		{name: "a token without the word Bearer", roles: []string{visitor}, path: "/units", header: []string{"Authorization", "thidua_x"}, status: 401},
		{name: "a cookie is nobody", roles: []string{visitor}, path: "/clusters", header: []string{"Cookie", "thidua_phien=abc"}, status: 401},
		{name: "a visitor is refused before the body is looked at", roles: []string{visitor}, method: "POST", path: "/units", body: `{"nope":1}`, status: 401},
		{name: "a token without the scope", roles: []string{narrow}, path: "/clusters", status: 403, has: []string{"cluster.read"}},
		{name: "a narrow token learns nothing of a record", roles: []string{narrow}, path: "/cluster-years/{nothing}", status: 403, has: []string{"cluster.read"}},
		{name: "a narrow token writes nothing", roles: []string{narrow}, method: "POST", path: "/cluster-years/{year}/moves", body: `{"to":"drafting","version":{version}}`, status: 403},

		// Languages.
		{name: "Vietnamese", roles: []string{stranger}, path: "/cluster-years/{nothing}", status: 404, has: []string{"Không tìm thấy"}},
		{name: "English", roles: []string{stranger}, path: "/cluster-years/{nothing}", header: []string{"Accept-Language", "en-GB,en;q=0.9,vi;q=0.5"}, status: 404, has: []string{"Not found"}, lacks: []string{"Không"}},
		{name: "another language", roles: []string{stranger}, path: "/cluster-years/{nothing}", header: []string{"Accept-Language", "fr"}, status: 404, has: []string{"Không tìm thấy"}},
		{name: "a header that is no language", roles: []string{stranger}, path: "/cluster-years/{nothing}", header: []string{"Accept-Language", ";;;"}, status: 404, has: []string{"Không tìm thấy"}},

		// The frame.
		{name: "no such path", roles: everybody, path: "/nothing", status: 404, has: []string{`"code":"not_found"`}},
		{name: "no such method", roles: []string{visitor}, method: "PATCH", path: "/units", body: `{}`, status: 405, has: []string{"GET, HEAD, POST"}},
		{name: "no page of documentation", roles: []string{visitor}, path: "/docs", status: 404},
		{name: "no schemas apart", roles: []string{visitor}, path: "/schemas/Unit.json", status: 404},
		{name: "unknown parameter", roles: []string{officer}, path: "/units?nope=1", status: 422, has: []string{`"location":"query.nope"`, "Không có tham số này"}},
		{name: "a parameter of the wrong type", roles: []string{officer}, path: "/clusters?year=abc", status: 422, has: []string{`"location":"query.year"`, "số nguyên"}},
		{name: "a number out of range", roles: []string{officer}, path: "/clusters?year=1", status: 422, has: []string{"1948"}},
		{name: "no such day", roles: []string{officer}, path: "/units?day=2023-02-30", status: 422, has: []string{`"location":"query.day"`, "2023-11-30"}},
		{name: "no body", roles: []string{standing}, method: "POST", path: "/units", status: 400, has: []string{`"code":"unreadable"`}},
		{name: "no JSON", roles: []string{standing}, method: "POST", path: "/units", body: `{`, status: 400, has: []string{"JSON"}},
		{name: "two documents", roles: []string{standing}, method: "POST", path: "/units", body: newUnit + newUnit, status: 400},
		{name: "a key twice", roles: []string{standing}, method: "POST", path: "/units", body: `{"name":"a",` + newUnit[1:], status: 400, has: []string{"“name”"}},
		{name: "an unknown field", roles: []string{standing}, method: "POST", path: "/units", body: `{"nope":1,` + newUnit[1:], status: 422, has: []string{`"location":"body.nope"`, "Không có trường này"}},
		{name: "a field in other letters", roles: []string{standing}, method: "POST", path: "/units", body: strings.Replace(newUnit, `"name"`, `"Name"`, 1), status: 422, has: []string{"“name”", "body.Name"}},
		{name: "a field of the wrong type", roles: []string{standing}, method: "POST", path: "/units", body: strings.Replace(newUnit, `"Sở Mới"`, `5`, 1), status: 422, has: []string{`"location":"body.name"`, "chuỗi ký tự"}},
		{name: "no array", roles: []string{standing}, method: "POST", path: "/units", body: `[]`, status: 422, has: []string{"đối tượng JSON"}},
		{name: "null", roles: []string{standing}, method: "POST", path: "/units", body: `null`, status: 422},
		{name: "in English", roles: []string{standing}, method: "POST", path: "/units", body: `{}`, header: []string{"Accept-Language", "en"}, status: 422, has: []string{"“name”"}, lacks: []string{"Thiếu"}},
		{name: "a form", roles: []string{standing}, method: "POST", path: "/units", body: "name=x", header: []string{"Content-Type", "application/x-www-form-urlencoded"}, status: 415},
		{name: "plain text", roles: []string{standing}, method: "POST", path: "/units", body: newUnit, header: []string{"Content-Type", "text/plain"}, status: 415},
		{name: "too large", roles: []string{standing}, method: "POST", path: "/units", body: `{"name":"` + strings.Repeat("a", bodyLimit) + `"}`, status: 413, has: []string{`"code":"too_large"`, "1 MB"}},

		// Units.
		{name: "units", roles: signedIn, path: "/units", status: 200, has: []string{`"id":"{unit1}"`, "Sở Số 1", "Sở Người lạ"}, after: private},
		{name: "units without marks", roles: []string{officer}, path: "/units?q=nguoi%20la", status: 200, has: []string{"Sở Người lạ"}, lacks: []string{"Sở Số"}},
		{name: "units of a day", roles: []string{officer}, path: "/units?day=1999-12-31", status: 200, has: []string{`"items":[]`}},
		{name: "names", roles: signedIn, path: "/units/{unit1}/names", status: 200, has: []string{`"from":"2000-01-01"`}, lacks: []string{"9999"}},
		{name: "names of nothing", roles: signedIn, path: "/units/{nothing}/names", status: 404},
		{name: "who may add no unit", roles: []string{stranger, officer, leader, auditor}, method: "POST", path: "/units", body: newUnit, status: 403, has: []string{`"code":"denied"`}},

		{name: "levels", roles: []string{officer}, path: "/levels", status: 200, has: []string{`"id":"tinh","name":"Cấp tỉnh","from":"1945-09-02","source"`}},
		{name: "levels of a day", roles: []string{officer}, path: "/levels?day=1900-01-01", status: 200, has: []string{`"items":[]`}},
		{name: "me", roles: []string{officer}, path: "/me", status: 200, has: []string{`"role":"officer","unit_id":"{unit3}","unit":"Sở Số 3"`, `"cluster.read"`}, lacks: []string{"password"}},
		{name: "a narrow me", roles: []string{narrow}, path: "/me", status: 200, has: []string{`"scopes":["vote.count"]`}},
		{name: "nobody", roles: []string{visitor, revoked, closed}, path: "/me", status: 401},

		// Clusters.
		{name: "clusters", roles: []string{officer, leader, standing, admin, auditor}, path: "/clusters", status: 200, has: []string{`"id":"{year}"`, `"state":"launched"`}},
		{name: "clusters of others", roles: []string{officer, leader, standing}, path: "/clusters", status: 200, lacks: []string{"{foreign}"}},
		{name: "no clusters", roles: []string{stranger}, path: "/clusters", status: 200, has: []string{`"items":[]`}},
		{name: "the organiser's own", roles: []string{other}, path: "/clusters", status: 200, has: []string{"{foreign}"}, lacks: []string{"{year}"}},
		{name: "all of them", roles: []string{admin, auditor}, path: "/clusters", status: 200, has: []string{"{foreign}", "{year}"}},
		{name: "clusters of a year", roles: []string{officer}, path: "/clusters?year=2022", status: 200, has: []string{`"items":[]`}},
		{name: "who may form nothing", roles: []string{stranger, officer, leader, admin, auditor, other}, method: "POST", path: "/clusters", body: newYear, status: 403},
		{name: "a leader from outside", roles: []string{standing}, method: "POST", path: "/clusters", body: strings.Replace(newYear, `["{unit1}"`, `["{unit3}"`, 1), status: 422, has: []string{`"location":"body.leader"`}},
		{name: "a member twice", roles: []string{standing}, method: "POST", path: "/clusters", body: strings.Replace(newYear, `"{unit2}"]`, `"{unit1}"]`, 1), status: 422, has: []string{`"location":"body.members`}},
		{name: "a year twice", roles: []string{standing}, method: "POST", path: "/clusters", body: strings.Replace(nextYear, "2024,", "2023,", 1), status: 422, has: []string{`"location":"body.year"`}},

		// A year.
		{name: "year", roles: []string{officer, leader, standing, admin, auditor}, path: "/cluster-years/{year}", status: 200, has: []string{
			`"version":{version}`, `"office":"leader"`, `"activity":"sign","name":"Ký giao ước","due":"2023-03-31","days":76`, `"to":"drafting"`, `"blockers":[]`, `"doing":"Đã phát động`}},
		{name: "year in English", roles: []string{leader}, path: "/cluster-years/{year}", header: []string{"Accept-Language", "en"}, status: 200, lacks: []string{"Đã phát động", "Ký giao ước"}},
		{name: "who may move", roles: []string{leader, standing}, path: "/cluster-years/{year}", status: 200, has: []string{`"may":true`}},
		{name: "who may not", roles: []string{officer, admin, auditor}, path: "/cluster-years/{year}", status: 200, has: []string{`"may":false`}},
		{name: "no such year", roles: signedIn, path: "/cluster-years/{nothing}", status: 404},
		{name: "another's year", roles: []string{officer, leader, standing, stranger}, path: "/cluster-years/{foreign}", status: 404},
		{name: "who may move nothing", roles: []string{officer, admin, auditor}, method: "POST", path: "/cluster-years/{year}/moves", body: `{"to":"drafting","version":{version}}`, status: 403},
		{name: "moves of what one may not see", roles: []string{stranger, other}, method: "POST", path: "/cluster-years/{year}/moves", body: `{"to":"drafting","version":{version}}`, status: 404},
		{name: "a move from an old page", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/moves", body: `{"to":"drafting","version":0}`, status: 409, has: []string{`"code":"conflict"`}},
		{name: "a move that does not exist", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/moves", body: `{"to":"closed","version":{version}}`, status: 409},
		{name: "back, who may not", roles: []string{officer, leader, admin, auditor}, method: "POST", path: "/cluster-years/{year}/moves-back", body: `{"to":"formed","reason":"nhầm","version":{version}}`, status: 403},
		{name: "back, unseen", roles: []string{stranger, other}, method: "POST", path: "/cluster-years/{year}/moves-back", body: `{"to":"formed","reason":"nhầm","version":{version}}`, status: 404},
		{name: "back without a reason", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/moves-back", body: `{"to":"formed","reason":" ","version":{version}}`, status: 422, has: []string{`"location":"body.reason"`}},
		{name: "back to what is ahead", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/moves-back", body: `{"to":"closed","reason":"nhầm","version":{version}}`, status: 422, has: []string{`"location":"body.to"`}},
		{name: "deadline, who may not", roles: []string{officer, admin, auditor}, method: "PUT", path: "/cluster-years/{year}/deadlines/sign", body: `{"due":"2023-04-15"}`, status: 403},
		{name: "deadline, unseen", roles: []string{stranger, other}, method: "PUT", path: "/cluster-years/{year}/deadlines/sign", body: `{"due":"2023-04-15"}`, status: 404},
		{name: "deadline of nothing", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/deadlines/nothing", body: `{"due":"2023-04-15"}`, status: 422, has: []string{`"location":"path.activity"`}},
		{name: "deadline on no day", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/deadlines/sign", body: `{"due":"15/04/2023"}`, status: 422, has: []string{`"location":"body.due"`}},

		{name: "members, who may not", roles: []string{officer, leader, admin}, method: "POST", path: "/cluster-years/{year}/members", body: `{"unit_id":"{organiser}"}`, status: 403},
		{name: "a member again", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/members", body: `{"unit_id":"{unit3}"}`, status: 422, has: []string{`"location":"body.unit_id"`}},
		{name: "removing who leads", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/members/{unit1}/remove", body: `{"reason":"x"}`, status: 409},
		{name: "an office, who may not", roles: []string{leader, admin}, method: "POST", path: "/cluster-years/{year}/terms/leader", body: newLeader, status: 403},
		{name: "an office for a stranger", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/terms/leader", body: strings.Replace(newLeader, "{unit3}", "{organiser}", 1), status: 422, has: []string{`"location":"body.unit_id"`}},
		{name: "reminders, who may not", roles: []string{officer, admin}, method: "POST", path: "/cluster-years/{year}/reminders", body: `{"units":["{unit3}"],"text":"Hãy ký"}`, status: 403},
		{name: "reminding a stranger", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/reminders", body: `{"units":["{organiser}"],"text":"Hãy ký"}`, status: 404},
		{name: "issuing, who may not", roles: []string{officer, admin}, method: "POST", path: "/cluster-years/{year}/documents", body: newPaper, status: 403},

		// The ledger.
		{name: "ledger", roles: []string{standing, admin, auditor}, path: "/ledger?limit=500", status: 200, has: []string{`"seq":0`, `"action":"cluster.form"`}},
		{name: "no secrets in it", roles: []string{admin}, path: "/ledger?limit=500&leaves=true", status: 200, lacks: []string{"password_hash", "argon2"}, has: []string{`"leaf":"{\"seq\":0,`}},
		{name: "not what happens elsewhere", roles: []string{standing}, path: "/ledger?limit=500", status: 200, lacks: []string{`"year_id":"{foreign}"`}},
		{name: "of all clusters", roles: []string{admin, auditor}, path: "/ledger?limit=500", status: 200, has: []string{`"year_id":"{foreign}"`}},
		{name: "ledger of a year", roles: []string{officer, leader, standing, admin, auditor}, path: "/ledger?year_id={year}&kind=deadline", status: 200, has: []string{`"due_day":"2023-03-31"`}},
		{name: "ledger, who may not", roles: []string{stranger, officer, leader}, path: "/ledger", status: 403},
		{name: "ledger of an unseen year", roles: []string{stranger, other}, path: "/ledger?year_id={year}", status: 404},
		{name: "ledger of nothing", roles: signedIn, path: "/ledger?year_id={nothing}", status: 404},
		{name: "ledger, a page", roles: []string{admin}, path: "/ledger?limit=2", status: 200, has: []string{`"next":"`}},
		{name: "ledger, the last page", roles: []string{admin}, path: "/ledger?after=1", status: 200, has: []string{`"seq":0`}, lacks: []string{`"seq":1,`, `"next"`}},
		{name: "ledger, after the last", roles: []string{admin}, path: "/ledger?after=0", status: 200, has: []string{`"items":[]`}},
		{name: "ledger, no place", roles: []string{admin}, path: "/ledger?after=x", status: 422, has: []string{`"location":"query.after"`}},
		{name: "ledger by time", roles: []string{admin}, path: "/ledger?from=2023-01-14T00:00:00%2B07:00&to=2023-01-14T00:00:00Z", status: 200, has: []string{`"at":"2023-01-14T00:00:00+07:00"`}},
		{name: "ledger, no time", roles: []string{admin}, path: "/ledger?from=2023", status: 422, has: []string{`"location":"query.from"`}},
		{name: "head", roles: []string{standing, admin, auditor}, path: "/ledger/head", status: 200, has: []string{`"text":"thidua `}},
		{name: "head, who may not", roles: []string{stranger, officer, leader}, path: "/ledger/head", status: 403},

		// Tasks.
		{name: "tasks", roles: []string{leader}, path: "/tasks", status: 200, has: []string{`"kind":"move"`, `"year_id":"{year}"`, "Bắt đầu soạn thảo"}},
		{name: "nothing to do", roles: []string{stranger, officer, admin, auditor, other}, path: "/tasks", status: 200, has: []string{`"items":[]`}},
		{name: "a visitor's tasks", roles: []string{visitor, expired, revoked}, path: "/tasks", status: 401},

		// Papers.
		{name: "papers", roles: []string{officer, leader, standing, admin, auditor}, path: "/cluster-years/{year}/documents", status: 200, has: []string{`"id":"{paper}"`, `"label":"01/GƯ-SS1"`}},
		{name: "papers, unseen", roles: []string{stranger, other}, path: "/cluster-years/{year}/documents", status: 404},
		{name: "a file", roles: []string{officer, auditor}, path: "/documents/{paper}/file", status: 200, has: []string{"PK\x03\x04", "word/document.xml"}, after: attached},
		{name: "a file, unseen", roles: []string{stranger, other}, path: "/documents/{paper}/file", status: 404},
		{name: "no file", roles: signedIn, path: "/documents/{nothing}/file", status: 404},

		// What is public.
		{name: "publications", roles: everybody, path: "/public/publications", status: 200, has: []string{`"id":"{public}"`}, lacks: []string{"{withdrawn}"}, after: open},
		{name: "publications found", roles: []string{visitor}, path: "/public/publications?q=khoi%20thu&year=2023", status: 200, has: []string{`"id":"{public}"`}},
		{name: "publications not found", roles: []string{visitor}, path: "/public/publications?year=2022", status: 200, has: []string{`"items":[]`}},
		{name: "a publication", roles: everybody, path: "/public/publications/{public}", status: 200, has: []string{"Thi đua <giữ> & vượt.", `"points":"95.5"`, `"office":"Khối trưởng"`}, after: open},
		{name: "a withdrawn one", roles: everybody, path: "/public/publications/{withdrawn}", status: 404, after: unkept},
		{name: "no publication", roles: everybody, path: "/public/publications/{nothing}", status: 404},
	})
}

// TestWriting are the operations that change something, each in a world of its own.
func TestWriting(t *testing.T) {
	play(t, store.SQLite, launched, []scenario{
		{name: "add a unit", roles: []string{standing, admin}, method: "POST", path: "/units", body: newUnit, status: 201, has: []string{`"name":"Sở Mới"`, `"short":"Sở Mới"`, `"from":"2023-01-01"`}},
		{name: "rename a unit", roles: []string{standing}, method: "POST", path: "/units/{unit1}/names", body: `{"name":"Sở Số 1 mới","from":"2023-06-01","basis":"Nghị quyết 2"}`, status: 201,
			has: []string{`"to":"2023-06-01"`, `"name":"Sở Số 1 mới"`, `"basis":"Nghị quyết 2"`}},
		{name: "form a block", roles: []string{standing}, method: "POST", path: "/clusters", body: newYear, status: 201, has: []string{`"state":"formed"`, `"year":2024`}},
		{name: "form the next year", roles: []string{standing}, method: "POST", path: "/clusters", body: nextYear, status: 201, has: []string{`"cluster_id":"{cluster}"`}},
		{name: "move on", roles: []string{leader, standing}, method: "POST", path: "/cluster-years/{year}/moves", body: `{"to":"drafting","version":{version}}`, status: 200, has: []string{`"state":"drafting"`},
			after: func(t *testing.T, w *world, _ *httptest.ResponseRecorder) {
				if y, err := w.Years.Get(t.Context(), w.DB, w.Year.ID); err != nil || y.State != cluster.Drafting {
					t.Errorf("%v, %v", y.State, err)
				}
			}},
		{name: "move back", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/moves-back", body: `{"to":"formed","reason":"nhầm","version":{version}}`, status: 200, has: []string{`"state":"formed"`}},
		{name: "move a deadline", roles: []string{leader, standing}, method: "PUT", path: "/cluster-years/{year}/deadlines/sign", body: `{"due":"2023-04-15"}`, status: 200, has: []string{`"due":"2023-04-15"`, `"days":91`}},
		{name: "a member", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/members", body: `{"unit_id":"{organiser}"}`, status: 201, has: []string{`"unit_id":"{organiser}"`, `"place":4`}},
		{name: "no member any more", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/members/{unit3}/remove", body: `{"reason":"chuyển khối"}`, status: 204},
		{name: "a new leader", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/terms/leader", body: newLeader, status: 201, has: []string{`"unit_id":"{unit1}","office":"leader","basis":"decision","reference":"Quyết định 01/QĐ-UBND","from":"2023-01-01","to":"2023-02-01"`, `"unit_id":"{unit3}","office":"leader"`}},
		{name: "a new deputy", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/terms/deputy", body: newLeader, status: 201, has: []string{`"unit_id":"{unit3}","office":"deputy"`}},
		{name: "remind", roles: []string{leader, standing}, method: "POST", path: "/cluster-years/{year}/reminders", body: `{"units":["{unit3}"],"activity":"sign","text":"Hãy ký giao ước"}`, status: 204, after: func(t *testing.T, w *world, _ *httptest.ResponseRecorder) {
			if out := w.send(officer, "GET", "/tasks", ""); !strings.Contains(out.Body.String(), `"activity":"sign","text":"Hãy ký giao ước"`) {
				t.Errorf("%s", out.Body)
			}
		}},
		{name: "issue a paper on the leader's letterhead, who does not lead", roles: []string{standing}, method: "POST", path: "/cluster-years/{year}/documents", body: newPaper, status: 403},
		{name: "issue a paper", roles: []string{leader}, method: "POST", path: "/cluster-years/{year}/documents", body: newPaper, status: 201, has: []string{`"label":"02/GƯ-SS1"`, `"sha256":"`}},
		{name: "set a deadline", roles: []string{leader}, method: "PUT", path: "/cluster-years/{year}/deadlines/submit", body: `{"due":"2023-12-15"}`, status: 200, has: []string{`"activity":"submit"`}},
	})
}

func challenged(t *testing.T, _ *world, out *httptest.ResponseRecorder) {
	if got := out.Header().Get("WWW-Authenticate"); !strings.HasPrefix(got, "Bearer ") {
		t.Errorf("WWW-Authenticate %q", got)
	}
}

// private answers stay with the one who asked.
func private(t *testing.T, _ *world, out *httptest.ResponseRecorder) {
	h := out.Header()
	if h.Get("Cache-Control") != "no-store" || h.Get("Access-Control-Allow-Origin") != "" || h.Get("ETag") != "" && out.Code < 400 {
		t.Errorf("headers %v", h)
	}
}

// unkept: nobody keeps an error.
func unkept(t *testing.T, _ *world, out *httptest.ResponseRecorder) {
	if h := out.Header(); h.Get("Cache-Control") != "no-store" || h.Get("ETag") != "" {
		t.Errorf("headers %v", h)
	}
}

func open(t *testing.T, w *world, out *httptest.ResponseRecorder) {
	h := out.Header()
	if !strings.HasPrefix(h.Get("Cache-Control"), "public") || h.Get("Access-Control-Allow-Origin") != "*" || h.Get("ETag") == "" {
		t.Errorf("headers %v", h)
	}
}

func attached(t *testing.T, _ *world, out *httptest.ResponseRecorder) {
	if got := out.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "attachment;") || !strings.Contains(got, ".docx") {
		t.Errorf("Content-Disposition %q", got)
	}
}

// TestReading: the operations that compute and keep nothing.
func TestReading(t *testing.T) {
	prose := `{"text":"Tổng kim ngạch xuất nhập khẩu đạt 93.262 triệu USD.\nPhấn đấu tổng sản phẩm trên địa bàn tăng 6,5-7% so với năm 2022."}`
	results := `{"text":"Ban Quản lý các KCN Yên Bái năm 2022 thu hút được 11 dự án đầu tư; tổng số lao động 5.037 lao động."}`
	sheet := `{"criteria":[{"id":"A","name":"Thu","max":"40","rule":{"kind":"ratio"}}],"ties":["A"],"units":[{"id":"u1","name":"Một"},{"id":"u2"}],"values":{"u1":{"A":{"target":"1250","actual":"1105"}},"u2":{"A":{"target":"100","actual":"100"}}}}`
	play(t, store.SQLite, launched, []scenario{
		{name: "targets, who may not", roles: []string{visitor, expired}, method: "POST", path: "/targets:read", body: prose, status: 401},
		{name: "targets", roles: []string{stranger, narrow}, method: "POST", path: "/targets:read", body: prose, status: 200, has: []string{`"amount":"93262000000"`, `"relation":"range"`, `"low":"6.5","high":"7"`, `"base":{"kind":"year","year":2022}`, `"warnings":[`}},
		{name: "no targets", roles: []string{stranger}, method: "POST", path: "/targets:read", body: `{"text":""}`, status: 200, has: []string{`{"targets":[],"checks":[],"warnings":[]}`}},
		{name: "results", roles: []string{stranger}, method: "POST", path: "/results:read", body: results, status: 200, has: []string{`"low":"11"`, `"low":"5037"`, `"unit":"Ban Quản lý các KCN Yên Bái"`}},
		{name: "no results", roles: []string{stranger}, method: "POST", path: "/results:read", body: `{"text":"x"}`, status: 200, has: []string{`{"rows":[],"warnings":[]}`}},
		{name: "a text that is none", roles: []string{stranger}, method: "POST", path: "/targets:read", body: `{"text":7}`, status: 422, has: []string{"body.text"}},
		{name: "scores", roles: []string{stranger, narrow}, method: "POST", path: "/scores:compute", body: sheet, status: 200, has: []string{`"total":"35.36","rank":2,"tied":false`, `"why":"40 × 1105/1250 = 35.36"`, `"errors":[]`}},
		{name: "scores in English", roles: []string{stranger}, method: "POST", path: "/scores:compute", body: sheet, header: []string{"Accept-Language", "en"}, status: 200, lacks: []string{"Xếp theo"}},
		{name: "scores of a wrong sheet", roles: []string{stranger}, method: "POST", path: "/scores:compute", body: strings.Replace(sheet, `"ratio"`, `"nope"`, 1), status: 200, has: []string{`{"units":[],"errors":[{"code":"bad_rule"`}},
		{name: "scores of nothing", roles: []string{stranger}, method: "POST", path: "/scores:compute", body: `[]`, status: 200, has: []string{`"units":[]`, `"code":"bad_document"`}},
	})
}

// TestConditional: what has not changed is not sent again.
func TestConditional(t *testing.T) {
	w := furnish(t, store.SQLite(t))
	for _, path := range []string{"/public/publications/{public}", "/openapi.json"} {
		first := w.send(visitor, http.MethodGet, path, "")
		mark := first.Header().Get("ETag")
		if first.Code != http.StatusOK || len(mark) < 10 || first.Body.Len() == 0 {
			t.Fatalf("%s: %d %q", path, first.Code, mark)
		}
		for _, known := range []string{mark, "W/" + mark, `"x", ` + mark} {
			if again := w.send(visitor, http.MethodGet, path, "", "If-None-Match", known); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
				t.Errorf("%s with %s: %d", path, known, again.Code)
			}
		}
		if again := w.send(visitor, http.MethodGet, path, "", "If-None-Match", `"x"`); again.Code != http.StatusOK || again.Body.String() != first.Body.String() {
			t.Errorf("%s: %d", path, again.Code)
		}
	}
}

// TestTheLogIsTold: the request's event names the account and the error.
func TestTheLogIsTold(t *testing.T) {
	w := furnish(t, store.SQLite(t))
	w.notes = nil
	w.send(leader, http.MethodGet, "/cluster-years/{nothing}", "")
	if text := strings.Join(w.notes, "\n"); !strings.Contains(text, w.Leader().Account) || !strings.Contains(text, "not_found") {
		t.Error(text)
	}
	w.notes = nil
	w.send(standing, http.MethodPost, "/units", `{"nope":1}`)
	if text := strings.Join(w.notes, "\n"); !strings.Contains(text, w.Standing.Account+" invalid") {
		t.Error(text)
	}
}

// TestOurFaultsTellNothing: when something of ours breaks the reader gets a
// sentence and the request's id, the log the cause.
func TestOurFaultsTellNothing(t *testing.T) {
	w := furnish(t, store.SQLite(t))
	if err := w.DB.Close(); err != nil {
		t.Fatal(err)
	}
	w.notes = nil
	out := w.send(visitor, http.MethodGet, "/public/publications", "")
	var p Problem
	if err := json.Unmarshal(out.Body.Bytes(), &p); err != nil || out.Code != 500 || p.Code != "internal" || strings.Contains(out.Body.String(), "closed") {
		t.Errorf("%d %v %s", out.Code, err, out.Body)
	}
	if !strings.Contains(strings.Join(w.notes, "\n"), "closed") {
		t.Error(w.notes)
	}
	unkept(t, w, out)
	w.notes = nil
	w.server.Portal = nil // a mistake that panics
	if out = w.send(visitor, http.MethodGet, "/public/publications", ""); out.Code != 500 || out.Header().Get("Content-Type") != problemType {
		t.Errorf("%d %s", out.Code, out.Body)
	}
	if !strings.Contains(strings.Join(w.notes, "\n"), "panic") {
		t.Error(w.notes)
	}
}

// TestRequestID: the id that the outer handler gave goes through.
func TestRequestID(t *testing.T) {
	w := furnish(t, store.SQLite(t))
	out := httptest.NewRecorder()
	out.Header().Set("X-Request-Id", "outer")
	r := httptest.NewRequest(http.MethodGet, Base+"/units", nil)
	w.server.ServeHTTP(out, r)
	if !strings.Contains(out.Body.String(), `"request_id":"outer"`) || r.Pattern != "GET "+Base+"/units" {
		t.Errorf("%s, pattern %q", out.Body, r.Pattern)
	}
}
