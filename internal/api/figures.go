package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Figure is a reported result. A correction is a new figure.
type Figure struct {
	ID           string `json:"id"`
	Version      int64  `json:"version"`
	IndicatorID  string `json:"indicator_id" doc:"Chỉ tiêu trong danh mục chung của các năm."`
	UnitID       string `json:"unit_id,omitempty" doc:"Đơn vị có kết quả; không có khi là của cả cụm, khối."`
	ReporterID   string `json:"reporter_id" doc:"Đơn vị báo cáo số liệu."`
	Year         int    `json:"year" doc:"Năm của số liệu."`
	Period       string `json:"period" doc:"H1: 6 tháng; Y: cả năm; Q1 đến Q4; M01 đến M12. Lũy kế từ đầu năm."`
	Amount       string `json:"amount" doc:"Con số chính xác, theo đơn vị tính."`
	Unit         string `json:"unit" doc:"Đơn vị tính."`
	BaseAmount   string `json:"base_amount" doc:"Con số theo đơn vị gốc."`
	BaseUnit     string `json:"base_unit" doc:"Đơn vị gốc."`
	Source       string `json:"source,omitempty" doc:"Nguồn số liệu."`
	Note         string `json:"note,omitempty"`
	Illustrative bool   `json:"illustrative,omitempty" doc:"Số liệu chỉ để minh họa."`
	At           string `json:"at" format:"date-time"`
	SupersededBy string `json:"superseded_by,omitempty" doc:"Số liệu đã thay số này."`
	Reason       string `json:"reason,omitempty" doc:"Lý do đính chính."`
}

// NewFigure is a figure to be reported on a target.
type NewFigure struct {
	TargetID     string `json:"target_id" minLength:"1" doc:"Chỉ tiêu của giao ước đã thông qua."`
	Year         int    `json:"year,omitempty" doc:"Năm của số liệu; năm thi đua nếu không ghi."`
	Period       string `json:"period" minLength:"1" doc:"H1: 6 tháng; Y: cả năm; Q1 đến Q4; M01 đến M12. Lũy kế từ đầu năm."`
	Amount       string `json:"amount" maxLength:"60" pattern:"^-?[0-9]+([.][0-9]+)?$" patternDescription:"decimal" doc:"Con số chính xác, theo đơn vị tính; của mức giảm thì mang dấu trừ."`
	Unit         string `json:"unit,omitempty" maxLength:"60" doc:"Đơn vị tính; của chỉ tiêu nếu không ghi."`
	Source       string `json:"source,omitempty" maxLength:"500" doc:"Nguồn số liệu."`
	Note         string `json:"note,omitempty" maxLength:"2000"`
	Illustrative bool   `json:"illustrative,omitempty" doc:"Số liệu chỉ để minh họa."`
	Sure         bool   `json:"sure,omitempty" doc:"Đã kiểm tra một số trông có vẻ sai."`
}

func (n NewFigure) report() indicator.Report {
	return indicator.Report{
		TargetID: n.TargetID, Year: n.Year, Period: indicator.Period(n.Period), Amount: n.Amount, Unit: n.Unit, Source: n.Source, Note: n.Note,
		Illustrative: n.Illustrative, Sure: n.Sure, Lang: locale.English, // in which a point is no thousands mark
	}
}

func figureOf(f indicator.Figure) Figure {
	return Figure{
		ID: f.ID, Version: f.Version, IndicatorID: f.IndicatorID, UnitID: f.UnitID, ReporterID: f.ReporterID, Year: f.Year, Period: string(f.Period),
		Amount: f.Amount, Unit: f.Unit, BaseAmount: f.BaseAmount, BaseUnit: f.BaseUnit, Source: f.Source, Note: f.Note, Illustrative: f.Illustrative,
		At: stamp(f.At), SupersededBy: f.SupersededBy, Reason: f.Reason,
	}
}

func (s *server) figures() {
	register(s, route{
		id: "list-figures", tag: tagTargets, method: http.MethodGet, path: "/cluster-years/{id}/figures", scopes: scopes{access.ClusterRead},
		says: "Mọi số liệu đã báo cáo trong năm thi đua, cả số đã được đính chính, cũ nhất trước",
	}, func(ctx context.Context, c *call, in *idPath) (list[Figure], error) {
		if _, err := s.Years.See(ctx, c.actor, in.ID); err != nil {
			return list[Figure]{}, err
		}
		all, err := s.Indicators.Figures(ctx, s.DB, in.ID)
		return list[Figure]{Items: each(all, figureOf)}, err
	})
	register(s, route{
		id: "report-figures", tag: tagTargets, method: http.MethodPost, path: "/cluster-years/{id}/figures", scopes: scopes{access.FigureReport}, made: true,
		says: "Báo cáo số liệu; nhận tất cả hoặc không nhận gì",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Figures []NewFigure `json:"figures" minItems:"1" maxItems:"500" nullable:"false"`
		} `nameHint:"NewFigures"`
	}) (list[Figure], error) {
		made, err := s.Indicators.ReportAll(ctx, c.actor, in.ID, each(in.Body.Figures, NewFigure.report))
		if err != nil {
			return list[Figure]{}, placed(err, in.Body.Figures)
		}
		return list[Figure]{Items: each(made, figureOf)}, nil
	})
	register(s, route{
		id: "correct-figure", tag: tagTargets, method: http.MethodPost, path: "/figures/{id}/corrections", scopes: scopes{access.FigureReport}, made: true,
		says: "Đính chính một số liệu; số cũ và lý do được giữ lại", about: "Kỳ và năm giữ như số liệu cũ.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Reasoned
			NewFigure
		} `nameHint:"NewCorrection"`
	}) (Figure, error) {
		f, err := s.Indicators.Correct(ctx, c.actor, in.ID, in.Body.Version, in.Body.Reason, in.Body.report())
		return figureOf(f), err
	})
}

// placed gives the faults of several figures their place in the body: the
// domain names them "amount-" and the id of the target. Of two figures on one
// target it does not say which it means.
func placed(err error, figures []NewFigure) error {
	at := map[string][]int{}
	for i, n := range figures {
		at[n.TargetID] = append(at[n.TargetID], i)
	}
	return moved(err, func(field string) string {
		name, id, ok := strings.Cut(field, "-")
		switch {
		case ok && len(at[id]) == 1:
			return place("body.figures", at[id][0], name)
		case ok && len(at[id]) > 1:
			return "body.figures"
		}
		return field
	})
}
