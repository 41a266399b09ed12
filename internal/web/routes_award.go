package web

import "github.com/thidua/thidua/internal/domain/access"

const rulesPath = "/quy-dinh"

// awardRoutes: what a year proposes and what was decided; the rulebook.
var awardRoutes = []route{
	{"GET /nam/{year}/khen-thuong", access.ClusterRead, (*Server).awardList, 0},
	{"GET /nam/{year}/khen-thuong/danh-sach.xlsx", access.ClusterRead, (*Server).awardExport, 0},
	{"GET /nam/{year}/khen-thuong/de-nghi", access.AwardPropose, (*Server).awardForm, 0},
	{"POST /nam/{year}/khen-thuong/de-nghi", access.AwardPropose, (*Server).awardPropose, 0},
	{"POST /nam/{year}/khen-thuong/rut/{nomination}", access.AwardPropose, (*Server).awardWithdraw, 0},
	{"POST /nam/{year}/khen-thuong/viec", access.AwardDecide, (*Server).proceedingRecord, 0},
	{"POST /nam/{year}/khen-thuong/viec/{proceeding}/huy", access.AwardDecide, (*Server).proceedingWithdraw, 0},
	{"GET /nam/{year}/khen-thuong/quyet-dinh", access.AwardDecide, (*Server).decisionForm, 0},
	{"POST /nam/{year}/khen-thuong/quyet-dinh", access.AwardDecide, (*Server).decisionRecord, 0},
	{"POST /nam/{year}/khen-thuong/quyet-dinh/{decision}/huy", access.AwardDecide, (*Server).decisionRevoke, 0},

	{"GET " + rulesPath, SignedIn, (*Server).ruleList, 0},
	{"GET " + rulesPath + "/danh-sach.xlsx", SignedIn, (*Server).ruleExport, 0},
	{"GET " + rulesPath + "/moi", access.RuleEdit, (*Server).ruleForm, 0},
	{"POST " + rulesPath + "/moi", access.RuleEdit, (*Server).ruleAdd, 0},
	{"GET " + rulesPath + "/{rule}", SignedIn, (*Server).ruleShow, 0},
	{"POST " + rulesPath + "/{rule}/ket-thuc", access.RuleEdit, (*Server).ruleEnd, 0},
	{"POST " + rulesPath + "/{rule}/xac-minh", access.RuleEdit, (*Server).ruleVerify, 0},
}
