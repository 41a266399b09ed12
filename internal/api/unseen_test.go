package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/testkit/store"
)

// hidden names, for the first part of a path, a record that a stranger must
// not know of; "" where everybody signed in may know such records.
var hidden = map[string]string{
	"cluster-years": "year", "movements": "unlaunched", "draft-versions": "next", "drafts": "plan_paper", "draft-comments": "comment", "targets": "target1",
	"figures": "figure", "evidence": "evidence", "meetings": "meeting", "agenda-items": "item", "polls": "poll", "nominations": "nomination", "decisions": "decision", "proceedings": "proceeding",
	"publications": "public", "documents": "paper",
	"units": "", "rules": "", "public": "", "indicators": "", "unit-changes": "",
}

// bodies are what operations need in order to look at the record at all.
var bodies = map[string]string{
	"add-member": `{"unit_id":"{unit3}"}`, "remove-member": `{"reason":"x"}`, "appoint-leader": newLeader, "appoint-deputy": newLeader, "remind-units": `{"units":["{unit3}"],"text":"x"}`,
	"issue-document": newPaper, "move-cluster-year": `{"to":"mid_reviewed","version":1}`, "move-cluster-year-back": `{"to":"formed","reason":"x","version":1}`, "set-deadline": `{"due":"2023-04-15"}`,
	"edit-movement": `{"version":1,` + newMovement[1:], "launch-movement": `{"version":1}`, "respond-to-movement": `{"text":"x","version":0}`, "set-year-movement": `{"movement_id":"{movement}"}`,
	"write-draft": `{"text":"x"}`, "edit-draft-version": `{"version":1,"text":"x"}`, "circulate-draft-version": `{"version":1}`, "comment-on-draft": `{"unit_id":"{unit3}","line":0,"text":"x"}`,
	"answer-draft-comment": `{"outcome":"accepted","version":1}`, "adopt-draft-version": `{"meeting_id":"{meeting}","version":1}`, "reopen-draft": `{"reason":"x","version":1}`,
	"amend-covenant": `{"reason":"x","version":1}`, "withdraw-amendment": `{"reason":"x","version":1}`, "adopt-amendment": `{"basis":"x","due":"2023-12-31","version":1}`,
	"defer-signatures": `{"reason":"x","due":"2023-12-31"}`, "set-covenant-term": `{"until":2024}`, "set-share": `{"target_id":"{nothing}","unit_id":"{unit3}","amount":"1","version":0}`,
	"sign-covenant": `{"unit_id":"{unit3}","sha256":"{covenant_hash}"}`, "add-target": `{"name":"x","relation":"=","low":"1"}`, "edit-target": `{"version":1,"name":"x","relation":"=","low":"1"}`,
	"assign-target": `{"reporter_id":"{unit2}","version":1}`, "report-figures": oneFigure("96"), "set-reporting-periods": onePeriod("Y", "2023-12-05"), "explain-target": `{"text":"x","version":0}`, "correct-figure": `{"reason":"x","version":1,"target_id":"{target1}","period":"H1","amount":"61"}`,
	"create-sheet": `{"name":"x"}`, "save-sheet": `{"version":1,"body":{}}`, "save-score": `{"inputs":{"points":"1"},"version":1}`, "explain-score": `{"round":"check","text":"x"}`,
	"withdraw-scores": `{"reason":"x"}`, "finalise-result": `{"kind":"final"}`, "decide-tie": `{"kind":"ballot","basis":"x","orders":{}}`, "assign-checker": `{"checker_id":"{unit2}"}`,
	"withdraw-evidence": `{"reason":"x"}`, "replan-meeting": `{"version":1,"kind":"review","title":"x","place":"y","starts":"2023-01-14T09:00:00+07:00","chair":"A","secretary":"B"}`,
	"open-meeting": `{"version":1}`, "close-meeting": `{"version":1}`, "cancel-meeting": `{"reason":"x","version":1}`, "mark-attendance": `{"status":"present","version":1}`,
	"write-opinions": `{"opinions":"x","version":1}`, "add-agenda-item": `{"kind":"report","title":"x"}`, "edit-agenda-item": `{"version":1,"kind":"report","title":"x","place":1}`,
	"resolve-agenda-item": `{"outcome":"noted","version":1}`, "open-poll": `{"version":1}`, "count-hands": `{"lines":[{"nominee":"{nominee1}","yes":1,"no":1}]}`, "count-paper": tally(2, 1), "name-tellers": `{"tellers":[{"unit_id":"{unit3}"},{"unit_id":"{organiser}"}]}`,
	"cancel-poll": `{"reason":"x","version":1}`, "repeat-poll": `{"way":"open"}`, "settle-poll": `{"chosen":["{nominee1}"],"basis":"x","version":1}`,
	"nominate": `{"kind":"flag_province","units":["{unit2}"]}`, "preview-nomination": `{"kind":"flag_province","units":["{unit2}"]}`, "withdraw-nomination": `{"reason":"x","version":1}`,
	"record-decision": newDecision, "revoke-decision": `{"reason":"x","version":1}`, "record-proceeding": `{"state":"appraised","number":"1/BC-SNV","day":"2023-01-14","body":"x","conclusion":"x"}`, "withdraw-proceeding": `{"reason":"x","version":1}`, "publish": `{"kind":"results"}`, "withdraw-publication": `{"reason":"x"}`,
}

