package formula

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// words are those of the scoring rule.
var words = Words{Aliases: map[string]string{
	"thực_hiện": "actual", "actual": "actual", "chỉ_tiêu": "target", "target": "target", "năm_trước": "prior", "prior": "prior", "điểm_tối_đa": "max_points", "max_points": "max_points",
}}

func num(s string) rational.Num {
	n, ok := rational.Parse(s, 30)
	if !ok {
		panic(s)
	}
	return n
}

func say(e *Error) string {
	s := e.Sentence()
	return locale.Vietnamese.Say(s.Text, s.Args)
}

// read parses a formula that has nothing wrong.
func read(t testing.TB, source string) *Formula {
	t.Helper()
	f, errs := Parse(source, words)
	for _, e := range errs {
		t.Fatalf("%s: %s", source, say(e))
	}
	return f
}

// row gives the values of a unit, written "thực_hiện=1105 có_kế_hoạch=true".
func row(f *Formula, values string) []Value {
	given := map[string]string{}
	for _, v := range strings.Fields(values) {
		name, value, _ := strings.Cut(v, "=")
		if canonical, ok := words.Aliases[name]; ok {
			name = canonical
		}
		given[name] = value
	}
	var out []Value
	for _, n := range f.Names() {
		if n.Kind == Condition {
			out = append(out, Value{True: given[n.Name] == "true"})
		} else {
			out = append(out, Value{Num: num(given[n.Name])})
		}
	}
	return out
}

// evaluate is the value of a formula for the first of the units, and its trace.
func evaluate(t testing.TB, source string, units ...string) (value, trace string) {
	t.Helper()
	f := read(t, source)
	rows := make([][]Value, len(units))
	for i, u := range units {
		rows[i] = row(f, u)
	}
	groups, err := f.Gather(rows)
	if err != nil {
		return say(err), fmt.Sprint("unit ", err.Unit)
	}
	v, err := f.Eval(rows[0], groups)
	tr, err2 := f.Trace(rows[0], groups)
	if (err == nil) != (err2 == nil) || err != nil && err.Error() != err2.Error() {
		t.Fatalf("%s: Eval says %v, Trace %v", source, err, err2)
	}
	if err != nil {
		return say(err), ""
	}
	if tr.Last.Value.Cmp(v) != 0 {
		t.Fatalf("%s is %s, its trace comes to %s", source, v, tr.Last.Value)
	}
	var steps []string
	for _, s := range append(tr.Steps, tr.Last) {
		steps = append(steps, s.String())
	}
	return v.String(), strings.Join(steps, "; ")
}

