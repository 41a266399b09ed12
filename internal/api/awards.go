package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/clock"
)

// AwardKind is an award in the catalogue.
type AwardKind struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Short      string `json:"short"`
	Form       string `json:"form" enum:"title,commendation" doc:"Danh hiệu thi đua, hoặc hình thức khen thưởng."`
	Flag       bool   `json:"flag" doc:"Là cờ thi đua."`
	Level      string `json:"level" enum:"state,ministry,province,base"`
	Multiplier string `json:"multiplier" doc:"Hệ số mức lương cơ sở, cho tập thể."`
	Source     string `json:"source"`
}

// Nomination proposes a unit for an award.
type Nomination struct {
	ID           string         `json:"id"`
	Version      int64          `json:"version"`
	Kind         string         `json:"kind" doc:"Hình thức khen thưởng."`
	UnitID       string         `json:"unit_id,omitempty"`
	Name         string         `json:"name" doc:"Tên đơn vị trong năm thi đua, hoặc nhóm chưa nêu tên."`
	Quantity     int            `json:"quantity"`
	PollID       string         `json:"poll_id,omitempty" doc:"Lần bỏ phiếu làm căn cứ."`
	Rank         int            `json:"rank,omitempty"`
	Total        string         `json:"total"`
	Grounds      string         `json:"grounds,omitempty" doc:"Căn cứ khác."`
	Warnings     []AwardWarning `json:"warnings" doc:"Điều quy định cảnh báo lúc đề nghị."`
	Override     string         `json:"override,omitempty" doc:"Vì sao vẫn đề nghị."`
	State        string         `json:"state" enum:"proposed,withdrawn"`
	Withdrawn    string         `json:"withdrawn,omitempty" doc:"Lý do rút."`
	Illustrative bool           `json:"illustrative,omitempty" doc:"Số liệu chỉ để minh họa."`
	DecisionID   string         `json:"decision_id,omitempty" doc:"Quyết định đã khen thưởng."`
	At           string         `json:"at" format:"date-time"`
}

// AwardWarning is what a rule has against a nomination.
type AwardWarning struct {
	Code string `json:"code" enum:"quota,leading,tied_rank,tied_vote,not_passed,outranked"`
	Text string `json:"text"`
}

// NewNomination puts units forward for one kind of award.
type NewNomination struct {
	Kind         string   `json:"kind" minLength:"1" doc:"Hình thức khen thưởng."`
	Units        []string `json:"units,omitempty" nullable:"false" maxItems:"500" doc:"Mã các đơn vị được đề nghị cùng nhau."`
	Label        string   `json:"label,omitempty" maxLength:"300" doc:"Nhóm chưa nêu tên, thay cho các đơn vị."`
	Quantity     int      `json:"quantity,omitempty" minimum:"0" maximum:"1000" doc:"Số đơn vị của nhóm chưa nêu tên."`
	PollID       string   `json:"poll_id,omitempty" doc:"Lần bỏ phiếu làm căn cứ."`
	Grounds      string   `json:"grounds,omitempty" maxLength:"5000" doc:"Căn cứ khác."`
	Override     string   `json:"override,omitempty" maxLength:"1000" doc:"Vì sao vẫn đề nghị khi có cảnh báo."`
	Illustrative bool     `json:"illustrative,omitempty" doc:"Số liệu chỉ để minh họa."`
}

func (n NewNomination) proposal(yearID string) award.Proposal {
	return award.Proposal{
		YearID: yearID, KindID: n.Kind, Units: n.Units, Label: n.Label, Quantity: n.Quantity, PollID: n.PollID, Grounds: n.Grounds,
		Override: n.Override, Illustrative: n.Illustrative,
	}
}

// AwardWarnings is what the rules would warn of.
type AwardWarnings struct {
	Warnings []AwardWarning `json:"warnings"`
}

// ConsolidatedUnit is a line of the consolidation: all that is known of a member.
type ConsolidatedUnit struct {
	UnitID   string       `json:"unit_id"`
	Name     string       `json:"name"`
	Rank     int          `json:"rank,omitempty"`
	Tied     bool         `json:"tied,omitempty"`
	Total    string       `json:"total,omitempty"`
	Self     string       `json:"self,omitempty" doc:"Điểm tự chấm."`
	Check    string       `json:"check,omitempty" doc:"Điểm kiểm tra chéo."`
	Agreed   string       `json:"agreed,omitempty" doc:"Điểm thống nhất."`
	Final    bool         `json:"final,omitempty" doc:"Kết quả chính thức."`
	Votes    []VoteOfUnit `json:"votes"`
	Proposed []string     `json:"proposed" doc:"Các hình thức khen thưởng đã đề nghị."`
}

