package docx

// endSection closes the section in a paragraph of its own, as small as can be.
func (b *body) endSection() {
	b.raw(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`)
	b.sectionProperties()
	b.raw(`</w:pPr></w:p>`)
	b.fresh = false
	b.sectionStart = b.xml.Len()
}

// sectionProperties writes paper, margins and page number of the section that
// ends here. A section that starts a count shows no number on its first page.
func (b *body) sectionProperties() {
	b.raw(`<w:sectPr><w:headerReference w:type="default" r:id="rIdNumbered"/><w:headerReference w:type="first" r:id="rIdFirst"/><w:type w:val="nextPage"/>`)
	if b.landscape {
		b.raw(`<w:pgSz w:w="%d" w:h="%d" w:orient="landscape"/>`, pageLong, pageShort)
	} else {
		b.raw(`<w:pgSz w:w="%d" w:h="%d"/>`, pageShort, pageLong)
	}
	b.raw(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		marginTop, marginSide, marginTop, marginBinding, marginHead, marginHead)
	if b.fresh {
		b.raw(`<w:pgNumType w:start="1"/>`)
	}
	b.raw(`<w:cols w:space="720"/>`)
	if b.fresh {
		b.raw(`<w:titlePg/>`)
	}
	b.raw(`</w:sectPr>`)
}

// header is the part of the page head: the number in the middle from the second
// page on (NĐ 30), and the watermark of a draft behind the text.
func header(numbered, draft bool) string {
	s := xmlHead + `<w:hdr ` + namespaces + `>`
	s += `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>`
	if draft {
		s += watermark
	}
	if numbered {
		s += `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	return s + `</w:p></w:hdr>`
}

// watermark is the WordArt that Word itself makes for a watermark; shape type
// 136 is its plain text on a path.
const watermark = `<w:r><w:rPr><w:noProof/></w:rPr><w:pict>` +
	`<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>` +
	`<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>` +
	`</v:formulas><v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>` +
	`<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="DỰ THẢO" style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:110pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt;font-weight:bold" string="DỰ THẢO"/></v:shape>` +
	`</w:pict></w:r>`
