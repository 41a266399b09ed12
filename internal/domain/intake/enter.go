package intake

import (
	"context"
	"fmt"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// enterIndicators puts what the catalogue does not know yet into it.
func (in *intake) enterIndicators(ctx context.Context) error {
	if len(in.fresh) == 0 {
		return nil
	}
	err := in.db.InTx(ctx, func(tx *db.Tx) error {
		for _, g := range in.fresh {
			if _, err := in.indicators.Recognise(ctx, tx, in.actor, &g); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	in.known, err = in.indicators.Known(ctx, in.db)
	return err
}

// enterYears enters year after year. While one is written the next is read.
func (in *intake) enterYears(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type prepared struct {
		*plan
		err error
	}
	ready := make(chan prepared, 1)
	go func() {
		defer close(ready)
		work := in.newWork(true)
		for _, s := range in.shelves {
			if s.done {
				continue
			}
			p, err := in.again(ctx, work, s)
			select {
			case ready <- prepared{p, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	var done int64
	for p := range ready {
		if p.err != nil {
			return p.err
		}
		if err := in.db.InTx(ctx, func(tx *db.Tx) error { return in.enter(ctx, tx, p.plan) }); err != nil {
			return at(p.shelf, err)
		}
		done += p.rows
		in.tell(Entering, done, in.rows)
	}
	return ctx.Err()
}

// again prepares a year that was checked. Files that have changed since end the
// import.
func (in *intake) again(ctx context.Context, work *work, s *shelf) (*plan, error) {
	digest, err := in.digest(s)
	if err != nil {
		return nil, err
	}
	if digest != s.found {
		return nil, changed(s)
	}
	p, err := in.prepare(ctx, work, s)
	if err == nil && in.problems.any() {
		err = changed(s)
	}
	if p != nil {
		p.digest = digest
	}
	return p, err
}

func changed(s *shelf) error {
	return fault.New(fault.Conflict, "Tệp đã bị sửa trong lúc nhập, ở cụm, khối “{.code}”. Hãy chạy lại lệnh.", "code", s.code)
}

// at says at which cluster's year an import ended, and how it goes on.
func at(s *shelf, err error) error {
	f := fault.As(err)
	if f.Code == fault.Internal {
		return err
	}
	return fault.New(f.Code, "Dừng ở cụm, khối “{.code}”: {.why} Những năm trước đó trong tệp đã được nhập trọn vẹn; hãy sửa rồi chạy lại lệnh, lệnh sẽ nhập tiếp.", "code", s.code, "why", f).Because(err)
}

// enter enters a year with all that belongs to it.
func (in *intake) enter(ctx context.Context, tx *db.Tx, p *plan) error {
	y, err := in.years.Take(ctx, tx, in.actor, p.given, in.reason)
	if err != nil {
		return err
	}
	targets, err := in.covenants.Take(ctx, tx, in.actor, y, p.shelf.title, p.targets, in.reason)
	if err != nil {
		return err
	}
	figures := make([]indicator.Figure, len(p.figures))
	for i, f := range p.figures {
		t := targets[p.of[i]]
		f.IndicatorID, f.ReporterID = t.IndicatorID, t.ReporterID
		if f.ReporterID == "" {
			f.ReporterID = t.UnitID
		}
		if f.ReporterID == "" {
			f.ReporterID = p.given.Leader.UnitID
		}
		if f.IndicatorID == "" {
			return fmt.Errorf("intake: target %q has no indicator", t.Name)
		}
		figures[i] = f
	}
	if err := in.indicators.TakeFigures(ctx, tx, in.actor, y, figures, in.reason); err != nil {
		return err
	}
	change := ledger.Change{By: in.actor, Action: "intake.year", Year: y.ID, Reason: in.reason}
	if !p.shelf.kept {
		code := Code{ID: db.NewID(), Kind: ofCluster, Code: p.shelf.code, SubjectID: y.ClusterID}
		if err := in.book.Insert(ctx, tx, change, "import_code", &code); err != nil {
			return err
		}
	}
	return in.book.Insert(ctx, tx, change, "import_year", &Taken{ID: db.NewID(), YearID: y.ID, Digest: p.digest, AccountID: in.actor.Account, At: clock.Stamp(in.now)})
}
