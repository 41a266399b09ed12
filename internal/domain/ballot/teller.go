package ballot

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Panel is one of the two whom the meeting named to count the paper ballots of
// a poll (tổ kiểm phiếu): an account of the unit enters what it counted.
type Panel struct {
	ID      string `db:"id"`
	Version int64  `db:"version"`
	PollID  string `db:"poll_id"`
	Seat    int    `db:"seat"` // 1 or 2, the teller of a count
	UnitID  string `db:"unit_id"`
	Person  string `db:"person"`
}

// NamedTeller is a teller with the unit's name on the meeting's day.
type NamedTeller struct {
	Panel
	Name, Short string
}

// NewTeller names a teller: the unit, and the person where one wants to say who.
type NewTeller struct{ UnitID, Person string }

// TellerField is the form field of a teller's unit, 1 or 2.
func TellerField(seat int) string {
	if seat == 1 {
		return "teller-1"
	}
	return "teller-2"
}

// NameTellers names the two who count a poll on paper: from the members that
// attend and are not voted on, or of the standing body. Nobody makes oneself a
// teller. Once a teller has entered figures that seat stays.
func (s *Service) NameTellers(ctx context.Context, actor access.Actor, pollID string, both [2]NewTeller) error {
	for i := range both {
		both[i].Person = vntext.Line(both[i].Person)
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		p, _, err := s.enter(ctx, tx, actor, pollID, access.MeetingRun)
		if err != nil {
			return err
		}
		switch {
		case p.Way != OnPaper:
			return fault.New(fault.Conflict, "Biểu quyết giơ tay không cần người kiểm phiếu.")
		case p.State != Prepared && p.State != Open:
			return fault.New(fault.Conflict, "Lần bỏ phiếu này đã kết thúc nên không đổi người kiểm phiếu được.")
		}
		may, err := s.candidates(ctx, tx, p)
		if err != nil {
			return err
		}
		var wrong []*fault.Error
		for i, t := range both {
			wrong = append(wrong, may.check(i+1, t), fault.When(len([]rune(t.Person)) > 100, TellerField(i+1), "Họ tên dài quá 100 ký tự."))
		}
		if both[0].UnitID == both[1].UnitID && both[0].UnitID != "" && both[0].UnitID != may.organiser {
			wrong = append(wrong, fault.Wrong(TellerField(2), "Hai người kiểm phiếu phải thuộc hai đơn vị khác nhau."))
		}
		if err := fault.List(wrong...); err != nil {
			return err
		}
		now, err := s.panel(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		counts, err := s.counts(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "ballot.tellers", Year: p.YearID}
		for i, t := range both {
			seat := i + 1
			at := slices.IndexFunc(now, func(o Panel) bool { return o.Seat == seat })
			if at < 0 {
				if err := s.book.Insert(ctx, tx, change, "teller", &Panel{ID: db.NewID(), PollID: p.ID, Seat: seat, UnitID: t.UnitID, Person: t.Person}); err != nil {
					return err
				}
				continue
			}
			row := now[at]
			if row.UnitID == t.UnitID && row.Person == t.Person {
				continue
			}
			if slices.ContainsFunc(counts, func(c Count) bool { return c.Teller == seat }) {
				return fault.Wrong(TellerField(seat), "Người kiểm phiếu này đã nhập số liệu nên không đổi được nữa.")
			}
			row.UnitID, row.Person = t.UnitID, t.Person
			if err := s.book.Update(ctx, tx, change, "teller", &row); err != nil {
				return err
			}
		}
		return nil
	})
}

// Candidates lists the units that may count a poll's ballots: members that
// attend and are not voted on, in the order of membership, and last the
// organiser, whose standing body may help out.
func (s *Service) Candidates(ctx context.Context, q db.Queryer, p Poll) ([]org.View, error) {
	may, err := s.candidates(ctx, q, p)
	if err != nil {
		return nil, err
	}
	day, err := s.day(ctx, q, p)
	if err != nil {
		return nil, err
	}
	ids := append(slices.Clone(may.units), may.organiser)
	names, err := org.Names(ctx, q, day, ids...)
	if err != nil {
		return nil, err
	}
	out := make([]org.View, 0, len(ids))
	for _, id := range ids {
		out = append(out, names[id])
	}
	return out, nil
}

