package api

import (
	"context"
	"math/big"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/clock"
)

// Forecast is the year's end as it is foreseen.
type Forecast struct {
	Amount      string `json:"amount" doc:"Dự báo cả năm theo đơn vị tính của chỉ tiêu, cắt còn hai chữ số thập phân (số lớn: ít hơn)."`
	Unit        string `json:"unit,omitempty"`
	Numerator   string `json:"numerator" doc:"Dự báo chính xác theo đơn vị gốc: tử số."`
	Denominator string `json:"denominator" doc:"Mẫu số."`
	Method      string `json:"method" enum:"reported,last_course,even_pace,last_change,trend,unchanged" doc:"Cách dự báo: nhân theo năm trước, chia đều theo tháng, cộng thay đổi của năm trước, kéo thẳng các số trong năm, giữ nguyên."`
}

func forecastOf(l indicator.Line) *Forecast {
	if l.Forecast == nil || l.Forecast.Value == nil {
		return nil
	}
	amount, unit := l.Told(l.Forecast.Value)
	return &Forecast{amount.String(), unit, l.Forecast.Value.Num().String(), l.Forecast.Value.Denom().String(), string(l.Forecast.Method)}
}

// Flag is a warning about a figure.
type Flag struct {
	Code string `json:"code" enum:"late,over_hundred,unit_suspect,fell_back,off_last_year,off_peers" doc:"Quá hạn; tỷ lệ lớn hơn 100%; nghi sai đơn vị tính; lũy kế giảm; khác xa năm trước; khác xa đơn vị khác."`
	Text string `json:"text"`
	Do   string `json:"do" doc:"Việc cần làm."`
}

func (c *call) flags(all []indicator.Flag) []Flag {
	if len(all) == 0 {
		return nil
	}
	return each(all, func(f indicator.Flag) Flag { return Flag{string(f.Sign), c.say(f.Text), c.say(f.Do())} })
}

// ReportingPeriod is a period whose figures a year reports.
type ReportingPeriod struct {
	Period string `json:"period" doc:"H1: 6 tháng; Y: cả năm; Q1 đến Q4; M01 đến M12."`
	Due    string `json:"due,omitempty" doc:"Hạn báo cáo."`
}

// UnitReporting is how a unit keeps to the periods of the year.
type UnitReporting struct {
	UnitID  string               `json:"unit_id"`
	Periods []UnitPeriodReported `json:"periods"`
}

// UnitPeriodReported is a unit's reporting of one period.
type UnitPeriodReported struct {
	ReportingPeriod
	Want   int    `json:"want" doc:"Số chỉ tiêu phải báo cáo."`
	Have   int    `json:"have" doc:"Số chỉ tiêu đã có số liệu của kỳ."`
	Last   string `json:"last,omitempty" doc:"Ngày số liệu cuối cùng được báo cáo lần đầu."`
	Status string `json:"status" enum:"in_time,late,overdue,waiting,passed" doc:"Đúng hạn; muộn; quá hạn; chưa báo cáo, còn hạn; không báo cáo, đã có kỳ sau."`
	Days   int    `json:"days" doc:"Số ngày muộn, hoặc quá hạn."`
}

func reportingPeriodOf(d indicator.Duty) ReportingPeriod {
	return ReportingPeriod{string(d.Period), string(d.Due)}
}

