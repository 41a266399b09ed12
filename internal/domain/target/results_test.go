package target

import (
	"strings"
	"testing"
)

// The facts of a review of seven boards, in other words: rows run through one
// sentence, two currencies in one indicator, and one figure in the wrong unit.
const review = `KHỐI THI ĐUA TỔNG KẾT NĂM 2022

Ngày 06/01/2023, khối gồm 07 thành viên họp tổng kết theo Thông báo số 995/BKHĐT-HĐTĐKT ngày 18/02/2022.

Đến nay các đơn vị đã đạt được một số chỉ tiêu: Ban Quản lý KCN Yên Bái năm 2022 thu hút được 11 dự án; cấp mới 08 dự án với tổng vốn đăng ký 1.277 tỷ đồng, diện tích đất đăng ký 38ha; Tổng giá trị XNK đạt 5.143,7 tỷ đồng; tổng số lao động 5.037 lao động; Ban Quản lý KCN Thái Nguyên: thu hút được 16 dự án với tổng vốn đăng ký 1,527 tỷ USD và 1.283 tỷ đồng với diện tích đất quy hoạch 4.252ha, tổng số lao động 90.693 lao động; Ban Quản lý KCN Hòa Bình thu hút được 11 dự án với tổng vốn đăng ký 4.637,3 tỷ đồng, tổng giá trị XNK đạt 763,86 triệu đồng; tổng số lao động 2.100 lao động; Ban Quản lý KCN Phú Thọ thu hút được 06 dự án với tổng vốn đăng ký 2.684 tỷ đồng, tổng giá trị XNK đạt 10.200 triệu USD; tổng số lao động 50.000 lao động; Ban Quản lý KCN Bắc Kạn vận động được 05 doanh nghiệp tài trợ  cho các đồ án quy hoạch với số tiền gần 12 tỷ đồng; giá trị XNK đạt 20 triệu USD; tổng số lao động hơn 1.500 lao động; Ban Quản lý KCN Tuyên Quang thu hút được 04 dự án với tổng vốn đăng ký 1.200 tỷ đồng, diện tích đất đăng ký 30ha; Tổng giá trị XNK đạt 66 triệu USD; tổng số lao động 6.000 lao động; Ban Quản lý KCN Bắc Giang thu hút được 35 dự án với tổng vốn đăng ký 4.356 tỷ đồng và 414,1 triệu USD, diện tích đất đăng ký 538ha; tổng số lao động 195.578 lao động.

Hội nghị phấn đấu năm 2023 thu hút 100 dự án.`

