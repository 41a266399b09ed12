package intake_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/intake"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

type desk struct {
	*house.House
	intake     *intake.Service
	indicators *indicator.Service
}

func newDesk(t *testing.T, d *db.DB) *desk {
	h := house.New(t, d)
	h.Clock.To("2023-12-01")
	indicators := indicator.New(d, h.Book, h.Gate, h.Years, h.Clock)
	drafts := draft.New(d, h.Book, h.Gate, h.Years, nil, h.Clock)
	covenants := covenant.New(d, h.Book, h.Gate, h.Years, drafts, indicators, h.Clock)
	return &desk{h, intake.New(d, h.Book, h.Gate, h.Org, h.Years, covenants, indicators, h.Clock), indicators}
}

func each(t *testing.T, test func(d *desk)) {
	store.Each(t, func(t *testing.T, d *db.DB) { test(newDesk(t, d)) })
}

// good is a set of files without fault: two clusters of a province that has one
// of the units already. The second is written as Excel does it in Vietnamese.
func good() map[string]string {
	return map[string]string{
		"units.csv": "code,name,short,kind,level,parent,from,basis\n" +
			"H05.01,Sở Nội vụ tỉnh Thử,Sở Nội vụ,department,tinh,UBND tỉnh Thử,01/01/2000,Quyết định 1\n" +
			"H05.02,\"Sở Kế hoạch, Đầu tư\",,department,tinh,UBND tỉnh Thử,2000-01-01,\n" +
			"H05.03,Sở Xây dựng,,department,tinh,H05.01,,\n" +
			"H05.04,Sở Người lạ,,department,tinh,,,\n",
		"clusters.csv": "code,kind,organiser,year,name,basis,leader,deputy,reference,state,title\n" +
			"K1,khoi,UBND tỉnh Thử,2023,Khối thi đua số 1,Quyết định 01/QĐ-UBND,H05.01,H05.02,Quyết định 01/QĐ-UBND,executing,Giao ước khối 1\n" +
			"K2,cum,UBND tỉnh Thử,2023,Cụm thi đua số 2,Quyết định 02/QĐ-UBND,H05.03,,Quyết định 02/QĐ-UBND,mid_reviewed,\n",
		"members.csv": "\xef\xbb\xbfcluster;unit\r\nK1;H05.01\r\nK2;H05.03\r\nK1;H05.02\r\nK2;Sở Người lạ\r\n",
		"targets.csv": "cluster,unit,code,name,relation,low,high,measure,change,direction\n" +
			"K1,,A,Kim ngạch xuất khẩu,>=,\"1.234,5\",,triệu USD,,\n" +
			"K1,H05.01,B,Tỷ lệ hồ sơ đúng hạn,range,90,\"95,5\",%,,higher\n" +
			"K1,H05.02,B,Tỷ lệ hồ sơ đúng hạn,>=,80,,%,,\n" +
			"K1,,C,Tăng trưởng,=,\"6,5\",,%,increase,\n" +
			"K1,,D,Xây dựng văn hóa công sở,text,,,,,\n" +
			"K2,,A,Vụ cháy nghiêm trọng,none,,,,,\n",
		"figures.csv": "cluster,unit,target,period,value,measure,year,source,note,sure\n" +
			"K1,,A,H1,600,,,Sở Công Thương,,\n" +
			"K1,,A,Y,\"1,3\",tỷ USD,,,,\n" +
			"K1,,A,Y,1.100,,2022,,,\n" +
			"K2,,A,H1,0,,,,\"một dòng,\nhai dòng\",\n" +
			"K1,H05.01,B,Q1,\"92,25\",,,,,\n" +
			"K1,H05.02,B,Q1,130,,,,,1\n" +
			"K1,,C,H1,\"-0,6\",,,,,\n",
	}
}

func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "tệp nhập")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func (d *desk) take(path string) intake.Report {
	d.T.Helper()
	r, err := d.intake.Import(ctx, access.Program, path, intake.Options{Numbers: locale.Vietnamese}, nil)
	d.Check(err)
	return r
}

