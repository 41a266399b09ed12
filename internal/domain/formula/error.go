package formula

import (
	"github.com/thidua/thidua/internal/platform/locale"
)

// Error is one thing wrong with a formula, or with its evaluation.
type Error struct {
	Pos         int    // of the first character, from 1, in the composed source
	Near        string // the piece of the source that it is about; may be empty
	Unit        int    // of an error inside an aggregate: the index of the unit, else −1
	locale.Text        // what is wrong and what to do
}

// Sentence is the whole sentence with the place in front.
func (e *Error) Sentence() locale.Text {
	if e.Near == "" {
		return locale.Msg("công thức, ký tự thứ {.pos}: {.what}", "pos", e.Pos, "what", e.Text)
	}
	return locale.Msg("công thức, ký tự thứ {.pos} (“{.near}”): {.what}", "pos", e.Pos, "near", e.Near, "what", e.Text)
}

func (e *Error) Error() string {
	s := e.Sentence()
	return locale.Vietnamese.Say(s.Text, s.Args)
}

// longest is how much of the source an error repeats.
const longest = 40

// wrong is an error about the characters from..to of the source.
func wrong(source []rune, from, to int, text locale.Text) *Error {
	e := &Error{Pos: from + 1, Unit: -1, Text: text}
	if to > from {
		near := source[from:min(to, len(source))]
		if len(near) > longest {
			near = append(append([]rune{}, near[:longest]...), '…')
		}
		e.Near = string(near)
	}
	return e
}
