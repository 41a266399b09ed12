// Package intake takes a year of clusters in from files: units, clusters with
// their members and leaders, adopted covenants with their targets, figures. It
// reads and checks; what it brings is entered by the rooms that own it, with the
// same demands as on a person, through the ledger.
//
// Everything is checked before anything is written. A cluster's year is then
// entered whole, in one transaction; an import that is stopped leaves some years
// entirely there and the others not at all, and the same command goes on from
// there.
package intake

import (
	"context"
	"path/filepath"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Service takes files in.
type Service struct {
	db         *db.DB
	book       *ledger.Book
	gate       *access.Gate
	org        *org.Service
	years      *cluster.Service
	covenants  *covenant.Service
	indicators *indicator.Service
	now        clock.Clock
}

// New makes the service.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, units *org.Service, years *cluster.Service, covenants *covenant.Service, indicators *indicator.Service, now clock.Clock) *Service {
	return &Service{d, book, gate, units, years, covenants, indicators, now}
}

// Options say how files are to be read.
type Options struct {
	Numbers   locale.Lang // 1.234,5 or 1,234.5
	CheckOnly bool        // nothing is written
}

// Stage is what an import is doing.
type Stage string

const (
	Sorting  Stage = "sort"  // bytes: finding each cluster's rows
	Checking Stage = "check" // rows
	Entering Stage = "enter" // rows
)

// Progress is told how far a stage is. It is called often and must be quick.
type Progress func(s Stage, done, total int64)

// Report is what an import found and did.
type Report struct {
	Problems []Problem
	More     int // problems beyond those listed
	Units    int // entered; so are the others, or would be
	Years    int
	Members  int64
	Targets  int64
	Figures  int64
	Before   int // years that were there already, from the same files
}

// Code is a name that files use for a unit or a cluster.
type Code struct {
	ID        string `db:"id"`
	Version   int64  `db:"version"`
	Kind      string `db:"kind"` // ofUnit or ofCluster
	Code      string `db:"code"`
	SubjectID string `db:"subject_id"`
}

const (
	ofUnit    = "unit"
	ofCluster = "cluster"
)

// Taken says that a cluster's year came by import.
type Taken struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	YearID    string        `db:"year_id"`
	Digest    string        `db:"digest"` // of what the files said about it
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
}

// intake is one import under way.
type intake struct {
	*Service
	actor    access.Actor
	opts     Options
	tell     Progress
	reason   string
	report   Report
	problems problems
	files    map[*table]*opened

	register register
	known    *indicator.Known
	fresh    []indicator.Goal // to be recognised before years are entered
	asked    map[string]bool  // goals in fresh
	shelves  []*shelf
	rows     int64
}

// Import takes in a folder or a .zip of files. Problems in the files are in the
// report, with no error; then nothing was written.
func (s *Service) Import(ctx context.Context, actor access.Actor, path string, o Options, tell Progress) (Report, error) {
	if tell == nil {
		tell = func(Stage, int64, int64) {}
	}
	if o.Numbers != locale.English {
		o.Numbers = locale.Vietnamese
	}
	set, err := open(ctx, path)
	if err != nil {
		return Report{}, err
	}
	defer set.Close()
	in := &intake{
		Service: s, actor: actor, opts: o, tell: tell, files: map[*table]*opened{}, asked: map[string]bool{},
		reason: locale.Vietnamese.T("Nhập từ {.file}", "file", filepath.Base(filepath.Clean(path))),
	}
	err = in.run(ctx, set)
	in.report.Problems, in.report.More = in.problems.list, in.problems.more
	return in.report, err
}

func (in *intake) run(ctx context.Context, set *files) error {
	for _, t := range tables {
		file := set.open[t.file]
		if file == nil {
			if !t.optional {
				in.problems.add(t.file, 0, "", fault.New(fault.Invalid, "Thiếu tệp này. Các tệp phải có: {.files}.", "files", "clusters.csv, members.csv, targets.csv"))
			}
			continue
		}
		o, err := t.header(file, &in.problems)
		if err != nil {
			return err
		}
		if o != nil {
			in.files[t] = o
		}
	}
	if in.problems.any() {
		return nil
	}
	for _, step := range []func(context.Context) error{in.remember, in.readUnits, in.readClusters, in.sort, in.check} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if in.problems.any() || in.opts.CheckOnly {
		return nil
	}
	for _, step := range []func(context.Context) error{in.enterUnits, in.enterIndicators, in.enterYears, in.db.Analyze} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// sort finds where each cluster's rows stand.
func (in *intake) sort(ctx context.Context) error {
	byCode := make(map[string]*shelf, len(in.shelves))
	for _, s := range in.shelves {
		byCode[s.code] = s
	}
	var before, total int64
	for _, t := range tables {
		if o := in.files[t]; o != nil && t.grouped {
			total += o.size
		}
	}
	for _, t := range tables {
		o := in.files[t]
		if o == nil || !t.grouped {
			continue
		}
		n, err := o.shelve(ctx, &in.problems, func(at int64) { in.tell(Sorting, before+at, total) }, byCode)
		if err != nil {
			return err
		}
		before += o.size
		in.rows += n
	}
	in.tell(Sorting, total, total)
	return nil
}

// check prepares every year as if to enter it.
func (in *intake) check(ctx context.Context) error {
	var done int64
	work := in.newWork(false)
	for _, s := range in.shelves {
		if err := ctx.Err(); err != nil {
			return err
		}
		digest, err := in.digest(s)
		if err != nil {
			return err
		}
		if s.there(digest) {
			in.report.Before++
			s.done = true
			continue
		}
		s.found = digest
		p, err := in.prepare(ctx, work, s)
		if err != nil {
			return err
		}
		if in.problems.full() {
			return nil
		}
		in.report.Years++
		in.report.Members += int64(len(p.given.Members))
		in.report.Targets += int64(len(p.targets))
		in.report.Figures += int64(len(p.figures))
		done += p.rows
		in.tell(Checking, done, in.rows)
	}
	in.tell(Checking, in.rows, in.rows)
	return nil
}
