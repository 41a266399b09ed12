package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/blob"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

// world is a furnished database with the API over it: a block of three units
// under an organiser, a second block that the first has nothing to do with, and
// a token for each role.
type world struct {
	*house.Block
	t      *testing.T
	server *server
	tokens map[string]string // by role; "" for a visitor
	names  map[string]string // what {name} stands for in a path or a body
	notes  []string          // what the log was told
	files  string            // folder of files
}

// roles of the scenarios. Each has all permissions in its token, so that what
// it may do is decided by the account.
const (
	visitor  = "visitor"
	stranger = "stranger" // officer of a unit that belongs to no cluster
	officer  = "officer"  // of a member
	leader   = "leader"   // officer of the leading member
	standing = "standing"
	admin    = "admin"
	auditor  = "auditor"
	head     = "head"    // of the third member: signs for it
	deputy   = "deputy"  // officer of the deputy member
	other    = "other"   // standing officer of another organiser
	narrow   = "narrow"  // the leader's, without any permission that matters
	expired  = "expired" // the leader's
	revoked  = "revoked" // the leader's
	closed   = "closed"  // of an account that was closed
	garbage  = "garbage"
)

var signedIn = []string{stranger, officer, leader, standing, admin, auditor, other}

func furnish(t *testing.T, d *db.DB) *world {
	t.Helper()
	ctx := t.Context()
	h := house.New(t, d)
	w := &world{t: t, Block: h.Block(3), names: map[string]string{}, tokens: map[string]string{visitor: "", garbage: "thidua_khong-co-that"}}
	people := account.New(d, h.Book, h.Gate, h.Clock)
	elsewhere := h.Unit("UBND tỉnh Bạn")
	abroad := h.Person("Chuyên viên tỉnh bạn", access.Standing, elsewhere.ID)
	var ids []string
	for i := range 2 {
		ids = append(ids, h.Unit(fmt.Sprintf("Huyện Bạn %d", i+1)).ID)
	}
	foreign, err := h.Years.Form(ctx, abroad, cluster.NewYear{Kind: cluster.Cum, OrganiserID: elsewhere.ID, Year: 2023, Name: "Cụm bạn", Basis: "Quyết định 9", Members: ids})
	h.Check(err)
	gone := h.Officer(w.Units[0])
	actors := map[string]access.Actor{
		stranger: h.Stranger, officer: w.Officers[2], leader: w.Leader(), standing: h.Standing, admin: h.Admin,
		auditor: h.Person("Thanh tra", access.Auditor, ""), other: abroad, closed: gone, head: w.Heads[2], deputy: w.Officers[1],
	}
	var all []string
	for _, p := range access.Permissions() {
		all = append(all, string(p))
	}
	make := func(by access.Actor, scopes []string, days int) (account.Token, string) {
		token, text, err := people.CreateToken(ctx, by, "thử", scopes, days)
		h.Check(err)
		return token, text
	}
	for role, actor := range actors {
		_, w.tokens[role] = make(actor, all, 300)
	}
	_, w.tokens[narrow] = make(w.Leader(), []string{string(access.VoteCount)}, 300)
	_, w.tokens[expired] = make(w.Leader(), all, 1)
	ended, text := make(w.Leader(), all, 300)
	h.Check(people.RevokeToken(ctx, w.Leader(), ended.ID))
	w.tokens[revoked] = text
	h.Check(people.Close(ctx, h.Admin, gone.Account, "nghỉ"))
	h.Clock.Forward(48 * time.Hour)

	h.Check(h.Years.SetDeadline(ctx, h.Standing, w.Year.ID, cluster.DueSign, "2023-03-31"))
	w.names = map[string]string{
		"year": w.Year.ID, "cluster": w.Year.ClusterID, "organiser": h.Organiser.ID, "foreign": foreign.ID, "nothing": db.NewID(),
		"unit1": w.Units[0].ID, "unit2": w.Units[1].ID, "unit3": w.Units[2].ID,
	}
	w.files = t.TempDir()
	w.rooms()
	w.Put(cluster.Launched)
	w.publish()
	w.names["version"] = fmt.Sprint(w.Year.Version)
	return w
}

// copy is the same world over a copy of its database, to write in.
func (w *world) copy(t *testing.T) *world {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	_, err := w.DB.Handle().ExecContext(t.Context(), "VACUUM INTO '"+path+"'")
	w.Check(err)
	d, err := db.Open(t.Context(), path)
	w.Check(err)
	t.Cleanup(func() { d.Close() })
	h := *w.House
	h.T, h.DB, h.Gate = t, d, access.NewGate(d, h.Clock)
	h.Org, h.Years = org.New(d, h.Book, h.Gate, h.Clock), cluster.New(d, h.Book, h.Gate, h.Clock)
	h.Org.Seats(h.Years.Seats)
	block := *w.Block
	block.House = &h
	twin := &world{Block: &block, t: t, tokens: w.tokens, names: w.names, files: w.files}
	twin.rooms()
	return twin
}

