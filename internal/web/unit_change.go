package web

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

const changesPath = unitsPath + "/thay-doi"

// changeKinds are the kinds of changes with a form of their own, in its order.
var changeKinds = []struct {
	Kind       org.ChangeKind
	Slug, Name string
}{
	{org.Merged, "sap-nhap", "Sáp nhập, hợp nhất"},
	{org.Divided, "chia-tach", "Chia, tách"},
	{org.Dissolved, "giai-the", "Giải thể"},
	{org.Moved, "chuyen", "Chuyển đơn vị trực thuộc"},
}

// changeForm is the form of a change, and after it was looked at what it does.
type changeForm struct {
	Kind    org.ChangeKind
	Slug    string
	Title   string
	Tabs    []NavItem
	Rename  string     // where a unit is renamed, which is no change of this form
	Units   []org.View // to choose from: those that the reader may change
	Levels  []Option
	Rows    []int // boxes of units
	Outcome *outcomeView
}

// outcomeView is what a change would do.
type outcomeView struct {
	Warn         []string // what would be left undone
	Ended, Made  []string
	Goes         string // who is called what from then on
	Heir         string
	Runs         string // the clusters that it goes on organising
	Below        []string
	Grants       []grantRow
	Seats        []seatRow
	Added        []string // indicators whose figures add up
	Beside       []string // those that stand side by side
	Sums         bool     // the change adds series up
	AddedN, SetN int
	Fields       []pair
	Day          clock.Day
	Basis        string
}

type grantRow struct {
	Name, Unit, Role string
	Carried          bool
}

type seatRow struct {
	Unit, Cluster, Year, Path string
	Offices                   []string // what the heir is there in the unit's place
	Forming                   bool
}

// boxes is how many units one form takes: more are merged in two steps, which
// comes to the same.
const boxes = 6

func (s *Server) changeForm(q *Req) error {
	view, err := s.changeView(q)
	if err != nil {
		return err
	}
	return q.Render("unit_change", view)
}

func (s *Server) changeView(q *Req) (changeForm, error) {
	ctx, f := q.Ctx(), q.Form()
	if err := s.Gate.Must(ctx, s.DB, q.Actor, access.OrgManage, access.Record{}); err != nil {
		return changeForm{}, err
	}
	slug := q.Query("loai")
	if f.Typed {
		slug = f.Get("loai")
	}
	view := changeForm{Kind: changeKinds[0].Kind, Slug: changeKinds[0].Slug, Title: changeKinds[0].Name}
	for _, k := range changeKinds {
		path := changesPath + "/moi?loai=" + k.Slug
		if unit := q.Query("don-vi"); unit != "" {
			path += "&don-vi=" + unit
		}
		view.Tabs = append(view.Tabs, NavItem{Path: path, Text: k.Name})
		if k.Slug == slug {
			view.Kind, view.Slug, view.Title = k.Kind, k.Slug, k.Name
		}
	}
	for i := range view.Tabs {
		view.Tabs[i].Here = changeKinds[i].Kind == view.Kind
	}
	today := clock.Today(s.Clock)
	var err error
	if view.Units, err = s.Org.Find(ctx, today, "", 5000); err != nil {
		return view, err
	}
	barred, err := s.Org.Barred(ctx, q.Actor)
	if err != nil {
		return view, err
	}
	view.Units = slices.DeleteFunc(view.Units, func(u org.View) bool { return barred[u.ID] != "" })
	view.Rename = unitsPath
	levels, err := s.Org.Levels(ctx, today)
	if err != nil {
		return view, err
	}
	view.Levels = []Option{{Value: "", Text: "(như đơn vị cũ)"}}
	for _, l := range levels {
		view.Levels = append(view.Levels, Option{Value: l.ID, Text: l.Name})
	}
	for i := range boxes {
		view.Rows = append(view.Rows, i)
	}
	for _, u := range view.Units {
		if u.ID == q.Query("don-vi") {
			f.Default("unit0", u.Name)
			view.Rename = unitsPath + "/" + u.ID + "#doi-ten"
		}
	}
	f.Default("into_kind", "new")
	f.Default("carry", "1")
	return view, nil
}

