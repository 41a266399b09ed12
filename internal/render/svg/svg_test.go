package svg

import (
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shape is an element of a drawing with all its text.
type shape struct {
	name  string
	attrs map[string]string
	text  string
}

// parse reads a drawing as strict XML and refuses what the site's policy forbids.
func parse(t interface {
	Helper()
	Fatalf(string, ...any)
}, svg template.HTML) []shape {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(string(svg)))
	var out []shape
	var open []int
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, svg)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			s := shape{name: e.Name.Local, attrs: map[string]string{}}
			if s.name == "style" || s.name == "script" || s.name == "foreignObject" {
				t.Fatalf("forbidden element %s", s.name)
			}
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
					t.Fatalf("forbidden attribute %s", a.Name.Local)
				}
				s.attrs[a.Name.Local] = a.Value
			}
			out = append(out, s)
			open = append(open, len(out)-1)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			for _, i := range open {
				out[i].text += string(e)
			}
		}
	}
}

func byClass(shapes []shape, class string) []shape {
	var out []shape
	for _, s := range shapes {
		if slices.Contains(strings.Fields(s.attrs["class"]), class) {
			out = append(out, s)
		}
	}
	return out
}

func num(t *testing.T, s shape, name string) int {
	t.Helper()
	n, err := strconv.Atoi(s.attrs[name])
	if err != nil {
		t.Fatalf("%s of %s: %v", name, s.name, err)
	}
	return n
}

