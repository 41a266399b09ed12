package meeting

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Minutes is everything that the minutes of a meeting say (domain.md §6.2),
// assembled from what was recorded; the paper adds only its form.
type Minutes struct {
	Meeting
	Years    []cluster.Year
	Clusters []cluster.Cluster // of Years, in order
	Host     org.View
	Roll     []RollLine
	Quorums  []Quorum
	Items    []MinuteItem
	Loose    []ballot.View // polls that belong to no item
	Leader   *org.View     // elected for the next year
	Deputy   *org.View
	Draft    bool // the meeting is not closed yet
}

// MinuteItem is an agenda item with its votes.
type MinuteItem struct {
	Item
	Polls []ballot.View
}

// There lists the members that came themselves.
func (m Minutes) There() []RollLine { return m.only(Present) }

// Away lists the absent.
func (m Minutes) Away() []RollLine { return m.only(Absent) }

// Substitutes lists the members that sent somebody with a mandate.
func (m Minutes) Substitutes() []RollLine { return m.only(Substitute) }

func (m Minutes) only(s Status) []RollLine {
	var out []RollLine
	for _, l := range m.Roll {
		if l.Status == s {
			out = append(out, l)
		}
	}
	return out
}

// OpinionLines splits the opinions into paragraphs.
func (m Minutes) OpinionLines() []string {
	var out []string
	for line := range strings.SplitSeq(m.Opinions, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// Minutes assembles the minutes for an actor who may read the meeting.
func (s *Service) Minutes(ctx context.Context, actor access.Actor, meetingID string) (Minutes, error) {
	var out Minutes
	err := s.db.ReadSnapshot(ctx, func(q db.Queryer) error {
		if err := s.must(ctx, q, actor, access.MeetingRead, meetingID); err != nil {
			return err
		}
		var err error
		out, err = s.Assemble(ctx, q, meetingID)
		return err
	})
	return out, err
}

// Assemble is Minutes without the question of right, for papers that another room makes
// in its own transaction.
func (s *Service) Assemble(ctx context.Context, q db.Queryer, meetingID string) (Minutes, error) {
	m, err := s.Get(ctx, q, meetingID)
	if err != nil {
		return Minutes{}, err
	}
	out := Minutes{Meeting: m, Draft: m.State != Closed}
	years, err := s.YearsOf(ctx, q, meetingID)
	if err != nil {
		return out, err
	}
	for _, id := range years {
		y, err := s.years.Get(ctx, q, id)
		if err != nil {
			return out, err
		}
		c, err := s.years.Cluster(ctx, q, y.ClusterID)
		if err != nil {
			return out, err
		}
		out.Years, out.Clusters = append(out.Years, y), append(out.Clusters, c)
	}
	if out.Roll, err = s.Roll(ctx, q, m); err != nil {
		return out, err
	}
	if out.Quorums, err = s.Quorum(ctx, q, m); err != nil {
		return out, err
	}
	items, err := s.Items(ctx, q, meetingID)
	if err != nil {
		return out, err
	}
	at := map[string]int{}
	for i, item := range items {
		out.Items = append(out.Items, MinuteItem{Item: item})
		at[item.ID] = i
	}
	polls, err := s.ballots.OfMeeting(ctx, q, meetingID)
	if err != nil {
		return out, err
	}
	for _, p := range polls {
		v, err := s.ballots.Read(ctx, q, p)
		if err != nil {
			return out, err
		}
		if i, ok := at[p.ItemID]; ok {
			out.Items[i].Polls = append(out.Items[i].Polls, v)
		} else {
			out.Loose = append(out.Loose, v)
		}
	}
	return out, s.people(ctx, q, &out)
}

// people names the host and the elected.
func (s *Service) people(ctx context.Context, q db.Queryer, out *Minutes) error {
	leader, _, err := s.ballots.Elected(ctx, q, out.ID, ballot.ForLeader)
	if err != nil {
		return err
	}
	deputy, _, err := s.ballots.Elected(ctx, q, out.ID, ballot.ForDeputy)
	if err != nil {
		return err
	}
	names, err := org.Names(ctx, q, out.Day(), out.HostID, leader, deputy)
	if err != nil {
		return err
	}
	out.Host = names[out.HostID]
	if v, ok := names[leader]; ok {
		out.Leader = &v
	}
	if v, ok := names[deputy]; ok {
		out.Deputy = &v
	}
	return nil
}

// Presence says who was there in one sentence.
func (m Minutes) Presence() locale.Text {
	return locale.Msg("{.there} đơn vị có mặt, trong đó {.sub} cử người dự thay; {.away} đơn vị vắng mặt.", "there", len(m.There())+len(m.Substitutes()), "sub", len(m.Substitutes()), "away", len(m.Away()))
}
