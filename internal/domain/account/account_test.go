package account

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/store"
)

const good = "mot cau du dai de nho"

// house is a service over a database with the units u1 (an organiser), u2 (in a
// cluster of u1), u3 (under u1) and u9 (of nobody here).
type house struct {
	*Service
	ctx context.Context
	t   *testing.T
	now *clock.Set
}

func each(t *testing.T, test func(h *house)) {
	t.Helper()
	store.Each(t, func(t *testing.T, d *db.DB) {
		now := clock.At("2023-06-01 09:00")
		h := &house{Service: New(d, ledger.NewBook(now), access.NewGate(d, now), now), ctx: context.Background(), t: t, now: now}
		h.exec(`INSERT INTO level (id, version, name, from_day, to_day, source) VALUES ('l', 1, 'Cấp tỉnh', '2000-01-01', '9999-12-31', '')`)
		for _, u := range []string{"u1", "u2", "u3", "u9"} {
			h.exec(`INSERT INTO unit (id, version, kind, level_id, from_day, to_day) VALUES ($1, 1, 'department', 'l', '2000-01-01', '9999-12-31')`, u)
			h.exec(`INSERT INTO unit_name (id, version, unit_id, name, short_name, search, sort_key, from_day, to_day, basis) VALUES ($1, 1, $1, $2, $2, '', $3, '2000-01-01', '9999-12-31', '')`, u, "Đơn vị "+u, []byte(u))
		}
		h.exec(`INSERT INTO cluster (id, version, kind, organiser_id) VALUES ('c', 1, 'khoi', 'u1')`)
		h.exec(`INSERT INTO cluster_year (id, version, cluster_id, year, name, short_name, search, sort_key, state, basis, movement_id, sheet_version_id, illustrative) VALUES ('y', 1, 'c', 2023, 'Khối', 'Khối', '', $1, 'formed', '', '', '', FALSE)`, []byte{1})
		h.exec(`INSERT INTO membership (id, version, year_id, unit_id, place, basis) VALUES ('m', 1, 'y', 'u2', 1, '')`)
		h.exec(`INSERT INTO unit_parent (id, version, unit_id, parent_id, from_day, to_day) VALUES ('p', 1, 'u3', 'u1', '2000-01-01', '9999-12-31')`)
		test(h)
	})
}

func (h *house) exec(query string, args ...any) {
	h.t.Helper()
	err := h.db.InTx(h.ctx, func(tx *db.Tx) error { _, err := tx.Exec(h.ctx, query, args...); return err })
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) make(login string, role access.Role, unit string) access.Actor {
	h.t.Helper()
	a, err := h.CreateWith(h.ctx, access.Program, NewAccount{Login: login, Name: "Người " + login, First: NewAssignment{Role: role, UnitID: unit, From: "2023-01-01"}}, good)
	if err != nil {
		h.t.Fatal(err)
	}
	return a.Actor()
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) wants(code fault.Code, err error) *fault.Error {
	h.t.Helper()
	if !fault.Is(err, code) {
		h.t.Fatalf("got %v, want a fault %s", err, code)
	}
	return fault.As(err)
}

