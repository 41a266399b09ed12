package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/evidence"
)

// evidenceLimit leaves room for the form around the largest file.
const evidenceLimit = evidence.Limit + 1<<20

// scoreRoutes: the scoring of a year, its checkers and results, evidence, and
// the scoring sheets.
var scoreRoutes = []route{
	{"GET /nam/{year}/cham-diem", access.ScoreRead, (*Server).scoreSummary, 0},
	{"GET /nam/{year}/cham-diem/tong-hop.xlsx", access.ScoreRead, (*Server).scoreSummaryExport, 0},
	{"GET /nam/{year}/cham-diem/do-phan-hoa", access.ScoreOrganise, (*Server).scoreDiscern, 0},
	{"GET /nam/{year}/cham-diem/theo-doi", access.ScoreRead, (*Server).scoreLive, 0},
	{"GET /nam/{year}/cham-diem/phan-cong", access.ScoreRead, (*Server).checkerList, 0},
	{"POST /nam/{year}/cham-diem/phan-cong", access.ScoreOrganise, (*Server).checkerAssign, 0},
	{"POST /nam/{year}/cham-diem/phan-cong/xoay-vong", access.ScoreOrganise, (*Server).checkerRotate, 0},
	{"POST /nam/{year}/cham-diem/chot", access.ScoreOrganise, (*Server).scoreFinalise, 0},
	{"POST /nam/{year}/cham-diem/dieu-kien", access.ScoreAgree, (*Server).scoreMark, 0},
	{"POST /nam/{year}/cham-diem/dong-hang", access.ScoreAgree, (*Server).scoreTie, 0},
	{"GET /nam/{year}/ket-qua/{result}", access.ScoreRead, (*Server).resultShow, 0},

	{"GET /nam/{year}/cham-diem/{unit}", access.ScoreRead, (*Server).scoreGrid, 0},
	{"POST /nam/{year}/cham-diem/{unit}", access.ScoreRead, (*Server).scoreSave, 0}, // by round: score.self, score.check, score.agree
	{"GET /nam/{year}/cham-diem/{unit}/bang.xlsx", access.ScoreRead, (*Server).scoreGridExport, 0},
	{"POST /nam/{year}/cham-diem/{unit}/nop", access.ScoreRead, (*Server).scoreHandIn, 0},
	{"POST /nam/{year}/cham-diem/{unit}/rut", access.ScoreRead, (*Server).scoreWithdraw, 0},
	{"GET /nam/{year}/cham-diem/{unit}/vi-sao/{criterion}", access.ScoreRead, (*Server).scoreWhy, 0},
	{"GET /nam/{year}/cham-diem/{unit}/thu/{criterion}", access.ScoreRead, (*Server).scoreWhatIf, 0},
	{"POST /nam/{year}/cham-diem/{unit}/vi-sao/{criterion}/giai-trinh", access.ScoreExplain, (*Server).scoreExplain, 0},
	{"POST /nam/{year}/cham-diem/{unit}/vi-sao/{criterion}/kien-nghi", access.ScoreExplain, (*Server).scoreAppeal, 0},
	{"POST /nam/{year}/cham-diem/{unit}/vi-sao/{criterion}/tra-loi", access.ScoreAgree, (*Server).scoreAnswer, 0},
	{"POST /nam/{year}/cham-diem/{unit}/vi-sao/{criterion}/minh-chung", access.EvidenceAttach, (*Server).scoreAttach, evidenceLimit},
	{"POST /nam/{year}/cham-diem/{unit}/vi-sao/{criterion}/dung-lai", access.EvidenceAttach, (*Server).scoreReuse, 0},
	{"POST /nam/{year}/cham-diem/{unit}/vi-sao/{criterion}/rut", access.EvidenceAttach, (*Server).scoreDetach, 0},

	{"GET /nam/{year}/bang-diem", access.ClusterRead, (*Server).sheetShow, 0},
	{"GET /nam/{year}/bang-diem/bang.xlsx", access.ClusterRead, (*Server).sheetExport, 0},
	{"GET /nam/{year}/bang-diem/moi", access.SheetEdit, (*Server).sheetNew, 0},
	{"POST /nam/{year}/bang-diem/moi", access.SheetEdit, (*Server).sheetCreate, 0},
	{"GET /nam/{year}/bang-diem/nhap", access.SheetEdit, (*Server).sheetImportForm, 0},
	{"POST /nam/{year}/bang-diem/nhap", access.SheetEdit, (*Server).sheetImportRead, sheetForm},
	{"POST /nam/{year}/bang-diem/nhap/ghi", access.SheetEdit, (*Server).sheetImport, sheetForm},
	{"GET /nam/{year}/bang-diem/so-sanh", access.ClusterRead, (*Server).sheetCompare, 0},
	{"GET /nam/{year}/thu-vien-bang-diem", access.ClusterRead, (*Server).sheetLibrary, 0},
	{"GET /nam/{year}/thu-vien-bang-diem/{model}", access.ClusterRead, (*Server).sheetModel, 0},
	{"POST /nam/{year}/thu-vien-bang-diem", access.SheetEdit, (*Server).sheetLend, 0},
	{"GET /nam/{year}/bang-diem/{version}/sua", access.SheetEdit, (*Server).sheetEdit, 0},
	{"POST /nam/{year}/bang-diem/{version}/sua", access.SheetEdit, (*Server).sheetSave, 0},

	{"GET /minh-chung/{attachment}", access.ClusterRead, (*Server).evidenceOpen, 0},
}
