package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
)

// Progress is every target of the adopted covenant with what was reported on it.
type Progress struct {
	Items []TargetProgress `json:"items"`
	Tally map[string]int   `json:"tally" doc:"Số chỉ tiêu theo kết quả."`
}

// Verdict is how a figure stands to its target.
type Verdict struct {
	Status  string `json:"status" enum:"met,exceeded,likely,at_risk,short,none" doc:"Đạt, vượt, có khả năng, nguy cơ, chưa đạt, chưa có số liệu."`
	Percent string `json:"percent,omitempty" doc:"Phần trăm đạt được, cắt còn một chữ số thập phân; không có khi phần trăm không có nghĩa."`
}

func verdictOf(v indicator.Verdict) Verdict { return Verdict{string(v.Status), v.PercentText()} }

// TargetProgress is one target.
type TargetProgress struct {
	Target   CovenantTarget `json:"target"`
	Reporter string         `json:"reporter" doc:"Mã đơn vị báo cáo số liệu."`
	Figure   *Figure        `json:"figure,omitempty" doc:"Số liệu nói nhiều nhất về năm."`
	Before   *Figure        `json:"before,omitempty" doc:"Kết quả năm trước; không có mã (id) khi là số cộng từ các đơn vị cũ."`
	Origin   *FigureOrigin  `json:"before_origin,omitempty" doc:"Kết quả năm trước lấy từ đâu, khi lúc đó đơn vị chưa phải như bây giờ."`
	Forecast *Forecast      `json:"forecast,omitempty" doc:"Dự báo cả năm; không có khi chưa có số liệu hoặc đã có số cả năm."`
	Flags    []Flag         `json:"flags,omitempty" doc:"Những chỗ cần xem lại."`
	Verdict
}

// Series is the same indicators over years.
type Series struct {
	Years []int         `json:"years"`
	Items []SeriesTrack `json:"items"`
}

// SeriesTrack is an indicator over the years.
type SeriesTrack struct {
	IndicatorID string       `json:"indicator_id" doc:"Chỉ tiêu trong danh mục chung của các năm."`
	Name        string       `json:"name"`
	Unit        string       `json:"unit,omitempty" doc:"Đơn vị tính."`
	Cells       []SeriesCell `json:"cells" doc:"Mỗi năm một ô, theo thứ tự của years."`
}

// SeriesCell is an indicator in one year.
type SeriesCell struct {
	Year   int           `json:"year"`
	Goal   *GoalFields   `json:"goal,omitempty" doc:"Chỉ tiêu của năm."`
	From   string        `json:"from,omitempty" enum:"movement,covenant" doc:"Chỉ tiêu lấy từ phong trào hay giao ước."`
	Figure *Figure       `json:"figure,omitempty" doc:"Số liệu nói nhiều nhất về năm."`
	Origin *FigureOrigin `json:"origin,omitempty" doc:"Số liệu lấy từ đâu, khi lúc đó đơn vị chưa phải như bây giờ."`
	Verdict
}

// FigureOrigin says where a unit's figure of an earlier time comes from, when
// the unit was not then what it is now.
type FigureOrigin struct {
	Sum     bool         `json:"sum" doc:"Số liệu là tổng đúng của các phần; không ai báo cáo số tổng này."`
	Parts   []OriginPart `json:"parts" doc:"Các đơn vị cùng nhau là đơn vị này."`
	Wholes  []OriginPart `json:"wholes" doc:"Các đơn vị mà đơn vị này được tách từ đó: để tham khảo, không cộng."`
	Changes []string     `json:"changes" doc:"Các thay đổi tổ chức từ lúc đó, mới nhất trước."`
	Why     string       `json:"why,omitempty" enum:"not_additive,part_missing,former_whole" doc:"Vì sao không cộng: tỷ lệ, bình quân, mức tăng giảm; thiếu số của một đơn vị; có phần khi đó thuộc đơn vị lớn hơn."`
}

// OriginPart is the figure of one of several units.
type OriginPart struct {
	UnitID string  `json:"unit_id"`
	Figure *Figure `json:"figure,omitempty" doc:"Không có khi đơn vị không báo cáo."`
}

