package document_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/platform/blob"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

// desk is a block whose papers say what data holds.
type desk struct {
	*house.Block
	papers *document.Service
	data   document.Data
}

func newDesk(t *testing.T, d *db.DB) *desk {
	t.Helper()
	b := &desk{Block: house.New(t, d).Block(3)}
	b.Put(cluster.Reviewed)
	b.Clock.To("2023-12-05 10:00")
	files, err := blob.Open(t.TempDir())
	b.Check(err)
	t.Cleanup(func() { files.Close() })
	b.data = document.Data{
		Year: 2023, Cluster: "Khối thử", Word: "Khối", Organiser: "UBND tỉnh Thử", LeaderID: b.Units[0].ID, Leader: "Sở Số 1", LeaderParent: "UBND tỉnh Thử",
		Members: []document.Party{{Name: "Sở Số 1", Office: "Khối trưởng"}, {Name: "Sở Số 2"}, {Name: "Sở Số 3"}},
		Targets: []document.Target{{Name: "Tỷ lệ <hộ nghèo>", Unit: "%", Plan: "1", Result: "0,98", Ratio: "102%", Status: "Vượt", Reached: true}},
		Standing: []document.Place{{Rank: "1", Unit: "Sở Số 1", Self: "97,00", Check: "96,00", Agreed: "96,00"},
			{Rank: "1", Unit: "Sở Số 2", Agreed: "96,00", Note: "đồng hạng"}, {Rank: "3", Unit: "Sở Số 3", Agreed: "90,00"}},
		Meeting:     &document.Meeting{Title: "Hội nghị tổng kết", Day: "2023-11-29", Chair: "Ông A", Secretary: "Bà B", Closed: true},
		Nominations: []document.Nomination{{Award: "Bằng khen", Unit: "3 đơn vị", Quantity: 3}, {Award: "Cờ thi đua", Unit: "Sở Số 1", Quantity: 1}},
	}
	source := func(context.Context, db.Queryer, cluster.Year, document.Kind, string) (document.Data, error) {
		return b.data, nil
	}
	b.papers = document.New(d, b.Book, b.Gate, b.Years, files, source, b.Clock)
	return b
}

var wish = document.Wish{Place: "Thử", Day: "2023-12-05", Code: "SS1", Signer: "Nguyễn Văn A", Position: "Giám đốc"}

// words is the text of the paper's body.
func words(t *testing.T, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func wrong(t *testing.T, err error, field string) {
	t.Helper()
	if f := fault.As(err); f == nil || f.Code != fault.Invalid || f.Field != field {
		t.Errorf("got %v, want a fault at %q", err, field)
	}
}

func TestDaysOfPapersFollowTheRegister(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := newDesk(t, d)
		b.data.Meeting.Reviews = true
		early := wish
		early.Day = "2023-11-28"
		for _, k := range []document.Kind{document.Report, document.Proposal} {
			_, err := b.papers.Issue(ctx, b.Leader(), b.Year.ID, k, "", early)
			wrong(t, err, "day") // before the review meeting
		}
		first := wish
		first.Day = "2023-12-04"
		_, err := b.papers.Issue(ctx, b.Leader(), b.Year.ID, document.Report, "", first)
		b.Check(err)
		first.Day = "2023-12-01"
		_, err = b.papers.Issue(ctx, b.Leader(), b.Year.ID, document.Report, "", first)
		wrong(t, err, "day") // number 2 before number 1
		_, err = b.papers.Issue(ctx, b.Leader(), b.Year.ID, document.Proposal, "", first)
		b.Check(err) // another register
		// Minutes bear the meeting's day, on the paper and in the register.
		doc, err := b.papers.Issue(ctx, b.Leader(), b.Year.ID, document.Minutes, "", wish)
		b.Check(err)
		if doc.Day != "2023-11-29" || doc.Register != "BB 2023" {
			t.Errorf("%s %s", doc.Day, doc.Register)
		}
	})
}

func TestPapersAreNumberedByTheLeadersRegister(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := newDesk(t, d)
		for i, c := range []struct {
			kind  document.Kind
			label string
		}{{document.Report, "01/BC-SS1"}, {document.Report, "02/BC-SS1"}, {document.Minutes, "01/BB-SS1"}, {document.Proposal, "01/TTr-SS1"}} {
			doc, err := b.papers.Issue(ctx, b.Leader(), b.Year.ID, c.kind, "", wish)
			b.Check(err)
			if doc.Label() != c.label {
				t.Errorf("paper %d is numbered %s, want %s", i, doc.Label(), c.label)
			}
		}
		next := wish
		next.Day = "2024-01-03"
		_, err := b.papers.Issue(ctx, b.Leader(), b.Year.ID, document.Report, "", next)
		wrong(t, err, "day") // not yet
		b.Clock.To("2024-01-03 10:00")
		doc, err := b.papers.Issue(ctx, b.Leader(), b.Year.ID, document.Report, "", next)
		b.Check(err)
		if doc.Label() != "01/BC-SS1" {
			t.Errorf("the register of the next year begins with %s", doc.Label())
		}
	})
}

