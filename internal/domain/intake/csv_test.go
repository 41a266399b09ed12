package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/platform/fault"
)

// rowsOf reads everything; the error is the one that ended it, nil at the end.
func rowsOf(text string, comma byte) (rows [][]string, lines []int, err error) {
	r := newReader(strings.NewReader(text), comma, 0, 1)
	end := int64(0)
	for {
		w, err := r.next()
		if err == io.EOF {
			return rows, lines, nil
		}
		if err != nil {
			return rows, lines, err
		}
		if w.begin < end || w.end <= w.begin || w.end > int64(len(text)) {
			return rows, lines, errors.New("rows overlap or leave the file")
		}
		end = w.end
		var cells []string
		for _, f := range w.fields {
			cells = append(cells, string(f))
		}
		rows, lines = append(rows, cells), append(lines, w.line)
	}
}

func TestReader(t *testing.T) {
	for text, want := range map[string]string{
		"a,b\n1,2\n":                       "a|b;1|2",
		"a,b\r\n1,2":                       "a|b;1|2",
		"\n\n a , b \n\n1,\n":              "a|b;1|",
		"\"a\"\"b\",\"c,d\"\n":             "a\"b|c,d",
		"\"a\nb\",c\nd,e\n":                "a\nb|c;d|e",
		" \"a\" , \"b\" \n":                "a|b",
		"\"\",\n":                          "|",
		"a,\"b\nc\",\"d\ne\"\nf,g,h\n":     "a|b\nc|d\ne;f|g|h",
		"\"a\",b,\"c\"\n\"1\",\"2\",\"3\"": "a|b|c;1|2|3",
	} {
		rows, _, err := rowsOf(text, ',')
		var said []string
		for _, r := range rows {
			said = append(said, strings.Join(r, "|"))
		}
		if got := strings.Join(said, ";"); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
	if _, lines, err := rowsOf("a\n\n\"b\nc\"\nd\n", ','); err != nil || !slices.Equal(lines, []int{1, 3, 5}) {
		t.Errorf("rows stand at %v, %v", lines, err)
	}
}

func TestReaderReadsOnFromAPlace(t *testing.T) {
	text := "a,b\n\"1\nx\",2\n3,4\n5,6\n"
	first := newReader(strings.NewReader(text), ',', 0, 1)
	for range 2 {
		if _, err := first.next(); err != nil {
			t.Fatal(err)
		}
	}
	w, err := first.next()
	if err != nil {
		t.Fatal(err)
	}
	again := newReader(nil, ',', 0, 0)
	again.reset(io.NewSectionReader(strings.NewReader(text), w.begin, w.end-w.begin), w.begin, w.line)
	same, err := again.next()
	if err != nil || string(same.fields[0]) != "3" || same.line != 4 || same.end != w.end {
		t.Errorf("%+v, %v", same, err)
	}
	if _, err := again.next(); err != io.EOF {
		t.Errorf("behind the piece: %v", err)
	}
}

// FuzzReader holds the reader to encoding/csv where that one takes the file, and
// to its bounds everywhere.
func FuzzReader(f *testing.F) {
	for _, text := range []string{
		"cluster,unit\nK1,H05\n", "a;b\r\n\"1;2\";3\r\n", "\"a\"\"b\",\"c\nd\"\n", "\"never closed,\n1,2\n", "a,\"b\"c\n", "\xef\xbb\xbfx,y\n", "\xff\xfe,\x00\n",
		"\n\n,\n", strings.Repeat(",", 70), "\"" + strings.Repeat("\n", 300), " \"a\" ,b\n", "a\rb,c\r\r\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, _, err := rowsOf(text, ',')
		if err != nil {
			var told *fault.Error
			if !errors.As(err, &told) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		for _, r := range rows {
			if len(r) > maxColumns {
				t.Fatalf("%d columns", len(r))
			}
		}
		// encoding/csv keeps outer blanks, takes lone carriage returns otherwise and
		// leaves lines of blanks standing.
		if strings.ContainsAny(text, "\r \t\v\f\u0085\u00a0") || strings.ContainsFunc(text, func(r rune) bool { return r > 0x1000 }) || bytes.Contains([]byte(text), []byte("\"\n")) && strings.Contains(text, "\n\"") {
			return
		}
		std := csv.NewReader(strings.NewReader(text))
		std.FieldsPerRecord = -1
		want, err := std.ReadAll()
		if err != nil {
			return
		}
		for _, w := range want {
			for i := range w {
				w[i] = strings.TrimSpace(w[i])
			}
		}
		if !slices.EqualFunc(rows, want, slices.Equal[[]string]) {
			t.Fatalf("%q: %q, want %q", text, rows, want)
		}
	})
}
