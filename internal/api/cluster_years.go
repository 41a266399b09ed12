package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
)

// ClusterYearState is a year with everything that its next step rests on.
type ClusterYearState struct {
	ClusterYear
	Kind      string     `json:"kind" enum:"cum,khoi" doc:"cum: các địa phương; khoi: các cơ quan tương đồng."`
	Organiser Named      `json:"organiser" doc:"Đơn vị tổ chức cụm, khối."`
	Stage     Stage      `json:"stage" doc:"Bước hiện nay, bằng chữ."`
	Members   []Member   `json:"members"`
	Terms     []Term     `json:"terms" doc:"Nhiệm kỳ trưởng và phó."`
	Deadlines []Deadline `json:"deadlines"`
	Moves     []Move     `json:"moves" doc:"Các bước có thể chuyển tới, với điều còn thiếu."`
	Trace     []Moved    `json:"trace" doc:"Các lần chuyển bước, cũ nhất trước."`
}

// Named is a unit by id and name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Stage tells people where the year stands.
type Stage struct {
	Name  string `json:"name"`
	Doing string `json:"doing"`
}

// Member is a unit that belongs to the year.
type Member struct {
	UnitID string `json:"unit_id"`
	Name   string `json:"name" doc:"Tên gọi trong năm thi đua."`
	Short  string `json:"short"`
	Kind   string `json:"kind" doc:"Loại đơn vị."`
	Place  int    `json:"place" doc:"Thứ tự trong cụm, khối."`
	Basis  string `json:"basis" doc:"Căn cứ: số, ngày văn bản."`
}

// Term is a term of office.
type Term struct {
	UnitID    string `json:"unit_id"`
	Office    string `json:"office" enum:"leader,deputy"`
	Basis     string `json:"basis" enum:"decision,elected,acclaimed,notice" doc:"Căn cứ giao nhiệm vụ: quyết định, được bầu, được suy tôn, thông báo."`
	Reference string `json:"reference" doc:"Số văn bản hoặc hội nghị làm căn cứ."`
	From      string `json:"from" format:"date"`
	To        string `json:"to,omitempty" format:"date" doc:"Ngày đầu tiên không còn; không có khi chưa kết thúc."`
}

// Deadline is the last day of an activity.
type Deadline struct {
	Activity string `json:"activity" enum:"comment,sign,report_h1,report_year,self_score,cross_check,review,submit" doc:"Việc có hạn."`
	Name     string `json:"name"`
	Due      string `json:"due" format:"date" doc:"Ngày cuối cùng."`
	Days     int    `json:"days" doc:"Số ngày còn lại; âm khi đã quá hạn."`
}

// Move is a step that the year can take next.
type Move struct {
	To       string    `json:"to"`
	Do       string    `json:"do" doc:"Việc của bước này, bằng chữ."`
	May      bool      `json:"may" doc:"Bạn có quyền chuyển bước này."`
	Blockers []Blocker `json:"blockers" doc:"Điều còn thiếu; rỗng là chuyển được."`
}

// Blocker is a reason why a step cannot be taken yet.
type Blocker struct {
	Text  string   `json:"text"`
	Where string   `json:"where,omitempty" doc:"Phần của năm thi đua nơi bổ sung được."`
	Units []string `json:"units,omitempty" doc:"Mã các đơn vị còn phải làm."`
}

// Moved is a step that was taken.
type Moved struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Back   bool   `json:"back,omitempty"`
	Reason string `json:"reason,omitempty"`
	At     string `json:"at" format:"date-time"`
}

