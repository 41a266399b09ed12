package table

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// mark is what the program writes into a hidden column beside each row of a
// table that it makes: all of a criterion that the visible columns cannot say.
// Read again, the visible columns win; the mark brings back the rest.
type mark struct {
	ID    string       `json:"id,omitempty"`
	In    string       `json:"in,omitempty"`   // id of the row above it in the tree
	Part  scoring.Part `json:"part,omitempty"` // bonus, deduction
	TT    string       `json:"tt,omitempty"`   // the number as printed: changed, the row was moved by hand
	Said  string       `json:"said,omitempty"` // of the words of the rule, where they fill the column
	Clamp string       `json:"clamp,omitempty"`
	Rest  fields       `json:"rest,omitempty"`
	Sheet fields       `json:"sheet,omitempty"` // on the row of the total alone: all but the criteria
}

// shown are the fields of a criterion that the columns and the mark's own say.
var shown = []string{"id", "name", "max", "clamp", "children"}

// parts are the fields of a sheet that the rows are.
var partFields = []string{string(scoring.Main), string(scoring.Bonus), string(scoring.Deduction)}

// markOf reads a cell of the hidden column; nil when it is none of ours or was
// changed into what no sheet can hold.
func markOf(text string) *mark {
	if !strings.HasPrefix(text, "{") {
		return nil
	}
	m := &mark{}
	if json.Unmarshal([]byte(text), m) != nil {
		return nil
	}
	probe := fields{}
	if m.Sheet != nil {
		for name, raw := range m.Sheet {
			if probe[name] = raw; slices.Contains(partFields, name) {
				return nil
			}
		}
	} else {
		if m.ID == "" || m.ID != vntext.Line(m.ID) || len(m.ID) > longestID || strings.ContainsAny(m.ID, notInID) {
			return nil
		}
		c := fields{}
		for name, raw := range m.Rest {
			if c[name] = raw; slices.Contains(shown, name) {
				return nil
			}
		}
		c["id"] = quoted(m.ID)
		c.set("clamp", m.Clamp)
		switch m.Part {
		case scoring.Bonus, scoring.Deduction:
			probe.put(string(m.Part), []fields{c})
		case "":
			probe.put(string(scoring.Main), []fields{c})
		default:
			return nil
		}
	}
	body, err := json.Marshal(probe)
	if err != nil {
		return nil
	}
	if _, problems := scoring.ParseSheet(body); len(problems) > 0 {
		return nil
	}
	return m
}

// printOf is a short sum of a text, by which it is known again.
func printOf(text string) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(text), " ")))
	return hex.EncodeToString(sum[:6])
}

const (
	longestID = 40
	notInID   = `/\"'<>?#&%`
)
