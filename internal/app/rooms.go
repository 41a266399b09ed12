package app

import (
	"context"
	"path/filepath"

	"github.com/thidua/thidua/internal/api"
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/intake"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/domain/workbook"
	"github.com/thidua/thidua/internal/platform/blob"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/web"
)

// Rooms are the services of the nouns.
type Rooms struct {
	Blobs      *blob.Store
	Evidence   *evidence.Service
	Rulebook   *rulebook.Service
	Indicators *indicator.Service
	Movements  *movement.Service
	Criteria   *criteria.Service
	Drafts     *draft.Service
	Covenants  *covenant.Service
	Ballots    *ballot.Service
	Meetings   *meeting.Service
	Assessment *assessment.Service
	Awards     *award.Service
	Task       *task.Service
	Document   *document.Service
	Portal     *portal.Service
	Intake     *intake.Service
	Workbooks  *workbook.Service
	Letters    *letter.Service
}

// rooms makes the services of the nouns, in the order in which they need one another.
func (a *App) rooms(ctx context.Context) error {
	var err error
	if a.Blobs, err = blob.Open(filepath.Join(a.Config.Data, "files")); err != nil {
		return err
	}
	a.Evidence = evidence.New(a.DB, a.Book, a.Gate, a.Years, a.Blobs, a.Clock)
	a.Rulebook = rulebook.New(a.DB, a.Book, a.Gate, a.Clock)
	a.Indicators = indicator.New(a.DB, a.Book, a.Gate, a.Years, a.Clock)
	a.Evidence.Subject("figure", a.Indicators.Subject)
	a.Movements = movement.New(a.DB, a.Book, a.Gate, a.Years, a.Indicators, a.Clock)
	a.Criteria = criteria.New(a.DB, a.Book, a.Gate, a.Years, a.Clock)
	a.Drafts = draft.New(a.DB, a.Book, a.Gate, a.Years, a.Criteria, a.Clock)
	a.Covenants = covenant.New(a.DB, a.Book, a.Gate, a.Years, a.Drafts, a.Indicators, a.Clock)
	a.Ballots = ballot.New(a.DB, a.Book, a.Gate, a.Years, a.Rulebook, a.Clock)
	a.Meetings = meeting.New(a.DB, a.Book, a.Gate, a.Years, a.Rulebook, a.Ballots, a.Clock)
	a.Assessment = assessment.New(a.DB, a.Book, a.Gate, a.Years, a.Evidence, a.Clock)
	a.Assessment.Follow(a.Indicators)
	a.Awards = award.New(a.DB, a.Book, a.Gate, a.Years, a.Rulebook, a.Ballots, standings{}, a.Clock)
	a.Task = task.New(a.DB, a.Book, a.Gate, a.Years, a.Clock)
	a.Document = document.New(a.DB, a.Book, a.Gate, a.Years, a.Blobs, a.paper, a.Clock)
	a.Portal = portal.New(a.DB, a.Book, a.Gate, a.Years, a.publication, a.Clock)
	a.Intake = intake.New(a.DB, a.Book, a.Gate, a.Org, a.Years, a.Covenants, a.Indicators, a.Clock)
	a.Workbooks = workbook.New(a.DB, a.Gate, a.Years, a.Indicators, web.ReadWorkbook, a.Clock, a.Log)
	if err := a.post(); err != nil {
		return err
	}
	for _, source := range a.tasks() {
		a.Task.Source(source)
	}
	return a.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := a.Org.EnsureLevels(ctx, tx, access.Program); err != nil {
			return err
		}
		if err := a.Rulebook.EnsureStandard(ctx, tx, access.Program); err != nil {
			return err
		}
		return a.Awards.EnsureKinds(ctx, tx, access.Program)
	})
}

func (a *App) deps() web.Deps {
	return web.Deps{
		DB: a.DB, Clock: a.Clock, Log: a.Log, Gate: a.Gate, Demo: a.Demo, Secure: a.Config.Secure,
		Account: a.Account, Org: a.Org, Years: a.Years, Task: a.Task, Document: a.Document, Portal: a.Portal, Letters: a.Letters,
		Rulebook: a.Rulebook, Ballots: a.Ballots, Meetings: a.Meetings, Awards: a.Awards, Standings: a.standingCells, Proposals: a.proposed,
		Movements: a.Movements, Drafts: a.Drafts, Covenants: a.Covenants, Indicators: a.Indicators, Criteria: a.Criteria, Evidence: a.Evidence, Assessment: a.Assessment, Workbooks: a.Workbooks,
	}
}

func (a *App) apiDeps() api.Deps {
	return api.Deps{
		DB: a.DB, Clock: a.Clock, Log: a.Log, Gate: a.Gate, Note: web.Note,
		Account: a.Account, Org: a.Org, Years: a.Years, Task: a.Task, Document: a.Document, Portal: a.Portal,
		Movements: a.Movements, Drafts: a.Drafts, Covenants: a.Covenants, Indicators: a.Indicators, Criteria: a.Criteria,
		Assessment: a.Assessment, Evidence: a.Evidence, Meetings: a.Meetings, Ballots: a.Ballots, Awards: a.Awards, Rulebook: a.Rulebook,
	}
}
