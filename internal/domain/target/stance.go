package target

// isHeading tells a heading from a sentence or a target.
func (r *reader) isHeading(ends kind) bool {
	toks := r.run.toks
	if len(r.run.quants) > 0 || ends == aStop || ends == aSemicolon || len(toks) > 60 {
		return false
	}
	if r.p.heading {
		return true
	}
	return r.p.rank > 0 && r.p.rank <= rankLetter && len(toks) <= 22 && (ends == aWord || r.run.year(len(toks)-1) > 0) && toks[0].capital && !nones.has(toks, 0)
}

// enter closes the scopes that a paragraph of this rank ends.
func (r *reader) enter(heading bool, length int) {
	rank := r.p.rank
	if rank > 0 {
		for len(r.scopes) > 0 && r.scopes[len(r.scopes)-1].rank >= rank {
			r.scopes = r.scopes[:len(r.scopes)-1]
		}
		for len(r.heads) > 0 && r.heads[len(r.heads)-1] >= rank {
			r.heads = r.heads[:len(r.heads)-1]
		}
		if heading && rank <= rankLetter {
			r.heads = append(r.heads, rank)
		}
		return
	}
	if r.p.cell {
		return
	}
	// prose after a list ends the introduction of the list
	if n := len(r.scopes); n > 0 && r.scopes[n-1].intro && r.scopes[n-1].listed && length >= 12 && !heading {
		r.scopes = r.scopes[:n-1]
	}
}

// push opens a scope at the rank of the paragraph.
func (r *reader) push(st stance, year int, intro bool) {
	rank := r.p.rank
	if rank == rankPlain {
		rank = 5
		if n := len(r.heads); n > 0 {
			rank = r.heads[n-1] + 5
		}
		// an unnumbered heading ends its like; in a table printed cell by cell
		// only one that says something does
		for n := len(r.scopes); n > 0 && r.scopes[n-1].rank >= rank; n = len(r.scopes) {
			if st == silent && (r.p.cell || r.scopes[n-1].intro) {
				break
			}
			r.scopes = r.scopes[:n-1]
		}
	}
	if st == silent || st == neutral && r.top().stance != goal {
		return
	}
	if year == 0 && st == goal {
		year = r.top().year
	}
	if len(r.scopes) < 64 {
		r.scopes = append(r.scopes, scope{rank: rank, stance: st, year: year, intro: intro})
	}
}

// title takes the year and the leaning of the text from its first lines.
func (r *reader) title(toks []token) {
	if r.seen > 8 || r.base != neutral && r.docYear > 0 {
		return
	}
	if len(r.run.quants) == 0 && r.run.toks[len(toks)-1].kind != aStop {
		if at, _ := reviewWords.in(toks, 0, len(toks)); at >= 0 && r.seen <= 4 && len(toks) < 60 {
			if k, _ := pledgeWords.in(toks, 0, len(toks)); k < 0 {
				r.base = past
			}
		}
	}
	if r.docYear > 0 || len(r.run.quants) > 0 {
		return
	}
	if k, _ := yearlyWords.in(toks, 0, len(toks)); k < 0 {
		return
	}
	for i := range toks {
		if toks[i].word == wordNam && i+1 < len(toks) {
			if y := r.run.year(i + 1); y > 0 && y >= 2000 {
				r.docYear = y
				return
			}
		}
	}
}

var (
	reviewWords = list(`tổng kết; sơ kết; báo cáo kết quả; kết quả; báo cáo tổng kết; báo cáo sơ kết`)
	pledgeWords = list(`ký kết; ký giao ước; giao ước thi đua; phát động; đăng ký; kế hoạch`)
	yearlyWords = list(`giao ước; phát động; kế hoạch; thi đua; nhiệm vụ; chỉ tiêu; triển khai; chương trình; phong trào`)
)

// stanceOf weighs the cues of a heading or an introduction.
func (r *reader) stanceOf(a, b int, heading bool) (stance, int) {
	toks := r.run.toks[:b]
	verb, first := 0, 0
	ofGoal, ofRule, calm := false, false, false
	year, lately := 0, 0
	for i := a; i < b; {
		if toks[i].word == wordNam {
			if y := r.run.year(i + 1); y > 0 && (lately == 0 || i-lately > 3) {
				year = y
			}
		}
		m, n := cues.at(toks, i)
		if n == 0 {
			if toks[i].word == wordDone && !agreed.has(toks, i+1) && verb == 0 {
				verb = cuePast
			}
			i++
			continue
		}
		switch m {
		case cueIntent:
			verb = m
		case cuePast:
			if r.inProperName(i) {
				break
			}
			lately = i + n
			if _, g := groundWords.before(toks, a, i); g == 0 {
				verb = m
			}
		case cueGoal:
			ofGoal = true
		case cueRule:
			if r.emulationWork(a, i) || r.inProperName(i) {
				i += n
				continue
			}
			ofRule = true
		case cueNeutral:
			calm = true
		}
		if first == 0 {
			first = m
		}
		i += n
	}
	if !heading {
		if at, _ := planWords.in(toks, a, b); at >= 0 {
			ofGoal = true
		}
		if verb == 0 && r.pledgesIn(a, b) {
			verb = cueIntent
		}
	}
	switch {
	case r.p.rank == rankArt && heading:
		if (verb == cueIntent || ofGoal) && !ofRule && verb != cuePast {
			return goal, year
		}
		return rule, 0
	case heading && first == cueRule:
		return rule, 0
	case heading && first == cueNeutral && !ofGoal:
		return neutral, 0
	case verb == cuePast && !(heading && first == cueGoal):
		return past, year
	case verb == cueIntent || ofGoal:
		if heading && r.p.rank == rankPlain && !r.opensCovenant(a, b) {
			return silent, 0
		}
		return goal, year
	case ofRule:
		return rule, 0
	case calm:
		return neutral, 0
	}
	return silent, year
}

// pledgesIn tells an introduction by which a body binds itself: "Nhà trường đăng
// ký năm học 2025 - 2026: …". An indicator before the verb makes a name of it.
func (r *reader) pledgesIn(a, b int) bool {
	if strongIndicators.has(r.run.toks, a) {
		return false
	}
	at, _ := pledges.in(r.run.toks, a, b)
	return at > a && r.afterComma(at+1, b) > at && !r.anyQuantity(a, at)
}

// emulationWork tells "công tác thi đua, khen thưởng", a field of work, from
// the rules of rewarding.
func (r *reader) emulationWork(a, i int) bool {
	for i > a && r.run.toks[i-1].kind != aWord || i > a && r.run.toks[i-1].word == wordVa {
		i--
	}
	return i-1 > a && r.wordIs(i-1, wordDua) && r.wordIs(i-2, wordThi)
}

var (
	wordThi = learn("thi")
	wordDua = learn("đua")
)

var planWords = list(`kế hoạch năm; kế hoạch đến năm; kế hoạch giai đoạn`)

// opensCovenant tells an unnumbered heading that itself announces targets from
// the title of a paper that has them somewhere.
func (r *reader) opensCovenant(a, b int) bool {
	at, _ := cues.in(r.run.toks, a, b)
	return at >= 0 && at-a <= 3 && b-a <= 24
}
