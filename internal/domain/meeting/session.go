package meeting

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Open begins the session. The quorum is judged when a vote opens and when the
// meeting closes, so that the roll can be called in session.
func (s *Service) Open(ctx context.Context, actor access.Actor, id string, version int64) error {
	return s.change(ctx, actor, id, "meeting.open", "", func(tx *db.Tx, m *Meeting, _ []string) error {
		if m.State != Planned {
			return fault.New(fault.Conflict, "Hội nghị đã khai mạc.")
		}
		if today := clock.Today(s.now); m.Day() > today {
			return fault.New(fault.Conflict, "Hội nghị được lên lịch vào ngày {.day}. Nếu họp sớm hơn, hãy sửa ngày họp trước khi khai mạc.", "day", m.Day())
		}
		m.State, m.Version = Open, version
		return nil
	})
}

// Resolve writes what the meeting resolved on an item.
func (s *Service) Resolve(ctx context.Context, actor access.Actor, itemID, resolution string, outcome Outcome, version int64) error {
	resolution = vntext.Clean(resolution)
	if err := fault.List(
		fault.When(!slices.Contains(Outcomes, outcome), "outcome", "Chưa chọn kết quả của mục."),
		fault.When(len([]rune(resolution)) > 10_000, "resolution", "Nội dung kết luận dài quá 10.000 ký tự."),
	); err != nil {
		return err
	}
	return s.onItem(ctx, actor, itemID, "meeting.resolve", func(tx *db.Tx, i *Item, change ledger.Change) error {
		m, err := s.Get(ctx, tx, i.MeetingID)
		if err != nil {
			return err
		}
		if m.State != Open {
			return fault.New(fault.Conflict, "Hội nghị chưa khai mạc nên chưa ghi kết luận được.")
		}
		i.Resolution, i.Outcome, i.Version = resolution, outcome, version
		return s.book.Update(ctx, tx, change, "agenda_item", i)
	})
}

// WriteOpinions keeps what was said, for the minutes.
func (s *Service) WriteOpinions(ctx context.Context, actor access.Actor, id, opinions string, version int64) error {
	opinions = vntext.Clean(opinions)
	if len([]rune(opinions)) > 50_000 {
		return fault.Wrong("opinions", "Ý kiến phát biểu dài quá 50.000 ký tự.")
	}
	return s.change(ctx, actor, id, "meeting.opinions", "", func(_ *db.Tx, m *Meeting, _ []string) error {
		m.Opinions, m.Version = opinions, version
		return nil
	})
}

