package evidence_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/blob"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

func want(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v, want a fault %s", err, code)
	}
}

// room is the service with one kind of subject, "thing", whose ids are units of the block.
func room(t *testing.T, d *db.DB) (*house.Block, *evidence.Service, string) {
	b := house.New(t, d).Block(3)
	dir := t.TempDir()
	blobs, err := blob.Open(dir)
	b.Check(err)
	t.Cleanup(func() { blobs.Close() })
	s := evidence.New(d, b.Book, b.Gate, b.Years, blobs, b.Clock)
	s.Subject("thing", func(_ context.Context, _ db.Queryer, id string) (evidence.Subject, error) {
		for _, u := range b.Units {
			if u.ID == id {
				return evidence.Subject{Year: b.Year.ID, Unit: id, During: []cluster.Activity{cluster.SelfScore, cluster.CrossCheck}}, nil
			}
		}
		return evidence.Subject{}, fault.Missing()
	})
	b.Put(cluster.Executing)
	return b, s, dir
}

func pdf(text string) string { return "%PDF-1.7\n" + text + "\n%%EOF\n" }

func attach(s *evidence.Service, actor access.Actor, subject, name, content string) (evidence.Attachment, error) {
	return s.Attach(ctx, actor, evidence.Upload{Kind: "thing", Subject: subject, Name: name, Body: strings.NewReader(content)})
}

