package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/platform/locale"
)

// forceView says which text is in force and why, what it changed, and what is
// under way.
type forceView struct {
	covenant.Standing
	InForce  bool
	Unsigned []string // members that have not signed the text in force
	Remind   []string // their ids, for those who may remind them
	Since    *textSince
	Former   *formerText // the version on the page, where it was in force once
	Amend    *amendView  // the amendment under way
	Lasting  *lastingView
	Carried  string // the year whose covenant this one is, "" for none
	Until    int    // the last year of its term, 0 for one year

	MayAmend, MayDefer bool
	MayTerm            bool
}

// textSince tells how an amended text came into force and what it changed.
type textSince struct {
	draft.Amendment
	Before  draft.Version
	Basis   locale.Text
	Changes []changeRow
	Compare string
	Old     string // address of the text before
}

// formerText is a text that was in force and is on the page.
type formerText struct {
	Until  *draft.Amendment // that replaced it; nil where the paper was opened again
	Signed int
}

// amendView is an amendment under way.
type amendView struct {
	draft.Amendment
	By       string
	Text     *draft.Version // the newest text of it that the reader may see
	Path     string         // of that text's targets
	Changes  []changeRow
	Compare  string
	Waiting  int
	May      bool // the reader may have it adopted, or withdraw it
	Meetings []Option
}

// lastingView is a covenant of an earlier year that still holds.
type lastingView struct {
	covenant.Lasting
	Path string
	May  bool
	All  int
}

// changeRow is what became of a target.
type changeRow struct {
	Sort           draft.Sort
	Name, Was      string // Was: the name before, where it changed
	Unit           string // "" for the whole block
	From, To       string
	FromTag, ToTag string
}

// covenantForce gathers it for the page.
func (s *Server) covenantForce(q *Req, view *covenantView) error {
	ctx, h := q.Ctx(), view.Head
	f := &view.Force
	var err error
	if f.Standing, f.InForce, err = s.Covenants.Standing(ctx, s.DB, h.Year); err != nil {
		return err
	}
	if view.MayEdit {
		f.MayTerm = true
		term, err := s.Covenants.Term(ctx, s.DB, view.Version.ID)
		if err != nil {
			return err
		}
		f.Until = h.Year.Year
		if term != nil {
			f.Until = term.Until
		}
	}
	if !f.InForce {
		return s.covenantLasting(q, view)
	}
	for _, m := range f.Members {
		if m.Signature == nil {
			f.Unsigned = append(f.Unsigned, m.Short)
			if (h.Leads || h.Standing) && cluster.Open(h.Year, cluster.Signing) && h.Year.State.Reached(cluster.Signed) {
				f.Remind = append(f.Remind, m.UnitID)
			}
		}
	}
	if f.Term != nil && !f.MayTerm {
		f.Until = f.Term.Until
	}
	if f.Carry != nil {
		y, err := s.Years.Get(ctx, s.DB, f.Carry.FromYearID)
		if err != nil {
			return err
		}
		f.Carried = locale.Year(y.Year)
	}
	if err := s.covenantSince(q, view); err != nil {
		return err
	}
	for _, text := range f.Texts[1:] {
		if text.ID == view.Version.ID {
			f.Former = &formerText{text.Until, len(text.Signatures)}
		}
	}
	adopts, err := s.Gate.Can(ctx, s.DB, q.Actor, access.DraftAdopt, access.Record{Year: h.Year.ID})
	if err != nil {
		return err
	}
	f.MayAmend = adopts && f.Open == nil && cluster.Open(h.Year, cluster.Amending)
	moves, err := s.Gate.Can(ctx, s.DB, q.Actor, access.ClusterMove, access.Record{Year: h.Year.ID})
	if err != nil {
		return err
	}
	f.MayDefer = moves && len(f.Unsigned) > 0 && f.Signed > 0 && cluster.Open(h.Year, cluster.Writing)
	return s.covenantAmendment(q, view)
}

// covenantSince tells how the text in force replaced the one before.
func (s *Server) covenantSince(q *Req, view *covenantView) error {
	f := &view.Force
	if f.Texts[0].By == nil {
		return nil
	}
	old := f.Texts[1].Version
	since := &textSince{Amendment: *f.Texts[0].By, Before: old, Old: s.versionPath(view.Head.Year.ID, view.Draft, old), Compare: comparePath(view.Paper, old, f.Now)}
	since.Basis = s.adoptionWords(q, since.Amendment)
	var err error
	since.Changes, err = s.changeRows(q, view.Head, old.ID, f.Now.ID)
	f.Since = since
	return err
}

