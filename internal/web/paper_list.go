package web

import (
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// The papers' names in addresses.
var paperSlugs = map[draft.Kind]string{
	draft.Plan: "ke-hoach", draft.Regulation: "quy-che", draft.Criteria: "tieu-chi", draft.Covenant: "giao-uoc",
}

func paperKind(slug string) (draft.Kind, error) {
	for k, s := range paperSlugs {
		if s == slug {
			return k, nil
		}
	}
	return "", fault.Missing()
}

// paperPath is the address of a paper of a year.
func paperPath(yearID string, k draft.Kind) string {
	return yearPath(yearID, "drafts") + "/" + paperSlugs[k]
}

// draftRow is one of the four papers in the list.
type draftRow struct {
	Kind     draft.Kind
	Name     locale.Text
	Path     string
	Begun    bool
	Adopted  bool
	Amending bool
	Work     bool          // versions may be written now
	Last     draft.Version // the newest version that the reader may see
	Versions int
	Comments int
	Waiting  int
	Title    string
}

type paperListView struct {
	Head     YearHead
	Papers   []draftRow
	MayWrite bool
	Open     bool // papers are being written now
	Due      string
}

// paperList shows the four papers of the year and where each stands.
func (s *Server) paperList(q *Req) error {
	h, err := s.yearHead(q, "drafts")
	if err != nil {
		return err
	}
	ctx := q.Ctx()
	view := paperListView{Head: h, Open: cluster.Open(h.Year, cluster.Writing)}
	if view.MayWrite, err = s.Gate.Can(ctx, s.DB, q.Actor, access.DraftWrite, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	due, err := s.Years.Calendar(ctx, s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	if d, ok := due[cluster.DueComment]; ok {
		view.Due = q.Lang.Day(d.Due)
	}
	papers, err := s.Drafts.Papers(ctx, s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	for _, k := range draft.Kinds {
		row := draftRow{Kind: k, Name: k.Name(), Path: paperPath(h.Year.ID, k), Work: view.Open}
		if d, ok := papers[k]; ok {
			row.Work = d.Workable(h.Year) && d.State != draft.Adopted
			if err := s.draftRow(q, d, &row); err != nil {
				return err
			}
		}
		view.Papers = append(view.Papers, row)
	}
	return q.Render("paper_list", view)
}

func (s *Server) draftRow(q *Req, d draft.Draft, row *draftRow) error {
	ctx := q.Ctx()
	all, err := s.Drafts.Versions(ctx, s.DB, d.ID)
	if err != nil {
		return err
	}
	seen, err := s.Drafts.Visible(ctx, q.Actor, d.YearID, all)
	if err != nil {
		return err
	}
	row.Title, row.Adopted, row.Versions = d.Title, d.InForce(), len(seen)
	row.Amending = d.State == draft.Amending
	if len(seen) == 0 {
		return nil
	}
	row.Begun, row.Last = true, seen[0]
	if row.Adopted && !row.Amending {
		if i := slices.IndexFunc(seen, func(v draft.Version) bool { return v.ID == d.AdoptedID }); i >= 0 {
			row.Last = seen[i]
		}
	}
	comments, err := s.Drafts.Comments(ctx, s.DB, row.Last.ID)
	if err != nil {
		return err
	}
	row.Comments = len(comments)
	row.Waiting, err = s.Drafts.Waits(ctx, s.DB, d.ID)
	return err
}
