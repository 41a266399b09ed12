package ballot

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

func memberIs(unit string) func(cluster.Member) bool {
	return func(m cluster.Member) bool { return m.UnitID == unit }
}

// CountHands enters the one count of a show of hands and decides the poll.
func (s *Service) CountHands(ctx context.Context, actor access.Actor, pollID string, lines []Line) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		p, _, err := s.enter(ctx, tx, actor, pollID, access.MeetingRun)
		if err != nil {
			return err
		}
		if p.Way != ByHands {
			return fault.New(fault.Conflict, "Việc này bỏ phiếu giấy: hai người kiểm phiếu nhập số liệu ở trang kiểm phiếu.")
		}
		r, err := s.counting(ctx, tx, p)
		if err != nil {
			return err
		}
		f := Hands(r, lines)
		if err := fault.List(Check(f, r)...); err != nil {
			return err
		}
		if _, err := s.record(ctx, tx, actor, p, 0, f); err != nil {
			return err
		}
		return s.decide(ctx, tx, actor, p, r, f)
	})
}

// Entry answers a teller.
type Entry struct {
	Teller      int          // which of the two the actor is
	Both        bool         // both counts are in
	Differences []Difference // empty with Both: they agree and the poll is decided
}

// EnterCount enters a teller's count of paper ballots. The two whom the meeting
// named count apart, and neither sees the other's figures. When both are in and
// agree the poll is decided; while they disagree nothing is, and each may
// correct: the count before is kept as superseded.
func (s *Service) EnterCount(ctx context.Context, actor access.Actor, pollID string, f Figures) (Entry, error) {
	var e Entry
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		p, _, err := s.enter(ctx, tx, actor, pollID, access.VoteCount)
		if err != nil {
			return err
		}
		if p.Way != OnPaper {
			return fault.New(fault.Conflict, "Việc này biểu quyết bằng giơ tay: người chủ trì nhập kết quả ở trang hội nghị.")
		}
		r, err := s.counting(ctx, tx, p)
		if err != nil {
			return err
		}
		if err := fault.List(Check(f, r)...); err != nil {
			return err
		}
		counts, err := s.counts(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		if e.Teller, err = s.seat(ctx, tx, actor, p, counts); err != nil {
			return err
		}
		var other *Count
		for i, c := range counts {
			if c.Teller != e.Teller {
				other, e.Both = &counts[i], true
				continue
			}
			c.Superseded = true
			if err := s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "ballot.recount", Year: p.YearID}, "vote_count", &c); err != nil {
				return err
			}
		}
		if _, err := s.record(ctx, tx, actor, p, e.Teller, f); err != nil || other == nil {
			return err
		}
		theirs, err := s.figures(ctx, tx, *other)
		if err != nil {
			return err
		}
		first, second := f, theirs
		if e.Teller == 2 {
			first, second = theirs, f
		}
		if e.Differences = Compare(first, second); len(e.Differences) > 0 {
			return nil
		}
		return s.decide(ctx, tx, actor, p, r, f)
	})
	return e, err
}

// seat is the teller, 1 or 2, as whom the actor counts: the one that the actor
// has counted as, or else one of the actor's unit that nobody has.
func (s *Service) seat(ctx context.Context, tx *db.Tx, actor access.Actor, p Poll, counts []Count) (int, error) {
	seats, err := s.seats(ctx, tx, actor, p.ID)
	if err != nil {
		return 0, err
	}
	taken := map[int]Count{}
	for _, c := range counts {
		if c.AccountID == actor.Account {
			return c.Teller, nil
		}
		taken[c.Teller] = c
	}
	by := ""
	for _, seat := range seats {
		c, there := taken[seat]
		if !there {
			return seat, nil
		}
		by = c.Name
	}
	if by == "" {
		return 0, fault.New(fault.Denied, "Chỉ hai người được hội nghị cử kiểm phiếu mới nhập được số liệu.")
	}
	return 0, fault.New(fault.Conflict, "{.name} đã nhập số liệu cho đơn vị này. Chỉ người đó được sửa số liệu của mình.", "name", by)
}

// counting reads what bounds a count and wants the poll to be open for one.
func (s *Service) counting(ctx context.Context, tx *db.Tx, p Poll) (Room, error) {
	switch p.State {
	case Prepared:
		return Room{}, fault.New(fault.Conflict, "Việc bỏ phiếu này chưa bắt đầu.")
	case Counted:
		return Room{}, fault.New(fault.Conflict, "Phiếu đã được kiểm xong và hai bên đã khớp. Nếu kết quả sai, người chủ trì hủy lần bỏ phiếu này, ghi lý do, rồi bỏ phiếu lại.")
	case Cancelled:
		return Room{}, fault.New(fault.Conflict, "Lần bỏ phiếu này đã được hủy.")
	}
	if _, err := s.years.During(ctx, tx, p.YearID, p.Purpose.activity()); err != nil {
		return Room{}, err
	}
	r, _, err := s.room(ctx, tx, p)
	return r, err
}

