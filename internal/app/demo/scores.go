package demo

import (
	"bytes"
	"fmt"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/scoring"
)

// sheetOf is what a unit scores itself, all of it invented: targets met of
// those signed, files handled online of all, files in time (%), reform index
// (%), and the points entered directly.
type sheetOf struct {
	unit                  string
	met, signed           string
	online, files         string
	inTime, reform        string
	social, launched, new string
	reports               string // in time, of four
	bonus                 string
}

// inputs are the cells of the starter sheet (package criteria).
func (s sheetOf) inputs() map[string]scoring.Inputs {
	in := map[string]scoring.Inputs{
		"I.1":   {"target": s.signed, "actual": s.met},
		"I.2":   {"target": s.files, "actual": s.online},
		"I.3":   {"actual": s.inTime},
		"I.4":   {"actual": s.reform},
		"II.1":  {"passed": "true"},
		"II.2":  {"passed": "true"},
		"II.3":  {"points": s.social},
		"III.1": {"points": s.launched},
		"III.2": {"points": s.new},
		"III.3": {"target": "4", "actual": s.reports},
	}
	if s.bonus != "" {
		in["C"] = scoring.Inputs{"points": s.bonus}
	}
	return in
}

// leaves in the order in which an officer fills the sheet.
var leaves = []string{"I.1", "I.2", "I.3", "I.4", "II.1", "II.2", "II.3", "III.1", "III.2", "III.3", "C"}

// proven are the criteria that ask for evidence.
var proven = []string{"I.1", "I.2", "I.3", "II.1"}

// selfScore fills a unit's sheet and attaches its evidence.
func (l *loader) selfScore(key string, s sheetOf, handIn bool) error {
	y, who := l.years[key], l.heads[s.unit]
	in := s.inputs()
	var cells []assessment.Cell
	for _, leaf := range leaves {
		if in[leaf] != nil {
			cells = append(cells, assessment.Cell{Year: y.ID, Unit: l.units[s.unit], Criterion: leaf, Round: assessment.Self, Inputs: in[leaf], Illustrative: true})
		}
	}
	if _, err := l.app.Assessment.SaveAll(l.ctx, who, cells); err != nil {
		return fmt.Errorf("%s: %w", s.unit, err)
	}
	if !handIn {
		return nil
	}
	for _, c := range proven {
		up := evidence.Upload{
			Kind: assessment.EvidenceKind, Subject: assessment.EvidenceSubject(y.ID, l.units[s.unit], c),
			Name: fmt.Sprintf("Minh chứng %s (minh họa).pdf", c), Body: bytes.NewReader(onePage(fmt.Sprintf("Minh chung minh hoa: tieu chi %s", c))),
		}
		if _, err := l.app.Evidence.Attach(l.ctx, who, up); err != nil {
			return fmt.Errorf("%s %s: %w", s.unit, c, err)
		}
	}
	return l.app.Assessment.HandIn(l.ctx, who, y.ID, assessment.Self, l.units[s.unit], false)
}

// correction is a cell that a checker sees otherwise.
type correction struct {
	unit, criterion string
	inputs          scoring.Inputs
	reason          string
	answer          string // the unit's explanation
}

// crossCheck lets each assigned unit check and hand in.
func (l *loader) crossCheck(key string, members []string, corrections []correction) error {
	y := l.years[key]
	checkers, err := assessment.Checkers(l.ctx, l.app.DB, y.ID)
	if err != nil {
		return err
	}
	by := map[string]access.Actor{}
	for k, id := range l.units {
		by[id] = l.heads[k]
	}
	for _, c := range corrections {
		unit := l.units[c.unit]
		_, err := l.app.Assessment.Save(l.ctx, by[checkers[unit].CheckerID], assessment.Cell{
			Year: y.ID, Unit: unit, Criterion: c.criterion, Round: assessment.Check, Inputs: c.inputs, Reason: c.reason, Illustrative: true,
		})
		if err != nil {
			return fmt.Errorf("%s %s: %w", c.unit, c.criterion, err)
		}
		if c.answer != "" {
			if _, err := l.app.Assessment.Explain(l.ctx, l.heads[c.unit], y.ID, assessment.Check, unit, c.criterion, c.answer); err != nil {
				return err
			}
		}
	}
	for _, m := range members {
		unit := l.units[m]
		if err := l.app.Assessment.HandIn(l.ctx, by[checkers[unit].CheckerID], y.ID, assessment.Check, unit, true); err != nil {
			return fmt.Errorf("%s: %w", m, err)
		}
	}
	return nil
}

// onePage is a PDF of one page with one line of unaccented text.
func onePage(line string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(body string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), body)
	}
	b.WriteString("%PDF-1.4\n")
	text := fmt.Sprintf("BT /F1 14 Tf 72 770 Td (%s) Tj ET", line)
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>")
	object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return b.Bytes()
}
