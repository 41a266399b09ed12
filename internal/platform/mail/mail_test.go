package mail_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/mail"
	"github.com/thidua/thidua/testkit/postbox"
)

const from = "Thi đua tỉnh <thidua@tinh.gov.vn>"

func message() mail.Message {
	return mail.Message{
		ID: "018c-thu", At: clock.At("2023-06-28 07:00").Now(), To: netmail.Address{Name: "Nguyễn Thị Ánh Tuyết", Address: "tuyet@so.gov.vn"},
		Subject: "Còn 7 ngày: báo cáo số liệu 6 tháng của Khối các sở kinh tế tổng hợp, kỳ báo cáo giữa năm",
		Text:    "Kính gửi Nguyễn Thị Ánh Tuyết,\n\nSở <Xây dựng> còn 4 chỉ tiêu.\nMở https://thidua.gov.vn/nam/1/tien-do/bao-cao?ky=H1&x=2.\n\nTrân trọng.",
		Attachments: []mail.Attachment{
			{Name: "Giấy mời.ics", Type: "text/calendar; method=REQUEST; charset=utf-8", Body: []byte("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")},
		},
	}
}

func sender(t *testing.T, s mail.Server) *mail.SMTP {
	t.Helper()
	s.From = from
	m, err := mail.NewSMTP(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// What a mail program shows is what was written, whatever the letters.
func TestAMessageArrivesAsItWasWritten(t *testing.T) {
	for name, o := range map[string]struct {
		box      postbox.Options
		security mail.Security
		user     string
	}{
		"starttls":             {postbox.Options{Password: "bi mat"}, mail.StartTLS, "thidua"},
		"tls":                  {postbox.Options{Implicit: true, Password: "bi mat"}, mail.TLS, "thidua"},
		"open":                 {postbox.Options{Open: true}, mail.Open, ""},
		"open with a password": {postbox.Options{Open: true, Password: "bi mat"}, mail.Open, "thidua"},
	} {
		t.Run(name, func(t *testing.T) {
			box := postbox.Open(t, o.box)
			s := sender(t, mail.Server{Address: box.Address, Security: o.security, User: o.user, Password: "bi mat", Trust: box.Trust})
			want := message()
			if err := s.Send(t.Context(), want); err != nil {
				t.Fatal(err)
			}
			got := box.Wait(1)[0]
			if got.TLS != (o.security != mail.Open) || got.User != o.user || got.To != want.To.Address {
				t.Errorf("TLS %v, user %q, to %q", got.TLS, got.User, got.To)
			}
			if got.Subject != want.Subject {
				t.Errorf("subject %q", got.Subject)
			}
			if got.Text != want.Text {
				t.Errorf("text %q", got.Text)
			}
			for header, value := range map[string]string{"From": "thidua@tinh.gov.vn", "To": "tuyet@so.gov.vn"} {
				list, err := got.Header.AddressList(header)
				if err != nil || len(list) != 1 || list[0].Address != value {
					t.Errorf("%s: %v, %v", header, list, err)
				}
			}
			if list, _ := got.Header.AddressList("To"); list[0].Name != want.To.Name {
				t.Errorf("to %q", list[0].Name)
			}
			if got.Header.Get("Message-ID") != "<018c-thu@tinh.gov.vn>" || got.Header.Get("Auto-Submitted") != "auto-generated" {
				t.Errorf("headers %v", got.Header)
			}
			if day, err := got.Header.Date(); err != nil || !day.Equal(want.At) {
				t.Errorf("date %v, %v", day, err)
			}
			for _, part := range []string{`<a href="https://thidua.gov.vn/nam/1/tien-do/bao-cao?ky=H1&amp;x=2">`, "Sở &lt;Xây dựng&gt; còn", "</a>.</p>", "<br>"} {
				if !strings.Contains(got.HTML, part) {
					t.Errorf("no %q in\n%s", part, got.HTML)
				}
			}
			file := "Giấy mời.ics"
			if kind, params, err := mime.ParseMediaType(got.Types[file]); err != nil || kind != "text/calendar" || params["method"] != "REQUEST" || got.Files[file] != "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" {
				t.Errorf("attachments %q %q", got.Types, got.Files)
			}
			for _, r := range got.Raw {
				if r > 126 {
					t.Fatalf("a letter that is not ASCII travels raw:\n%s", got.Raw)
				}
			}
		})
	}
}

// A refusal carries the server's own words, and tells whether to try again.
func TestRefusals(t *testing.T) {
	box := postbox.Open(t, postbox.Options{Password: "bi mat"})
	server := mail.Server{Address: box.Address, User: "thidua", Password: "bi mat", Trust: box.Trust}
	wrong, stranger, gone, plain := server, server, server, server
	wrong.Password = "khac"
	stranger.Trust = nil
	gone.Address = "127.0.0.1:1"
	open := postbox.Open(t, postbox.Options{Open: true})
	plain.Address = open.Address
	send := func(s mail.Server, refuse error) *mail.Refusal {
		t.Helper()
		box.Refuse(func(string) error { return refuse })
		err := sender(t, s).Send(t.Context(), message())
		var r *mail.Refusal
		if !errors.As(err, &r) {
			t.Fatalf("%v is no refusal", err)
		}
		return r
	}
	for name, one := range map[string]struct {
		r      *mail.Refusal
		final  bool
		answer string
	}{
		"no such mailbox": {send(server, &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "Khong co hop thu nay"}), true, "Khong co hop thu nay"},
		"full":            {send(server, &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "Hop thu day"}), false, "Hop thu day"},
		"wrong password":  {send(wrong, nil), false, "535"},
		"unknown to us":   {send(stranger, nil), false, "certificate"},
		"no server":       {send(gone, nil), false, "refused"},
		"no STARTTLS":     {send(plain, nil), false, "STARTTLS"},
	} {
		if one.r.Final != one.final || !strings.Contains(one.r.Answer, one.answer) {
			t.Errorf("%s: final %v, %q", name, one.r.Final, one.r.Answer)
		}
		if strings.Contains(one.r.Answer, "affected") || strings.Contains(one.r.Answer, "tuyet@") {
			t.Errorf("%s says what the page says: %q", name, one.r.Answer)
		}
		if strings.Contains(one.r.Answer, "bi mat") {
			t.Errorf("%s tells the password", name)
		}
	}
	if n := len(box.Mails()) + len(open.Mails()); n > 0 {
		t.Errorf("%d mails came through", n)
	}
}

