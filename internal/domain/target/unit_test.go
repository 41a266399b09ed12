package target

import (
	"math/big"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestParseFigure(t *testing.T) {
	for in, want := range map[string]string{
		"93.262": "93262", "69,5": "69.5", "0.5": "0.5", "0,125": "0.125", "0.125": "0.125",
		"1.527": "1527", "1,527": "1.527", "4.252": "4252", "5.143,7": "5143.7", "1,234.5": "1234.5",
		"2.340.000": "2340000", "1,234,567": "1234567", "09": "9", "00": "0", "12.50": "12.5", "7": "7",
		"95,0": "95", "1234567": "1234567", "10\u00a0000": "10000", "1\u202f234\u202f567": "1234567", "10 000": "10000",
	} {
		if got, ok := ParseFigure(in); !ok || got != want {
			t.Errorf("ParseFigure(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"", ".", "1.", ",5", "1.23.45", "12.04.2025", "1,2,3", "1..2", "a", "-5", "1.2345.678", strings.Repeat("9", 30), "1 23"} {
		if got, ok := ParseFigure(in); ok {
			t.Errorf("ParseFigure(%q) = %q, want none", in, got)
		}
	}
}

func TestParseUnit(t *testing.T) {
	for in, want := range map[string]string{
		"%": "1 %", "triệu USD": "1000000 USD", "nghìn tỷ đồng": "1000000000000 VND", "ngàn tỷ đồng": "1000000000000 VND",
		"tỷ đồng": "1000000000 VND", "tỉ đồng": "1000000000 VND", "đồng": "1 VND", "VNĐ": "1 VND",
		"triệu đồng/người/năm": "1000000 VND/người/năm", "ha": "1 ha", "nghìn ha": "1000 ha", "km2": "1 km²", "giường": "1 giường",
		"vạn lao động": "10000 lao động", "triệu lượt khách": "1000000 lượt khách", "phần trăm": "1 %", "tạ/ha": "1 tạ/ha",
	} {
		scale, base, ok := ParseUnit(in)
		if got := scale.RatString() + " " + base; !ok || got != want {
			t.Errorf("ParseUnit(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
	if scale, base, ok := ParseUnit("con chip"); ok || base != "con chip" || scale.Cmp(big.NewRat(1, 1)) != 0 {
		t.Errorf("an unknown unit: %v %q %v", scale, base, ok)
	}
}

func TestNormaliseAndExpress(t *testing.T) {
	if v := Normalise("93262", "triệu USD"); v != (Value{"93262000000", "USD"}) {
		t.Errorf("%+v", v)
	}
	if v := Normalise("1.5", "vạn người"); v != (Value{"15000", "người"}) {
		t.Errorf("%+v", v)
	}
	if v := Normalise("x", "ha"); v.Amount != "" {
		t.Errorf("no figure, yet %+v", v)
	}
	if s, ok := Express(Value{"93262000000", "USD"}, "tỷ USD"); !ok || s != "93.262" {
		t.Errorf("%q %v", s, ok)
	}
	if _, ok := Express(Value{"1", "USD"}, "tỷ đồng"); ok {
		t.Error("currencies must not be converted")
	}
}

// Any whole figure written with dots, with hard spaces or without marks is the
// same figure, and scaling it to base units and back gives it again.
func TestFiguresKeepTheirWorth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 9_999_999_999_999).Draw(t, "n")
		plain := big.NewInt(n).String()
		for _, mark := range []string{".", "\u00a0"} {
			s := group(plain, mark)
			if got, ok := ParseFigure(s); !ok || got != plain {
				t.Fatalf("ParseFigure(%q) = %q, %v", s, got, ok)
			}
		}
		frac := rapid.StringMatching(`[0-9]{0,3}[1-9]`).Draw(t, "frac")
		want := plain + "." + frac
		if got, ok := ParseFigure(group(plain, ".") + "," + frac); !ok || got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		unit := rapid.SampledFrom([]string{"đồng", "triệu đồng", "tỷ đồng", "nghìn tỷ đồng", "triệu USD", "%", "vạn người"}).Draw(t, "unit")
		if back, ok := Express(Normalise(want, unit), unit); !ok || back != want {
			t.Fatalf("%s %s came back as %q", want, unit, back)
		}
	})
}

func group(s, mark string) string {
	var b strings.Builder
	for i := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// The same text in NFD, with Windows line ends, or with hard spaces between its
// words reads the same.
func TestFormOfTextDoesNotMatter(t *testing.T) {
	texts := append(labelledTexts(t), covenant2023)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(texts).Draw(t, "text")
		want := Read(text)
		for name, other := range map[string]string{
			"NFD":   norm.NFD.String(text),
			"CRLF":  strings.ReplaceAll(text, "\n", "\r\n"),
			"zwsp":  strings.ReplaceAll(text, ";", "\u200b;"),
			"upper": strings.ReplaceAll(text, "Tỷ lệ", "TỶ LỆ"),
		} {
			got := Read(other)
			if len(got.Targets) != len(want.Targets) {
				t.Fatalf("%s: %d targets, want %d, in %q", name, len(got.Targets), len(want.Targets), text)
			}
			for i := range got.Targets {
				g, w := got.Targets[i], want.Targets[i]
				if name == "upper" {
					g.Name, w.Name = strings.ToLower(g.Name), strings.ToLower(w.Name)
				}
				if g.Name != w.Name || g.Relation != w.Relation || g.Change != w.Change || g.Low != w.Low || g.High != w.High || g.Unit != w.Unit || g.Source.Line != w.Source.Line {
					t.Fatalf("%s: %+v, want %+v", name, g, w)
				}
			}
		}
	})
}

// A figure put into a simple clause comes back exactly, in its unit.
func TestClauseKeepsFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 999_999).Draw(t, "n")
		frac := rapid.SampledFrom([]string{"", "5", "25", "07"}).Draw(t, "frac")
		unit := rapid.SampledFrom([]string{"tỷ đồng", "triệu USD", "nghìn tỷ đồng", "ha", "tấn"}).Draw(t, "unit")
		verb := rapid.SampledFrom([]string{" đạt ", " là ", ": ", " "}).Draw(t, "verb")
		figure, want := group(big.NewInt(n).String(), "."), big.NewInt(n).String()
		if frac != "" {
			figure, want = figure+","+frac, want+"."+frac
		}
		text := "- Tổng giá trị sản xuất" + verb + figure + " " + unit
		got := Read(text)
		if len(got.Targets) != 1 || got.Targets[0].Low != want || got.Targets[0].Unit != unit || got.Targets[0].Name != "Tổng giá trị sản xuất" {
			t.Fatalf("%q: %+v", text, got.Targets)
		}
	})
}
