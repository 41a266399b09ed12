package api

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/testkit/store"
)

// catalogued: a year is under way, the catalogue has two names of one thing and
// one that was merged, and a merge of units was undone.
func catalogued(w *world) {
	executing(w)
	ctx, d := w.t.Context(), w.server.Deps
	for name, title := range map[string]string{"fires": "Số vụ cháy lớn trên địa bàn", "blazes": "Số vụ cháy lớn trên địa bàn tỉnh", "smoke": "Số vụ khói"} {
		i, err := d.Indicators.Create(ctx, w.Standing, "", indicator.NewIndicator{Name: title, Unit: "vụ", Flow: indicator.Sum, Source: "Công an tỉnh"})
		w.Check(err)
		w.names[name] = i.ID
	}
	w.Check(d.Indicators.Merge(ctx, w.Standing, "", w.names["fires"], w.names["smoke"]))
	all, err := d.Indicators.Find(ctx, w.DB, "thu ngan sach", 1)
	w.Check(err)
	w.names["budget"] = all[0].ID
	gone, err := w.Org.Apply(ctx, w.Standing, org.NewChange{Kind: org.Dissolved, Day: "2023-01-02", Basis: "QĐ 1", Units: []string{w.Unit("Sở Cũ").ID}})
	w.Check(err)
	w.names["gone"] = gone.Ended[0]
	moved, err := w.Org.Apply(ctx, w.Standing, org.NewChange{Kind: org.Moved, Day: "2023-01-03", Basis: "QĐ 2", Units: []string{w.Units[2].ID}, Under: w.Organiser.ID})
	w.Check(err)
	w.names["change"] = moved.Change.ID
}

const (
	newIndicator = `{"name":"Số xã đạt chuẩn","aliases":["Xã chuẩn"],"unit":"xã","direction":"higher","flow":"flow","cumulative":true,"source":"Sở Nông nghiệp"}`
	newMerge     = `{"kind":"merge","day":"2023-07-01","basis":"Nghị quyết 5","units":["{unit1}","{unit2}"],"new":[{"kind":"department","level":"tinh","name":"Sở Hợp nhất"}]}`
	undoing      = `{"reason":"nhầm","version":1}`
)

