package award

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Status is where a nomination stands.
type Status string

const (
	Proposed  Status = "proposed"
	Withdrawn Status = "withdrawn"
)

// Nomination proposes a unit, or units that a source counts but does not name,
// for an award. Rank, total and vote are those of the day of the proposal.
type Nomination struct {
	ID           string        `db:"id"`
	Version      int64         `db:"version"`
	YearID       string        `db:"year_id"`
	KindID       string        `db:"kind_id"`
	UnitID       string        `db:"unit_id"`  // empty where only Label is known
	Label        string        `db:"label"`    // "3 đơn vị"
	Quantity     int           `db:"quantity"` // awards that the line stands for: 1 for a unit
	PollID       string        `db:"poll_id"`
	Rank         int           `db:"rank"` // 0: none
	Total        points.Points `db:"total"`
	Grounds      string        `db:"grounds"`
	Warnings     Warnings      `db:"warnings"` // what the rules warned of when it was proposed
	Override     string        `db:"override"` // why it was proposed in spite of them
	State        Status        `db:"state"`
	Withdrawn    string        `db:"withdrawn"` // why
	Illustrative bool          `db:"illustrative"`
	AccountID    string        `db:"account_id"`
	At           clock.Instant `db:"at"`
}

// Proposal puts forward one or several units for one kind of award. Units that
// belong together (two that share a rank) are proposed together, so that the
// warnings see them together.
type Proposal struct {
	YearID       string
	KindID       string
	Units        []string
	Label        string // instead of units, for history: "3 đơn vị"
	Quantity     int    // with Label
	PollID       string // counted poll about this kind; may be empty
	Grounds      string // what else speaks for it; required with Label
	Override     string // why, in spite of warnings
	Illustrative bool
}

func (n *Proposal) check() error {
	n.Label, n.Grounds, n.Override = vntext.Line(n.Label), vntext.Clean(n.Grounds), vntext.Line(n.Override)
	twice := false
	for i, u := range n.Units {
		twice = twice || slices.Contains(n.Units[:i], u)
	}
	return fault.List(
		fault.When(n.KindID == "", "kind", "Chưa chọn hình thức khen thưởng."),
		fault.When(len(n.Units) == 0 && n.Label == "", "units", "Chưa chọn đơn vị nào."),
		fault.When(len(n.Units) > 0 && n.Label != "", "label", "Chọn đơn vị, hoặc ghi nhóm đơn vị chưa nêu tên, không cả hai."),
		fault.When(twice, "units", "Có đơn vị được chọn hai lần."),
		fault.When(n.Label != "" && (n.Quantity < 1 || n.Quantity > 1000), "quantity", "Chưa nhập số đơn vị của nhóm chưa nêu tên."),
		fault.When(n.Label != "" && n.Grounds == "", "grounds", "Nhóm chưa nêu tên phải ghi nguồn: văn bản hoặc bài viết nào nói tới."),
		fault.When(len([]rune(n.Grounds)) > 5_000, "grounds", "Căn cứ đề nghị dài quá 5.000 ký tự."),
	)
}

// Preview tells what the rules would warn of, without proposing.
func (s *Service) Preview(ctx context.Context, actor access.Actor, n Proposal) (Warnings, error) {
	if err := n.check(); err != nil {
		return nil, err
	}
	var out Warnings
	err := s.db.ReadSnapshot(ctx, func(q db.Queryer) error {
		if err := s.gate.Must(ctx, q, actor, access.AwardPropose, access.Record{Year: n.YearID}); err != nil {
			return err
		}
		y, err := s.years.Get(ctx, q, n.YearID)
		if err != nil {
			return err
		}
		list, err := s.compose(ctx, q, y, n)
		for _, l := range list {
			out = out.with(l.Warnings...)
		}
		return err
	})
	return out, err
}