func told(r intake.Report) string {
	var b strings.Builder
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "%s:%d [%s] %s\n", p.File, p.Line, p.Column, locale.Vietnamese.Fault(p.Fault))
	}
	return b.String()
}

func (d *desk) count(query string) int {
	d.T.Helper()
	n, err := db.Count(ctx, d.DB, query)
	d.Check(err)
	return n
}

func (d *desk) whole() {
	d.T.Helper()
	r, err := ledger.Verify(ctx, d.DB, nil)
	d.Check(err)
	if !r.OK() {
		d.T.Errorf("the ledger: %+v", r)
	}
}

func TestAYearComesIn(t *testing.T) {
	each(t, func(d *desk) {
		dir := folder(d.T, good())
		check, err := d.intake.Import(ctx, d.Standing, dir, intake.Options{CheckOnly: true}, nil)
		d.Check(err)
		if n := d.count(`SELECT COUNT(*) FROM cluster_year`); n != 0 || told(check) != "" {
			t.Fatalf("looking alone entered %d years; it said %s", n, told(check))
		}
		r, err := d.intake.Import(ctx, d.Standing, dir, intake.Options{}, nil)
		d.Check(err)
		if told(r) != "" || r.Units != 3 || r.Years != 2 || r.Members != 4 || r.Targets != 6 || r.Figures != 7 {
			t.Fatalf("%+v\n%s", r, told(r))
		}
		years, err := d.Years.Visible(ctx, d.Standing, 2023, "khối")
		d.Check(err)
		if len(years) != 1 || years[0].State != cluster.Executing {
			t.Fatalf("%+v", years)
		}
		y := years[0]
		members, err := d.Years.Members(ctx, d.DB, y)
		d.Check(err)
		if len(members) != 2 || members[0].Short != "Sở Nội vụ" || !members[0].Leads(cluster.Leader) || !members[1].Leads(cluster.Deputy) || members[1].Name != "Sở Kế hoạch, Đầu tư" {
			t.Errorf("%+v", members)
		}
		lines, err := d.indicators.Progress(ctx, d.DB, y.ID)
		d.Check(err)
		if len(lines) != 5 {
			t.Fatalf("%d lines", len(lines))
		}
		a := lines[0]
		if a.Low != "1234.5" || a.BaseLow != "1234500000" || a.Figure == nil || a.Figure.BaseAmount != "1300000000" || a.Figure.Period != indicator.FullYear || a.Before == nil || a.Before.Amount != "1100" ||
			a.Status != indicator.Exceeded || a.Reporter != members[0].UnitID || a.Of("H1").Source != "Sở Công Thương" || a.Clause != "- Kim ngạch xuất khẩu: ít nhất 1.234,5 triệu USD" {
			t.Errorf("%+v", a)
		}
		if b := lines[1]; b.UnitID != members[0].UnitID || b.High != "95.5" || b.Figure.Amount != "92.25" || lines[2].Figure.Amount != "130" || lines[2].Direction != "higher" {
			t.Errorf("%+v\n%+v", b, lines[2])
		}
		if c := lines[3]; c.Indicator.Flow != indicator.Growth || c.Figure.Amount != "-0.6" || lines[4].Measurable() {
			t.Errorf("%+v", c)
		}
		trace, err := d.Years.Trace(ctx, d.DB, y.ID)
		d.Check(err)
		if len(trace) != 1 || trace[0].From != cluster.Formed || trace[0].Reason != "Nhập từ tệp nhập" || trace[0].AccountID != d.Standing.Account {
			t.Errorf("%+v", trace)
		}
		text, err := db.One[string](ctx, d.DB, `SELECT v.text FROM draft_version v JOIN draft d ON d.adopted_id = v.id WHERE d.year_id = $1`, y.ID)
		d.Check(err)
		if !strings.Contains(text, "Chỉ tiêu của Sở Nội vụ tỉnh Thử\n- Tỷ lệ hồ sơ đúng hạn: 90–95,5%\n") {
			t.Errorf("the covenant says\n%s", text)
		}
		d.whole()

		// The same again finds everything done; later figures are refused.
		r = d.take(dir)
		if told(r) != "" || r.Units != 0 || r.Years != 0 || r.Before != 2 {
			t.Errorf("the same again: %+v\n%s", r, told(r))
		}
		more := good()
		more["figures.csv"] += "K1,,A,M11,700,,,,,\n"
		if r = d.take(folder(d.T, more)); !strings.Contains(told(r), "clusters.csv:2 [code]") || !strings.Contains(told(r), "đã có trong hệ thống") || len(r.Problems) != 1 {
			t.Errorf("other figures for a year that is there: %s", told(r))
		}
		d.whole()
	})
}

