package cluster

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

func fmtYear(y int) string { return strconv.Itoa(y) }

// NewYear is a cluster's year to be formed.
type NewYear struct {
	ClusterID    string // empty for a cluster that is new this year
	Kind         Kind
	OrganiserID  string
	Year         int
	Name, Short  string
	Basis        string // decision or notice
	Members      []string
	Leader       NewTerm
	Deputy       NewTerm // unit empty for none
	Deadlines    map[string]clock.Day
	Illustrative bool
}

// NewTerm is a term of office to be entered; empty days mean the usual ones.
type NewTerm struct {
	UnitID    string
	Basis     Basis
	Reference string
	From, To  clock.Day
}

// usualTerm runs from the first day of the year to the end of March of the
// next, because reviews are held until then (domain.md §1.2, rule 1).
func (n NewTerm) usual(year int) NewTerm {
	if n.From == "" {
		n.From = clock.Day(fmtYear(year) + "-01-01")
	}
	if n.To == "" {
		n.To = clock.Day(fmtYear(year+1) + "-04-01")
	}
	n.Reference = vntext.Line(n.Reference)
	return n
}

// wrong lists what is amiss with a usual term, at a field.
func (n NewTerm) wrong(field string) []*fault.Error {
	return []*fault.Error{
		fault.When(!n.From.Valid() || !n.To.Valid() || n.From >= n.To, field, "Nhiệm kỳ phải có ngày bắt đầu trước ngày kết thúc."),
		fault.When(n.Basis == "", field, "Chưa chọn căn cứ giao nhiệm vụ trưởng, phó."),
		fault.When(n.Reference == "", field, "Chưa ghi số văn bản hoặc hội nghị làm căn cứ."),
	}
}

func (n NewTerm) term(yearID string, o Office) Term {
	return Term{ID: db.NewID(), YearID: yearID, UnitID: n.UnitID, Office: o, Basis: n.Basis, Reference: n.Reference, From: n.From, To: n.To}
}

func (n *NewYear) check() error {
	n.Name, n.Short, n.Basis = vntext.Line(n.Name), vntext.Line(n.Short), vntext.Line(n.Basis)
	if n.Short == "" {
		n.Short = n.Name
	}
	seen := map[string]bool{}
	var twice bool
	for _, m := range n.Members {
		twice = twice || seen[m]
		seen[m] = true
	}
	return fault.List(
		fault.When(n.Name == "", "name", "Chưa nhập tên cụm, khối."),
		fault.When(n.Kind != Cum && n.Kind != Khoi, "kind", "Chưa chọn cụm hay khối."),
		fault.When(n.Year < 1948 || n.Year > 2100, "year", "Năm thi đua không đúng."),
		fault.When(n.Basis == "", "basis", "Chưa nhập căn cứ thành lập (số, ngày văn bản)."),
		fault.When(twice, "members", "Có đơn vị được chọn hai lần."),
		fault.When(n.Leader.UnitID != "" && !seen[n.Leader.UnitID], "leader", "Đơn vị trưởng phải là thành viên của cụm, khối."),
		fault.When(n.Deputy.UnitID != "" && !seen[n.Deputy.UnitID], "deputy", "Đơn vị phó phải là thành viên của cụm, khối."),
		fault.When(n.Deputy.UnitID != "" && n.Deputy.UnitID == n.Leader.UnitID, "deputy", "Đơn vị trưởng và đơn vị phó phải khác nhau."),
	)
}

// Form forms a cluster's year with its members and terms of office.
func (s *Service) Form(ctx context.Context, actor access.Actor, in NewYear) (Year, error) {
	if err := in.check(); err != nil {
		return Year{}, err
	}
	var y Year
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ClusterForm, access.Record{Organiser: in.OrganiserID}); err != nil {
			return err
		}
		var err error
		y, err = s.form(ctx, tx, actor, in)
		return err
	})
	return y, err
}

