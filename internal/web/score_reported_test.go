package web

import (
	"context"
	"testing"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/db"
)

// ended answers what was reported: where figures come from is tested with the
// room of scores, here is what the pages make of them.
type ended map[indicator.Place]indicator.YearEnd

func (e ended) YearEnds(context.Context, db.Queryer, cluster.Year) (map[indicator.Place]indicator.YearEnd, error) {
	return e, nil
}

// The sheet shows what was reported in its cells, says so, and asks for a reason
// where one scores by another figure.
func TestTheSheetShowsWhatWasReported(t *testing.T) {
	s := newScoreSite(t)
	e, part, err := criteria.EntryOf(criteria.Starter(), "I.1")
	s.Check(err)
	e.Indicator = "chỉ-tiêu"
	body, err := criteria.Put(criteria.Starter(), "I.1", "", part, e)
	s.Check(err)
	s.sheet, err = s.Criteria.Save(context.Background(), s.Leader(), criteria.Edit{At: criteria.Place{Year: s.Year.ID}, ID: s.sheet.ID, Version: s.sheet.Version, Body: body})
	s.Check(err)
	s.adopt()
	s.scores.Follow(ended{{Indicator: "chỉ-tiêu", Unit: s.Units[2].ID}: {Target: "20", Actual: "19"}})

	b := s.as("member")
	b.get(s.path(2)).want(t, 200, `name="I.1|target" value="20"`, `name="I.1|actual" value="19"`, "số liệu báo cáo", "Chỉ tiêu: 20; Kết quả thực hiện: 19", "19,00")
	b.get(s.path(2)+"/vi-sao/I.1?vong=self").want(t, 200, "20 × 19/20 = 19", "Số liệu báo cáo", "Xem tiến độ")
	b.post(s.path(2), cellForm(assessment.Self, "I.1", "0", "20 ¦ 19 ¦ ", "target", "20", "actual", "20")).want(t, 422, "khác số liệu đơn vị đã báo cáo")
	status, st := b.json(t, s.path(2), cellForm(assessment.Self, "I.1", "0", "20 ¦ 19 ¦ ", "target", "20", "actual", "20", "reason", "Tính cả tháng 12"))
	if row := st.Rows["I.1"]; status != 200 || !row.Differs || row.Needs || row.Prior == "" || row.Points[0].Text != "20,00" {
		t.Errorf("%d %+v", status, row)
	}
}
