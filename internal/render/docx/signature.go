package docx

const roomToSign = 1250 // 22 mm for signature and seal

// foot writes signatures and recipients. One signature stands at the right with
// the recipients at its left; several stand side by side, recipients beneath.
func (p Paper) foot(b *body) {
	if len(p.Signatures) == 0 && len(p.Recipients) == 0 {
		return
	}
	b.raw(`<w:p><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>`)
	if len(p.Signatures) <= 1 {
		left := b.width() * 47 / 100
		widths := []int{left, b.width() - left}
		b.grid(widths...)
		b.gridRow(widths, func() { p.recipients(b) }, func() {
			for _, s := range p.Signatures {
				s.write(b)
			}
		})
		b.raw(`</w:tbl>`)
		b.afterTable()
		return
	}
	b.signatures(p.Signatures, len(p.Signatures))
	if len(p.Recipients) > 0 {
		p.recipients(b)
	}
}

// recipients writes nơi nhận: 12 bold italic, the list 11, every line closed.
func (p Paper) recipients(b *body) {
	if len(p.Recipients) == 0 {
		return
	}
	b.paragraph(paraStyle{align: Left, tight: true, half: 24}, []Run{{Text: "Nơi nhận:", Bold: true, Italic: true}})
	for i, r := range p.Recipients {
		mark := ";"
		if i == len(p.Recipients)-1 {
			mark = "."
		}
		b.paragraph(paraStyle{align: Left, tight: true, half: 22}, []Run{T("- " + closed(r, mark))})
	}
}

func (s Signature) write(b *body) {
	if s.Unit != "" {
		b.paragraph(paraStyle{align: Center, tight: true, keepNext: true, half: 26}, []Run{B(upper(s.Unit))})
	}
	for _, line := range s.Lines {
		half := 28
		if s.Unit != "" {
			half = 26
		}
		b.paragraph(paraStyle{align: Center, tight: true, keepNext: true, half: half}, []Run{B(upper(line))})
	}
	if s.Note != "" {
		b.paragraph(paraStyle{align: Center, tight: true, keepNext: true, half: 26}, []Run{I(s.Note)})
	}
	name := s.Name
	if clean(name) == "" {
		name = "\u00a0"
	}
	b.paragraph(paraStyle{align: Center, tight: true, before: roomToSign}, []Run{B(name)})
}

func (t SignatureTable) write(b *body) {
	if t.Title != "" {
		b.paragraph(paraStyle{align: Center, before: 160, after: 80, keepNext: true}, []Run{B(upper(t.Title))})
	}
	columns := t.Columns
	if columns <= 0 {
		columns = 2
	}
	b.signatures(t.Signers, columns)
}

// signatures writes the blocks row by row. What is left over in the last row is
// centred under the others.
func (b *body) signatures(signers []Signature, columns int) {
	for len(signers) > 0 {
		n := min(columns, len(signers))
		if full := len(signers) / columns; full > 0 {
			n = full * columns
		}
		per := min(columns, n)
		widths := make([]int, per)
		for i := range widths {
			widths[i] = b.width() / columns
		}
		b.grid(widths...)
		for at := 0; at < n; at += per {
			cells := make([]func(), per)
			for i := range cells {
				s := signers[at+i]
				cells[i] = func() {
					b.raw(`<w:p><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>`)
					s.write(b)
				}
			}
			b.gridRow(widths, cells...)
		}
		b.raw(`</w:tbl>`)
		b.afterTable()
		signers = signers[n:]
	}
}