func TestEval(t *testing.T) {
	const unit = "thực_hiện=1105 chỉ_tiêu=1250 năm_trước=1000 điểm_tối_đa=40"
	for _, c := range []struct{ source, want, trace string }{
		{"điểm_tối_đa * thực_hiện / chỉ_tiêu", "884/25", "40 × 1105/1250 = 35.36"},
		{"max_points * actual / target", "884/25", "40 × 1105/1250 = 35.36"},
		{"ĐIỂM_TỐI_ĐA × Thực_Hiện ÷ chỉ_tiêu", "884/25", "40 × 1105/1250 = 35.36"},
		{"1 + 2 * 3 - 4 / 8", "13/2", "1 + 2 × 3 − 4/8 = 6.5"},
		{"(1 + 2) * 3", "9", "(1 + 2) × 3 = 9"},
		{"10 - (3 - 2)", "9", "10 − (3 − 2) = 9"},
		{"12 / (3 / 2)", "8", "12/(3/2) = 8"},
		{"12 : 3 : 2", "2", "12/3/2 = 2"},
		{"-5 + 2", "-3", "(-5) + 2 = -3"},
		{"--5", "5", "5"},
		{"-(thực_hiện - chỉ_tiêu)", "145", "(-1) × (1105 − 1250) = 145"},
		{"2 / 3", "2/3", "2/3"},
		{"điểm_tối_đa * 2 / 3", "80/3", "40 × 2/3 = 80/3"},
		{"0.5", "1/2", "0.5"},
		{"nhỏ_nhất(điểm_tối_đa, điểm_tối_đa * thực_hiện / chỉ_tiêu)", "884/25", "40 × 1105/1250 = 35.36; nhỏ_nhất(40;35.36) = 35.36"},
		{"1 + max(3; 2)", "4", "max(3;2) = 3; 1 + 3 = 4"},
		{"tổng(1, 2, 3) * 2", "12", "tổng(1;2;3) = 6; 6 × 2 = 12"},
		{"sum(5)", "5", "sum(5) = 5"},
		{"abs(năm_trước - thực_hiện)", "105", "1000 − 1105 = -105; abs((-105)) = 105"},
		{"làm_tròn(2 / 3, 2)", "67/100", "2/3; làm_tròn((2/3);2) = 0.67"},
		{"round(2.5)", "3", "round(2.5) = 3"},
		{"round(-2.5)", "-3", "round((-2.5)) = -3"},
		{"nếu(thực_hiện >= chỉ_tiêu, điểm_tối_đa, 0)", "0", "1105 ≥ 1250 ✗; 0"},
		{"nếu(thực_hiện >= năm_trước và không thực_hiện > chỉ_tiêu, 10, 0)", "10", "1105 ≥ 1000 và không 1105 > 1250 ✓; 10"},
		{"if(thực_hiện > chỉ_tiêu and 1/0 = 0, 1, 2)", "2", "1105 > 1250 ✗; 2"},
		{"if(thực_hiện < chỉ_tiêu or 1/0 = 0, 1, 2)", "1", "1105 < 1250 ✓; 1"},
		{"nếu(có_kế_hoạch, điểm_tối_đa * thực_hiện / chỉ_tiêu, 0)", "0", "có_kế_hoạch ✗; 0"},
		{"nếu(chỉ_tiêu = 0, 0, 1) + nếu(chỉ_tiêu <> 0, 10, 20)", "11", "1250 = 0 ✗; 1250 ≠ 0 ✓; 1 + 10 = 11"},
		{"if(if(1 < 2, 3 < 4, 5 < 6), 7, 8)", "7", "1 < 2 ✓; 3 < 4 ✓; 7"},
		{"max(1, 2,3 )", "", "công thức, ký tự thứ 8 (“2,3”): số lẻ viết bằng dấu chấm: 2.3. Dấu phẩy ngăn các đối số; nếu đây là hai đối số, hãy thêm dấu cách sau dấu phẩy."},
	} {
		t.Run(c.source, func(t *testing.T) {
			if c.want == "" {
				if _, errs := Parse(c.source, words); len(errs) != 1 || say(errs[0]) != c.trace {
					t.Errorf("%v", errs)
				}
				return
			}
			got, trace := evaluate(t, c.source, unit+" có_kế_hoạch=false")
			if got != c.want || trace != c.trace {
				t.Errorf("%s because %q; want %s because %q", got, trace, c.want, c.trace)
			}
		})
	}
}

func TestAggregates(t *testing.T) {
	units := []string{"thực_hiện=90 chỉ_tiêu=100", "thực_hiện=120 chỉ_tiêu=100", "thực_hiện=60 chỉ_tiêu=40"}
	for source, want := range map[string]string{
		"tổng_cụm(thực_hiện)":                                       "270",
		"bình_quân_cụm(thực_hiện)":                                  "90",
		"cao_nhất_cụm(thực_hiện / chỉ_tiêu)":                        "3/2",
		"thấp_nhất_cụm(chỉ_tiêu)":                                   "40",
		"số_đơn_vị()":                                               "3",
		"cluster_sum(actual) / cluster_count()":                     "90",
		"10 * thực_hiện / cluster_max(thực_hiện)":                   "15/2",
		"thực_hiện - cluster_avg(nếu(chỉ_tiêu > 50, thực_hiện, 0))": "20",
	} {
		if got, _ := evaluate(t, source, units...); got != want {
			t.Errorf("%s is %s, want %s", source, got, want)
		}
	}
	if _, trace := evaluate(t, "10 * thực_hiện / cao_nhất_cụm(thực_hiện)", units...); trace != "10 × 90/120 = 7.5" {
		t.Error(trace)
	}
	got, trace := evaluate(t, "cao_nhất_cụm(thực_hiện / chỉ_tiêu)", "thực_hiện=1 chỉ_tiêu=2", "thực_hiện=1 chỉ_tiêu=0")
	if !strings.Contains(got, "số chia bằng 0") || trace != "unit 1" {
		t.Error(got, trace)
	}
	f := read(t, "cao_nhất_cụm(thực_hiện)")
	if _, err := f.Gather(nil); err == nil || f.Groups() != 1 || f.String() != "cao_nhất_cụm(thực_hiện)" {
		t.Error("the best of nobody")
	}
}