// form writes the year; the caller has checked the right to.
func (s *Service) form(ctx context.Context, tx *db.Tx, actor access.Actor, in NewYear) (Year, error) {
	change := ledger.Change{By: actor, Action: "cluster.form", Reason: in.Basis}
	var err error
	if in.ClusterID, err = s.clusterOf(ctx, tx, change, in); err != nil {
		return Year{}, err
	}
	y := Year{
		ID: db.NewID(), ClusterID: in.ClusterID, Year: in.Year, Name: in.Name, Short: in.Short,
		Search: vntext.Fold(in.Name + " " + in.Short), SortKey: vntext.Key(in.Name),
		State: Formed, Basis: in.Basis, Illustrative: in.Illustrative,
	}
	change.Year = y.ID
	if err := s.book.Insert(ctx, tx, change, "cluster_year", &y); err != nil {
		return y, err
	}
	if err := s.once(ctx, tx, in, "members"); err != nil {
		return y, err
	}
	for i, unit := range in.Members {
		u, err := db.Get[org.Unit](ctx, tx, "unit", unit)
		if err != nil {
			return y, fault.Wrong("members", "Có đơn vị không còn trong danh mục. Hãy chọn lại thành viên.").Because(err)
		}
		if err := s.mustBe(ctx, tx, u, in.Year, "members"); err != nil {
			return y, err
		}
		m := Membership{ID: db.NewID(), YearID: y.ID, UnitID: unit, Place: i + 1, Basis: in.Basis}
		if err := s.book.Insert(ctx, tx, change, "membership", &m); err != nil {
			return y, err
		}
	}
	for office, term := range map[Office]NewTerm{Leader: in.Leader, Deputy: in.Deputy} {
		if term.UnitID == "" {
			continue
		}
		if err := s.appoint(ctx, tx, change, y, office, term); err != nil {
			return y, err
		}
	}
	for _, d := range Deadlines {
		if due, ok := in.Deadlines[d.Activity]; ok {
			if err := s.setDeadline(ctx, tx, change, y.ID, d.Activity, due); err != nil {
				return y, err
			}
		}
	}
	return y, nil
}

// once requires that none of the members is in another cluster of the same kind
// and organiser in the year: a unit is compared, scored and proposed for awards
// in one. Clusters of another organiser, as a ministry's beside a province's,
// are another matter.
func (s *Service) once(ctx context.Context, tx *db.Tx, in NewYear, field string) error {
	type elsewhere struct {
		UnitID string `db:"unit_id"`
		Name   string `db:"name"`
	}
	var rows []elsewhere
	for part := range slices.Chunk(in.Members, 400) {
		marks, args := make([]string, len(part)), []any{in.Year, in.OrganiserID, in.Kind, in.ClusterID}
		for i, unit := range part {
			marks[i] = fmt.Sprintf("$%d", len(args)+1)
			args = append(args, unit)
		}
		found, err := db.All[elsewhere](ctx, tx, `SELECT m.unit_id, y.name FROM membership m JOIN cluster_year y ON y.id = m.year_id JOIN cluster c ON c.id = y.cluster_id
			WHERE y.year = $1 AND c.organiser_id = $2 AND c.kind = $3 AND c.id <> $4 AND m.unit_id IN (`+strings.Join(marks, ", ")+`) ORDER BY m.id`, args...)
		if err != nil {
			return err
		}
		rows = append(rows, found...)
	}
	var wrong []*fault.Error
	for _, r := range rows {
		names, err := org.Names(ctx, tx, Year{Year: in.Year}.Day(clock.Today(s.now)), r.UnitID)
		if err != nil {
			return err
		}
		wrong = append(wrong, fault.Wrong(field, "{.unit} đã là thành viên của “{.cluster}” năm {.year}. Một đơn vị chỉ thuộc một cụm hoặc một khối của cùng cơ quan tổ chức trong một năm.", "unit", names[r.UnitID].Name, "cluster", r.Name, "year", fmtYear(in.Year)))
	}
	return fault.List(wrong...)
}