// What goes wrong after the server took a message is no reason to send it
// again: this server hangs up once it has it.
func TestATakenMessageIsSent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		line, err := listener.Accept()
		if err != nil {
			return
		}
		defer line.Close()
		fmt.Fprint(line, "220 here\r\n")
		data := false
		for in := bufio.NewScanner(line); in.Scan(); {
			switch said := in.Text(); {
			case data && said == ".":
				fmt.Fprint(line, "250 taken\r\n")
				return
			case data:
			case said == "DATA":
				data = true
				fmt.Fprint(line, "354 go on\r\n")
			default:
				fmt.Fprint(line, "250 yes\r\n")
			}
		}
	}()
	s := sender(t, mail.Server{Address: listener.Addr().String(), Security: mail.Open})
	if err := s.Send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
}

func TestServersThatAreNone(t *testing.T) {
	for _, s := range []mail.Server{
		{Address: "smtp.tinh.gov.vn", From: "thidua"}, {Address: ":25", From: from}, {Address: "smtp.tinh.gov.vn:mail", From: from},
		{Address: "smtp.tinh.gov.vn", From: from, Security: "ssl"},
	} {
		if _, err := mail.NewSMTP(s); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "thu")
	f, err := mail.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Send(context.Background(), message()); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "018c-thu.eml"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := postbox.Read(raw)
	if err != nil || got.Subject != message().Subject || got.Text != message().Text {
		t.Errorf("%q, %v", got.Text, err)
	}
}