// changePost looks at a change first, and carries it out once the person has
// seen what it does.
func (s *Server) changePost(q *Req) error {
	ctx, f := q.Ctx(), q.Form()
	if err := s.Gate.Must(ctx, s.DB, q.Actor, access.OrgManage, access.Record{}); err != nil {
		return err
	}
	if f.Get("step") == "edit" {
		return s.changeForm(q)
	}
	in, err := s.changeOf(q)
	if err != nil {
		return q.Retry(err, s.changeForm)
	}
	if f.Get("step") == "apply" {
		out, err := s.Org.Apply(ctx, q.Actor, in)
		if err != nil {
			return q.Retry(changed(f, err), s.changeForm)
		}
		to := out.Heir
		if to == "" {
			to = in.Units[0]
		}
		may, err := s.mayChange(q)
		if err != nil {
			return err
		}
		if !may(in.Units...) {
			return q.Redirect(unitsPath+"/"+to, "Đã ghi thay đổi. Các năm trước vẫn giữ tên, thành viên và số liệu như lúc đó. Vai trò của bạn ở đơn vị cũ đã kết thúc: nếu ghi nhầm, hãy để người quản trị hệ thống hủy.")
		}
		return q.Redirect(unitsPath+"/"+to, "Đã ghi thay đổi. Các năm trước vẫn giữ tên, thành viên và số liệu như lúc đó; nếu ghi nhầm, hãy hủy thay đổi ở mục Dòng kế thừa của trang này.")
	}
	out, err := s.Org.Preview(ctx, q.Actor, in)
	if err != nil {
		return q.Retry(changed(f, err), s.changeForm)
	}
	view, err := s.changeView(q)
	if err != nil {
		return err
	}
	if view.Outcome, err = s.outcome(q, in, out); err != nil {
		return err
	}
	return q.Render("unit_change", view)
}

// mayChange tells which units the reader may change.
func (s *Server) mayChange(q *Req) (func(units ...string) bool, error) {
	may, err := s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.OrgManage, access.Record{})
	if err != nil || !may {
		return func(...string) bool { return false }, err
	}
	barred, err := s.Org.Barred(q.Ctx(), q.Actor)
	return func(units ...string) bool {
		return !slices.ContainsFunc(units, func(u string) bool { return barred[u] != "" })
	}, err
}

// changed puts a fault at the box of the form where it belongs.
func changed(form *Form, err error) error {
	f := fault.As(err)
	if f.Code != fault.Invalid {
		return err
	}
	at := map[string]string{"units": "unit0", "into": "into0", "new": "new0", "name": "new0", "level": "level", "from": "day"}
	if form.Get("into_kind") == "new" {
		at["into"] = "new0"
	} else if form.Get("loai") == changeKinds[0].Slug {
		at["name"] = "rename"
	}
	var all []*fault.Error
	for _, one := range f.All() {
		if to := at[one.Field]; to != "" {
			one = one.At(to)
		}
		all = append(all, one)
	}
	return fault.List(all...)
}

// changeOf reads the form. Units are typed by their names; one that is not
// there, or is not the reader's to change, is told by the name.
func (s *Server) changeOf(q *Req) (org.NewChange, error) {
	ctx, f := q.Ctx(), q.Form()
	in := org.NewChange{Day: f.Day("day"), Basis: f.Get("basis"), Carry: f.Has("carry", "1")}
	for _, k := range changeKinds {
		if k.Slug == f.Get("loai") {
			in.Kind = k.Kind
		}
	}
	units, err := s.typedUnits(q, in.Day)
	if err != nil {
		return in, err
	}
	all := func(name string, n int) (out []string) {
		for i := range n {
			if id := units.find(name + locale.Year(i)); id != "" {
				out = append(out, id)
			}
		}
		return out
	}
	fresh := func(name, short string) {
		if f.Get(name) != "" {
			in.New = append(in.New, org.NewUnit{Name: f.Get(name), Short: f.Get(short), Level: f.Get("level")})
		}
	}
	switch in.Kind {
	case org.Merged:
		in.Units = all("unit", boxes)
		if f.Get("into_kind") == "old" {
			in.Into, in.Name, in.Short = all("into", 1), f.Get("rename"), f.Get("rename_short")
		} else {
			fresh("new0", "short0")
		}
	case org.Divided:
		in.Units, in.Into, in.Stays = all("unit", 1), all("into", 3), f.Has("stays", "1")
		for i := range boxes {
			fresh("new"+locale.Year(i), "short"+locale.Year(i))
		}
		in.Heir = heirOf(f, in, units)
	case org.Dissolved:
		in.Units = all("unit", 1)
		in.Heir = heirOf(f, in, units)
	default:
		in.Units, in.Under = all("unit", 1), units.find("under")
	}
	if len(units.faults) > 0 {
		return in, fault.List(append(besides(in), units.faults...)...)
	}
	return in, s.likeOld(ctx, &in)
}

