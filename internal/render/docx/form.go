package docx

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/thidua/thidua/internal/platform/clock"
)

const (
	nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	motto  = "Độc lập - Tự do - Hạnh phúc"
)

// text writes the whole paper: the order of the parts is the one of NĐ 30.
func (p Paper) text() string {
	b := &body{fresh: true}
	p.head(b)
	p.title(b)
	p.addressees(b)
	p.bases(b)
	b.blocks(p.Body, len(p.Signatures) > 0)
	p.foot(b)
	for _, a := range p.Annexes {
		b.endSection()
		b.fresh = true
		b.landscape = false
		a.write(b)
	}
	b.sectionProperties()
	return b.xml.String()
}

func (p Paper) head(b *body) {
	national := func(width int) func() {
		return func() {
			b.paragraph(paraStyle{align: Center, tight: true, half: 26}, []Run{B(nation)})
			b.paragraph(paraStyle{align: Center, tight: true, half: 28}, []Run{B(motto)})
			b.rule(width, textWidth(motto, 14), 0)
		}
	}
	if p.Letterhead == Centred {
		national(b.width())()
		if p.Place != "" || p.Day != "" || p.Year > 0 {
			b.paragraph(paraStyle{align: Right, before: 120, tight: true}, []Run{I(p.dateline())})
		}
		return
	}
	widths := []int{b.width() - mm(97), mm(97)}
	b.grid(widths...)
	b.gridRow(widths, func() {
		if parent := upper(p.Parent); parent != "" {
			side, _ := balance(parent, 13, widths[0])
			b.paragraph(paraStyle{align: Center, tight: true, half: 26, left: side, right: side}, []Run{T(parent)})
		}
		if agency := upper(p.Agency); agency != "" {
			side, widest := balance(agency, 13, widths[0])
			b.paragraph(paraStyle{align: Center, tight: true, half: 26, left: side, right: side}, []Run{B(agency)})
			b.rule(widths[0], widest*2/5, 0)
		}
	}, national(widths[1]))
	b.gridRow(widths, func() {
		if p.Symbol != "" {
			b.paragraph(paraStyle{align: Center, before: 120, tight: true, half: 26}, []Run{T(p.numberLine())})
		}
		if p.Kind == "" && p.Abstract != "" {
			about := "V/v " + p.Abstract
			side, _ := balance(about, 13, widths[0])
			b.paragraph(paraStyle{align: Center, before: 120, tight: true, half: 26, left: side, right: side}, []Run{T(about)})
		}
	}, func() {
		b.paragraph(paraStyle{align: Center, before: 120, tight: true}, []Run{I(p.dateline())})
	})
	b.raw(`</w:tbl>`)
	b.gap(120, false)
}

func (p Paper) numberLine() string {
	n := strings.TrimSpace(clean(p.Number))
	if n == "" {
		n = "        "
	} else if v, err := strconv.Atoi(n); err == nil && v > 0 && v < 10 {
		n = fmt.Sprintf("%02d", v)
	}
	return "Số: " + n + "/" + clean(p.Symbol)
}

// dateline writes place and date; NĐ 30 puts a zero before days below 10 and
// before the months 1 and 2 only.
func (p Paper) dateline() string {
	place := strings.TrimSpace(clean(p.Place))
	if place == "" {
		place = "…………"
	}
	place += ", "
	date := fmt.Sprintf("ngày %s tháng %s năm ", strings.Repeat("\u00a0", 6), strings.Repeat("\u00a0", 6))
	if p.Year > 0 {
		date += strconv.Itoa(p.Year)
	} else {
		date += strings.Repeat("\u00a0", 8)
	}
	if d := DateInWords(p.Day); d != "" {
		date = d
	}
	return place + date
}

// DateInWords writes "ngày 05 tháng 3 năm 2026", as it stands in the head and in
// the text of papers; a day that is none gives "".
func DateInWords(d clock.Day) string {
	t, err := time.Parse("2006-01-02", string(d))
	if err != nil {
		return ""
	}
	month := strconv.Itoa(int(t.Month()))
	if t.Month() <= 2 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", t.Day(), month, t.Year())
}

func (p Paper) title(b *body) {
	if p.Kind == "" {
		return
	}
	b.paragraph(paraStyle{style: "Title"}, []Run{T(upper(p.Kind))})
	if p.Abstract != "" {
		side, widest := balance(p.Abstract, 14, b.width())
		b.paragraph(paraStyle{align: Center, tight: true, keepNext: true, left: side, right: side}, []Run{B(p.Abstract)})
		b.rule(b.width(), widest*2/5, 200)
	}
}

func (p Paper) addressees(b *body) {
	switch len(p.To) {
	case 0:
	case 1:
		b.paragraph(paraStyle{align: Center, before: 120, after: 120}, []Run{T("Kính gửi: " + closed(p.To[0], "."))})
	default:
		left, hang := mm(45), mm(24)
		for i, to := range p.To {
			mark := ";"
			if i == len(p.To)-1 {
				mark = "."
			}
			st := paraStyle{left: left, before: 60, tab: left}
			line := "- " + closed(to, mark)
			if i == 0 {
				st.before, st.hanging = 120, hang
				line = "Kính gửi:\t" + line
			}
			if i == len(p.To)-1 {
				st.after = 120
			}
			b.paragraph(st, []Run{T(line)})
		}
	}
}

func (p Paper) bases(b *body) {
	if p.Issuer != "" {
		b.paragraph(paraStyle{align: Center, before: 120, after: 120, keepNext: true}, []Run{B(upper(p.Issuer))})
	}
	for i, base := range p.Bases {
		mark := ";"
		if i == len(p.Bases)-1 {
			mark = "."
		}
		b.paragraph(paraStyle{style: "BodyText"}, []Run{I(closed(base, mark))})
	}
	if p.Enacts != "" {
		b.paragraph(paraStyle{align: Center, before: 160, after: 120, keepNext: true}, []Run{B(upper(p.Enacts))})
	}
}

// write keeps the whole annex in one direction: across where any of its tables is.
func (a Annex) write(b *body) {
	for _, block := range a.Body {
		if t, ok := block.(Table); ok && t.Landscape {
			b.landscape = true
		}
	}
	if a.Name != "" {
		b.paragraph(paraStyle{style: "Title"}, []Run{T(a.Name)})
	}
	if a.Title != "" {
		title := upper(a.Title)
		side, _ := balance(title, 14, b.width())
		b.paragraph(paraStyle{align: Center, tight: true, keepNext: true, left: side, right: side}, []Run{B(title)})
	}
	if a.With != "" {
		b.paragraph(paraStyle{align: Center, after: 120, tight: true, keepNext: true}, []Run{I(a.With)})
	}
	for _, block := range a.Body {
		if block != nil {
			block.write(b)
		}
	}
}