func TestCatalogue(t *testing.T) {
	cannot := []string{stranger, officer, auditor, admin}
	one := "/indicators/{fires}"
	onBoth(t, catalogued, []scenario{
		{name: "an indicator", roles: signedIn, path: one, status: 200, has: []string{`"source":"Công an tỉnh"`, `"merged":[{"id":"{smoke}"`, `"uses":[]`}},
		{name: "a merged indicator", roles: []string{officer}, path: "/indicators/{smoke}", status: 200, has: []string{`"id":"{fires}"`}},
		{name: "its uses", roles: seeing, path: "/indicators/{budget}", status: 200, has: []string{`"year_id":"{year}"`, `"low":"100"`, `"status":"`}},
		{name: "its uses, unseen", roles: unseen, path: "/indicators/{budget}", status: 200, has: []string{`"uses":[]`}},
		{name: "no indicator", roles: signedIn, path: "/indicators/{nothing}", status: 404},
		{name: "no token", roles: []string{visitor}, path: one, status: 401},
		{name: "suggestions", roles: signedIn, path: "/indicator-suggestions", status: 200, has: []string{`"id":"{fires}"`, `"id":"{blazes}"`, `"shared":7,"words":8`}},
		{name: "creating, who may not", roles: cannot, method: "POST", path: "/indicators", body: newIndicator, status: 403},
		{name: "creating in a year that is not the leader's", roles: []string{leader}, method: "POST", path: "/indicators", body: newIndicator, status: 403},
		{name: "creating for a year, unseen", roles: []string{stranger, other}, method: "POST", path: "/indicators", body: `{"year_id":"{year}",` + newIndicator[1:], status: 404},
		{name: "a narrow token", roles: []string{narrow}, method: "POST", path: "/indicators", body: newIndicator, status: 403},
		{name: "a name that is there", roles: []string{standing}, method: "POST", path: "/indicators", body: `{"name":"SỐ VỤ CHÁY LỚN TRÊN ĐỊA BÀN","unit":"vụ","flow":"flow"}`, status: 422, has: []string{`"location":"body.name"`}},
		{name: "no such flow", roles: []string{standing}, method: "POST", path: "/indicators", body: `{"name":"x","flow":"x"}`, status: 422, has: []string{`"location":"body.flow"`}},
		{name: "editing, who may not", roles: cannot, method: "PUT", path: one, body: `{"version":1,` + newIndicator[1:], status: 403},
		{name: "editing from a stale page", roles: []string{standing}, method: "PUT", path: one, body: `{"version":99,"name":"Số vụ cháy","unit":"vụ","flow":"flow"}`, status: 409, has: []string{`"code":"stale"`, `"theirs":{"id":"{fires}"`}},
		{name: "another measure", roles: []string{standing}, method: "PUT", path: one, body: `{"version":2,"name":"Số vụ cháy","unit":"ha","flow":"flow"}`, status: 422, has: []string{`"location":"body.unit"`}},
		{name: "an alias, who may not", roles: cannot, method: "POST", path: one + "/aliases", body: `{"alias":"Hỏa hoạn"}`, status: 403},
		{name: "an alias that is a name", roles: []string{standing}, method: "POST", path: one + "/aliases", body: `{"alias":"Số vụ cháy lớn trên địa bàn tỉnh"}`, status: 422, has: []string{`"location":"body.alias"`}},
		{name: "merging, who may not", roles: cannot, method: "POST", path: one + "/merge", body: `{"other_id":"{blazes}"}`, status: 403},
		{name: "merging with itself", roles: []string{standing}, method: "POST", path: one + "/merge", body: `{"other_id":"{smoke}"}`, status: 409},
		{name: "merging two measures", roles: []string{standing}, method: "POST", path: one + "/merge", body: `{"other_id":"{budget}"}`, status: 422, has: []string{`"location":"body.other_id"`}},
		{name: "separating what is none", roles: []string{standing}, method: "POST", path: one + "/separate", body: `{"other_id":"{blazes}"}`, status: 409},
		{name: "separating, who may not", roles: cannot, method: "POST", path: one + "/separate", body: `{"other_id":"{smoke}"}`, status: 403},
		{name: "apart, who may not", roles: cannot, method: "POST", path: one + "/apart", body: `{"other_id":"{blazes}"}`, status: 403},

		{name: "changes of units", roles: signedIn, path: "/unit-changes", status: 200, has: []string{`"kind":"transfer","day":"2023-01-03","basis":"QĐ 2"`, `"unit_id":"{unit3}","after":"{organiser}"`, `"kind":"dissolve"`}},
		{name: "changes of a unit", roles: []string{officer}, path: "/unit-changes?unit_id={gone}&line=true", status: 200, has: []string{`"from":["{gone}"]`}, lacks: []string{"transfer"}},
		{name: "a change, who may not", roles: []string{stranger, officer, leader, auditor}, method: "POST", path: "/unit-changes", body: newMerge, status: 403},
		{name: "a change of another body", roles: []string{other}, method: "POST", path: "/unit-changes", body: newMerge, status: 403, has: []string{"UBND tỉnh Thử"}},
		{name: "looking at one, who may not", roles: []string{stranger, officer, other}, method: "POST", path: "/unit-changes:preview", body: newMerge, status: 403},
		{name: "what has ended", roles: []string{standing}, method: "POST", path: "/unit-changes", body: strings.Replace(newMerge, "{unit2}", "{gone}", 1), status: 422, has: []string{`"location":"body.units"`}},
		{name: "nobody goes on", roles: []string{standing}, method: "POST", path: "/unit-changes", body: `{"kind":"dissolve","day":"2023-07-01","basis":"QĐ","units":["{unit2}"]}`, status: 422, has: []string{`"location":"body.heir"`, "Sở Số 2"}},
		{name: "a year with what has ended", roles: []string{standing}, method: "POST", path: "/clusters", body: strings.Replace(newYear, `"{unit2}"]`, `"{unit2}","{gone}"]`, 1), status: 422, has: []string{`"location":"body.members"`}},
		{name: "undoing, who may not", roles: []string{officer, leader, other}, method: "POST", path: "/unit-changes/{change}/undo", body: undoing, status: 403},
		{name: "undoing from a stale page", roles: []string{standing}, method: "POST", path: "/unit-changes/{change}/undo", body: `{"reason":"nhầm","version":9}`, status: 409, has: []string{`"code":"stale"`}},
		{name: "undoing nothing", roles: []string{standing}, method: "POST", path: "/unit-changes/{nothing}/undo", body: undoing, status: 404},
		{name: "series of a unit", roles: seeing, path: "/cluster-years/{year}/series?unit_id={unit1}", status: 200, has: []string{`"years":[]`}},
		{name: "series of no member", roles: []string{leader}, path: "/cluster-years/{year}/series?unit_id={gone}", status: 404},
	})
}