// Propose enters nominations. Where the rules warn, a reason (Override) is
// required and kept with the warnings; without one the fault lists them.
func (s *Service) Propose(ctx context.Context, actor access.Actor, n Proposal) ([]Nomination, error) {
	if err := n.check(); err != nil {
		return nil, err
	}
	var list []Nomination
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.AwardPropose, access.Record{Year: n.YearID}); err != nil {
			return err
		}
		y, err := s.years.During(ctx, tx, n.YearID, cluster.Reviewing)
		if err != nil {
			return err
		}
		if list, err = s.compose(ctx, tx, y, n); err != nil {
			return err
		}
		if n.Override == "" {
			var warned []*fault.Error
			for _, l := range list {
				for _, w := range l.Warnings {
					warned = append(warned, fault.Wrong("override", "{.warning} Nếu vẫn đề nghị, hãy ghi lý do.", "warning", w.Text))
				}
			}
			if err := fault.List(warned...); err != nil {
				return err
			}
		}
		for i := range list {
			l := &list[i]
			if len(l.Warnings) > 0 {
				l.Override = n.Override
			}
			l.ID, l.State, l.AccountID, l.At = db.NewID(), Proposed, actor.Account, clock.Stamp(s.now)
			if err := s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "award.propose", Year: y.ID, Reason: l.Override}, "nomination", l); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// compose makes the nominations with their rank, vote and warnings.
func (s *Service) compose(ctx context.Context, q db.Queryer, y cluster.Year, n Proposal) ([]Nomination, error) {
	kind, err := db.Get[Kind](ctx, q, "award_kind", n.KindID)
	if err != nil {
		return nil, fault.Wrong("kind", "Hình thức khen thưởng này không có trong danh mục.").Because(err)
	}
	members, err := s.years.Members(ctx, q, y)
	if err != nil {
		return nil, err
	}
	standings, err := s.latest(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	verdicts, err := s.verdicts(ctx, q, y, n)
	if err != nil {
		return nil, err
	}
	before, err := s.live(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	var list []Nomination
	if n.Label != "" {
		list = append(list, Nomination{YearID: y.ID, KindID: kind.ID, Label: n.Label, Quantity: n.Quantity, Grounds: n.Grounds, Illustrative: n.Illustrative || y.Illustrative})
	}
	for _, unit := range n.Units {
		i := slices.IndexFunc(members, func(m cluster.Member) bool { return m.UnitID == unit })
		if i < 0 {
			return nil, fault.Wrong("units", "Chỉ đề nghị được đơn vị thành viên của năm thi đua này.")
		}
		if slices.ContainsFunc(before, func(b Nomination) bool { return b.UnitID == unit && b.KindID == kind.ID }) {
			return nil, fault.Wrong("units", "{.name} đã được đề nghị tặng {.kind}.", "name", members[i].Name, "kind", kind.Name)
		}
		l := Nomination{YearID: y.ID, KindID: kind.ID, UnitID: unit, Quantity: 1, Grounds: n.Grounds, Illustrative: n.Illustrative || y.Illustrative}
		if st, ok := standings[unit]; ok {
			l.Rank, l.Total = st.Rank, st.Total
		}
		if _, ok := verdicts[unit]; ok {
			l.PollID = n.PollID
		}
		if l.Rank == 0 && l.PollID == "" {
			return nil, fault.Wrong("units", "{.name} chưa có thứ hạng và cũng chưa có kết quả bỏ phiếu, nên chưa có căn cứ để đề nghị.", "name", members[i].Name)
		}
		list = append(list, l)
	}
	c := situation{year: y, kind: kind, members: members, standings: standings, verdicts: verdicts, live: append(before, list...)}
	if err := s.consult(ctx, q, &c); err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Warnings = c.warnings(list[i], i == 0)
	}
	return list, nil
}

// verdicts are what the poll behind a proposal says, by unit.
func (s *Service) verdicts(ctx context.Context, q db.Queryer, y cluster.Year, n Proposal) (map[string]ballot.Verdict, error) {
	out := map[string]ballot.Verdict{}
	if n.PollID == "" {
		return out, nil
	}
	p, err := s.ballots.Get(ctx, q, n.PollID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	if err != nil || p.YearID != y.ID || p.Purpose != ballot.ForAward || p.AwardKind != n.KindID {
		return nil, fault.Wrong("poll", "Hãy chọn kết quả bỏ phiếu của năm này về đúng hình thức khen thưởng.")
	}
	if p.State != ballot.Counted {
		return nil, fault.Wrong("poll", "Việc bỏ phiếu này chưa kiểm xong.")
	}
	v, err := s.ballots.Read(ctx, q, p)
	if err != nil {
		return nil, err
	}
	for i, d := range v.Verdicts {
		if unit := v.Nominees[i].UnitID; unit != "" {
			out[unit] = d
		}
	}
	return out, nil
}

// Withdraw takes a nomination back, with a reason; it stays in the record.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, id, reason string, version int64) error {
	reason = vntext.Line(reason)
	if reason == "" {
		return fault.Wrong("reason", "Hãy ghi lý do rút đề nghị.")
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := db.Get[Nomination](ctx, tx, "nomination", id)
		if err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.AwardPropose, access.Record{Year: n.YearID}); err != nil {
			return err
		}
		if _, err := s.years.During(ctx, tx, n.YearID, cluster.Meeting); err != nil {
			return err
		}
		if n.State == Withdrawn {
			return fault.New(fault.Conflict, "Đề nghị này đã được rút trước đó.")
		}
		n.State, n.Withdrawn, n.Version = Withdrawn, reason, version
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "award.withdraw", Year: n.YearID, Reason: reason}, "nomination", &n)
	})
}

