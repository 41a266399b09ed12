package ballot

import (
	"context"
	"fmt"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// View is a poll as it is shown: with the count and the verdicts as far as
// there are any.
type View struct {
	Poll
	Nominees    []Nominee
	Names       []org.View // of Nominees, in order, as on the meeting's day
	Rule        *rulebook.Rule
	Named       []NamedTeller // who counts on paper
	Tellers     []Teller
	Earlier     []Teller // counts on paper that were corrected, once the poll is counted
	Figures     *Figures // agreed; nil until the poll is counted
	Verdicts    []Verdict
	Differences []Difference // of two counts that disagree
}

// Teller is a count with who entered it. Figures are left out while the other
// count is not in, so that nobody counts by copying.
type Teller struct {
	Count
	Figures    *Figures
	Superseded int // earlier counts of this teller that were corrected
}

// Tied tells whether a tie at the last seat waits to be settled.
func (v View) Tied() bool {
	if v.Settled != "" {
		return false
	}
	for _, d := range v.Verdicts {
		if d.Tied {
			return true
		}
	}
	return false
}

// Chosen lists the chosen units, those with more votes first.
func (v View) Chosen() []string {
	var out []string
	best := 0
	for _, d := range v.Verdicts {
		best = max(best, d.Votes)
	}
	for votes := best; votes >= 0; votes-- {
		for i, d := range v.Verdicts {
			if d.Chosen && d.Votes == votes && v.Nominees[i].UnitID != "" {
				out = append(out, v.Nominees[i].UnitID)
			}
		}
	}
	return out
}

// Name is the name of a nominee.
func (v View) Name(nominee string) string {
	for i, n := range v.Nominees {
		if n.ID == nominee {
			return v.Names[i].Name
		}
	}
	return nominee
}

// Need says how many votes are needed and of what: the sentence beside every result.
func (v View) Need() locale.Text {
	if v.State == Prepared || v.Num == 0 {
		return locale.Text{}
	}
	t := v.Threshold()
	valid := 0
	if v.Figures != nil {
		valid = v.Figures.Valid
	} else if t.Base == rulebook.OfValid {
		return locale.Msg("Cần {.share}.", "share", t.Words())
	}
	base := baseOf(t, Room{Entitled: v.Entitled, Present: v.Present}, valid)
	return locale.Msg("Cần ít nhất {.needed} phiếu đồng ý: {.share} ({.base}).", "needed", Needed(base, t), "share", t.Words(), "base", base)
}

// Say is a difference as a sentence.
func (v View) Say(d Difference) locale.Text {
	field := locale.Text{Text: d.Field.Name()}
	if d.Nominee == "" {
		return locale.Msg("Số {.figure}: hai người kiểm phiếu ghi khác nhau.", "figure", field)
	}
	return locale.Msg("{.name}, {.figure}: hai người kiểm phiếu ghi khác nhau.", "name", v.Name(d.Nominee), "figure", field)
}

// Words says the result.
func (v View) Words() locale.Text {
	switch {
	case v.State == Cancelled:
		return locale.Msg("Đã hủy: {.reason}", "reason", v.Cancelled)
	case v.State != Counted && len(v.Differences) > 0:
		return locale.Msg("Hai người kiểm phiếu ghi khác nhau {.n} số liệu nên chưa có kết quả. Hãy đếm lại và sửa.", "n", len(v.Differences))
	case v.State != Counted && len(v.Tellers) == 1:
		return locale.Msg("Đã có một người nhập số liệu kiểm phiếu, còn chờ người thứ hai.")
	case v.State != Counted:
		return locale.Text{Text: v.State.Name()}
	}
	names, rest, last := "", "", 0
	for i, d := range v.Verdicts {
		list := &rest
		if d.Chosen {
			list = &names
			last++
		}
		if *list != "" {
			*list += "; "
		}
		*list += v.Names[i].Name
	}
	switch {
	case v.Purpose == ForAdopt && v.Settled == "" && !v.Tied():
		return adopted(names, rest)
	case v.Purpose == ForOther && len(v.Nominees) > 0 && v.Nominees[0].UnitID == "" && v.Settled == "" && !v.Tied():
		return agreed(names, rest)
	case v.Settled != "":
		return locale.Msg("Được chọn: {.names}. Bằng phiếu ở vị trí cuối được phân định: {.basis}", "names", names, "basis", v.Settled)
	case v.Tied() && last == 0:
		return locale.Msg("Bằng phiếu ở vị trí cuối nên chưa chọn được. Hãy bỏ phiếu lại giữa các đơn vị bằng phiếu, hoặc ghi quyết định phân định.")
	case v.Tied():
		return locale.Msg("Được chọn: {.names}. Các đơn vị còn lại bằng phiếu ở vị trí cuối: hãy bỏ phiếu lại giữa các đơn vị đó, hoặc ghi quyết định phân định.", "names", names)
	case last == 0:
		return locale.Msg("Không có ai, hoặc nội dung nào, đạt đủ phiếu.")
	}
	return locale.Msg("Được chọn: {.names}.", "names", names)
}

// adopted says which texts were adopted.
func adopted(names, rest string) locale.Text {
	switch {
	case names == "":
		return locale.Msg("Không thông qua: {.names}.", "names", rest)
	case rest == "":
		return locale.Msg("Thông qua: {.names}.", "names", names)
	}
	return locale.Msg("Thông qua: {.names}. Không thông qua: {.rest}.", "names", names, "rest", rest)
}

// agreed says what was agreed to.
func agreed(names, rest string) locale.Text {
	switch {
	case names == "":
		return locale.Msg("Không tán thành: {.names}.", "names", rest)
	case rest == "":
		return locale.Msg("Tán thành: {.names}.", "names", names)
	}
	return locale.Msg("Tán thành: {.names}. Không tán thành: {.rest}.", "names", names, "rest", rest)
}

// Read shows a poll to a room that has checked the right to see it. The figures
// of the tellers stay hidden until they agree.
func (s *Service) Read(ctx context.Context, q db.Queryer, p Poll) (View, error) {
	v, err := s.read(ctx, q, p)
	v.hide("")
	return v, err
}

// hide leaves out the figures of counts that are not decided, but for the
// account that entered them.
func (v *View) hide(account string) {
	if v.State != Open {
		return
	}
	for i := range v.Tellers {
		if t := &v.Tellers[i]; account == "" || t.AccountID != account {
			t.Figures = nil
			t.Count = Count{Teller: t.Teller, AccountID: t.AccountID, Name: t.Name, At: t.At}
		}
	}
}

// See shows a poll to an actor. A teller sees the own count alone until both
// agree.
func (s *Service) See(ctx context.Context, actor access.Actor, pollID string) (View, error) {
	p, err := s.Get(ctx, s.db, pollID)
	if err != nil {
		return View{}, err
	}
	if err := s.gate.MustSee(ctx, s.db, actor, access.MeetingRead, access.Record{Year: p.YearID}); err != nil {
		return View{}, err
	}
	v, err := s.read(ctx, s.db, p)
	v.hide(actor.Account)
	return v, err
}

// MayCount tells whether the actor may enter a count of the poll.
func (s *Service) MayCount(ctx context.Context, actor access.Actor, p Poll) (bool, error) {
	return s.gate.Can(ctx, s.db, actor, access.VoteCount, access.Record{Year: p.YearID, Poll: p.ID})
}

func (s *Service) read(ctx context.Context, q db.Queryer, p Poll) (View, error) {
	v := View{Poll: p}
	var err error
	if v.Nominees, err = s.nominees(ctx, q, p.ID); err != nil {
		return v, err
	}
	names, err := s.names(ctx, q, p, v.Nominees)
	if err != nil {
		return v, err
	}
	for _, n := range v.Nominees {
		v.Names = append(v.Names, names[n.ID])
	}
	if p.RuleID != "" {
		r, err := s.rules.Get(ctx, q, p.RuleID)
		if err != nil {
			return v, err
		}
		v.Rule = &r
	}
	if v.Named, err = s.named(ctx, q, p); err != nil {
		return v, err
	}
	counts, err := s.counts(ctx, q, p.ID)
	if err != nil {
		return v, err
	}
	for _, c := range counts {
		f, err := s.figures(ctx, q, c)
		if err != nil {
			return v, err
		}
		f.Lines = ordered(f.Lines, v.Nominees)
		n, err := db.Count(ctx, q, `SELECT COUNT(*) FROM vote_count WHERE poll_id = $1 AND teller = $2 AND superseded = TRUE`, p.ID, c.Teller)
		if err != nil {
			return v, err
		}
		v.Tellers = append(v.Tellers, Teller{c, &f, n})
	}
	if len(v.Tellers) == 2 && p.State == Open {
		v.Differences = Compare(*v.Tellers[0].Figures, *v.Tellers[1].Figures)
	}
	rows, err := db.All[result](ctx, q, `SELECT `+db.Prefixed("r", result{})+` FROM poll_result r WHERE poll_id = $1`, p.ID)
	if err != nil || len(rows) == 0 {
		return v, err
	}
	v.Figures = v.Tellers[0].Figures
	if v.Earlier, err = s.earlier(ctx, q, v); err != nil {
		return v, err
	}
	for _, n := range v.Nominees {
		for _, r := range rows {
			if r.NomineeID == n.ID {
				d := Verdict{Nominee: n.ID, Yes: r.Yes, No: r.No, Written: r.Written, Votes: r.Yes, Base: r.Base, Needed: r.Needed, Passed: r.Passed, Chosen: r.Chosen, Tied: r.Tied}
				if p.Written {
					d.Votes += r.Written
				}
				v.Verdicts = append(v.Verdicts, d)
			}
		}
	}
	return v, nil
}

// earlier are the counts on paper that tellers corrected before they agreed:
// the minutes of the count tell them.
func (s *Service) earlier(ctx context.Context, q db.Queryer, v View) ([]Teller, error) {
	if v.Way != OnPaper || v.State != Counted {
		return nil, nil
	}
	rows, err := db.All[Count](ctx, q, `SELECT `+db.Prefixed("c", Count{})+` FROM vote_count c WHERE poll_id = $1 AND superseded = TRUE ORDER BY at, id`, v.ID)
	if err != nil {
		return nil, err
	}
	var out []Teller
	for _, c := range rows {
		f, err := s.figures(ctx, q, c)
		if err != nil {
			return nil, err
		}
		f.Lines = ordered(f.Lines, v.Nominees)
		out = append(out, Teller{Count: c, Figures: &f})
	}
	return out, nil
}

// Told says who a teller is: the unit and the person as the meeting named them,
// or the account's name where the vote was held before tellers were named.
func (v View) Told(t Teller) string {
	for _, n := range v.Named {
		if n.Seat != t.Teller {
			continue
		}
		if n.Person != "" {
			return n.Person + " (" + n.Short + ")"
		}
		return t.Count.Name + " (" + n.Short + ")"
	}
	return t.Count.Name
}

// Telling is a corrected count as a sentence of the minutes.
func (v View) Telling(t Teller) locale.Text {
	list := ""
	for _, l := range t.Figures.Lines {
		if list != "" {
			list += "; "
		}
		list += fmt.Sprintf("%s %d/%d", v.Name(l.Nominee), l.Yes, l.No)
	}
	return locale.Msg("{.teller} ghi lúc {.at}: phát ra {.issued}, thu về {.returned}, hợp lệ {.valid}, không hợp lệ {.invalid}; đồng ý/không đồng ý: {.list}.",
		"teller", v.Told(t), "at", t.At, "issued", t.Figures.Issued, "returned", t.Figures.Returned, "valid", t.Figures.Valid, "invalid", t.Figures.Invalid, "list", list)
}

func ordered(lines []Line, nominees []Nominee) []Line {
	out := make([]Line, 0, len(lines))
	for _, n := range nominees {
		for _, l := range lines {
			if l.Nominee == n.ID {
				out = append(out, l)
			}
		}
	}
	return out
}

// Elected is the unit that the meeting elected: the outcome of the last poll
// for the purpose that was counted and chose somebody.
func (s *Service) Elected(ctx context.Context, q db.Queryer, meetingID string, purpose Purpose) (unit string, ok bool, err error) {
	polls, err := s.OfMeeting(ctx, q, meetingID)
	if err != nil {
		return "", false, err
	}
	for i := len(polls) - 1; i >= 0; i-- {
		p := polls[i]
		if p.Purpose != purpose || p.State != Counted {
			continue
		}
		v, err := s.read(ctx, q, p)
		if err != nil {
			return "", false, err
		}
		if chosen := v.Chosen(); len(chosen) == 1 {
			return chosen[0], true, nil
		}
	}
	return "", false, nil
}

// ResultOf is what a counted poll says of a unit.
func (s *Service) ResultOf(ctx context.Context, q db.Queryer, p Poll, unitID string) (Verdict, error) {
	v, err := s.read(ctx, q, p)
	if err != nil {
		return Verdict{}, err
	}
	for i, n := range v.Nominees {
		if n.UnitID == unitID && i < len(v.Verdicts) {
			return v.Verdicts[i], nil
		}
	}
	return Verdict{}, fault.Missing()
}