// clusterOf is the cluster that a year is to be formed of: a new one, or the
// named one, which must not have the year yet.
func (s *Service) clusterOf(ctx context.Context, tx *db.Tx, change ledger.Change, in NewYear) (string, error) {
	if in.ClusterID == "" {
		if _, err := db.Get[org.Unit](ctx, tx, "unit", in.OrganiserID); err != nil {
			return "", fault.Wrong("organiser", "Cơ quan tổ chức cụm, khối không có trong danh mục đơn vị.").Because(err)
		}
		c := Cluster{ID: db.NewID(), Kind: in.Kind, OrganiserID: in.OrganiserID}
		return c.ID, s.book.Insert(ctx, tx, change, "cluster", &c)
	}
	c, err := s.Cluster(ctx, tx, in.ClusterID)
	if err != nil {
		return "", err
	}
	if c.OrganiserID != in.OrganiserID {
		return "", fault.Missing()
	}
	n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM cluster_year WHERE cluster_id = $1 AND year = $2`, in.ClusterID, in.Year)
	if err != nil {
		return "", err
	}
	if n > 0 {
		return "", fault.Wrong("year", "Năm {.year} của cụm, khối này đã được mở.", "year", fmtYear(in.Year))
	}
	return c.ID, nil
}

// appoint enters a term; one that would overlap another of the same office is refused.
func (s *Service) appoint(ctx context.Context, tx *db.Tx, change ledger.Change, y Year, office Office, n NewTerm) error {
	n = n.usual(y.Year)
	field := string(office)
	if err := fault.List(n.wrong(field)...); err != nil {
		return err
	}
	member, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM membership WHERE year_id = $1 AND unit_id = $2`, y.ID, n.UnitID)
	if err != nil {
		return err
	}
	if member == 0 {
		return fault.Wrong(field, "Đơn vị được giao phải là thành viên của cụm, khối.")
	}
	overlap, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM term WHERE year_id = $1 AND role = $2 AND from_day < $3 AND to_day > $4`, y.ID, office, n.To, n.From)
	if err != nil {
		return err
	}
	if overlap > 0 {
		return fault.Wrong(field, "Trong thời gian này đã có đơn vị khác giữ nhiệm vụ. Hãy kết thúc nhiệm kỳ cũ trước.")
	}
	t := n.term(y.ID, office)
	return s.book.Insert(ctx, tx, change, "term", &t)
}

// Replace ends the office's current term on the new one's first day and enters
// the new one: the province confirms or overrides an election this way.
func (s *Service) Replace(ctx context.Context, actor access.Actor, yearID string, office Office, n NewTerm) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ClusterForm, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.Get(ctx, tx, yearID)
		if err != nil {
			return err
		}
		n = n.usual(y.Year)
		change := ledger.Change{By: actor, Action: "cluster.appoint", Year: yearID, Reason: n.Reference}
		old, err := db.All[Term](ctx, tx, `SELECT `+db.Prefixed("t", Term{})+` FROM term t WHERE year_id = $1 AND role = $2 AND from_day < $3 AND to_day > $4`, yearID, office, n.To, n.From)
		if err != nil {
			return err
		}
		for _, t := range old {
			if n.From <= t.From {
				return fault.Wrong(string(office), "Nhiệm kỳ hiện nay bắt đầu từ {.from}; nhiệm kỳ mới phải bắt đầu sau ngày đó.", "from", t.From)
			}
			t.To = n.From
			if err := s.book.Update(ctx, tx, change, "term", &t); err != nil {
				return err
			}
		}
		return s.appoint(ctx, tx, change, y, office, n)
	})
}

// AddMember puts a unit into a year that is still being formed.
func (s *Service) AddMember(ctx context.Context, actor access.Actor, yearID, unitID, basis string) error {
	basis = vntext.Line(basis)
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ClusterForm, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.During(ctx, tx, yearID, Forming)
		if err != nil {
			return err
		}
		u, err := db.Get[org.Unit](ctx, tx, "unit", unitID)
		if err != nil {
			return fault.Wrong("unit", "Đơn vị không có trong danh mục.").Because(err)
		}
		if err := s.mustBe(ctx, tx, u, y.Year, "unit"); err != nil {
			return err
		}
		c, err := s.Cluster(ctx, tx, y.ClusterID)
		if err != nil {
			return err
		}
		if err := s.once(ctx, tx, NewYear{ClusterID: c.ID, Kind: c.Kind, OrganiserID: c.OrganiserID, Year: y.Year, Members: []string{unitID}}, "unit"); err != nil {
			return err
		}
		members, err := s.Members(ctx, tx, y)
		if err != nil {
			return err
		}
		place := 1
		for _, m := range members {
			if m.UnitID == unitID {
				return fault.Wrong("unit", "Đơn vị này đã là thành viên.")
			}
			place = max(place, m.Place+1)
		}
		if basis == "" {
			basis = y.Basis
		}
		m := Membership{ID: db.NewID(), YearID: yearID, UnitID: unitID, Place: place, Basis: basis}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "cluster.add_member", Year: yearID, Reason: basis}, "membership", &m)
	})
}

// RemoveMember takes a unit out of a year that is still being formed.
func (s *Service) RemoveMember(ctx context.Context, actor access.Actor, yearID, unitID, reason string) error {
	reason = vntext.Line(reason)
	if reason == "" {
		return fault.Wrong("reason", "Chưa nhập lý do.")
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ClusterForm, access.Record{Year: yearID}); err != nil {
			return err
		}
		if _, err := s.During(ctx, tx, yearID, Forming); err != nil {
			return err
		}
		m, err := db.One[Membership](ctx, tx, `SELECT `+db.Prefixed("m", Membership{})+` FROM membership m WHERE year_id = $1 AND unit_id = $2`, yearID, unitID)
		if err != nil {
			return err
		}
		holds, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM term WHERE year_id = $1 AND unit_id = $2`, yearID, unitID)
		if err != nil {
			return err
		}
		if holds > 0 {
			return fault.New(fault.Conflict, "Đơn vị đang giữ nhiệm vụ trưởng hoặc phó. Hãy giao cho đơn vị khác trước khi đưa ra khỏi cụm, khối.")
		}
		return s.book.Delete(ctx, tx, ledger.Change{By: actor, Action: "cluster.remove_member", Year: yearID, Reason: reason}, "membership", &m)
	})
}

