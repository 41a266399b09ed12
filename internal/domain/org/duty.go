package org

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// duties tells what the units that end leave to be done, and refuses to leave it
// to nobody: clusters that they organise, years that are open, and the role by
// which the actor could take the change back.
func (r *reform) duties(ctx context.Context, tx *db.Tx) error {
	organiser := ""
	for _, id := range r.out.Ended {
		n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM cluster WHERE organiser_id = $1`, id)
		if err != nil {
			return err
		}
		own, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM assignment WHERE account_id = $1 AND unit_id = $2 AND role = $3 AND to_day > $4`, r.by.By.Account, id, access.Standing, r.in.Day)
		if err != nil {
			return err
		}
		if n > 0 && organiser == "" {
			organiser = id
		}
		if own > 0 {
			r.out.Own = id
		}
		r.out.Clusters += n
	}
	if r.heirOf != "" {
		return nil
	}
	switch {
	case organiser != "":
		return fault.Wrong("heir", "{.unit} đang tổ chức {.n} cụm, khối; nếu không có đơn vị tiếp tục thì không còn ai điều hành các cụm, khối đó và hủy được thay đổi này. Hãy chọn đơn vị tiếp tục công việc.", "unit", r.names[organiser].Name, "n", r.out.Clusters)
	case len(r.out.Seats) > 0:
		first := r.out.Seats[0]
		if len(first.Offices) > 0 {
			return fault.Wrong("heir", "{.unit} đang là {.office} của {.cluster} năm {.year}. Hãy chọn đơn vị tiếp tục công việc của đơn vị này trong năm đó.",
				"unit", r.names[first.UnitID].Name, "office", locale.Msg(first.Offices[0]), "cluster", first.Cluster, "year", locale.Year(first.Year))
		}
		return fault.Wrong("heir", "{.unit} đang là thành viên của {.cluster} năm {.year}. Hãy chọn đơn vị tiếp tục công việc của đơn vị này trong năm đó.", "unit", r.names[first.UnitID].Name, "cluster", first.Cluster, "year", locale.Year(first.Year))
	case r.out.Own != "":
		return fault.Wrong("heir", "Vai trò cơ quan thường trực của chính bạn ở {.unit} sẽ kết thúc, nên bạn không hủy được thay đổi này nữa. Hãy chọn đơn vị tiếp tục công việc, hoặc để người quản trị hệ thống ghi.", "unit", r.names[r.out.Own].Name)
	}
	return nil
}

// staff tells whether the heir has people for what it goes on with.
func (r *reform) staff(ctx context.Context, tx *db.Tx) error {
	if r.heirOf == "" {
		return nil
	}
	none := func(roles string) (bool, error) {
		n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM assignment s JOIN account a ON a.id = s.account_id
			WHERE s.unit_id = $1 AND s.role IN (`+roles+`) AND s.from_day <= $2 AND s.to_day > $2 AND a.closed = FALSE`, r.heirOf, r.in.Day)
		return n == 0, err
	}
	var err error
	if len(r.out.Seats) > 0 {
		if r.out.Unstaffed, err = none(`'officer', 'head'`); err != nil {
			return err
		}
	}
	if r.out.Clusters > 0 {
		r.out.Unled, err = none(`'standing'`)
	}
	return err
}
