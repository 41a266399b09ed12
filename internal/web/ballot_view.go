package web

import (
	"math/big"
	"slices"

	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/locale"
)

// pollView is a vote on the page of its meeting.
type pollView struct {
	ballot.View
	Path    string // of its actions, below the meeting
	Count   string // where its votes are entered; "" where the reader may not, or not now
	Run     bool
	Tone    string
	WayName string
	Seated  locale.Text // how many are chosen
	Kind    string      // name of the award
	Needs   locale.Text
	Result  locale.Text
	Rows    []verdictRow
	Ties    []Option // nominees level at the last seat
	Left    int      // seats left open
	Again   int      // nominees of a further ballot; 0 where there can be none
	Later   bool     // a further ballot is there
	Letters bool     // the table has a column of written opinions
	Panel   []Option // who may be named to count on paper; empty where nobody is named now
	Counts  []tellerSeat
	Earlier []locale.Text // counts that were corrected before both agreed
}

// tellerSeat is one of the two who count on paper.
type tellerSeat struct {
	Label        locale.Text
	Unit, Person string // fields of the form
	Now          ballot.NamedTeller
}

type verdictRow struct {
	ballot.Verdict
	Name  string
	Share string // of the base, in percent
	Short int    // votes missing
	Word  string
	Tone  string
	Unit  bool
}

var pollTones = map[ballot.State]string{ballot.Open: "gold", ballot.Counted: "good", ballot.Prepared: "info"}

// wayName says how people vote.
func wayName(w ballot.Way) string {
	switch w {
	case ballot.ByHands:
		return "Biểu quyết giơ tay"
	case ballot.OnPaper:
		return "Bỏ phiếu giấy"
	}
	return string(w)
}

func wayOptions() []Option {
	return []Option{
		{Value: string(ballot.ByHands), Text: wayName(ballot.ByHands), Hint: "Người chủ trì đếm và nhập kết quả một lần."},
		{Value: string(ballot.OnPaper), Text: wayName(ballot.OnPaper), Hint: "Hai người kiểm phiếu đếm riêng, nhập riêng; hai bên khớp mới có kết quả."},
	}
}

// seated says how many are chosen.
func seated(p ballot.Poll) locale.Text {
	switch {
	case p.Seats > 0:
		return locale.Msg("chọn {.n}", "n", p.Seats)
	case p.Purpose.Texts():
		return locale.Text{}
	}
	return locale.Msg("chọn mọi đơn vị đủ phiếu")
}

// pollView makes the view of a poll on the meeting's page.
func (s *Server) pollView(q *Req, v ballot.View, m *meetingView) (pollView, error) {
	p := pollView{
		View: v, Path: m.Path + "/phieu/" + v.ID, Run: m.Run, Tone: pollTones[v.State], WayName: wayName(v.Way), Seated: seated(v.Poll),
		Needs: v.Need(), Result: v.Words(),
	}
	if v.AwardKind != "" {
		for _, k := range m.awards {
			if k.Value == v.AwardKind {
				p.Kind = k.Text
			}
		}
	}
	if v.State == ballot.Open && m.Run && v.Way == ballot.ByHands {
		p.Count = countPath(v.ID)
	} else if v.State == ballot.Open && v.Way == ballot.OnPaper && !m.M.Over() {
		may, err := s.Ballots.MayCount(q.Ctx(), q.Actor, v.Poll)
		if err != nil {
			return p, err
		}
		if may {
			p.Count = countPath(v.ID)
		}
	}
	for _, t := range v.Earlier {
		p.Earlier = append(p.Earlier, v.Telling(t))
	}
	if err := s.tellerChoices(q, &p, m); err != nil {
		return p, err
	}
	p.Rows = verdictRows(v)
	p.Letters = slices.ContainsFunc(v.Verdicts, func(d ballot.Verdict) bool { return d.Written > 0 })
	p.Left = ballot.Left(v.Seats, v.Verdicts)
	p.Later = slices.ContainsFunc(m.polls(), func(o ballot.View) bool { return o.PreviousID == v.ID && o.State != ballot.Cancelled })
	if v.State != ballot.Counted || p.Later || v.Settled != "" || v.Seats > 0 && p.Left == 0 {
		return p, nil
	}
	tie := v.Tied()
	for i, d := range v.Verdicts {
		if d.Tied {
			p.Ties = append(p.Ties, Option{Value: d.Nominee, Text: v.Names[i].Name})
		}
		if tie && d.Tied || !tie && !d.Chosen {
			p.Again++
		}
	}
	return p, nil
}

// tellerChoices are the two seats of who counts on paper, and whom the reader may
// still name.
func (s *Server) tellerChoices(q *Req, p *pollView, m *meetingView) error {
	if p.Way != ballot.OnPaper {
		return nil
	}
	for seat := 1; seat <= 2; seat++ {
		one := tellerSeat{Label: locale.Msg("Người kiểm phiếu thứ {.n}: đơn vị", "n", seat), Unit: ballot.TellerField(seat), Person: ballot.TellerField(seat) + "-person"}
		for _, t := range p.Named {
			if t.Seat == seat {
				one.Now = t
			}
		}
		p.Counts = append(p.Counts, one)
	}
	if !m.Run || m.M.Over() || p.State != ballot.Prepared && (p.State != ballot.Open || len(p.Tellers) > 0) {
		return nil
	}
	units, err := s.Ballots.Candidates(q.Ctx(), s.DB, p.Poll)
	if err != nil {
		return err
	}
	p.Panel = []Option{{Text: "Chọn đơn vị"}}
	for i, u := range units {
		o := Option{Value: u.ID, Text: u.Name}
		if i == len(units)-1 {
			o.Text = q.T("Cơ quan thường trực ({.organiser})", "organiser", u.Short)
		}
		p.Panel = append(p.Panel, o)
	}
	return nil
}

func verdictRows(v ballot.View) []verdictRow {
	var rows []verdictRow
	for i, n := range v.Nominees {
		row := verdictRow{Name: v.Names[i].Name, Unit: n.UnitID != ""}
		if i < len(v.Verdicts) {
			row.Verdict = v.Verdicts[i]
			row.Share = percentOf(row.Votes, row.Base)
			row.Short = max(row.Needed-row.Votes, 0)
			row.Word, row.Tone = verdictWord(v, row.Verdict)
		}
		rows = append(rows, row)
	}
	return rows
}

// percentOf is part of whole in percent, as plain text, rounded as percentages are
// everywhere.
func percentOf(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return indicator.Percent(big.NewRat(int64(part)*100, int64(whole)), indicator.Decimals)
}