// inPaths are the other parts of paths.
var inPaths = strings.NewReplacer("{unit_id}", "{unit3}", "{criterion}", "B", "{round}", "self", "{kind}", "plan", "{activity}", "sign", "{sheet}", "{sheet}", "{result}", "{nothing}", "{share}", "{nothing}")

// TestAnIDTellsNothing: for every operation there is, a record that one may not
// see answers like one that does not exist, byte for byte but for the request's
// own id.
func TestAnIDTellsNothing(t *testing.T) {
	w := furnish(t, store.SQLite(t))
	reviewing(w)
	w.Put(cluster.Submitted)
	appraisal, err := w.server.Awards.Record(t.Context(), w.Standing, award.NewProceeding{YearID: w.Year.ID, State: cluster.Appraised, Number: "1/BC-SNV", Day: "2023-01-14", Body: "Sở Nội vụ", Conclusion: "Đủ điều kiện"})
	w.Check(err)
	w.names["proceeding"] = appraisal.ID
	w.Put(cluster.CouncilVoted)
	d, err := w.server.Awards.Decide(t.Context(), w.Standing, award.NewDecision{
		YearID: w.Year.ID, Number: "1/QĐ-UBND", Day: "2023-01-14", Authority: "UBND tỉnh Thử", Signer: "A", Subject: "Khen thưởng", Nominations: []string{w.names["nomination"]},
	})
	w.Check(err)
	w.names["decision"] = d.ID
	w.Put(cluster.Aggregated)
	tried := 0
	for path, item := range w.server.api.OpenAPI().Paths {
		if !strings.Contains(path, "{id}") {
			continue
		}
		name, known := hidden[strings.Split(path, "/")[1]]
		if !known {
			t.Errorf("%s: say which record is hidden", path)
		}
		if name == "" {
			continue
		}
		for method, op := range map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete} {
			if op == nil {
				continue
			}
			body := bodies[op.OperationID]
			if op.RequestBody != nil && body == "" {
				t.Errorf("%s: give a body for it", op.OperationID)
			}
			to := inPaths.Replace(path)
			switch {
			case op.OperationID == "compare-draft-versions", op.OperationID == "compare-targets":
				to += "?with={plan}"
			case method == http.MethodDelete:
				to += "?version=1"
			}
			for _, role := range []string{stranger, other, narrow} {
				real, unreal := same(t, w, role, method, strings.ReplaceAll(to, "{id}", w.names[name]), body), same(t, w, role, method, strings.ReplaceAll(to, "{id}", w.names["nothing"]), body)
				if real != unreal {
					t.Errorf("%s by %s tells apart:\n%s\n%s", op.OperationID, role, real, unreal)
				}
				if tried++; role != narrow && !strings.Contains(real, `"status":404`) && !strings.Contains(real, `"status":403`) {
					t.Errorf("%s by %s answers\n%s", op.OperationID, role, real)
				}
			}
		}
	}
	for _, path := range []string{"/ledger?year_id={id}", "/evidence?kind=score&subject={id}/{unit3}/A1", "/evidence?kind=figure&subject={id}"} {
		name := "year"
		if strings.Contains(path, "figure") {
			name = "figure"
		}
		for _, role := range []string{stranger, other} {
			if real, unreal := same(t, w, role, http.MethodGet, strings.ReplaceAll(path, "{id}", w.names[name]), ""), same(t, w, role, http.MethodGet, strings.ReplaceAll(path, "{id}", w.names["nothing"]), ""); real != unreal {
				t.Errorf("%s by %s tells apart:\n%s\n%s", path, role, real, unreal)
			}
		}
	}
	if tried < 150 {
		t.Errorf("only %d tried", tried)
	}
}

// same is an answer without the request's id, headers in order.
func same(t *testing.T, w *world, role, method, path, body string) string {
	t.Helper()
	out := w.send(role, method, path, body)
	if out.Code < 400 {
		t.Fatalf("%s %s by %s: %d", method, path, role, out.Code)
	}
	request := out.Header().Get("X-Request-Id")
	var headers []string
	for name, values := range out.Header() {
		headers = append(headers, name+": "+strings.Join(values, ", "))
	}
	slices.Sort(headers)
	return strings.ReplaceAll(strings.Join(headers, "\n")+"\n"+out.Body.String(), request, "…")
}
