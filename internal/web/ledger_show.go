package web

import (
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// ledgerView lists entries with what each changed.
type ledgerView struct {
	Head    *YearHead // nil on the page of the whole ledger
	Entries []ledgerRow
	Tree    ledger.Head
	More    int64 // the seq to page back from, 0 at the end
}

type ledgerRow struct {
	Seq     int64
	At      clock.Instant
	Who     string
	Action  string
	Word    string
	Kind    string
	Reason  string
	Changed []fieldChange
	Rows    int  // of a batch
	Sealed  bool // nobody may read it yet
}

type fieldChange struct{ Field, Word, Before, After string }

const ledgerPage = 50

func (s *Server) ledgerOfYear(q *Req) error {
	h, err := s.yearHead(q, "ledger")
	if err != nil {
		return err
	}
	return s.ledgerRender(q, &h, ledger.Filter{Year: h.Year.ID})
}

func (s *Server) ledgerAll(q *Req) error {
	if err := s.Gate.Must(q.Ctx(), s.DB, q.Actor, access.LedgerRead, access.Record{}); err != nil {
		return err
	}
	return s.ledgerRender(q, nil, ledger.Filter{})
}

func (s *Server) ledgerRender(q *Req, h *YearHead, f ledger.Filter) error {
	ctx := q.Ctx()
	f.Before, _ = strconv.ParseInt(q.Query("truoc"), 10, 64) // anything else begins at the end
	f.Limit = ledgerPage
	items, err := ledger.List(ctx, s.DB, f)
	if err != nil {
		return err
	}
	counts, err := ballot.Sealed(ctx, s.DB)
	if err != nil {
		return err
	}
	drafts, err := draft.Sealed(ctx, s.DB)
	if err != nil {
		return err
	}
	names, err := s.namesIn(q, items)
	if err != nil {
		return err
	}
	view := ledgerView{Head: h}
	may := map[string]bool{"": true, f.Year: true}
	for _, it := range items {
		see, asked := may[it.YearID]
		if !asked {
			// Who reads the whole ledger still sees only the clusters that are theirs.
			if see, err = s.Gate.Can(ctx, s.DB, q.Actor, access.LedgerRead, access.Record{Year: it.YearID}); err != nil {
				return err
			}
			may[it.YearID] = see
		}
		if !see {
			continue
		}
		sealed := counts[it.Subject] || drafts[it.Subject]
		if sealed {
			it.Record.Before, it.Record.After = nil, nil
		}
		rows := 0
		if it.Record.Batch != nil {
			rows = it.Record.Batch.Count
		}
		view.Entries = append(view.Entries, ledgerRow{
			Rows: rows, Sealed: sealed,
			Seq: it.Seq, At: it.At, Who: it.Record.Name, Action: it.Action, Word: actionWord(it.Action), Kind: it.Kind, Reason: it.Record.Reason, Changed: names.changes(q, it.Kind, it.Record),
		})
	}
	if len(items) == ledgerPage {
		view.More = items[len(items)-1].Seq
	}
	if view.Tree, err = ledger.HeadOf(ctx, s.DB); err != nil {
		return err
	}
	return q.Render("ledger_show", view)
}

// changes lists the columns in which before and after differ, in words.
func (n ledgerNames) changes(q *Req, table string, r ledger.Record) []fieldChange {
	var out []fieldChange
	columns := map[string]bool{}
	for c := range r.Before {
		columns[c] = true
	}
	for c := range r.After {
		columns[c] = true
	}
	for c := range columns {
		b, a := n.shown(q, table, c, r.Before[c]), n.shown(q, table, c, r.After[c])
		if !unshown(c) && a != b {
			out = append(out, fieldChange{c, fieldWords[c], b, a})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Field < out[j].Field })
	return out
}

func brief(lang locale.Lang, v any) string {
	if v == nil {
		return ""
	}
	text := fmt.Sprint(v)
	if said := sentences(lang, text); said != "" {
		text = said
	}
	if long := []rune(text); len(long) > 160 {
		return string(long[:160]) + "…"
	}
	return text
}

// sentences says what a column of sentences holds: rows keep them with their
// arguments, as the rules of awards and scores leave them. "" for other columns.
func sentences(lang locale.Lang, column string) string {
	if !strings.HasPrefix(column, "[{") {
		return ""
	}
	var list []struct{ Text locale.Text }
	if json.Unmarshal([]byte(column), &list) != nil {
		return ""
	}
	var said []string
	for _, one := range list {
		if one.Text.Text == "" {
			return ""
		}
		said = append(said, lang.Say(one.Text.Text, one.Text.Args))
	}
	return strings.Join(said, " ")
}