// VoteOfUnit is what a counted poll says of a member.
type VoteOfUnit struct {
	PollID  string `json:"poll_id"`
	Title   string `json:"title"`
	Purpose string `json:"purpose"`
	Yes     int    `json:"yes"`
	Needed  int    `json:"needed"`
	Passed  bool   `json:"passed"`
	Chosen  bool   `json:"chosen"`
}

// Decision is a decision that awards.
type Decision struct {
	ID           string `json:"id"`
	Number       string `json:"number"`
	Day          string `json:"day" format:"date"`
	Authority    string `json:"authority"`
	Signer       string `json:"signer"`
	Subject      string `json:"subject"`
	Illustrative bool   `json:"illustrative,omitempty" doc:"Số liệu chỉ để minh họa."`
	Revoked      string `json:"revoked,omitempty" doc:"Lý do hủy."`
}

// NewDecision is a decision to be recorded.
type NewDecision struct {
	Number       string   `json:"number" minLength:"1" maxLength:"100"`
	Day          string   `json:"day" format:"date"`
	Authority    string   `json:"authority" minLength:"1" maxLength:"300"`
	Signer       string   `json:"signer" minLength:"1" maxLength:"200"`
	Subject      string   `json:"subject" minLength:"1" maxLength:"1000"`
	Nominations  []string `json:"nominations" minItems:"1" maxItems:"1000" nullable:"false" doc:"Mã các đề nghị được khen thưởng."`
	Illustrative bool     `json:"illustrative,omitempty" doc:"Số liệu chỉ để minh họa."`
}

// Payment is the money that a unit is due.
type Payment struct {
	UnitID string       `json:"unit_id"`
	Awards []PaidAward  `json:"awards"`
	Total  []MoneyTotal `json:"total" doc:"Theo từng loại tiền; không cộng giữa các loại."`
}

// PaidAward is the money of one award.
type PaidAward struct {
	Kind       string `json:"kind" doc:"Hình thức khen thưởng."`
	DecisionID string `json:"decision_id" doc:"Quyết định đã khen thưởng."`
	Amount     string `json:"amount"`
	Currency   string `json:"currency"`
	Paid       bool   `json:"paid" doc:"Sai khi đã có danh hiệu cao hơn cùng năm."`
}

// MoneyTotal is an amount in a currency.
type MoneyTotal struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

func (c *call) awardWarnings(all award.Warnings) []AwardWarning {
	return each(all, func(w award.Warning) AwardWarning { return AwardWarning{string(w.Code), c.say(w.Text)} })
}

func (c *call) nomination(n award.Nomination, name string) Nomination {
	if name == "" {
		name = n.Label
	}
	return Nomination{
		ID: n.ID, Version: n.Version, Kind: n.KindID, UnitID: n.UnitID, Name: name, Quantity: n.Quantity, PollID: n.PollID, Rank: n.Rank,
		Total: n.Total.String(), Grounds: n.Grounds, Warnings: c.awardWarnings(n.Warnings), Override: n.Override, State: string(n.State),
		Withdrawn: n.Withdrawn, Illustrative: n.Illustrative, At: stamp(n.At),
	}
}

// Proceeding is what happened above the cluster after its dossier was sent.
type Proceeding struct {
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	State      string `json:"state" enum:"appraised,council_voted,awarded" doc:"Bước mà việc này mở ra."`
	Number     string `json:"number,omitempty"`
	Day        string `json:"day" format:"date"`
	Body       string `json:"body" doc:"Cơ quan, hội đồng hoặc nơi trao."`
	Members    int    `json:"members,omitempty" doc:"Tổng số thành viên Hội đồng."`
	Present    int    `json:"present,omitempty" doc:"Kể cả ý kiến bằng văn bản."`
	Conclusion string `json:"conclusion,omitempty"`
	Withdrawn  string `json:"withdrawn,omitempty" doc:"Lý do hủy bản ghi."`
}

// NewProceeding is a proceeding to be recorded.
type NewProceeding struct {
	State      string `json:"state" enum:"appraised,council_voted,awarded"`
	Number     string `json:"number,omitempty" maxLength:"60" doc:"Như 12/BC-SNV; lễ trao tặng không cần."`
	Day        string `json:"day" format:"date"`
	Body       string `json:"body" minLength:"1" maxLength:"300" doc:"Cơ quan, hội đồng hoặc nơi trao."`
	Members    int    `json:"members,omitempty" minimum:"0" maximum:"1000" doc:"Tổng số thành viên Hội đồng."`
	Present    int    `json:"present,omitempty" minimum:"0" maximum:"1000" doc:"Kể cả ý kiến bằng văn bản."`
	Conclusion string `json:"conclusion,omitempty" maxLength:"4000"`
}

func proceedingOf(p award.Proceeding) Proceeding {
	return Proceeding{p.ID, p.Version, string(p.State), p.Number, string(p.Day), p.Body, p.Members, p.Present, p.Conclusion, p.Withdrawn}
}