func TestAnImportGoesOnFromWhatIsThere(t *testing.T) {
	each(t, func(d *desk) {
		if r := d.take(folder(d.T, good())); told(r) != "" {
			t.Fatal(told(r))
		}
		next := good()
		delete(next, "units.csv") // units by the codes of the import before, and by name
		delete(next, "figures.csv")
		d.Clock.To("2024-02-01")
		next["clusters.csv"] = strings.ReplaceAll(strings.ReplaceAll(next["clusters.csv"], ",2023,", ",2024,"), "K2,", "K9,") // another code: found by its name
		next["members.csv"] = strings.ReplaceAll(next["members.csv"], "K2", "K9")
		next["targets.csv"] = strings.ReplaceAll(next["targets.csv"], "K2", "K9")
		r := d.take(folder(d.T, next))
		if told(r) != "" || r.Units != 0 || r.Years != 2 {
			t.Fatalf("%+v\n%s", r, told(r))
		}
		if n := d.count(`SELECT COUNT(*) FROM cluster`); n != 2 {
			t.Errorf("%d clusters", n)
		}
		if n := d.count(`SELECT COUNT(*) FROM indicator`); n != 5 {
			t.Errorf("%d indicators", n)
		}
		d.whole()
	})
}

func TestNumbersAreReadAsDeclared(t *testing.T) {
	d := newDesk(t, store.SQLite(t))
	files := good()
	files["targets.csv"] = "cluster,code,name,relation,low,measure\nK1,A,Kim ngạch,>=,\"1,234.5\",triệu USD\nK1,B,Diện tích,>=,1.234,ha\nK2,A,Số vụ,<=,3,vụ\n"
	delete(files, "figures.csv")
	r, err := d.intake.Import(ctx, access.Program, folder(t, files), intake.Options{Numbers: locale.English}, nil)
	d.Check(err)
	low, err := db.All[string](ctx, d.DB, `SELECT low FROM covenant_target ORDER BY low`)
	d.Check(err)
	if told(r) != "" || strings.Join(low, " ") != "1.234 1234.5 3" {
		t.Errorf("%v %s", low, told(r))
	}
}

func orgUnit(name string) org.NewUnit {
	return org.NewUnit{Kind: org.Authority, Level: "tinh", Name: name, From: "2000-01-01", Basis: "thử"}
}