// The same letters typed another way are the same name.
func TestAnyNormalisation(t *testing.T) {
	const source = "Điểm_Tối_Đa * thực_hiện / chỉ_tiêu + số_hộ_nghèo"
	for _, form := range []norm.Form{norm.NFC, norm.NFD, norm.NFKC, norm.NFKD} {
		f := read(t, form.String(source))
		var names []string
		for _, n := range f.Names() {
			names = append(names, n.Name)
		}
		if got := strings.Join(names, " "); got != "max_points actual target số_hộ_nghèo" {
			t.Error(got)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"", "1: công thức còn thiếu"},
		{"thực_hiện *", "12: công thức còn thiếu"},
		{"* 2", "1 (“*”): ở đây phải có một số"},
		{"0,5 * thực_hiện", "1 (“0,5”): số lẻ viết bằng dấu chấm: 0.5. Dấu phẩy ngăn các đối số"},
		{"1.250.000 / 2", "1 (“1.250.000”): không viết dấu ngăn hàng nghìn trong số. Hãy viết liền: 1250000."},
		{"5% * thực_hiện", "1 (“5%”): không có dấu phần trăm"},
		{"2thực_hiện", "1 (“2t”): tên không bắt đầu bằng chữ số"},
		{"2 thực_hiện", "3 (“thực_hiện”): trước chỗ này thiếu một phép tính"},
		{"thực hiện / chỉ tiêu", "1 (“thực hiện”): giữa hai tên thiếu một phép tính. Tên gồm nhiều tiếng viết liền bằng gạch dưới: thực_hiện."},
		{"thực_hiện ^ 2", "11 (“^”): không có phép lũy thừa"},
		{"thực_hiện ** 2", "11 (“**”): không có phép lũy thừa"},
		{"thực_hiện $ 2", "11 (“$”): không hiểu ký tự này"},
		{"(1 + 2", "1 (“(”): dấu ngoặc mở này chưa có dấu đóng"},
		{"max(1, 2", "4 (“(”): dấu ngoặc mở này chưa có dấu đóng"},
		{"(1 2)", "4 (“2”): trước chỗ này thiếu một phép tính"},
		{"1 + 2)", "6 (“)”): dấu ngoặc đóng này thừa"},
		{"1 + )", "5 (“)”): dấu ngoặc đóng này thừa"},
		{"1, 2", "2 (“,”): dấu phẩy chỉ ngăn các đối số"},
		{"1 + và", "5 (“và”): trước “và” thiếu"},
		{"1 < 2 < 3", "7 (“<”): không so sánh nối tiếp"},
		{"1234567890123456789012345678901", "1 (“1234567890123456789012345678901”): số dài quá 30 chữ số"},
		{"lam_tron(1.5)", "1 (“lam_tron”): không có hàm nào tên “lam_tron”. Có phải “làm_tròn”?"},
		{"mim(1, 2)", "1 (“mim”): không có hàm nào tên “mim”. Có phải “min”?"},
		{"xyz_abc(1)", "1 (“xyz_abc”): không có hàm nào tên “xyz_abc”. Các hàm: nếu, nhỏ_nhất"},
		{"max()", "1 (“max()”): hàm “max” nhận từ 1 trở lên đối số, ở đây có 0."},
		{"nếu(1 < 2, 3)", "1 (“nếu(1 < 2, 3)”): hàm “nếu” nhận 3 đối số, ở đây có 2."},
		{"round(1, 2, 3)", "1 (“round(1, 2, 3)”): hàm “round” nhận 1 hoặc 2 đối số, ở đây có 3."},
		{"round(1, 11)", "10 (“11”): số chữ số thập phân của hàm làm tròn phải là một số nguyên từ 0 đến 10."},
		{"round(1, thực_hiện)", "10 (“thực_hiện”): số chữ số thập phân"},
		{"thuc_hien / chỉ_tiêu", "1 (“thuc_hien”): không có số liệu nào tên “thuc_hien”. Có phải “thực_hiện”?"},
		{"số_hộ + so_ho", "9 (“so_ho”): không có số liệu nào tên “so_ho”. Có phải “số_hộ”?"},
		{"max + 1", "1 (“max”): “max” là một hàm nên cần dấu ngoặc: max(…)."},
		{"1 < 2", "1 (“1 < 2”): ở đây cần một số, nhưng đây là một điều kiện"},
		{"nếu(1, 2, 3)", "5 (“1”): ở đây cần một điều kiện, nhưng đây là một số"},
		{"nếu(max(1, 2), 2, 3)", "5 (“max(1, 2)”): ở đây cần một điều kiện, nhưng đây là một số"},
		{"nếu(không (1 + 2), 2, 3)", "11 (“(1 + 2)”): ở đây cần một điều kiện"},
		{"nếu(đạt, đạt, 0)", "10 (“đạt”): “đạt” ở đây là một số, ở chỗ khác lại là một điều kiện"},
		{"tổng_cụm(tổng_cụm(thực_hiện))", "10 (“tổng_cụm(thực_hiện)”): không đặt một hàm của cụm bên trong hàm khác của cụm"},
		{strings.Repeat("(", 40) + "1" + strings.Repeat(")", 40), "33 (“(”): công thức lồng nhau quá 32 tầng"},
		{strings.Repeat("-", 40) + "1", "33 (“-”): công thức lồng nhau quá 32 tầng"},
		{strings.Repeat("1+", 600) + "1", "1: công thức dài quá 1.000 ký tự"},
		{strings.Repeat("1", 20_000), "1: công thức dài quá 1.000 ký tự"},
		{"\xff + 1", "1 (“�”): không hiểu ký tự này"},
	} {
		f, errs := Parse(c.source, words)
		if len(errs) != 1 || f != nil {
			t.Errorf("%.40s: %v", c.source, errs)
			continue
		}
		if got := say(errs[0]); !strings.HasPrefix(got, "công thức, ký tự thứ "+c.want) {
			t.Errorf("%.40s:\n got %s\nwant %s", c.source, got, c.want)
		}
	}
	if _, errs := Parse("nếu(1, thuc_hien, 2 > 1) + nam_truoc", words); len(errs) != 4 {
		t.Errorf("not everything at once: %v", errs)
	}
	only := Words{Aliases: map[string]string{"thực_hiện": "actual"}, Only: []string{"số_hộ", "số_hộ_nghèo"}}
	for source, want := range map[string]string{"số_hộ_ngheo": "Có phải “số_hộ_nghèo”?", "diện_tích": "Các tên đã khai: số_hộ, số_hộ_nghèo."} {
		if _, errs := Parse(source, only); len(errs) != 1 || !strings.Contains(say(errs[0]), want) {
			t.Errorf("%s: %v", source, errs)
		}
	}
	if _, errs := Parse("số_hộ + thực_hiện", only); errs != nil {
		t.Error(errs)
	}
	var many []string
	for i := range 50 {
		many = append(many, fmt.Sprintf("a%d", i))
	}
	if _, errs := Parse(strings.Join(many, "+"), words); len(errs) != 10 {
		t.Error(errs)
	}
}