func TestWritingCatalogue(t *testing.T) {
	play(t, store.SQLite, catalogued, []scenario{
		{name: "create", roles: []string{standing}, method: "POST", path: "/indicators", body: newIndicator, status: 201, has: []string{`"aliases":["Xã chuẩn"]`, `"cumulative":true`, `"source":"Sở Nông nghiệp"`, `"version":1`}},
		{name: "create for a year", roles: []string{leader, standing}, method: "POST", path: "/indicators", body: `{"year_id":"{year}",` + newIndicator[1:], status: 201},
		{name: "edit", roles: []string{standing}, method: "PUT", path: "/indicators/{fires}", body: `{"version":2,"name":"Số vụ cháy","unit":"vụ","direction":"lower","flow":"flow"}`, status: 200, has: []string{`"version":3`, `"direction":"lower"`, `"Số vụ cháy lớn trên địa bàn"`}},
		{name: "alias", roles: []string{standing}, method: "POST", path: "/indicators/{fires}/aliases", body: `{"alias":"Hỏa hoạn"}`, status: 201, has: []string{`"Hỏa hoạn"`}},
		{name: "merge", roles: []string{standing}, method: "POST", path: "/indicators/{fires}/merge", body: `{"other_id":"{blazes}"}`, status: 200, has: []string{`"merged_into":"{fires}"`, `"id":"{blazes}"`}},
		{name: "separate", roles: []string{standing}, method: "POST", path: "/indicators/{fires}/separate", body: `{"other_id":"{smoke}"}`, status: 200, has: []string{`"merged":[]`}},
		{name: "apart", roles: []string{standing}, method: "POST", path: "/indicators/{fires}/apart", body: `{"other_id":"{blazes}"}`, status: 200, after: func(t *testing.T, w *world, _ *httptest.ResponseRecorder) {
			if out := w.send(standing, "GET", "/indicator-suggestions", ""); strings.Contains(out.Body.String(), "{blazes}") || out.Code != 200 {
				t.Errorf("%d %s", out.Code, out.Body)
			}
		}},
		{name: "merge units", roles: []string{standing, admin}, method: "POST", path: "/unit-changes", body: newMerge, status: 201, has: []string{`"ended":["{unit1}","{unit2}"]`, `"grants":`}, after: func(t *testing.T, w *world, out *httptest.ResponseRecorder) {
			id, heir := field(t, out, "id"), field(t, out, "heir")
			if out := w.send(officer, "GET", "/unit-changes?unit_id="+heir, ""); !strings.Contains(out.Body.String(), `"to":["`+heir+`"]`) {
				t.Errorf("%s", out.Body)
			}
			if out := w.send(standing, "POST", "/unit-changes/"+id+"/undo", undoing); out.Code != 200 || !strings.Contains(out.Body.String(), `"undone":{"reason":"nhầm"`) {
				t.Errorf("%d %s", out.Code, out.Body)
			}
		}},
		{name: "looking at one", roles: []string{standing, admin}, method: "POST", path: "/unit-changes:preview", body: newMerge, status: 200, has: []string{`"ended":["{unit1}","{unit2}"],"made":[]`, `"year_id":"{year}"`}, lacks: []string{`"heir":`}},
		{name: "undo", roles: []string{standing}, method: "POST", path: "/unit-changes/{change}/undo", body: undoing, status: 200, has: []string{`"undone":{"reason":"nhầm"`}},
	})
}