func TestSignInLimits(t *testing.T) {
	each(t, func(h *house) {
		h.make("an.a", access.Officer, "u2")
		wrong := func(login, address string) error {
			_, err := h.SignIn(h.ctx, login, "khong phai the", address)
			return err
		}
		a, err := h.SignIn(h.ctx, " AN.A ", good, "10.0.0.1")
		if err != nil || a.Login != "an.a" {
			t.Fatalf("%+v: %v", a, err)
		}
		known, unknown := h.wants(fault.Invalid, wrong("an.a", "10.0.0.1")), h.wants(fault.Invalid, wrong("ai", "10.0.0.1"))
		if known.Text != unknown.Text || known.Field != unknown.Field {
			t.Error("the sentence tells which login exists")
		}
		for range 4 {
			h.wants(fault.Invalid, wrong("an.a", "10.0.0.1"))
		}
		h.wants(fault.TooMany, wrong("an.a", "10.0.0.1"))
		_, err = h.SignIn(h.ctx, "an.a", good, "10.0.0.1")
		h.wants(fault.TooMany, err)
		if _, err := h.SignIn(h.ctx, "an.a", good, "10.0.0.2"); err != nil {
			t.Errorf("the owner is locked out from elsewhere: %v", err)
		}
		h.now.Forward(window + time.Minute)
		if _, err := h.SignIn(h.ctx, "an.a", good, "10.0.0.1"); err != nil {
			t.Errorf("after the window: %v", err)
		}
		for i := range perAddress {
			h.wants(fault.Invalid, wrong("ai"+string(rune('a'+i)), "10.0.0.9"))
		}
		h.wants(fault.TooMany, wrong("moi", "10.0.0.9"))
		n, err := db.Count(h.ctx, h.db, `SELECT COUNT(*) FROM signin_failure`)
		h.must(err)
		if n != perAddress {
			t.Errorf("%d failures are kept, want those of the last window", n)
		}
	})
}

// Attempts at the same moment cannot pass the limit together.
func TestSignInLimitHoldsUnderHaste(t *testing.T) {
	each(t, func(h *house) {
		h.make("an.a", access.Officer, "u2")
		const many = 12
		faults := make(chan error, many)
		for range many {
			go func() {
				_, err := h.SignIn(h.ctx, "an.a", "khong phai the", "10.0.0.1")
				faults <- err
			}()
		}
		tried := 0
		for range many {
			if fault.Is(<-faults, fault.Invalid) {
				tried++
			}
		}
		if tried != perLoginThere {
			t.Errorf("%d passwords were looked at, the limit is %d", tried, perLoginThere)
		}
	})
}

func TestPasswords(t *testing.T) {
	each(t, func(h *house) {
		an := h.make("an.nguyen", access.Officer, "u2")
		for _, bad := range []string{"", "ngan", "an.nguyen", "an.nguyen2023", "aaaaaaaaaaaaaaa", strings.Repeat("ab", 300), "khong\xffdoc duoc the"} {
			f := h.wants(fault.Invalid, h.ChangePassword(h.ctx, an, good, bad, "", "10.0.0.1"))
			if f.Field != "password" {
				t.Errorf("%q: the fault stands at %q", bad, f.Field)
			}
		}
		if f := h.wants(fault.Invalid, h.ChangePassword(h.ctx, an, "sai", "mot cau khac du dai", "", "10.0.0.1")); f.Field != "old" {
			t.Errorf("a wrong old password is shown at %q", f.Field)
		}
		h.wants(fault.Invalid, h.ChangePassword(h.ctx, an, good, good, "", "10.0.0.1"))
		h.must(h.ChangePassword(h.ctx, an, good, "một câu khác đủ dài", "", "10.0.0.1"))
		_, err := h.SignIn(h.ctx, "an.nguyen", good, "10.0.0.1")
		h.wants(fault.Invalid, err)
		// The same sentence in the other Unicode form is the same password.
		if _, err := h.SignIn(h.ctx, "an.nguyen", norm.NFD.String("một câu khác đủ dài"), "10.0.0.1"); err != nil {
			t.Errorf("decomposed letters: %v", err)
		}
		token := an
		token.Scopes = []string{"org.read"}
		h.wants(fault.Denied, h.ChangePassword(h.ctx, token, "một câu khác đủ dài", "lai mot cau khac nua", "", "10.0.0.1"))
	})
}