// SetDeadline sets or moves a deadline.
func (s *Service) SetDeadline(ctx context.Context, actor access.Actor, yearID, activity string, due clock.Day) error {
	known := slices.ContainsFunc(Deadlines, func(d struct{ Activity, Name string }) bool { return d.Activity == activity })
	if !known {
		return fault.Wrong("activity", "Lịch của năm không có việc này. Hãy chọn một việc trong danh sách.")
	}
	if !due.Valid() {
		return fault.Wrong("due", "Hạn không đúng ngày. Hãy nhập như 30/11/2023.")
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ClusterPlan, access.Record{Year: yearID}); err != nil {
			return err
		}
		return s.setDeadline(ctx, tx, ledger.Change{By: actor, Action: "cluster.deadline", Year: yearID}, yearID, activity, due)
	})
}

// SetCalendar sets several deadlines of a year or none. The field of a fault is
// the activity.
func (s *Service) SetCalendar(ctx context.Context, actor access.Actor, yearID string, days map[string]clock.Day) error {
	var faults []*fault.Error
	for _, d := range Deadlines {
		if day, given := days[d.Activity]; given && !day.Valid() {
			faults = append(faults, fault.Wrong(d.Activity, "Hạn không đúng ngày. Hãy nhập như 30/11/2023."))
		}
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ClusterPlan, access.Record{Year: yearID}); err != nil {
			return err
		}
		if err := fault.List(faults...); err != nil {
			return err
		}
		now, err := s.Calendar(ctx, tx, yearID)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "cluster.deadline", Year: yearID}
		for _, d := range Deadlines {
			day, given := days[d.Activity]
			if !given || now[d.Activity].Due == day {
				continue
			}
			if err := s.setDeadline(ctx, tx, change, yearID, d.Activity, day); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetDeadlineIn is SetDeadline in the caller's transaction, for the room whose
// act sets a deadline of its own.
func (s *Service) SetDeadlineIn(ctx context.Context, tx *db.Tx, actor access.Actor, yearID, activity string, due clock.Day) error {
	if err := s.gate.Must(ctx, tx, actor, access.ClusterPlan, access.Record{Year: yearID}); err != nil {
		return err
	}
	return s.setDeadline(ctx, tx, ledger.Change{By: actor, Action: "cluster.deadline", Year: yearID}, yearID, activity, due)
}

func (s *Service) setDeadline(ctx context.Context, tx *db.Tx, change ledger.Change, yearID, activity string, due clock.Day) error {
	old, there, err := db.Maybe[Deadline](ctx, tx, `SELECT `+db.Prefixed("d", Deadline{})+` FROM deadline d WHERE year_id = $1 AND activity = $2`, yearID, activity)
	if err != nil {
		return err
	}
	if there {
		old.Due = due
		return s.book.Update(ctx, tx, change, "deadline", &old)
	}
	return s.book.Insert(ctx, tx, change, "deadline", &Deadline{ID: db.NewID(), YearID: yearID, Activity: activity, Due: due})
}

// Next says what the next year shall be like; empty fields are taken over.
type Next struct {
	Basis  string  // what the forming rests on: the review meeting, or a decision
	Leader NewTerm // the elected leader
	Deputy NewTerm
	Change func(members []string) []string // may be nil
}

// OpenNext opens the following year of the same cluster with the same members
// and the given leader. It runs in the caller's transaction, for the meeting
// that closes one year and opens the next; the caller has checked the right to.
func (s *Service) OpenNext(ctx context.Context, tx *db.Tx, actor access.Actor, yearID string, n Next) (Year, error) {
	y, err := s.Get(ctx, tx, yearID)
	if err != nil {
		return Year{}, err
	}
	c, err := s.Cluster(ctx, tx, y.ClusterID)
	if err != nil {
		return Year{}, err
	}
	rows, err := db.All[string](ctx, tx, `SELECT unit_id FROM membership WHERE year_id = $1 ORDER BY place`, yearID)
	if err != nil {
		return Year{}, err
	}
	if n.Change != nil {
		rows = n.Change(rows)
	}
	if rows, err = s.goOn(ctx, tx, y.Year+1, rows, &n.Leader, &n.Deputy); err != nil {
		return Year{}, err
	}
	in := NewYear{
		ClusterID: c.ID, Kind: c.Kind, OrganiserID: c.OrganiserID, Year: y.Year + 1, Name: y.Name, Short: y.Short,
		Basis: n.Basis, Members: rows, Leader: n.Leader, Deputy: n.Deputy,
	}
	if err := in.check(); err != nil {
		return Year{}, err
	}
	return s.form(ctx, tx, actor, in)
}

// SetMovement ties the year to the movement it answers.
func (s *Service) SetMovement(ctx context.Context, actor access.Actor, yearID, movementID string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ClusterMove, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.During(ctx, tx, yearID, Forming)
		if err != nil {
			return err
		}
		launched, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM movement WHERE id = $1 AND state = 'launched' AND year = $2`, movementID, y.Year)
		if err != nil {
			return err
		}
		if launched == 0 {
			return fault.Wrong("movement", "Hãy chọn một phong trào đã phát động của năm {.year}.", "year", fmtYear(y.Year))
		}
		y.MovementID = movementID
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "cluster.movement", Year: yearID}, "cluster_year", &y)
	})
}

// UseSheet sets the adopted scoring sheet; called by the room that adopts, in its transaction.
func (s *Service) UseSheet(ctx context.Context, tx *db.Tx, actor access.Actor, yearID, sheetVersionID string) error {
	y, err := s.Get(ctx, tx, yearID)
	if err != nil {
		return err
	}
	y.SheetVersionID = sheetVersionID
	return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "cluster.sheet", Year: yearID}, "cluster_year", &y)
}
