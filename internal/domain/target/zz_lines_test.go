package target

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestLinesZZ(t *testing.T) {
	f := os.Getenv("TL")
	if f == "" {
		return
	}
	b, _ := os.ReadFile(f)
	for _, l := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		pre := ""
		if os.Getenv("TG") != "" {
			pre = "Các chỉ tiêu phấn đấu năm 2023 như sau:\n"
		}
		fmt.Println(">>", l)
		dumpZZ(Read(pre + l))
	}
}
