package assessment

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// EvidenceKind is the kind of subject under which evidence for scores stands.
const EvidenceKind = "score"

// EvidenceSubject is the subject of evidence for a unit's criterion: it holds
// through all rounds, and before anything was scored.
func EvidenceSubject(yearID, unitID, criterion string) string {
	return yearID + "/" + unitID + "/" + criterion
}

func (s *Service) evidenceOf(ctx context.Context, q db.Queryer, id string) (evidence.Subject, error) {
	parts := strings.SplitN(id, "/", 3)
	if len(parts) != 3 {
		return evidence.Subject{}, fault.Missing()
	}
	year, unit, criterion := parts[0], parts[1], parts[2]
	y, err := s.years.Get(ctx, q, year)
	if err != nil {
		return evidence.Subject{}, err
	}
	if err := member(ctx, q, year, unit); err != nil {
		return evidence.Subject{}, err
	}
	sheet, _, err := criteria.Adopted(ctx, q, y)
	if err != nil {
		return evidence.Subject{}, err
	}
	if sheet.Find(criterion) == nil {
		return evidence.Subject{}, fault.Missing()
	}
	// In the later rounds too: an explanation may bring a paper.
	return evidence.Subject{Year: year, Unit: unit, During: []cluster.Activity{cluster.SelfScore, cluster.CrossCheck, cluster.Agreeing}}, nil
}
