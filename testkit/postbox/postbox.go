// Package postbox is a mail server for tests: it keeps what it is given, and
// refuses what a test tells it to.
package postbox

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"encoding/base64"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Mail is a message as a mail program shows it.
type Mail struct {
	To      string // of the envelope
	Header  netmail.Header
	Subject string
	Text    string
	HTML    string
	Files   map[string]string // name → content
	Types   map[string]string // name → content type
	Raw     string
	TLS     bool
	User    string // who signed in
}

// Box is a running server.
type Box struct {
	Address string
	Trust   *tls.Config // believes the server's certificate

	t      testing.TB
	server *smtp.Server

	mu     sync.Mutex
	mails  []Mail
	refuse func(to string) error
	taken  func() error
}

// Options of a server.
type Options struct {
	Implicit bool   // TLS from the first byte
	Open     bool   // no TLS at all
	Password string // asked for, whoever signs in
}

// Open starts a server that ends with the test.
func Open(t testing.TB, o Options) *Box {
	t.Helper()
	certificate := httptest.NewTLSServer(nil)
	certificate.Close()
	pool := x509.NewCertPool()
	pool.AddCert(certificate.Certificate())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &Box{Address: listener.Addr().String(), Trust: &tls.Config{RootCAs: pool}, t: t}
	own := &tls.Config{Certificates: certificate.TLS.Certificates}
	b.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{box: b, line: c, password: o.Password}, nil
	}))
	b.server.Domain = "localhost"
	b.server.AllowInsecureAuth = true
	b.server.ReadTimeout, b.server.WriteTimeout = time.Minute, time.Minute
	switch {
	case o.Implicit:
		listener = tls.NewListener(listener, own)
	case !o.Open:
		b.server.TLSConfig = own
	}
	go b.server.Serve(listener)
	t.Cleanup(func() { b.server.Close() })
	return b
}

// Close stops the server before the test ends.
func (b *Box) Close() { b.server.Close() }

// Refuse makes the server ask f about every recipient; nil takes all.
func (b *Box) Refuse(f func(to string) error) {
	b.mu.Lock()
	b.refuse = f
	b.mu.Unlock()
}

// Taken makes the server call f after it has kept a message and before it says so.
func (b *Box) Taken(f func() error) {
	b.mu.Lock()
	b.taken = f
	b.mu.Unlock()
}

// Mails is what came in, in order.
func (b *Box) Mails() []Mail {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]Mail(nil), b.mails...)
}

// Wait gives what came in once there are n messages; later ones fail nothing.
func (b *Box) Wait(n int) []Mail {
	b.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		if mails := b.Mails(); len(mails) >= n {
			return mails
		}
		if time.Now().After(deadline) {
			b.t.Fatalf("%d mails came, want %d", len(b.Mails()), n)
		}
	}
}

type session struct {
	box      *Box
	line     *smtp.Conn
	password string
	user     string
	to       string
}

func (s *session) AuthMechanisms() []string {
	if s.password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != s.password {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}

func (s *session) Mail(string, *smtp.MailOptions) error {
	if s.password != "" && s.user == "" {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.box.mu.Lock()
	refuse := s.box.refuse
	s.box.mu.Unlock()
	if refuse != nil {
		if err := refuse(to); err != nil {
			return err
		}
	}
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := Read(raw)
	if err != nil {
		return err
	}
	_, m.TLS = s.line.TLSConnectionState()
	m.To, m.User = s.to, s.user
	s.box.mu.Lock()
	s.box.mails = append(s.box.mails, m)
	taken := s.box.taken
	s.box.mu.Unlock()
	if taken != nil {
		return taken()
	}
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// Read takes a message apart as a mail program does.
func Read(raw []byte) (Mail, error) {
	m := Mail{Raw: string(raw), Files: map[string]string{}, Types: map[string]string{}}
	message, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return m, err
	}
	m.Header = message.Header
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject")); err != nil {
		return m, err
	}
	return m, m.part(message.Header.Get, message.Body)
}

func (m *Mail) part(header func(string) string, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(header("Content-Type"))
	if err != nil {
		return err
	}
	if strings.HasPrefix(kind, "multipart/") {
		for parts := multipart.NewReader(body, params["boundary"]); ; {
			p, err := parts.NextRawPart()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			if err := m.part(p.Header.Get, p); err != nil {
				return err
			}
		}
	}
	switch strings.ToLower(header("Content-Transfer-Encoding")) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	if how, disposition, err := mime.ParseMediaType(header("Content-Disposition")); err == nil && how == "attachment" {
		name, err := new(mime.WordDecoder).DecodeHeader(disposition["filename"])
		m.Files[name], m.Types[name] = string(text), header("Content-Type")
		return err
	}
	plain := strings.ReplaceAll(string(text), "\r\n", "\n")
	if kind == "text/html" {
		m.HTML = plain
	} else {
		m.Text = plain
	}
	return nil
}
