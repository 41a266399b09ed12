package ledger

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Head is the ledger's state in two values: how many entries, and the root of
// their tree. Whoever keeps a head can later prove that nothing before it changed.
type Head struct {
	Size int64
	Root tlog.Hash
}

// String is the head as it is printed and read back: "thidua <size> <root in Base64>".
func (h Head) String() string {
	return fmt.Sprintf("thidua %d %s", h.Size, base64.StdEncoding.EncodeToString(h.Root[:]))
}

// ParseHead reads what String wrote.
func ParseHead(s string) (Head, error) {
	var h Head
	var root string
	wrong := fault.New(fault.Invalid, "“{.value}” không phải là đầu sổ cái. Đầu sổ có dạng: thidua 1234 mã-băm.", "value", s)
	if _, err := fmt.Sscanf(strings.TrimSpace(s), "thidua %d %s", &h.Size, &root); err != nil || h.Size < 0 {
		return h, wrong
	}
	raw, err := base64.StdEncoding.DecodeString(root)
	if err != nil || len(raw) != len(h.Root) {
		return h, wrong
	}
	copy(h.Root[:], raw)
	return h, nil
}

// HeadOf computes the head of the stored tree.
func HeadOf(ctx context.Context, q db.Queryer) (Head, error) {
	n, err := size(ctx, q)
	if err != nil || n == 0 {
		return Head{}, err
	}
	root, err := tlog.TreeHash(n, reader{ctx, q})
	return Head{n, root}, err
}

// Report is what a verification found. Bad is the first entry that does not
// fit, -1 when all do.
type Report struct {
	Head     Head
	Bad      int64
	Problem  *fault.Error
	Entries  int64
	Rows     int64
	Detached []string // rows whose present content is not what the ledger says
}

// OK tells whether everything fits.
func (r Report) OK() bool { return r.Bad < 0 && r.Problem == nil && len(r.Detached) == 0 }

// Verify recomputes the whole ledger: every entry's columns against its body,
// every leaf and every inner node of the tree against what is stored, an
// earlier head if one is given, and every row of the business tables against
// the last entry about it or with the batch it came in. It reads one consistent
// view.
func Verify(ctx context.Context, d *db.DB, earlier *Head) (Report, error) {
	report := Report{Bad: -1}
	err := d.ReadSnapshot(ctx, func(q db.Queryer) error {
		story := newStory()
		bad := func(seq int64, f *fault.Error) error {
			report.Bad, report.Problem = seq, f
			return nil
		}
		stored := memory{}
		var expect int64
		const page = 2000
		for {
			entries, err := db.All[Entry](ctx, q, `SELECT seq, at, account, action, kind, subject, year_id, body FROM ledger_entry WHERE seq >= $1 ORDER BY seq LIMIT $2`, expect, page)
			if err != nil {
				return err
			}
			for _, e := range entries {
				if e.Seq != expect {
					return bad(expect, fault.New(fault.Conflict, "Thiếu mục {.seq} trong sổ cái.", "seq", fmt.Sprint(expect)))
				}
				record, f := read(e)
				if f != nil {
					return bad(e.Seq, f)
				}
				hashes, err := tlog.StoredHashes(e.Seq, e.Body, &stored)
				if err != nil {
					return err
				}
				place := tlog.StoredHashIndex(0, e.Seq)
				kept, err := db.All[[]byte](ctx, q, `SELECT hash FROM ledger_hash WHERE place >= $1 AND place < $2 ORDER BY place`, place, place+int64(len(hashes)))
				if err != nil {
					return err
				}
				for i, h := range hashes {
					if i >= len(kept) || !bytes.Equal(kept[i], h[:]) {
						return bad(e.Seq, fault.New(fault.Conflict, "Mục {.seq} không khớp với cây băm đã lưu: nội dung mục này đã bị thay đổi sau khi ghi.", "seq", fmt.Sprint(e.Seq)))
					}
				}
				stored.hashes = append(stored.hashes, hashes...)
				if !story.tell(record) {
					return bad(e.Seq, fault.New(fault.Conflict, "Nội dung mục {.seq} không đọc được.", "seq", fmt.Sprint(e.Seq)))
				}
				expect++
				if earlier != nil && expect == earlier.Size {
					root, err := tlog.TreeHash(expect, &stored)
					if err != nil {
						return err
					}
					if root != earlier.Root {
						return bad(e.Seq, fault.New(fault.Conflict, "Sổ cái không khớp với đầu sổ đã lưu trước đây: có mục trong {.n} mục đầu đã bị thay đổi.", "n", int(earlier.Size)))
					}
				}
			}
			if len(entries) < page {
				break
			}
		}
		report.Entries = expect
		if earlier != nil && earlier.Size > expect {
			return bad(expect, fault.New(fault.Conflict, "Sổ cái chỉ còn {.n} mục, ít hơn đầu sổ đã lưu trước đây ({.before} mục).", "n", int(expect), "before", int(earlier.Size)))
		}
		nodes, err := db.One[int64](ctx, q, `SELECT COUNT(*) FROM ledger_hash`)
		if err != nil {
			return err
		}
		if nodes != int64(len(stored.hashes)) {
			return bad(expect, fault.New(fault.Conflict, "Cây băm có nhiều nút hơn số mục của sổ cái: có mục cuối sổ đã bị xóa."))
		}
		if expect > 0 {
			root, err := tlog.TreeHash(expect, &stored)
			if err != nil {
				return err
			}
			report.Head = Head{expect, root}
		}
		return story.compare(ctx, q, &report)
	})
	return report, err
}

