// Package workbook takes figures in from Excel: a workbook is uploaded, read,
// compared row by row with what stands, shown to the person, and then entered
// whole or not at all. Templates come from here too, so that out, edit and in is
// a round. Reading and checking go on beside the request, because a cluster's
// workbook takes seconds; where a step is stands in the row for every page to
// show.
package workbook

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"path"
	"sync"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// State is how far a workbook is.
type State string

const (
	Reading  State = "reading"  // under way
	Asking   State = "asking"   // waits for what its columns are
	Checking State = "checking" // under way
	Checked  State = "checked"  // waits for the person's yes
	Writing  State = "writing"  // under way
	Written  State = "written"
	Failed   State = "failed" // could not be read
)

// UnderWay tells whether the program is at work on it.
func (s State) UnderWay() bool { return s == Reading || s == Checking || s == Writing }

// Import is a workbook on its way in.
type Import struct {
	ID           string        `db:"id"`
	Version      int64         `db:"version"`
	YearID       string        `db:"year_id"`
	AccountID    string        `db:"account_id"`
	Name         string        `db:"name"`
	Size         int64         `db:"size"`
	Hash         string        `db:"hash"` // SHA-256 of the file
	Lang         string        `db:"lang"`
	Illustrative bool          `db:"illustrative"`
	State        State         `db:"state"`
	Failure      string        `db:"failure"` // why it could not be read, as a sentence
	Counts       string        `db:"counts"`  // JSON
	At           clock.Instant `db:"at"`
	Beat         clock.Instant `db:"beat"` // real time
}

// part is what is large of a workbook.
type part struct {
	ID      string `db:"id"`
	Content []byte `db:"content"`
	Outline []byte `db:"outline"`
	Mapping []byte `db:"mapping"`
	Plan    []byte `db:"plan"`
}

// Tally are the counts of the plan.
func (i Import) Tally() Counts {
	var c Counts
	_ = json.Unmarshal([]byte(i.Counts), &c) // empty before the check
	return c
}

// Step is how far the step under way is.
type Step struct {
	Done, Total int64
	Lost        bool // the server that was at it has gone; nothing of the step is kept
}

// Limit is the size of a workbook, in bytes.
const Limit = 20 << 20

// Service takes workbooks in.
type Service struct {
	db         *db.DB
	gate       *access.Gate
	years      *cluster.Service
	indicators *indicator.Service
	read       Reader
	now        clock.Clock
	log        *slog.Logger

	ctx   context.Context // ends with the service
	stop  context.CancelFunc
	all   sync.WaitGroup
	slots chan struct{}
	mu    sync.Mutex
	steps map[string]*step
}

// step is a step under way in this process.
type step struct {
	mu          sync.Mutex
	done, total int64
	over        chan struct{}
}

func (s *step) tell(done, total int64) {
	s.mu.Lock()
	s.done, s.total = done, total
	s.mu.Unlock()
}

// New makes the service. log hears of faults of ours.
func New(d *db.DB, gate *access.Gate, years *cluster.Service, indicators *indicator.Service, read Reader, now clock.Clock, log *slog.Logger) *Service {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	s := &Service{db: d, gate: gate, years: years, indicators: indicators, read: read, now: now, log: log, slots: make(chan struct{}, 2), steps: map[string]*step{}}
	s.ctx, s.stop = context.WithCancel(context.Background())
	return s
}

// Close ends what is under way, and waits for it.
func (s *Service) Close() {
	s.stop()
	s.all.Wait()
}

// May tells for whom the actor may bring figures in: for units of their own
// that report in the year, for all of them, or for none.
func (s *Service) May(ctx context.Context, q db.Queryer, actor access.Actor, y cluster.Year) (own []string, all bool, err error) {
	units, err := s.gate.Units(ctx, q, actor)
	if err != nil {
		return nil, false, err
	}
	members, err := s.years.Members(ctx, q, y)
	if err != nil {
		return nil, false, err
	}
	for _, unit := range units {
		for _, m := range members {
			if m.UnitID != unit {
				continue
			}
			ok, err := s.gate.Can(ctx, q, actor, access.FigureReport, access.Record{Year: y.ID, Unit: unit})
			if err != nil {
				return nil, false, err
			}
			if ok {
				own = append(own, unit)
			}
		}
	}
	all, err = s.gate.Can(ctx, q, actor, access.FigureEnter, access.Record{Year: y.ID})
	return own, all, err
}

