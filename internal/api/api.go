// Package api is the product for programs: REST at /api/v1, described by
// OpenAPI 3.1. An operation stands in the file of its noun and says its path,
// the permission that a token must hold and what it answers; it calls one
// service of the domain and turns the answer into JSON. No rule of the business
// lives here.
//
// Only bearer tokens are accepted. A session's cookie means nothing here, so a
// page of another site can make no browser act through the API.
package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Base is the path below which this version of the API answers.
const Base = "/api/v1"

// Deps is what the operations stand on. DB, Clock, Gate, Account, Org and Years
// must be there; a room that is nil has no operations.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Log   *slog.Logger // for faults of ours when Note is nil
	Gate  *access.Gate

	Account *account.Service
	Org     *org.Service
	Years   *cluster.Service

	Task       *task.Service
	Document   *document.Service
	Portal     *portal.Service
	Movements  *movement.Service
	Drafts     *draft.Service
	Covenants  *covenant.Service  // with Drafts
	Indicators *indicator.Service // figures and progress
	Criteria   *criteria.Service  // scoring sheets
	Assessment *assessment.Service
	Evidence   *evidence.Service
	Meetings   *meeting.Service // with Ballots
	Ballots    *ballot.Service
	Awards     *award.Service
	Rulebook   *rulebook.Service

	// Note is told for whom a request acts ("" for a visitor) and what went
	// wrong in it, so that both stand in the request's one event of the log.
	Note func(ctx context.Context, account string, err error)
}

// server answers below /api/.
type server struct {
	Deps
	mux  *http.ServeMux
	api  huma.API
	spec map[locale.Lang]func() (description, error)
}

// New makes the handler for /api/. An operation that is declared wrongly is an
// error here, at start, and not on the first call.
func New(d Deps) (handler http.Handler, err error) {
	defer func() {
		if p := recover(); p != nil { // huma and ServeMux panic on what contradicts itself
			handler, err = nil, fmt.Errorf("api: %v", p)
		}
	}()
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	s := &server{Deps: d, mux: http.NewServeMux()}
	s.api = humago.NewWithPrefix(s.mux, Base, huma.Config{
		OpenAPI:                      describe(),
		Formats:                      map[string]huma.Format{"application/json": strictJSON, "json": strictJSON},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{s.translate},
	})
	s.accounts()
	s.units()
	s.unitChanges()
	s.clusters()
	s.clusterYears()
	s.members()
	s.ledger()
	s.reader()
	s.scoreDocuments()
	for _, room := range []struct {
		there bool
		add   func()
	}{
		{d.Task != nil, s.tasks},
		{d.Document != nil, s.documents},
		{d.Portal != nil, s.publications},
		{d.Movements != nil, s.movements},
		{d.Drafts != nil, s.drafts},
		{d.Covenants != nil && d.Drafts != nil, s.covenants},
		{d.Covenants != nil && d.Drafts != nil, s.amendments},
		{d.Movements != nil, s.shares},
		{d.Indicators != nil, s.indicators},
		{d.Indicators != nil, s.catalogue},
		{d.Indicators != nil, s.figures},
		{d.Indicators != nil, s.progress},
		{d.Indicators != nil && d.Covenants != nil && d.Drafts != nil, s.tracking},
		{d.Criteria != nil, s.sheets},
		{d.Assessment != nil, s.scores},
		{d.Assessment != nil, s.results},
		{d.Evidence != nil, s.evidence},
		{d.Meetings != nil && d.Ballots != nil, s.meetings},
		{d.Meetings != nil && d.Ballots != nil, s.polls},
		{d.Awards != nil, s.awards},
		{d.Rulebook != nil, s.rules},
	} {
		if room.there {
			room.add()
		}
	}
	s.specify()
	return s, nil
}
