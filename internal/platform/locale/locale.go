// Package locale speaks to people in their language.
//
// Vietnamese is the source language: a message is written in the code and the
// templates as its Vietnamese sentence, which is also its key. English stands
// in en/*.json, one file a room, each an object from the Vietnamese sentence to
// the English one, or to {"one": …, "other": …} where the English depends on
// the count {.n}. A test finds every sentence without a translation.
package locale

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/thidua/thidua/internal/platform/fault"
)

//go:embed en/*.json
var catalogues embed.FS

// Lang is a language of the interface.
type Lang string

const (
	Vietnamese Lang = "vi"
	English    Lang = "en"
)

// Parse takes what a cookie or a header says; anything unknown is Vietnamese.
func Parse(s string) Lang {
	if strings.HasPrefix(strings.ToLower(s), "en") {
		return English
	}
	return Vietnamese
}

var loaded = sync.OnceValue(func() *i18n.Bundle {
	bundle := i18n.NewBundle(language.Vietnamese)
	names, err := fs.Glob(catalogues, "en/*.json")
	if err != nil {
		panic(err)
	}
	sort.Strings(names)
	for _, name := range names {
		data, err := catalogues.ReadFile(name)
		if err != nil {
			panic(err)
		}
		var entries map[string]entry
		if err := json.Unmarshal(data, &entries); err != nil {
			panic(fmt.Errorf("locale: %s: %w", name, err))
		}
		for id, e := range entries {
			// Without a singular of its own, one is said as many: go-i18n would
			// find no form for it and the reader would get Vietnamese.
			bundle.MustAddMessages(language.English, &i18n.Message{ID: id, One: cmp.Or(e.One, e.Other), Other: e.Other, LeftDelim: "{", RightDelim: "}"})
			known[id] = true
		}
	}
	return bundle
})

var known = map[string]bool{}

// Known tells whether the sentence has an English translation.
func Known(text string) bool {
	loaded()
	return known[text]
}

type entry struct{ One, Other string }

func (e *entry) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &e.Other)
	}
	var full struct{ One, Other string }
	if err := json.Unmarshal(b, &full); err != nil {
		return err
	}
	*e = entry(full)
	return nil
}

var localizers sync.Map // Lang → *i18n.Localizer

func localizer(l Lang) *i18n.Localizer {
	if v, ok := localizers.Load(l); ok {
		return v.(*i18n.Localizer)
	}
	v := i18n.NewLocalizer(loaded(), string(l))
	localizers.Store(l, v)
	return v
}

// T says a message; kv are the names and values of its placeholders in pairs.
// Numbers, decimals, points and days among the values are written in the
// language's own form.
func (l Lang) T(text string, kv ...any) string { return l.Say(text, fault.Pairs(kv...)) }

// Say is T with the values in a map.
func (l Lang) Say(text string, args fault.Args) string {
	if text == "" {
		return ""
	}
	plain := l == Vietnamese || !Known(text)
	if plain && !strings.Contains(text, "{.") {
		return text
	}
	data := make(map[string]any, len(args))
	var count any
	for k, v := range args {
		if n, ok := v.(int); ok && k == "n" {
			count = n
		}
		data[k] = l.Value(v)
	}
	if plain {
		return fill(text, data)
	}
	cfg := &i18n.LocalizeConfig{MessageID: text, TemplateData: data, PluralCount: count}
	out, err := localizer(l).Localize(cfg)
	if err != nil {
		return fill(text, data)
	}
	return out
}

// fill puts the values into a sentence that needs no plural form.
func fill(text string, data map[string]any) string {
	var b strings.Builder
	for {
		i := strings.Index(text, "{.")
		if i < 0 {
			break
		}
		j := strings.IndexByte(text[i:], '}')
		if j < 0 {
			break
		}
		b.WriteString(text[:i])
		fmt.Fprint(&b, data[text[i+2:i+j]])
		text = text[i+j+1:]
	}
	b.WriteString(text)
	return b.String()
}

// Fault is the sentence that a person reads of an error.
func (l Lang) Fault(err error) string {
	f := fault.As(err)
	if f == nil {
		return ""
	}
	return l.Say(f.Text, f.Args)
}