func TestAnIssuedPaperStaysAsItWas(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := newDesk(t, d)
		doc, err := b.papers.Issue(ctx, b.Leader(), b.Year.ID, document.Report, "", wish)
		b.Check(err)
		if found, err := b.papers.Find(ctx, b.Officers[2], strings.ToLower(doc.Label()), 5); err != nil || len(found) != 1 || found[0].ID != doc.ID || found[0].Label() != doc.Label() {
			t.Errorf("found %+v %v", found, err)
		}
		if found, err := b.papers.Find(ctx, b.Stranger, "bao cao", 5); err != nil || len(found) != 0 {
			t.Errorf("a stranger found %+v %v", found, err)
		}
		b.data.Standing[0].Unit = "Sở đã đổi"
		_, r, err := b.papers.Open(ctx, b.Officers[2], doc.ID)
		b.Check(err)
		defer r.Close()
		file, err := io.ReadAll(r)
		b.Check(err)
		text := words(t, file)
		for _, want := range []string{"Sở Số 1, Sở Số 2 với 96,00 điểm", "Tỷ lệ &lt;hộ nghèo&gt;", "Nguyễn Văn A"} {
			if !strings.Contains(text, want) {
				t.Errorf("the paper does not say %q", want)
			}
		}
		if strings.Contains(text, "Sở đã đổi") {
			t.Error("the issued paper changed")
		}
		if _, _, err := b.papers.Open(ctx, b.Stranger, doc.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("a stranger opens a paper: %v", err)
		}
	})
}

func TestAProposalCountsAwards(t *testing.T) {
	b := newDesk(t, store.SQLite(t))
	file, err := b.papers.Draft(ctx, b.Officers[1], b.Year.ID, document.Proposal, "", document.Wish{})
	b.Check(err)
	text := words(t, file)
	for _, want := range []string{"Bằng khen: 03 đơn vị", "Cờ thi đua: 01 đơn vị"} {
		if !strings.Contains(text, want) {
			t.Errorf("the proposal does not say %q", want)
		}
	}
}

