// Package country writes a year of the whole country as files that `thidua
// import` takes in: 3,500 clusters of 34,000 units with 40 targets each and
// twelve monthly reports, 16 million figures; or a given part of it. The same
// share gives the same bytes.
package country

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/thidua/thidua/internal/platform/locale"
)

// The whole country, and the year that the files are about.
const (
	Clusters  = 3500
	Units     = 34000
	Targets   = 40 // of each unit
	Reports   = 12 // on each target
	Provinces = 34
	Year      = 2025
)

// Size is what files hold.
type Size struct{ Clusters, Units, Targets, Figures int }

// Of is the size of a share of the country, in hundredths of it.
func Of(percent int) Size {
	s := Size{Clusters: max(1, Clusters*percent/100)}
	s.Units = from(s.Clusters)
	s.Targets = s.Units * Targets
	s.Figures = s.Targets * Reports
	return s
}

// from is the number of units in the clusters before the i-th: nine or ten each.
func from(i int) int { return i * Units / Clusters }

// goal is one of the targets that every unit has.
type goal struct {
	name, relation, measure, change string
	low                             int64 // in tenths; a unit's own is up to a half more
}

var goals = []goal{
	{"Thu ngân sách nhà nước trên địa bàn", ">=", "tỷ đồng", "", 12000},
	{"Giải ngân vốn đầu tư công", ">=", "tỷ đồng", "", 8000},
	{"Tỷ lệ giải ngân vốn đầu tư công", ">=", "%", "", 600},
	{"Tổng kim ngạch xuất khẩu", ">=", "triệu USD", "", 35000},
	{"Số dự án đầu tư mới được cấp phép", ">=", "dự án", "", 120},
	{"Số doanh nghiệp thành lập mới", ">=", "doanh nghiệp", "", 900},
	{"Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn", ">=", "%", "", 620},
	{"Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến", ">=", "%", "", 550},
	{"Số sáng kiến được công nhận", ">=", "sáng kiến", "", 100},
	{"Số văn bản tham mưu ban hành đúng hạn", ">=", "văn bản", "", 400},
	{"Tỷ lệ hộ nghèo", "<=", "%", "", 30},
	{"Số vụ tai nạn giao thông", "<=", "vụ", "", 300},
	{"Số đơn thư tồn đọng", "<=", "đơn", "", 100},
	{"Tỷ lệ thất nghiệp khu vực thành thị", "<=", "%", "", 25},
	{"Số lao động được tạo việc làm", ">=", "lao động", "", 15000},
	{"Tỷ lệ lao động qua đào tạo", ">=", "%", "", 580},
	{"Tỷ lệ người dân tham gia bảo hiểm y tế", ">=", "%", "", 610},
	{"Tỷ lệ dân số được quản lý sức khỏe", ">=", "%", "", 600},
	{"Số giường bệnh kế hoạch", ">=", "giường", "", 2000},
	{"Tỷ lệ trường đạt chuẩn quốc gia", ">=", "%", "", 500},
	{"Số xã đạt chuẩn nông thôn mới", ">=", "xã", "", 100},
	{"Số mô hình dân vận khéo", ">=", "mô hình", "", 150},
	{"Diện tích rừng trồng mới", ">=", "ha", "", 2500},
	{"Tỷ lệ che phủ rừng", ">=", "%", "", 400},
	{"Tỷ lệ chất thải rắn được thu gom", ">=", "%", "", 580},
	{"Tỷ lệ hộ dân dùng nước sạch", ">=", "%", "", 590},
	{"Số cuộc kiểm tra, giám sát", ">=", "cuộc", "", 200},
	{"Số đảng viên mới kết nạp", ">=", "đảng viên", "", 300},
	{"Số gương điển hình được biểu dương", ">=", "gương", "", 100},
	{"Số tin, bài tuyên truyền", ">=", "tin", "", 1200},
	{"Số lượt người hiến máu", ">=", "lượt", "", 2500},
	{"Tiết kiệm chi thường xuyên", ">=", "triệu đồng", "", 60000},
	{"Kinh phí an sinh xã hội", ">=", "triệu đồng", "", 90000},
	{"Số nhà tình nghĩa được xây, sửa", ">=", "nhà", "", 150},
	{"Số lớp tập huấn được tổ chức", ">=", "lớp", "", 150},
	{"Số cán bộ được bồi dưỡng", ">=", "người", "", 600},
	{"Tỷ lệ cơ quan đạt chuẩn văn hóa", "range", "%", "", 550},
	{"Chỉ số hài lòng của người dân", "range", "%", "", 560},
	{"Vụ việc tham nhũng", "none", "", "", 0},
	{"Vụ cháy nghiêm trọng", "none", "", "", 0},
}

// mix is a stream of numbers that looks random and is always the same
// (splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// share is a number from 0 to n-1 that belongs to the places.
func share(n int64, places ...int) int64 {
	h := uint64(2025)
	for _, p := range places {
		h = mix(h ^ uint64(p))
	}
	return int64(h % uint64(n))
}

