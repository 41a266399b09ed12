package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/store"
)

// openAPI is the OpenAPI document as any program would read it.
type openAPI struct {
	OpenAPI    string
	Info       struct{ Title, Version, Description string }
	Servers    []struct{ URL string }
	Tags       []struct{ Name, Description string }
	Paths      map[string]map[string]operation
	Components struct {
		Schemas         map[string]map[string]any
		SecuritySchemes map[string]struct{ Type, Scheme, Description string }
	}
}

type operation struct {
	OperationID string
	Summary     string
	Tags        []string
	Security    []map[string][]string
	Parameters  []struct {
		Name, In string
		Required bool
		Schema   map[string]any
	}
	RequestBody *struct {
		Required bool
		Content  map[string]struct{ Schema map[string]any }
	}
	Responses map[string]struct {
		Description string
		Content     map[string]struct{ Schema map[string]any }
	}
}

func described(t *testing.T) (*world, []byte, openAPI) {
	t.Helper()
	w := furnish(t, store.SQLite(t))
	out := w.send(visitor, http.MethodGet, "/openapi.json", "")
	if out.Code != http.StatusOK || out.Header().Get("Content-Type") != "application/openapi+json" {
		t.Fatal(out.Code, out.Header())
	}
	var d openAPI
	if err := json.Unmarshal(out.Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	return w, out.Body.Bytes(), d
}

func TestDescription(t *testing.T) {
	_, _, d := described(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1.") || d.Info.Title == "" || d.Info.Version == "" || len(d.Servers) != 1 || d.Servers[0].URL != Base {
		t.Errorf("head %q %+v %+v", d.OpenAPI, d.Info, d.Servers)
	}
	if s := d.Components.SecuritySchemes[securityName]; s.Type != "http" || s.Scheme != "bearer" || s.Description == "" {
		t.Errorf("security scheme %+v", s)
	}
	var known []string
	for _, tag := range d.Tags {
		known = append(known, tag.Name)
	}
	if len(d.Paths) < 10 {
		t.Fatalf("only %d paths", len(d.Paths))
	}
	ids := map[string]string{}
	for path, item := range d.Paths {
		for method, op := range item {
			at := strings.ToUpper(method) + " " + path
			if twin := ids[op.OperationID]; op.OperationID == "" || twin != "" {
				t.Errorf("%s has the id %q, as %s", at, op.OperationID, twin)
			}
			ids[op.OperationID] = at
			if op.Summary == "" || len(op.Tags) != 1 || !slices.Contains(known, op.Tags[0]) {
				t.Errorf("%s: summary %q, tags %v", at, op.Summary, op.Tags)
			}
			secured(t, at, op)
			answers(t, at, method, op)
			parameters(t, at, path, op)
		}
	}
}

// secured: each operation says whether a token is needed and what it must hold.
func secured(t *testing.T, at string, op operation) {
	public := strings.HasPrefix(at, "GET /public/")
	if len(op.Security) == 0 || public != (len(op.Security[0]) == 0) {
		t.Errorf("%s: security %v", at, op.Security)
		return
	}
	for i, one := range op.Security {
		scopes, named := one[securityName]
		if !named && !(public && i == 0) {
			t.Errorf("%s: security %v", at, op.Security)
		}
		for _, scope := range scopes {
			if !slices.Contains(access.Permissions(), access.Permission(scope)) {
				t.Errorf("%s wants %q, which no token can hold", at, scope)
			}
		}
	}
}

// answers: each operation tells what it answers and how it refuses.
func answers(t *testing.T, at, method string, op operation) {
	good := 0
	for status, answer := range op.Responses {
		if answer.Description == "" {
			t.Errorf("%s %s has no description", at, status)
		}
		if status < "300" {
			good++
			if status != "204" && len(answer.Content) == 0 {
				t.Errorf("%s %s has no content", at, status)
			}
			continue
		}
		if answer.Content[problemType].Schema["$ref"] != "#/components/schemas/Problem" {
			t.Errorf("%s %s is no problem: %v", at, status, answer.Content)
		}
	}
	if good != 1 {
		t.Errorf("%s has %d answers", at, good)
	}
	want := []string{"401", "422", "500"}
	if method != "get" {
		want = append(want, "400", "403", "413", "415")
	}
	for _, status := range want {
		if _, told := op.Responses[status]; !told {
			t.Errorf("%s does not tell of %s", at, status)
		}
	}
}

var inPath = regexp.MustCompile(`\{([^}]+)\}`)

func parameters(t *testing.T, at, path string, op operation) {
	declared := map[string]bool{}
	for _, p := range op.Parameters {
		if p.Schema == nil || p.In != "path" && p.In != "query" {
			t.Errorf("%s: parameter %+v", at, p)
		}
		if p.In == "path" {
			declared[p.Name] = p.Required
		}
		if strings.ToLower(p.Name) != p.Name {
			t.Errorf("%s: parameter %q", at, p.Name)
		}
	}
	names := inPath.FindAllStringSubmatch(path, -1)
	for _, name := range names {
		if !declared[name[1]] {
			t.Errorf("%s does not declare %s", at, name[1])
		}
	}
	if len(names) != len(declared) {
		t.Errorf("%s declares %v", at, declared)
	}
}

// TestSchemas: names are snake case, references lead somewhere, nothing exact
// is a float, no object takes what it does not name.
func TestSchemas(t *testing.T) {
	_, raw, d := described(t)
	var doc any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	snake := regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	used := map[string]bool{}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case []any:
			for i, one := range v {
				walk(fmt.Sprintf("%s[%d]", at, i), one)
			}
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok {
				name, local := strings.CutPrefix(ref, "#/components/schemas/")
				if used[name] = true; !local || d.Components.Schemas[name] == nil {
					t.Errorf("%s refers to %s", at, ref)
				}
			}
			if v["type"] == "number" {
				t.Errorf("%s is a float", at)
			}
			if properties, ok := v["properties"].(map[string]any); ok {
				if v["additionalProperties"] != false {
					t.Errorf("%s takes what it does not name", at)
				}
				for name := range properties {
					if !snake.MatchString(name) {
						t.Errorf("%s.%s is not snake case", at, name)
					}
				}
			}
			for key, one := range v {
				walk(at+"."+key, one)
			}
		}
	}
	walk("", doc)
	for name := range d.Components.Schemas {
		if !used[name] {
			t.Errorf("nothing refers to %s", name)
		}
	}
}

// TestDescriptionSpeaksBothLanguages: an English reader reads no Vietnamese.
func TestDescriptionSpeaksBothLanguages(t *testing.T) {
	w, raw, _ := described(t)
	var doc any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			for key, one := range v {
				if text, ok := one.(string); ok && (key == "summary" || key == "description") {
					missing[text] = !locale.Known(text)
				}
				walk(one)
			}
		}
	}
	walk(doc)
	for text, is := range missing {
		if is {
			t.Errorf("no English for %q", text)
		}
	}
	english := w.send(visitor, http.MethodGet, "/openapi.json", "", "Accept-Language", "en").Body.String()
	if strings.Contains(english, "Tìm đơn vị") || !strings.Contains(english, `"3.1.0"`) {
		t.Error("the English description is not English")
	}
	yaml := w.send(visitor, http.MethodGet, "/openapi.yaml", "")
	if text := yaml.Body.String(); yaml.Header().Get("Content-Type") != "application/openapi+yaml" || !strings.Contains(text, "openapi: 3.1.0") || !strings.Contains(text, "operationId: list-units") {
		t.Error(text[:min(len(text), 400)])
	}
}
