package web

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
)

// A stream tells numbers, to who may see the scores, until the server goes.
func TestStreamOfAYear(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	path := "/nam/" + s.Year.ID + "/cham-diem/theo-doi"
	s.visitor().get(path).wantTo(t, "/dang-nhap?tiep="+strings.ReplaceAll(path, "/", "%2F"))
	s.as("stranger").get(path).want(t, http.StatusNotFound)

	member := s.as("member")
	server := httptest.NewServer(s.site)
	defer server.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+path, nil)
	s.Check(err)
	req.Header.Set("Accept", "text/event-stream")
	for name, value := range member.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := server.Client().Do(req)
	s.Check(err)
	defer answer.Body.Close()
	if got := answer.Header.Get("Content-Type"); answer.StatusCode != 200 || got != "text/event-stream" {
		t.Fatalf("%d %s", answer.StatusCode, got)
	}
	lines := bufio.NewScanner(answer.Body)
	next := func() string {
		for lines.Scan() {
			if n, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return n
			}
		}
		return "the end"
	}
	newest := func() string {
		n, err := ledger.Newest(ctx, s.d, s.Year.ID)
		s.Check(err)
		return strconv.FormatInt(n, 10)
	}
	if got := next(); got != newest() {
		t.Errorf("the first number is %s, want %s", got, newest())
	}
	member.json(t, s.path(2), cellForm(assessment.Self, "II.3", "0", "", "points", "7"))
	if got := next(); got != newest() {
		t.Errorf("after a save the number is %s, want %s", got, newest())
	}
	s.EndStreams()
	if got := next(); got != "the end" {
		t.Errorf("the server went, and the stream says %s", got)
	}
}

// Pages that look by themselves do not keep the session of who has left alive.
func TestFollowingIsNoVisit(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	b := s.as("member")
	token := b.cookies["thidua_phien"]
	seen := func() int64 {
		ctx, err := s.sessions.Load(context.Background(), token)
		s.Check(err)
		return s.sessions.GetInt64(ctx, account.KeySeen)
	}
	ctx, err := s.sessions.Load(context.Background(), token)
	s.Check(err)
	old := int64(clock.InstantOf(time.Now().Add(-sessionIdle + time.Minute)))
	s.sessions.Put(ctx, account.KeySeen, old)
	_, _, err = s.sessions.Commit(ctx)
	s.Check(err)
	b.header.Set(followHeader, "1")
	b.get(s.path(2)).want(t, http.StatusOK)
	if seen() != old {
		t.Error("a page that looked by itself counts as a visit")
	}
	b.header.Del(followHeader)
	b.get(s.path(2)).want(t, http.StatusOK)
	if seen() == old {
		t.Error("a visit does not count")
	}
}