// besides is what else is wrong with a change that names units which are not
// there: all that has to do with no unit.
func besides(in org.NewChange) (out []*fault.Error) {
	err := in.Check()
	if err == nil {
		return nil
	}
	for _, one := range fault.As(err).All() {
		if one.Field == "day" || one.Field == "basis" {
			out = append(out, one)
		}
	}
	return out
}

// typedUnits finds the units that a form names, on the day before the change.
type typedUnits struct {
	form   *Form
	day    clock.Day
	names  map[string][]org.View
	barred map[string]string
	bodies map[string]org.View
	faults []*fault.Error
}

func (s *Server) typedUnits(q *Req, day clock.Day) (*typedUnits, error) {
	ctx := q.Ctx()
	t := &typedUnits{form: q.Form(), day: clock.Today(s.Clock)}
	if day.Valid() {
		t.day = day.Plus(-1)
	}
	var err error
	if t.names, err = s.Org.Named(ctx, t.day); err != nil {
		return nil, err
	}
	if t.barred, err = s.Org.Barred(ctx, q.Actor); err != nil {
		return nil, err
	}
	t.bodies, err = org.Names(ctx, s.DB, clock.Today(s.Clock), slices.Collect(maps.Values(t.barred))...)
	return t, err
}

func (t *typedUnits) find(field string) string {
	typed := t.form.Get(field)
	if typed == "" {
		return ""
	}
	wrong := func(text string, kv ...any) { t.faults = append(t.faults, fault.Wrong(field, text, kv...)) }
	found := t.names[org.NameKey(typed)]
	switch {
	case len(found) == 0:
		wrong("Không có đơn vị tên “{.name}” vào ngày {.day}. Hãy chọn trong danh sách gợi ý.", "name", typed, "day", t.day)
		return ""
	case len(found) > 1:
		var names []string
		for _, u := range found {
			names = append(names, u.Name)
		}
		wrong("“{.name}” có thể là {.units}. Hãy gõ tên đầy đủ.", "name", typed, "units", strings.Join(names, "; "))
		return ""
	}
	if body := t.barred[found[0].ID]; body != "" {
		wrong("{.unit} thuộc cụm, khối do {.organiser} tổ chức, nên bạn không ghi thay đổi của đơn vị này được. Hãy để cơ quan thường trực ở đó hoặc người quản trị hệ thống ghi.", "unit", found[0].Name, "organiser", t.bodies[body].Name)
	}
	return found[0].ID
}

// heirOf is who goes on: the name of a new unit of the form, or a unit.
func heirOf(f *Form, in org.NewChange, units *typedUnits) string {
	typed := f.Get("heir")
	if slices.ContainsFunc(in.New, func(n org.NewUnit) bool { return org.NameKey(n.Name) == org.NameKey(typed) }) {
		return typed
	}
	return units.find("heir")
}

// likeOld makes new units of the kind of the first one that they come of, at its
// level unless another was chosen, under its parent.
func (s *Server) likeOld(ctx context.Context, in *org.NewChange) error {
	if len(in.New) == 0 || len(in.Units) == 0 || !in.Day.Valid() {
		return nil
	}
	names, err := org.Names(ctx, s.DB, in.Day.Plus(-1), in.Units[0])
	if err != nil {
		return err
	}
	above, err := s.Org.Above(ctx, in.Day.Plus(-1), in.Units[0])
	if err != nil {
		return err
	}
	for i := range in.New {
		n := &in.New[i]
		n.Kind, n.ParentID = names[in.Units[0]].Kind, above
		if n.Level == "" {
			n.Level = names[in.Units[0]].LevelID
		}
	}
	return nil
}

