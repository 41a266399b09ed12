package web

import (
	"context"
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
	Units   []org.View // to choose from
	Levels  []Option
	Rows    []int // boxes of units
	Outcome *outcomeView
}

// outcomeView is what a change would do.
type outcomeView struct {
	Ended, Made  []string
	Goes         string // who is called what from then on
	Heir         string
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
		}
	}
	f.Default("into_kind", "new")
	if view.Kind == org.Merged {
		f.Default("carry", "1")
	}
	return view, nil
}

// changePost looks at a change first, and carries it out once the person has
// seen what it does.
func (s *Server) changePost(q *Req) error {
	ctx, f := q.Ctx(), q.Form()
	if f.Get("step") == "edit" {
		return s.changeForm(q)
	}
	in, err := s.changeOf(ctx, f)
	if err != nil {
		return q.Retry(err, s.changeForm)
	}
	if f.Get("step") == "apply" {
		out, err := s.Org.Apply(ctx, q.Actor, in)
		if err != nil {
			return q.Retry(changed(err), s.changeForm)
		}
		to := out.Heir
		if to == "" {
			to = in.Units[0]
		}
		return q.Redirect(unitsPath+"/"+to, "Đã ghi thay đổi. Các năm trước vẫn giữ tên, thành viên và số liệu như lúc đó; nếu ghi nhầm, hãy hủy thay đổi ở trang này.")
	}
	out, err := s.Org.Preview(ctx, q.Actor, in)
	if err != nil {
		return q.Retry(changed(err), s.changeForm)
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

// changed puts a fault at the box of the form where it belongs.
func changed(err error) error {
	f := fault.As(err)
	if f.Code != fault.Invalid {
		return err
	}
	at := map[string]string{"units": "unit0", "into": "into0", "new": "new0", "name": "new0", "level": "level", "from": "day"}
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
// there is told by the name.
func (s *Server) changeOf(ctx context.Context, f *Form) (org.NewChange, error) {
	in := org.NewChange{Day: f.Day("day"), Basis: f.Get("basis"), Carry: f.Has("carry", "1")}
	for _, k := range changeKinds {
		if k.Slug == f.Get("loai") {
			in.Kind = k.Kind
		}
	}
	day := clock.Today(s.Clock)
	if in.Day.Valid() {
		day = in.Day.Plus(-1)
	}
	names, err := s.Org.Named(ctx, day)
	if err != nil {
		return in, err
	}
	var faults []*fault.Error
	find := func(field string) string {
		typed := f.Get(field)
		if typed == "" {
			return ""
		}
		u, there := names[org.NameKey(typed)]
		if !there {
			faults = append(faults, fault.Wrong(field, "Không có đơn vị tên “{.name}” vào ngày {.day}. Hãy chọn trong danh sách gợi ý.", "name", typed, "day", day))
		}
		return u.ID
	}
	all := func(name string, n int) (out []string) {
		for i := range n {
			if id := find(name + locale.Year(i)); id != "" {
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
		in.Heir = s.heirOf(f, in, find)
	case org.Dissolved:
		in.Units = all("unit", 1)
		in.Heir = s.heirOf(f, in, find)
	default:
		in.Units, in.Under = all("unit", 1), find("under")
	}
	if err := fault.List(faults...); err != nil {
		return in, err
	}
	return in, s.likeOld(ctx, &in)
}

// heirOf is who goes on: the name of a new unit of the form, or a unit.
func (s *Server) heirOf(f *Form, in org.NewChange, find func(string) string) string {
	typed := f.Get("heir")
	if slices.ContainsFunc(in.New, func(n org.NewUnit) bool { return org.NameKey(n.Name) == org.NameKey(typed) }) {
		return typed
	}
	return find("heir")
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
		v.Seats = append(v.Seats, seatRow{names[seat.UnitID].Name, seat.Cluster, locale.Year(seat.Year), yearPath(seat.YearID, ""), seat.Forming})
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
	v.Fields = rest(q.Form().Values, map[string]bool{"step": true}, "")
	return v, nil
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
	if view.Rows, err = s.stepRows(q, steps, "", view.MayManage); err != nil {
		return err
	}
	return q.Render("unit_changes", view)
}

// stepRows words changes, each unit under its name of then.
func (s *Server) stepRows(q *Req, steps []org.Step, own string, manage bool) ([]stepRow, error) {
	var rows []stepRow
	for _, step := range steps {
		before, err := org.Names(q.Ctx(), s.DB, step.Day.Plus(-1), step.Units()...)
		if err != nil {
			return nil, err
		}
		after, err := org.Names(q.Ctx(), s.DB, step.Day, step.Units()...)
		if err != nil {
			return nil, err
		}
		row := stepRow{ID: step.ID, Version: step.Version, Day: step.Day, Basis: step.Decision, Text: stepText(q.Lang, step, before, after), Kind: stepKind(step.Kind)}
		for _, id := range unique(step.Units()) {
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
		row.MayUndo = manage && step.Undone == nil
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