func originOf(o *indicator.Origin) *FigureOrigin {
	if o == nil {
		return nil
	}
	part := func(s indicator.Share) OriginPart { return OriginPart{s.UnitID, figureMaybe(s.Figure)} }
	return &FigureOrigin{o.Sum, each(o.Parts, part), each(o.Wholes, part), each(o.Steps, func(s org.Step) string { return s.ID }), string(o.Why)}
}

func figureMaybe(f *indicator.Figure) *Figure {
	if f == nil {
		return nil
	}
	one := figureOf(*f)
	return &one
}

func (s *server) progress() {
	register(s, route{
		id: "get-progress", tag: tagTargets, method: http.MethodGet, path: "/cluster-years/{id}/progress", scopes: scopes{access.ClusterRead},
		says: "Tiến độ từng chỉ tiêu của giao ước",
	}, func(ctx context.Context, c *call, in *struct {
		ID string `path:"id"`
		To string `query:"to" enum:"H1,Y,Q1,Q2,Q3,Q4,M01,M02,M03,M04,M05,M06,M07,M08,M09,M10,M11,M12" default:"Y" doc:"Tính đến hết kỳ này."`
	}) (Progress, error) {
		if _, err := s.Years.See(ctx, c.actor, in.ID); err != nil {
			return Progress{}, err
		}
		lines, err := s.Indicators.ProgressTo(ctx, s.DB, in.ID, indicator.Period(in.To))
		if err != nil {
			return Progress{}, err
		}
		schedule, err := s.Indicators.Schedule(ctx, s.DB, in.ID)
		if err != nil {
			return Progress{}, err
		}
		flags := indicator.Raise(lines, schedule, clock.Today(s.Clock), nil)
		out := Progress{Tally: map[string]int{}, Items: each(lines, func(l indicator.Line) TargetProgress {
			fields, origin := goalOf(l.Goal)
			return TargetProgress{
				Target:   CovenantTarget{l.ID, l.Aim.Version, l.Place, l.UnitID, l.ReporterID, fields, origin},
				Reporter: l.Reporter, Figure: figureMaybe(l.Figure), Before: figureMaybe(l.Before), Origin: originOf(l.Origin), Forecast: forecastOf(l), Flags: c.flags(flags[l.ID]), Verdict: verdictOf(l.Verdict),
			}
		})}
		for status, n := range indicator.Tally(lines) {
			out.Tally[string(status)] = n
		}
		return out, nil
	})
	register(s, route{
		id: "get-series", tag: tagTargets, method: http.MethodGet, path: "/cluster-years/{id}/series", scopes: scopes{access.ClusterRead},
		says: "Cùng một chỉ tiêu qua các năm của cụm, khối",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Unit string `query:"unit_id" doc:"Chỉ tiêu riêng của một thành viên; của cả cụm, khối nếu không ghi."`
	}) (Series, error) {
		y, err := s.Years.See(ctx, c.actor, in.ID)
		if err != nil {
			return Series{}, err
		}
		// Only the years that the actor may see: members come and go.
		years, err := s.Years.YearsOf(ctx, s.DB, y.ClusterID)
		if err != nil {
			return Series{}, err
		}
		seen := []int{}
		for _, of := range years {
			ok, err := s.Gate.Can(ctx, s.DB, c.actor, access.ClusterRead, access.Record{Year: of.ID})
			if err != nil {
				return Series{}, err
			}
			if ok {
				seen = append(seen, of.Year)
			}
		}
		all, err := s.Indicators.Series(ctx, s.DB, indicator.Scope{ClusterID: y.ClusterID, UnitID: in.Unit}, seen...)
		return Series{Years: filled(all.Years), Items: each(all.Rows, func(t indicator.Track) SeriesTrack {
			return SeriesTrack{t.Indicator.ID, t.Indicator.Name, t.Indicator.Unit, each(t.Cells, func(x indicator.Cell) SeriesCell {
				cell := SeriesCell{Year: x.Year, From: x.From, Figure: figureMaybe(x.Figure), Origin: originOf(x.Origin), Verdict: verdictOf(x.Verdict)}
				if x.Goal != nil {
					fields, _ := goalOf(*x.Goal)
					cell.Goal = &fields
				}
				return cell
			})}
		})}, err
	})
}