// outcome words what a change would do.
func (s *Server) outcome(q *Req, in org.NewChange, out org.Outcome) (*outcomeView, error) {
	ctx := q.Ctx()
	v := &outcomeView{Day: in.Day, Basis: in.Basis}
	ids := slices.Concat(in.Units, in.Into, out.Below, []string{in.Heir, in.Under})
	names, err := org.Names(ctx, s.DB, in.Day, ids...)
	if err != nil {
		return nil, err
	}
	for _, id := range out.Ended {
		v.Ended = append(v.Ended, names[id].Name)
	}
	made := map[string]string{}
	for i, u := range out.Made {
		made[u.ID] = in.New[i].Name
		v.Made = append(v.Made, in.New[i].Name)
	}
	if v.Heir = names[out.Heir].Name; v.Heir == "" {
		v.Heir = made[out.Heir]
	}
	if in.Kind == org.Merged && len(in.Into) > 0 {
		v.Goes = q.T("{.unit} tiếp nhận và tiếp tục hoạt động.", "unit", v.Heir)
		if in.Name != "" {
			v.Goes = q.T("{.unit} tiếp nhận và tiếp tục hoạt động, đổi tên thành {.name}.", "unit", v.Heir, "name", in.Name)
		}
	}
	if in.Kind == org.Moved {
		v.Goes = q.T("{.unit} không còn cơ quan cấp trên.", "unit", names[in.Units[0]].Name)
		if in.Under != "" {
			v.Goes = q.T("{.unit} trực thuộc {.under}.", "unit", names[in.Units[0]].Name, "under", names[in.Under].Name)
		}
	}
	for _, id := range out.Below {
		v.Below = append(v.Below, names[id].Name)
	}
	for _, g := range out.Grants {
		role := account.RoleName(g.Role)
		v.Grants = append(v.Grants, grantRow{Name: g.Name, Unit: names[g.UnitID].Short, Role: q.Lang.Say(role.Text, role.Args), Carried: g.Carried})
	}
	for _, seat := range out.Seats {
		row := seatRow{Unit: names[seat.UnitID].Name, Cluster: seat.Cluster, Year: locale.Year(seat.Year), Path: yearPath(seat.YearID, ""), Forming: seat.Forming}
		for _, o := range seat.Offices {
			row.Offices = append(row.Offices, q.T("{.heir} làm {.office} thay {.unit} đến hết nhiệm kỳ", "heir", v.Heir, "office", locale.Msg(o), "unit", row.Unit))
		}
		v.Seats = append(v.Seats, row)
	}
	if s.Indicators != nil && (in.Kind == org.Merged || in.Kind == org.Divided) {
		added, beside, err := s.Indicators.Inheritable(ctx, s.DB, slices.Concat(in.Units, in.Into)...)
		if err != nil {
			return nil, err
		}
		v.Sums, v.AddedN, v.SetN = in.Kind == org.Merged, len(added), len(beside)
		for _, i := range added {
			v.Added = append(v.Added, i.Name)
		}
		for _, i := range beside {
			v.Beside = append(v.Beside, i.Name)
		}
	}
	if err := s.bothOffices(q, v, out); err != nil {
		return nil, err
	}
	if v.Heir != "" && out.Clusters > 0 {
		v.Runs = q.T("tiếp tục tổ chức {.n} cụm, khối", "n", out.Clusters)
	}
	if out.Own != "" {
		v.Warn = append(v.Warn, q.T("Vai trò cơ quan thường trực của chính bạn ở {.unit} kết thúc từ ngày này. Sau đó chỉ người quản trị hệ thống giao được vai trò ở {.heir} và hủy được thay đổi này.", "unit", names[out.Own].Name, "heir", v.Heir))
	}
	if out.Unled {
		v.Warn = append(v.Warn, q.T("{.heir} tiếp tục tổ chức {.n} cụm, khối, nhưng từ ngày này chưa ai giữ vai trò cơ quan thường trực ở đó. Hãy nhờ người quản trị hệ thống giao vai trò này.", "heir", v.Heir, "n", out.Clusters))
	}
	if out.Unstaffed {
		v.Warn = append(v.Warn, q.T("Từ ngày này chưa ai là cán bộ hoặc lãnh đạo của {.heir}, nên không ai ký, báo cáo và chấm điểm thay được. Hãy quay lại, đánh dấu ô giao vai trò tương ứng; nếu đơn vị cũ cũng chưa có người, hãy giao vai trò ở trang Tài khoản.", "heir", v.Heir))
	}
	v.Fields = rest(q.Form().Values, map[string]bool{"step": true}, "")
	return v, nil
}

