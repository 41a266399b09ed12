package demo

import (
	"fmt"
	"strings"

	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// reported is an invented figure of a target, with what its unit writes to it.
type reported struct {
	name, unit   string // beginning of the target's name; key of the unit whose target it is, "" for the whole block
	year         int    // 0 for the cluster's
	period       indicator.Period
	amount, note string
}

// enter reports figures one by one, each by the unit that reports it.
func (l *loader) enter(key string, figures []reported) error {
	y := l.years[key]
	lines, err := l.app.Indicators.Progress(l.ctx, l.app.DB, y.ID)
	if err != nil {
		return err
	}
	for _, f := range figures {
		var line *indicator.Line
		for i, one := range lines {
			if strings.HasPrefix(vntext.Fold(one.Name), vntext.Fold(f.name)) && one.UnitID == l.units[f.unit] {
				line = &lines[i]
				break
			}
		}
		if line == nil {
			return fmt.Errorf("no target of %q begins with %q", f.unit, f.name)
		}
		for k, id := range l.units {
			if id != line.Reporter || l.heads[k].Account == "" {
				continue
			}
			_, err := l.app.Indicators.Report(l.ctx, l.heads[k], y.ID, indicator.Report{
				TargetID: line.ID, Year: f.year, Period: f.period, Amount: f.amount, Source: "Minh họa", Note: f.note, Illustrative: true, Sure: true, Lang: locale.Vietnamese,
			})
			if err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
			break
		}
	}
	return nil
}

// year2021 is what the block of 2022 knew of the year before: with it the
// forecast of 2022 can be tried, and targets have a trend.
func (l *loader) year2021(key string) error {
	var all []reported
	for _, r := range [][3]string{
		{"Tổng kim ngạch xuất nhập khẩu", "40.900", "84.100"}, {"Tổng vốn đầu tư phát triển", "30,2", "66,8"}, {"Tổng thu ngân sách", "17.020", "32.450"},
		{"Tỷ lệ đô thị hóa", "40,6", "41,8"}, {"Tỷ lệ lao động qua đào tạo", "74,9", "75,8"}, {"Tổng sản phẩm", "5,1", "6,9"}, {"Tỷ lệ hộ nghèo", "1,42", "1,25"},
	} {
		all = append(all, reported{name: r[0], year: 2021, period: indicator.HalfYear, amount: r[1]}, reported{name: r[0], year: 2021, period: indicator.FullYear, amount: r[2]})
	}
	return l.enter(key, all)
}

// nineMonths: the leader of 2023 has nine months reported too. Two departments
// do, four days late; one total runs back and is explained.
func (l *loader) nineMonths(key string) error {
	l.at("2023-10-09 15:00")
	return l.enter(key, []reported{
		{name: "Tổng kim ngạch xuất nhập khẩu", period: "M09", amount: "62.480"}, {name: "kim ngạch xuất khẩu", period: "M09", amount: "34.550"},
		{name: "kim ngạch nhập khẩu", period: "M09", amount: "27.930"},
		{name: "Doanh thu bán lẻ", period: "M09", amount: "41.900", note: "Cơ quan thống kê điều chỉnh số 6 tháng xuống 38.700 tỷ đồng; đơn vị sẽ đính chính số kỳ đó (minh họa)."},
		{name: "Tỷ lệ đô thị hóa", period: "M09", amount: "44,6"},
	})
}

// The targets of their own that the districts have in the demo. They are
// invented: the signed text (17/3/2023) names no figures for single districts.
const (
	ownBudget = "Thu ngân sách trên địa bàn (minh họa)"
	ownOnTime = "Tỷ lệ hồ sơ giải quyết đúng hạn (minh họa)"
)

// ofDistricts: budget target, result of 2022, of six months 2022, of six months
// 2023, in tỷ đồng; on time: target, result of 2022, of six months 2023.
var ofDistricts = []struct {
	unit                        string
	goal, last, lastHalf, half  string
	onTime, onTimeLast, onTime6 string
}{
	{"tpbacninh", "3.400", "3.210", "1.590", "1.702", "99", "98,6", "99,1"},
	{"tuson", "2.650", "2.480", "1.230", "1.361", "99", "98,9", "98,7"},
	{"tiendu", "1.420", "1.335", "655", "690", "98,5", "98,1", "98,3"},
	{"yenphong", "1.800", "1.690", "840", "905", "98,5", "97,9", "98,6"},
	{"quevo", "1.350", "1.280", "630", "1,35", "98,5", "98,2", "98,4"},
	{"thuanthanh", "1.150", "1.085", "540", "571", "98", "97,4", "97,9"},
	{"giabinh", "610", "640", "318", "287", "97", "98,4", "62"},
	{"luongtai", "580", "545", "270", "", "98", "97,2", ""},
}

// districtTargets gives each district its own targets in the draft.
func (l *loader) districtTargets(v draft.Version) error {
	for _, d := range ofDistricts {
		for _, e := range []indicator.Entry{
			{Name: ownBudget, Relation: "=", Low: d.goal, Unit: "tỷ đồng", Lang: locale.Vietnamese},
			{Name: ownOnTime, Relation: ">=", Low: d.onTime, Unit: "%", Lang: locale.Vietnamese},
		} {
			if _, err := l.app.Covenants.AddTarget(l.ctx, l.heads["luongtai"], v.ID, covenant.Entry{Entry: e, UnitID: l.units[d.unit]}); err != nil {
				return err
			}
		}
	}
	return nil
}

// districtFigures: what the districts report on them. One types a figure in
// thousands of tỷ, one falls far behind the others, the leader is late.
func (l *loader) districtFigures(key string) error {
	var all []reported
	for _, d := range ofDistricts {
		for _, f := range []struct {
			name, amount string
			year         int
			period       indicator.Period
		}{
			{ownBudget, d.lastHalf, 2022, indicator.HalfYear}, {ownBudget, d.last, 2022, indicator.FullYear}, {ownOnTime, d.onTimeLast, 2022, indicator.FullYear},
			{ownBudget, d.half, 0, indicator.HalfYear}, {ownOnTime, d.onTime6, 0, indicator.HalfYear},
		} {
			if f.amount != "" {
				all = append(all, reported{name: f.name, unit: d.unit, year: f.year, period: f.period, amount: f.amount})
			}
		}
	}
	l.at("2023-07-04 10:00")
	if err := l.enter(key, all); err != nil {
		return err
	}
	// Two have the year's figure already: it stands in their scoring sheets.
	l.at("2023-11-20 09:30")
	return l.enter(key, []reported{
		{name: ownOnTime, unit: "tpbacninh", period: indicator.FullYear, amount: "99,2"}, {name: ownOnTime, unit: "tuson", period: indicator.FullYear, amount: "98,5"},
	})
}
