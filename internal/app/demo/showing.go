package demo

import (
	"fmt"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
)

// invented are the units of a block that is there to be tried: its covenant is
// adopted and half of its members have still to sign.
var invented = []unit{
	{"mauA", "donvi.a", org.Department, "tinh", "Trung tâm A (đơn vị minh họa)", "Trung tâm A", "bacninh"},
	{"mauB", "donvi.b", org.Department, "tinh", "Trung tâm B (đơn vị minh họa)", "Trung tâm B", "bacninh"},
	{"mauC", "donvi.c", org.Department, "tinh", "Trung tâm C (đơn vị minh họa)", "Trung tâm C", "bacninh"},
	{"mauD", "donvi.d", org.Department, "tinh", "Trung tâm D (đơn vị minh họa)", "Trung tâm D", "bacninh"},
}

// showing forms that block. No source tells of it: the whole year is marked.
func (l *loader) showing() error {
	const key = "mau 2023"
	members := []string{"mauA", "mauB", "mauC", "mauD"}
	l.at("2023-10-16 09:00")
	y, err := l.app.Years.Form(l.ctx, l.bacNinh, cluster.NewYear{
		Kind: cluster.Khoi, OrganiserID: l.units["bacninh"], Year: 2023, Name: "Khối thi đua các đơn vị sự nghiệp (minh họa)", Short: "Khối minh họa",
		Basis: "Khối lập để dùng thử, không có thật", Members: l.ids(members), Illustrative: true,
		Leader:    cluster.NewTerm{UnitID: l.units["mauA"], Basis: cluster.ByDecision, Reference: "minh họa"},
		Deadlines: map[string]clock.Day{cluster.DueSign: "2023-11-30"},
	})
	if err != nil {
		return err
	}
	l.years[key] = y
	leader := l.heads["mauA"]
	if err := l.app.Years.SetMovement(l.ctx, leader, y.ID, l.movement(2023)); err != nil {
		return err
	}
	if err := l.move(leader, key, cluster.Launched, cluster.Drafting); err != nil {
		return err
	}
	l.at("2023-11-02 08:00")
	versions, err := l.papers(leader, key, covenantInvented)
	if err != nil {
		return err
	}
	l.at("2023-11-24 14:00")
	mt, err := l.open(leader, sitting{
		key: key, kind: meeting.Launch, title: "Hội nghị ký giao ước thi đua (minh họa)", place: "Trung tâm A (minh họa)",
		chair: "Thủ trưởng đơn vị trưởng (minh họa)", secretary: "Thư ký (minh họa)", absent: members[3:],
		items: []meeting.NewItem{{Kind: meeting.Adopt, Title: "Thông qua kế hoạch, quy chế, bảng chấm điểm và giao ước"}, {Kind: meeting.Sign, Title: "Ký giao ước thi đua"}},
	}, members)
	if err != nil {
		return err
	}
	if err := l.adopt(leader, key, mt.ID, versions); err != nil {
		return err
	}
	_, v, _, err := l.app.Covenants.AdoptedVersion(l.ctx, l.app.DB, y.ID)
	if err != nil {
		return err
	}
	for _, m := range members[:2] {
		if _, err := l.app.Covenants.Sign(l.ctx, l.heads[m], y.ID, covenant.Sign{UnitID: l.units[m], Hash: v.Hash}); err != nil {
			return fmt.Errorf("%s: %w", m, err)
		}
	}
	if err := l.resolve(leader, mt.ID, "Thống nhất thông qua bốn văn bản.", "Hai đơn vị đã ký; các đơn vị còn lại ký trước ngày 30/11/2023."); err != nil {
		return err
	}
	return l.end(leader, mt.ID, 2*time.Hour)
}

const covenantInvented = `Các đơn vị trong Khối (minh họa) thi đua thực hiện trong năm 2023:
- Tỷ lệ hồ sơ giải quyết đúng hạn đạt ít nhất 98%.
- Giảm 5% chi thường xuyên so với dự toán.
- 100% viên chức hoàn thành bồi dưỡng nghiệp vụ.
- Không có viên chức vi phạm kỷ luật.`

// more opens accounts for roles that no unit has.
func (l *loader) more(open func(login, name, position string, role access.Role, unit string) (access.Actor, error)) error {
	if _, err := open("lanhdao", "Lãnh đạo có thẩm quyền (minh họa)", "Lãnh đạo cơ quan thường trực (minh họa)", access.Standing, l.units["bacninh"]); err != nil {
		return err
	}
	_, err := open("hoidong", "Thành viên Hội đồng (minh họa)", "Ủy viên Hội đồng Thi đua – Khen thưởng tỉnh (minh họa)", access.Council, l.units["bacninh"])
	return err
}
