package draft

import (
	"context"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Tasks: those who lead write the papers that are not begun, circulate them and
// answer comments; members comment on what was circulated. After the signing
// only a covenant that is being amended is worked on.
func (s *Service) Tasks(ctx context.Context, q db.Queryer, of task.Scope) ([]task.Task, error) {
	writing := cluster.Open(of.Year, cluster.Writing)
	if len(of.Units) == 0 || !writing && !cluster.Open(of.Year, cluster.Amending) {
		return nil, nil
	}
	papers, err := s.Papers(ctx, q, of.Year.ID)
	if err != nil {
		return nil, err
	}
	var out []task.Task
	unwritten, waiting := 0, 0
	for _, k := range Kinds {
		d, begun := papers[k]
		if d.State == Adopted || !d.Workable(of.Year) {
			continue
		}
		if d.State == Amending {
			found, err := s.amending(ctx, q, of, d)
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
			continue
		}
		var versions []Version
		if begun {
			if versions, err = s.Versions(ctx, q, d.ID); err != nil {
				return nil, err
			}
		}
		if len(versions) == 0 || !versions[0].Circulated {
			unwritten++
		}
		if begun && of.Leads {
			n, err := s.Waits(ctx, q, d.ID)
			if err != nil {
				return nil, err
			}
			waiting += n
		}
		for _, v := range versions {
			if !v.Circulated {
				continue
			}
			for _, unit := range of.Units {
				if of.Leads {
					break
				}
				n, err := db.Count(ctx, q, `SELECT COUNT(*) FROM draft_comment WHERE version_id = $1 AND unit_id = $2`, v.ID, unit)
				if err != nil {
					return nil, err
				}
				due := of.Due[cluster.DueComment].Due
				if due < clock.DayOf(v.At.Time()) {
					due = "" // the text is younger than the deadline, so nobody is late with it
				}
				if n == 0 {
					out = append(out, task.Task{
						Kind: "comment", YearID: of.Year.ID, UnitID: unit, Subject: v.ID, Due: due, Do: locale.Msg("Góp ý"),
						Title: locale.Msg("Góp ý dự thảo “{.paper}”", "paper", k.Name()),
					})
				}
			}
			break // the newest circulated one
		}
	}
	if of.Leads && unwritten > 0 {
		out = append(out, task.Task{Kind: "draft", YearID: of.Year.ID, Title: locale.Msg("Soạn và gửi góp ý các văn bản"), Detail: locale.Msg("còn {.n} văn bản", "n", unwritten), Do: locale.Msg("Soạn")})
	}
	if waiting > 0 {
		out = append(out, task.Task{Kind: "draft", YearID: of.Year.ID, Title: locale.Msg("Trả lời góp ý"), Detail: locale.Msg("{.n} góp ý đang chờ", "n", waiting), Do: locale.Msg("Trả lời")})
	}
	return out, nil
}

// amending: those who lead write the amended text, circulate it, answer and
// have it adopted; members comment on it.
func (s *Service) amending(ctx context.Context, q db.Queryer, of task.Scope, d Draft) ([]task.Task, error) {
	v, err := s.Base(ctx, q, d)
	if err != nil {
		return nil, err
	}
	if of.Leads {
		one := task.Task{Kind: "amend", YearID: of.Year.ID, Subject: v.ID, Title: locale.Msg("Soạn và gửi góp ý giao ước sửa đổi"), Do: locale.Msg("Soạn")}
		if v.ID != d.AdoptedID && v.Circulated {
			one.Title, one.Do = locale.Msg("Thông qua giao ước sửa đổi"), locale.Msg("Xem")
			waiting, err := s.Waits(ctx, q, d.ID)
			if err != nil {
				return nil, err
			}
			if waiting > 0 {
				one.Detail = locale.Msg("{.n} góp ý đang chờ", "n", waiting)
			}
		}
		return []task.Task{one}, nil
	}
	if v.ID == d.AdoptedID || !v.Circulated {
		return nil, nil
	}
	var out []task.Task
	for _, unit := range of.Units {
		n, err := db.Count(ctx, q, `SELECT COUNT(*) FROM draft_comment WHERE version_id = $1 AND unit_id = $2`, v.ID, unit)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			out = append(out, task.Task{Kind: "amend", YearID: of.Year.ID, UnitID: unit, Subject: v.ID, Title: locale.Msg("Góp ý giao ước sửa đổi"), Do: locale.Msg("Góp ý")})
		}
	}
	return out, nil
}