// boardResults are the 31 figures of the seven boards; an indicator in two
// currencies holds two amounts, so there are 33 rows.
var boardResults = []struct {
	unit string
	rows []boardRow
}{
	{"Yên Bái", []boardRow{
		{"thu hút dự án", "11", "dự án", "11 dự án", ""},
		{"cấp mới dự án", "8", "dự án", "8 dự án", ""},
		{"tổng vốn đăng ký", "1277", "tỷ đồng", "1277000000000 VND", ""},
		{"diện tích đất đăng ký", "38", "ha", "38 ha", ""},
		{"Tổng giá trị XNK", "5143.7", "tỷ đồng", "5143700000000 VND", ""},
		{"tổng số lao động", "5037", "lao động", "5037 lao động", ""},
	}},
	{"Thái Nguyên", []boardRow{
		{"thu hút dự án", "16", "dự án", "16 dự án", ""},
		{"tổng vốn đăng ký", "1.527", "tỷ USD", "1527000000 USD", ""},
		{"tổng vốn đăng ký", "1283", "tỷ đồng", "1283000000000 VND", ""},
		{"diện tích đất quy hoạch", "4252", "ha", "4252 ha", ""},
		{"tổng số lao động", "90693", "lao động", "90693 lao động", ""},
	}},
	{"Hòa Bình", []boardRow{
		{"thu hút dự án", "11", "dự án", "11 dự án", ""},
		{"tổng vốn đăng ký", "4637.3", "tỷ đồng", "4637300000000 VND", ""},
		{"tổng giá trị XNK", "763.86", "triệu đồng", "763860000 VND", ""},
		{"tổng số lao động", "2100", "lao động", "2100 lao động", ""},
	}},
	{"Phú Thọ", []boardRow{
		{"thu hút dự án", "6", "dự án", "6 dự án", ""},
		{"tổng vốn đăng ký", "2684", "tỷ đồng", "2684000000000 VND", ""},
		{"tổng giá trị XNK", "10200", "triệu USD", "10200000000 USD", ""},
		{"tổng số lao động", "50000", "lao động", "50000 lao động", ""},
	}},
	{"Bắc Kạn", []boardRow{
		{"vận động doanh nghiệp tài trợ cho các đồ án quy hoạch", "5", "doanh nghiệp", "5 doanh nghiệp", ""},
		{"số tiền", "12", "tỷ đồng", "12000000000 VND", Under},
		{"giá trị XNK", "20", "triệu USD", "20000000 USD", ""},
		{"tổng số lao động", "1500", "lao động", "1500 lao động", Over},
	}},
	{"Tuyên Quang", []boardRow{
		{"thu hút dự án", "4", "dự án", "4 dự án", ""},
		{"tổng vốn đăng ký", "1200", "tỷ đồng", "1200000000000 VND", ""},
		{"diện tích đất đăng ký", "30", "ha", "30 ha", ""},
		{"Tổng giá trị XNK", "66", "triệu USD", "66000000 USD", ""},
		{"tổng số lao động", "6000", "lao động", "6000 lao động", ""},
	}},
	{"Bắc Giang", []boardRow{
		{"thu hút dự án", "35", "dự án", "35 dự án", ""},
		{"tổng vốn đăng ký", "4356", "tỷ đồng", "4356000000000 VND", ""},
		{"tổng vốn đăng ký", "414.1", "triệu USD", "414100000 USD", ""},
		{"diện tích đất đăng ký", "538", "ha", "538 ha", ""},
		{"tổng số lao động", "195578", "lao động", "195578 lao động", ""},
	}},
}

type boardRow struct {
	indicator, low, measure, value string
	approx                         Approx
}

func TestResultsOfSevenBoards(t *testing.T) {
	got := Results(review)
	next, figures := 0, map[[2]string]bool{}
	for _, board := range boardResults {
		unit := "Ban Quản lý KCN " + board.unit
		for _, w := range board.rows {
			figures[[2]string{unit, w.indicator}] = true
			if next >= len(got.Rows) {
				t.Fatalf("missing: %s %+v", unit, w)
			}
			g := got.Rows[next]
			next++
			if have := (boardRow{g.Indicator, g.Low, g.Measure, g.Value.Amount + " " + g.Value.Unit, g.Approx}); g.Unit != unit || have != w || g.Relation != Equal || g.High != g.Low || g.Source.Line != 5 {
				t.Errorf("row %d\n got %+v\nwant %s %+v", next, g, unit, w)
			}
		}
	}
	for _, g := range got.Rows[next:] {
		t.Errorf("false row: %+v", g)
	}
	if len(figures) != 31 || next != 33 {
		t.Errorf("the test names %d figures in %d rows; the review has 31 in 33", len(figures), next)
	}
	var suspect, mixed []string
	for _, w := range got.Warnings {
		switch w.Code {
		case UnitSuspect:
			suspect = append(suspect, w.Args["unit"].(string)+": "+w.Args["figure"].(string)+" "+w.Args["measure"].(string))
		case MixedCurrency:
			mixed = append(mixed, strings.ToLower(w.Args["name"].(string)))
		default:
			t.Errorf("warning: %+v", w)
		}
	}
	if len(suspect) != 1 || suspect[0] != "Ban Quản lý KCN Hòa Bình: 763,86 triệu đồng" {
		t.Errorf("suspect: %q", suspect)
	}
	if len(mixed) != 2 || mixed[0] != "tổng vốn đăng ký" || mixed[1] != "tổng giá trị xnk" {
		t.Errorf("mixed: %q", mixed)
	}
	if targets := Read(review).Targets; len(targets) != 1 || targets[0].Low != "100" {
		t.Errorf("a review holds results and one target: %+v", targets)
	}
}

