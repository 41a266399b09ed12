package workbook

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Plan is what a workbook would do, row by row, and what is left to ask.
type Plan struct {
	Rows  []Row
	Asks  []Ask
	Empty int // rows without a figure, and rows left out
}

// Row is a row of the workbook with a figure in it.
type Row struct {
	N      int // its number in the plan, from 1
	Sheet  string
	Line   int
	Act    indicator.Act
	Target string
	Name   string // of the target, or as the row has it
	Unit   string // short name of whose target it is; "" for the block's
	Period indicator.Period
	Old    string // the figure that stands, with its unit
	New    string
	Faults []string `json:",omitempty"`
	Doubts []string `json:",omitempty"`
	Why    string   `json:",omitempty"` // nothing is written though the row says something
	Behalf bool     `json:",omitempty"`
	Asked  bool     `json:",omitempty"` // it waits for the answer to an Ask

	// What is written once the person agrees.
	Was, Amount, Measure, Source, Note, Reason string
	Given, Common                              string `json:",omitempty"`
	Sure                                       bool
}

// Settled tells whether the row can be written as it is.
func (r Row) Settled() bool {
	return r.Act != indicator.Refuse && len(r.Doubts) == 0 && (r.Act != indicator.Mend || r.Reason != "")
}

// Counts are the numbers of a plan.
type Counts struct {
	New, Mend, Leave, Empty, Wrong int
	Asked                          int // rows that wait for an answer
	Doubts                         int // rows that need a look
	Reasons                        int // corrections without a reason
	Asks                           int
}

// Rows is how many rows have a figure.
func (c Counts) Rows() int { return c.New + c.Mend + c.Leave + c.Wrong + c.Asked }

func (p Plan) counts() Counts {
	c := Counts{Empty: p.Empty, Asks: len(p.Asks)}
	for _, r := range p.Rows {
		switch r.Act {
		case indicator.Enter:
			c.New++
		case indicator.Mend:
			c.Mend++
			if r.Reason == "" {
				c.Reasons++
			}
		case indicator.Leave:
			c.Leave++
		default:
			if r.Asked && len(r.Faults) == 0 {
				c.Asked++
			} else {
				c.Wrong++
			}
		}
		if len(r.Doubts) > 0 {
			c.Doubts++
		}
	}
	return c
}

// place says where a row stands.
func place(sheet string, line int) string {
	return locale.Vietnamese.T("trang “{.sheet}”, dòng {.line}", "sheet", sheet, "line", locale.Year(line))
}

// checking is a workbook under check.
type checking struct {
	s       *Service
	q       db.Queryer
	actor   access.Actor
	y       cluster.Year
	lang    locale.Lang
	sample  bool
	lines   map[string]indicator.Line
	members []cluster.Member
	foreign map[string]*fault.Error // codes of elsewhere → what to say
}

// check tells what the sheets would do.
func (s *Service) check(ctx context.Context, q db.Queryer, actor access.Actor, in Import, sheets []Sheet, m Mapping, tell func(done, total int)) (Plan, error) {
	y, err := s.years.Get(ctx, q, in.YearID)
	if err != nil {
		return Plan{}, err
	}
	c := &checking{s: s, q: q, actor: actor, y: y, lang: locale.Lang(in.Lang), sample: in.Illustrative || y.Illustrative, lines: map[string]indicator.Line{}, foreign: map[string]*fault.Error{}}
	lines, err := s.indicators.Progress(ctx, q, y.ID)
	if err != nil {
		return Plan{}, err
	}
	for _, l := range lines {
		c.lines[l.ID] = l
	}
	if c.members, err = s.years.Members(ctx, q, y); err != nil {
		return Plan{}, err
	}
	units, err := s.gate.Units(ctx, q, actor)
	if err != nil {
		return Plan{}, err
	}
	match := newMatcher(lines, c.members, units, m.Choices)
	var items []item
	var plan Plan
	if m.mapped() {
		items, plan.Empty, err = fromMapping(sheets, m, match)
	} else {
		items, plan.Empty, _ = fromTemplate(sheets)
	}
	if err != nil {
		return plan, err
	}
	if len(items) == 0 {
		return plan, fault.New(fault.Invalid, "Tệp không có số liệu nào: cột “{.column}” còn trống. Hãy điền số liệu rồi tải lên lại.", "column", locale.Msg(Heads[Figure]))
	}
	if len(items) > maxRows {
		return plan, fault.New(fault.Invalid, "Tệp có {.n} số liệu; mỗi lần nhận tối đa {.limit}. Hãy chia tệp.", "n", len(items), "limit", maxRows)
	}
	if err := c.identify(ctx, items, m.mapped()); err != nil {
		return plan, err
	}
	plan.Rows, err = c.weigh(ctx, items, tell)
	plan.Asks = match.open()
	return plan, err
}

