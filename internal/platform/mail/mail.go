// Package mail makes messages and hands them to a mail server. What is to be
// sent, when, and what becomes of it is the business of package letter.
package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	netmail "net/mail"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is one mail to one person.
type Message struct {
	ID          string // the same for every attempt, so that a mailbox can tell a copy
	At          time.Time
	To          netmail.Address
	Subject     string
	Text        string // plain; the HTML part says the same
	Attachments []Attachment
}

// Attachment is a file that goes with a message.
type Attachment struct {
	Name string
	Type string // with its parameters: text/calendar; method=REQUEST
	Body []byte
}

// Sender hands messages on.
type Sender interface {
	// Send returns once the message is out of our hands. What a server answers
	// to a message that it does not take is a Refusal.
	Send(ctx context.Context, m Message) error
}

// Refusal is why a message was not taken.
type Refusal struct {
	Answer string // of the server, or what kept us from it
	Final  bool   // another attempt would end the same
}

func (r *Refusal) Error() string { return "mail: " + r.Answer }

// Bytes is the message as it travels.
func (m Message) Bytes(from netmail.Address) ([]byte, error) {
	made, err := m.build(from)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := made.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	return b.Bytes(), nil
}

func (m Message) build(from netmail.Address) (*gomail.Msg, error) {
	made := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := errors.Join(made.FromFormat(from.Name, from.Address), made.AddToFormat(m.To.Name, m.To.Address)); err != nil {
		return nil, &Refusal{Answer: err.Error(), Final: true}
	}
	_, host, _ := strings.Cut(from.Address, "@")
	made.SetMessageIDWithValue(m.ID + "@" + host)
	made.SetDateWithValue(m.At)
	made.Subject(m.Subject)
	// No mailbox answers it with "out of office".
	made.SetGenHeader("Auto-Submitted", "auto-generated")
	made.SetBodyString(gomail.TypeTextPlain, m.Text)
	made.AddAlternativeString(gomail.TypeTextHTML, page(m.Subject, m.Text))
	for _, a := range m.Attachments {
		made.AttachReadSeeker(a.Name, bytes.NewReader(a.Body), gomail.WithFileContentType(gomail.ContentType(a.Type)))
	}
	return made, nil
}

var address = regexp.MustCompile(`https?://[^\s<>"]+[^\s<>".,;:!?)]`)

// page is the text as HTML: paragraphs, and links where addresses stand. It
// names no colours and fetches nothing.
func page(title, text string) string {
	var b strings.Builder
	b.WriteString("<!doctype html><html><head><meta charset=\"utf-8\"><title>" + html.EscapeString(title) + "</title></head>\n" +
		"<body style=\"font-family: sans-serif; line-height: 1.5; max-width: 38em\">\n")
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		b.WriteString("<p>")
		at := 0
		for _, link := range address.FindAllStringIndex(paragraph, -1) {
			b.WriteString(lines(paragraph[at:link[0]]))
			href := html.EscapeString(paragraph[link[0]:link[1]])
			b.WriteString(`<a href="` + href + `">` + href + `</a>`)
			at = link[1]
		}
		b.WriteString(lines(paragraph[at:]) + "</p>\n")
	}
	b.WriteString("</body></html>\n")
	return b.String()
}

func lines(text string) string { return strings.ReplaceAll(html.EscapeString(text), "\n", "<br>\n") }