// counts lists the live counts by teller.
func (s *Service) counts(ctx context.Context, q db.Queryer, pollID string) ([]Count, error) {
	return db.All[Count](ctx, q, `SELECT `+db.Prefixed("c", Count{})+` FROM vote_count c WHERE poll_id = $1 AND superseded = FALSE ORDER BY teller, at`, pollID)
}

func (s *Service) figures(ctx context.Context, q db.Queryer, c Count) (Figures, error) {
	rows, err := db.All[line](ctx, q, `SELECT `+db.Prefixed("l", line{})+` FROM vote_line l WHERE count_id = $1 ORDER BY id`, c.ID)
	f := Figures{Issued: c.Issued, Returned: c.Returned, Valid: c.Valid, Invalid: c.Invalid}
	for _, l := range rows {
		f.Lines = append(f.Lines, Line{l.NomineeID, l.Yes, l.No, l.Written})
	}
	return f, err
}

func (s *Service) record(ctx context.Context, tx *db.Tx, actor access.Actor, p Poll, teller int, f Figures) (Count, error) {
	change := ledger.Change{By: actor, Action: "ballot.count", Year: p.YearID}
	c := Count{
		ID: db.NewID(), PollID: p.ID, Teller: teller, AccountID: actor.Account, Name: actor.Name,
		Issued: f.Issued, Returned: f.Returned, Valid: f.Valid, Invalid: f.Invalid, At: clock.Stamp(s.now),
	}
	if err := s.book.Insert(ctx, tx, change, "vote_count", &c); err != nil {
		return c, err
	}
	for _, l := range f.Lines {
		row := line{ID: db.NewID(), CountID: c.ID, NomineeID: l.Nominee, Yes: l.Yes, No: l.No, Written: l.Written}
		if err := s.book.Insert(ctx, tx, change, "vote_line", &row); err != nil {
			return c, err
		}
	}
	return c, nil
}

// decide writes the verdicts and closes the count.
func (s *Service) decide(ctx context.Context, tx *db.Tx, actor access.Actor, p Poll, r Room, f Figures) error {
	change := ledger.Change{By: actor, Action: "ballot.decide", Year: p.YearID}
	for _, v := range Decide(p.Threshold(), r, f) {
		row := result{ID: db.NewID(), PollID: p.ID, NomineeID: v.Nominee, Yes: v.Yes, No: v.No, Written: v.Written, Base: v.Base, Needed: v.Needed, Passed: v.Passed, Chosen: v.Chosen, Tied: v.Tied}
		if err := s.book.Insert(ctx, tx, change, "poll_result", &row); err != nil {
			return err
		}
	}
	p.State = Counted
	return s.book.Update(ctx, tx, change, "poll", &p)
}

// Settle records how people settled a tie that voting left: the nominees they
// chose, and where that is written (the regulation's clause, the chair's vote).
func (s *Service) Settle(ctx context.Context, actor access.Actor, pollID string, chosen []string, basis string, version int64) error {
	basis = vntext.Line(basis)
	if err := fault.List(
		fault.When(len(chosen) == 0, "chosen", "Chưa chọn đơn vị nào trong số các đơn vị bằng phiếu."),
		fault.When(basis == "", "basis", "Hãy ghi ai quyết định và căn cứ nào (điều khoản của quy chế, ý kiến chủ trì); nội dung này vào biên bản."),
	); err != nil {
		return err
	}
	return s.change(ctx, actor, pollID, access.MeetingRun, "ballot.settle", basis, func(tx *db.Tx, p *Poll, _ Sitting) error {
		if p.State != Counted || p.Settled != "" {
			return fault.New(fault.Conflict, "Lần bỏ phiếu này không còn việc bằng phiếu nào phải phân định.")
		}
		later, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM poll WHERE previous_id = $1 AND state <> $2`, p.ID, Cancelled)
		if err != nil {
			return err
		}
		if later > 0 {
			return fault.New(fault.Conflict, "Đã có lần bỏ phiếu tiếp theo cho việc này. Hãy dùng kết quả của lần đó, hoặc hủy lần đó trước.")
		}
		v, err := s.read(ctx, tx, *p)
		if err != nil {
			return err
		}
		if left := Left(p.Seats, v.Verdicts); len(chosen) > left {
			return fault.Wrong("chosen", "Chỉ còn chọn được {.left} đơn vị.", "left", left)
		}
		seen := map[string]bool{}
		for _, id := range chosen {
			row, ok, err := db.Maybe[result](ctx, tx, `SELECT `+db.Prefixed("r", result{})+` FROM poll_result r WHERE poll_id = $1 AND nominee_id = $2`, p.ID, id)
			if err != nil {
				return err
			}
			if !ok || !row.Tied || seen[id] {
				return fault.Wrong("chosen", "Chỉ chọn trong số các đơn vị bằng phiếu ở vị trí cuối.")
			}
			seen[id] = true
			row.Chosen = true
			if err := s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "ballot.settle", Year: p.YearID, Reason: basis}, "poll_result", &row); err != nil {
				return err
			}
		}
		p.Settled, p.Version = basis, version
		return nil
	})
}
