package target

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestResZZ(t *testing.T) {
	for _, f := range strings.Fields(os.Getenv("TR")) {
		b, _ := os.ReadFile(f)
		r := Results(string(b))
		for _, x := range r.Rows {
			fmt.Printf("%s | %s | %s %s..%s {%s} =%v ap=%s | %s\n", x.Unit, x.Indicator, x.Relation, x.Low, x.High, x.Measure, *x.Value, x.Approx, x.Source.Text)
		}
		for _, w := range r.Warnings {
			fmt.Printf("WARN %s L%d %s\n", w.Code, w.Line, w.Message)
		}
	}
}
