package web

import (
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/platform/points"
)

// The types that the parts in templates/parts take. Texts are sentences of the
// source language (translated where they have a translation) or locale.Text.

// Crumb is a step of the way to the page; the last one has no path.
type Crumb struct {
	Path string
	Text any
}

// Step is a state in the course of a year: State is "done", "now" or "next".
type Step struct {
	Text  any
	State string
	Note  any // a day or a few words
}

// Tab is a section of a page with an address of its own.
type Tab struct {
	Path  string
	Text  any
	Here  bool
	Count string // a small figure beside the name, "" for none
}

// Todo is something that waits for the person.
type Todo struct {
	Path   string // of the button
	Title  any
	Note   any
	Due    any    // "Còn 3 ngày"
	Tone   string // of the due tag: "", "good", "warn", "bad"
	Action any    // on the button
	First  bool   // the button that comes first today
}

// share is part of whole in percent, 0 to 100, as the width of a bar: whole
// numbers, so that nothing is drawn from floating-point figures.
func share(part, whole any) (string, error) {
	p, err := rat(part)
	if err != nil {
		return "", err
	}
	w, err := rat(whole)
	if err != nil {
		return "", err
	}
	if w.Sign() <= 0 || p.Sign() <= 0 {
		return "0%", nil
	}
	r := new(big.Rat).Mul(new(big.Rat).Quo(p, w), big.NewRat(100, 1))
	if r.Cmp(big.NewRat(100, 1)) > 0 {
		return "100%", nil
	}
	return r.FloatString(1) + "%", nil
}

func rat(v any) (*big.Rat, error) {
	switch v := v.(type) {
	case int:
		return big.NewRat(int64(v), 1), nil
	case int64:
		return big.NewRat(v, 1), nil
	case points.Points:
		return big.NewRat(int64(v), 10000), nil
	case decimal.Decimal:
		return v.Rat(), nil
	case *big.Rat:
		return v, nil
	}
	return nil, fmt.Errorf("share: %T is no figure", v)
}
