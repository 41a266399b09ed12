package meeting

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Status is how a member attends.
type Status string

const (
	Unmarked   Status = ""
	Present    Status = "present"
	Absent     Status = "absent"
	Substitute Status = "substitute" // counts and votes with a written mandate
)

// Statuses in the order in which the roll call offers them.
var Statuses = []Status{Present, Substitute, Absent}

// Name says the status.
func (s Status) Name() string {
	switch s {
	case Unmarked:
		return "Chưa điểm danh"
	case Present:
		return "Có mặt"
	case Absent:
		return "Vắng mặt"
	case Substitute:
		return "Cử người dự thay"
	}
	return string(s)
}

// Attendance is a member's line of the roll.
type Attendance struct {
	ID        string `db:"id"`
	Version   int64  `db:"version"`
	MeetingID string `db:"meeting_id"`
	UnitID    string `db:"unit_id"`
	Status    Status `db:"status"`
	Person    string `db:"person"`
	Position  string `db:"position"`
	Mandate   string `db:"mandate"` // number and date of the written mandate of a substitute
}

// RollLine is an attendance with the member's name on the meeting's day.
type RollLine struct {
	Attendance
	Name, Short string
	Years       []string // of the meeting, to which the unit belongs
}

// There tells whether the unit is there and votes.
func (a Attendance) There() bool { return a.Status == Present || a.Status == Substitute }

// Roll lists every member of the meeting's years, marked or not, in the order
// of membership.
func (s *Service) Roll(ctx context.Context, q db.Queryer, m Meeting) ([]RollLine, error) {
	years, err := s.YearsOf(ctx, q, m.ID)
	if err != nil || m.Kind == Council {
		return nil, err
	}
	rows, err := db.All[Attendance](ctx, q, `SELECT `+db.Prefixed("a", Attendance{})+` FROM attendance a WHERE meeting_id = $1`, m.ID)
	if err != nil {
		return nil, err
	}
	var roll []RollLine
	var ids []string
	for _, yearID := range years {
		units, err := db.All[string](ctx, q, `SELECT unit_id FROM membership WHERE year_id = $1 ORDER BY place, id`, yearID)
		if err != nil {
			return nil, err
		}
		for _, unit := range units {
			if i := slices.IndexFunc(roll, func(l RollLine) bool { return l.UnitID == unit }); i >= 0 {
				roll[i].Years = append(roll[i].Years, yearID)
				continue
			}
			line := RollLine{Attendance: Attendance{MeetingID: m.ID, UnitID: unit}, Years: []string{yearID}}
			if i := slices.IndexFunc(rows, func(a Attendance) bool { return a.UnitID == unit }); i >= 0 {
				line.Attendance = rows[i]
			}
			roll = append(roll, line)
			ids = append(ids, unit)
		}
	}
	names, err := org.Names(ctx, q, m.Day(), ids...)
	if err != nil {
		return nil, err
	}
	for i := range roll {
		v := names[roll[i].UnitID]
		roll[i].Name, roll[i].Short = v.Name, v.Short
	}
	return roll, nil
}

// Mark enters how a member attends. version is the one the actor saw, 0 for a
// line that was not yet marked.
func (s *Service) Mark(ctx context.Context, actor access.Actor, meetingID string, a Attendance) error {
	a.Person, a.Position, a.Mandate = vntext.Line(a.Person), vntext.Line(a.Position), vntext.Line(a.Mandate)
	if err := fault.List(
		fault.When(!slices.Contains(Statuses, a.Status), "status", "Chưa chọn có mặt, vắng mặt hay cử người dự thay."),
		fault.When(a.Status == Substitute && a.Person == "", "person", "Chưa nhập người dự thay."),
		fault.When(a.Status == Substitute && a.Mandate == "", "mandate", "Người dự thay phải có văn bản ủy quyền: hãy ghi số, ngày văn bản."),
		fault.When(len([]rune(a.Person+a.Position+a.Mandate)) > 600, "person", "Nội dung điểm danh quá dài."),
	); err != nil {
		return err
	}
	if a.Status != Substitute {
		a.Mandate = ""
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		m, years, err := s.enter(ctx, tx, actor, meetingID)
		if err != nil {
			return err
		}
		roll, err := s.Roll(ctx, tx, m)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(roll, func(l RollLine) bool { return l.UnitID == a.UnitID })
		if i < 0 {
			return fault.Wrong("unit", "Chỉ điểm danh được đơn vị thành viên.")
		}
		change := ledger.Change{By: actor, Action: "meeting.attend", Year: years[0]}
		row := roll[i].Attendance
		if row.ID == "" {
			a.ID, a.MeetingID = db.NewID(), meetingID
			return s.book.Insert(ctx, tx, change, "attendance", &a)
		}
		row.Status, row.Person, row.Position, row.Mandate, row.Version = a.Status, a.Person, a.Position, a.Mandate, a.Version
		return s.book.Update(ctx, tx, change, "attendance", &row)
	})
}

// Quorum is whether enough members of a year are there, and under which rule.
type Quorum struct {
	Year       cluster.Year
	Members    int
	Present    int // substitutes among them
	Substitute int
	Absent     int
	Unmarked   int
	Needed     int
	Met        bool
	Threshold  rulebook.Threshold
	Rule       rulebook.Rule
}

// Quorum judges the roll against the rule in force on the day of the meeting,
// for each year of the meeting.
func (s *Service) Quorum(ctx context.Context, q db.Queryer, m Meeting) ([]Quorum, error) {
	years, err := s.YearsOf(ctx, q, m.ID)
	if err != nil || m.Kind == Council {
		return nil, err
	}
	roll, err := s.Roll(ctx, q, m)
	if err != nil {
		return nil, err
	}
	var out []Quorum
	for _, id := range years {
		y, err := s.years.Get(ctx, q, id)
		if err != nil {
			return nil, err
		}
		c, err := s.years.Cluster(ctx, q, y.ClusterID)
		if err != nil {
			return nil, err
		}
		rule, err := s.rules.At(ctx, q, rulebook.QuorumCluster, c.OrganiserID, m.Day())
		if err != nil {
			return nil, err
		}
		t, err := rule.Threshold()
		if err != nil {
			return nil, err
		}
		k := Quorum{Year: y, Rule: rule, Threshold: t}
		for _, l := range roll {
			if !slices.Contains(l.Years, id) {
				continue
			}
			k.Members++
			switch l.Status {
			case Present:
				k.Present++
			case Substitute:
				k.Present++
				k.Substitute++
			case Absent:
				k.Absent++
			default:
				k.Unmarked++
			}
		}
		k.Needed = ballot.Needed(k.Members, t)
		k.Met = k.Present >= k.Needed
		out = append(out, k)
	}
	return out, nil
}

// Words says the quorum and why.
func (k Quorum) Words() locale.Text {
	t := k.Threshold
	t.Base = rulebook.OfAll // a quorum is of the members, whatever the rule's value says
	if k.Met {
		return locale.Msg("Đủ điều kiện họp: {.present} trên {.members} đơn vị có mặt, cần {.needed} ({.share}).", "present", k.Present, "members", k.Members, "needed", k.Needed, "share", t.Words())
	}
	return locale.Msg("Chưa đủ điều kiện họp: mới có {.present} trên {.members} đơn vị có mặt, cần {.needed} ({.share}). Còn thiếu {.short}.", "present", k.Present, "members", k.Members, "needed", k.Needed, "share", t.Words(), "short", k.Needed-k.Present)
}