// eligible is who may count a poll.
type eligible struct {
	units     []string // members that attend and are not voted on
	nominated []string
	organiser string
}

func (e eligible) check(seat int, t NewTeller) *fault.Error {
	switch {
	case t.UnitID == "":
		return fault.Wrong(TellerField(seat), "Chưa cử người kiểm phiếu thứ {.n}.", "n", seat)
	case slices.Contains(e.nominated, t.UnitID):
		return fault.Wrong(TellerField(seat), "Đơn vị có tên trên phiếu không được kiểm phiếu. Hãy cử đơn vị khác.")
	case t.UnitID != e.organiser && !slices.Contains(e.units, t.UnitID):
		return fault.Wrong(TellerField(seat), "Chỉ cử người kiểm phiếu trong số đơn vị đang có mặt, hoặc cơ quan thường trực. Hãy điểm danh đơn vị đó trước.")
	}
	return nil
}

func (s *Service) candidates(ctx context.Context, q db.Queryer, p Poll) (eligible, error) {
	var e eligible
	y, err := s.years.Get(ctx, q, p.YearID)
	if err != nil {
		return e, err
	}
	c, err := s.years.Cluster(ctx, q, y.ClusterID)
	if err != nil {
		return e, err
	}
	e.organiser = c.OrganiserID
	nominees, err := s.nominees(ctx, q, p.ID)
	if err != nil {
		return e, err
	}
	for _, n := range nominees {
		if n.UnitID != "" {
			e.nominated = append(e.nominated, n.UnitID)
		}
	}
	there, err := s.sittings.There(ctx, q, p.MeetingID, p.YearID)
	if err != nil {
		return e, err
	}
	for _, u := range there {
		if !slices.Contains(e.nominated, u) {
			e.units = append(e.units, u)
		}
	}
	return e, nil
}

func (s *Service) panel(ctx context.Context, q db.Queryer, pollID string) ([]Panel, error) {
	return db.All[Panel](ctx, q, `SELECT `+db.Prefixed("t", Panel{})+` FROM teller t WHERE poll_id = $1 ORDER BY seat`, pollID)
}

// named are a poll's tellers with their names.
func (s *Service) named(ctx context.Context, q db.Queryer, p Poll) ([]NamedTeller, error) {
	rows, err := s.panel(ctx, q, p.ID)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	day, err := s.day(ctx, q, p)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(ctx, q, day, rows[0].UnitID, rows[len(rows)-1].UnitID)
	if err != nil {
		return nil, err
	}
	out := make([]NamedTeller, len(rows))
	for i, r := range rows {
		out[i] = NamedTeller{r, names[r.UnitID].Name, names[r.UnitID].Short}
	}
	return out, nil
}

// manned requires that the two tellers of a poll on paper are named and still
// may count: the roll can have changed since.
func (s *Service) manned(ctx context.Context, q db.Queryer, p Poll) error {
	rows, err := s.panel(ctx, q, p.ID)
	if err != nil {
		return err
	}
	if len(rows) < 2 {
		return fault.Wrong(TellerField(1), "Chưa cử hai người kiểm phiếu. Hãy cử trong số đơn vị có mặt và không có tên trên phiếu.")
	}
	may, err := s.candidates(ctx, q, p)
	if err != nil {
		return err
	}
	var wrong []*fault.Error
	for _, r := range rows {
		wrong = append(wrong, may.check(r.Seat, NewTeller{UnitID: r.UnitID}))
	}
	return fault.List(wrong...)
}

// seats are those of the poll's tellers that the actor counts for.
func (s *Service) seats(ctx context.Context, q db.Queryer, actor access.Actor, pollID string) ([]int, error) {
	held, err := s.gate.Holds(ctx, q, actor)
	if err != nil {
		return nil, err
	}
	rows, err := s.panel(ctx, q, pollID)
	if err != nil {
		return nil, err
	}
	var out []int
	for _, r := range rows {
		if slices.ContainsFunc(held, func(h access.Held) bool { return h.UnitID == r.UnitID && h.Role.Counts() }) {
			out = append(out, r.Seat)
		}
	}
	return out, nil
}
