package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
)

// UnitChange is what happened to units on a day.
type UnitChange struct {
	ID      string            `json:"id"`
	Version int64             `json:"version"`
	Kind    string            `json:"kind" enum:"rename,merge,split,dissolve,transfer" doc:"Đổi tên; sáp nhập, hợp nhất; chia, tách; giải thể; chuyển đơn vị trực thuộc."`
	Day     string            `json:"day" format:"date" doc:"Ngày đầu tiên có hiệu lực."`
	Basis   string            `json:"basis" doc:"Căn cứ: số, ngày văn bản."`
	From    []string          `json:"from" doc:"Đơn vị được sáp nhập, chia tách hoặc giải thể."`
	To      []string          `json:"to" doc:"Đơn vị mới."`
	Keeps   []string          `json:"keeps" doc:"Đơn vị có từ trước, tiếp tục hoạt động với phần nhận thêm hoặc phần còn lại."`
	UnitID  string            `json:"unit_id,omitempty" doc:"Đơn vị đổi tên, hoặc được chuyển."`
	Before  string            `json:"before,omitempty" doc:"Cơ quan cấp trên cũ."`
	After   string            `json:"after,omitempty" doc:"Cơ quan cấp trên mới."`
	Undone  *UnitChangeUndone `json:"undone,omitempty" doc:"Có khi thay đổi đã được hủy."`
}

// UnitChangeUndone is why a change was taken back.
type UnitChangeUndone struct {
	Reason string `json:"reason"`
	At     string `json:"at" format:"date-time"`
}

// NewUnitChange is a change to be entered.
type NewUnitChange struct {
	Kind  string        `json:"kind" enum:"merge,split,dissolve,transfer" doc:"Sáp nhập, hợp nhất; chia, tách; giải thể; chuyển đơn vị trực thuộc."`
	Day   string        `json:"day" format:"date" doc:"Ngày đầu tiên có hiệu lực."`
	Basis string        `json:"basis" minLength:"1" maxLength:"500" doc:"Căn cứ: số, ngày văn bản."`
	Units []string      `json:"units" minItems:"1" maxItems:"100" nullable:"false" doc:"Các đơn vị được sáp nhập; hoặc một đơn vị được chia tách, giải thể, chuyển đi."`
	New   []NewPartUnit `json:"new,omitempty" maxItems:"20" doc:"Đơn vị mới: một khi sáp nhập (hoặc không có, khi một đơn vị có sẵn tiếp nhận); một hay nhiều khi chia tách."`
	Into  []string      `json:"into,omitempty" maxItems:"20" doc:"Đơn vị có sẵn tiếp nhận: một khi sáp nhập, nhiều khi chia tách."`
	Name  string        `json:"name,omitempty" maxLength:"200" doc:"Tên mới của đơn vị có sẵn tiếp nhận khi sáp nhập."`
	Short string        `json:"short,omitempty" maxLength:"200"`
	Stays bool          `json:"stays,omitempty" doc:"Khi chia tách: đơn vị cũ vẫn tiếp tục hoạt động."`
	Heir  string        `json:"heir,omitempty" maxLength:"200" doc:"Khi chia tách, giải thể: mã của đơn vị, hoặc tên một đơn vị mới, tiếp tục công việc trong các năm thi đua đang mở."`
	Under string        `json:"under,omitempty" doc:"Khi chuyển: cơ quan cấp trên mới; không ghi khi không còn trực thuộc đơn vị nào."`
}

// NewPartUnit is a unit that comes of a change; it begins on the change's day.
type NewPartUnit struct {
	Kind   string `json:"kind" enum:"department,board,fund,union,locality,central,company,authority" doc:"Loại đơn vị."`
	Level  string `json:"level" minLength:"1" doc:"Cấp hành chính."`
	Name   string `json:"name" minLength:"1" maxLength:"200"`
	Short  string `json:"short,omitempty" maxLength:"200"`
	Parent string `json:"parent,omitempty" doc:"Mã của đơn vị cấp trên."`
}

// UnitChangeOutcome is what a change does, or would do.
type UnitChangeOutcome struct {
	ID     string           `json:"id,omitempty" doc:"Không có khi chỉ xem trước."`
	Ended  []string         `json:"ended" doc:"Đơn vị kết thúc hoạt động."`
	Made   []string         `json:"made" doc:"Đơn vị mới; khi xem trước thì chưa có mã."`
	Heir   string           `json:"heir,omitempty" doc:"Đơn vị tiếp tục công việc."`
	Below  []string         `json:"below" doc:"Đơn vị trực thuộc được chuyển theo."`
	Grants int              `json:"grants" doc:"Số phân công của tài khoản kết thúc vào ngày có hiệu lực."`
	Seats  []UnitChangeSeat `json:"seats" doc:"Năm thi đua đang mở mà đơn vị kết thúc vẫn là thành viên; đơn vị tiếp tục công việc làm thay."`
}

