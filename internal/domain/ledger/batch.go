package ledger

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/thidua/thidua/internal/platform/db"
)

// Batch is what one entry keeps of many rows that were inserted together: how
// many, what their ids begin with and from where they count (db.IDRange), and
// the root of a Merkle tree over them in the order of their ids. A leaf is the
// row's Columns in their order, each as its length and its text; see decision 6.
type Batch struct {
	Count   int      `json:"count"`
	Run     string   `json:"run"`
	From    int      `json:"from,omitempty"`
	Columns []string `json:"columns"`
	Root    string   `json:"root"` // Base64
}

// MaxBatch is how many rows an entry takes; more make several entries.
const MaxBatch = 20_000

// markSize is how many bytes of each leaf are kept beside the entry, so that a
// row that was changed can be named. They prove nothing: the root does.
const markSize = 8

// subject stands for all rows of a run.
func subject(run string) string { return run + "*" }

// InsertAll writes new rows of one table, given as a slice of structs with `db`
// tags, and one entry for each MaxBatch of them. Their ids must be those of one
// db.IDRange, in order and from its beginning. Version is set to 1.
func (b *Book) InsertAll(ctx context.Context, tx *db.Tx, c Change, table string, rows any) error {
	all := reflect.ValueOf(rows)
	for from := 0; from < all.Len(); from += MaxBatch {
		part := all.Slice(from, min(from+MaxBatch, all.Len()))
		for i := range part.Len() {
			setVersion(part.Index(i).Addr().Interface(), 1)
		}
		cells, err := db.CellsOf(part.Interface())
		if err != nil {
			return err
		}
		batch, marks, err := seal(cells, from)
		if err != nil {
			return fmt.Errorf("ledger: %s: %w", table, err)
		}
		if err := db.InsertCells(ctx, tx, table, cells); err != nil {
			return err
		}
		seq, err := b.enter(ctx, tx, c, Record{Kind: table, Subject: subject(batch.Run), Batch: &batch})
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO ledger_batch (seq, marks) VALUES ($1, $2)`, seq, marks); err != nil {
			return fmt.Errorf("ledger: batch: %w", err)
		}
	}
	return nil
}

// seal makes the batch of rows whose ids count on from a number, and the marks
// of their leaves.
func seal(cells db.Cells, from int) (Batch, []byte, error) {
	batch := Batch{Count: len(cells.Rows), From: from}
	for _, name := range cells.Columns {
		if !cells.Secret[name] {
			batch.Columns = append(batch.Columns, name)
		}
	}
	slices.Sort(batch.Columns)
	at := make([]int, len(batch.Columns))
	for j, name := range batch.Columns {
		at[j] = slices.Index(cells.Columns, name)
	}
	id := slices.Index(cells.Columns, "id")
	marks := make([]byte, 0, markSize*len(cells.Rows))
	var tree peaks
	var text leaf
	for i, row := range cells.Rows {
		own, _ := row[id].(string)
		run, place, ok := db.Place(own)
		if i == 0 {
			batch.Run = run
		}
		if !ok || run != batch.Run || place != from+i {
			return batch, nil, fmt.Errorf("id %q is not number %d of its range", own, from+i)
		}
		text.begin()
		for _, j := range at {
			text.add(row[j])
		}
		h := tlog.RecordHash(text.bytes)
		marks = append(marks, h[:markSize]...)
		tree.add(h)
	}
	batch.Root = tree.root()
	return batch, marks, nil
}

// leaf is the canonical text of a row.
type leaf struct{ bytes []byte }

func (l *leaf) begin() { l.bytes = l.bytes[:0] }

func (l *leaf) add(cell any) {
	var number [20]byte
	switch v := cell.(type) {
	case string:
		l.bytes = binary.AppendUvarint(l.bytes, uint64(len(v)))
		l.bytes = append(l.bytes, v...)
	case int64:
		digits := strconv.AppendInt(number[:0], v, 10)
		l.bytes = binary.AppendUvarint(l.bytes, uint64(len(digits)))
		l.bytes = append(l.bytes, digits...)
	default:
		s := text(v)
		l.bytes = binary.AppendUvarint(l.bytes, uint64(len(s)))
		l.bytes = append(l.bytes, s...)
	}
}

// peaks are the roots of the full trees to the left of the next leaf, the
// largest first: all that a Merkle tree (RFC 6962) needs while it grows.
type peaks struct {
	n     int
	roots []tlog.Hash
}

func (p *peaks) add(h tlog.Hash) {
	for n := p.n; n&1 == 1; n >>= 1 {
		last := len(p.roots) - 1
		h = tlog.NodeHash(p.roots[last], h)
		p.roots = p.roots[:last]
	}
	p.roots = append(p.roots, h)
	p.n++
}

func (p *peaks) root() string {
	if len(p.roots) == 0 {
		return ""
	}
	h := p.roots[len(p.roots)-1]
	for i := len(p.roots) - 2; i >= 0; i-- {
		h = tlog.NodeHash(p.roots[i], h)
	}
	return base64.StdEncoding.EncodeToString(h[:])
}

// sealed is a batch while its rows are compared with it.
type sealed struct {
	Batch
	seq    int64
	kind   string
	leaves []tlog.Hash
	there  []bool
	seen   int
	done   bool // closed: ok tells how
	ok     bool
}

// id of the i-th row.
func (b *sealed) id(i int) string { return fmt.Sprintf("%s%08x", b.Run, b.From+i) }

// holds tells whether the batch's entry is about the row at a place of its run.
func (b *sealed) holds(place int) bool { return place >= b.From && place < b.From+b.Count }

// put takes the leaf of a row as the batch had it.
func (b *sealed) put(place int, row func(column string) any, text *leaf) {
	if b.leaves == nil {
		b.leaves, b.there = make([]tlog.Hash, b.Count), make([]bool, b.Count)
	}
	text.begin()
	for _, c := range b.Columns {
		text.add(row(c))
	}
	i := place - b.From
	if !b.there[i] {
		b.seen++
	}
	b.leaves[i], b.there[i] = tlog.RecordHash(text.bytes), true
}

// fits recomputes the root once every row has been put.
func (b *sealed) fits() bool {
	if b.seen != b.Count {
		return false
	}
	var tree peaks
	for _, h := range b.leaves {
		tree.add(h)
	}
	return tree.root() == b.Root
}

// wrong names the rows that do not fit, as far as the marks tell; where they do
// not, or where all of it is gone, the batch itself.
func (b *sealed) wrong(ctx context.Context, q db.Queryer) ([]string, error) {
	const named = 20
	whole := fmt.Sprintf("%s %s (%d)", b.kind, subject(b.Run), b.Count)
	if b.seen == 0 {
		return []string{whole}, nil
	}
	marks, _, err := db.Maybe[[]byte](ctx, q, `SELECT marks FROM ledger_batch WHERE seq = $1`, b.seq)
	if err != nil {
		return nil, err
	}
	var out []string
	for i, there := range b.there {
		at := i * markSize
		if there && (len(marks) < at+markSize || bytes.Equal(marks[at:at+markSize], b.leaves[i][:markSize])) {
			continue
		}
		out = append(out, b.kind+" "+b.id(i))
		if len(out) > named {
			return []string{whole}, nil
		}
	}
	if out == nil {
		return []string{whole}, nil
	}
	return out, nil
}
