package target

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestDumpZZ(t *testing.T) {
	for _, f := range strings.Fields(os.Getenv("TF")) {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("=====", f)
		dumpZZ(Read(string(b)))
	}
	if s := os.Getenv("TS"); s != "" {
		dumpZZ(Read(s))
	}
	if f := os.Getenv("TJ"); f != "" {
		fh, _ := os.Open(f)
		sc := bufio.NewScanner(fh)
		sc.Buffer(nil, 1<<20)
		bad, n := 0, 0
		for sc.Scan() {
			var c struct {
				Text    string
				Targets []map[string]any
			}
			if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			n++
			got := Read(c.Text)
			names := map[string]string{}
			ok := len(got.Targets) == len(c.Targets)
			for i := range got.Targets {
				names[got.Targets[i].ID] = got.Targets[i].Name
				if !ok {
					break
				}
				b, _ := json.Marshal(got.Targets[i])
				var m map[string]any
				json.Unmarshal(b, &m)
				if p, has := m["part_of"]; has {
					m["part_of"] = names[p.(string)]
				}
				for k, v := range c.Targets[i] {
					x, _ := json.Marshal(v)
					y, _ := json.Marshal(m[k])
					if string(x) != string(y) {
						ok = false
						fmt.Println("   field", k, string(x), string(y))
					}
				}
				for _, k := range []string{"change", "low", "unit", "base", "part_of", "approx"} {
					if _, has := c.Targets[i][k]; !has && m[k] != nil {
						fmt.Println("   extra", k, m[k])
						ok = false
					}
				}
			}
			if !ok {
				bad++
				fmt.Println("BAD", c.Text)
				dumpZZ(got)
			}
		}
		fmt.Println("lines", n, "bad", bad)
	}
}

func dumpZZ(r Reading) {
	for _, x := range r.Targets {
		base := ""
		if x.Base != nil {
			base = fmt.Sprint(*x.Base)
		}
		v := ""
		if x.Value != nil {
			v = x.Value.Amount + " " + x.Value.Unit
		}
		fmt.Printf("%s L%d [%s] %s %s %s..%s {%s} =%s dir=%s base=%s by=%d ap=%s part=%s | %s\n", x.ID, x.Source.Line, x.Name, x.Relation, x.Change, x.Low, x.High, x.Unit, v, x.Direction, base, x.By, x.Approx, x.PartOf, x.Source.Text)
	}
	for _, c := range r.Checks {
		fmt.Printf("CHECK %+v\n", c)
	}
	for _, w := range r.Warnings {
		fmt.Printf("WARN %s L%d %s\n", w.Code, w.Line, w.Message)
	}
}