// decode keeps numbers as they are written: none becomes a float.
func decode(body []byte, r *Record) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	return d.Decode(r)
}

// read checks an entry's columns against its body.
func read(e Entry) (Record, *fault.Error) {
	var r Record
	if err := decode(e.Body, &r); err != nil {
		return r, fault.New(fault.Conflict, "Nội dung mục {.seq} không đọc được.", "seq", fmt.Sprint(e.Seq))
	}
	if r.Seq != e.Seq || r.At != int64(e.At) || r.Account != e.Account || r.Action != e.Action || r.Kind != e.Kind || r.Subject != e.Subject || r.Year != e.YearID {
		return r, fault.New(fault.Conflict, "Các cột của mục {.seq} không khớp với nội dung đã băm.", "seq", fmt.Sprint(e.Seq))
	}
	return r, nil
}

// same compares a row of the ledger (after JSON) with one of the database.
func same(after map[string]any, column func(string) any) bool {
	for c, want := range after {
		if text(want) != text(column(c)) {
			return false
		}
	}
	return true
}

// text brings JSON's and the drivers' values to one form.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	case bool:
		if v {
			return "1"
		}
		return "0"
	}
	return fmt.Sprint(v)
}

// memory holds the recomputed tree.
type memory struct{ hashes []tlog.Hash }

func (m *memory) ReadHashes(places []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(places))
	for i, p := range places {
		if p >= int64(len(m.hashes)) {
			return nil, fmt.Errorf("ledger: node %d is not there yet", p)
		}
		out[i] = m.hashes[p]
	}
	return out, nil
}

// Item is an entry as pages show it.
type Item struct {
	Entry
	Record Record
}

// Filter narrows a list of entries; empty fields do not.
type Filter struct {
	Year, Kind, Subject, Account string
	From, To                     clock.Instant
	Before                       int64 // entries with a smaller seq, for paging back; 0 starts at the end
	Limit                        int
}

// List reads entries, newest first.
func List(ctx context.Context, q db.Queryer, f Filter) ([]Item, error) {
	where, args := []string{"1 = 1"}, []any{}
	add := func(cond string, v any) {
		args = append(args, v)
		where = append(where, fmt.Sprintf(cond, len(args)))
	}
	if f.Year != "" {
		add("year_id = $%d", f.Year)
	}
	if f.Kind != "" {
		add("kind = $%d", f.Kind)
	}
	if run, _, inRange := db.Place(f.Subject); inRange {
		args = append(args, f.Subject, subject(run)) // a row that came in a batch has no entry of its own
		where = append(where, fmt.Sprintf("subject IN ($%d, $%d)", len(args)-1, len(args)))
	} else if f.Subject != "" {
		add("subject = $%d", f.Subject)
	}
	if f.Account != "" {
		add("account = $%d", f.Account)
	}
	if f.From != 0 {
		add("at >= $%d", f.From)
	}
	if f.To != 0 {
		add("at < $%d", f.To)
	}
	if f.Before != 0 {
		add("seq < $%d", f.Before)
	}
	limit := f.Limit
	if limit <= 0 || limit > 500 {
		limit = 100
	}
	entries, err := db.All[Entry](ctx, q, fmt.Sprintf(`SELECT seq, at, account, action, kind, subject, year_id, body FROM ledger_entry WHERE %s ORDER BY seq DESC LIMIT %d`, strings.Join(where, " AND "), limit), args...)
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(entries))
	for i, e := range entries {
		items[i].Entry = e
		if err := decode(e.Body, &items[i].Record); err != nil {
			return nil, fmt.Errorf("ledger: entry %d: %w", e.Seq, err)
		}
	}
	return items, nil
}

// Newest is the number of a year's newest entry; 0 for none.
func Newest(ctx context.Context, q db.Queryer, year string) (int64, error) {
	return db.One[int64](ctx, q, `SELECT COALESCE(MAX(seq), 0) FROM ledger_entry WHERE year_id = $1`, year)
}
