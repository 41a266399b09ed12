package covenant

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/target"
)

const sections = `GIAO ƯỚC THI ĐUA
Căn cứ Quyết định số 42/QĐ-UBND.
I. CHỈ TIÊU CHUNG
1. Kinh tế:
a) Sản xuất
- Tổng kim ngạch xuất nhập khẩu là 93.262 triệu USD.
+ Trong đó xuất khẩu tăng.
b) Thương mại

2. Xã hội
Các đơn vị cùng phấn đấu.
II. CHỈ TIÊU CỦA TỪNG ĐƠN VỊ
1. Sở Công Thương
- Doanh thu bán lẻ 85.800 tỷ đồng.
2. Đối với Sở Xây dựng:
- Tỷ lệ đô thị hóa 45%.
3. Điều khoản thi hành
- Sở Công Thương: số hội chợ 12 hội chợ.
- Số lớp tập huấn 3 lớp.`

func TestOutline(t *testing.T) {
	var got []string
	for _, c := range Outline(sections) {
		head := ""
		if c.Head {
			head = " *"
		}
		got = append(got, fmt.Sprintf("%d<%d %s%s", c.Depth, c.Parent, c.Mark, head))
	}
	want := []string{
		"0<0  *", "0<0 ", "0<0 I. *", "1<3 1. *", "2<4 a) *", "3<5 -", "4<6 +", "2<4 b)", "3<8 ", "1<3 2.", "2<10 ",
		"0<0 II. *", "1<12 1. *", "2<13 -", "1<12 2. *", "2<15 -", "1<12 3. *", "2<17 -", "2<17 -",
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("outline\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	var contents []string
	for _, c := range Contents(Outline(sections)) {
		contents = append(contents, c.Mark+c.Text)
	}
	if got := strings.Join(contents, "|"); got != "GIAO ƯỚC THI ĐUA|I.CHỈ TIÊU CHUNG|1.Kinh tế:|2.Xã hội|II.CHỈ TIÊU CỦA TỪNG ĐƠN VỊ|1.Sở Công Thương|2.Đối với Sở Xây dựng:|3.Điều khoản thi hành" {
		t.Errorf("contents %s", got)
	}
	for line, want := range map[string]string{
		"Điều 3. Hiệu lực": "Điều 3.|Hiệu lực", "Chương II: CHỈ TIÊU": "Chương II:|CHỈ TIÊU", "1.277 tỷ đồng": "|1.277 tỷ đồng", "  - 85% tổ chức": "-|85% tổ chức", "a) Thu ngân sách": "a)|Thu ngân sách",
	} {
		if mark, rest, _ := target.Mark(line); mark+"|"+rest != want {
			t.Errorf("%q is %q and %q", line, mark, rest)
		}
	}
}

func TestOwnersOfLines(t *testing.T) {
	members := []cluster.Member{{Membership: cluster.Membership{UnitID: "ct"}, Name: "Sở Công Thương", Short: "Sở CT"}, {Membership: cluster.Membership{UnitID: "xd"}, Name: "Sở Xây dựng", Short: "Sở XD"}}
	got := owners(sections, members)
	want := map[int]string{13: "ct", 14: "ct", 15: "xd", 16: "xd", 18: "ct"}
	if len(got) != len(want) {
		t.Fatalf("owners %v, want %v", got, want)
	}
	for line, unit := range want {
		if got[line] != unit {
			t.Errorf("line %d is of %q, want %q", line, got[line], unit)
		}
	}
	plain := owners("Sở XD\n- Tỷ lệ đô thị hóa 45%.\n- Số dự án 3 dự án.\nMỤC TIÊU CHUNG\n- Thu ngân sách 5 tỷ đồng.", members)
	if plain[2] != "xd" || plain[3] != "xd" || plain[5] != "" {
		t.Errorf("under a plain name: %v", plain)
	}
}

// Every line stands in the outline once, in its order; a clause stands one step
// under a clause before it whose mark ranks higher.
func TestOutlineKeepsTheText(t *testing.T) {
	piece := rapid.SampledFrom([]string{"", "GIAO ƯỚC", "I. Một", "II. Hai", "A. Phần", "Điều 1. Nội dung", "1. Kinh tế", "1.2. Thu", "a) Xuất khẩu", "(1) Nhập khẩu", "- Đô thị 45%", "+ Vốn 5 tỷ đồng", "Các đơn vị phấn đấu", "  ", "–", "1.277 tỷ đồng"})
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOf(rapid.OneOf(piece, rapid.String().Filter(func(s string) bool { return !strings.Contains(s, "\n") }))).Draw(t, "lines")
		text := strings.Join(lines, "\n")
		got := Outline(text)
		if len(got) != strings.Count(text, "\n")+1 {
			t.Fatalf("%d clauses of %d lines", len(got), len(lines))
		}
		for i, c := range got {
			if c.Line != i+1 {
				t.Fatalf("clause %d is of line %d", i, c.Line)
			}
			if i < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[i]), c.Mark) {
				t.Fatalf("mark %q is not of line %q", c.Mark, lines[i])
			}
			if (c.Parent == 0) != (c.Depth == 0) {
				t.Fatalf("%+v", c)
			}
			if c.Parent != 0 {
				above := got[c.Parent-1]
				if above.Line >= c.Line || above.Depth != c.Depth-1 || above.Rank == 0 || c.Rank != 0 && above.Rank >= c.Rank {
					t.Fatalf("%+v stands under %+v", c, above)
				}
			}
		}
	})
}

