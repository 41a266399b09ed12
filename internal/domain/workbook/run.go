package workbook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// begin runs the step that the state names, beside the request.
func (s *Service) begin(actor access.Actor, in Import) {
	here := &step{over: make(chan struct{})}
	s.mu.Lock()
	s.steps[in.ID] = here
	s.mu.Unlock()
	s.all.Add(1)
	go func() {
		defer s.all.Done()
		defer close(here.over)
		defer func() {
			s.mu.Lock()
			if s.steps[in.ID] == here {
				delete(s.steps, in.ID)
			}
			s.mu.Unlock()
		}()
		ctx, cancel := context.WithCancel(s.ctx)
		defer cancel()
		s.all.Add(1)
		go func() {
			defer s.all.Done()
			s.keepBeating(ctx, in.ID)
		}()
		select {
		case s.slots <- struct{}{}:
			defer func() { <-s.slots }()
		case <-s.ctx.Done():
			return
		}
		if err := s.safely(ctx, actor, in, here); err != nil && s.ctx.Err() == nil {
			s.fail(actor, in, err)
		}
	}()
}

// safely makes an error of a panic: a workbook must not end the server.
func (s *Service) safely(ctx context.Context, actor access.Actor, in Import, here *step) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Wrap(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	p, err := db.Get[part](ctx, s.db, "workbook_part", in.ID)
	if err != nil {
		return err
	}
	switch in.State {
	case Writing:
		return s.write(ctx, actor, in, p, here)
	default:
		return s.readAndCheck(ctx, actor, in, p, here)
	}
}

// keepBeating tells other processes that this one is at work.
func (s *Service) keepBeating(ctx context.Context, id string) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := s.db.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE workbook SET beat = $1 WHERE id = $2`, clock.Stamp(clock.System{}), id)
			return err
		})
		if err != nil && ctx.Err() == nil {
			s.log.Warn("workbook: beat", "err", err)
		}
	}
}

// fail records why a step ended: in a sentence for the person, and the cause
// in the log.
func (s *Service) fail(actor access.Actor, in Import, cause error) {
	f := fault.As(cause)
	if f.Code == fault.Internal {
		s.log.Error("workbook", "id", in.ID, "account", actor.Account, "err", cause)
	}
	text := ""
	for _, one := range f.All() {
		if text != "" {
			text += " "
		}
		text += locale.Lang(in.Lang).Fault(one)
	}
	to := Failed
	switch {
	case in.State == Writing:
		to = Checked // nothing was written; the preview stands
	case errors.Is(cause, errMapping):
		to = Asking // what the person chose was wrong
	}
	if err := s.land(s.ctx, in, to, text, nil, nil); err != nil && s.ctx.Err() == nil {
		s.log.Error("workbook", "id", in.ID, "err", err)
	}
}

// errMapping marks a fault of what a person said about the columns.
var errMapping = errors.New("workbook: the mapping")

// land ends a step: with a state, and what it brought.
func (s *Service) land(ctx context.Context, in Import, to State, failure string, sheets []OutlineSheet, plan *Plan) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		return landIn(ctx, tx, in, to, failure, sheets, plan)
	})
}

func landIn(ctx context.Context, tx *db.Tx, in Import, to State, failure string, sheets []OutlineSheet, plan *Plan) error {
	now, there, err := db.Maybe[Import](ctx, tx, `SELECT `+db.Prefixed("w", Import{})+` FROM workbook w WHERE w.id = $1`, in.ID)
	if err != nil || !there { // given up meanwhile
		return err
	}
	if now.State != in.State || now.Version != in.Version {
		return fault.New(fault.Conflict, "Tệp này đã chuyển sang bước khác sau khi bạn mở trang. Hãy xem lại trang rồi làm tiếp.")
	}
	if sheets != nil {
		packed, err := pack(sheets)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE workbook_part SET outline = $1 WHERE id = $2`, packed, in.ID); err != nil {
			return err
		}
	}
	if plan != nil {
		packed, err := pack(plan)
		if err != nil {
			return err
		}
		counts, err := json.Marshal(plan.counts())
		if err != nil {
			return err
		}
		now.Counts = string(counts)
		if _, err := tx.Exec(ctx, `UPDATE workbook_part SET plan = $1 WHERE id = $2`, packed, in.ID); err != nil {
			return err
		}
	}
	if to == Written { // the ledger has its name and hash, the figures stand
		if _, err := tx.Exec(ctx, `UPDATE workbook_part SET content = $1 WHERE id = $2`, []byte{}, in.ID); err != nil {
			return err
		}
	}
	now.State, now.Failure = to, failure
	return db.Update(ctx, tx, "workbook", &now)
}

// readAndCheck reads the file and tells what it would do, or asks what its
// columns are.
func (s *Service) readAndCheck(ctx context.Context, actor access.Actor, in Import, p part, here *step) error {
	var m Mapping
	if err := unpack(p.Mapping, &m); err != nil {
		return err
	}
	sheets, err := s.read(bytes.NewReader(p.Content), int64(len(p.Content)), func(done, total int64) { here.tell(done, 2*total) })
	if err != nil {
		return err
	}
	shown := outline(sheets)
	if _, _, ours := fromTemplate(sheets); !ours && !m.mapped() {
		if len(shown) == 0 {
			return fault.New(fault.Invalid, "Tệp Excel này không có dòng dữ liệu nào. Hãy kiểm tra lại tệp rồi tải lên lại.")
		}
		return s.land(ctx, in, Asking, "", shown, nil)
	}
	plan, err := s.check(ctx, s.db, actor, in, sheets, m, func(done, total int) { here.tell(int64(total+done), int64(2*total)) })
	if m.mapped() && fault.Is(err, fault.Invalid) {
		return fault.As(err).Because(errMapping)
	}
	if err != nil {
		return err
	}
	return s.land(ctx, in, Checked, "", shown, &plan)
}

// write enters the figures of the plan. Where something has come up since the
// preview nothing is written, and the preview tells it.
func (s *Service) write(ctx context.Context, actor access.Actor, in Import, p part, here *step) error {
	var plan Plan
	if err := unpack(p.Plan, &plan); err != nil {
		return err
	}
	y, err := s.years.Get(ctx, s.db, in.YearID)
	if err != nil {
		return err
	}
	entering := make([]indicator.Entering, len(plan.Rows))
	for i, r := range plan.Rows {
		entering[i] = r.entering(in.Illustrative || y.Illustrative)
		entering[i].Seen, entering[i].Was = true, r.Was
	}
	var effects []indicator.Effect
	reason := locale.Vietnamese.T("Nhập từ tệp {.file}, SHA-256 {.hash}", "file", in.Name, "hash", in.Hash)
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		effects, err = s.indicators.Enter(ctx, tx, actor, in.YearID, entering, reason, func(done int) { here.tell(int64(done), int64(len(entering))) })
		if err != nil {
			return err
		}
		return landIn(ctx, tx, in, Written, "", nil, &plan)
	})
	if err == nil || len(effects) == 0 || !fault.Is(err, fault.Conflict) {
		return err
	}
	c := &checking{s: s, q: s.db, actor: actor, y: y, lang: locale.Lang(in.Lang)}
	for i, e := range effects {
		c.tell(&plan.Rows[i], e, nil)
	}
	return s.land(ctx, in, Checked, c.lang.T("Chưa ghi gì: từ khi bạn xem trước đã có thay đổi. Hãy xem lại các dòng sai dưới đây."), nil, &plan)
}
