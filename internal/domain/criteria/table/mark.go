package table

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// mark is what the program writes into a hidden column beside each row of a
// table that it makes: all of a criterion that the visible columns cannot say.
// Read again, the visible columns win; the mark brings back the rest.
type mark struct {
	ID        string          `json:"id,omitempty"`
	In        string          `json:"in,omitempty"`   // id of the row above it in the tree
	Part      scoring.Part    `json:"part,omitempty"` // bonus, deduction
	TT        string          `json:"tt,omitempty"`   // the number as printed: changed, the row was moved by hand
	Said      string          `json:"said,omitempty"` // of the words of the rule, where they fill the column
	NA        string          `json:"na,omitempty"`
	Indicator string          `json:"indicator,omitempty"`
	Clamp     string          `json:"clamp,omitempty"`
	Rank      *bool           `json:"rank,omitempty"`
	Threshold *bool           `json:"threshold,omitempty"`
	Rule      json.RawMessage `json:"rule,omitempty"`
	Sheet     *settings       `json:"sheet,omitempty"` // on the row of the total alone
}

// settings are what a sheet says besides its criteria.
type settings struct {
	Rounding json.RawMessage `json:"rounding,omitempty"`
	Ties     []string        `json:"ties,omitempty"`
}

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
	probe := document{}
	if m.Sheet != nil {
		probe.Rounding = m.Sheet.Rounding
	} else {
		if m.ID == "" || m.ID != vntext.Line(m.ID) || len(m.ID) > longestID || strings.ContainsAny(m.ID, notInID) {
			return nil
		}
		c := &criterion{ID: m.ID, NA: m.NA, Indicator: m.Indicator, Clamp: m.Clamp, Rank: m.Rank, Threshold: m.Threshold, Rule: m.Rule}
		switch m.Part {
		case scoring.Bonus:
			probe.Bonus = []*criterion{c}
		case scoring.Deduction:
			probe.Deduction = []*criterion{c}
		case "":
			if c.Clamp != "" || c.Rank != nil || c.Threshold != nil {
				return nil
			}
			probe.Criteria = []*criterion{c}
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