// allow refuses who may bring no figures in, or when none come in.
func (s *Service) allow(ctx context.Context, q db.Queryer, actor access.Actor, yearID string) error {
	y, err := s.years.See(ctx, actor, yearID)
	if err != nil {
		return err
	}
	own, all, err := s.May(ctx, q, actor, y)
	if err != nil {
		return err
	}
	if len(own) == 0 && !all {
		return fault.Deny()
	}
	_, err = s.years.During(ctx, q, yearID, cluster.Reporting)
	return err
}

// Upload is a file as it arrives.
type Upload struct {
	Name         string
	Body         io.Reader
	Illustrative bool
	Lang         locale.Lang
}

// Take stores a workbook and begins to read it.
func (s *Service) Take(ctx context.Context, actor access.Actor, yearID string, up Upload) (Import, error) {
	if err := s.allow(ctx, s.db, actor, yearID); err != nil {
		return Import{}, err
	}
	content, err := io.ReadAll(io.LimitReader(up.Body, Limit+1))
	if err != nil {
		return Import{}, err
	}
	if len(content) > Limit {
		return Import{}, fault.New(fault.TooLarge, "Tệp lớn hơn {.limit} MB nên không được nhận. Hãy xóa hình ảnh, trang thừa rồi tải lên lại.", "limit", Limit>>20)
	}
	sum := sha256.Sum256(content)
	in := Import{
		ID: db.NewID(), Version: 1, YearID: yearID, AccountID: actor.Account, Name: shorten(vntext.Line(path.Base(up.Name)), 200), Size: int64(len(content)), Hash: hex.EncodeToString(sum[:]),
		Lang: string(up.Lang), Illustrative: up.Illustrative, State: Reading, At: clock.Stamp(s.now), Beat: clock.Stamp(clock.System{}),
	}
	none := []byte{}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.forget(ctx, tx, actor.Account); err != nil {
			return err
		}
		if err := db.Insert(ctx, tx, "workbook", &in); err != nil {
			return err
		}
		return db.Insert(ctx, tx, "workbook_part", &part{in.ID, content, none, none, none})
	})
	if err != nil {
		return in, err
	}
	s.begin(actor, in)
	return in, nil
}

// kept is how many workbooks of a person are kept; older ones leave no more
// than the figures they brought.
const kept = 10

