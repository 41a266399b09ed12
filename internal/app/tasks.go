package app

import "github.com/thidua/thidua/internal/domain/task"

// tasks are the rooms' own sources of tasks.
func (a *App) tasks() []task.Source {
	return []task.Source{a.Drafts.Tasks, a.Covenants.Tasks, a.Indicators.Tasks, a.Assessment.Tasks, a.Meetings.Tasks, a.Document.Tasks}
}