// rooms makes the services and the API over them.
func (w *world) rooms() {
	h, d, ctx := w.House, w.DB, w.t.Context()
	people := account.New(d, h.Book, h.Gate, h.Clock)
	kept, err := blob.Open(w.files)
	h.Check(err)
	w.t.Cleanup(func() { kept.Close() })
	deps := Deps{DB: d, Clock: h.Clock, Gate: h.Gate, Account: people, Org: h.Org, Years: h.Years,
		Note: func(_ context.Context, actor string, err error) {
			w.notes = append(w.notes, fmt.Sprint(actor, " ", err))
		},
	}
	deps.Evidence = evidence.New(d, h.Book, h.Gate, h.Years, kept, h.Clock)
	deps.Rulebook = rulebook.New(d, h.Book, h.Gate, h.Clock)
	deps.Indicators = indicator.New(d, h.Book, h.Gate, h.Years, h.Clock)
	deps.Evidence.Subject("figure", deps.Indicators.Subject)
	deps.Movements = movement.New(d, h.Book, h.Gate, h.Years, deps.Indicators, h.Clock)
	deps.Criteria = criteria.New(d, h.Book, h.Gate, h.Years, h.Clock)
	deps.Drafts = draft.New(d, h.Book, h.Gate, h.Years, deps.Criteria, h.Clock)
	deps.Covenants = covenant.New(d, h.Book, h.Gate, h.Years, deps.Drafts, deps.Indicators, h.Clock)
	deps.Ballots = ballot.New(d, h.Book, h.Gate, h.Years, deps.Rulebook, h.Clock)
	deps.Meetings = meeting.New(d, h.Book, h.Gate, h.Years, deps.Rulebook, deps.Ballots, h.Clock)
	deps.Assessment = assessment.New(d, h.Book, h.Gate, h.Years, deps.Evidence, h.Clock)
	deps.Assessment.Follow(deps.Indicators)
	deps.Awards = award.New(d, h.Book, h.Gate, h.Years, deps.Rulebook, deps.Ballots, nil, h.Clock)
	deps.Task = task.New(d, h.Book, h.Gate, h.Years, h.Clock)
	deps.Document = document.New(d, h.Book, h.Gate, h.Years, kept, func(context.Context, db.Queryer, cluster.Year, document.Kind, string) (document.Data, error) {
		return document.Data{Year: 2023, Cluster: "Khối thử", Word: "Khối", LeaderID: w.Units[0].ID, Leader: "Sở Số 1", Clauses: []string{"Điều 1"}}, nil
	}, h.Clock)
	deps.Portal = portal.New(d, h.Book, h.Gate, h.Years, func(context.Context, db.Queryer, cluster.Year, portal.Kind) (portal.Snapshot, error) {
		return portal.Snapshot{
			Cluster: "Khối thử", Organiser: "UBND tỉnh Thử", Year: 2023, Clauses: []string{"Thi đua <giữ> & vượt."}, Members: []portal.Member{{Name: "Sở Số 1", Office: "Khối trưởng"}},
			Standing: []portal.Place{{Rank: 1, Unit: "Sở Số 1", Points: "95.5"}}, Signatures: []portal.Signature{{Unit: "Sở Số 1", Signer: "A", At: clock.Stamp(h.Clock)}},
		}, nil
	}, h.Clock)
	h.Check(d.InTx(ctx, func(tx *db.Tx) error {
		if err := deps.Rulebook.EnsureStandard(ctx, tx, access.Program); err != nil {
			return err
		}
		return deps.Awards.EnsureKinds(ctx, tx, access.Program)
	}))
	if missing := h.Years.Unguarded(); len(missing) > 0 {
		w.t.Fatal(missing)
	}
	handler, err := New(deps)
	h.Check(err)
	w.server = handler.(*server)
}

// publish issues a paper, publishes the covenant and the results, and takes
// the results back.
func (w *world) publish() {
	ctx, d := w.t.Context(), w.server.Deps
	paper, err := d.Document.Issue(ctx, w.Leader(), w.Year.ID, document.Covenant, "", document.Wish{Place: "Thử", Day: "2023-01-14", Code: "SS1", Signer: "Nguyễn Văn A", Position: "Giám đốc"})
	w.Check(err)
	public, err := d.Portal.Publish(ctx, w.Standing, w.Year.ID, portal.Covenant)
	w.Check(err)
	withdrawn, err := d.Portal.Publish(ctx, w.Standing, w.Year.ID, portal.Results)
	w.Check(err)
	w.Check(d.Portal.Withdraw(ctx, w.Standing, withdrawn.ID, "nhầm"))
	w.names["paper"], w.names["public"], w.names["withdrawn"] = paper.ID, public.ID, withdrawn.ID
}

