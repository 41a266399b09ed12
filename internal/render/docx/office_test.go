package docx

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/thidua/thidua/testkit"
)

// pages are the sizes of a PDF's pages in points, as "595x842".
func pages(t *testing.T, pdf string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), testkit.Program(t, "pdfinfo"), "-f", "1", "-l", "99", pdf).Output()
	if err != nil {
		t.Fatalf("pdfinfo: %v", err)
	}
	var sizes []string
	for _, m := range regexp.MustCompile(`Page +\d+ size: +([\d.]+) x ([\d.]+)`).FindAllStringSubmatch(string(out), -1) {
		w, _ := strconv.ParseFloat(m[1], 64)
		h, _ := strconv.ParseFloat(m[2], 64)
		sizes = append(sizes, strconv.Itoa(int(w+0.5))+"x"+strconv.Itoa(int(h+0.5)))
	}
	return sizes
}

// TestOpensInOffice sets every kind of paper in LibreOffice and reads it back
// from the PDF: page by page, what must be on it and what must not.
func TestOpensInOffice(t *testing.T) {
	const upright, landscape = "595x842", "842x595"
	for _, tc := range []struct {
		name  string
		paper Paper
		sizes []string
		has   []string // patterns over the text with white space run together
		not   []string
	}{
		{"bao-cao", review(), []string{upright, upright, landscape}, []string{
			`ỦY BAN NHÂN DÂN +CỘNG HÒA`, `BAN QUẢN LÝ CÁC KHU`, `CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`, `Độc lập - Tự do - Hạnh phúc`,
			`Số: 05/BC-BQL`, `Bắc Ninh, ngày 25 tháng 11 năm 2026`, `BÁO CÁO`, `15 tháng 6 năm 2022; `, `của Khối năm 2026\. `,
			`Kính gửi: - Ủy ban nhân dân tỉnh;`, `93\.262 +95\.104 +101,98`, `TM\. KHỐI THI ĐUA`, `PHÓ TRƯỞNG BAN`, `Nguyễn Văn Phúc`, `- Lưu: VT, TĐKT\.`,
		}, []string{"DỰ THẢO"}},
		{"giao-uoc", covenant(), []string{upright, upright}, []string{
			`Bắc Ninh, ngày\s+tháng\s+năm 2026`, `BẢN GIAO ƯỚC THI ĐUA NĂM 2026`, `TRƯỞNG KHỐI THI ĐUA`, `Trịnh Thị Ước`, `CHỨNG KIẾN`, `Đàm Văn Bắc`,
		}, []string{"Số:"}},
		{"bien-ban", minutes(), []string{upright}, []string{`Số: +/BB-BQL`, `THƯ KÝ +CHỦ TRÌ`, `Trần Thị Thơ +Nguyễn Văn Phúc`, `Nơi nhận:`}, nil},
		{"bang-ngang", across(), []string{upright, landscape, landscape, upright}, []string{`II\. KẾT QUẢ CHẤM ĐIỂM Bảng 1`, `Đơn vị trực thuộc Thống kê`, `Bình quân toàn khối +98,50`}, nil},
		{"quyet-dinh", decision(), []string{upright, landscape}, []string{`CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẮC NINH`, `QUYẾT ĐỊNH:`, `ngày 05 tháng 02 năm 2026`, `Phụ lục DANH SÁCH TẬP THỂ`}, nil},
		{"cong-van", letter(), []string{upright}, []string{`V/v nộp báo cáo`, `Kính gửi: Các cụm, khối thi đua trên địa bàn tỉnh\.`}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data, err := tc.paper.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.ArtifactDir(), tc.name+".docx")
			if err := os.WriteFile(file, data, 0o644); err != nil {
				t.Fatal(err)
			}
			pdf := testkit.Convert(t, file, "pdf")
			if kept, err := os.ReadFile(pdf); err != nil {
				t.Fatal(err)
			} else if err := os.WriteFile(filepath.Join(t.ArtifactDir(), tc.name+".pdf"), kept, 0o644); err != nil {
				t.Fatal(err)
			}
			if got := pages(t, pdf); strings.Join(got, " ") != strings.Join(tc.sizes, " ") {
				t.Errorf("pages are %v, want %v", got, tc.sizes)
			}
			inTimes(t, pdf)
			text := testkit.PDFText(t, pdf)
			flat := strings.Join(strings.Fields(text), " ")
			for _, want := range tc.has {
				if !regexp.MustCompile(want).MatchString(flat) {
					t.Errorf("%q is not in the text:\n%s", want, text)
				}
			}
			for _, bad := range tc.not {
				if strings.Contains(flat, bad) {
					t.Errorf("%q is in the text", bad)
				}
			}
			numbered(t, tc.name, text)
		})
	}
}

// inTimes checks that every letter is set in Times New Roman or in Liberation
// Serif, which has its metrics. An old Liberation has not all Vietnamese letters;
// another font then steps in and the pages break elsewhere.
func inTimes(t *testing.T, pdf string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), testkit.Program(t, "pdffonts"), pdf).Output()
	if err != nil {
		t.Fatalf("pdffonts: %v", err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n")[2:] {
		if !strings.Contains(line, "LiberationSerif") && !strings.Contains(line, "TimesNewRoman") {
			t.Fatalf("a letter is set in another font: %s\nInstall Liberation Serif 2 (package fonts-liberation2, or fonts-liberation from version 2 on).", line)
		}
	}
}

// numbered checks that the first page of a count has no number and the others do.
func numbered(t *testing.T, name, text string) {
	t.Helper()
	for i, page := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
		first, _, _ := strings.Cut(strings.TrimSpace(page), "\n")
		first = strings.TrimSpace(first)
		annex := name == "quyet-dinh" && i == 1 || name == "bao-cao" && i == 2 // the first page of an annex
		if i == 0 || annex {
			if _, err := strconv.Atoi(first); err == nil {
				t.Errorf("page %d begins with the number %q", i+1, first)
			}
		} else if first != strconv.Itoa(i+1) {
			t.Errorf("page %d begins with %q, not its number", i+1, first)
		}
	}
}