func TestAttachListOpenWithdraw(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, _ := room(t, d)
		unit := b.Units[1].ID
		a, err := attach(s, b.Officers[1], unit, `C:\Báo cáo.PDF`, pdf("một"))
		b.Check(err)
		if a.Name != "Báo cáo.pdf" || a.UnitID != unit || a.YearID != b.Year.ID {
			t.Fatalf("%+v", a)
		}
		// The same content for another unit is stored once.
		_, err = attach(s, b.Officers[2], b.Units[2].ID, "khác.pdf", pdf("một"))
		b.Check(err)
		if n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM file`); err != nil || n != 1 {
			t.Fatalf("%d files, %v", n, err)
		}
		_, err = attach(s, b.Heads[1], unit, "lại.pdf", pdf("một"))
		want(t, err, fault.Invalid)

		for who, actor := range map[string]access.Actor{"own": b.Officers[1], "peer": b.Officers[2], "standing": b.Standing} {
			list, err := s.List(ctx, actor, "thing", unit)
			if err != nil || len(list) != 1 || list[0].Size == 0 || list[0].Media != "application/pdf" || list[0].By != "Cán bộ" {
				t.Fatalf("%s: %+v %v", who, list, err)
			}
			o, err := s.Open(ctx, actor, a.ID)
			b.Check(err)
			content, err := io.ReadAll(o.Content)
			o.Close()
			if err != nil || string(content) != pdf("một") || !o.Form.Inline {
				t.Fatalf("%s: %q %v", who, content, err)
			}
		}
		want(t, s.Withdraw(ctx, b.Officers[1], a.ID, "  "), fault.Invalid)
		want(t, s.Withdraw(ctx, b.Officers[2], a.ID, "của người khác"), fault.Denied)
		b.Check(s.Withdraw(ctx, b.Officers[1], a.ID, "nhầm tệp"))
		want(t, s.Withdraw(ctx, b.Officers[1], a.ID, "lần nữa"), fault.Conflict)
		list, err := s.List(ctx, b.Officers[1], "thing", unit)
		if err != nil || len(list) != 1 || list[0].Stands() || list[0].Withdrawn != "nhầm tệp" {
			t.Fatalf("%+v %v", list, err)
		}
		if _, err := s.Open(ctx, b.Standing, a.ID); err != nil {
			t.Fatalf("a withdrawn file must stay readable: %v", err)
		}
		// And once withdrawn it may come back.
		_, err = attach(s, b.Officers[1], unit, "đúng.pdf", pdf("một"))
		b.Check(err)
		of, err := evidence.OfUnit(ctx, d, "thing", b.Year.ID, unit)
		if err != nil || len(of[unit]) != 2 {
			t.Fatalf("%+v %v", of, err)
		}
		if r, err := ledger.Verify(ctx, d, nil); err != nil || !r.OK() {
			t.Fatalf("%+v %v", r, err)
		}
	})
}

func TestWhoMayAndWhen(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, dir := room(t, d)
		unit := b.Units[1].ID
		_, err := attach(s, b.Officers[2], unit, "a.pdf", pdf("x"))
		want(t, err, fault.Denied)
		_, err = attach(s, b.Stranger, unit, "a.pdf", pdf("x"))
		want(t, err, fault.NotFound)
		_, err = attach(s, access.Visitor, unit, "a.pdf", pdf("x"))
		want(t, err, fault.Unauthenticated)
		_, err = attach(s, b.Officers[1], "no-such", "a.pdf", pdf("x"))
		want(t, err, fault.NotFound)
		_, err = s.Attach(ctx, b.Officers[1], evidence.Upload{Kind: "unknown", Subject: unit, Name: "a.pdf", Body: strings.NewReader(pdf("x"))})
		want(t, err, fault.NotFound)
		_, err = attach(s, b.Officers[1], unit, "a.docx", pdf("x"))
		want(t, err, fault.Invalid)
		_, err = attach(s, b.Officers[1], unit, "a.exe", "MZ")
		want(t, err, fault.Invalid)
		_, err = s.Attach(ctx, b.Officers[1], evidence.Upload{Kind: "thing", Subject: unit, Name: "a.pdf", Body: io.MultiReader(strings.NewReader("%PDF-"), bytes.NewReader(make([]byte, evidence.Limit)))})
		want(t, err, fault.TooLarge)
		b.Put(cluster.Aggregated)
		_, err = attach(s, b.Officers[1], unit, "a.pdf", pdf("x"))
		want(t, err, fault.Conflict)
		if n, err := db.Count(ctx, d, `SELECT (SELECT COUNT(*) FROM file) + (SELECT COUNT(*) FROM attachment)`); err != nil || n != 0 {
			t.Fatalf("%d rows of refused files, %v", n, err)
		}
		err = filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				t.Errorf("a refused file stayed: %s", name)
			}
			return err
		})
		b.Check(err)
	})
}

func TestReadingOfAnotherCluster(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, _ := room(t, d)
		a, err := attach(s, b.Officers[1], b.Units[1].ID, "a.pdf", pdf("x"))
		b.Check(err)
		_, err = s.Open(ctx, b.Stranger, a.ID)
		want(t, err, fault.NotFound)
		_, err = s.Open(ctx, access.Visitor, a.ID)
		want(t, err, fault.Unauthenticated)
		_, err = s.Open(ctx, b.Officers[1], "no-such")
		want(t, err, fault.NotFound)
		_, err = s.List(ctx, b.Stranger, "thing", b.Units[1].ID)
		want(t, err, fault.NotFound)
	})
}

func TestVerifyNamesTheDamage(t *testing.T) {
	d := store.SQLite(t)
	b, s, dir := room(t, d)
	a, err := attach(s, b.Officers[1], b.Units[1].ID, "a.pdf", pdf("x"))
	b.Check(err)
	if bad, err := s.Verify(ctx); err != nil || len(bad) != 0 {
		t.Fatalf("%v %v", bad, err)
	}
	name := filepath.Join(dir, a.FileID[:2], a.FileID[2:])
	b.Check(os.WriteFile(name, []byte(pdf("y")), 0o600))
	bad, err := s.Verify(ctx)
	if err != nil || len(bad) != 1 || bad[0].Hash != a.FileID {
		t.Fatalf("%v %v", bad, err)
	}
	b.Check(os.Remove(name))
	if _, err := s.Open(ctx, b.Officers[1], a.ID); !fault.Is(err, fault.Internal) {
		t.Fatalf("a lost file is ours to answer for: %v", err)
	}
	stop, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Verify(stop); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}
