package web

import (
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// StandingCells is what the rooms of scores say of a unit in the consolidation
// table. Points that there are none of yet are nil.
type StandingCells struct {
	Registered string // the title that the unit strives for
	Self       *points.Points
	Check      *points.Points
	Agreed     *points.Points
	Rank       int // 0: not ranked
	Shared     bool
	Final      bool // the result is fixed; before, the rank may still move
	Note       locale.Text
}

// consolidation is one line for each member: scores, rank, votes, proposals.
type consolidation struct {
	Scores     bool // a room gives scores
	Awards     bool // a room gives proposals
	Registered bool // some unit has registered for a title
	Final      bool
	Polls      []pollHead
	Rows       []standingRow
	All        int // rows before the search
}

// pollHead is a column of votes.
type pollHead struct {
	ID, Title string
	MeetingID string
	Attempt   int
	Needed    int
	Base      int
}

type standingRow struct {
	UnitID, Name, Short string
	Own                 bool
	Offices             []string
	StandingCells
	Votes    []voteCell // one for each of Polls
	Proposed []string
}

// voteCell is what a poll says of a unit; In is false where it was no nominee.
type voteCell struct {
	In    bool
	Votes int
	Base  int
	Word  string
	Tone  string
}

// consolidate reads the table. Scores are shown to whoever may read scores.
func (s *Server) consolidate(q *Req, h YearHead) (consolidation, error) {
	ctx := q.Ctx()
	var t consolidation
	may, err := s.Gate.Can(ctx, s.DB, q.Actor, access.ScoreRead, access.Record{Year: h.Year.ID})
	if err != nil {
		return t, err
	}
	var scores map[string]StandingCells
	if s.Standings != nil && may {
		if scores, err = s.Standings(ctx, h.Year.ID); err != nil {
			return t, err
		}
		t.Scores, t.Final = true, len(scores) > 0
	}
	var proposed map[string][]string
	if s.Proposals != nil {
		if proposed, err = s.Proposals(ctx, h.Year.ID); err != nil {
			return t, err
		}
		t.Awards = true
	}
	counted, err := s.countedPolls(q, h.Year.ID)
	if err != nil {
		return t, err
	}
	for _, v := range counted {
		head := pollHead{ID: v.ID, Title: v.Title, MeetingID: v.MeetingID, Attempt: v.Attempt}
		if len(v.Verdicts) > 0 {
			head.Needed, head.Base = v.Verdicts[0].Needed, v.Verdicts[0].Base
		}
		t.Polls = append(t.Polls, head)
	}
	for _, m := range h.Members {
		row := standingRow{UnitID: m.UnitID, Name: m.Name, Short: m.Short, Own: h.Is(m.UnitID), StandingCells: scores[m.UnitID], Proposed: proposed[m.UnitID]}
		for _, l := range h.Leaders {
			if l.Name == m.Name && !slices.Contains(row.Offices, l.Office) {
				row.Offices = append(row.Offices, l.Office)
			}
		}
		for _, v := range counted {
			row.Votes = append(row.Votes, voteOf(v, m.UnitID))
		}
		t.Registered = t.Registered || row.Registered != ""
		t.Final = t.Final && (row.Final || row.Rank == 0)
		t.Rows = append(t.Rows, row)
	}
	slices.SortStableFunc(t.Rows, func(a, b standingRow) int { return rankOrder(a.Rank) - rankOrder(b.Rank) })
	t.All = len(t.Rows)
	return t, nil
}

// rankOrder puts units without a rank last.
func rankOrder(rank int) int {
	if rank == 0 {
		return 1 << 20
	}
	return rank
}

// find keeps the rows whose unit has the words, for a browser without script.
func (t *consolidation) find(words string) {
	if want := vntext.Fold(words); want != "" {
		t.Rows = slices.DeleteFunc(t.Rows, func(r standingRow) bool { return !strings.Contains(vntext.Fold(r.Name+" "+r.Short), want) })
	}
}

// countedPolls are the year's polls on units that have a result, in order.
func (s *Server) countedPolls(q *Req, yearID string) ([]ballot.View, error) {
	polls, err := s.Ballots.OfYear(q.Ctx(), s.DB, yearID, "")
	if err != nil {
		return nil, err
	}
	var out []ballot.View
	for _, p := range polls {
		if p.State != ballot.Counted {
			continue
		}
		v, err := s.Ballots.Read(q.Ctx(), s.DB, p)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(v.Nominees, func(n ballot.Nominee) bool { return n.UnitID != "" }) {
			out = append(out, v)
		}
	}
	return out, nil
}

func voteOf(v ballot.View, unit string) voteCell {
	for i, n := range v.Nominees {
		if n.UnitID != unit || i >= len(v.Verdicts) {
			continue
		}
		d := v.Verdicts[i]
		word, tone := verdictWord(v, d)
		return voteCell{true, d.Votes, d.Base, word, tone}
	}
	return voteCell{}
}

// verdictWord says in a word or two what a verdict means, with its tone.
func verdictWord(v ballot.View, d ballot.Verdict) (string, string) {
	switch {
	case v.Purpose == ballot.ForAdopt && d.Chosen:
		return "Thông qua", "good"
	case v.Purpose == ballot.ForAdopt && !d.Tied:
		return "Không thông qua", ""
	case d.Chosen:
		return "Được chọn", "good"
	case d.Tied && v.Settled == "":
		return "Bằng phiếu", "warn"
	case d.Tied:
		return "Bằng phiếu, không được chọn", ""
	case d.Passed:
		return "Đủ phiếu, hết số lượng", ""
	}
	return "Không đủ phiếu", ""
}
