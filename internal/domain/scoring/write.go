package scoring

import (
	"bytes"
	"encoding/json"

	"github.com/thidua/thidua/internal/platform/points"
)

// MarshalJSON writes the sheet in the format that ParseSheet reads, always the
// same way, so that equal sheets are equal bytes.
func (s *Sheet) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Rounding  Rounding     `json:"rounding"`
		Criteria  []*Criterion `json:"criteria"`
		Bonus     []*Criterion `json:"bonus,omitempty"`
		Deduction []*Criterion `json:"deduction,omitempty"`
		Ties      []string     `json:"ties,omitempty"`
		Grades    []*Grade     `json:"grades,omitempty"`
		Knockouts []*Mark      `json:"knockouts,omitempty"`
		Holds     []*Mark      `json:"holds,omitempty"`
		Caps      []*Mark      `json:"caps,omitempty"`
	}{s.Rounding, append([]*Criterion{}, s.Criteria...), s.Bonus, s.Deduction, s.Ties, s.Grades, s.Knockouts, s.Holds, s.Caps})
}

// UnmarshalJSON reads what ParseSheet reads and fails with all its problems.
func (s *Sheet) UnmarshalJSON(b []byte) error {
	read, problems := ParseSheet(b)
	if len(problems) > 0 {
		return Faults(problems)
	}
	*s = *read
	return nil
}

// MarshalJSON writes {"scale": 2, "at": "criterion"}.
func (r Rounding) MarshalJSON() ([]byte, error) {
	at := r.At
	if at == "" {
		at = AtCriterion
	}
	return json.Marshal(struct {
		Scale int `json:"scale"`
		At    At  `json:"at"`
	}{r.Scale, at})
}

// MarshalJSON writes the criterion with what it has.
func (c *Criterion) MarshalJSON() ([]byte, error) {
	out := struct {
		ID        string          `json:"id"`
		Name      string          `json:"name,omitempty"`
		Max       *points.Points  `json:"max,omitempty"`
		NA        Policy          `json:"na,omitempty"`
		Evidence  any             `json:"evidence,omitempty"` // true or "required"
		Indicator string          `json:"indicator,omitempty"`
		Clamp     *Number         `json:"clamp,omitempty"`
		Rank      *bool           `json:"rank,omitempty"`
		Threshold *bool           `json:"threshold,omitempty"`
		Rule      json.RawMessage `json:"rule,omitempty"`
		Children  []*Criterion    `json:"children,omitempty"`
	}{ID: c.ID, Name: c.Name, NA: c.NA, Indicator: c.Indicator, Children: c.Children}
	switch {
	case c.Proof:
		out.Evidence = "required"
	case c.Evidence:
		out.Evidence = true
	}
	if !c.NoMax {
		out.Max = &c.Max
	}
	if c.Clamp.Given() {
		out.Clamp = &c.Clamp
	}
	no := false
	if c.Part != Main && !c.Rank {
		out.Rank = &no
	}
	if c.Part != Main && !c.Threshold {
		out.Threshold = &no
	}
	if c.Rule != nil {
		b, err := marshalRule(c.Rule)
		if err != nil {
			return nil, err
		}
		out.Rule = b
	}
	return json.Marshal(out)
}

// marshalRule writes the kind and every parameter that was given, in the order
// of the rule's declaration.
func marshalRule(r Rule) (json.RawMessage, error) {
	var b bytes.Buffer
	kind, err := json.Marshal(r.Kind())
	if err != nil {
		return nil, err
	}
	b.WriteString(`{"kind":`)
	b.Write(kind)
	for _, p := range r.params() {
		v := p.write()
		if v == nil {
			continue
		}
		name, err := json.Marshal(p.Name)
		if err != nil {
			return nil, err
		}
		val, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		b.WriteByte(',')
		b.Write(name)
		b.WriteByte(':')
		b.Write(val)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