func (s *server) clusterYears() {
	register(s, route{
		id: "get-cluster-year", tag: tagClusters, method: http.MethodGet, path: "/cluster-years/{id}", scopes: scopes{access.ClusterRead},
		says: "Một năm của cụm, khối: bước hiện nay, thành viên, nhiệm kỳ, hạn và các bước tiếp theo",
	}, func(ctx context.Context, c *call, in *idPath) (ClusterYearState, error) {
		return s.seeYear(ctx, c, in.ID)
	})
	register(s, route{
		id: "move-cluster-year", tag: tagClusters, method: http.MethodPost, path: "/cluster-years/{id}/moves", scopes: scopes{access.ClusterRead, access.ClusterMove},
		says: "Chuyển năm thi đua sang bước tiếp theo",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			To      string `json:"to" minLength:"1"`
			Version int64  `json:"version" doc:"Số phiên bản đã đọc."`
		} `nameHint:"NewMove"`
	}) (ClusterYear, error) {
		if err := s.Years.Go(ctx, c.actor, in.ID, cluster.State(in.Body.To), in.Body.Version); err != nil {
			return ClusterYear{}, err
		}
		y, err := s.Years.Get(ctx, s.DB, in.ID)
		return clusterYearOf(y), err
	})
	register(s, route{
		id: "move-cluster-year-back", tag: tagClusters, method: http.MethodPost, path: "/cluster-years/{id}/moves-back", scopes: scopes{access.ClusterBack},
		says: "Lùi năm thi đua về một bước trước, có lý do",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			To      string `json:"to" minLength:"1"`
			Reason  string `json:"reason" minLength:"1" maxLength:"1000" doc:"Lý do; được lưu vào sổ cái."`
			Version int64  `json:"version" doc:"Số phiên bản đã đọc."`
		} `nameHint:"NewMoveBack"`
	}) (ClusterYear, error) {
		if err := s.Years.GoBack(ctx, c.actor, in.ID, cluster.State(in.Body.To), in.Body.Reason, in.Body.Version); err != nil {
			return ClusterYear{}, err
		}
		y, err := s.Years.Get(ctx, s.DB, in.ID)
		return clusterYearOf(y), err
	})
	register(s, route{
		id: "set-deadline", tag: tagClusters, method: http.MethodPut, path: "/cluster-years/{id}/deadlines/{activity}", scopes: scopes{access.ClusterPlan},
		says: "Đặt hoặc dời hạn của một việc",
	}, func(ctx context.Context, c *call, in *struct {
		ID       string `path:"id"`
		Activity string `path:"activity" enum:"comment,sign,report_h1,report_year,self_score,cross_check,review,submit" doc:"Việc có hạn."`
		Body     struct {
			Due string `json:"due" format:"date" doc:"Ngày cuối cùng."`
		} `nameHint:"NewDue"`
	}) (Deadline, error) {
		if err := s.Years.SetDeadline(ctx, c.actor, in.ID, in.Activity, clock.Day(in.Body.Due)); err != nil {
			return Deadline{}, err
		}
		due, err := s.Years.Calendar(ctx, s.DB, in.ID)
		if err != nil {
			return Deadline{}, err
		}
		return s.deadline(c, due[in.Activity]), nil
	})
}

func (s *server) deadline(c *call, d cluster.Deadline) Deadline {
	out := Deadline{Activity: d.Activity, Due: string(d.Due), Days: clock.Today(s.Clock).Until(d.Due)}
	for _, known := range cluster.Deadlines {
		if known.Activity == d.Activity {
			out.Name = c.lang.Say(known.Name, nil)
		}
	}
	return out
}

func (s *server) yearState(ctx context.Context, c *call, y cluster.Year) (ClusterYearState, error) {
	stage := y.State.Stage()
	out := ClusterYearState{
		ClusterYear: clusterYearOf(y), Stage: Stage{c.lang.Say(stage.Name, nil), c.lang.Say(stage.Doing, nil)}, Deadlines: []Deadline{},
	}
	of, err := s.Years.Cluster(ctx, s.DB, y.ClusterID)
	if err != nil {
		return out, err
	}
	names, err := org.Names(ctx, s.DB, y.Day(clock.Today(s.Clock)), of.OrganiserID)
	if err != nil {
		return out, err
	}
	out.Kind, out.Organiser = string(of.Kind), Named{of.OrganiserID, names[of.OrganiserID].Name}
	members, err := s.Years.Members(ctx, s.DB, y)
	if err != nil {
		return out, err
	}
	out.Members = each(members, func(m cluster.Member) Member {
		return Member{m.UnitID, m.Name, m.Short, string(m.Kind), m.Place, m.Basis}
	})
	terms, err := s.Years.Terms(ctx, s.DB, y.ID)
	if err != nil {
		return out, err
	}
	out.Terms = each(terms, func(t cluster.Term) Term {
		return Term{t.UnitID, string(t.Office), string(t.Basis), t.Reference, string(t.From), end(t.To)}
	})
	due, err := s.Years.Calendar(ctx, s.DB, y.ID)
	if err != nil {
		return out, err
	}
	for _, known := range cluster.Deadlines {
		if d, set := due[known.Activity]; set {
			out.Deadlines = append(out.Deadlines, s.deadline(c, d))
		}
	}
	moves, err := s.Years.Moves(ctx, c.actor, y)
	if err != nil {
		return out, err
	}
	out.Moves = each(moves, func(m cluster.Move) Move {
		return Move{string(m.To), c.lang.Say(m.Do, nil), m.May, each(m.Blockers, func(b cluster.Blocker) Blocker {
			return Blocker{c.say(b.Text), b.Tab, b.Units}
		})}
	})
	trace, err := s.Years.Trace(ctx, s.DB, y.ID)
	out.Trace = each(trace, func(m cluster.StateMove) Moved {
		return Moved{string(m.From), string(m.To), m.Back, m.Reason, stamp(m.At)}
	})
	return out, err
}
