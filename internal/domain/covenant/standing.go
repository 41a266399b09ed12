package covenant

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// Standing says which text is in force, who has signed which, and by when the
// others sign.
type Standing struct {
	Draft      draft.Draft
	Now        draft.Version // in force
	Texts      []Text        // every text that is or was in force, newest first
	Members    []Stand
	Signed     int       // members on the text in force
	Due        clock.Day // "" for none
	Late       int       // members that have not signed though the day has gone by
	Amendments []draft.Amendment
	Open       *draft.Amendment // the one under way
	Deferral   *Deferral        // under which the year went on without all signatures
	Term       *Term
	Carry      *Carry // the year stands on the covenant of an earlier one
}

// Text is a text that is or was in force.
type Text struct {
	draft.Version
	By         *draft.Amendment // that brought it; nil for the first
	Until      *draft.Amendment // that replaced it; nil for the one in force, and for one that was opened again while papers were written
	Signatures []Signature
}

// Stand is how a member stands to the text in force.
type Stand struct {
	cluster.Member
	Signature *Signature // on the text in force
	Before    *Signature // on the last text before it
	Number    int        // of the version that Before is on
	Late      bool
}

// Standing reads how the covenant of a year stands; ok is false before one is
// adopted.
func (s *Service) Standing(ctx context.Context, q db.Queryer, y cluster.Year) (st Standing, ok bool, err error) {
	if st.Draft, st.Now, ok, err = s.AdoptedVersion(ctx, q, y.ID); err != nil || !ok {
		return st, ok, err
	}
	if st.Amendments, err = s.drafts.Amendments(ctx, q, st.Draft.ID); err != nil {
		return st, true, err
	}
	for i, a := range st.Amendments {
		if a.State == draft.Proposed {
			st.Open = &st.Amendments[i]
		}
	}
	if err := s.texts(ctx, q, &st); err != nil {
		return st, true, err
	}
	due, err := s.years.Calendar(ctx, q, y.ID)
	if err != nil {
		return st, true, err
	}
	st.Due = due[cluster.DueSign].Due
	members, err := s.years.Members(ctx, q, y)
	if err != nil {
		return st, true, err
	}
	late := st.Due != "" && st.Due < clock.Today(s.now)
	for _, m := range members {
		one := Stand{Member: m}
		for i, text := range st.Texts {
			at := slices.IndexFunc(text.Signatures, func(g Signature) bool { return g.UnitID == m.UnitID })
			switch {
			case at < 0:
			case i == 0:
				one.Signature = &text.Signatures[at]
			case one.Before == nil:
				one.Before, one.Number = &text.Signatures[at], text.Number
			}
		}
		if one.Signature != nil {
			st.Signed++
		} else if one.Late = late; late {
			st.Late++
		}
		st.Members = append(st.Members, one)
	}
	if st.Deferral, err = s.deferral(ctx, q, st.Now.ID); err != nil {
		return st, true, err
	}
	if st.Term, err = s.Term(ctx, q, st.Now.ID); err != nil {
		return st, true, err
	}
	st.Carry, err = s.carried(ctx, q, st.Now.ID)
	return st, true, err
}

// texts follows the amendments back from the text in force. What was signed
// and then opened again, before the year was carried out, comes last.
func (s *Service) texts(ctx context.Context, q db.Queryer, st *Standing) error {
	v, until := st.Now, (*draft.Amendment)(nil)
	for {
		signatures, err := s.Signatures(ctx, q, v.ID)
		if err != nil {
			return err
		}
		text := Text{Version: v, Until: until, Signatures: signatures}
		for i, a := range st.Amendments {
			if a.State == draft.Carried && a.ToID == v.ID {
				text.By = &st.Amendments[i]
			}
		}
		st.Texts = append(st.Texts, text)
		if text.By == nil {
			return s.signedBefore(ctx, q, st)
		}
		until = text.By
		if _, v, err = s.drafts.OfVersion(ctx, q, text.By.FromID); err != nil {
			return err
		}
	}
}

func (s *Service) signedBefore(ctx context.Context, q db.Queryer, st *Standing) error {
	all, err := s.drafts.Versions(ctx, q, st.Draft.ID)
	if err != nil {
		return err
	}
	for _, v := range all {
		if slices.ContainsFunc(st.Texts, func(t Text) bool { return t.ID == v.ID }) {
			continue
		}
		signatures, err := s.Signatures(ctx, q, v.ID)
		if err != nil {
			return err
		}
		if len(signatures) > 0 {
			st.Texts = append(st.Texts, Text{Version: v, Signatures: signatures})
		}
	}
	return nil
}
