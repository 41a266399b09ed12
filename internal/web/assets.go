package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var static embed.FS

// assets are the files that pages load: below one address that changes with any
// of them, so browsers keep them for ever and modules import one another by
// their plain names.
type assets struct {
	prefix string // "/static/<hash>/"
	files  map[string]asset
}

type asset struct {
	kind   string
	plain  []byte
	packed []byte // gzip; nil where it does not help
}

func loadAssets() (*assets, error) {
	a := &assets{files: map[string]asset{}}
	sum := sha256.New()
	var css bytes.Buffer
	err := fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := static.ReadFile(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(body))
		sum.Write(body)
		short := strings.TrimPrefix(name, "static/")
		if path.Dir(short) == "css" { // one style sheet, in order of the file names
			css.Write(body)
			css.WriteByte('\n')
			return nil
		}
		return a.add(short, body)
	})
	if err != nil {
		return nil, fmt.Errorf("web: assets: %w", err)
	}
	if err := a.add("app.css", css.Bytes()); err != nil {
		return nil, err
	}
	a.prefix = "/static/" + hex.EncodeToString(sum.Sum(nil)[:6]) + "/"
	return a, nil
}

func (a *assets) add(name string, body []byte) error {
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) { // not left to what the machine knows
	case ".js":
		kind = "text/javascript; charset=utf-8"
	case ".css":
		kind = "text/css; charset=utf-8"
	case ".svg":
		kind = "image/svg+xml"
	case ".webmanifest":
		kind = "application/manifest+json"
	}
	one := asset{kind: kind, plain: body}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("web: assets: %w", err)
	}
	if _, err := z.Write(body); err != nil {
		return fmt.Errorf("web: assets: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("web: assets: %w", err)
	}
	if packed.Len() < len(body) {
		one.packed = packed.Bytes()
	}
	a.files[name] = one
	return nil
}

// path is the address of a file: asset "js/app.js".
func (a *assets) path(name string) (string, error) {
	if _, ok := a.files[name]; !ok {
		return "", fmt.Errorf("web: no asset %q", name)
	}
	return a.prefix + name, nil
}

// ServeHTTP answers below /static/. A hash of an older release gets the file of
// this one, but is told not to keep it.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/static/"), "/")
	file, ok := a.files[name]
	h := w.Header()
	if !ok {
		h.Set("Cache-Control", "no-store")
		http.NotFound(w, r)
		return
	}
	h.Set("Content-Type", file.kind)
	h.Add("Vary", "Accept-Encoding")
	if strings.HasPrefix(r.URL.Path, a.prefix) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	body := file.plain
	if file.packed != nil && acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = file.packed
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	_, _ = w.Write(body)
}

func acceptsGzip(r *http.Request) bool {
	for _, offer := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(offer), ";")
		if name == "gzip" && strings.ReplaceAll(weight, " ", "") != "q=0" {
			return true
		}
	}
	return false
}