func TestWhoMayImport(t *testing.T) {
	each(t, func(d *desk) {
		dir := folder(d.T, good())
		other, err := d.Org.Create(ctx, access.Program, orgUnit("UBND tỉnh Khác"))
		d.Check(err)
		for name, who := range map[string]access.Actor{
			"a visitor": access.Visitor, "an officer": d.Stranger, "an administrator": d.Admin, "the standing officer of another organiser": d.Person("Khác", access.Standing, other.ID),
		} {
			if _, err := d.intake.Import(ctx, who, dir, intake.Options{}, nil); !fault.Is(err, fault.Denied) && !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := d.count(`SELECT COUNT(*) FROM cluster_year`) + d.count(`SELECT COUNT(*) FROM import_code`); n != 0 {
			t.Errorf("%d rows were entered", n)
		}
	})
}

func TestWrongFilesAreTold(t *testing.T) {
	change := func(file, from, to string) func(map[string]string) {
		return func(f map[string]string) {
			if !strings.Contains(f[file], from) {
				panic(file + " has no " + from)
			}
			f[file] = strings.Replace(f[file], from, to, 1)
		}
	}
	cases := map[string]struct {
		change func(map[string]string)
		want   string // file, line, column and a piece of what is said
	}{
		"a file is missing":             {func(f map[string]string) { delete(f, "members.csv") }, "members.csv:0 [] Thiếu tệp"},
		"a column is missing":           {change("figures.csv", "period,value", "period,so_lieu"), "figures.csv:1 [value] Thiếu cột"},
		"an unknown column":             {change("figures.csv", "period,value", "period,so_lieu"), "figures.csv:1 [so_lieu] Không có cột"},
		"a column twice":                {change("targets.csv", "unit,code", "code,code"), "targets.csv:1 [code] Cột này có hai lần"},
		"an empty file":                 {func(f map[string]string) { f["figures.csv"] = "" }, "figures.csv:1 [] Tệp trống"},
		"an unknown unit":               {change("members.csv", "K1;H05.02", "K1;H05.99"), "members.csv:4 [unit] Không có đơn vị nào mang mã hoặc tên “H05.99”"},
		"an unknown parent":             {change("units.csv", "tinh,H05.01", "tinh,H99"), "units.csv:4 [parent] Không có đơn vị"},
		"its own parent":                {change("units.csv", "tinh,H05.01", "tinh,H05.03"), "units.csv:4 [parent] Đơn vị không thể là cấp trên"},
		"a code twice":                  {change("units.csv", "H05.03,", "H05.02,"), "units.csv:4 [code] Mã “H05.02” đã có ở dòng 3"},
		"a name twice":                  {change("units.csv", "Sở Xây dựng", "Sở Nội vụ tỉnh Thử"), "units.csv:4 [name] Tên “Sở Nội vụ tỉnh Thử” đã có"},
		"no such kind":                  {change("units.csv", "department", "phòng"), "units.csv:2 [kind] Loại đơn vị “phòng” không có"},
		"no such level":                 {change("units.csv", "tinh", "tổng"), "units.csv:2 [level] Cấp hành chính này không có"},
		"no such day":                   {change("units.csv", "01/01/2000", "31/02/2000"), "units.csv:2 [from] Ngày bắt đầu không đúng"},
		"an unknown organiser":          {change("clusters.csv", "UBND tỉnh Thử", "UBND tỉnh Xa"), "clusters.csv:2 [organiser] Không có đơn vị"},
		"no year":                       {change("clusters.csv", ",2023,", ",MMXXIII,"), "clusters.csv:2 [year] Năm thi đua không đúng"},
		"a state too early":             {change("clusters.csv", "executing", "drafting"), "clusters.csv:2 [state] Năm nhập vào phải đang ở bước"},
		"a leader from outside":         {change("clusters.csv", ",H05.01,H05.02", ",H05.03,H05.02"), "clusters.csv:2 [leader] Đơn vị trưởng phải là thành viên"},
		"a cluster twice":               {change("clusters.csv", "K2,", "K1,"), "clusters.csv:3 [code] Mã “K1” đã có ở dòng 2"},
		"a cluster that is not there":   {change("figures.csv", "K2,", "K7,"), "figures.csv:5 [cluster] Không có cụm, khối mã “K7”"},
		"a member twice":                {change("members.csv", "K1;H05.02", "K1;H05.01"), "members.csv:4 [unit] Đơn vị “H05.01” đã là thành viên"},
		"one member":                    {change("members.csv", "K2;Sở Người lạ\r\n", ""), "clusters.csv:3 [code] Cụm, khối cần ít nhất hai"},
		"no target":                     {change("targets.csv", "K2,,A,Vụ cháy nghiêm trọng,none,,,,,\n", ""), "targets.csv:0 [cluster] Cụm, khối “K2” không có chỉ tiêu"},
		"a target of an outsider":       {change("targets.csv", "K1,H05.02", "K1,H05.03"), "targets.csv:4 [unit] Đơn vị được chọn phải là thành viên"},
		"a target twice":                {change("targets.csv", "K1,,C,", "K1,,A,"), "targets.csv:5 [code] Mã “A” đã có ở dòng 2"},
		"an indicator twice":            {change("targets.csv", "K1,,D,Xây dựng văn hóa công sở,text,", "K1,,D,Kim ngạch xuất khẩu,>=,5,,USD,,\nK1,,E,X,text,"), "targets.csv:6 [name] Chỉ tiêu “Kim ngạch xuất khẩu” đã có ở dòng 2"},
		"no such relation":              {change("targets.csv", ">=", "=>"), "targets.csv:2 [relation] Kiểu chỉ tiêu “=>” không có"},
		"a range that is none":          {change("targets.csv", "\"95,5\"", "80"), "targets.csv:3 [high] Khoảng chỉ tiêu phải đi từ số nhỏ"},
		"a target without a figure":     {change("targets.csv", ">=,80,", ">=,,"), "targets.csv:4 [low] Chưa nhập con số"},
		"a figure 1.2.3,4":              {change("figures.csv", "600", "\"1.2.3,4\""), "figures.csv:2 [value] “1.2.3,4” không phải là số"},
		"a figure without a value":      {change("figures.csv", "H1,600", "H1,"), "figures.csv:2 [value] Chưa nhập số liệu"},
		"a figure twice":                {change("figures.csv", "K1,,A,Y,\"1,3\"", "K1,,A,H1,\"1,3\""), "figures.csv:3 [period] Chỉ tiêu này đã có số liệu của kỳ này ở dòng 2"},
		"a figure of no target":         {change("figures.csv", "K1,,A,H1", "K1,,Z,H1"), "figures.csv:2 [target] Không có chỉ tiêu mã “Z”"},
		"a figure of another's target":  {change("figures.csv", "K1,H05.01,B", "K1,,B"), "figures.csv:7 [target] Không có chỉ tiêu mã “B” của đơn vị này"},
		"a figure of a pledge":          {change("figures.csv", "K1,,C,", "K1,,D,"), "figures.csv:9 [value] “Xây dựng văn hóa công sở” không đo bằng số"},
		"a figure below nought":         {change("figures.csv", "600", "-600"), "figures.csv:2 [value] Số liệu của chỉ tiêu này không âm được"},
		"a figure that looks wrong":     {change("figures.csv", "600", "1"), "figures.csv:2 [value] 1\u00a0triệu USD lệch hàng trăm lần"},
		"a rate above all unconfirmed":  {change("figures.csv", "130,,,,,1", "130,,,,,"), "figures.csv:8 [value] Tỷ lệ 130% lớn hơn 100%"},
		"a unit that does not convert":  {change("figures.csv", "tỷ USD", "tỷ đồng"), "figures.csv:3 [measure] Chỉ tiêu này tính bằng triệu USD"},
		"no such period":                {change("figures.csv", "A,H1", "A,H2"), "figures.csv:2 [period] Kỳ báo cáo không đúng"},
		"a year to come":                {change("figures.csv", "1.100,,2022", "1.100,,2024"), "figures.csv:4 [year] Chỉ nhận số liệu"},
		"no year of a figure":           {change("figures.csv", "1.100,,2022", "1.100,,x"), "figures.csv:4 [year] Năm thi đua không đúng"},
		"broken UTF-8":                  {change("figures.csv", "Sở Công Thương", "S\xf1"), "figures.csv:2 [source] Ô này không phải là chữ UTF-8"},
		"more cells than columns":       {change("figures.csv", "K1,,A,H1,600,,,Sở Công Thương,,", "K1,,A,H1,600,,,a,b,,,,"), "figures.csv:2 [] Dòng có 13 ô, nhiều hơn 10 cột"},
		"a quotation mark never closed": {change("figures.csv", "\"1,3\"", "\"1,3"), "figures.csv:3 []"},
		"text behind a quotation":       {change("figures.csv", "\"1,3\"", "\"1\"3"), "figures.csv:3 [] Sau dấu ngoặc kép đóng phải là dấu phân cách"},
		"a line of 100 MB":              {func(f map[string]string) { f["figures.csv"] += strings.Repeat("x", 100<<20) }, "figures.csv:10 [] Dòng dài quá 64 KB"},
		"a cell over many lines":        {func(f map[string]string) { f["figures.csv"] += "\"" + strings.Repeat("x\n", 100<<10) }, "figures.csv:10 [] Dòng dài quá 64 KB"},
		"a row of commas":               {func(f map[string]string) { f["figures.csv"] += strings.Repeat(",", 60<<10) }, "figures.csv:10 [] Dòng có nhiều hơn 64 cột"},
		"no CSV at all":                 {func(f map[string]string) { f["targets.csv"] = "\x00\x01PK\x03\x04\xff" }, "targets.csv:1 [cluster] Thiếu cột"},
	}
	d := newDesk(t, store.SQLite(t)) // nothing of it is written
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			files := good()
			c.change(files)
			if got := told(d.take(folder(t, files))); !strings.Contains(got, c.want) {
				t.Errorf("said\n%swant %q", got, c.want)
			}
		})
	}
	if n := d.count(`SELECT COUNT(*) FROM cluster_year`) + d.count(`SELECT COUNT(*) FROM import_code`) + d.count(`SELECT COUNT(*) FROM indicator`); n != 0 {
		t.Errorf("%d rows were entered", n)
	}
}

