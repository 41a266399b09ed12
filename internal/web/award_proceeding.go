package web

import (
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/cluster"
)

// proceedingView is what happened above the cluster, and the form of what comes
// next there.
type proceedingView struct {
	Rows  []proceedingRow
	Await cluster.State // "" where nothing is recorded now, or not by this reader
	Title string        // of the form
	Body  string        // how the form calls who acted
	Hint  string
}

type proceedingRow struct {
	award.Proceeding
	Path string // where it is taken back; "" where it cannot be
}

var proceedingWords = map[cluster.State][3]string{
	cluster.Appraised:    {"Ghi báo cáo thẩm định", "Cơ quan thẩm định", "Ví dụ: Sở Nội vụ"},
	cluster.CouncilVoted: {"Ghi phiên họp Hội đồng", "Hội đồng", "Ví dụ: Hội đồng Thi đua – Khen thưởng tỉnh"},
	cluster.Awarded:      {"Ghi việc trao tặng", "Nơi trao tặng", "Ví dụ: hội nghị tổng kết phong trào thi đua của tỉnh"},
}

func (s *Server) proceedingsOf(q *Req, h YearHead, decides bool) (proceedingView, error) {
	var v proceedingView
	list, err := s.Awards.Proceedings(q.Ctx(), q.Actor, h.Year.ID)
	if err != nil {
		return v, err
	}
	await, ok := award.Awaited(h.Year)
	done := false
	for _, p := range list {
		row := proceedingRow{Proceeding: p}
		if decides && ok && p.State == await && p.Withdrawn == "" {
			row.Path = h.Path("awards") + "/viec/" + p.ID + "/huy"
		}
		v.Rows = append(v.Rows, row)
	}
	if !decides || !ok {
		return v, nil
	}
	for _, m := range h.Next { // the step asks for it while it is missing
		done = done || m.To == await && len(m.Blocks) == 0
	}
	if words := proceedingWords[await]; !done {
		v.Await, v.Title, v.Body, v.Hint = await, words[0], words[1], words[2]
	}
	return v, nil
}

// proceedingRecord enters what happened above the cluster.
func (s *Server) proceedingRecord(q *Req) error {
	f := q.Form()
	p, err := s.Awards.Record(q.Ctx(), q.Actor, award.NewProceeding{
		YearID: q.Path("year"), State: cluster.State(f.Get("state")), Number: f.Get("number"), Day: f.Day("day"), Body: f.Get("body"),
		Members: f.Int("members"), Present: f.Int("present"), Conclusion: f.Text("conclusion"),
	})
	if err != nil {
		return q.Retry(err, s.awardList)
	}
	return q.Redirect(yearPath(q.Path("year"), "awards"), "Đã ghi: {.what}. Năm thi đua chuyển sang bước tiếp theo được.", "what", q.T(p.Name()))
}

// proceedingWithdraw takes it back.
func (s *Server) proceedingWithdraw(q *Req) error {
	f := q.Form()
	if err := s.Awards.WithdrawRecord(q.Ctx(), q.Actor, q.Path("proceeding"), f.Get("reason"), f.Version()); err != nil {
		return q.Retry(err, s.awardList)
	}
	return q.Redirect(yearPath(q.Path("year"), "awards"), "Đã hủy bản ghi; bản ghi và lý do vẫn lưu ở đây.")
}
