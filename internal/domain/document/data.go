package document

import (
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Data is everything a paper may say, as text in its printed form, gathered
// from the rooms at one moment. It is archived with the paper, so that every
// printed figure can be traced to what it rested on.
type Data struct {
	Year         int
	Cluster      string // full name of the year
	Word         string // "Khối" or "Cụm"
	Organiser    string
	LeaderID     string
	Leader       string
	LeaderParent string
	Deputy       string
	LeaderBasis  string
	Members      []Party
	Movement     string
	Theme        string
	Targets      []Target
	Clauses      []string // the covenant's text, a line each
	Signed       []Signed
	Criteria     []string // heads of the score columns
	Standing     []Place
	Provisional  bool
	Meeting      *Meeting
	Poll         *Poll
	Nominations  []Nomination
	NextLeader   string
	NextDeputy   string
	Illustrative bool // holds invented figures, and must say so
}

// Party is a member.
type Party struct{ Name, Office string }

// Target is a row of the table of targets.
type Target struct {
	Name, Unit, Plan, Result, Ratio, Status string
	FigureID                                string
	Period                                  string // of the result, where it is not the whole year
	Reached                                 bool
	Illustrative                            bool
}

// Place is a row of the ranking.
type Place struct {
	Rank, Unit, Self, Check, Agreed, Note string
	Groups                                []string
}

// Signed is a signature under the covenant.
type Signed struct{ Unit, Signer, Position, Mandate, At string }

// Meeting is what minutes tell.
type Meeting struct {
	Title, Place, Start, End, Chair, Secretary string
	Day                                        clock.Day
	Present, Absent, Substitutes               []string
	Quorum                                     string
	Items                                      []Item
	Opinions                                   string
	Polls                                      []Poll
	Closed                                     bool
	Reviews                                    bool // awards are agreed on there
}

// Item is an item of the agenda with what came of it.
type Item struct{ Title, Resolution string }

// Poll is a vote with its count.
type Poll struct {
	Title, Way, Threshold                               string
	Entitled, Present, Issued, Returned, Valid, Invalid string
	Paper                                               bool
	Tellers                                             []string
	Recounts                                            []string // counts that were corrected before the two agreed
	Lines                                               []Line
	Outcome                                             string
	Counted                                             bool
	Texts                                               bool // texts are voted on, not units
}

// Line is a nominee's count.
type Line struct{ Name, Yes, No, Share, Outcome string }

// Nomination is a row of the list of proposals.
type Nomination struct {
	Award, Unit, Rank, Points, Votes, Grounds string
	Quantity                                  int // awards that the row stands for
}

// day is the day that a paper bears whenever it is issued: minutes bear that of
// their meeting.
func (d Data) day(k Kind) (clock.Day, bool) {
	if (k == Minutes || k == Count) && d.Meeting != nil && d.Meeting.Day != "" {
		return d.Meeting.Day, true
	}
	return "", false
}

// ready says what is missing for the paper to be issued.
func (d Data) ready(k Kind) error {
	switch k {
	case Minutes:
		if d.Meeting == nil || !d.Meeting.Closed {
			return fault.New(fault.Conflict, "Chưa ban hành biên bản được vì hội nghị chưa kết thúc. Hãy kết thúc hội nghị rồi làm lại.")
		}
	case Report:
		if len(d.Standing) == 0 {
			return fault.New(fault.Conflict, "Chưa ban hành báo cáo tổng kết được vì chưa chốt điểm và xếp hạng.")
		}
	case Proposal:
		if len(d.Nominations) == 0 {
			return fault.New(fault.Conflict, "Chưa có đề nghị khen thưởng nào để trình.")
		}
	case Count:
		if d.Poll == nil || !d.Poll.Counted {
			return fault.New(fault.Conflict, "Chưa in biên bản kiểm phiếu được vì cuộc bỏ phiếu chưa kiểm xong.")
		}
	case Covenant:
		if len(d.Clauses) == 0 {
			return fault.New(fault.Conflict, "Chưa có bản giao ước được thông qua.")
		}
	}
	return nil
}