// Neither hashes nor one-time passwords stand in the ledger.
func TestTheLedgerKnowsNoSecret(t *testing.T) {
	each(t, func(h *house) {
		admin := h.make("quantri", access.Administrator, "")
		a, password, err := h.Create(h.ctx, admin, NewAccount{Login: "moi", Name: "Người mới", First: NewAssignment{Role: access.Officer, UnitID: "u2", From: "2023-06-01"}})
		h.must(err)
		_, text, err := h.CreateToken(h.ctx, admin, "Thử", []string{"org.read"}, 10)
		h.must(err)
		bodies, err := db.All[[]byte](h.ctx, h.db, `SELECT body FROM ledger_entry`)
		h.must(err)
		row, err := db.Get[Account](h.ctx, h.db, "account", a.ID)
		h.must(err)
		for _, b := range bodies {
			for _, secret := range []string{"argon2id", password, text, digest(text), row.PasswordHash} {
				if strings.Contains(string(b), secret) {
					t.Errorf("%.12s… stands in the ledger", secret)
				}
			}
		}
		if len(bodies) < 5 || !row.MustChange {
			t.Errorf("%d entries, must change %v", len(bodies), row.MustChange)
		}
	})
}

func TestSetup(t *testing.T) {
	each(t, func(h *house) {
		old, err := h.SetupCode(h.ctx)
		h.must(err)
		code, err := h.SetupCode(h.ctx)
		h.must(err)
		first := FirstAdministrator{Code: old, Login: "quan.tri", Name: "Quản trị", Password: good}
		if f := h.wants(fault.Invalid, second(h.CreateAdministrator(h.ctx, first, "10.0.0.1"))); f.Field != "code" {
			t.Errorf("an old code is shown at %q", f.Field)
		}
		first.Code = strings.ToUpper(code)
		a, err := h.CreateAdministrator(h.ctx, first, "10.0.0.1")
		h.must(err)
		ok, err := h.gate.Can(h.ctx, h.db, a.Actor(), access.AccountManage, access.Record{})
		if err != nil || !ok {
			t.Errorf("the first administrator administers: %v %v", ok, err)
		}
		h.wants(fault.NotFound, second(h.CreateAdministrator(h.ctx, first, "10.0.0.1")))
		again, err := h.SetupCode(h.ctx)
		if err != nil || again != "" {
			t.Errorf("a code %q is made with an account there: %v", again, err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestReachOfAStandingOfficer(t *testing.T) {
	each(t, func(h *house) {
		admin, standing := h.make("quantri", access.Administrator, ""), h.make("thuongtruc", access.Standing, "u1")
		member, under, foreign := h.make("thanhvien", access.Officer, "u2"), h.make("truc.thuoc", access.Head, "u3"), h.make("noi.khac", access.Officer, "u9")

		all, err := h.List(h.ctx, standing)
		h.must(err)
		var seen []string
		for _, a := range all {
			seen = append(seen, a.Login)
		}
		if got := strings.Join(seen, " "); got != "thanhvien truc.thuoc" {
			t.Errorf("the standing officer sees %q", got)
		}
		for _, id := range []string{admin.Account, foreign.Account, standing.Account, "khong-co"} {
			h.wants(fault.NotFound, second(h.Get(h.ctx, standing, id)))
			h.wants(fault.NotFound, second(h.Reset(h.ctx, standing, id)))
			h.wants(fault.NotFound, second(h.Assign(h.ctx, standing, id, NewAssignment{Role: access.Officer, UnitID: "u2", From: "2023-06-01"})))
		}
		h.must(second(h.Reset(h.ctx, standing, under.Account)))
		for _, wider := range []NewAssignment{
			{Role: access.Administrator, From: "2023-06-01"}, {Role: access.Standing, UnitID: "u1", From: "2023-06-01"},
			{Role: access.Auditor, From: "2023-06-01"}, {Role: access.Officer, UnitID: "u9", From: "2023-06-01"},
		} {
			h.wants(fault.Denied, second(h.Assign(h.ctx, standing, member.Account, wider)))
		}
		h.must(second(h.Assign(h.ctx, standing, member.Account, NewAssignment{Role: access.Head, UnitID: "u3", From: "2023-06-01"})))
		// Once the member holds something wider, the account is out of reach.
		h.must(second(h.Assign(h.ctx, admin, member.Account, NewAssignment{Role: access.Auditor, From: "2023-06-01"})))
		h.wants(fault.NotFound, second(h.Reset(h.ctx, standing, member.Account)))
		h.wants(fault.Denied, second(h.List(h.ctx, member)))
		h.wants(fault.Unauthenticated, second(h.List(h.ctx, access.Visitor)))

		units, err := h.UnitChoices(h.ctx, standing)
		h.must(err)
		if len(units) != 3 {
			t.Errorf("units to choose from: %v", units)
		}
		roles, err := h.RoleChoices(h.ctx, standing)
		h.must(err)
		for _, r := range roles {
			if r == access.Administrator || r == access.Standing || r == access.Auditor {
				t.Errorf("the form offers %s", r)
			}
		}
	})
}

func TestAssignments(t *testing.T) {
	each(t, func(h *house) {
		admin, an := h.make("quantri", access.Administrator, ""), h.make("an.a", access.Officer, "u2")
		for field, n := range map[string]NewAssignment{
			"role": {Role: "king", UnitID: "u2", From: "2023-06-01"}, "unit": {Role: access.Head, UnitID: "u0", From: "2023-06-01"},
			"from": {Role: access.Head, UnitID: "u2", From: "1/6"}, "to": {Role: access.Head, UnitID: "u2", From: "2023-06-01", To: "2023-06-01"},
		} {
			if f := h.wants(fault.Invalid, second(h.Assign(h.ctx, admin, an.Account, n))); f.Field != field {
				t.Errorf("%+v: the fault stands at %q", n, f.Field)
			}
		}
		h.wants(fault.Conflict, second(h.Assign(h.ctx, admin, an.Account, NewAssignment{Role: access.Officer, UnitID: "u2", From: "2023-06-01"})))
		made, err := h.Assign(h.ctx, admin, an.Account, NewAssignment{Role: access.Head, UnitID: "u2", From: "2023-07-01", To: "2023-08-01", Basis: "QĐ 1"})
		h.must(err)
		heads := func(day string) bool {
			t.Helper()
			h.now.To(day)
			ok, err := h.gate.Can(h.ctx, h.db, an, access.CovenantSign, access.Record{Unit: "u2"})
			h.must(err)
			return ok
		}
		if heads("2023-06-30") || !heads("2023-07-01") || !heads("2023-07-31") || heads("2023-08-01") {
			t.Error("the role does not hold exactly on [from, to)")
		}
		h.must(h.EndAssignment(h.ctx, admin, made.ID, "2023-07-15", "Thôi việc"))
		if heads("2023-07-15") || !heads("2023-07-14") {
			t.Error("an ended role holds on")
		}
		h.wants(fault.Conflict, h.EndAssignment(h.ctx, admin, made.ID, "2023-07-20", ""))

		places, err := h.Places(h.ctx, admin)
		h.must(err)
		h.wants(fault.Conflict, h.EndAssignment(h.ctx, admin, places[0].ID, "2023-07-20", "")) // the last administrator
		other := h.make("quantri2", access.Administrator, "")
		h.must(h.EndAssignment(h.ctx, admin, places[0].ID, "2023-07-20", ""))
		h.wants(fault.Conflict, h.Close(h.ctx, other, other.Account, ""))
	})
}

func TestClosedAccountsCanNothing(t *testing.T) {
	each(t, func(h *house) {
		admin, an := h.make("quantri", access.Administrator, ""), h.make("an.a", access.Officer, "u2")
		_, text, err := h.CreateToken(h.ctx, an, "Thử", []string{"figure.report", "org.read"}, 10)
		h.must(err)
		actor, err := h.TokenActor(h.ctx, text)
		h.must(err)
		ok, err := h.gate.Can(h.ctx, h.db, actor, access.FigureReport, access.Record{Unit: "u2"})
		if err != nil || !ok {
			t.Errorf("the token reports: %v %v", ok, err)
		}
		ok, err = h.gate.Can(h.ctx, h.db, actor, access.ScoreSelf, access.Record{Unit: "u2"})
		if err != nil || ok {
			t.Errorf("the token goes beyond its scopes: %v %v", ok, err)
		}
		h.wants(fault.Denied, second2(h.CreateToken(h.ctx, actor, "Nữa", []string{"org.read"}, 10)))
		if _, err := h.Actor(h.ctx, an.Account); err != nil {
			t.Error(err)
		}
		h.must(h.Close(h.ctx, admin, an.Account, "Nghỉ hưu"))
		h.must(h.Close(h.ctx, admin, an.Account, "Nghỉ hưu"))
		h.wants(fault.Unauthenticated, second(h.Actor(h.ctx, an.Account)))
		h.wants(fault.Unauthenticated, second(h.TokenActor(h.ctx, text)))
		h.wants(fault.Invalid, second(h.SignIn(h.ctx, "an.a", good, "10.0.0.1")))
		h.wants(fault.Conflict, second(h.Reset(h.ctx, admin, an.Account)))
		h.must(h.Reopen(h.ctx, admin, an.Account, ""))
		h.must(second(h.SignIn(h.ctx, "an.a", good, "10.0.0.1")))

		h.now.Forward(11 * 24 * time.Hour)
		h.wants(fault.Unauthenticated, second(h.TokenActor(h.ctx, text))) // expired
		h.wants(fault.Unauthenticated, second(h.TokenActor(h.ctx, "thidua_x")))
		h.wants(fault.Unauthenticated, second(h.TokenActor(h.ctx, "")))
	})
}

func second2[T, U any](_ T, _ U, err error) error { return err }

func TestProfileIsVersioned(t *testing.T) {
	each(t, func(h *house) {
		an := h.make("an.a", access.Officer, "u2")
		h.must(h.ChangeProfile(h.ctx, an, Profile{Version: 1, Name: "  Nguyễn   Văn An ", Lang: "en-US"}))
		f := h.wants(fault.Stale, h.ChangeProfile(h.ctx, an, Profile{Version: 1, Name: "Khác"}))
		theirs, ok := f.Theirs.(*Account)
		if !ok || theirs.Name != "Nguyễn Văn An" || theirs.Lang != "en" || theirs.Version != 2 {
			t.Errorf("theirs: %+v", f.Theirs)
		}
		var wrong *fault.Error
		if err := h.ChangeProfile(h.ctx, an, Profile{Version: 2, Email: "@x"}); !errors.As(err, &wrong) || len(wrong.All()) != 2 {
			t.Errorf("name and e-mail are both wrong: %v", err)
		}
	})
}

func TestLoginsAreOnePerPerson(t *testing.T) {
	each(t, func(h *house) {
		h.make("an.a", access.Officer, "u2")
		_, err := h.CreateWith(h.ctx, access.Program, NewAccount{Login: "AN.A", Name: "Khác", First: NewAssignment{Role: access.Officer, UnitID: "u2", From: "2023-01-01"}}, good)
		if f := h.wants(fault.Invalid, err); f.Field != "login" {
			t.Errorf("the fault stands at %q", f.Field)
		}
		for _, login := range []string{"", "a", "có dấu", "a b", ".ab", strings.Repeat("a", 65)} {
			_, err := h.CreateWith(h.ctx, access.Program, NewAccount{Login: login, Name: "X", First: NewAssignment{Role: access.Officer, UnitID: "u2", From: "2023-01-01"}}, good)
			h.wants(fault.Invalid, err)
		}
		_, err = h.CreateWith(h.ctx, access.Actor{Account: "x"}, NewAccount{}, good)
		h.wants(fault.Denied, err)
	})
}
