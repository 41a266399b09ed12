package e2e

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// plain carries a walker as a browser without script does.
type plain struct {
	t      *testing.T
	base   string
	client *http.Client
}

func newPlain(t *testing.T, base string) carrier {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &plain{t, base, &http.Client{Jar: jar, Timeout: patience}}
}

func (c *plain) open(path string) answer {
	c.t.Helper()
	return c.do(http.MethodGet, path, nil, "")
}

func (c *plain) do(method, path string, body io.Reader, kind string) answer {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	res, err := c.client.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{status: res.StatusCode, location: res.Request.URL.Path, body: string(text)}
}

func (c *plain) send(p *leaf, form *html.Node, fill fields, files map[string]upload) answer {
	c.t.Helper()
	values := url.Values{}
	var buttons []*html.Node
	each(form, func(n *html.Node) {
		name := attribute(n, "name")
		if name == "" {
			return
		}
		switch n.Data {
		case "input":
			kind := attribute(n, "type")
			if (kind == "checkbox" || kind == "radio") && !has(n, "checked") || kind == "file" {
				return
			}
			values.Add(name, attribute(n, "value"))
		case "textarea":
			values.Add(name, strings.TrimPrefix(textOf(n), "\n"))
		case "select":
			values.Add(name, chosen(n))
		case "button":
			buttons = append(buttons, n)
		}
	})
	for name, v := range fill {
		values[name] = v
	}
	if len(buttons) == 1 && values.Get(attribute(buttons[0], "name")) == "" {
		values.Set(attribute(buttons[0], "name"), attribute(buttons[0], "value"))
	}
	action := attribute(form, "action")
	if action == "" {
		action = p.path
	}
	if attribute(form, "enctype") == "multipart/form-data" {
		body, kind := multi(c.t, values, files)
		return c.do(http.MethodPost, action, body, kind)
	}
	if len(files) > 0 {
		c.t.Fatalf("%s: the form to %s takes no files", p.w.name, action)
	}
	return c.do(http.MethodPost, action, strings.NewReader(values.Encode()), "application/x-www-form-urlencoded")
}

func multi(t *testing.T, values url.Values, files map[string]upload) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, all := range values {
		for _, v := range all {
			if err := m.WriteField(name, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for field, f := range files {
		part, err := m.CreateFormFile(field, f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(f.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return &b, m.FormDataContentType()
}

func chosen(sel *html.Node) string {
	first, picked, any := "", "", false
	each(sel, func(n *html.Node) {
		if n.Data != "option" {
			return
		}
		v := attribute(n, "value")
		if !any {
			first, any = v, true
		}
		if has(n, "selected") {
			picked = v
		}
	})
	if picked != "" {
		return picked
	}
	return first
}