// The difference of two versions names each target of both once, and its
// mirror is the difference the other way.
func TestChangesNameEachTargetOnce(t *testing.T) {
	targets := rapid.Custom(func(t *rapid.T) []Target {
		n := rapid.IntRange(0, 6).Draw(t, "n")
		out := make([]Target, n)
		for i := range out {
			out[i].ID = fmt.Sprint(i)
			out[i].IndicatorID = rapid.SampledFrom([]string{"xuất khẩu", "nhập khẩu", "đô thị"}).Draw(t, "indicator")
			out[i].UnitID = rapid.SampledFrom([]string{"", "ct"}).Draw(t, "unit")
			out[i].Name = out[i].IndicatorID
			out[i].BaseLow = rapid.SampledFrom([]string{"1", "2"}).Draw(t, "low")
		}
		return out
	})
	same := func(id string) string { return id }
	tally := func(changes []Change) map[draft.Sort]int {
		n := map[draft.Sort]int{}
		for _, c := range changes {
			n[c.Sort]++
		}
		return n
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := targets.Draw(t, "before"), targets.Draw(t, "after")
		changes := Changes(a, b, same)
		var before, after int
		seen := map[*Target]bool{}
		for _, c := range changes {
			for _, one := range []*Target{c.Before, c.After} {
				if one == nil {
					continue
				}
				if seen[one] {
					t.Fatalf("%+v stands twice", one)
				}
				seen[one] = true
			}
			if c.Before != nil {
				before++
			}
			if c.After != nil {
				after++
			}
			if c.Before != nil && c.After != nil && (c.Before.IndicatorID != c.After.IndicatorID || c.Before.UnitID != c.After.UnitID) {
				t.Fatalf("%+v became %+v", c.Before, c.After)
			}
			if (c.Sort == draft.Changed) != (c.Before != nil && c.After != nil && c.Before.BaseLow != c.After.BaseLow) {
				t.Fatalf("%+v", c)
			}
		}
		if before != len(a) || after != len(b) {
			t.Fatalf("%d of %d before, %d of %d after", before, len(a), after, len(b))
		}
		there, back := tally(changes), tally(Changes(b, a, same))
		if there[draft.Added] != back[draft.Removed] || there[draft.Removed] != back[draft.Added] || there[draft.Same] != back[draft.Same] {
			t.Fatalf("%v there, %v back", there, back)
		}
		if n := tally(Changes(a, a, same)); n[draft.Same] != len(a) {
			t.Fatalf("a version differs from itself: %v", n)
		}
	})
}