func TestEvaluationErrors(t *testing.T) {
	grow := "x"
	for range 60 {
		grow += "*x"
	}
	for _, c := range []struct{ source, unit, want string }{
		{"thực_hiện / (chỉ_tiêu - 5)", "thực_hiện=1 chỉ_tiêu=5", "công thức, ký tự thứ 13 (“(chỉ_tiêu - 5)”): số chia bằng 0."},
		{grow, "x=123456789012345678901234567890", "(hơn 4.096 chữ số nhị phân)"},
	} {
		if got, _ := evaluate(t, c.source, c.unit); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.source, got)
		}
	}
	f := read(t, "tổng_cụm("+strings.Repeat("x+", 200)+"x)")
	units := make([][]Value, 1000)
	for i := range units {
		units[i] = []Value{{}}
	}
	if _, err := f.Gather(units); err == nil || !strings.Contains(say(err), "bước tính") {
		t.Error("no end of steps")
	}
	// Long numbers count for more steps: hundreds of units with numbers of a
	// thousand digits end soon, too.
	long := "tổng_cụm(" + strings.Repeat("x*", 15) + "x/" + strings.Repeat("y/", 8) + "y"
	long += strings.Repeat("+x/y", (MaxLength-len(long)-20)/4) + ")"
	f = read(t, long)
	units = units[:0]
	for i := range 2000 {
		units = append(units, []Value{{Num: num(fmt.Sprintf("98765432109876543210.%d", i+1))}, {Num: num(fmt.Sprintf("123456789012345678901.%d", 2*i+1))}})
	}
	start := time.Now()
	if _, err := f.Gather(units); err == nil || !strings.Contains(say(err), "bước tính") && !strings.Contains(say(err), "quá lớn") {
		t.Error("no end of long numbers", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("long numbers took %s", took)
	}
	// A long fraction is shown with four decimals, and said to be about.
	got, trace := evaluate(t, "max(1 / x / x, 0) * 2", "x=12345678901234567890.7")
	if len(got) < readable || !strings.Contains(trace, "≈") {
		t.Errorf("%s because %s", got, trace)
	}
}

