package criteria

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Inherit gives the criteria of a sheet that was read from a file what people
// have set for the same criteria (the same id and name) in another version: a
// table in Excel has words where the program has rules, and reading it again
// must not undo the work of an afternoon. What the file says itself (names,
// points, a rule other than points typed in) stays.
func Inherit(body, from []byte) ([]byte, error) {
	now, was := object{}, object{}
	for _, one := range []struct {
		body []byte
		into *object
	}{{body, &now}, {from, &was}} {
		if err := json.Unmarshal(one.body, one.into); err != nil {
			return nil, fault.Wrap(err)
		}
	}
	ids := map[string]bool{}
	for _, part := range []string{"criteria", "bonus", "deduction"} {
		old := map[string]object{}
		was.each(part, func(c object) { old[c.text("id")] = c })
		now.each(part, func(c object) {
			id := c.text("id")
			if ids[id] = true; old[id] == nil || vntext.Fold(old[id].text("name")) != vntext.Fold(c.text("name")) || (old[id]["children"] == nil) != (c["children"] == nil) {
				return
			}
			if plain(c["rule"]) && c["children"] == nil {
				delete(c, "rule")
			}
			c.take(old[id], "max", "children")
		})
	}
	now.take(was, "criteria", "bonus", "deduction")
	var ties []string
	if now["ties"] != nil && json.Unmarshal(now["ties"], &ties) == nil {
		// A step is a criterion, or one of its figures ("2.actual").
		ties = slices.DeleteFunc(ties, func(step string) bool {
			end := strings.LastIndexByte(step, '.')
			return !ids[step] && (end < 0 || !ids[step[:end]])
		})
		now.set("ties", ties)
	}
	out, err := json.Marshal(now)
	if err != nil {
		return nil, fault.Wrap(err)
	}
	return canonical(out)
}

// object is a part of a sheet's document with its fields as they are written,
// so that what package scoring learns is inherited without a word here.
type object map[string]json.RawMessage

func (o object) text(name string) (s string) {
	if json.Unmarshal(o[name], &s) != nil {
		return ""
	}
	return s
}

func (o object) set(name string, v any) {
	if raw, err := json.Marshal(v); err == nil { // made of what was read as JSON
		o[name] = raw
	}
}

// take fills in what the object does not say, but for the fields left out.
func (o object) take(from object, out ...string) {
	for name, raw := range from {
		if o[name] == nil && !slices.Contains(out, name) {
			o[name] = raw
		}
	}
}

// each visits the criteria of a list and those below them, and keeps what the
// visit changes.
func (o object) each(list string, visit func(c object)) {
	var all []object
	if o[list] == nil || json.Unmarshal(o[list], &all) != nil {
		return
	}
	for _, c := range all {
		visit(c)
		c.each("children", visit)
	}
	o.set(list, all)
}

// plain tells whether a rule is that of points typed in.
func plain(rule json.RawMessage) bool {
	var k struct{ Kind string }
	return len(rule) == 0 || json.Unmarshal(rule, &k) == nil && k.Kind == "direct"
}
