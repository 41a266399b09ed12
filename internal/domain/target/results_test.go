package target

import "testing"

// The facts of a review of seven boards, in other words: rows run through one
// sentence, two currencies in one indicator, and one figure in the wrong unit.
const review = `KHỐI THI ĐUA TỔNG KẾT NĂM 2022

Ngày 06/01/2023, khối gồm 07 thành viên họp tổng kết theo Thông báo số 995/BKHĐT-HĐTĐKT ngày 18/02/2022.

Đến nay các đơn vị đã đạt được một số chỉ tiêu: Ban Quản lý KCN Yên Bái năm 2022 thu hút được 11 dự án; cấp mới 08 dự án với tổng vốn đăng ký 1.277 tỷ đồng, diện tích đất đăng ký 38ha; Tổng giá trị XNK đạt 5.143,7 tỷ đồng; tổng số lao động 5.037 lao động; Ban Quản lý KCN Thái Nguyên: thu hút được 16 dự án với tổng vốn đăng ký 1,527 tỷ USD và 1.283 tỷ đồng với diện tích đất quy hoạch 4.252ha; Ban Quản lý KCN Hòa Bình thu hút được 11 dự án với tổng vốn đăng ký 4.637,3 tỷ đồng, tổng giá trị XNK đạt 763,86 triệu đồng; Ban Quản lý KCN Phú Thọ có tổng giá trị XNK đạt 10.200 triệu USD; Ban Quản lý KCN Bắc Kạn vận động được 05 doanh nghiệp tài trợ với số tiền gần 12 tỷ đồng; giá trị XNK đạt 20 triệu USD; tổng số lao động hơn 1.500 lao động; Ban Quản lý KCN Tuyên Quang có giá trị XNK đạt 66 triệu USD.

Hội nghị phấn đấu năm 2023 thu hút 100 dự án.`

func TestResults(t *testing.T) {
	got := Results(review)
	type row struct {
		unit, indicator, low, measure, value string
		approx                               Approx
	}
	wants := []row{
		{"Ban Quản lý KCN Yên Bái", "thu hút dự án", "11", "dự án", "11 dự án", ""},
		{"Ban Quản lý KCN Yên Bái", "cấp mới dự án", "8", "dự án", "8 dự án", ""},
		{"Ban Quản lý KCN Yên Bái", "tổng vốn đăng ký", "1277", "tỷ đồng", "1277000000000 VND", ""},
		{"Ban Quản lý KCN Yên Bái", "diện tích đất đăng ký", "38", "ha", "38 ha", ""},
		{"Ban Quản lý KCN Yên Bái", "Tổng giá trị XNK", "5143.7", "tỷ đồng", "5143700000000 VND", ""},
		{"Ban Quản lý KCN Yên Bái", "tổng số lao động", "5037", "lao động", "5037 lao động", ""},
		{"Ban Quản lý KCN Thái Nguyên", "thu hút dự án", "16", "dự án", "16 dự án", ""},
		{"Ban Quản lý KCN Thái Nguyên", "tổng vốn đăng ký", "1.527", "tỷ USD", "1527000000 USD", ""},
		{"Ban Quản lý KCN Thái Nguyên", "tổng vốn đăng ký", "1283", "tỷ đồng", "1283000000000 VND", ""},
		{"Ban Quản lý KCN Thái Nguyên", "diện tích đất quy hoạch", "4252", "ha", "4252 ha", ""},
		{"Ban Quản lý KCN Hòa Bình", "thu hút dự án", "11", "dự án", "11 dự án", ""},
		{"Ban Quản lý KCN Hòa Bình", "tổng vốn đăng ký", "4637.3", "tỷ đồng", "4637300000000 VND", ""},
		{"Ban Quản lý KCN Hòa Bình", "tổng giá trị XNK", "763.86", "triệu đồng", "763860000 VND", ""},
		{"Ban Quản lý KCN Phú Thọ", "tổng giá trị XNK", "10200", "triệu USD", "10200000000 USD", ""},
		{"Ban Quản lý KCN Bắc Kạn", "vận động doanh nghiệp tài trợ", "5", "doanh nghiệp", "5 doanh nghiệp", ""},
		{"Ban Quản lý KCN Bắc Kạn", "số tiền", "12", "tỷ đồng", "12000000000 VND", Under},
		{"Ban Quản lý KCN Bắc Kạn", "giá trị XNK", "20", "triệu USD", "20000000 USD", ""},
		{"Ban Quản lý KCN Bắc Kạn", "tổng số lao động", "1500", "lao động", "1500 lao động", Over},
		{"Ban Quản lý KCN Tuyên Quang", "giá trị XNK", "66", "triệu USD", "66000000 USD", ""},
	}
	for i, w := range wants {
		if i >= len(got.Rows) {
			t.Errorf("missing: %+v", w)
			continue
		}
		g := got.Rows[i]
		if have := (row{g.Unit, g.Indicator, g.Low, g.Measure, g.Value.Amount + " " + g.Value.Unit, g.Approx}); have != w || g.Relation != Equal || g.High != g.Low || g.Source.Line != 5 {
			t.Errorf("row %d\n got %+v\nwant %+v", i+1, g, w)
		}
	}
	for _, g := range got.Rows[min(len(wants), len(got.Rows)):] {
		t.Errorf("false row: %+v", g)
	}
	codes := map[string]int{}
	for _, w := range got.Warnings {
		codes[w.Code]++
		if w.Code == UnitSuspect && w.Args["figure"] != "763,86" {
			t.Errorf("wrong figure doubted: %+v", w)
		}
	}
	if codes[UnitSuspect] != 1 || codes[MixedCurrency] != 2 {
		t.Errorf("warnings: %+v", got.Warnings)
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