// Ambition is a target beside what came before and what others demand.
type Ambition struct {
	TargetID string         `json:"target_id"`
	UnitID   string         `json:"unit_id,omitempty" doc:"Đơn vị có chỉ tiêu; không có khi là chỉ tiêu chung."`
	LastGoal *GoalFields    `json:"last_goal,omitempty" doc:"Mục tiêu năm trước."`
	Last     string         `json:"last,omitempty" doc:"Kết quả năm trước theo đơn vị gốc."`
	Origin   *FigureOrigin  `json:"last_origin,omitempty" doc:"Kết quả năm trước lấy từ đâu, khi lúc đó đơn vị chưa phải như bây giờ."`
	Early    bool           `json:"early,omitempty" doc:"Mục tiêu năm trước đã đạt từ 6 tháng."`
	Past     []PastResult   `json:"past" doc:"Kết quả các năm trước, cũ nhất trước."`
	Peers    int            `json:"peers" doc:"Số đơn vị khác, hoặc cụm, khối khác của cùng cơ quan, có cùng chỉ tiêu."`
	Demand   string         `json:"demand,omitempty" doc:"Mức đòi hỏi để so: tỷ lệ và mức tăng, giảm giữ nguyên; số lượng tính theo % kết quả năm trước. Cắt còn hai chữ số thập phân."`
	Median   string         `json:"median,omitempty" doc:"Trung vị mức đòi hỏi của những nơi khác."`
	Marks    []AmbitionMark `json:"marks" doc:"Đánh dấu để cân nhắc trước khi ký, không chặn việc ký."`
	Reason   *TargetReason  `json:"reason,omitempty"`
}

// PastResult is a year's result.
type PastResult struct {
	Year   int    `json:"year"`
	Amount string `json:"amount" doc:"Theo đơn vị gốc."`
	Sum    bool   `json:"sum,omitempty" doc:"Tổng của các đơn vị cũ."`
}

// AmbitionMark is why a target is marked.
type AmbitionMark struct {
	Code string `json:"code" enum:"not_above_result,below_last_goal,under_peers" doc:"Không tốt hơn kết quả năm trước; thấp hơn mục tiêu năm trước; kém xa nơi khác."`
	Text string `json:"text"`
}

// TargetReason is why a target is set no higher.
type TargetReason struct {
	Version int64  `json:"version"`
	Text    string `json:"text"`
	Current bool   `json:"current" doc:"Viết cho đúng mức hiện nay của chỉ tiêu."`
	At      string `json:"at" format:"date-time"`
}

func reasonOf(r covenant.Reason, current bool) TargetReason {
	return TargetReason{r.Version, r.Text, current, stamp(r.At)}
}

func (c *call) ambition(a covenant.Ambition) Ambition {
	out := Ambition{
		TargetID: a.Target.ID, UnitID: a.Target.UnitID, Last: exactly(a.Last), Origin: originOf(a.Origin), Early: a.Early, Past: []PastResult{}, Peers: a.Peers,
		Demand: indicator.Rounded(a.Demand, 2), Median: indicator.Rounded(a.Middle, 2),
		Marks: each(a.Marks, func(m indicator.Mark) AmbitionMark { return AmbitionMark{string(m.Code), c.say(m.Text)} }),
	}
	if a.LastGoal != nil {
		fields, _ := goalOf(*a.LastGoal)
		out.LastGoal = &fields
	}
	for _, y := range a.Past {
		if end := y.Result(); end != nil {
			from := y.Origins[12]
			out.Past = append(out.Past, PastResult{y.Year, exactly(end), from != nil && from.Sum})
		}
	}
	if a.Reason != nil {
		r := reasonOf(*a.Reason, a.Reason.Of(a.Target))
		out.Reason = &r
	}
	return out
}

// exactly writes a figure that was reported, and so has an exact decimal.
func exactly(r *big.Rat) string {
	if r == nil {
		return ""
	}
	n, _ := r.FloatPrec()
	return r.FloatString(n)
}

