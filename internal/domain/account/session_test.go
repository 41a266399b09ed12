package account

import (
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

func (h *house) session(s *Sessions, token, account string) {
	h.t.Helper()
	data, err := scs.GobCodec{}.Encode(time.Now().Add(time.Hour), map[string]any{KeyAccount: account, KeyAgent: "Trình duyệt", KeyAddress: "10.0.0.1", KeySince: int64(1), KeySeen: int64(2)})
	h.must(err)
	h.must(s.CommitCtx(h.ctx, token, data, time.Now().Add(time.Hour)))
}

func TestSessionStore(t *testing.T) {
	each(t, func(h *house) {
		s := NewSessions(h.db, clock.System{})
		found := func(token string) bool {
			t.Helper()
			_, ok, err := s.FindCtx(h.ctx, token)
			h.must(err)
			return ok
		}
		an, ba := h.make("an.a", access.Officer, "u2"), h.make("ba.b", access.Officer, "u2")
		h.session(s, "t1", an.Account)
		h.session(s, "t2", an.Account)
		h.session(s, "t3", ba.Account)
		if !found("t1") || found("nobody's") {
			t.Fatal("a session is found exactly when it is there")
		}
		all, err := h.SessionsOf(h.ctx, an)
		h.must(err)
		if len(all) != 2 || all[0].Agent != "Trình duyệt" || all[0].Address != "10.0.0.1" || all[0].Seen != 2 {
			t.Errorf("sessions %+v", all)
		}

		h.must(s.DeleteCtx(h.ctx, "t1"))
		if found("t1") {
			t.Error("an ended session is found")
		}
		h.session(s, "t1", an.Account) // a request that was under way
		if found("t1") {
			t.Error("a request under way revives an ended session")
		}
		if holder, err := s.Holder(h.ctx, "t1"); err != nil || holder != an.Account {
			t.Errorf("the ended session was %q's: %v", holder, err)
		}

		h.session(s, "t4", an.Account)
		foreign, err := h.SessionsOf(h.ctx, ba)
		h.must(err)
		h.wants(fault.NotFound, h.EndSession(h.ctx, an, foreign[0].ID))
		h.must(h.EndOtherSessions(h.ctx, an, "t4"))
		if found("t2") || !found("t4") || !found("t3") {
			t.Error("ending the others ends the others, and only the own")
		}
		h.must(h.ChangePassword(h.ctx, an, good, "mot cau khac du dai", "t4", "10.0.0.1"))
		if !found("t4") {
			t.Error("the session that changed the password ended")
		}
		h.session(s, "t5", an.Account)
		h.must(h.ChangePassword(h.ctx, an, "mot cau khac du dai", good, "t4", "10.0.0.1"))
		if found("t5") {
			t.Error("another session outlives the password")
		}
	})
}

func TestOldSessionsAreSweptAway(t *testing.T) {
	each(t, func(h *house) {
		now := clock.At("2023-06-01")
		s := NewSessions(h.db, now)
		data, err := scs.GobCodec{}.Encode(now.Now(), map[string]any{})
		h.must(err)
		h.must(s.CommitCtx(h.ctx, "old", data, now.Now().Add(time.Hour)))
		now.Forward(afterlife + 2*time.Hour)
		h.must(s.CommitCtx(h.ctx, "new", data, now.Now().Add(time.Hour)))
		n, err := db.Count(h.ctx, h.db, `SELECT COUNT(*) FROM session`)
		h.must(err)
		if n != 1 {
			t.Errorf("%d sessions are kept", n)
		}
	})
}

func TestDrafts(t *testing.T) {
	each(t, func(h *house) {
		d := Draft{Account: "an", Page: "/x?y=1", Action: "/x", Values: map[string][]string{"tên": {"một", "hai\nba"}}}
		secret, err := h.KeepDraft(h.ctx, d)
		h.must(err)
		find := func(secret, account string) bool {
			t.Helper()
			got, ok, err := h.FindDraft(h.ctx, secret, account)
			h.must(err)
			if ok && (got.Page != d.Page || got.Values["tên"][1] != "hai\nba") {
				t.Errorf("the draft came back as %+v", got)
			}
			return ok
		}
		if !find(secret, "an") || find(secret, "ba") || find("x", "an") {
			t.Error("a draft is for its author and its secret")
		}
		n, err := db.Count(h.ctx, h.db, `SELECT COUNT(*) FROM form_draft WHERE id = $1 OR account_id = $1`, secret)
		h.must(err)
		if n != 0 {
			t.Error("the secret itself is stored")
		}
		h.now.Forward(draftLife + time.Hour)
		if find(secret, "an") {
			t.Error("a draft outlives its day")
		}
		second, err := h.KeepDraft(h.ctx, Draft{Action: "/x", Page: "/x?y=1", Values: d.Values})
		h.must(err)
		if !find(second, "ba") {
			t.Error("a draft without an author is for whoever has the secret")
		}
		h.must(h.DropDraft(h.ctx, second))
		if find(second, "ba") {
			t.Error("a dropped draft is found")
		}
	})
}
