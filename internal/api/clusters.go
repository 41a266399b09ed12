package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/clock"
)

// ClusterYear is one year of a cluster, in brief.
type ClusterYear struct {
	ID           string `json:"id"`
	Version      int64  `json:"version"`
	ClusterID    string `json:"cluster_id"`
	Year         int    `json:"year"`
	Name         string `json:"name"`
	Short        string `json:"short"`
	State        string `json:"state" enum:"formed,launched,drafting,signed,executing,mid_reviewed,self_scored,cross_scored,aggregated,reviewed,submitted,appraised,council_voted,decided,awarded,closed" doc:"Bước của năm thi đua."`
	Basis        string `json:"basis" doc:"Căn cứ: số, ngày văn bản."`
	MovementID   string `json:"movement_id,omitempty" doc:"Phong trào mà năm thi đua hưởng ứng."`
	Illustrative bool   `json:"illustrative,omitempty" doc:"Số liệu của năm chỉ để minh họa."`
}

func clusterYearOf(y cluster.Year) ClusterYear {
	return ClusterYear{
		ID: y.ID, Version: y.Version, ClusterID: y.ClusterID, Year: y.Year, Name: y.Name, Short: y.Short, State: string(y.State),
		Basis: y.Basis, MovementID: y.MovementID, Illustrative: y.Illustrative,
	}
}

// NewTerm is a term of office to be entered.
type NewTerm struct {
	UnitID    string `json:"unit_id" minLength:"1"`
	Basis     string `json:"basis" enum:"decision,elected,acclaimed,notice" doc:"Căn cứ giao nhiệm vụ: quyết định, được bầu, được suy tôn, thông báo."`
	Reference string `json:"reference" minLength:"1" maxLength:"500" doc:"Số văn bản hoặc hội nghị làm căn cứ."`
	From      string `json:"from,omitempty" format:"date" doc:"Ngày đầu tiên; ngày đầu năm nếu không ghi."`
	To        string `json:"to,omitempty" format:"date" doc:"Ngày đầu tiên không còn giữ; hết quý I năm sau nếu không ghi."`
}

func (n *NewTerm) term() cluster.NewTerm {
	if n == nil {
		return cluster.NewTerm{}
	}
	return cluster.NewTerm{UnitID: n.UnitID, Basis: cluster.Basis(n.Basis), Reference: n.Reference, From: clock.Day(n.From), To: clock.Day(n.To)}
}

// NewDeadline is a deadline to be set.
type NewDeadline struct {
	Activity string `json:"activity" enum:"comment,sign,report_h1,report_year,self_score,cross_check,review,submit" doc:"Việc có hạn."`
	Due      string `json:"due" format:"date" doc:"Ngày cuối cùng."`
}

// NewClusterYear is a cluster's year to be formed.
type NewClusterYear struct {
	ClusterID    string        `json:"cluster_id,omitempty" doc:"Cụm, khối đã có; không ghi khi lập cụm, khối mới."`
	Kind         string        `json:"kind" enum:"cum,khoi" doc:"cum: các địa phương; khoi: các cơ quan tương đồng."`
	Organiser    string        `json:"organiser" minLength:"1" doc:"Mã đơn vị tổ chức cụm, khối."`
	Year         int           `json:"year" minimum:"1948" maximum:"2100"`
	Name         string        `json:"name" minLength:"1" maxLength:"300"`
	Short        string        `json:"short,omitempty" maxLength:"300"`
	Basis        string        `json:"basis" minLength:"1" maxLength:"500" doc:"Căn cứ: số, ngày văn bản."`
	Members      []string      `json:"members" nullable:"false" maxItems:"500" uniqueItems:"true" doc:"Mã các đơn vị thành viên, theo thứ tự."`
	Leader       *NewTerm      `json:"leader,omitempty" doc:"Đơn vị trưởng."`
	Deputy       *NewTerm      `json:"deputy,omitempty" doc:"Đơn vị phó."`
	Deadlines    []NewDeadline `json:"deadlines,omitempty" nullable:"false" maxItems:"8"`
	Illustrative bool          `json:"illustrative,omitempty" doc:"Số liệu của năm chỉ để minh họa."`
}

func (s *server) clusters() {
	register(s, route{
		id: "list-cluster-years", tag: tagClusters, method: http.MethodGet, path: "/clusters", scopes: scopes{access.ClusterRead},
		says: "Các cụm, khối mà bạn được xem, năm mới nhất trước",
	}, func(ctx context.Context, c *call, in *struct {
		Year  int    `query:"year" minimum:"1948" maximum:"2100" doc:"Chỉ năm này."`
		Query string `query:"q" maxLength:"200" doc:"Một phần tên, có hoặc không dấu."`
	}) (list[ClusterYear], error) {
		years, err := s.Years.Visible(ctx, c.actor, in.Year, in.Query)
		return list[ClusterYear]{Items: each(years, clusterYearOf)}, err
	})
	register(s, route{
		id: "form-cluster-year", tag: tagClusters, method: http.MethodPost, path: "/clusters", scopes: scopes{access.ClusterForm}, made: true,
		says: "Lập một năm của cụm, khối với thành viên và nhiệm kỳ",
	}, func(ctx context.Context, c *call, in *struct{ Body NewClusterYear }) (ClusterYear, error) {
		b := in.Body
		due := map[string]clock.Day{}
		for _, d := range b.Deadlines {
			due[d.Activity] = clock.Day(d.Due)
		}
		y, err := s.Years.Form(ctx, c.actor, cluster.NewYear{
			ClusterID: b.ClusterID, Kind: cluster.Kind(b.Kind), OrganiserID: b.Organiser, Year: b.Year, Name: b.Name, Short: b.Short, Basis: b.Basis,
			Members: b.Members, Leader: b.Leader.term(), Deputy: b.Deputy.term(), Deadlines: due, Illustrative: b.Illustrative,
		})
		return clusterYearOf(y), err
	})
}
