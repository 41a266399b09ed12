package award

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Warning is what a rule has against a nomination. It does not forbid: real
// clusters do propose two flags (domain.md §4.2), but say why.
type Warning struct {
	Code Concern     `json:"code"`
	Text locale.Text `json:"text"`
}

// Concern is what a warning is about.
type Concern string

const (
	OverQuota  Concern = "quota"
	NotLeading Concern = "leading"
	TiedRank   Concern = "tied_rank"
	TiedVote   Concern = "tied_vote"
	NotPassed  Concern = "not_passed"
	Outranked  Concern = "outranked"
)

// Warnings are kept with the nomination, as JSON, as they were said. Their
// values are texts and whole numbers only, so that they come back unchanged.
type Warnings []Warning

// Value implements driver.Valuer.
func (w Warnings) Value() (driver.Value, error) {
	if len(w) == 0 {
		return "[]", nil
	}
	raw, err := json.Marshal([]Warning(w))
	return string(raw), err
}

// Scan implements sql.Scanner.
func (w *Warnings) Scan(v any) error {
	switch v := v.(type) {
	case string:
		return unmarshal([]byte(v), (*[]Warning)(w))
	case []byte:
		return unmarshal(v, (*[]Warning)(w))
	}
	return fmt.Errorf("award: warnings stored as %T", v)
}

// with adds warnings that are not there yet.
func (w Warnings) with(more ...Warning) Warnings {
	for _, m := range more {
		if !slices.ContainsFunc(w, func(o Warning) bool {
			return o.Code == m.Code && locale.Vietnamese.Say(o.Text.Text, o.Text.Args) == locale.Vietnamese.Say(m.Text.Text, m.Text.Args)
		}) {
			w = append(w, m)
		}
	}
	return w
}

// situation is what the rules look at.
type situation struct {
	year      cluster.Year
	kind      Kind
	members   []cluster.Member
	standings map[string]Standing
	verdicts  map[string]ballot.Verdict
	live      []Nomination // of the year, with those being proposed
	flags     map[string]bool
	quota     *rulebook.Rule
	limit     int // of quota, for what it is taken of
	standing  int // how many the kind has, where the quota counts
	leading   *rulebook.Rule
	places    int
}

// consult looks up the rules in force today and counts what they are taken of.
func (s *Service) consult(ctx context.Context, q db.Queryer, c *situation) error {
	kinds, err := s.kinds(ctx, q)
	if err != nil {
		return err
	}
	c.flags = map[string]bool{}
	for id, k := range kinds {
		c.flags[id] = k.Flag
	}
	cl, err := s.years.Cluster(ctx, q, c.year.ClusterID)
	if err != nil {
		return err
	}
	today := clock.Today(s.now)
	if r, ok, err := s.rules.Maybe(ctx, q, rulebook.Quota(c.kind.ID), cl.OrganiserID, today); err != nil {
		return err
	} else if ok {
		v, err := r.Quota()
		if err != nil {
			return err
		}
		c.quota = &r
		base, had, err := s.counted(ctx, q, *c, cl.OrganiserID, v.Of)
		if err != nil {
			return err
		}
		c.limit, c.standing = v.Limit(base), had
	}
	if c.kind.ID != "flag_government" {
		return nil
	}
	r, ok, err := s.rules.Maybe(ctx, q, rulebook.LeadingPlaces, cl.OrganiserID, today)
	if err != nil || !ok {
		return err
	}
	v, err := r.Quota()
	if err != nil {
		return err
	}
	c.leading, c.places = &r, v.Limit(len(c.members))
	return nil
}

