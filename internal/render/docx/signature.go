package docx

const roomToSign = 1250 // 22 mm for signature and seal

// foot writes signatures and recipients. One signature stands at the right with
// the recipients at its left; several stand side by side, recipients beneath.
func (p Paper) foot(b *body) {
	if len(p.Signatures) == 0 && len(p.Recipients) == 0 {
		return
	}
	b.gap(160, true)
	if len(p.Signatures) <= 1 {
		left := b.width() * 47 / 100
		widths := []int{left, b.width() - left}
		b.grid(widths...)
		b.gridRow(widths, func() { p.recipients(b) }, func() {
			for _, s := range p.Signatures {
				s.title(b, widths[1])
				s.name(b)
			}
		})
		b.raw(`</w:tbl>`)
		b.gap(20, false)
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

// title writes what stands over the signature.
func (s Signature) title(b *body, width int) {
	lines := append([]string{s.Unit}, s.Lines...)
	half := 28
	if s.Unit != "" {
		half = 26
	}
	for _, line := range lines {
		if line = upper(line); line != "" {
			side, _ := balance(line, half/2, width)
			b.paragraph(paraStyle{align: Center, tight: true, keepNext: true, half: half, left: side, right: side}, []Run{B(line)})
		}
	}
	if s.Note != "" {
		side, _ := balance(s.Note, 13, width)
		b.paragraph(paraStyle{align: Center, tight: true, keepNext: true, half: 26, left: side, right: side}, []Run{I(s.Note)})
	}
}

// name writes the signer's name under the room for the signature.
func (s Signature) name(b *body) {
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

// signatures writes the blocks rank by rank, each a table of its own: titles in
// one row and names in the next, so that names stand level whatever the length
// of the titles, and a rank never parts over two pages. What is left over for
// the last rank is centred under the others.
func (b *body) signatures(signers []Signature, columns int) {
	columns = max(columns, 1)
	for len(signers) > 0 {
		rank := signers[:min(columns, len(signers))]
		signers = signers[len(rank):]
		widths := make([]int, len(rank))
		titles, names := make([]func(), len(rank)), make([]func(), len(rank))
		for i, s := range rank {
			widths[i] = b.width() / columns
			titles[i] = func() { s.title(b, widths[i]) }
			names[i] = func() { s.name(b) }
		}
		b.grid(widths...)
		b.gridRow(widths, titles...)
		b.gridRow(widths, names...)
		b.raw(`</w:tbl>`)
		b.gap(160, false)
	}
}
