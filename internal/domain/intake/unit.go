package intake

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// register is what is known of units: by the codes of this and former imports,
// and by their exact names.
type register struct {
	levels  map[string]org.Level
	names   map[string]string // org.NameKey → unit
	codes   map[string]string // code → unit
	refs    map[string]string // resolved before
	entrant []org.Entrant
	fresh   []Code // codes to be kept
}

// unit finds the unit that a cell means: a code first, then an exact name.
func (r *register) unit(ref []byte) (string, bool) {
	if id, ok := r.refs[string(ref)]; ok {
		return id, id != ""
	}
	text := vntext.Line(string(ref))
	id, ok := r.codes[text]
	if !ok {
		id = r.names[org.NameKey(text)]
	}
	r.refs[string(ref)] = id
	return id, id != ""
}

func unknownUnit(ref []byte) *fault.Error {
	return fault.New(fault.Invalid, "Không có đơn vị nào mang mã hoặc tên “{.ref}”. Hãy thêm đơn vị vào {.file} hoặc sửa lại cho đúng.", "ref", string(ref), "file", unitsTable.file)
}

// remember reads what the files may refer to.
func (in *intake) remember(ctx context.Context) error {
	r := register{codes: map[string]string{}, refs: map[string]string{}}
	var err error
	if r.levels, err = in.org.AllLevels(ctx, in.db); err != nil {
		return err
	}
	if r.names, err = in.org.Register(ctx, in.db); err != nil {
		return err
	}
	codes, err := db.All[Code](ctx, in.db, `SELECT `+db.Prefixed("c", Code{})+` FROM import_code c WHERE c.kind = $1`, ofUnit)
	if err != nil {
		return err
	}
	for _, c := range codes {
		r.codes[c.Code] = c.SubjectID
	}
	in.register = r
	in.known, err = in.indicators.Known(ctx, in.db)
	return err
}

// day reads 2023-01-12 or 12/01/2023.
func day(cell string) clock.Day {
	if len(cell) == 10 && cell[2] == '/' && cell[5] == '/' {
		return clock.Day(cell[6:] + "-" + cell[3:5] + "-" + cell[:2])
	}
	return clock.Day(cell)
}

// unitColumns are the columns of the fields that org finds fault with.
var unitColumns = map[string]string{}

// readUnits tells the units that are there from those to be entered.
func (in *intake) readUnits(ctx context.Context) error {
	o := in.files[unitsTable]
	if o == nil {
		return nil
	}
	if err := in.gate.Must(ctx, in.db, in.actor, access.OrgManage, access.Record{}); err != nil {
		return err
	}
	type waiting struct {
		line, entrant int
		parent        []byte
	}
	var parents []waiting
	ids, codeIDs := db.NewIDRange(), db.NewIDRange()
	seen, mine := map[string]int{}, map[string]bool{}
	r := &in.register
	err := o.each(newReader(nil, o.comma, 0, 0), segment{o.body, o.size, o.line}, &in.problems, func(w row) error {
		code := vntext.Line(o.value(w, "code"))
		n := org.NewUnit{
			Kind: org.Kind(o.value(w, "kind")), Level: o.value(w, "level"), Name: o.value(w, "name"), Short: o.value(w, "short"),
			From: day(o.value(w, "from")), Basis: o.value(w, "basis"),
		}
		if n.From == "" {
			n.From = "2000-01-01"
		}
		if n.Basis == "" {
			n.Basis = in.reason
		}
		switch {
		case code == "" || len(code) > 60:
			in.problems.add(o.file, w.line, "code", fault.New(fault.Invalid, "Mã còn trống hoặc dài quá 60 ký tự."))
			return nil
		case seen[code] > 0:
			in.problems.add(o.file, w.line, "code", fault.New(fault.Invalid, "Mã “{.code}” đã có ở dòng {.line}.", "code", code, "line", seen[code]))
			return nil
		}
		seen[code] = w.line
		if !among(org.Kinds, n.Kind) {
			in.problems.add(o.file, w.line, "kind", fault.New(fault.Invalid, "Loại đơn vị “{.kind}” không có. Các loại: {.kinds}.", "kind", string(n.Kind), "kinds", joined(org.Kinds)))
			return nil
		}
		if err := n.Check(r.levels); err != nil {
			return in.problems.err(o, w.line, unitColumns, err)
		}
		named, taken := r.names[org.NameKey(n.Name)]
		if id, there := r.codes[code]; there {
			if taken && named != id {
				in.problems.add(o.file, w.line, "name", fault.New(fault.Invalid, "Mã “{.code}” là của đơn vị khác với đơn vị mang tên “{.name}”. Hãy sửa mã hoặc tên.", "code", code, "name", n.Name))
			}
			return nil // there from before, maybe under another name by now
		}
		r.fresh = append(r.fresh, Code{ID: codeIDs.At(len(r.fresh)), Kind: ofUnit, Code: code})
		if taken {
			if mine[named] {
				in.problems.add(o.file, w.line, "name", fault.New(fault.Invalid, "Tên “{.name}” đã có ở một dòng trên. Nếu là đơn vị khác, hãy ghi tên đầy đủ kèm địa phương.", "name", n.Name))
				return nil
			}
			r.codes[code] = named
		} else {
			e := org.Entrant{ID: ids.At(len(r.entrant)), NewUnit: n}
			r.codes[code], r.names[org.NameKey(n.Name)], mine[e.ID] = e.ID, e.ID, true
			r.entrant = append(r.entrant, e)
			if parent := o.cell(w, "parent"); len(parent) > 0 {
				parents = append(parents, waiting{w.line, len(r.entrant) - 1, append([]byte(nil), parent...)})
			}
		}
		r.fresh[len(r.fresh)-1].SubjectID = r.codes[code]
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range parents { // which may stand below
		id, ok := r.unit(p.parent)
		if !ok {
			in.problems.add(o.file, p.line, "parent", unknownUnit(p.parent))
		}
		if id == r.entrant[p.entrant].ID {
			in.problems.add(o.file, p.line, "parent", fault.New(fault.Invalid, "Đơn vị không thể là cấp trên của chính mình."))
		}
		r.entrant[p.entrant].ParentID = id
	}
	in.report.Units = len(r.entrant)
	return nil
}

func among[T comparable](all []T, one T) bool {
	for _, k := range all {
		if k == one {
			return true
		}
	}
	return false
}

func joined[T ~string](all []T) string {
	text := ""
	for i, k := range all {
		if i > 0 {
			text += ", "
		}
		text += string(k)
	}
	return text
}

// enterUnits enters the new units, all or none, and the codes of all.
func (in *intake) enterUnits(ctx context.Context) error {
	if len(in.register.fresh) == 0 {
		return nil
	}
	return in.db.InTx(ctx, func(tx *db.Tx) error {
		if len(in.register.entrant) > 0 {
			if err := in.org.EnterAll(ctx, tx, in.actor, in.register.entrant); err != nil {
				return err
			}
		}
		return in.book.InsertAll(ctx, tx, ledger.Change{By: in.actor, Action: "intake.code", Reason: in.reason}, "import_code", in.register.fresh)
	})
}
