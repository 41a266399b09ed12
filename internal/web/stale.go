package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sort"

	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Both is a field that two people changed.
type Both struct{ Field, Label, Mine, Theirs string }

// Compare prepares the page of a stale write: call it before returning the
// error, once for each field of the form, with the text that stands in the
// record now. Fields that nobody named are compared where the form's field is
// called like the column.
func (q *Req) Compare(field, label, theirs string) {
	q.both = append(q.both, Both{Field: field, Label: label, Theirs: theirs})
}

// staleView lets the person choose field by field: each choice is a radio
// button whose value is the text itself, so the page needs no script and sends
// the same form again, over the version that stands now.
type staleView struct {
	Action string
	Page   string
	Differ []Both
	Same   []pair
}

type pair struct{ Name, Value string }

func (s *Server) stale(q *Req, f *fault.Error) error {
	form := q.Form()
	view := staleView{Action: q.R.URL.RequestURI(), Page: q.page()}
	both, version := q.both, ""
	if f.Theirs != nil {
		row := db.Values(f.Theirs)
		version = fmt.Sprint(row["version"])
		named := func(field string) bool {
			return slices.ContainsFunc(both, func(b Both) bool { return b.Field == field })
		}
		for field := range form.Values {
			if theirs, ok := row[field].(string); ok && field != "id" && !named(field) {
				both = append(both, Both{Field: field, Label: field, Theirs: theirs})
			}
		}
	}
	shown := map[string]bool{}
	for _, b := range both {
		b.Mine = form.Text(b.Field)
		if b.Mine != b.Theirs && len(form.Values[b.Field]) == 1 {
			view.Differ = append(view.Differ, b)
			shown[b.Field] = true
		}
	}
	if version == "" {
		version = form.Values.Get("version")
	}
	view.Same = rest(form.Values, shown, version)
	return q.RenderStatus(http.StatusConflict, "stale", view)
}

// rest is what the form sent besides the fields in question.
func rest(values url.Values, shown map[string]bool, version string) []pair {
	var all []pair
	for field, sent := range values {
		if shown[field] {
			continue
		}
		for _, v := range sent {
			if field == "version" {
				v = version
			}
			all = append(all, pair{field, v})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Name < all[j].Name })
	return all
}
