package org

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// StandardLevels are the administrative levels that an installation starts
// with. They are data: a reform ends one and begins another, with its source.
func StandardLevels() []Level {
	const since clock.Day = "1945-09-02"
	return []Level{
		{ID: "trung-uong", Name: "Trung ương", From: since, To: clock.Forever, Source: "Hiến pháp"},
		{ID: "tinh", Name: "Cấp tỉnh", From: since, To: clock.Forever, Source: "Luật Tổ chức chính quyền địa phương"},
		{ID: "huyen", Name: "Cấp huyện", From: since, To: "2025-07-01", Source: "Kết thúc hoạt động từ 01/7/2025 theo Luật Tổ chức chính quyền địa phương số 72/2025/QH15"},
		{ID: "xa", Name: "Cấp xã", From: since, To: clock.Forever, Source: "Luật Tổ chức chính quyền địa phương"},
	}
}

// EnsureLevels enters the standard levels into an installation that has none.
func (s *Service) EnsureLevels(ctx context.Context, tx *db.Tx, actor access.Actor) error {
	n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM level`)
	if err != nil || n > 0 {
		return err
	}
	for _, level := range StandardLevels() {
		if err := s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "org.level"}, "level", &level); err != nil {
			return err
		}
	}
	return nil
}
