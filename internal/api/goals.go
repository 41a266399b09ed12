package api

import (
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/locale"
)

// GoalFields are what a target says, whether of a movement or a covenant.
type GoalFields struct {
	Name      string `json:"name" minLength:"1" maxLength:"300"`
	Relation  string `json:"relation" enum:"=,>=,<=,range,none,text" doc:"Kết quả phải thế nào so với con số; none: không có; text: không đo bằng số."`
	Change    string `json:"change,omitempty" enum:",increase,decrease" doc:"Mức tăng hoặc giảm so với gốc; không ghi khi là mức đạt được."`
	Low       string `json:"low,omitempty" maxLength:"60" pattern:"^[0-9]+([.][0-9]+)?$" patternDescription:"decimal" doc:"Con số chính xác, theo đơn vị tính."`
	High      string `json:"high,omitempty" maxLength:"60" pattern:"^[0-9]+([.][0-9]+)?$" patternDescription:"decimal" doc:"Đầu trên của khoảng."`
	Unit      string `json:"unit,omitempty" maxLength:"60" doc:"Đơn vị tính."`
	Direction string `json:"direction,omitempty" enum:",higher,lower" doc:"Chiều tốt: càng cao hay càng thấp."`
	BaseKind  string `json:"base_kind,omitempty" enum:",year,plan,budget,same_period,share" doc:"Gốc so sánh."`
	BaseYear  int    `json:"base_year,omitempty" doc:"Năm gốc."`
	ByYear    int    `json:"by_year,omitempty" doc:"Năm phải đạt."`
	Approx    string `json:"approx,omitempty" enum:",over,under,about" doc:"Văn bản nói hơn, gần hay khoảng."`
	PartOf    string `json:"part_of,omitempty" doc:"Mã chỉ tiêu tổng mà chỉ tiêu này là thành phần."`
}

// GoalOrigin is where a stored target comes from and what it is about.
type GoalOrigin struct {
	IndicatorID string `json:"indicator_id" doc:"Chỉ tiêu trong danh mục chung của các năm."`
	BaseLow     string `json:"base_low,omitempty" doc:"Con số đầu dưới, theo đơn vị gốc."`
	BaseHigh    string `json:"base_high,omitempty" doc:"Con số đầu trên, theo đơn vị gốc."`
	BaseUnit    string `json:"base_unit,omitempty" doc:"Đơn vị gốc."`
	Line        int    `json:"line,omitempty" doc:"Dòng của văn bản; không có khi nhập tay."`
	Clause      string `json:"clause,omitempty" doc:"Câu mà chỉ tiêu được đọc ra."`
}

func goalOf(g indicator.Goal) (GoalFields, GoalOrigin) {
	high := g.High
	if g.Relation != target.Range {
		high = ""
	}
	return GoalFields{
			Name: g.Name, Relation: string(g.Relation), Change: string(g.Change), Low: g.Low, High: high, Unit: g.Unit, Direction: string(g.Direction),
			BaseKind: g.BaseKind, BaseYear: g.BaseYear, ByYear: g.ByYear, Approx: string(g.Approx), PartOf: g.PartOf,
		}, GoalOrigin{
			IndicatorID: g.IndicatorID, BaseLow: g.BaseLow, BaseHigh: g.BaseHigh, BaseUnit: g.BaseUnit, Line: g.Line, Clause: g.Clause,
		}
}

// entry is the target as the domain takes it from a person. A plain decimal is
// never ambiguous in English: its point cannot be a thousands mark.
func (f GoalFields) entry() indicator.Entry {
	return indicator.Entry{
		Name: f.Name, Relation: target.Relation(f.Relation), Change: target.Change(f.Change), Low: f.Low, High: f.High, Unit: f.Unit,
		Direction: target.Direction(f.Direction), BaseKind: f.BaseKind, BaseYear: f.BaseYear, ByYear: f.ByYear, Approx: target.Approx(f.Approx),
		PartOf: f.PartOf, Lang: locale.English,
	}
}

// SumCheck is a total against its parts.
type SumCheck struct {
	Total string   `json:"total" doc:"Mã chỉ tiêu tổng."`
	Parts []string `json:"parts" doc:"Mã các chỉ tiêu thành phần."`
	Want  string   `json:"want"`
	Got   string   `json:"got"`
	OK    bool     `json:"ok"`
}

// Doubt is what the reader of targets is not sure of.
type Doubt struct {
	Code    string `json:"code" enum:"sum_mismatch,unit_suspect,mixed_currency,year_suspect,duplicate,unread_figure"`
	Line    int    `json:"line,omitempty" doc:"Dòng của văn bản; không có khi nhập tay."`
	Message string `json:"message"`
}

func (c *call) examined(checks []target.Check, doubts []target.Warning) ([]SumCheck, []Doubt) {
	return each(checks, func(k target.Check) SumCheck { return SumCheck{k.Total, filled(k.Parts), k.Want, k.Got, k.OK} }),
		each(c.warnings(doubts), func(w target.Warning) Doubt { return Doubt{w.Code, w.Line, w.Message} })
}
