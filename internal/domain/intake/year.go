package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/fault"
)

// plan is a year as it will be entered.
type plan struct {
	shelf   *shelf
	digest  string
	given   cluster.Given
	targets []covenant.Given
	figures []indicator.Figure // without indicator and reporter
	of      []int              // figure → its target
	rows    int64
}

// digest is over what the files say about a year, byte for byte, and how the
// numbers in them are read.
func (in *intake) digest(s *shelf) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n", in.opts.Numbers, s.text)
	for _, t := range tables {
		o := in.files[t]
		if o == nil || !t.grouped {
			continue
		}
		fmt.Fprintf(h, "%s\n", t.file)
		if _, err := io.Copy(h, io.NewSectionReader(o.in, 0, o.body)); err != nil { // the header says what is what
			return "", err
		}
		for _, run := range s.rows[t] {
			if _, err := io.Copy(h, io.NewSectionReader(o.in, run.begin, run.end-run.begin)); err != nil {
				return "", err
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// work is what preparing one year after another uses again.
type work struct {
	readers map[*table]*reader
	checked bool // these very rows were looked at before: nothing of them is suspect
}

func (in *intake) newWork(checked bool) *work {
	w := &work{map[*table]*reader{}, checked}
	for t, o := range in.files {
		w.readers[t] = newReader(nil, o.comma, 0, 0)
	}
	return w
}

// each reads a year's rows of a file.
func (in *intake) each(work *work, s *shelf, t *table, f func(o *opened, w row) error) error {
	o := in.files[t]
	if o == nil {
		return nil
	}
	for _, run := range s.rows[t] {
		if err := o.each(work.readers[t], run, &in.problems, func(w row) error { return f(o, w) }); err != nil {
			return err
		}
	}
	return nil
}

// The columns of the fields that the rooms find fault with.
var (
	targetColumns = map[string]string{"unit": "measure", "unit_id": "unit"}
	figureColumns = map[string]string{"amount": "value", "unit": "measure"}
)

// relations in the ways files write them.
var relations = map[string]target.Relation{
	"=": target.Equal, ">=": target.AtLeast, "≥": target.AtLeast, "<=": target.AtMost, "≤": target.AtMost,
	"range": target.Range, "none": target.None, "text": target.Text,
}

// place is where a target stands: its code, and whose it is.
type place struct{ code, unit string }

// prepare reads and checks a cluster's year. What is wrong is listed; the plan
// is then not to be used.
func (in *intake) prepare(ctx context.Context, work *work, s *shelf) (*plan, error) {
	p := &plan{shelf: s, given: s.given}
	list := &in.problems
	clusters := in.files[clustersTable]
	if s.exist {
		list.add(clusters.file, s.line, "code", fault.New(fault.Conflict, "Năm {.year} của cụm, khối “{.code}” đã có trong hệ thống với nội dung khác. Lệnh này chỉ nhập năm chưa có; muốn sửa, hãy dùng “Đính chính” trên trang của cụm, khối.", "year", fmt.Sprint(s.given.Year), "code", s.code))
		return p, nil
	}
	members := map[string]bool{}
	err := in.each(work, s, membersTable, func(o *opened, w row) error {
		p.rows++
		ref := o.cell(w, "unit")
		id, ok := in.register.unit(ref)
		switch {
		case !ok:
			list.add(o.file, w.line, "unit", unknownUnit(ref))
		case members[id]:
			list.add(o.file, w.line, "unit", fault.New(fault.Invalid, "Đơn vị “{.ref}” đã là thành viên của cụm, khối này ở một dòng trên.", "ref", string(ref)))
		default:
			members[id] = true
			p.given.Members = append(p.given.Members, id)
		}
		return nil
	})
	if err != nil {
		return p, err
	}
	if err := list.err(clusters, s.line, clusterColumns, p.given.Check()); err != nil {
		return p, err
	}
	at, aims, err := in.targets(work, s, p, members)
	if err != nil {
		return p, err
	}
	if len(p.targets) == 0 {
		list.add(targetsTable.file, 0, "cluster", fault.New(fault.Invalid, "Cụm, khối “{.code}” không có chỉ tiêu nào.", "code", s.code))
	}
	return p, in.figures(work, s, p, at, aims)
}

// targets reads and checks a year's targets.
func (in *intake) targets(work *work, s *shelf, p *plan, members map[string]bool) (map[place]int, []indicator.Aim, error) {
	at, twice := map[place]int{}, map[indicator.Place]int{}
	var aims []indicator.Aim
	size := 0
	err := in.each(work, s, targetsTable, func(o *opened, w row) error {
		p.rows++
		cell := func(column string) string { return o.value(w, column) }
		unit := func(column string) (string, bool) {
			ref := o.cell(w, column)
			if len(ref) == 0 {
				return "", true
			}
			id, ok := in.register.unit(ref)
			if !ok {
				in.problems.add(o.file, w.line, column, unknownUnit(ref))
			}
			return id, ok
		}
		owner, ok := unit("unit")
		reporter, ok2 := unit("reporter")
		if !ok || !ok2 {
			return nil
		}
		relation, ok := relations[strings.ToLower(cell("relation"))]
		if !ok {
			in.problems.add(o.file, w.line, "relation", fault.New(fault.Invalid, "Kiểu chỉ tiêu “{.value}” không có. Các kiểu: =, >=, <=, range, none, text.", "value", cell("relation")))
			return nil
		}
		g, err := indicator.Entry{
			Name: cell("name"), Relation: relation, Change: target.Change(cell("change")), Low: cell("low"), High: cell("high"),
			Unit: cell("measure"), Direction: target.Direction(cell("direction")), ByYear: p.given.Year, Lang: in.opts.Numbers,
		}.Goal()
		if err != nil {
			return in.problems.err(o, w.line, targetColumns, err)
		}
		given := covenant.Given{UnitID: owner, ReporterID: reporter, Goal: g}
		if err := given.Rests(members); err != nil {
			return in.problems.err(o, w.line, targetColumns, err)
		}
		key := place{cell("code"), owner}
		switch {
		case key.code == "":
			in.problems.add(o.file, w.line, "code", fault.New(fault.Invalid, "Mã còn trống hoặc dài quá 60 ký tự."))
			return nil
		case at[key] > 0:
			in.problems.add(o.file, w.line, "code", fault.New(fault.Invalid, "Mã “{.code}” đã có ở dòng {.line}.", "code", key.code, "line", aims[at[key]-1].Line))
			return nil
		}
		what := in.recognise(&given.Goal)
		if before := twice[indicator.Place{Indicator: what, Unit: owner}]; before > 0 {
			in.problems.add(o.file, w.line, "name", fault.New(fault.Invalid, "Chỉ tiêu “{.name}” đã có ở dòng {.line}. Hãy bỏ bớt một hoặc đổi tên cho rõ.", "name", g.Name, "line", before))
			return nil
		}
		twice[indicator.Place{Indicator: what, Unit: owner}] = w.line
		if size += len(covenant.Wording(g)) + 3; size > draft.MaxText {
			in.problems.add(o.file, w.line, "", fault.New(fault.TooLarge, "Văn bản dài quá 1 MB. Hãy rút gọn hoặc chuyển phần phụ lục thành tệp đính kèm."))
			return nil
		}
		aim := indicator.Aim{UnitID: owner, ReporterID: reporter, Goal: given.Goal}
		aim.Line = w.line // for telling where a code stands
		p.targets, aims = append(p.targets, given), append(aims, aim)
		at[key] = len(aims)
		return nil
	})
	return at, aims, err
}

// recognise gives the goal its indicator, or keeps it to be recognised before
// years are entered; what it is about is told either way.
func (in *intake) recognise(g *indicator.Goal) string {
	if in.known.Find(g) {
		return g.IndicatorID
	}
	key := indicator.Key(g.Name) + "|" + g.BaseUnit + "|" + fmt.Sprint(g.Change != target.Level)
	if like := key + "|" + string(g.Direction); !in.asked[like] {
		in.asked[like] = true
		in.fresh = append(in.fresh, *g)
	}
	return key
}

// figures reads and checks a year's figures.
func (in *intake) figures(work *work, s *shelf, p *plan, at map[place]int, aims []indicator.Aim) error {
	type period struct {
		target int
		year   int
		period indicator.Period
	}
	seen := map[period]int{}
	year := cluster.Year{Year: p.given.Year, State: p.given.State}
	return in.each(work, s, figuresTable, func(o *opened, w row) error {
		p.rows++
		key := place{code: string(o.cell(w, "target"))}
		if ref := o.cell(w, "unit"); len(ref) > 0 {
			id, ok := in.register.unit(ref)
			if !ok {
				in.problems.add(o.file, w.line, "unit", unknownUnit(ref))
				return nil
			}
			key.unit = id
		}
		i := at[key]
		if i == 0 {
			in.problems.add(o.file, w.line, "target", fault.New(fault.Invalid, "Không có chỉ tiêu mã “{.code}” của đơn vị này trong {.file}, hoặc chỉ tiêu đó có lỗi.", "code", key.code, "file", targetsTable.file))
			return nil
		}
		about := 0
		if text := o.cell(w, "year"); len(text) > 0 {
			if _, err := fmt.Sscan(string(text), &about); err != nil {
				in.problems.add(o.file, w.line, "year", fault.New(fault.Invalid, "Năm thi đua không đúng."))
				return nil
			}
		}
		f, err := in.indicators.Check(year, aims[i-1], indicator.Report{
			Year: about, Period: indicator.Period(o.cell(w, "period")), Amount: string(o.cell(w, "value")), Unit: string(o.cell(w, "measure")),
			Source: string(o.cell(w, "source")), Note: string(o.cell(w, "note")), Illustrative: p.given.Illustrative,
			Sure: work.checked || string(o.cell(w, "sure")) == "1", Lang: in.opts.Numbers,
		})
		if err != nil {
			return in.problems.err(o, w.line, figureColumns, err)
		}
		where := period{i, f.Year, f.Period}
		if before := seen[where]; before > 0 {
			in.problems.add(o.file, w.line, "period", fault.New(fault.Conflict, "Chỉ tiêu này đã có số liệu của kỳ này ở dòng {.line}. Mỗi kỳ chỉ một số.", "line", before))
			return nil
		}
		seen[where] = w.line
		p.figures, p.of = append(p.figures, f), append(p.of, i-1)
		return nil
	})
}
