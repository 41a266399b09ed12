package app

import (
	"context"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
)

// paperStanding adds the ranking and the proposals.
func (a *App) paperStanding(ctx context.Context, q db.Queryer, y cluster.Year, d *document.Data) error {
	return nil
}

func (a *App) publicResults(ctx context.Context, q db.Queryer, y cluster.Year, d document.Data, snap *portal.Snapshot) error {
	return nil
}

// tasks are the rooms' own sources of tasks.
func (a *App) tasks() []task.Source { return nil }