func (s *server) tracking() {
	register(s, route{
		id: "list-reporting-periods", tag: tagTargets, method: http.MethodGet, path: "/cluster-years/{id}/reporting-periods", scopes: scopes{access.ClusterRead},
		says: "Các kỳ báo cáo số liệu của năm thi đua và hạn của từng kỳ",
	}, func(ctx context.Context, c *call, in *idPath) (list[ReportingPeriod], error) {
		if _, err := s.Years.See(ctx, c.actor, in.ID); err != nil {
			return list[ReportingPeriod]{}, err
		}
		schedule, err := s.Indicators.Schedule(ctx, s.DB, in.ID)
		return list[ReportingPeriod]{Items: each(schedule, reportingPeriodOf)}, err
	})
	register(s, route{
		id: "set-reporting-periods", tag: tagTargets, method: http.MethodPut, path: "/cluster-years/{id}/reporting-periods", scopes: scopes{access.ClusterPlan},
		says: "Chọn các kỳ báo cáo số liệu và hạn của từng kỳ", about: "Phải có kỳ cả năm. Số đã báo cáo cho kỳ bỏ chọn vẫn được giữ.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Periods []ReportingPeriod `json:"periods" minItems:"1" maxItems:"12" nullable:"false"`
		} `nameHint:"NewReportingPeriods"`
	}) (list[ReportingPeriod], error) {
		duties := each(in.Body.Periods, func(p ReportingPeriod) indicator.Duty {
			return indicator.Duty{Period: indicator.Period(p.Period), Due: clock.Day(p.Due)}
		})
		if err := s.Indicators.SetSchedule(ctx, c.actor, in.ID, duties); err != nil {
			return list[ReportingPeriod]{}, moved(err, func(field string) string {
				for i, p := range in.Body.Periods {
					if field == "due-"+p.Period {
						return place("body.periods", i, "due")
					}
				}
				return "body.periods"
			})
		}
		schedule, err := s.Indicators.Schedule(ctx, s.DB, in.ID)
		return list[ReportingPeriod]{Items: each(schedule, reportingPeriodOf)}, err
	})
	register(s, route{
		id: "list-reporting", tag: tagTargets, method: http.MethodGet, path: "/cluster-years/{id}/reporting", scopes: scopes{access.ClusterRead},
		says: "Đơn vị nào đã báo cáo kỳ nào, đúng hạn, muộn hay quá hạn",
	}, func(ctx context.Context, c *call, in *idPath) (list[UnitReporting], error) {
		if _, err := s.Years.See(ctx, c.actor, in.ID); err != nil {
			return list[UnitReporting]{}, err
		}
		schedule, err := s.Indicators.Schedule(ctx, s.DB, in.ID)
		if err != nil {
			return list[UnitReporting]{}, err
		}
		lines, err := s.Indicators.Progress(ctx, s.DB, in.ID)
		return list[UnitReporting]{Items: each(indicator.Punctual(lines, schedule, clock.Today(s.Clock)), func(u indicator.UnitReports) UnitReporting {
			return UnitReporting{u.Unit, each(u.Periods, func(p indicator.UnitPeriod) UnitPeriodReported {
				return UnitPeriodReported{reportingPeriodOf(p.Duty), p.Want, p.Have, string(p.Last), string(p.Kept), p.Days}
			})}
		})}, err
	})
	register(s, route{
		id: "list-ambition", tag: tagTargets, method: http.MethodGet, path: "/draft-versions/{id}/ambition", scopes: scopes{access.ClusterRead},
		says: "Mức đặt từng chỉ tiêu của một bản giao ước, bên cạnh năm trước và nơi khác",
	}, func(ctx context.Context, c *call, in *idPath) (list[Ambition], error) {
		_, v, err := s.covenantVersion(ctx, c, in.ID)
		if err != nil {
			return list[Ambition]{}, err
		}
		all, err := s.Covenants.Ambitions(ctx, s.DB, v)
		return list[Ambition]{Items: each(all, c.ambition)}, err
	})
	register(s, route{
		id: "explain-target", tag: tagTargets, method: http.MethodPut, path: "/targets/{id}/reason", scopes: scopes{access.DraftComment},
		says: "Giải trình vì sao một chỉ tiêu đặt ở mức này", about: "Của đơn vị có chỉ tiêu, hoặc của đơn vị trưởng.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Text    string `json:"text" minLength:"1" maxLength:"2000"`
			Version int64  `json:"version" doc:"Số phiên bản của giải trình đã đọc; 0 khi chưa có."`
		} `nameHint:"NewTargetReason"`
	}) (TargetReason, error) {
		r, err := s.Covenants.Explain(ctx, c.actor, in.ID, in.Body.Version, in.Body.Text)
		return reasonOf(r, true), err
	})
}