// UnitChangeSeat is a place in a year that is not over.
type UnitChangeSeat struct {
	YearID  string `json:"year_id"`
	Cluster string `json:"cluster" doc:"Tên cụm, khối của năm."`
	Year    int    `json:"year"`
	UnitID  string `json:"unit_id"`
}

func (n NewUnitChange) change() org.NewChange {
	return org.NewChange{
		Kind: org.ChangeKind(n.Kind), Day: clock.Day(n.Day), Basis: n.Basis, Units: n.Units, Into: n.Into, Name: n.Name, Short: n.Short, Stays: n.Stays, Heir: n.Heir, Under: n.Under,
		New: each(n.New, func(u NewPartUnit) org.NewUnit {
			return org.NewUnit{Kind: org.Kind(u.Kind), Level: u.Level, Name: u.Name, Short: u.Short, ParentID: u.Parent}
		}),
	}
}

func unitChangeOf(s org.Step) UnitChange {
	out := UnitChange{s.ID, s.Version, string(s.Kind), string(s.Day), s.Decision, filled(s.From), filled(s.To), filled(s.Keeps), s.Unit, s.Before, s.After, nil}
	if s.Undone != nil {
		out.Undone = &UnitChangeUndone{s.Undone.Reason, stamp(s.Undone.At)}
	}
	return out
}

// outcomeOf leaves out the ids of what a preview took back again.
func outcomeOf(o org.Outcome, done bool) UnitChangeOutcome {
	out := UnitChangeOutcome{Ended: filled(o.Ended), Made: []string{}, Heir: o.Heir, Below: filled(o.Below), Grants: len(o.Grants), Seats: each(o.Seats, func(s org.Seat) UnitChangeSeat {
		return UnitChangeSeat{s.YearID, s.Cluster, s.Year, s.UnitID}
	})}
	if done {
		out.ID = o.Change.ID
	}
	for _, u := range o.Made {
		switch {
		case done:
			out.Made = append(out.Made, u.ID)
		case u.ID == out.Heir:
			out.Heir = ""
		}
	}
	return out
}

func (s *server) unitChanges() {
	register(s, route{
		id: "list-unit-changes", tag: tagUnits, method: http.MethodGet, path: "/unit-changes", scopes: scopes{access.OrgRead},
		says: "Thay đổi tổ chức: sáp nhập, chia tách, giải thể, đổi tên, chuyển trực thuộc", about: "Của một đơn vị thì cũ nhất trước; của mọi đơn vị thì 500 thay đổi mới nhất, mới nhất trước. Có cả thay đổi đã hủy.",
	}, func(ctx context.Context, c *call, in *struct {
		Unit string `query:"unit_id" doc:"Chỉ thay đổi của đơn vị này."`
		Line bool   `query:"line" doc:"Cùng với unit_id: cả thay đổi của các đơn vị trước và sau nó."`
	}) (list[UnitChange], error) {
		read := s.Org.Changes
		if in.Line && in.Unit != "" {
			read = s.Org.Line
		}
		all, err := read(ctx, in.Unit)
		return list[UnitChange]{Items: each(all, unitChangeOf)}, err
	})
	register(s, route{
		id: "preview-unit-change", tag: tagUnits, method: http.MethodPost, path: "/unit-changes:preview", scopes: scopes{access.OrgManage},
		says: "Xem trước một thay đổi tổ chức chạm đến những gì; không ghi gì",
	}, func(ctx context.Context, c *call, in *struct{ Body NewUnitChange }) (UnitChangeOutcome, error) {
		out, err := s.Org.Preview(ctx, c.actor, in.Body.change())
		return outcomeOf(out, false), err
	})
	register(s, route{
		id: "apply-unit-change", tag: tagUnits, method: http.MethodPost, path: "/unit-changes", scopes: scopes{access.OrgManage}, made: true,
		says: "Ghi một thay đổi tổ chức từ một ngày, theo một văn bản", about: "Đơn vị kết thúc vẫn là thành viên của các năm thi đua đang mở; đơn vị tiếp tục công việc làm thay. Phân công của tài khoản ở đơn vị kết thúc hết hiệu lực vào ngày đó.",
	}, func(ctx context.Context, c *call, in *struct{ Body NewUnitChange }) (UnitChangeOutcome, error) {
		out, err := s.Org.Apply(ctx, c.actor, in.Body.change())
		return outcomeOf(out, true), err
	})
	register(s, route{
		id: "undo-unit-change", tag: tagUnits, method: http.MethodPost, path: "/unit-changes/{id}/undo", scopes: scopes{access.OrgManage},
		says: "Hủy một thay đổi tổ chức ghi nhầm; thay đổi và lý do vẫn được giữ",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Reasoned
	}) (UnitChange, error) {
		if err := s.Org.Undo(ctx, c.actor, in.ID, in.Body.Version, in.Body.Reason); err != nil {
			return UnitChange{}, err
		}
		step, err := s.Org.Step(ctx, in.ID)
		return unitChangeOf(step), err
	})
}
