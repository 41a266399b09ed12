package table

import "encoding/json"

// Body is the sheet in the format of package scoring. accept tells whose
// suggested rules are taken; nil takes none.
func (r *Reading) Body(accept func(id string) bool) []byte {
	if accept == nil {
		accept = func(string) bool { return false }
	}
	doc := fields{}
	for name, raw := range r.set {
		doc[name] = raw
	}
	for i, list := range [][]*Node{r.Criteria, r.Bonus, r.Deduction} {
		var all []fields
		for _, n := range list {
			all = append(all, n.document(true, accept))
		}
		doc.put(partFields[i], all)
	}
	body, err := json.Marshal(doc)
	if err != nil {
		return nil // strings and lists: there is nothing in it that can fail
	}
	return body
}

// Guide are the words on how each criterion is scored, by id.
func (r *Reading) Guide() map[string]string {
	out := map[string]string{}
	r.Walk(func(n *Node, _ int) {
		if n.Guide != "" {
			out[n.ID] = n.Guide
		}
	})
	return out
}

// Walk visits every node in the order of the sheet.
func (r *Reading) Walk(visit func(n *Node, depth int)) {
	walk(r.Criteria, visit)
	walk(r.Bonus, visit)
	walk(r.Deduction, visit)
}
