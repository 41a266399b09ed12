package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestStopLetsRequestsFinish: whoever pressed "save" a moment before the server
// is restarted has saved.
func TestStopLetsRequestsFinish(t *testing.T) {
	p := place{data: t.TempDir()}
	furnish(t, p, 1)
	s := start(t, p)
	officer := newVisitor(t, s.URL)
	officer.get("/healthz").want(t, http.StatusOK)
	officer.signIn("thuongtruc", password)

	form := url.Values{"name": {"Ban Gửi dở"}, "kind": {"board"}, "level": {"tinh"}, "from": {"01/01/2023"}}.Encode()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "POST /don-vi/moi HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nExpect: 100-continue\r\n", address.Host, len(form))
	for _, c := range officer.client.Jar.Cookies(address) {
		fmt.Fprintf(conn, "Cookie: %s=%s\r\n", c.Name, c.Value)
	}
	fmt.Fprint(conn, "\r\n")
	// The server asks for the body when the page's own code begins to read it:
	// from here on the request is under way.
	from := bufio.NewReader(conn)
	if line, err := from.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 100 ") {
		t.Fatalf("%q, %v", line, err)
	}
	if _, err := from.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(conn, form[:len(form)/2])
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for { // no new visitor gets in
		late, err := net.Dial("tcp", address.Host)
		if err != nil {
			break
		}
		_ = late.Close() // it came before the end of listening
		time.Sleep(time.Millisecond)
	}
	select {
	case <-s.ended:
		t.Fatalf("the server ended in the middle of a request: %v\n%s", s.err, s.log())
	default:
	}
	fmt.Fprint(conn, form[len(form)/2:])
	res, err := http.ReadResponse(from, nil)
	if err != nil {
		t.Fatalf("no answer: %v\n%s", err, s.log())
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	made := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther || made == "" {
		t.Fatalf("%s, location %q\n%s", res.Status, made, s.log())
	}
	<-s.ended
	if s.err != nil {
		t.Fatalf("the server ended with %v\n%s", s.err, s.log())
	}

	s = start(t, p)
	officer.base = s.URL
	officer.get(made).want(t, http.StatusOK, "Ban Gửi dở")
	if err := s.stop(t); err != nil {
		t.Fatalf("the server ended with %v\n%s", err, s.log())
	}
}

func TestTwoServersCannotShareAPort(t *testing.T) {
	// The second one says why, and does not run half.
	s := start(t, place{data: t.TempDir()})
	port := s.URL[strings.LastIndex(s.URL, ":")+1:]
	said, err := once(t, "serve", "--addr", "127.0.0.1:"+port, "--data", t.TempDir())
	if err == nil || !strings.Contains(said, port) {
		t.Fatalf("%v\n%s", err, said)
	}
	newVisitor(t, s.URL).get("/healthz").want(t, http.StatusOK)
}

// TestDemoCommand is what `make run` shows: a year that is under way, one click
// from the sign-in page, and nothing left behind when it is stopped.
func TestDemoCommand(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := run(t, "demo", "--addr", "127.0.0.1:0")
	visitor := newVisitor(t, s.URL)
	door := visitor.get("/dang-nhap")
	door.want(t, http.StatusOK, `value="kcn"`)
	_, after, _ := strings.Cut(door.body, `name="password" value="`)
	secret, _, _ := strings.Cut(after, `"`)
	visitor.signIn("kcn", secret)
	visitor.get("/viec-can-lam").want(t, http.StatusOK, "Báo cáo số liệu")
	if err := s.stop(t); err != nil {
		t.Errorf("the demo ended with %v\n%s", err, s.log())
	}
	left, err := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "thidua-demo-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("the demo left %v, %v", left, err)
	}
}
