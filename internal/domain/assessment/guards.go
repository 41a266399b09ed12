package assessment

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// tab is the part of the year's page where the scores stand.
const tab = "scores"

// waiting is a blocker that names whom it waits for; nil when for nobody.
func waiting(members []cluster.Member, say func(n int, units string) locale.Text, late func(m cluster.Member) bool) []cluster.Blocker {
	var ids, names []string
	for _, m := range members {
		if late(m) {
			ids = append(ids, m.UnitID)
			names = append(names, m.Short)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return []cluster.Blocker{{Text: say(len(ids), strings.Join(names, ", ")), Tab: tab, Units: ids}}
}

func withoutSheet(y cluster.Year) []cluster.Blocker {
	if y.SheetVersionID != "" {
		return nil
	}
	return []cluster.Blocker{{Text: locale.Msg("Chưa thông qua bảng chấm điểm."), Tab: "drafts"}}
}

// guardSelf wants every unit's self-score handed in.
func (s *Service) guardSelf(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	if b := withoutSheet(y); b != nil {
		return b, nil
	}
	members, err := s.years.Members(ctx, q, y)
	if err != nil {
		return nil, err
	}
	handed, err := HandIns(ctx, q, y.ID, Self)
	if err != nil {
		return nil, err
	}
	return waiting(members, lateSelf, func(m cluster.Member) bool { return !handed[m.UnitID].Stands() }), nil
}

// guardCheck wants a checker for every unit and every check handed in.
func (s *Service) guardCheck(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	if b := withoutSheet(y); b != nil {
		return b, nil
	}
	members, err := s.years.Members(ctx, q, y)
	if err != nil {
		return nil, err
	}
	checkers, err := Checkers(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	handed, err := HandIns(ctx, q, y.ID, Check)
	if err != nil {
		return nil, err
	}
	blockers := waiting(members, noChecker, func(m cluster.Member) bool { return checkers[m.UnitID].CheckerID == "" })
	// Who is late is the unit that checks, not the one that is checked.
	owes := map[string]bool{}
	for unit, c := range checkers {
		if !handed[unit].Stands() {
			owes[c.CheckerID] = true
		}
	}
	blockers = append(blockers, waiting(members, lateCheck, func(m cluster.Member) bool { return owes[m.UnitID] })...)
	t, err := s.load(ctx, q, y)
	if err != nil {
		return nil, err
	}
	return append(blockers, waiting(members, noReason, func(m cluster.Member) bool { return len(t.unreasoned(Check, m.UnitID)) > 0 })...), nil
}

// guardAgreed wants complete agreed scores and a result that says the same.
func (s *Service) guardAgreed(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	if b := withoutSheet(y); b != nil {
		return b, nil
	}
	st, err := s.Standing(ctx, q, y.ID, Agreed)
	if err != nil {
		return nil, err
	}
	members, short, unreasoned := []cluster.Member{}, map[string]bool{}, map[string]bool{}
	for _, u := range st.Units {
		members = append(members, u.Member)
		short[u.Member.UnitID] = u.Score.Missing+len(u.Score.Problems) > 0
		unreasoned[u.Member.UnitID] = len(u.Unreasoned) > 0
	}
	blockers := waiting(members, incomplete, func(m cluster.Member) bool { return short[m.UnitID] })
	blockers = append(blockers, waiting(members, noReason, func(m cluster.Member) bool { return unreasoned[m.UnitID] })...)
	if len(blockers) > 0 {
		return blockers, nil
	}
	latest, there, err := Latest(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	if !there {
		return []cluster.Blocker{{Text: locale.Msg("Chưa chốt kết quả chấm điểm. Hãy xem bảng xếp hạng rồi bấm “Chốt kết quả”."), Tab: tab}}, nil
	}
	same, err := s.UpToDate(ctx, q, y, latest)
	if err != nil || same {
		return nil, err
	}
	return []cluster.Blocker{{Text: locale.Msg("Điểm đã thay đổi sau khi chốt kết quả. Hãy chốt lại."), Tab: tab}}, nil
}

func lateSelf(n int, units string) locale.Text {
	return locale.Msg("Còn {.n} đơn vị chưa nộp bảng tự chấm: {.units}.", "n", n, "units", units)
}

func noChecker(n int, units string) locale.Text {
	return locale.Msg("Còn {.n} đơn vị chưa có đơn vị kiểm tra chéo: {.units}.", "n", n, "units", units)
}

func lateCheck(n int, units string) locale.Text {
	return locale.Msg("Còn {.n} đơn vị chưa nộp phiếu kiểm tra: {.units}.", "n", n, "units", units)
}

func noReason(n int, units string) locale.Text {
	return locale.Msg("Còn {.n} đơn vị có điểm khác vòng trước mà chưa ghi lý do: {.units}.", "n", n, "units", units)
}

func incomplete(n int, units string) locale.Text {
	return locale.Msg("Còn {.n} đơn vị chưa đủ điểm: {.units}.", "n", n, "units", units)
}