// Blockers lists what keeps the meeting from closing.
func (s *Service) Blockers(ctx context.Context, q db.Queryer, m Meeting) ([]locale.Text, error) {
	var out []locale.Text
	quorums, err := s.Quorum(ctx, q, m)
	if err != nil {
		return nil, err
	}
	for _, k := range quorums {
		if k.Unmarked > 0 {
			out = append(out, locale.Msg("Còn {.n} đơn vị chưa điểm danh.", "n", k.Unmarked))
		}
		if !k.Met {
			out = append(out, k.Words())
		}
	}
	polls, err := s.ballots.OfMeeting(ctx, q, m.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range polls {
		if p.State == ballot.Prepared || p.State == ballot.Open {
			out = append(out, locale.Msg("Chưa kiểm phiếu xong: {.title}. Hãy kiểm xong hoặc hủy lần bỏ phiếu này.", "title", p.Title))
		}
	}
	return out, nil
}

// Close ends the session: every member is marked, the quorum is met, every poll
// is counted or cancelled. The end is now.
func (s *Service) Close(ctx context.Context, actor access.Actor, id string, version int64) error {
	return s.change(ctx, actor, id, "meeting.close", "", func(tx *db.Tx, m *Meeting, _ []string) error {
		if m.State != Open {
			return fault.New(fault.Conflict, "Hội nghị chưa khai mạc nên chưa bế mạc được.")
		}
		blockers, err := s.Blockers(ctx, tx, *m)
		if err != nil {
			return err
		}
		if len(blockers) > 0 {
			return fault.New(fault.Conflict, "Chưa bế mạc được. {.why}", "why", blockers[0])
		}
		m.State, m.Version = Closed, version
		m.Ended = max(clock.Stamp(s.now), m.Starts)
		return nil
	})
}

// guardReview wants a closed review meeting of the year, with quorum and, where
// the rule says that the meeting elects, with a leader of the next year elected.
func (s *Service) guardReview(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	const tab = "meetings"
	meetings, err := s.ofYear(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	var problems []cluster.Blocker
	held := false
	for _, m := range meetings {
		if m.Kind != Review || m.State != Closed {
			continue
		}
		held = true
		quorums, err := s.Quorum(ctx, q, m)
		if err != nil {
			return nil, err
		}
		problems = nil
		for _, k := range quorums {
			if k.Year.ID == y.ID && !k.Met {
				problems = append(problems, cluster.Blocker{Text: k.Words(), Tab: tab})
			}
		}
		elects, err := s.elects(ctx, q, y, m.Day())
		if err != nil {
			return nil, err
		}
		if elects {
			_, ok, err := s.ballots.Elected(ctx, q, m.ID, ballot.ForLeader)
			if err != nil {
				return nil, err
			}
			if !ok {
				problems = append(problems, cluster.Blocker{Text: locale.Msg("Hội nghị tổng kết chưa bầu được đơn vị trưởng năm sau."), Tab: tab})
			}
		}
		if len(problems) == 0 {
			return nil, nil
		}
	}
	if !held {
		return []cluster.Blocker{{Text: locale.Msg("Chưa có hội nghị tổng kết đã bế mạc."), Tab: tab}}, nil
	}
	return problems, nil
}

// elects tells whether the review meeting makes the next leader; some
// organisers name leaders by decision.
func (s *Service) elects(ctx context.Context, q db.Queryer, y cluster.Year, day clock.Day) (bool, error) {
	c, err := s.years.Cluster(ctx, q, y.ClusterID)
	if err != nil {
		return false, err
	}
	r, err := s.rules.At(ctx, q, rulebook.LeaderSource, c.OrganiserID, day)
	if err != nil {
		return false, err
	}
	choice, err := r.Choice()
	return choice == rulebook.ByElection, err
}

// OpenNextYear opens the year after the meeting's first year with the leader,
// and the deputy if one was, that the meeting elected; their basis is the
// election, its reference the meeting.
func (s *Service) OpenNextYear(ctx context.Context, actor access.Actor, meetingID string) (cluster.Year, error) {
	var next cluster.Year
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		m, err := s.Get(ctx, tx, meetingID)
		if err != nil {
			return err
		}
		if err := s.must(ctx, tx, actor, access.MeetingRun, meetingID); err != nil {
			return err
		}
		if m.Kind != Review || m.State != Closed {
			return fault.New(fault.Conflict, "Chỉ mở năm sau từ hội nghị tổng kết đã bế mạc.")
		}
		years, err := s.YearsOf(ctx, tx, meetingID)
		if err != nil {
			return err
		}
		y, err := s.years.During(ctx, tx, years[0], cluster.Meeting)
		if err != nil {
			return err
		}
		opened, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM cluster_year WHERE cluster_id = $1 AND year = $2`, y.ClusterID, y.Year+1)
		if err != nil {
			return err
		}
		if opened > 0 {
			return fault.New(fault.Conflict, "Năm {.year} của cụm, khối này đã được mở.", "year", locale.Year(y.Year+1))
		}
		leader, ok, err := s.ballots.Elected(ctx, tx, meetingID, ballot.ForLeader)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "Hội nghị chưa bầu được đơn vị trưởng năm sau. Nếu đơn vị trưởng do cấp trên quyết định, cơ quan thường trực mở năm sau ở trang Cụm, khối.")
		}
		deputy, _, err := s.ballots.Elected(ctx, tx, meetingID, ballot.ForDeputy)
		if err != nil {
			return err
		}
		if deputy == leader {
			return fault.New(fault.Conflict, "Một đơn vị được bầu cả trưởng và phó. Hãy hủy lần bầu phó và bầu lại.")
		}
		reference := m.Title + ", ngày " + locale.Vietnamese.Day(m.Day())
		n := cluster.Next{Basis: reference, Leader: cluster.NewTerm{UnitID: leader, Basis: cluster.Elected, Reference: reference}}
		if deputy != "" {
			n.Deputy = cluster.NewTerm{UnitID: deputy, Basis: cluster.Elected, Reference: reference}
		}
		next, err = s.years.OpenNext(ctx, tx, actor, y.ID, n)
		return err
	})
	return next, err
}
