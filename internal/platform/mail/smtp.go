package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/thidua/thidua/internal/platform/fault"
)

// Security is how the line to the server is kept from others.
type Security string

const (
	StartTLS Security = "starttls" // begins open and must become TLS before anything is said
	TLS      Security = "tls"      // from the first byte
	Open     Security = "none"     // for a server on the same machine
)

// Server is where messages are handed in.
type Server struct {
	Address  string // host or host:port; without a port, the usual one of Security
	Security Security
	User     string // "" signs in nowhere
	Password string
	From     string // "Thi đua tỉnh <thidua@tinh.gov.vn>"
	Trust    *tls.Config
}

// wait bounds every step of talking to a server.
const wait = 20 * time.Second

// SMTP sends through a server.
type SMTP struct {
	server  Server
	host    string
	from    netmail.Address
	options []gomail.Option
}

// NewSMTP checks what is said about the server; it does not talk to it yet.
func NewSMTP(s Server) (*SMTP, error) {
	from, err := netmail.ParseAddress(s.From)
	if err != nil {
		return nil, fault.New(fault.Invalid, "Địa chỉ gửi thư “{.from}” không đúng. Hãy ghi như: Thi đua tỉnh <thidua@tinh.gov.vn>.", "from", s.From).Because(err)
	}
	s.Security = cmp.Or(s.Security, StartTLS)
	usual, ok := map[Security]int{StartTLS: gomail.DefaultPortTLS, TLS: gomail.DefaultPortSSL, Open: gomail.DefaultPort}[s.Security]
	if !ok {
		return nil, fault.New(fault.Invalid, "Cách bảo mật đường truyền “{.how}” không đúng. Hãy chọn starttls, tls hoặc none.", "how", string(s.Security))
	}
	host, port := s.Address, usual
	if h, p, err := net.SplitHostPort(s.Address); err == nil {
		if port, err = strconv.Atoi(p); err != nil || port < 1 || port > 65535 {
			host = ""
		} else {
			host = h
		}
	}
	if host == "" {
		return nil, fault.New(fault.Invalid, "Máy chủ thư “{.address}” không đúng. Hãy ghi như smtp.tinh.gov.vn:587.", "address", s.Address)
	}
	trust := &tls.Config{}
	if s.Trust != nil {
		trust = s.Trust.Clone()
	}
	trust.ServerName, trust.MinVersion = host, tls.VersionTLS12
	m := &SMTP{server: s, host: host, from: *from, options: []gomail.Option{
		gomail.WithPort(port), gomail.WithTimeout(wait), gomail.WithTLSConfig(trust), gomail.WithTLSPolicy(gomail.TLSMandatory),
	}}
	switch s.Security {
	case TLS:
		m.options = append(m.options, gomail.WithSSL())
	case Open:
		m.options = append(m.options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.User != "" {
		auth := gomail.SMTPAuthAutoDiscover
		if s.Security == Open { // the operator has said that the line is safe
			auth = gomail.SMTPAuthPlainNoEnc
		}
		m.options = append(m.options, gomail.WithSMTPAuth(auth), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	return m, nil
}

// String says where messages go, without the password.
func (m *SMTP) String() string { return m.server.Address }

// From is whose name stands on the messages.
func (m *SMTP) From() string { return m.from.String() }

// Send talks to the server over a line of its own.
func (m *SMTP) Send(ctx context.Context, message Message) error {
	made, err := message.build(m.from)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(m.host, m.options...)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	line, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		// The server, our password or the network: nothing that is the message's fault.
		return &Refusal{Answer: flat(err)}
	}
	err = client.SendWithSMTPClient(line, made)
	if made.IsDelivered() {
		err = nil // what went wrong after the server took it must not send it twice
	}
	if closing := client.CloseWithSMTPClient(line); closing != nil {
		_ = line.Close()
	}
	if err == nil {
		return nil
	}
	refusal := &Refusal{Answer: flat(err)}
	var said *gomail.SendError
	if errors.As(err, &said) {
		refusal.Final = said.ErrorCode() >= 500 && !said.IsTemp()
	}
	return refusal
}

// flat is an error in one line that a page can show, without what the page
// says anyway.
func flat(err error) string {
	text, _, _ := strings.Cut(err.Error(), ", affected recipient(s):")
	text, _, _ = strings.Cut(text, ", affected message ID:")
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 500 {
		text = string(r[:500]) + "…"
	}
	return text
}