// bothOffices warns where the heir comes to lead a year and be its deputy too.
func (s *Server) bothOffices(q *Req, v *outcomeView, out org.Outcome) error {
	if out.Heir == "" {
		return nil
	}
	own, err := s.Years.Seats(q.Ctx(), s.DB, []string{out.Heir}) // none of one that is yet to be made
	if err != nil {
		return err
	}
	held := map[string][]string{}
	for _, seat := range slices.Concat(out.Seats, own) {
		was := held[seat.YearID]
		held[seat.YearID] = unique(slices.Concat(was, seat.Offices))
		if now := held[seat.YearID]; len(was) == 1 && len(now) == 2 {
			v.Warn = append(v.Warn, q.T("{.heir} giữ cả hai chức {.one} và {.other} của {.cluster} năm {.year}. Hãy bầu hoặc giao lại một chức nếu quy chế không cho kiêm.",
				"heir", v.Heir, "one", locale.Msg(now[0]), "other", locale.Msg(now[1]), "cluster", seat.Cluster, "year", locale.Year(seat.Year)))
		}
	}
	return nil
}

// changeUndo takes a change back.
func (s *Server) changeUndo(q *Req) error {
	ctx, f := q.Ctx(), q.Form()
	step, err := s.Org.Step(ctx, q.Path("change"))
	if err != nil {
		return err
	}
	if err := s.Org.Undo(ctx, q.Actor, step.ID, f.Version(), f.Get("reason")); err != nil {
		return q.Retry(err, s.changeList)
	}
	return q.Redirect(changesPath, "Đã hủy thay đổi. Đơn vị, tên gọi và phân công trở lại như trước; thay đổi và lý do hủy vẫn được lưu.")
}

// changeListView is every change, the newest first.
type changeListView struct {
	Rows      []stepRow
	MayManage bool
}

// stepRow is a change in words.
type stepRow struct {
	ID      string
	Version int64
	Day     clock.Day
	Kind    string
	Text    string
	Basis   string
	Links   []Crumb
	Undone  string // why it was undone
	By      string
	MayUndo bool
}

func (s *Server) changeList(q *Req) error {
	ctx := q.Ctx()
	steps, err := s.Org.Changes(ctx, "")
	if err != nil {
		return err
	}
	var view changeListView
	if view.MayManage, err = s.Gate.Can(ctx, s.DB, q.Actor, access.OrgManage, access.Record{}); err != nil {
		return err
	}
	if view.Rows, err = s.stepRows(q, steps, ""); err != nil {
		return err
	}
	return q.Render("unit_changes", view)
}

// stepRows words changes, each unit under its name of then.
func (s *Server) stepRows(q *Req, steps []org.Step, own string) ([]stepRow, error) {
	var rows []stepRow
	may, err := s.mayChange(q)
	if err != nil {
		return nil, err
	}
	for _, step := range steps {
		units := step.Units()
		if step.Heir != "" {
			units = append(units, step.Heir)
		}
		before, err := org.Names(q.Ctx(), s.DB, step.Day.Plus(-1), units...)
		if err != nil {
			return nil, err
		}
		after, err := org.Names(q.Ctx(), s.DB, step.Day, units...)
		if err != nil {
			return nil, err
		}
		row := stepRow{ID: step.ID, Version: step.Version, Day: step.Day, Basis: step.Decision, Text: stepText(q.Lang, step, before, after), Kind: stepKind(step.Kind)}
		for _, id := range unique(units) {
			if id != own {
				name := before[id].Short
				if slices.Contains(step.To, id) {
					name = after[id].Short
				}
				row.Links = append(row.Links, Crumb{unitsPath + "/" + id, name})
			}
		}
		if u := step.Undone; u != nil {
			row.Undone = u.Reason
			if row.By, err = s.personName(q, u.AccountID); err != nil {
				return nil, err
			}
		}
		row.MayUndo = step.Undone == nil && (step.Kind == org.Renamed && may() || may(step.Units()...))
		rows = append(rows, row)
	}
	return rows, nil
}

