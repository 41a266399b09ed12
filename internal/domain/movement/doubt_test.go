package movement_test

import (
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/platform/locale"
)

func TestTheYearIsComparedWithTheText(t *testing.T) {
	by := func(years ...int) (out []movement.Target) {
		for _, y := range years {
			out = append(out, movement.Target{Goal: indicator.Goal{ByYear: y}})
		}
		return out
	}
	for name, c := range map[string]struct {
		m       movement.Movement
		targets []movement.Target
		said    []string
	}{
		"fits":             {movement.Movement{Year: 2023, Name: "Phong trào năm 2023", Text: "Năm 2022 đạt 6,9%. Chỉ tiêu năm 2023: tăng 7%."}, by(2023, 2025), nil},
		"no year at all":   {movement.Movement{Year: 2023, Name: "Phong trào thi đua", Text: "Tăng 7%."}, by(0), nil},
		"of last year":     {movement.Movement{Year: 2023, Name: "Phong trào năm 2023", Text: "Phát động phong trào năm 2022. Năm 2021 đạt 6,9%. Mục tiêu Năm 2022:"}, nil, []string{"không nhắc năm 2023", "năm 2022 (2 lần)"}},
		"name of another":  {movement.Movement{Year: 2023, Name: "Phong trào năm 2022", Text: "Chỉ tiêu năm 2023."}, nil, []string{"Tên hoặc chủ đề nói năm 2022"}},
		"target of before": {movement.Movement{Year: 2023, Text: "Chỉ tiêu năm 2023."}, by(2022, 2023), []string{"1 chỉ tiêu phải đạt trước năm 2023"}},
	} {
		var all []string
		for _, d := range c.m.Doubts(c.targets) {
			all = append(all, locale.Vietnamese.Say(d.Text, d.Args))
		}
		got := strings.Join(all, " ")
		for _, want := range c.said {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q does not say %q", name, got, want)
			}
		}
		if c.said == nil && got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}