// forget drops an account's older workbooks. Those that were written have left
// their name and hash in the ledger.
func (s *Service) forget(ctx context.Context, tx *db.Tx, account string) error {
	ids, err := db.All[string](ctx, tx, `SELECT id FROM workbook WHERE account_id = $1 ORDER BY at DESC, id DESC`, account)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if i < kept-1 {
			continue
		}
		for _, table := range []string{"workbook_part", "workbook"} {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE id = $1`, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// Find reads a workbook of the actor's own.
func (s *Service) Find(ctx context.Context, actor access.Actor, yearID, id string) (Import, error) {
	if _, err := s.years.See(ctx, actor, yearID); err != nil {
		return Import{}, err
	}
	in, err := db.Get[Import](ctx, s.db, "workbook", id)
	if err != nil {
		return in, err
	}
	if in.AccountID != actor.Account || in.YearID != yearID {
		return Import{}, fault.Missing()
	}
	return in, nil
}

// Mine lists the actor's workbooks of a year, the newest first.
func (s *Service) Mine(ctx context.Context, actor access.Actor, yearID string) ([]Import, error) {
	return db.All[Import](ctx, s.db, `SELECT `+db.Prefixed("w", Import{})+` FROM workbook w WHERE w.account_id = $1 AND w.year_id = $2 ORDER BY w.at DESC, w.id DESC`, actor.Account, yearID)
}

// Outline reads what the form of columns shows, and what was chosen last.
func (s *Service) Outline(ctx context.Context, in Import) ([]OutlineSheet, Mapping, error) {
	p, err := db.Get[part](ctx, s.db, "workbook_part", in.ID)
	if err != nil {
		return nil, Mapping{}, err
	}
	var sheets []OutlineSheet
	var m Mapping
	if err := unpack(p.Outline, &sheets); err != nil {
		return nil, m, err
	}
	return sheets, m, unpack(p.Mapping, &m)
}

// Plan reads what the workbook would do.
func (s *Service) Plan(ctx context.Context, in Import) (Plan, error) {
	var plan Plan
	p, err := db.Get[part](ctx, s.db, "workbook_part", in.ID)
	if err != nil {
		return plan, err
	}
	return plan, unpack(p.Plan, &plan)
}

// silence is after how long without a beat a step is taken for lost. A step of
// writing cannot beat: it holds the writer, for half a minute when it corrects
// the figures of a whole cluster. One that is taken for lost and is not writes
// nothing once it was begun anew.
const silence = time.Minute

// Step tells how far the step under way is.
func (s *Service) Step(in Import) Step {
	s.mu.Lock()
	here := s.steps[in.ID]
	s.mu.Unlock()
	if here == nil {
		return Step{Lost: clock.System{}.Now().Sub(in.Beat.Time()) > silence}
	}
	here.mu.Lock()
	defer here.mu.Unlock()
	return Step{Done: here.done, Total: here.total}
}

// Await waits until the step under way is over, or for so long: most workbooks
// are small and need no page of progress.
func (s *Service) Await(ctx context.Context, id string, most time.Duration) {
	s.mu.Lock()
	here := s.steps[id]
	s.mu.Unlock()
	if here == nil {
		return
	}
	select {
	case <-here.over:
	case <-ctx.Done():
	case <-time.After(most):
	}
}

// move changes the state of a workbook that the person saw at a version, and
// whatever else belongs to the step.
func (s *Service) move(ctx context.Context, actor access.Actor, in *Import, version int64, from []State, to State, more func(tx *db.Tx, p *part) error) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		now, err := db.Get[Import](ctx, tx, "workbook", in.ID)
		if err != nil {
			return err
		}
		if now.AccountID != actor.Account {
			return fault.Missing()
		}
		ok := false
		for _, f := range from {
			ok = ok || now.State == f
		}
		if !ok || now.Version != version {
			return fault.New(fault.Conflict, "Tệp này đã chuyển sang bước khác sau khi bạn mở trang. Hãy xem lại trang rồi làm tiếp.")
		}
		p, err := db.Get[part](ctx, tx, "workbook_part", in.ID)
		if err != nil {
			return err
		}
		if more != nil {
			if err := more(tx, &p); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `UPDATE workbook_part SET mapping = $1, plan = $2 WHERE id = $3`, filled(p.Mapping), filled(p.Plan), p.ID); err != nil {
				return err
			}
		}
		now.State, now.Failure, now.Beat = to, "", clock.Stamp(clock.System{})
		*in = now
		return db.Update(ctx, tx, "workbook", in)
	})
}

// filled keeps an empty part from being none: SQLite gives nil for it.
func filled(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// Map says what the columns are, or answers what is asked, and begins the check.
func (s *Service) Map(ctx context.Context, actor access.Actor, in *Import, version int64, m Mapping) error {
	if err := s.allow(ctx, s.db, actor, in.YearID); err != nil {
		return err
	}
	if err := m.check(); err != nil {
		return err
	}
	err := s.move(ctx, actor, in, version, []State{Asking, Checked, Failed}, Checking, func(tx *db.Tx, p *part) error {
		var err error
		p.Mapping, err = pack(m)
		return err
	})
	if err == nil {
		s.begin(actor, *in)
	}
	return err
}

func (m Mapping) check() error {
	seen := map[int]Role{}
	for _, role := range Mapped {
		column := m.Columns[role]
		if column < 0 || column > headColumns {
			return fault.Wrong(string(role), "Không có cột này. Hãy chọn lại.")
		}
		if other := seen[column]; column > 0 && other != "" {
			return fault.Wrong(string(role), "Cột {.column} đã được chọn cho “{.other}”. Mỗi cột chỉ chọn một lần.", "column", Letter(column), "other", locale.Msg(Heads[other]))
		}
		if column > 0 {
			seen[column] = role
		}
	}
	return fault.List(
		fault.When(len([]rune(m.Source)) > 500, "common", "Nguồn số liệu dài quá 500 ký tự."),
		fault.When(m.Columns[ByName] == 0 && !m.Wide, string(ByName), "Hãy chọn cột tên chỉ tiêu."),
		fault.When(m.Columns[Figure] == 0 && !m.Wide, string(Figure), "Hãy chọn cột số liệu."),
		fault.When(m.Columns[ByUnit] == 0 && m.Wide, string(ByUnit), "Hãy chọn cột tên đơn vị."),
		fault.When(m.Columns[When] == 0 && !m.Period.Valid(), string(When), "Hãy chọn kỳ báo cáo, hoặc cột ghi kỳ báo cáo."),
	)
}

// Again begins a lost step anew, or compares once more with what stands now. A
// lost step of writing goes back to the check: nothing of it was written.
func (s *Service) Again(ctx context.Context, actor access.Actor, in *Import, version int64) error {
	if err := s.allow(ctx, s.db, actor, in.YearID); err != nil {
		return err
	}
	if in.State.UnderWay() && !s.Step(*in).Lost || in.State == Written || in.State == Asking {
		return fault.New(fault.Conflict, "Tệp này đã chuyển sang bước khác sau khi bạn mở trang. Hãy xem lại trang rồi làm tiếp.")
	}
	to := Checking
	if in.State == Reading {
		to = Reading
	}
	if err := s.move(ctx, actor, in, version, []State{in.State}, to, nil); err != nil {
		return err
	}
	s.begin(actor, *in)
	return nil
}

// Agreed is the person's yes: with a reason for the corrections that have none,
// and the rows (Row.N) whose doubts they looked at.
type Agreed struct {
	Reason string
	Sure   []int
}

// Write enters the figures, all or none.
func (s *Service) Write(ctx context.Context, actor access.Actor, in *Import, version int64, yes Agreed) error {
	if err := s.allow(ctx, s.db, actor, in.YearID); err != nil {
		return err
	}
	reason := vntext.Line(yes.Reason)
	if len([]rune(reason)) > 500 {
		return fault.Wrong("reason", "Lý do đính chính dài quá {.limit} ký tự.", "limit", 500)
	}
	err := s.move(ctx, actor, in, version, []State{Checked}, Writing, func(tx *db.Tx, p *part) error {
		var plan Plan
		if err := unpack(p.Plan, &plan); err != nil {
			return err
		}
		for _, n := range yes.Sure {
			if n >= 1 && n <= len(plan.Rows) {
				plan.Rows[n-1].Sure, plan.Rows[n-1].Doubts = true, nil
			}
		}
		for i := range plan.Rows {
			if r := &plan.Rows[i]; r.Act == indicator.Mend && r.Reason == "" {
				r.Reason = reason
			}
		}
		c := plan.counts()
		switch {
		case c.Asks > 0:
			return fault.New(fault.Invalid, "Còn tên chưa rõ là chỉ tiêu nào. Hãy chọn cho từng tên rồi kiểm tra lại.")
		case c.Wrong > 0:
			return fault.New(fault.Invalid, "Còn {.n} dòng sai nên chưa ghi dòng nào. Hãy sửa trong tệp rồi tải lên lại.", "n", c.Wrong)
		case c.Reasons > 0:
			return fault.Wrong("reason", "Hãy ghi lý do đính chính; số cũ và lý do được lưu lại.")
		case c.Doubts > 0:
			return fault.Wrong("sure", "Còn {.n} số liệu cần xem lại. Hãy kiểm tra và đánh dấu từng số, hoặc sửa trong tệp.", "n", c.Doubts)
		case c.New+c.Mend == 0:
			return fault.New(fault.Invalid, "Mọi số liệu trong tệp đã có sẵn, không có gì để ghi.")
		}
		var err error
		p.Plan, err = pack(plan)
		return err
	})
	if err == nil {
		s.begin(actor, *in)
	}
	return err
}

// Drop gives a workbook up.
func (s *Service) Drop(ctx context.Context, actor access.Actor, in Import) error {
	if in.AccountID != actor.Account {
		return fault.Missing()
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		for _, table := range []string{"workbook_part", "workbook"} {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE id = $1`, in.ID); err != nil {
				return err
			}
		}
		return nil
	})
}
