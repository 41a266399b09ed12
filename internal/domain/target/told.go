package target

// What shows that a sentence of prose tells what is or was, though no heading
// and no introduction says so.

// toldLater tells whether a sentence of prose says further on that something has
// been done, and nothing of what shall be.
func (r *reader) toldLater(a, b int) bool {
	done := r.measuredAgainstPlan(a, b)
	for i := a; i < b; i++ {
		if m, n := cues.at(r.run.toks[:b], i); n > 0 && m == cueIntent {
			return false
		}
		done = done || r.wordIs(i, wordDone) && !agreed.has(r.run.toks[:b], i+1)
	}
	return done
}

// measuredAgainstPlan tells "…, đạt 74,6% kế hoạch" behind another figure: what
// was reached is set against the plan.
func (r *reader) measuredAgainstPlan(a, b int) bool {
	first := r.firstQuantity(a, b)
	for n := first + 1; first >= 0 && n < len(r.run.quants) && r.run.quants[n].num < b; n++ {
		q := &r.run.quants[n]
		if q.u.kind == percent && q.linked && q.change == Level && r.run.kindAt(q.first-1) == aComma && r.againstPlan(q.end, b) {
			return true
		}
	}
	return false
}

// namesPerson tells whether a sentence begins with a person: "Ông Nguyễn Văn A …".
func (r *reader) namesPerson(a, b int) bool {
	toks := r.run.toks
	return a+2 < b && persons.has(toks, a) && toks[a].capital && toks[a+1].capital && toks[a+2].capital
}

var persons = list(`ông; bà; anh; chị; cụ; em; cháu`)

// opensWithFact tells whether the first figure of a sentence is a fact: "Cơ quan
// có tổng số 45 biên chế, trong đó …".
func (r *reader) opensWithFact(a, b int) bool {
	q := r.firstQuantity(a, b)
	if q < 0 || !r.isFact(a, r.run.quants[q].first) {
		return false
	}
	for i := a; i < r.run.quants[q].first; i++ {
		if m, n := cues.at(r.run.toks[:b], i); n > 0 && (m == cueIntent || m == cueGoal) {
			return false
		}
	}
	return true
}
