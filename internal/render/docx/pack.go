package docx

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"
)

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordML     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relations  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageRel = "http://schemas.openxmlformats.org/package/2006/relationships"
	mainType   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	namespaces = `xmlns:w="` + wordML + `" xmlns:r="` + relations + `" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`
)

// packed is the time of every file in the package: the earliest that zip can
// tell, so that equal papers are equal bytes.
var packed = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func (p Paper) pack(w io.Writer) error {
	parts := []struct{ name, xml string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"docProps/core.xml", p.properties()},
		{"word/document.xml", xmlHead + `<w:document ` + namespaces + `><w:body>` + p.text() + `</w:body></w:document>`},
		{"word/_rels/document.xml.rels", documentRels},
		{"word/styles.xml", styles},
		{"word/settings.xml", settings},
		{"word/fontTable.xml", fonts},
		{"word/header1.xml", header(true, p.Draft)},
		{"word/header2.xml", header(false, p.Draft)},
	}
	z := zip.NewWriter(w)
	for _, part := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: packed})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, part.xml); err != nil {
			return err
		}
	}
	return z.Close()
}

// properties are the file's title, author and language; no time of making, for it would change the bytes.
func (p Paper) properties() string {
	oneLine := func(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }
	return xmlHead + fmt.Sprintf(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title><dc:creator>%s</dc:creator><dc:language>vi-VN</dc:language></cp:coreProperties>`,
		escape(oneLine(p.Kind+" "+p.Abstract)), escape(oneLine(p.Agency)))
}

const contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + mainType + `document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + mainType + `styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + mainType + `settings+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="` + mainType + `fontTable+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="` + mainType + `header+xml"/>` +
	`<Override PartName="/word/header2.xml" ContentType="` + mainType + `header+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

const packageRels = xmlHead + `<Relationships xmlns="` + packageRel + `">` +
	`<Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="` + packageRel + `/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const documentRels = xmlHead + `<Relationships xmlns="` + packageRel + `">` +
	`<Relationship Id="rIdStyles" Type="` + relations + `/styles" Target="styles.xml"/>` +
	`<Relationship Id="rIdSettings" Type="` + relations + `/settings" Target="settings.xml"/>` +
	`<Relationship Id="rIdFonts" Type="` + relations + `/fontTable" Target="fontTable.xml"/>` +
	`<Relationship Id="rIdNumbered" Type="` + relations + `/header" Target="header1.xml"/>` +
	`<Relationship Id="rIdFirst" Type="` + relations + `/header" Target="header2.xml"/></Relationships>`