func TestWhatIsNotIssued(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := newDesk(t, d)
		whole := b.data
		for name, c := range map[string]struct {
			actor access.Actor
			kind  document.Kind
			alter func(*document.Data, *document.Wish)
			code  fault.Code
		}{
			"by a member":           {b.Officers[2], document.Report, func(*document.Data, *document.Wish) {}, fault.Denied},
			"by the standing body":  {b.Standing, document.Report, func(*document.Data, *document.Wish) {}, fault.Denied}, // it has papers of its own
			"by a stranger":         {b.Stranger, document.Report, func(*document.Data, *document.Wish) {}, fault.NotFound},
			"unknown kind":          {b.Leader(), "letter", func(*document.Data, *document.Wish) {}, fault.NotFound},
			"no signer":             {b.Leader(), document.Report, func(_ *document.Data, w *document.Wish) { w.Signer = " " }, fault.Invalid},
			"no such day":           {b.Leader(), document.Report, func(_ *document.Data, w *document.Wish) { w.Day = "31/12" }, fault.Invalid},
			"report without ranks":  {b.Leader(), document.Report, func(d *document.Data, _ *document.Wish) { d.Standing = nil }, fault.Conflict},
			"minutes of no meeting": {b.Leader(), document.Minutes, func(d *document.Data, _ *document.Wish) { d.Meeting = nil }, fault.Conflict},
			"proposal of nothing":   {b.Leader(), document.Proposal, func(d *document.Data, _ *document.Wish) { d.Nominations = nil }, fault.Conflict},
			"count of an open vote": {b.Leader(), document.Count, func(d *document.Data, _ *document.Wish) { d.Poll = &document.Poll{} }, fault.Conflict},
			"covenant not adopted":  {b.Leader(), document.Covenant, func(*document.Data, *document.Wish) {}, fault.Conflict},
		} {
			w := wish
			b.data = whole
			c.alter(&b.data, &w)
			if _, err := b.papers.Issue(ctx, c.actor, b.Year.ID, c.kind, "", w); !fault.Is(err, c.code) {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
		}
		if n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM document`); err != nil || n != 0 {
			t.Errorf("%d papers were issued, %v", n, err)
		}
	})
}

// TestPapersSayWhatTheyAreAbout: the minutes of a meeting that reviews nothing
// list no awards, headings count on, and a result of a part of the year says
// which.
func TestPapersSayWhatTheyAreAbout(t *testing.T) {
	b := newDesk(t, store.SQLite(t))
	b.data.Targets = append(b.data.Targets, document.Target{Name: "Thu ngân sách", Unit: "tỷ đồng", Plan: "100", Result: "52", Period: "6 tháng"})
	draft := func(k document.Kind) string {
		file, err := b.papers.Draft(ctx, b.Leader(), b.Year.ID, k, "", wish)
		b.Check(err)
		return words(t, file)
	}
	if text := draft(document.Minutes); strings.Contains(text, "BÌNH XÉT") || strings.Contains(text, "Cờ thi đua") {
		t.Error("a meeting that reviews nothing lists awards")
	}
	b.data.Meeting.Reviews = true
	if text := draft(document.Minutes); !strings.Contains(text, "III. KẾT QUẢ BÌNH XÉT") || !strings.Contains(text, "Cờ thi đua") {
		t.Error("the review's minutes do not list what was agreed, as part III")
	}
	// Whoever presided is named under the signature, the position stands over it.
	b.data.Meeting.Chair = "Ông A, Giám đốc Sở"
	if text := draft(document.Minutes); !strings.Contains(text, ">GIÁM ĐỐC SỞ<") || !strings.Contains(text, ">Ông A<") {
		t.Error("the position stands under the signature")
	}
	b.data.Poll = &document.Poll{Title: "Bầu", Paper: true, Tellers: []string{"Bà C (Sở Số 3)"}, Recounts: []string{"Bà C (Sở Số 3) ghi lúc 09:10: phát ra 3."}}
	if text := draft(document.Count); !strings.Contains(text, "Bà C (Sở Số 3) ghi lúc 09:10") {
		t.Error("the minutes of the count do not tell what was corrected")
	}
	b.data.Clauses = []string{"1. Đoàn kết."}
	file, err := b.papers.Draft(ctx, b.Leader(), b.Year.ID, document.Covenant, "", document.Wish{})
	b.Check(err)
	if text := words(t, file); !strings.Contains(text, "…………, ngày") {
		t.Error("a covenant without a place has no line for place and date")
	}
	b.data.Meeting.Polls = []document.Poll{{Title: "Bầu khối trưởng"}}
	if text := draft(document.Minutes); !strings.Contains(text, "III. BIỂU QUYẾT") || !strings.Contains(text, "IV. KẾT QUẢ BÌNH XÉT") {
		t.Error("parts are not counted")
	}
	if text := draft(document.Report); !strings.Contains(text, "52 (6 tháng)") || !strings.Contains(text, "1 chỉ tiêu mới có số liệu của một phần năm") {
		t.Error("a figure of half a year passes for the year's")
	}
}

// TestTheDossierWantsItsPapers: the minutes that go with it are the review's.
func TestTheDossierWantsItsPapers(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := newDesk(t, d)
		missing := func() (n int) {
			moves, err := b.Years.Moves(ctx, b.Leader(), b.Year)
			b.Check(err)
			return len(moves[0].Blockers)
		}
		if n := missing(); n != 3 {
			t.Errorf("%d papers are missing, want report, minutes and proposal", n)
		}
		meeting := func(kind string) string {
			id := db.NewID()
			b.Check(d.InTx(ctx, func(tx *db.Tx) error {
				if _, err := tx.Exec(ctx, `INSERT INTO meeting (id, version, kind, title, place, starts_at, ended_at, state, chair, secretary, opinions, host_id, cancelled)
					VALUES ($1, 1, $2, 'x', '', 1, 1, 'closed', '', '', '', '', '')`, id, kind); err != nil {
					return err
				}
				_, err := tx.Exec(ctx, `INSERT INTO meeting_year (id, version, meeting_id, year_id) VALUES ($1, 1, $2, $3)`, db.NewID(), id, b.Year.ID)
				return err
			}))
			return id
		}
		mid, review := meeting("mid"), meeting("review")
		issue := func(k document.Kind, subject string) {
			_, err := b.papers.Issue(ctx, b.Leader(), b.Year.ID, k, subject, wish)
			b.Check(err)
		}
		issue(document.Report, "")
		issue(document.Proposal, "")
		issue(document.Minutes, mid)
		if n := missing(); n != 1 {
			t.Errorf("the minutes of another meeting pass for the review's: %d missing", n)
		}
		issue(document.Minutes, review)
		if n := missing(); n != 0 {
			t.Errorf("%d still missing", n)
		}
	})
}