func TestResultsByHeadingsAndLists(t *testing.T) {
	got := Results("Kết quả năm 2024\n\n1. Huyện Gia Bình\n- Thu ngân sách đạt 850 tỷ đồng.\n- Kết nạp được 120 đảng viên.\n2. Huyện Lương Tài\n- Thu ngân sách đạt 910 tỷ đồng.\n")
	if len(got.Rows) != 3 || got.Rows[1].Unit != "Huyện Gia Bình" || got.Rows[1].Indicator != "Kết nạp đảng viên" || got.Rows[2].Unit != "Huyện Lương Tài" || got.Rows[2].Low != "910" {
		t.Errorf("%+v", got.Rows)
	}
}

func TestResultsNeedAUnit(t *testing.T) {
	if got := Results("Thu ngân sách đạt 850 tỷ đồng; kỷ niệm 80 năm."); len(got.Rows) > 0 {
		t.Errorf("%+v", got.Rows)
	}
}

// The ways in which reviews name the unit: before a colon, before a verb, after
// a comma's example word, with a small letter, in a heading of its own.
func TestResultsNameTheirUnit(t *testing.T) {
	got := Results(`Kết quả năm 2024 của các đơn vị:

- Sở Tài chính: giải ngân vốn đầu tư công đạt 97,5% kế hoạch; tiết kiệm chi 120 tỷ đồng; 100% công chức hoàn thành tốt nhiệm vụ.
- Cục Thuế tỉnh thu ngân sách 12.350 tỷ đồng, bằng 108% dự toán, tăng 9% so với cùng kỳ.

UBND huyện Gia Bình đã trồng 120 ha rừng, kết nạp 95 đảng viên.

Điển hình như Công ty Cổ phần Kinh Bắc cho thuê 35 ha đất công nghiệp; xã Tân Chi có 120 hộ thoát nghèo.

II. THÀNH PHỐ TỪ SƠN
1. Tỷ lệ hộ nghèo giảm còn 0,8%.
2. Thu ngân sách giảm 3,5% so với năm 2023.`)
	want := []string{
		"Sở Tài chính: giải ngân vốn đầu tư công = 97.5 % plan",
		"Sở Tài chính: tiết kiệm chi = 120 tỷ đồng",
		"Sở Tài chính: công chức hoàn thành tốt nhiệm vụ = 100 %",
		"Cục Thuế tỉnh: thu ngân sách = 12350 tỷ đồng",
		"Cục Thuế tỉnh: thu ngân sách = 108 % budget",
		"Cục Thuế tỉnh: thu ngân sách increase= 9 % same_period",
		"UBND huyện Gia Bình: trồng rừng = 120 ha",
		"UBND huyện Gia Bình: kết nạp đảng viên = 95 đảng viên",
		"Công ty Cổ phần Kinh Bắc: cho thuê đất công nghiệp = 35 ha",
		"xã Tân Chi: hộ thoát nghèo = 120 hộ",
		"THÀNH PHỐ TỪ SƠN: Tỷ lệ hộ nghèo = 0.8 %",
		"THÀNH PHỐ TỪ SƠN: Thu ngân sách decrease= 3.5 % year 2023",
	}
	for i, g := range got.Rows {
		have := strings.TrimSpace(g.Unit + ": " + g.Indicator + " " + string(g.Change) + string(g.Relation) + " " + g.Low + " " + g.Measure + " " + baseText(g.Base))
		if i >= len(want) || have != want[i] {
			t.Errorf("row %d: %q", i+1, have)
		}
	}
	if len(got.Rows) != len(want) {
		t.Errorf("%d rows, want %d", len(got.Rows), len(want))
	}
}
