package locale_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

func TestParseNumberReadsWhatOfficersType(t *testing.T) {
	cases := []struct{ typed, vi, en string }{
		{"1.234,5", "1234.5", "1234.5"},
		{"1,234.5", "1234.5", "1234.5"},
		{"93.262", "93262", "93.262"},
		{"93,262", "93.262", "93262"},
		{"69,5", "69.5", "69.5"},
		{"0.5", "0.5", "0.5"},
		{"0,125", "0.125", "0.125"},
		{"1.234.567", "1234567", "1234567"},
		{"1 234", "1234", "1234"},
		{"−12,5", "-12.5", "-12.5"},
		{" 100 ", "100", "100"},
		{"1.2.3,4", "", ""},
		{"1.23.456", "", ""},
		{"12,", "", ""},
		{",5", "", ""},
		{"abc", "", ""},
		{"", "", ""},
		{"1e9", "", ""},
		{strings.Repeat("9", 61), "", ""},
	}
	for _, c := range cases {
		for lang, want := range map[locale.Lang]string{locale.Vietnamese: c.vi, locale.English: c.en} {
			got, err := lang.ParseNumber(c.typed)
			switch {
			case want == "" && err == nil:
				t.Errorf("%s %q is read as %s", lang, c.typed, got)
			case want != "" && (err != nil || got.String() != want):
				t.Errorf("%s %q is read as %s (%v), want %s", lang, c.typed, got, err, want)
			}
		}
	}
}

func TestAWrittenNumberIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := decimal.New(rapid.Int64Range(-1e15, 1e15).Draw(t, "digits"), -rapid.Int32Range(0, 6).Draw(t, "scale"))
		lang := rapid.SampledFrom([]locale.Lang{locale.Vietnamese, locale.English}).Draw(t, "language")
		written := lang.Number(n.String())
		got, err := lang.ParseNumber(written)
		if err != nil || !got.Equal(n) {
			t.Fatalf("%s was written %q and read back as %s, %v", n, written, got, err)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1.234,5", "1,5", "-0", "1.2.3,4", "9\u00a0000", "..", "−"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
			d, err := lang.ParseNumber(s)
			if err != nil {
				continue
			}
			if again, err := lang.ParseNumber(lang.Number(d.String())); err != nil || !again.Equal(d) {
				t.Fatalf("%q is read as %s, which is written and read as %s, %v", s, d, again, err)
			}
		}
	})
}

func TestSayings(t *testing.T) {
	vi, en := locale.Vietnamese, locale.English
	for _, c := range []struct{ got, want string }{
		{vi.T("Quá hạn {.n} ngày", "n", 1500), "Quá hạn 1.500 ngày"},
		{en.T("Quá hạn {.n} ngày", "n", 1), "1 day late"},
		{en.T("Quá hạn {.n} ngày", "n", 1500), "1,500 days late"},
		{vi.Points(points.Must("97")), "97,00"},
		{en.Points(points.Must("0.1234")), "0.1234"},
		{vi.Day(clock.Day("2026-11-23")), "23/11/2026"},
		{vi.T("Câu không có bản dịch"), "Câu không có bản dịch"},
		{en.T("Chưa ban hành: {.paper}.", "paper", locale.Msg("Báo cáo tổng kết")), "Not issued yet: Year-end report."},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
