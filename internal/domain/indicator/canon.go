package indicator

import (
	"context"

	"github.com/thidua/thidua/internal/platform/db"
)

// Canon follows merges: what other rooms need to compare by indicator.
type Canon struct{ all map[string]Indicator }

// Canon reads the catalogue.
func (s *Service) Canon(ctx context.Context, q db.Queryer) (Canon, error) {
	all, err := all(ctx, q)
	return Canon{all}, err
}

// Of is the indicator that an id stands for now.
func (c Canon) Of(id string) string { return current(c.all, id).ID }

// Flow is how the indicator's figures run through a year.
func (c Canon) Flow(id string) Flow { return current(c.all, id).course() }