func decisionOf(d award.Decision) Decision {
	return Decision{d.ID, d.Number, string(d.Day), d.Authority, d.Signer, d.Subject, d.Illustrative, d.Revoked}
}

// pollField: the form of a proposal calls it so.
var pollField = map[string]string{"poll": "poll_id"}

func (s *server) awards() {
	register(s, route{
		id: "list-award-kinds", tag: tagAwards, method: http.MethodGet, path: "/award-kinds", scopes: scopes{access.OrgRead},
		says: "Danh mục danh hiệu và hình thức khen thưởng",
	}, func(ctx context.Context, c *call, in *none) (list[AwardKind], error) {
		all, err := s.Awards.Kinds(ctx, s.DB)
		return list[AwardKind]{Items: each(all, func(k award.Kind) AwardKind {
			return AwardKind{k.ID, c.lang.Say(k.Name, nil), c.lang.Say(k.Short, nil), string(k.Form), k.Flag, string(k.Level), k.Multiplier, k.Source}
		})}, err
	})
	register(s, route{
		id: "list-nominations", tag: tagAwards, method: http.MethodGet, path: "/cluster-years/{id}/nominations", scopes: scopes{access.ClusterRead, access.MeetingRead},
		says: "Đề nghị khen thưởng của năm thi đua",
	}, s.nominationList)
	register(s, route{
		id: "nominate", tag: tagAwards, method: http.MethodPost, path: "/cluster-years/{id}/nominations", scopes: scopes{access.AwardPropose}, made: true, fields: pollField,
		says: "Đề nghị khen thưởng", about: "Khi quy định cảnh báo thì phải ghi lý do ở override; lý do và cảnh báo được giữ lại.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body NewNomination
	}) (list[Nomination], error) {
		made, err := s.Awards.Propose(ctx, c.actor, in.Body.proposal(in.ID))
		if err != nil {
			return list[Nomination]{}, err
		}
		y, err := s.Years.Get(ctx, s.DB, in.ID)
		if err != nil {
			return list[Nomination]{}, err
		}
		members, err := s.Years.Members(ctx, s.DB, y)
		names := map[string]string{}
		for _, m := range members {
			names[m.UnitID] = m.Name
		}
		return list[Nomination]{Items: each(made, func(n award.Nomination) Nomination { return c.nomination(n, names[n.UnitID]) })}, err
	})
	register(s, route{
		id: "preview-nomination", tag: tagAwards, method: http.MethodPost, path: "/cluster-years/{id}/nominations:preview", scopes: scopes{access.AwardPropose}, fields: pollField,
		says: "Xem trước cảnh báo của quy định, chưa đề nghị",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body NewNomination
	}) (AwardWarnings, error) {
		all, err := s.Awards.Preview(ctx, c.actor, in.Body.proposal(in.ID))
		return AwardWarnings{c.awardWarnings(all)}, err
	})
	registerDone(s, route{
		id: "withdraw-nomination", tag: tagAwards, method: http.MethodPost, path: "/nominations/{id}/withdraw", scopes: scopes{access.AwardPropose},
		says: "Rút một đề nghị, có lý do",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Reasoned
	}) error {
		return s.Awards.Withdraw(ctx, c.actor, in.ID, in.Body.Reason, in.Body.Version)
	})
	register(s, route{
		id: "get-consolidation", tag: tagAwards, method: http.MethodGet, path: "/cluster-years/{id}/consolidation", scopes: readScores,
		says: "Bảng tổng hợp: mỗi đơn vị một dòng với điểm, hạng, phiếu và đề nghị",
	}, s.consolidation)
	register(s, route{
		id: "list-decisions", tag: tagAwards, method: http.MethodGet, path: "/cluster-years/{id}/decisions", scopes: scopes{access.ClusterRead},
		says: "Quyết định khen thưởng của năm thi đua, cũ nhất trước",
	}, func(ctx context.Context, c *call, in *idPath) (list[Decision], error) {
		all, err := s.Awards.Decisions(ctx, c.actor, in.ID)
		return list[Decision]{Items: each(all, decisionOf)}, err
	})
	register(s, route{
		id: "record-decision", tag: tagAwards, method: http.MethodPost, path: "/cluster-years/{id}/decisions", scopes: scopes{access.AwardDecide}, made: true,
		says: "Ghi một quyết định khen thưởng",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body NewDecision
	}) (Decision, error) {
		b := in.Body
		d, err := s.Awards.Decide(ctx, c.actor, award.NewDecision{
			YearID: in.ID, Number: b.Number, Day: clock.Day(b.Day), Authority: b.Authority, Signer: b.Signer, Subject: b.Subject,
			Nominations: b.Nominations, Illustrative: b.Illustrative,
		})
		return decisionOf(d), err
	})
	registerDone(s, route{
		id: "revoke-decision", tag: tagAwards, method: http.MethodPost, path: "/decisions/{id}/revoke", scopes: scopes{access.AwardDecide},
		says: "Hủy một quyết định đã ghi, cùng các khen thưởng theo quyết định đó; có lý do",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Reasoned
	}) error {
		return s.Awards.Revoke(ctx, c.actor, in.ID, in.Body.Reason, in.Body.Version)
	})
	register(s, route{
		id: "list-proceedings", tag: tagAwards, method: http.MethodGet, path: "/cluster-years/{id}/proceedings", scopes: scopes{access.ClusterRead},
		says: "Báo cáo thẩm định, phiên họp Hội đồng, lễ trao tặng đã ghi, cũ nhất trước",
	}, func(ctx context.Context, c *call, in *idPath) (list[Proceeding], error) {
		all, err := s.Awards.Proceedings(ctx, c.actor, in.ID)
		return list[Proceeding]{Items: each(all, proceedingOf)}, err
	})
	register(s, route{
		id: "record-proceeding", tag: tagAwards, method: http.MethodPost, path: "/cluster-years/{id}/proceedings", scopes: scopes{access.AwardDecide}, made: true,
		says:  "Ghi việc của cấp trên mà bước tiếp theo của năm dựa vào",
		about: "appraised: báo cáo thẩm định; council_voted: phiên họp Hội đồng, đủ số thành viên dự; awarded: lễ trao tặng.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body NewProceeding
	}) (Proceeding, error) {
		b := in.Body
		p, err := s.Awards.Record(ctx, c.actor, award.NewProceeding{
			YearID: in.ID, State: cluster.State(b.State), Number: b.Number, Day: clock.Day(b.Day), Body: b.Body, Members: b.Members, Present: b.Present, Conclusion: b.Conclusion,
		})
		return proceedingOf(p), err
	})
	registerDone(s, route{
		id: "withdraw-proceeding", tag: tagAwards, method: http.MethodPost, path: "/proceedings/{id}/withdraw", scopes: scopes{access.AwardDecide},
		says: "Hủy một bản ghi sai, có lý do, khi năm chưa đi tiếp từ đó",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Reasoned
	}) error {
		return s.Awards.WithdrawRecord(ctx, c.actor, in.ID, in.Body.Reason, in.Body.Version)
	})
	register(s, route{
		id: "get-payments", tag: tagAwards, method: http.MethodGet, path: "/cluster-years/{id}/payments", scopes: scopes{access.ClusterRead},
		says: "Tiền thưởng của từng đơn vị", statuses: []int{http.StatusConflict},
	}, func(ctx context.Context, c *call, in *idPath) (list[Payment], error) {
		all, err := s.Awards.Payments(ctx, c.actor, in.ID)
		return list[Payment]{Items: each(all, func(p award.Payment) Payment {
			return Payment{p.UnitID, each(p.Awards, func(a award.Payable) PaidAward {
				return PaidAward{a.Kind.ID, a.Decision.ID, a.Amount.String(), a.Currency, a.Paid}
			}), each(p.Total, func(m award.Money) MoneyTotal { return MoneyTotal{m.Amount.String(), m.Currency} })}
		})}, err
	})
}