// View is a nomination as it is shown.
type View struct {
	Nomination
	Kind    Kind
	Name    string          // of the unit in the year, or the label
	Vote    *ballot.Verdict // of the poll behind it
	Poll    *ballot.Poll
	Awarded *Decision
}

// List shows a year's nominations to an actor by kind, rank and name, those
// withdrawn last of their kind.
func (s *Service) List(ctx context.Context, actor access.Actor, yearID string) ([]View, error) {
	var out []View
	err := s.db.ReadSnapshot(ctx, func(q db.Queryer) error {
		if err := s.gate.MustSee(ctx, q, actor, access.ClusterRead, access.Record{Year: yearID}); err != nil {
			return err
		}
		var err error
		out, err = s.Read(ctx, q, yearID)
		return err
	})
	return out, err
}

// Read is List for a room that has checked the right to see.
func (s *Service) Read(ctx context.Context, q db.Queryer, yearID string) ([]View, error) {
	y, err := s.years.Get(ctx, q, yearID)
	if err != nil {
		return nil, err
	}
	list, err := db.All[Nomination](ctx, q, `
		SELECT `+db.Prefixed("n", Nomination{})+` FROM nomination n JOIN award_kind k ON k.id = n.kind_id
		WHERE n.year_id = $1
		ORDER BY k.place, CASE WHEN n.state = 'withdrawn' THEN 1 ELSE 0 END, CASE WHEN n.rank = 0 THEN 1 ELSE 0 END, n.rank, n.id`, yearID)
	if err != nil {
		return nil, err
	}
	kinds, err := s.kinds(ctx, q)
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx, q, y, list)
	if err != nil {
		return nil, err
	}
	var out []View
	for _, n := range list {
		v := View{Nomination: n, Kind: kinds[n.KindID], Name: n.Label}
		if n.UnitID != "" {
			v.Name = names[n.UnitID].Name
		}
		if n.PollID != "" {
			p, err := s.ballots.Get(ctx, q, n.PollID)
			if err != nil {
				return nil, err
			}
			d, err := s.ballots.ResultOf(ctx, q, p, n.UnitID)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return nil, err
			}
			if err == nil {
				v.Poll, v.Vote = &p, &d
			}
		}
		decision, ok, err := db.Maybe[Decision](ctx, q, `
			SELECT `+db.Prefixed("d", Decision{})+` FROM decision d JOIN award a ON a.decision_id = d.id
			WHERE a.nomination_id = $1 AND a.revoked = '' AND d.revoked = ''`, n.ID)
		if err != nil {
			return nil, err
		}
		if ok {
			v.Awarded = &decision
		}
		out = append(out, v)
	}
	return out, nil
}

func (s *Service) live(ctx context.Context, q db.Queryer, yearID string) ([]Nomination, error) {
	return db.All[Nomination](ctx, q, `SELECT `+db.Prefixed("n", Nomination{})+` FROM nomination n WHERE year_id = $1 AND state = $2 ORDER BY id`, yearID, Proposed)
}

func (s *Service) kinds(ctx context.Context, q db.Queryer) (map[string]Kind, error) {
	list, err := s.Kinds(ctx, q)
	out := make(map[string]Kind, len(list))
	for _, k := range list {
		out[k.ID] = k
	}
	return out, err
}

func sortByRank(rows []Row) {
	rank := func(r Row) int {
		if r.Standing == nil || r.Standing.Rank == 0 {
			return len(rows) + 1
		}
		return r.Standing.Rank
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return rank(a) - rank(b) })
}

// unmarshal keeps numbers as they are written.
func unmarshal(raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return d.Decode(into)
}