func stepKind(k org.ChangeKind) string {
	for _, one := range changeKinds {
		if one.Kind == k {
			return one.Name
		}
	}
	return "Đổi tên"
}

// stepText says what happened.
func stepText(l locale.Lang, s org.Step, before, after map[string]org.View) string {
	list := func(ids []string, names map[string]org.View) string {
		var all []string
		for _, id := range ids {
			all = append(all, names[id].Name)
		}
		return strings.Join(all, ", ")
	}
	switch s.Kind {
	case org.Merged:
		if len(s.Keeps) > 0 {
			into := before[s.Keeps[0]].Name
			if now := after[s.Keeps[0]].Name; now != into {
				return l.T("{.from} nhập vào {.into}, từ đó gọi là {.name}", "from", list(s.From, before), "into", into, "name", now)
			}
			return l.T("{.from} nhập vào {.into}", "from", list(s.From, before), "into", into)
		}
		return l.T("{.from} hợp nhất thành {.into}", "from", list(s.From, before), "into", list(s.To, after))
	case org.Divided:
		into := list(slices.Concat(s.To, slices.DeleteFunc(slices.Clone(s.Keeps), func(u string) bool { return slices.Contains(s.From, u) })), after)
		if slices.ContainsFunc(s.Keeps, func(u string) bool { return slices.Contains(s.From, u) }) {
			return l.T("{.from} tách ra {.into} và tiếp tục hoạt động", "from", list(s.From, before), "into", into)
		}
		return l.T("{.from} chia thành {.into}", "from", list(s.From, before), "into", into)
	case org.Dissolved:
		if s.Heir != "" {
			return l.T("{.from} kết thúc hoạt động, {.heir} tiếp tục công việc", "from", list(s.From, before), "heir", after[s.Heir].Name)
		}
		return l.T("{.from} kết thúc hoạt động", "from", list(s.From, before))
	case org.Moved:
		switch {
		case s.After == "":
			return l.T("{.unit} thôi trực thuộc {.before}", "unit", before[s.Unit].Name, "before", before[s.Before].Name)
		case s.Before == "":
			return l.T("{.unit} trực thuộc {.after}", "unit", before[s.Unit].Name, "after", after[s.After].Name)
		}
		return l.T("{.unit} chuyển từ {.before} sang {.after}", "unit", before[s.Unit].Name, "before", before[s.Before].Name, "after", after[s.After].Name)
	}
	return l.T("{.before} đổi tên thành {.after}", "before", before[s.Unit].Name, "after", after[s.Unit].Name)
}

// endText says how a unit ended, and who goes on.
func (s *Server) endText(q *Req, e org.End) (string, error) {
	day := q.Lang.Day(e.Unit.To)
	if e.Unit.To <= e.Unit.From {
		return q.T("Đơn vị này chưa từng hoạt động: thay đổi lập ra nó đã được hủy."), nil
	}
	if e.Step == nil {
		return q.T("Kết thúc hoạt động từ {.day}.", "day", day), nil
	}
	text := q.T("Kết thúc hoạt động từ {.day}, theo {.decision}.", "day", day, "decision", e.Step.Decision)
	if e.Heir == "" {
		return text, nil
	}
	names, err := org.Names(q.Ctx(), s.DB, clock.Today(s.Clock), e.Heir)
	return text + " " + q.T("{.heir} tiếp tục công việc trong các năm thi đua đang mở.", "heir", names[e.Heir].Name), err
}