// maxRows is the most figures that one workbook may bring.
const maxRows = 60_000

// identify looks whether the rows are of this year, say what their codes say,
// and stand there once.
func (c *checking) identify(ctx context.Context, items []item, mapped bool) error {
	type spot struct {
		target string
		period indicator.Period
	}
	first, known := map[spot]string{}, 0
	var stranger *fault.Error
	for i := range items {
		it := &items[i]
		if it.target == "" {
			continue
		}
		l, there := c.lines[it.target]
		if !there {
			f, err := c.stranger(ctx, it.target)
			if err != nil {
				return err
			}
			it.faults = append([]*fault.Error{f}, it.faults...)
			stranger = f
			continue
		}
		known++
		if !mapped {
			if it.name != "" && indicator.Key(it.name) != indicator.Key(l.Name) {
				it.wrong(ByName, "Mã ẩn của dòng này là chỉ tiêu “{.code}” nhưng dòng ghi “{.name}”. Có thể bảng đã bị sắp xếp hoặc chép lệch. Hãy tải mẫu mới và chép lại số liệu.", "code", l.Name, "name", shorten(it.name, 100))
			}
			if unit := c.named(l.UnitID); it.unit != "" && l.UnitID != "" && unit.UnitID != "" && indicator.Key(it.unit) != indicator.Key(unit.Name) && indicator.Key(it.unit) != indicator.Key(unit.Short) {
				it.wrong(ByUnit, "Mã ẩn của dòng này là chỉ tiêu của {.code} nhưng dòng ghi {.unit}. Hãy tải mẫu mới và chép lại số liệu.", "code", unit.Name, "unit", shorten(it.unit, 100))
			}
		}
		if it.period == "" {
			continue
		}
		at := spot{it.target, it.period}
		if other, twice := first[at]; twice {
			it.wrong(Figure, "Chỉ tiêu và kỳ này đã có ở {.where}. Mỗi số liệu chỉ ghi một lần; hãy xóa một dòng.", "where", other)
			continue
		}
		first[at] = place(it.sheet, it.row)
	}
	if known == 0 && stranger != nil { // the whole workbook is of elsewhere
		return stranger
	}
	return nil
}

// stranger says what a code is that this year's covenant does not have.
func (c *checking) stranger(ctx context.Context, id string) (*fault.Error, error) {
	if f := c.foreign[id]; f != nil {
		return f, nil
	}
	f := fault.Wrong(string(ByCode), "Mã ẩn của dòng này không thuộc giao ước nào của năm này. Hãy tải mẫu mới của năm này.")
	if len(c.foreign) < 50 { // of more, nobody reads the difference
		year, there, err := db.Maybe[string](ctx, c.q, `SELECT year_id FROM covenant_target WHERE id = $1`, id)
		if err != nil {
			return nil, err
		}
		switch {
		case there && year == c.y.ID:
			f = fault.Wrong(string(ByCode), "Mẫu này làm theo bản giao ước cũ; giao ước đã được sửa đổi. Hãy tải mẫu mới và chép số liệu sang.")
		case there:
			if y, err := c.s.years.See(ctx, c.actor, year); err == nil {
				f = fault.Wrong(string(ByCode), "Mẫu này là của {.other} năm {.year}, không phải của {.here} năm {.now}. Hãy mở đúng năm rồi tải lên.",
					"other", y.Short, "year", locale.Year(y.Year), "here", c.y.Short, "now", locale.Year(c.y.Year))
			} else if !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Denied) {
				return nil, err
			}
		}
	}
	c.foreign[id] = f
	return f, nil
}

func (c *checking) named(unit string) cluster.Member {
	for _, m := range c.members {
		if m.UnitID == unit {
			return m
		}
	}
	return cluster.Member{}
}