// fill puts the world's ids into a text: "{year}" is the id of the block's year.
func (w *world) fill(text string) string {
	for name, value := range w.names {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

// send makes one request; headers are name, value, …
func (w *world) send(role, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	var from io.Reader
	if body != "" {
		from = strings.NewReader(w.fill(body))
	}
	r := httptest.NewRequest(method, Base+w.fill(path), from)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if token, known := w.tokens[role]; !known {
		w.t.Fatalf("no role %q", role)
	} else if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	out := httptest.NewRecorder()
	w.server.ServeHTTP(out, r)
	return out
}

// scenario is one request by each of some roles, and what comes of it.
type scenario struct {
	name   string
	roles  []string
	method string // GET if empty
	path   string
	body   string
	header []string
	status int
	has    []string // in the answer
	lacks  []string
	after  func(t *testing.T, w *world, out *httptest.ResponseRecorder)
}

// play runs scenarios. Those that write get a copy of the world for each role,
// which needs SQLite.
func play(t *testing.T, open func(testing.TB) *db.DB, stage func(*world), all []scenario) {
	t.Helper()
	shared := furnish(t, open(t))
	stage(shared)
	for _, sc := range all {
		if sc.method == "" {
			sc.method = http.MethodGet
		}
		for _, role := range sc.roles {
			t.Run(sc.name+"/"+role, func(t *testing.T) {
				w := shared
				if sc.method != http.MethodGet && sc.status < 300 {
					w = shared.copy(t)
				}
				out := w.send(role, sc.method, sc.path, sc.body, sc.header...)
				if out.Code != sc.status {
					t.Fatalf("%s %s: %d, want %d\n%s\n%v", sc.method, w.fill(sc.path), out.Code, sc.status, brief(out.Body.String()), w.notes[max(0, len(w.notes)-2):])
				}
				text := out.Body.String()
				for _, want := range sc.has {
					if !strings.Contains(text, w.fill(want)) {
						t.Errorf("no %q in\n%s", w.fill(want), brief(text))
					}
				}
				for _, not := range sc.lacks {
					if strings.Contains(text, w.fill(not)) {
						t.Errorf("%q in\n%s", w.fill(not), brief(text))
					}
				}
				w.described(t, sc.method, sc.path, out)
				if sc.after != nil {
					sc.after(t, w, out)
				}
			})
		}
	}
}

func brief(text string) string {
	if r := []rune(text); len(r) > 1500 {
		return string(r[:1500]) + "…"
	}
	return text
}

// described holds an answer to what the description promises of it.
func (w *world) described(t *testing.T, method, path string, out *httptest.ResponseRecorder) {
	t.Helper()
	kind, _, _ := strings.Cut(out.Header().Get("Content-Type"), ";")
	if out.Code >= 400 {
		if kind != problemType {
			t.Fatalf("content type %q", kind)
		}
		var p Problem
		dec := json.NewDecoder(bytes.NewReader(out.Body.Bytes()))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&p); err != nil {
			t.Fatalf("%v\n%s", err, out.Body)
		}
		if p.Status != out.Code || p.Title == "" || p.Detail == "" || p.Code == "" || p.RequestID != out.Header().Get("X-Request-Id") {
			t.Errorf("problem %+v", p)
		}
	}
	item, template := w.pathItem(path)
	if item == nil {
		return // a path that does not exist, or the description itself
	}
	var op *huma.Operation
	switch method {
	case http.MethodGet:
		op = item.Get
	case http.MethodPost:
		op = item.Post
	case http.MethodPut:
		op = item.Put
	case http.MethodDelete:
		op = item.Delete
	}
	if op == nil {
		return
	}
	answer := op.Responses[fmt.Sprint(out.Code)]
	if answer == nil {
		t.Fatalf("%s %s does not tell of %d", method, template, out.Code)
	}
	if out.Body.Len() == 0 {
		return
	}
	media := answer.Content[kind]
	if media == nil {
		t.Fatalf("%s %s %d does not tell of %q", method, template, out.Code, kind)
	}
	if !strings.HasSuffix(kind, "json") {
		return
	}
	var body any
	if err := json.Unmarshal(out.Body.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	found := &huma.ValidateResult{}
	huma.Validate(w.server.api.OpenAPI().Components.Schemas, media.Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, body, found)
	for _, err := range found.Errors {
		t.Errorf("%s %s: %v", method, template, err)
	}
}

// pathItem finds the description of a path, and its template.
func (w *world) pathItem(path string) (*huma.PathItem, string) {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(path, "/")
	for template, item := range w.server.api.OpenAPI().Paths {
		of := strings.Split(template, "/")
		if len(of) == len(parts) && fits(of, parts) {
			return item, template
		}
	}
	return nil, ""
}

func fits(template, parts []string) bool {
	for i := range template {
		if !strings.HasPrefix(template[i], "{") && template[i] != parts[i] {
			return false
		}
	}
	return true
}

// onBoth plays the scenarios on both engines.
func onBoth(t *testing.T, stage func(*world), all []scenario) {
	t.Run("sqlite", func(t *testing.T) { play(t, store.SQLite, stage, all) })
	t.Run("postgres", func(t *testing.T) { play(t, store.PostgreSQL, stage, all) })
}

// field is a text of an answer's object.
func field(t *testing.T, out *httptest.ResponseRecorder, name string) string {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal(out.Body.Bytes(), &body); err != nil {
		t.Fatalf("%v\n%s", err, out.Body)
	}
	text, _ := body[name].(string)
	if text == "" {
		t.Fatalf("no %s in %s", name, out.Body)
	}
	return text
}