func (s *server) nominationList(ctx context.Context, c *call, in *idPath) (list[Nomination], error) {
	all, err := s.Awards.List(ctx, c.actor, in.ID)
	return list[Nomination]{Items: each(all, func(v award.View) Nomination {
		one := c.nomination(v.Nomination, v.Name)
		if v.Awarded != nil {
			one.DecisionID = v.Awarded.ID
		}
		return one
	})}, err
}

func (s *server) consolidation(ctx context.Context, c *call, in *idPath) (list[ConsolidatedUnit], error) {
	rows, err := s.Awards.Consolidate(ctx, c.actor, in.ID)
	return list[ConsolidatedUnit]{Items: each(rows, func(r award.Row) ConsolidatedUnit {
		one := ConsolidatedUnit{
			UnitID: r.UnitID, Name: r.Name,
			Votes: each(r.Votes, func(v award.Vote) VoteOfUnit {
				return VoteOfUnit{v.Poll.ID, v.Poll.Title, string(v.Poll.Purpose), v.Yes, v.Needed, v.Passed, v.Chosen}
			}),
			Proposed: each(r.Proposed, func(n award.Nomination) string { return n.KindID }),
		}
		if st := r.Standing; st != nil {
			one.Rank, one.Tied, one.Total, one.Final = st.Rank, st.Tied, st.Total.String(), st.Final
			one.Self, one.Check, one.Agreed = pointsMaybe(st.Self), pointsMaybe(st.Checked), pointsMaybe(st.Agreed)
		}
		return one
	})}, err
}