// weigh asks the room of figures about the rows that could be read, and lists
// all of them.
func (c *checking) weigh(ctx context.Context, items []item, tell func(done, total int)) ([]Row, error) {
	rows := make([]Row, 0, len(items))
	var in []indicator.Entering
	var of []int // in → rows
	for _, it := range items {
		r := Row{N: len(rows) + 1, Sheet: it.sheet, Line: it.row, Act: indicator.Refuse, Target: it.target, Name: it.name, Unit: it.unit, Period: it.period,
			Amount: it.amount, Measure: it.measure, Source: it.source, Note: it.note, Reason: it.reason, Given: it.given, Common: it.common, Sure: it.sure}
		c.title(&r)
		if it.amount != "" {
			r.New = withUnit(it.amount, it.measure)
		}
		for _, f := range it.faults {
			r.Faults = append(r.Faults, c.say(it.columns, f))
		}
		r.Asked = it.ask
		if len(r.Faults) == 0 && !it.ask {
			in, of = append(in, r.entering(c.sample)), append(of, len(rows))
		}
		rows = append(rows, r)
	}
	effects, err := c.s.indicators.Weigh(ctx, c.q, c.actor, c.y, in, func(done int) { tell(done, len(in)) })
	if err != nil {
		return nil, err
	}
	for i, e := range effects {
		c.tell(&rows[of[i]], e, items[of[i]].columns)
	}
	return rows, nil
}

func (c *checking) title(r *Row) {
	if l, there := c.lines[r.Target]; there {
		r.Name = l.Name
		m := c.named(l.UnitID)
		r.Unit = cmp.Or(m.Short, m.Name)
		if f := l.Of(r.Period); f != nil {
			r.Old = withUnit(c.lang.Number(f.Amount), f.Unit)
		}
	}
}

// entering is the figure of a row. Amounts in a workbook are in Vietnamese form.
func (r Row) entering(sample bool) indicator.Entering {
	return indicator.Entering{
		Report: indicator.Report{TargetID: r.Target, Period: r.Period, Amount: r.Amount, Unit: r.Measure, Source: r.Source, Note: r.Note,
			Sure: r.Sure, Illustrative: sample, Lang: locale.Vietnamese},
		Reason: r.Reason, Given: r.Given, Common: r.Common,
	}
}

// tell writes an effect into its row.
func (c *checking) tell(r *Row, e indicator.Effect, columns Columns) {
	r.Act, r.Behalf, r.Faults, r.Doubts = e.Act, e.Behalf, nil, nil
	for _, f := range e.Faults {
		r.Faults = append(r.Faults, c.say(columns, f))
	}
	for _, d := range e.Doubts {
		r.Doubts = append(r.Doubts, c.lang.Say(d.Text, d.Args))
	}
	r.Was, r.Old, r.Why = "", "", c.lang.Say(e.Why.Text, e.Why.Args)
	if e.Old != nil {
		r.Was, r.Old = e.Old.ID, withUnit(c.lang.Number(e.Old.Amount), e.Old.Unit)
	}
	if e.New.Amount != "" {
		r.New = withUnit(c.lang.Number(e.New.Amount), e.New.Unit)
	}
}

// fields are the columns at which faults of figures stand.
var fields = map[string]Role{"amount": Figure, "unit": Measure, "period": When, "source": Source, "note": Note, "reason": Reason, "target": ByName}

// say is a fault as a sentence, with the column at which it stands.
func (c *checking) say(columns Columns, f *fault.Error) string {
	role, is := fields[f.Field]
	if !is {
		role = Role(f.Field)
	}
	text := c.lang.Fault(f)
	if columns[role] == 0 {
		return text
	}
	return c.lang.T("Cột {.column}: {.what}", "column", Letter(columns[role]), "what", text)
}

func withUnit(amount, unit string) string {
	switch {
	case unit == "":
		return amount
	case unit[0] == '%':
		return amount + unit
	}
	return amount + "\u00a0" + unit
}

// pack and unpack keep large parts of a workbook small.
func pack(v any) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if err := json.NewEncoder(z).Encode(v); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}

func unpack(packed []byte, v any) error {
	if len(packed) == 0 {
		return nil
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return err
	}
	body, err := io.ReadAll(z)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, v)
}