// adoptionWords says what the adoption of an amendment rests on.
func (s *Server) adoptionWords(q *Req, a draft.Amendment) locale.Text {
	if a.Basis != "" {
		return locale.Msg("Các đơn vị đồng ý bằng văn bản: {.basis}", "basis", a.Basis)
	}
	if s.Meetings != nil {
		m, err := s.Meetings.Get(q.Ctx(), s.DB, a.MeetingID)
		if err == nil {
			return locale.Msg("Thông qua tại {.meeting}", "meeting", m.Title)
		}
		note(q.Ctx(), err) // the page is worth more than the meeting's name
	}
	return locale.Msg("Thông qua tại hội nghị")
}

// covenantAmendment tells where the amendment under way stands.
func (s *Server) covenantAmendment(q *Req, view *covenantView) error {
	f, ctx := &view.Force, q.Ctx()
	if f.Open == nil {
		return nil
	}
	a := &amendView{Amendment: *f.Open}
	f.Amend = a
	var err error
	if a.May, err = s.Gate.Can(ctx, s.DB, q.Actor, access.DraftAdopt, access.Record{Year: view.Head.Year.ID}); err != nil {
		return err
	}
	if a.May {
		paper := paperView{Head: view.Head, Open: true, MayAdopt: true}
		if err := s.paperMeetings(q, &paper); err != nil {
			return err
		}
		a.Meetings = append([]Option{{Text: "— Không tại hội nghị —"}}, paper.Meetings...)
	}
	if a.By, err = s.personName(q, a.AccountID); err != nil {
		return err
	}
	v, err := s.Drafts.Base(ctx, s.DB, view.Draft)
	if err != nil || v.ID == f.Now.ID || !v.Circulated && !view.MayWrite {
		return err
	}
	a.Text, a.Path, a.Compare = &v, s.versionPath(view.Head.Year.ID, view.Draft, v), comparePath(view.Paper, f.Now, v)
	if a.Waiting, err = s.Drafts.Waits(ctx, s.DB, view.Draft.ID); err != nil {
		return err
	}
	a.Changes, err = s.changeRows(q, view.Head, f.Now.ID, v.ID)
	return err
}

// covenantLasting offers the covenant of an earlier year that still holds.
func (s *Server) covenantLasting(q *Req, view *covenantView) error {
	h, ctx := view.Head, q.Ctx()
	if !cluster.Open(h.Year, cluster.Writing) {
		return nil
	}
	from, ok, err := s.Covenants.Lasting(ctx, s.DB, h.Year)
	if err != nil || !ok {
		return err
	}
	may, err := s.Gate.Can(ctx, s.DB, q.Actor, access.DraftAdopt, access.Record{Year: h.Year.ID})
	if err != nil {
		return err
	}
	l := &lastingView{Lasting: from, May: may, All: len(h.Members)}
	for _, y := range h.Years { // those that the reader may see
		if y.ID == from.Year.ID {
			l.Path = yearPath(y.ID, "covenant")
		}
	}
	view.Force.Lasting = l
	return nil
}

// changeRows are the differences of the targets of two versions in words.
func (s *Server) changeRows(q *Req, h YearHead, beforeID, afterID string) ([]changeRow, error) {
	changes, err := s.Covenants.Difference(q.Ctx(), s.DB, beforeID, afterID)
	if err != nil {
		return nil, err
	}
	var out []changeRow
	for _, c := range changes {
		row := changeRow{Sort: c.Sort}
		switch c.Sort {
		case draft.Same:
			continue
		case draft.Added:
			row.Name, row.Unit, row.To = c.After.Name, h.NameOf(c.After.UnitID), goalText(q.Lang, c.After.Goal)
		case draft.Removed:
			row.Name, row.Unit, row.From = c.Before.Name, h.NameOf(c.Before.UnitID), goalText(q.Lang, c.Before.Goal)
		default:
			row.Name, row.Unit = c.After.Name, h.NameOf(c.After.UnitID)
			row.From, row.To = goalText(q.Lang, c.Before.Goal), goalText(q.Lang, c.After.Goal)
			if c.Before.Name != c.After.Name {
				row.Was = c.Before.Name
			}
			if by := c.Before.ByYear; by != c.After.ByYear {
				row.FromTag, row.ToTag = byWords(q, by), byWords(q, c.After.ByYear)
			}
		}
		out = append(out, row)
	}
	return out, nil
}

func byWords(q *Req, year int) string {
	if year == 0 {
		return ""
	}
	return q.T("đến hết năm {.year}", "year", locale.Year(year))
}
