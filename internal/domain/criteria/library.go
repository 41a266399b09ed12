package criteria

import (
	"embed"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/thidua/thidua/internal/platform/fault"
)

// What the program ships: sheets of published plans and decisions, as data in
// the format of everybody's sheets, read by the same code. Names and rules are
// in the house's words; Source says where they come from.
//
//go:embed library
var shipped embed.FS

// Model is a sheet of the library that the program ships.
type Model struct {
	Key    string   `json:"key"`
	Name   string   `json:"name"`
	Source string   `json:"source"`
	About  []string `json:"about"` // where it differs from its source, and how to use it
	File   string   `json:"file"`
	Body   []byte   `json:"-"` // as package scoring writes it
	Guide  Guide    `json:"-"`
}

// Library are the sheets that the program ships. They are part of the program:
// that each can be read and adopted is for a test to see.
var Library = sync.OnceValues(func() ([]Model, error) {
	index, err := shipped.ReadFile("library/index.json")
	if err != nil {
		return nil, fault.Wrap(err)
	}
	var all []Model
	if err := json.Unmarshal(index, &all); err != nil {
		return nil, fault.Wrap(err)
	}
	for i := range all {
		m := &all[i]
		raw, err := shipped.ReadFile("library/" + m.File)
		if err != nil {
			return nil, fault.Wrap(err)
		}
		if m.Body, err = canonical(raw); err != nil {
			return nil, fault.Wrap(fmt.Errorf("criteria: %s: %w", m.File, err))
		}
		words, err := shipped.ReadFile("library/" + m.Key + ".guide.json")
		if err != nil {
			continue // a sheet whose rules say everything has none
		}
		if err := json.Unmarshal(words, &m.Guide); err != nil {
			return nil, fault.Wrap(err)
		}
	}
	return all, nil
})

// ModelOf is a sheet of the shipped library.
func ModelOf(key string) (Model, error) {
	all, err := Library()
	if err != nil {
		return Model{}, err
	}
	for _, m := range all {
		if m.Key == key {
			return m, nil
		}
	}
	return Model{}, fault.Missing()
}

// Version shows the model as a version of a sheet, for the pages that show one.
func (m Model) Version() SheetVersion {
	return SheetVersion{Number: 1, Body: m.Body, Hash: hashOf(m.Body)}
}