// tenths writes a number as Vietnamese does: 12.345,6.
func tenths(b []byte, v int64) []byte {
	whole := strconv.AppendInt(nil, v/10, 10)
	comma := v%10 != 0
	if comma {
		b = append(b, '"')
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b = append(b, '.')
		}
		b = append(b, d)
	}
	if comma {
		b = append(b, ',', byte('0'+v%10), '"')
	}
	return b
}

func (g goal) of(unit, target int) int64 { return g.low + g.low*share(50, unit, target)/100 }

// at is the figure at a month's end.
func (g goal) at(unit, target, month int) int64 {
	full := g.of(unit, target)
	switch {
	case g.relation == "none":
		return 0
	case g.measure == "%": // holds at a moment
		return min(1000, full+full*(share(21, unit, target, month)-10)/100)
	case full/10 < 100: // counted in ones
		return full * int64(month) / 12 / 10 * 10
	}
	return full * int64(month) / 12 * (90 + share(21, unit, target, month)) / 100
}

func unitCode(u int) string    { return fmt.Sprintf("DV%05d", u) }
func clusterCode(c int) string { return fmt.Sprintf("CK%04d", c) }
func province(c int) int       { return c % Provinces }

// Write writes the files of a share of the country into a folder.
func Write(dir string, percent int) (Size, error) {
	size := Of(percent)
	files := map[string]func(w *bufio.Writer){
		"units.csv": func(w *bufio.Writer) {
			w.WriteString("code,name,short,kind,level,parent,from,basis\n")
			for p := range Provinces {
				fmt.Fprintf(w, "T%02d,Ủy ban nhân dân tỉnh số %d,UBND tỉnh %d,authority,tinh,,01/01/2000,Danh mục hành chính\n", p, p+1, p+1)
			}
			for c := range size.Clusters {
				for u := from(c); u < from(c+1); u++ {
					fmt.Fprintf(w, "%s,Đơn vị số %d thuộc tỉnh số %d,Đơn vị %d,department,tinh,T%02d,01/01/2000,Danh mục hành chính\n", unitCode(u), u+1, province(c)+1, u+1, province(c))
				}
			}
		},
		"clusters.csv": func(w *bufio.Writer) {
			w.WriteString("code,kind,organiser,year,name,short,basis,leader,deputy,reference,state,title,illustrative\n")
			for c := range size.Clusters {
				u := from(c)
				fmt.Fprintf(w, "%s,khoi,T%02d,%d,Khối thi đua số %d của tỉnh số %d,Khối %d,Quyết định số %d/QĐ-UBND,%s,%s,Quyết định số %d/QĐ-UBND,executing,Giao ước thi đua,1\n",
					clusterCode(c), province(c), Year, c+1, province(c)+1, c+1, c+1, unitCode(u), unitCode(u+1), c+1)
			}
		},
		"members.csv": func(w *bufio.Writer) {
			w.WriteString("cluster,unit\n")
			for c := range size.Clusters {
				for u := from(c); u < from(c+1); u++ {
					fmt.Fprintf(w, "%s,%s\n", clusterCode(c), unitCode(u))
				}
			}
		},
		"targets.csv": func(w *bufio.Writer) {
			w.WriteString("cluster,unit,code,name,relation,low,high,measure,change,direction\n")
			var b []byte
			for c := range size.Clusters {
				for u := from(c); u < from(c+1); u++ {
					for t, g := range goals {
						b = fmt.Appendf(b[:0], "%s,%s,T%02d,\"%s\",%s,", clusterCode(c), unitCode(u), t+1, g.name, g.relation)
						if g.relation != "none" {
							b = tenths(b, g.of(u, t))
						}
						b = append(b, ',')
						if g.relation == "range" {
							b = tenths(b, g.of(u, t)+50)
						}
						b = fmt.Appendf(b, ",%s,%s,\n", g.measure, g.change)
						w.Write(b)
					}
				}
			}
		},
		"figures.csv": func(w *bufio.Writer) {
			w.WriteString("cluster,unit,target,period,value\n")
			var b []byte
			for c := range size.Clusters {
				for u := from(c); u < from(c+1); u++ {
					for t, g := range goals {
						for m := 1; m <= Reports; m++ {
							b = append(append(append(append(b[:0], clusterCode(c)...), ','), unitCode(u)...), ',', 'T', byte('0'+(t+1)/10), byte('0'+(t+1)%10), ',', 'M', byte('0'+m/10), byte('0'+m%10), ',')
							b = append(tenths(b, g.at(u, t, m)), '\n')
							w.Write(b)
						}
					}
				}
			}
		},
	}
	for name, fill := range files {
		if err := one(filepath.Join(dir, name), fill); err != nil {
			return size, err
		}
	}
	return size, nil
}

func one(path string, fill func(w *bufio.Writer)) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	fill(w) // a bufio.Writer keeps its first error for Flush
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// Say is the size in words.
func (s Size) Say() string {
	n := func(v int) string { return locale.Vietnamese.Number(strconv.Itoa(v)) }
	return fmt.Sprintf("%s cụm, khối; %s đơn vị; %s chỉ tiêu; %s số liệu", n(s.Clusters), n(s.Units), n(s.Targets), n(s.Figures))
}
