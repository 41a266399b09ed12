package web

import "github.com/thidua/thidua/internal/domain/access"

// meetingRoutes: the meetings of a year with their roll, agenda and votes, and
// the table that brings scores, votes and proposals together.
var meetingRoutes = []route{
	{"GET /nam/{year}/binh-xet", access.MeetingRead, (*Server).meetingList, 0},
	{"GET /nam/{year}/binh-xet/tong-hop.xlsx", access.MeetingRead, (*Server).standingExport, 0},
	{"GET /nam/{year}/binh-xet/moi", access.MeetingRun, (*Server).meetingForm, 0},
	{"POST /nam/{year}/binh-xet/moi", access.MeetingRun, (*Server).meetingPlan, 0},

	{"GET /hop/{meeting}", access.MeetingRead, (*Server).meetingShow, 0},
	{"GET /hop/{meeting}/sua", access.MeetingRun, (*Server).meetingEdit, 0},
	{"POST /hop/{meeting}/sua", access.MeetingRun, (*Server).meetingReplan, 0},
	{"POST /hop/{meeting}/khai-mac", access.MeetingRun, (*Server).meetingOpen, 0},
	{"POST /hop/{meeting}/be-mac", access.MeetingRun, (*Server).meetingClose, 0},
	{"POST /hop/{meeting}/huy", access.MeetingRun, (*Server).meetingCancel, 0},
	{"POST /hop/{meeting}/y-kien", access.MeetingRun, (*Server).meetingOpinions, 0},
	{"POST /hop/{meeting}/mo-nam", access.MeetingRun, (*Server).meetingNextYear, 0},

	{"GET /hop/{meeting}/diem-danh", access.MeetingRead, (*Server).meetingAnchor, 0},
	{"POST /hop/{meeting}/diem-danh", access.MeetingRun, (*Server).meetingMarkRest, 0},
	{"GET /hop/{meeting}/diem-danh/{unit}", access.MeetingRead, (*Server).meetingAnchor, 0},
	{"POST /hop/{meeting}/diem-danh/{unit}", access.MeetingRun, (*Server).meetingMark, 0},

	{"GET /hop/{meeting}/muc", access.MeetingRead, (*Server).meetingAnchor, 0},
	{"POST /hop/{meeting}/muc", access.MeetingRun, (*Server).itemAdd, 0},
	{"GET /hop/{meeting}/muc/{item}", access.MeetingRead, (*Server).meetingAnchor, 0},
	{"POST /hop/{meeting}/muc/{item}", access.MeetingRun, (*Server).itemEdit, 0},
	{"POST /hop/{meeting}/muc/{item}/xoa", access.MeetingRun, (*Server).itemRemove, 0},
	{"POST /hop/{meeting}/muc/{item}/ket-luan", access.MeetingRun, (*Server).itemResolve, 0},

	{"GET /hop/{meeting}/phieu/moi", access.MeetingRun, (*Server).ballotForm, 0},
	{"POST /hop/{meeting}/phieu/moi", access.MeetingRun, (*Server).ballotPrepare, 0},
	{"GET /hop/{meeting}/phieu/{poll}", access.MeetingRead, (*Server).meetingAnchor, 0},
	{"POST /hop/{meeting}/phieu/{poll}/mo", access.MeetingRun, (*Server).ballotOpen, 0},
	{"POST /hop/{meeting}/phieu/{poll}/to-kiem-phieu", access.MeetingRun, (*Server).ballotTellers, 0},
	{"POST /hop/{meeting}/phieu/{poll}/huy", access.MeetingRun, (*Server).ballotCancel, 0},
	{"POST /hop/{meeting}/phieu/{poll}/lai", access.MeetingRun, (*Server).ballotAgain, 0},
	{"POST /hop/{meeting}/phieu/{poll}/phan-dinh", access.MeetingRun, (*Server).ballotSettle, 0},

	{"GET /phieu/{poll}", access.MeetingRead, (*Server).ballotPlace, 0},
	{"GET /phieu/{poll}/kiem", access.VoteCount, (*Server).ballotCountForm, 0},
	{"POST /phieu/{poll}/kiem", access.VoteCount, (*Server).ballotCount, 0},
}

// meetingPath is the address of a meeting, or of a place on its page.
func meetingPath(id, place string) string {
	if place != "" {
		place = "#" + place
	}
	return "/hop/" + id + place
}

// countPath is where the votes of a poll are entered.
func countPath(poll string) string { return "/phieu/" + poll + "/kiem" }