// counted gives what the quota is taken of, and how many the kind has where it counts.
func (s *Service) counted(ctx context.Context, q db.Queryer, c situation, organiser string, of rulebook.Of) (base, had int, err error) {
	flagged := map[string]bool{}
	unnamed := 0
	for _, n := range c.live {
		if n.KindID == c.kind.ID {
			had += n.Quantity
		}
		if c.flags[n.KindID] {
			if n.UnitID == "" {
				unnamed += n.Quantity
			} else {
				flagged[n.UnitID] = true
			}
		}
	}
	switch of {
	case rulebook.OfRest:
		return len(c.members) - len(flagged) - unnamed, had, nil
	case rulebook.OfFlags:
		elsewhere, err := db.All[Nomination](ctx, q, `
			SELECT `+db.Prefixed("n", Nomination{})+` FROM nomination n
			JOIN cluster_year y ON y.id = n.year_id JOIN cluster l ON l.id = y.cluster_id
			WHERE n.state = $1 AND y.year = $2 AND l.organiser_id = $3 AND y.id <> $4`, Proposed, c.year.Year, organiser, c.year.ID)
		if err != nil {
			return 0, 0, err
		}
		for _, n := range elsewhere {
			if n.KindID == c.kind.ID {
				had += n.Quantity
			}
			switch {
			case !c.flags[n.KindID]:
			case n.UnitID == "":
				unnamed += n.Quantity
			default:
				flagged[n.UnitID] = true
			}
		}
		return len(flagged) + unnamed, had, nil
	}
	return len(c.members), had, nil
}

// warnings judges one nomination; what concerns the whole proposal is said once.
func (c situation) warnings(n Nomination, first bool) Warnings {
	var out Warnings
	add := func(code Concern, text string, kv ...any) {
		out = append(out, Warning{code, locale.Msg(text, kv...)})
	}
	if first && c.quota != nil && c.standing > c.limit {
		if c.quota.Verified {
			add(OverQuota, "{.kind}: đề nghị {.n}, nhiều hơn mức {.limit} của quy định đang có hiệu lực ({.source}).", "kind", c.kind.Name, "n", c.standing, "limit", c.limit, "source", c.quota.Source)
		} else {
			add(OverQuota, "{.kind}: đề nghị {.n}, nhiều hơn mức {.limit} của quy định đang áp dụng, chưa xác minh ({.source}).", "kind", c.kind.Name, "n", c.standing, "limit", c.limit, "source", c.quota.Source)
		}
	}
	if n.UnitID == "" {
		return out
	}
	name := n.UnitID
	if i := slices.IndexFunc(c.members, func(m cluster.Member) bool { return m.UnitID == n.UnitID }); i >= 0 {
		name = c.members[i].Name
	}
	proposed := func(unit string, flagsOnly bool) bool {
		return slices.ContainsFunc(c.live, func(o Nomination) bool {
			return o.UnitID == unit && (o.KindID == c.kind.ID || flagsOnly && c.flags[o.KindID])
		})
	}
	if v, ok := c.verdicts[n.UnitID]; ok {
		switch {
		case v.Tied && !v.Chosen:
			add(TiedVote, "{.name} bằng phiếu với đơn vị khác ở vị trí cuối và chưa được phân định.", "name", name)
		case !v.Passed:
			add(NotPassed, "{.name} được {.votes} phiếu đồng ý, chưa đủ {.needed} phiếu cần có.", "name", name, "votes", v.Votes, "needed", v.Needed)
		case !v.Chosen:
			add(NotPassed, "{.name} đủ phiếu nhưng không nằm trong số được chọn.", "name", name)
		}
	}
	if n.Rank == 0 {
		return out
	}
	if c.leading != nil && n.Rank > c.places {
		add(NotLeading, "{.name} xếp hạng {.rank}, không thuộc các tập thể dẫn đầu (từ hạng {.places} trở lên) như điều kiện của Cờ thi đua của Chính phủ.", "name", name, "rank", n.Rank, "places", c.places)
	}
	level, ahead := 0, 0
	for unit, st := range c.standings {
		switch {
		case unit == n.UnitID || st.Rank == 0:
		case st.Rank == n.Rank && !proposed(unit, true):
			level++
		case st.Rank < n.Rank && !proposed(unit, true):
			ahead++
		}
	}
	if c.kind.Flag && level > 0 {
		add(TiedRank, "{.name} đồng hạng {.rank} với {.n} đơn vị khác chưa được đề nghị tặng cờ. Hãy phân định đồng hạng trước, hoặc đề nghị cùng nhau.", "name", name, "rank", n.Rank, "n", level)
	}
	if c.kind.Flag && ahead > 0 {
		add(Outranked, "{.name} xếp hạng {.rank}; còn {.n} đơn vị xếp trên chưa được đề nghị tặng cờ.", "name", name, "rank", n.Rank, "n", ahead)
	}
	return out
}