// FuzzFormula: whatever is written, reading ends with a formula or with words;
// what was read evaluates the same way twice, traced and not.
func FuzzFormula(f *testing.F) {
	for _, s := range []string{
		"điểm_tối_đa * thực_hiện / chỉ_tiêu", "nếu(a >= b và không c, min(1; 2), round(d / 3, 2))", "cao_nhất_cụm(thực_hiện / chỉ_tiêu) - số_đơn_vị()",
		"0,5", "((1", "1 < 2 < 3", "a b", "-(-x) * -1", "max(x*x*x*x*x*x, 1/x)", "tổng_cụm(nếu(đ, 1, 0))", "1.2.3", "e\u0302\u0301 + ế", "\xff", "if(a or b and c, 1, 2)", "a--b", "5%", "2x", "^", "không không đ",
	} {
		f.Add(s, int64(3), int64(7), true)
	}
	f.Fuzz(func(t *testing.T, source string, a, b int64, yes bool) {
		fm, errs := Parse(source, words)
		if (fm == nil) != (len(errs) > 0) {
			t.Fatal("neither a formula nor an error, or both")
		}
		for _, e := range errs {
			if say(e) == "" || e.Pos < 1 || strings.Contains(say(e), "{.") {
				t.Fatalf("%d %q", e.Pos, say(e))
			}
		}
		if fm == nil {
			return
		}
		units := make([][]Value, 3)
		for u := range units {
			for i := range fm.Names() {
				units[u] = append(units[u], Value{Num: rational.Int(a + int64(u*i)).Mul(rational.Frac(b, 100)), True: yes})
			}
		}
		groups, err := fm.Gather(units)
		if err != nil {
			if say(err) == "" {
				t.Fatal("an error without words")
			}
			return
		}
		v, err := fm.Eval(units[0], groups)
		tr, err2 := fm.Trace(units[0], groups)
		if (err == nil) != (err2 == nil) {
			t.Fatalf("Eval says %v, Trace %v", err, err2)
		}
		if err != nil {
			return
		}
		if tr.Last.Value.Cmp(v) != 0 || v.Bits() > MaxBits {
			t.Fatalf("%s and %s", v, tr.Last.Value)
		}
		for _, s := range append(tr.Steps, tr.Last) {
			if s.String() == "" {
				t.Fatal("a step without words")
			}
		}
		again, errs := Parse(fm.String(), words)
		if errs != nil {
			t.Fatalf("%q is not read again: %v", fm.String(), errs[0])
		}
		if w, err := again.Eval(units[0], groups); err != nil || w.Cmp(v) != 0 {
			t.Fatalf("%s, then %s", v, w)
		}
	})
}

func BenchmarkFormula(b *testing.B) {
	const source = "nếu(thực_hiện >= chỉ_tiêu, điểm_tối_đa, nhỏ_nhất(điểm_tối_đa, điểm_tối_đa * thực_hiện / chỉ_tiêu))"
	f := read(b, source)
	values := row(f, "thực_hiện=1105 chỉ_tiêu=1250 điểm_tối_đa=40")
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Parse(source, words)
		}
	})
	b.Run("evaluate", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f.Eval(values, nil)
		}
	})
	b.Run("trace", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f.Trace(values, nil)
		}
	})
}