// TestSamples draws every sample at a phone's and at a desk's width and keeps
// the page for whoever wants to look: go test -artifacts -outputdir DIR.
func TestSamples(t *testing.T) {
	names := make([]string, 0, len(samples))
	for name := range samples {
		names = append(names, name)
	}
	sort.Strings(names)
	pages := map[int]*strings.Builder{360: {}, 760: {}}
	for _, name := range names {
		for w, page := range pages {
			chart := samples[name].framed(func(f *Frame) { f.ID, f.Width = name+strconv.Itoa(w), w })
			got := chart.SVG()
			shapes := parse(t, got)
			root := shapes[0]
			if root.attrs["role"] != "img" || root.attrs["viewBox"] == "" {
				t.Errorf("%s: root %v", name, root.attrs)
			}
			ids := map[string]string{}
			for _, s := range shapes {
				if id := s.attrs["id"]; id != "" {
					if _, twice := ids[id]; twice {
						t.Errorf("%s: id %s twice", name, id)
					}
					ids[id] = s.text
				}
			}
			for _, id := range strings.Fields(root.attrs["aria-labelledby"]) {
				if ids[id] == "" {
					t.Errorf("%s: nothing behind aria-labelledby %s", name, id)
				}
			}
			for _, m := range regexp.MustCompile(`url\(#([^)]*)\)`).FindAllStringSubmatch(string(got), -1) {
				if _, ok := ids[m[1]]; !ok {
					t.Errorf("%s: pattern %s is not defined", name, m[1])
				}
			}
			if got != chart.SVG() {
				t.Errorf("%s: two drawings differ", name)
			}
			within(t, name, shapes)
			page.WriteString("<div>" + string(got) + "</div><hr>")
		}
	}
	for w, page := range pages {
		html := `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>body{margin:0;width:` + strconv.Itoa(w) + `px}</style>` + page.String()
		if err := os.WriteFile(filepath.Join(t.ArtifactDir(), strconv.Itoa(w)+".html"), []byte(html), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// within checks that every text lies inside the drawing and touches no other.
func within(t *testing.T, name string, shapes []shape) {
	t.Helper()
	box := strings.Fields(shapes[0].attrs["viewBox"])
	w, _ := strconv.Atoi(box[2])
	h, _ := strconv.Atoi(box[3])
	type rect struct {
		x1, y1, x2, y2 int
		text           string
	}
	var placed []rect
	parent := shape{}
	for _, s := range shapes {
		if s.name == "text" {
			parent = s
		}
		if s.name != "text" && s.name != "tspan" || s.attrs["x"] == "" {
			continue
		}
		size := labelSize
		if parent.attrs["font-size"] != "" {
			size = num(t, parent, "font-size")
		}
		x, y, wide := num(t, s, "x"), num(t, s, "y"), width(s.text, size, parent.attrs["font-weight"] != "")*10/11
		switch parent.attrs["text-anchor"] {
		case "middle":
			x -= wide / 2
		case "end":
			x -= wide
		}
		r := rect{x, y - size*3/4, x + wide, y + size/5, s.text}
		if r.x1 < -1 || r.y1 < 0 || r.x2 > w+1 || r.y2 > h {
			t.Errorf("%s at %d: %q lies outside: %+v of %d×%d", name, w, s.text, r, w, h)
		}
		for _, o := range placed {
			if r.x1 < o.x2 && o.x1 < r.x2 && r.y1 < o.y2 && o.y1 < r.y2 {
				t.Errorf("%s at %d: %q lies over %q", name, w, r.text, o.text)
			}
		}
		placed = append(placed, r)
	}
}

func TestProgressGeometry(t *testing.T) {
	p := Progress{Frame: Frame{Title: "t", Desc: "d"}, Bars: []ProgressBar{
		{Label: "nửa", Value: rat("50"), Target: rat("100")},
		{Label: "đủ", Value: rat("7"), Target: rat("7")},
		{Label: "gấp ba", Value: rat("3"), Target: rat("1")},
		{Label: "không", Value: rat("0"), Target: rat("5")},
		{Label: "chưa có", Target: rat("5")},
		{Label: "trần không, không có vụ nào", Value: rat("0"), Target: rat("0"), Lower: true},
		{Label: "trần không, có vụ", Value: rat("1"), Target: rat("0"), Lower: true},
		{Label: "âm", Value: rat("-2"), Target: rat("5")},
	}}
	shapes := parse(t, p.SVG())
	var ends []string
	for _, s := range byClass(shapes, "c-bar") {
		ends = append(ends, s.name+" "+s.attrs["width"])
	}
	want := []string{"rect 144", "rect 288", "rect 360", "path ", "path ", "rect 360"}
	if !slices.Equal(ends, want) {
		t.Errorf("bars %q, want %q", ends, want)
	}
	if n := len(byClass(shapes, "c-over")); n != 2 {
		t.Errorf("%d broken bars, want 2", n)
	}
	if got, want := len(byClass(shapes, "c-target")), 6; got != want {
		t.Errorf("%d targets, want %d", got, want)
	}
	if got, want := len(byClass(shapes, "c-limit")), 2; got != want {
		t.Errorf("%d limits, want %d", got, want)
	}
}

func TestStatesDifferWithoutColour(t *testing.T) {
	seen := map[string]State{}
	for s, k := range states {
		if other, ok := seen[k.pattern]; ok {
			t.Errorf("states %d and %d share the pattern %s", s, other, k.pattern)
		}
		seen[k.pattern] = s
	}
	seenSeries := map[string]bool{}
	for i, k := range series {
		mark := k.pattern + dashes[i]
		if seenSeries[mark] {
			t.Errorf("series %d looks like another in print", i)
		}
		seenSeries[mark] = true
	}
}

func TestColumnsTurnWhereTextsDoNotFit(t *testing.T) {
	if !sampleUpright.upright(360) {
		t.Error("six short figures stand upright on a phone")
	}
	if sampleLying.upright(360) {
		t.Error("ten figures with long names cannot stand upright on a phone")
	}
	for _, s := range byClass(parse(t, sampleLying.SVG()), "c-bar") {
		if s.name == "rect" && num(t, s, "height") > barHeight {
			t.Errorf("a lying bar is %s high", s.attrs["height"])
		}
	}
}

func TestColumnsKeepProportion(t *testing.T) {
	g := Columns{Frame: Frame{Title: "t", Desc: "d"}, Groups: []Group{
		{"a", []Figure{{rat("10"), "10"}}}, {"b", []Figure{{rat("20"), "20"}}}, {"c", []Figure{{rat("40"), "40"}}},
	}}
	var heights []int
	for _, s := range byClass(parse(t, g.SVG()), "c-bar") {
		heights = append(heights, num(t, s, "height"))
	}
	if len(heights) != 3 || heights[2] != 170 || heights[1] != 85 || heights[0] != 43 && heights[0] != 42 {
		t.Errorf("heights %v are not 1 : 2 : 4 of 170", heights)
	}
}

func TestRankingFirstPlaceOnTop(t *testing.T) {
	sc, _ := sampleStanding.heights()
	sc.from, sc.to = 10, 100
	if sc.at(rat("1")) != 10 || sc.at(rat("2")) >= sc.at(rat("3")) || sc.at(rat("4")) >= 100 {
		t.Errorf("places 1 to 4 are at %d, %d, %d, %d", sc.at(rat("1")), sc.at(rat("2")), sc.at(rat("3")), sc.at(rat("4")))
	}
}

func TestTicks(t *testing.T) {
	for _, tc := range []struct{ low, high, step string }{
		{"0", "95", "20"}, {"0", "1", "1/5"}, {"0", "0", "1"}, {"0", "93262", "20000"}, {"0", "1/1000", "1/5000"},
	} {
		span := new(big.Rat).Sub(rat(tc.high), rat(tc.low))
		if got := nice(span, 5); got.Cmp(rat(tc.step)) != 0 {
			t.Errorf("step of %s–%s is %s, want %s", tc.low, tc.high, got, tc.step)
		}
	}
	if got := floorTo(rat("-7/2"), rat("1")); got.Cmp(rat("-4")) != 0 {
		t.Errorf("floor of -3,5 is %s", got)
	}
	if got := ceilTo(rat("-7/2"), rat("1")); got.Cmp(rat("-3")) != 0 {
		t.Errorf("ceiling of -3,5 is %s", got)
	}
}

func TestResponsiveHasNoIDTwice(t *testing.T) {
	got := Responsive(sampleRanking, 720)
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(string(got), -1) {
		if ids[m[1]] {
			t.Errorf("id %s twice", m[1])
		}
		ids[m[1]] = true
	}
	if len(ids) < 4 || !strings.Contains(string(got), "chart-narrow") || !strings.Contains(string(got), "chart-wide") {
		t.Errorf("ids %v", ids)
	}
}

// TestAnyInput draws charts of arbitrary texts and numbers.
func TestAnyInput(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{`"><script>alert(1)</script>`, "a\u2028b\x00\u202e", strings.Repeat("Ư", 300), "", "😀 ứng dụng"}))
	value := rapid.Custom(func(t *rapid.T) *big.Rat {
		if rapid.IntRange(0, 5).Draw(t, "gap") == 0 {
			return nil
		}
		return big.NewRat(rapid.Int64().Draw(t, "num"), rapid.Int64Range(1, 1<<40).Draw(t, "den"))
	})
	rapid.Check(t, func(t *rapid.T) {
		f := Frame{ID: text.Draw(t, "id"), Title: text.Draw(t, "title"), Desc: text.Draw(t, "desc"), Width: rapid.IntRange(-5, 3000).Draw(t, "width")}
		values := rapid.SliceOfN(value, 0, 8).Draw(t, "values")
		texts := rapid.SliceOfN(text, 0, 8).Draw(t, "texts")
		at := func(i int) string {
			if i < len(texts) {
				return texts[i]
			}
			return "x"
		}
		p := Progress{Frame: f}
		r := Ranking{Frame: f}
		g := Columns{Frame: f, Series: texts}
		l := Line{Frame: f, X: texts, Series: []LineSeries{{"a", values, texts, false}, {"b", values, nil, true}}, Format: plainFormat}
		for i, v := range values {
			p.Bars = append(p.Bars, ProgressBar{Label: at(i), Value: v, Target: values[0], Pace: v, ValueText: at(i + 1), TargetText: at(i), StateText: at(i), State: State(i % 4), Lower: i%2 == 0})
			r.Items = append(r.Items, Rank{Place: at(i), Label: at(i), Value: v, Text: at(i), Note: at(i), State: State(i % 4)})
			g.Groups = append(g.Groups, Group{at(i), []Figure{{v, at(i)}, {values[0], at(i + 1)}}})
			l.Target = v
		}
		for _, c := range []Chart{p, r, g, l} {
			shapes := parse(t, c.SVG())
			if shapes[0].name != "svg" {
				t.Fatalf("root is %s", shapes[0].name)
			}
		}
	})
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"Sở Công Thương", `<b>&"'`, "\u2028\u0085\x1b", "\xff\xfe", "﷐\ufffe", "🏆🏆"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := Ranking{Frame: Frame{ID: s, Title: s, Desc: s}, Items: []Rank{{Place: s, Label: s, Value: rat("1"), Text: s, Note: s, State: Bad}}}
		parse(t, r.SVG())
		for _, line := range wrap(s, 100, 13, false) {
			if strings.ContainsAny(line, "\n\x00") {
				t.Errorf("line %q", line)
			}
		}
	})
}
