package e2e

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// visitor is a client with cookies of its own. It does not follow redirects:
// where an answer leads is part of the answer.
type visitor struct {
	t      testing.TB
	base   string
	client *http.Client
}

func newVisitor(t testing.TB, base string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t, base, &http.Client{
		Jar:           jar,
		Timeout:       patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// answer is what came back.
type answer struct {
	status   int
	kind     string // Content-Type
	location string
	request  string // id of the request, as the log has it
	body     string
}

// try sends a request; an error means that no whole answer came.
func (v *visitor) try(method, path string, form url.Values) (answer, error) {
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return answer{}, err
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := v.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header.Get("Content-Type"), res.Header.Get("Location"), res.Header.Get("X-Request-Id"), string(body)}, err
}

func (v *visitor) get(path string) answer {
	v.t.Helper()
	a, err := v.try(http.MethodGet, path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return a
}

func (v *visitor) post(path string, form url.Values) answer {
	v.t.Helper()
	a, err := v.try(http.MethodPost, path, form)
	if err != nil {
		v.t.Fatal(err)
	}
	return a
}

// signIn begins a session.
func (v *visitor) signIn(login, password string) {
	v.t.Helper()
	a := v.post("/dang-nhap", url.Values{"login": {login}, "password": {password}})
	if a.status != http.StatusSeeOther {
		v.t.Fatalf("signing in as %s: %d\n%s", login, a.status, a.body)
	}
}

// want ends the test unless the answer has the status and its page the texts.
func (a answer) want(t testing.TB, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d; location %q\n%s", a.status, status, a.location, a.body)
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Fatalf("no %q in the page\n%s", text, a.body)
		}
	}
}
