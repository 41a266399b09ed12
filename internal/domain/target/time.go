package target

// moment is a phrase of time: đến hết năm 2023, trong năm 2023, giai đoạn 2021 - 2025.
type moment struct {
	kind int // timeBy, timeIn, timeSpan, timeEvery, timeDay
	year int // the last year it names, 0 if it names none
	from int // where a span begins
}

// momentAt reads the phrase of time at toks[i]; next is i if there is none.
func (r *run) momentAt(i, end int) (m moment, next int) {
	toks := r.toks[:end]
	if m, next := r.monthsAt(i, end); next > i {
		return m, next
	}
	k, n := timeHeads.at(toks, i)
	if n == 0 {
		if y := r.year(i); y > 0 && i+2 < end && toks[i+1].kind == aDash && r.year(i+2) > 0 { // 2021 - 2025
			return moment{kind: timeSpan, year: r.year(i + 2), from: y}, i + 3
		}
		if _, n := dayHeads.at(toks, i); n > 0 {
			y, after := r.dateAt(i+n, end)
			if after == i+n+5 && y > 0 || after == i+n+3 && deadlines.has(toks, i) && toks[after-1].glued {
				return moment{kind: timeBy, year: y}, after // đến 31/12/2026, trước 30/4
			}
		}
		return moment{}, i
	}
	j := i + n
	last := toks[j-1].word
	if j < end {
		if y := r.year(j); y > 0 {
			m = moment{kind: k, year: y}
			j++
			if j+1 < end && toks[j].kind == aDash && r.year(j+1) > 0 {
				return moment{kind: timeSpan, year: r.year(j + 1), from: y}, j + 2
			}
			if j+1 < end && toks[j].kind == aDash && k == timeIn && r.kindAt(j+1) == aNumber && len(r.number(j+1)) == 2 {
				j += 2 // năm học 2022-23
			}
			if toks[i].word == wordTu || last == wordTu { // từ năm 2021 đến năm 2025
				if to, after := r.momentAt(j, end); after > j && to.kind == timeBy && to.year > 0 {
					return moment{kind: timeSpan, year: to.year, from: y}, after
				}
			}
			if k == timeEvery {
				m.kind = timeIn
				if toks[i].word == wordDen {
					m.kind = timeBy
				}
			}
			return m, j
		}
		// trước ngày 31/12/2025, đến hết tháng 6 năm 2025, quý I/2023
		if k == timeDay || k == timeBy {
			if y, after := r.dateAt(j, end); after > j && (k == timeDay || y > 0 || after > j+1) { // từ 15 đến 60 is no time
				if withinWords.has(toks, i) {
					return moment{kind: timeIn, year: y}, after // quý I/2025, trong tháng 5/2025
				}
				return moment{kind: timeBy, year: y}, after
			}
			if toks[j].word == wordNgay || toks[j].word == wordThang {
				if y, after := r.dateAt(j+1, end); after > j+1 {
					return moment{kind: timeBy, year: y}, after
				}
			}
		}
	}
	if k == timeBy && n > 2 && (last == wordNam || last == wordKy) { // từ nay đến cuối năm
		return moment{kind: timeEvery}, j
	}
	if _, w := yearless.at(toks, i); k == timeEvery || w == n {
		return moment{kind: timeEvery}, j
	}
	return moment{}, i
}

var wordKy = learn("kỳ")

// withinWords before a month or a quarter say when something is, not by when.
var withinWords = list(`quý; tháng; trong; vào`)

// yearless are phrases of time that need no year, though one may follow.
var yearless = list(everyWords)

// monthsAt reads "trong 6 tháng đầu năm 2023", "9 tháng", "3 tháng cuối năm".
func (r *run) monthsAt(i, end int) (m moment, next int) {
	toks := r.toks[:end]
	j := i
	if j < end && toks[j].word == wordTrong {
		j++
	}
	if j+1 >= end || toks[j].kind != aNumber || len(r.number(j)) > 2 || toks[j+1].word != wordThang {
		return moment{}, i
	}
	j += 2
	_, n := monthParts.at(toks, j)
	if n == 0 {
		return moment{}, i
	}
	m.kind = timeElapsed
	if w := toks[j].word; w == wordCuoi || w == wordToi {
		m.kind = timeEvery
	}
	j += n
	if y := r.year(j); y > 0 && j < end {
		m.year = y
		j++
	}
	return m, j
}

// dateAt reads 31/12/2025, 31 tháng 12 năm 2025, 12/2025, 6 năm 2025.
func (r *run) dateAt(i, end int) (year, next int) {
	toks := r.toks[:end]
	j := i
	if j < end && (toks[j].kind == aNumber || toks[j].kind == aWord && toks[j].capital && isRoman(r.slice(j, j+1))) {
		j++
	} else {
		return 0, i
	}
	for j+1 < end {
		switch {
		case (toks[j].kind == aSlash || toks[j].kind == aDash) && toks[j+1].kind == aNumber:
			j += 2
		case (toks[j].word == wordThang || toks[j].word == wordNam) && toks[j+1].kind == aNumber:
			j += 2
		default:
			return r.year(j - 1), j
		}
	}
	return r.year(j - 1), j
}

// baseAt reads what a figure stands against: so với năm 2022, kế hoạch, dự toán.
func (r *run) baseAt(i, end int) (b Base, next int) {
	toks := r.toks[:end]
	j := i
	_, n := compared.at(toks, i)
	w := r.wordAt(i)
	j += n
	m, k := against.at(toks, j)
	switch {
	case k > 0 && (n > 0 || m == againstPlan || m == againstBudget || m == againstPeriod) && !(w == wordTren && n > 0 && m == againstShare):
		j += k
		switch m {
		case againstPlan:
			b.Kind = BasePlan
		case againstBudget:
			b.Kind = BaseBudget
		case againstPeriod:
			b.Kind = BaseSamePeriod
		case againstYear:
			b.Kind = BaseYear
		case againstShare:
			b.Kind = BaseShare
		}
		if t, after := r.momentAt(j, end); after > j {
			if b.Kind == BaseSamePeriod || b.Kind == BaseYear {
				b.Year = t.year
			}
			j = after
		} else if (b.Kind == BaseSamePeriod || b.Kind == BaseYear) && r.year(j) > 0 {
			b.Year = r.year(j)
			j++
		}
		if b.Kind == BaseShare && n > 0 && w != wordSoWith {
			return Base{}, i
		}
		return b, j
	case n > 0 && (w == wordSoWith):
		if t, after := r.momentAt(j, end); after > j && t.year > 0 {
			return Base{Kind: BaseYear, Year: t.year}, after
		}
		if y := r.year(j); y > 0 {
			return Base{Kind: BaseYear, Year: y}, j + 1
		}
		// so với something else: up to the end of the phrase
		for depth := toks[i].depth; j < end && toks[j].depth >= depth; j++ {
			switch toks[j].kind {
			case aComma, aSemicolon, aStop, aColon:
				return Base{}, j
			}
		}
		return Base{}, j
	}
	return Base{}, i
}

var wordSoWith = learn("so")