func TestProblemsAreListedUpToAPoint(t *testing.T) {
	d := newDesk(t, store.SQLite(t))
	files := good()
	files["figures.csv"] += strings.Repeat("K1,,Z,H1,1,,,,,\n", 5000)
	r := d.take(folder(t, files))
	if len(r.Problems) != 100 || r.More < 1 {
		t.Errorf("%d problems and %d more", len(r.Problems), r.More)
	}
	if r.Problems[0].Line != 10 {
		t.Errorf("the first stands at line %d", r.Problems[0].Line)
	}
}

func zipped(t testing.TB, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "nam-2023.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestArchives(t *testing.T) {
	d := newDesk(t, store.SQLite(t))
	inside := map[string]string{"doc.txt": "đọc tôi"}
	for name, text := range good() {
		inside["nam-2023/"+name] = text
	}
	refuse := func(name, path string, code fault.Code) {
		t.Helper()
		_, err := d.intake.Import(ctx, access.Program, path, intake.Options{}, nil)
		if !fault.Is(err, code) {
			t.Errorf("%s: %v", name, err)
		}
	}
	bomb := maps.Clone(inside)
	bomb["nam-2023/figures.csv"] = "cluster,target,period,value\n" + strings.Repeat("K1,A,H1,600\n", 6<<20)
	refuse("a bomb", zipped(t, bomb), fault.TooLarge)
	twice := maps.Clone(inside)
	twice["khac/figures.csv"] = ""
	refuse("a file twice", zipped(t, twice), fault.Invalid)
	broken := zipped(t, inside)
	raw, err := os.ReadFile(broken)
	d.Check(err)
	d.Check(os.WriteFile(broken, raw[:len(raw)/2], 0o644))
	refuse("half an archive", broken, fault.Invalid)
	refuse("no archive", folder(t, map[string]string{"x": ""})+"/x", fault.Invalid)
	refuse("nothing", filepath.Join(t.TempDir(), "không có"), fault.NotFound)

	if r := d.take(zipped(t, inside)); told(r) != "" || r.Years != 2 {
		t.Errorf("%+v\n%s", r, told(r))
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "thidua-import-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestAnImportThatIsStopped: what is there is whole, and the same command goes on.
func TestAnImportThatIsStopped(t *testing.T) {
	each(t, func(d *desk) {
		files := good()
		for i := range 8 { // more clusters, of the same units
			code := fmt.Sprintf("N%d", i)
			files["clusters.csv"] += code + ",khoi,UBND tỉnh Thử,2023,Khối nữa " + code + ",Quyết định,H05.01,,Quyết định,executing,\n"
			files["members.csv"] += code + ";H05.01\r\n" + code + ";H05.02\r\n"
			files["targets.csv"] += code + ",,A,Kim ngạch xuất khẩu,>=,100,,triệu USD,,\n"
			files["figures.csv"] += code + ",,A,H1,50,,,,,\n" + code + ",,A,Y,100,,,,,\n"
		}
		dir := folder(d.T, files)
		stopped, stop := context.WithCancel(ctx)
		_, err := d.intake.Import(stopped, access.Program, dir, intake.Options{}, func(s intake.Stage, done, total int64) {
			if s == intake.Entering && done > total/3 {
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped: %v", err)
		}
		n := d.count(`SELECT COUNT(*) FROM cluster_year`)
		if n == 0 || n == 10 {
			t.Fatalf("%d years are there", n)
		}
		if d.count(`SELECT COUNT(*) FROM import_year`) != n || d.count(`SELECT COUNT(*) FROM draft WHERE kind = 'covenant'`) != n ||
			d.count(`SELECT COUNT(*) FROM cluster_year y WHERE NOT EXISTS (SELECT 1 FROM figure f WHERE f.year_id = y.id)`) != 0 {
			t.Error("a year is there by half")
		}
		d.whole()
		r := d.take(dir)
		if told(r) != "" || r.Before != n || r.Years != 10-n || r.Units != 0 {
			t.Errorf("going on: %+v\n%s", r, told(r))
		}
		if got := d.count(`SELECT COUNT(*) FROM figure`); got != 7+16 {
			t.Errorf("%d figures", got)
		}
		d.whole()
	})
}

// TestAFigureOfABatchIsCorrected: what came by import is corrected as what a
// person reported, and the ledger knows both.
func TestAFigureOfABatchIsCorrected(t *testing.T) {
	each(t, func(d *desk) {
		if r := d.take(folder(d.T, good())); told(r) != "" {
			t.Fatal(told(r))
		}
		y, err := db.One[string](ctx, d.DB, `SELECT id FROM cluster_year WHERE name = 'Khối thi đua số 1'`)
		d.Check(err)
		lines, err := d.indicators.Progress(ctx, d.DB, y)
		d.Check(err)
		old := lines[0].Of("H1")
		who := d.Person("Cán bộ", access.Officer, lines[0].Reporter)
		_, err = d.indicators.Correct(ctx, who, old.ID, old.Version, "nhầm", indicator.Report{TargetID: lines[0].ID, Amount: "601"})
		d.Check(err)
		d.whole()
		lines, err = d.indicators.Progress(ctx, d.DB, y)
		d.Check(err)
		if f := lines[0].Of("H1"); f.Amount != "601" || len(lines[0].History) != 3 {
			t.Errorf("%+v", lines[0].History)
		}
		if _, err := d.DB.Handle().Exec(`UPDATE figure SET amount = '99', base_amount = '99' WHERE period = 'Q1' AND amount = '92.25'`); err != nil {
			t.Fatal(err)
		}
		r, err := ledger.Verify(ctx, d.DB, nil)
		d.Check(err)
		if len(r.Detached) != 1 || !strings.HasPrefix(r.Detached[0], "figure ") {
			t.Errorf("a figure changed behind the ledger: %+v", r)
		}
	})
}
