package table_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/criteria/table"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
)

// grid makes a sheet of lines whose cells stand between bars. "#5" is a figure
// of Excel, "=" a formula without a result, "^" a cell merged with the one above.
func grid(lines ...string) table.Sheet {
	s := table.Sheet{Name: "Bảng điểm"}
	for _, line := range lines {
		var row []table.Cell
		for _, text := range strings.Split(line, "|") {
			c := table.Cell{Text: strings.ReplaceAll(strings.TrimSpace(text), `\n`, "\n")}
			if n, ok := strings.CutPrefix(c.Text, "#"); ok {
				c = table.Cell{Text: n, Kind: table.Number}
			}
			if c.Text == "=" {
				c = table.Cell{Formula: true}
			}
			if c.Text == "^" {
				above := s.Rows[len(s.Rows)-1][len(row)]
				above.Below = true
				c = above
			}
			row = append(row, c)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// tree writes a reading in short: part, id, name, maximum.
func tree(r table.Reading) string {
	var b strings.Builder
	r.Walk(func(n *table.Node, depth int) {
		b.WriteString(strings.Repeat("  ", depth))
		switch n.Part {
		case scoring.Bonus:
			b.WriteString("+ ")
		case scoring.Deduction:
			b.WriteString("- ")
		}
		fmt.Fprintf(&b, "%s %s", n.ID, n.Name)
		if n.Max != "" {
			b.WriteString(" = " + n.Max)
		}
		if n.Suggest != nil {
			b.WriteString(" ? " + n.Suggest.Kind)
		}
		b.WriteString("\n")
	})
	return b.String()
}

func told(r table.Reading) string {
	var all []string
	for _, f := range r.Findings {
		must := ""
		if f.Must {
			must = "!"
		}
		all = append(all, fmt.Sprintf("%d%s %s", f.Row, must, locale.Vietnamese.Say(f.Text.Text, f.Args)))
	}
	return strings.Join(all, "\n")
}

func read(t *testing.T, s table.Sheet) table.Reading {
	t.Helper()
	c := table.Guess([]table.Sheet{{Name: "Bìa", Rows: [][]table.Cell{{{Text: "Danh sách"}}}}, s})
	if c.Sheet != 1 {
		t.Fatalf("no table found: %+v", c)
	}
	return table.Read(s, c)
}

func same(t *testing.T, got, want string) {
	t.Helper()
	got, want = strings.TrimSpace(got), strings.TrimSpace(strings.ReplaceAll(want, "\t", ""))
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The shapes are those of real tables, with other words.
func TestShapesOfficersHave(t *testing.T) {
	for _, c := range []struct {
		name       string
		sheet      table.Sheet
		tree, told string
	}{
		{"two rows of heads, Roman and Arabic numbers, letters, totals and signatures", grid(
			"UBND TỈNH X|||",
			"BẢNG CHẤM ĐIỂM THI ĐUA NĂM 2026|||",
			"(Kèm theo Quy chế số 01/QC)|||",
			"",
			"TT|Nội dung thi đua|Điểm||Ghi chú",
			"^|^|Tối đa|Tự chấm|^",
			"(1)|(2)|(3)|(4)|(5)",
			"I|THỰC HIỆN NHIỆM VỤ CHUYÊN MÔN|#60||",
			"#1|Hoàn thành chỉ tiêu được giao|#40||",
			"#1,1|Đạt 100% chỉ tiêu|30 điểm||",
			"#1,2|Vượt chỉ tiêu|tối đa 10||theo giao ước",
			"#2|Cải cách hành chính|#20||",
			"a)|Giải quyết hồ sơ đúng hạn|12,5||",
			"b)|Dịch vụ công trực tuyến|7.5||",
			"II|XÂY DỰNG ĐẢNG, ĐOÀN THỂ|#40||",
			"#1|Tổ chức đảng hoàn thành tốt|#25||",
			"#2|Tham gia hoạt động xã hội|#15||",
			"|Tổng cộng (I + II)|#100||",
			"III|ĐIỂM THƯỞNG|#5||",
			"#1|Có sáng kiến được công nhận, mỗi sáng kiến được cộng 1 điểm|#3||",
			"#2|Được khen chuyên đề|#2||",
			"IV|ĐIỂM TRỪ|||",
			"#1|Báo cáo chậm, mỗi lần trừ 0,5 điểm|||",
			"",
			"||Hà Nội, ngày 01 tháng 3 năm 2026||",
			"|NGƯỜI LẬP BIỂU|TRƯỞNG KHỐI||",
		), `
		I THỰC HIỆN NHIỆM VỤ CHUYÊN MÔN = 60
		  I.1 Hoàn thành chỉ tiêu được giao = 40
		    I.1.1 Đạt 100% chỉ tiêu = 30
		    I.1.2 Vượt chỉ tiêu = 10
		  I.2 Cải cách hành chính = 20
		    I.2.a Giải quyết hồ sơ đúng hạn = 12.5
		    I.2.b Dịch vụ công trực tuyến = 7.5
		II XÂY DỰNG ĐẢNG, ĐOÀN THỂ = 40
		  II.1 Tổ chức đảng hoàn thành tốt = 25
		  II.2 Tham gia hoạt động xã hội = 15
		+ III ĐIỂM THƯỞNG = 5
		  + III.1 Có sáng kiến được công nhận, mỗi sáng kiến được cộng 1 điểm = 3 ? count
		  + III.2 Được khen chuyên đề = 2
		- IV ĐIỂM TRỪ
		  - IV.1 Báo cáo chậm, mỗi lần trừ 0,5 điểm ? count`, ``},

		{"merged cells, a bonus inside the group, a text that goes on", grid(
			"STT|TIÊU CHÍ THI ĐUA|ĐIỂM CHUẨN|HƯỚNG DẪN CHẤM ĐIỂM",
			"I|NHÓM XÃ, PHƯỜNG|115|",
			"1|Người dân được tuyên truyền|20|Có kế hoạch thì xét",
			"^|^|^|Khảo sát 50 người, mỗi người được 0,4 điểm",
			"2|Mở tài khoản mới|40|Điểm = Tỷ lệ * điểm chuẩn",
			"3|Phát hành thẻ|40|",
			"|cho người hưởng trợ cấp||",
			"5|Điểm cộng|15|",
			"5.1|Đạt 100%|5|Đạt 100% cộng 5 điểm, không đạt không cộng điểm",
			"5.2|Đạt từ 88%|10|",
		), `
		I NHÓM XÃ, PHƯỜNG = 100
		  I.1 Người dân được tuyên truyền = 20 ? count
		  I.2 Mở tài khoản mới = 40 ? ratio
		  I.3 Phát hành thẻ cho người hưởng trợ cấp = 40
		+ I.5 Điểm cộng = 15
		  + I.5.1 Đạt 100% = 5 ? pass
		  + I.5.2 Đạt từ 88% = 10`,
			`2 Điểm 115 của nhóm gồm cả 15 điểm thưởng. Điểm thưởng được tách ra ngoài điểm tối đa, nên nhóm còn 100.`},

		{"sums that do not add up, points nobody can read, numbers twice", grid(
			"TT|Tiêu chí|Điểm tối đa",
			"A|Chuyên môn|700",
			"1|Một|300",
			"2|Hai|100",
			"2|Ba|nhiều",
			"B|Phong trào|10",
			"|Tổng cộng|1.000",
		), `
		A Chuyên môn = 700
		  A.1 Một = 300
		  A.2 Hai = 100
		  A.2-2 Ba
		B Phong trào = 10`,
			`5 Số thứ tự “2” đã có ở dòng 4; tạm đặt mã A.2-2. Hãy xem lại cách đánh số.
		5! Không đọc được điểm “nhiều”. Hãy ghi như 10 hoặc 1,5, hoặc nhập điểm ở bước sửa bảng.
		5! tiêu chí chưa có điểm tối đa. Hãy thêm “max”.
		7 Dòng tổng ghi 1.000 nhưng các tiêu chí của toàn bảng cộng được 710. Hãy xem lại điểm tối đa.`},

		{"levels of one criterion, items by dashes, details without points", grid(
			"TT|Nội dung|Điểm",
			"1|Phong trào thi đua|10",
			"|- Tốt|10",
			"|- Khá|8",
			"|- Trung bình|5",
			"2|Báo cáo|10",
			"|- Đúng hạn|6",
			"|- Đầy đủ|4",
			"3|Sơ kết, tổng kết|5",
			"a|Có kế hoạch|",
			"b|Có báo cáo|",
			"ĐIỂM THƯỞNG, ĐIỂM TRỪ||",
			"1|Được khen cấp Nhà nước|+5",
			"2|Trừ khi có đơn thư|-3",
			"Ghi chú: điểm lẻ đến 0,25||",
		), `
		1 Phong trào thi đua = 10
		2 Báo cáo = 10
		  2.1 Đúng hạn = 6
		  2.2 Đầy đủ = 4
		3 Sơ kết, tổng kết = 5
		+ 1-2 Được khen cấp Nhà nước = 5
		- 2-2 Trừ khi có đơn thư = 3`,
			`2 Các dòng dưới tiêu chí này là những mức điểm để chọn một (cộng lại được 23, tối đa 10) nên được đưa vào hướng dẫn chấm. Có thể đặt quy tắc theo khoảng ở bước sửa bảng.
		9 Các dòng dưới tiêu chí này không có điểm riêng nên được đưa vào hướng dẫn chấm của nó.
		13 Số thứ tự “1” đã có ở dòng 2; tạm đặt mã 1-2. Hãy xem lại cách đánh số.
		14 Số thứ tự “2” đã có ở dòng 6; tạm đặt mã 2-2. Hãy xem lại cách đánh số.`},

		{"no column of numbers, groups without points, letters past H", grid(
			"Nội dung, tiêu chí|Thang điểm|Cách tính",
			"A. Phát triển kinh tế||",
			"1. Thu ngân sách|10|Mỗi lần chậm trừ 1 điểm",
			"2. Đầu tư công|10|",
			"H. Quốc phòng|5|",
			"I. An ninh|5|",
			"Cộng|30|",
		), `
		A Phát triển kinh tế = 20
		  A.1 Thu ngân sách = 10 ? steps
		  A.2 Đầu tư công = 10
		H Quốc phòng = 5
		I An ninh = 5`,
			`2 Nhóm không ghi điểm tối đa: lấy tổng các mục con là 20.`},

		{"a date for a number, 1.10 for 1.1, ranges, points by occurrence, a head again", grid(
			"TT|Nội dung|Điểm tối đa|Minh chứng",
			"#1|Nhóm|26|",
			"#1,9|Chín|0-5|x",
			"TT|Nội dung|Điểm tối đa|Minh chứng",
			"#1,1|Mười|(20)|Quyết định",
			"#1,11|Mười một|1|",
			"Điểm trừ|||",
			"1|Vi phạm|0,5 điểm/lần|",
		), `
		1 Nhóm = 26
		  1.9 Chín = 5
		  1.10 Mười = 20
		  1.11 Mười một = 1
		- 1-2 Vi phạm ? count`,
			`3 Điểm ghi là khoảng “0-5”; lấy mức cao nhất 5 làm điểm tối đa.
		8 Số thứ tự “1” đã có ở dòng 2; tạm đặt mã 1-2. Hãy xem lại cách đánh số.`},

		{"four levels, weights with decimals, a sum by formula that has no result", grid(
			"STT|NỘI DUNG CHẤM ĐIỂM|ĐIỂM TỐI ĐA|ĐIỂM TỰ CHẤM|ĐIỂM THẨM ĐỊNH",
			"I|Công tác chuyên môn|=||",
			"1|Phòng, chống tội phạm|22,97||",
			"1.1|Điều tra, khám phá án|12,99||",
			"1.1.1|Tỷ lệ khám phá chung|6,5||",
			"1.1.2|Trọng án|6,49||",
			"1.2|Truy nã|9,98||",
			"2|Quản lý cư trú|10||",
			"|TỔNG ĐIỂM|32,97||",
		), `
		I Công tác chuyên môn = 32.97
		  I.1 Phòng, chống tội phạm = 22.97
		    I.1.1 Điều tra, khám phá án = 12.99
		      I.1.1.1 Tỷ lệ khám phá chung = 6.5
		      I.1.1.2 Trọng án = 6.49
		    I.1.2 Truy nã = 9.98
		  I.2 Quản lý cư trú = 10`,
			`2 Ô điểm là công thức chưa có kết quả. Hãy mở tệp bằng Excel, lưu lại rồi tải lên, hoặc nhập điểm ở bước sửa bảng.
		2 Nhóm không ghi điểm tối đa: lấy tổng các mục con là 32,97.`},

		{"numbers in the text, dashes behind them, items one column further in", grid(
			"Tiêu chí||Điểm chuẩn|Cách chấm",
			"PHẦN A - CÔNG TÁC CHUNG||20|",
			"I- Xây dựng Đảng||20|",
			"|1. Học tập nghị quyết|5 đ|",
			"|2. Kiểm tra, giám sát|15 đ|Không thực hiện thì không tính điểm",
			"PHẦN B - KẾT QUẢ||80|",
			"I- Kinh tế||80|",
			"|1. Thu ngân sách|80 đ|Cứ mỗi 1% vượt được cộng 0,5 điểm",
			"Cộng: 100 điểm||100|",
		), `
		A CÔNG TÁC CHUNG = 20
		  A.I Xây dựng Đảng = 20
		    A.I.1 Học tập nghị quyết = 5
		    A.I.2 Kiểm tra, giám sát = 15 ? pass
		B KẾT QUẢ = 80
		  B.I Kinh tế = 80
		    B.I.1 Thu ngân sách = 80`, ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := read(t, c.sheet)
			same(t, tree(r), c.tree)
			same(t, told(r), c.told)
		})
	}
}

// What was read of the words: guides, evidence, the end of the table.
func TestWordsOfATable(t *testing.T) {
	r := read(t, grid(
		"TT|Nội dung|Điểm tối đa|Cách tính|Minh chứng|Ghi chú",
		`1|Một|10|Theo tỷ lệ.\nLàm tròn.|x|`,
		"|- Chi tiết thứ nhất||||",
		"2|Hai|10||Quyết định công nhận|Số liệu quý IV",
		"Nơi nhận: Như trên|||||",
		"1|Không phải tiêu chí|||",
	))
	if got := r.Guide(); !reflect.DeepEqual(got, map[string]string{
		"1": "Theo tỷ lệ.\nLàm tròn.\n- Chi tiết thứ nhất", "2": "Minh chứng: Quyết định công nhận\nGhi chú: Số liệu quý IV",
	}) {
		t.Errorf("%q", got)
	}
	if !r.Criteria[0].Evidence || r.Criteria[1].Evidence || r.Ends != 5 {
		t.Errorf("%+v %+v, ends at %d", r.Criteria[0], r.Criteria[1], r.Ends)
	}
	// A suggestion is taken only when somebody says so.
	r = read(t, grid("TT|Nội dung|Điểm tối đa", "1|Mỗi sáng kiến được 2 điểm|10"))
	if a, b := string(r.Body(nil)), string(r.Body(func(id string) bool { return id == "1" })); !strings.Contains(a, `{"kind":"direct"}`) || !strings.Contains(b, `{"each":"2","kind":"count"}`) {
		t.Errorf("%s\n%s", a, b)
	}
}

func TestNothingToRead(t *testing.T) {
	if c := table.Guess([]table.Sheet{grid("a|b", "1|2")}); c.Sheet != -1 {
		t.Errorf("%+v", c)
	}
	if r := table.Read(grid("Nội dung|Điểm"), table.Choice{Head: 1, Columns: table.Columns{table.Name: 1}}); !r.Stop || len(r.Findings) != 1 {
		t.Errorf("%+v", r)
	}
	if r := table.Read(grid("Nội dung|Điểm", "chỉ có lời|"), table.Choice{Head: 1, Columns: table.Columns{table.Name: 1, table.Max: 2}}); !r.Stop {
		t.Errorf("%+v", r)
	}
}
