package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/workbook"
)

// paperRoutes: movements; the papers, the covenant and the figures of a year.
var paperRoutes = []route{
	{"GET " + movementsPath, SignedIn, (*Server).movementList, 0},
	{"GET " + movementsPath + "/excel", SignedIn, (*Server).movementListExcel, 0},
	{"GET " + movementsPath + "/moi", access.MovementLaunch, (*Server).movementNew, 0},
	{"POST " + movementsPath + "/moi", access.MovementLaunch, (*Server).movementCreate, 0},
	{"GET " + movementsPath + "/{id}", SignedIn, (*Server).movementShow, 0},
	{"GET " + movementsPath + "/{id}/excel", SignedIn, (*Server).movementExcel, 0},
	{"GET " + movementsPath + "/{id}/sua", access.MovementLaunch, (*Server).movementEdit, 0},
	{"POST " + movementsPath + "/{id}/sua", access.MovementLaunch, (*Server).movementSave, 0},
	{"POST " + movementsPath + "/{id}/phat-dong", access.MovementLaunch, (*Server).movementLaunch, 0},
	{"POST " + movementsPath + "/{id}/huong-ung", access.MovementRespond, (*Server).movementRespond, 0},
	{"GET " + movementsPath + "/{id}/chi-tieu/{target}", access.MovementLaunch, (*Server).movementTarget, 0},
	{"POST " + movementsPath + "/{id}/chi-tieu/{target}", access.MovementLaunch, (*Server).movementTargetSave, 0},
	{"POST " + movementsPath + "/{id}/chi-tieu/{target}/bo", access.MovementLaunch, (*Server).movementTargetRemove, 0},

	{"GET /nam/{year}/van-ban", access.ClusterRead, (*Server).paperList, 0},
	{"GET /nam/{year}/van-ban/{kind}", access.ClusterRead, (*Server).paperShow, 0},
	{"GET /nam/{year}/van-ban/{kind}/soan", access.DraftWrite, (*Server).paperForm, 0},
	{"POST /nam/{year}/van-ban/{kind}/soan", access.DraftWrite, (*Server).paperSave, 0},
	{"GET /nam/{year}/van-ban/{kind}/so-sanh", access.ClusterRead, (*Server).paperCompare, 0},
	{"GET /nam/{year}/van-ban/{kind}/excel", access.ClusterRead, (*Server).paperExcel, 0},
	{"POST /nam/{year}/van-ban/{kind}/gui", access.DraftWrite, (*Server).paperCirculate, 0},
	{"POST /nam/{year}/van-ban/{kind}/gop-y", access.DraftComment, (*Server).paperComment, 0},
	{"POST /nam/{year}/van-ban/{kind}/tra-loi", access.DraftWrite, (*Server).paperAnswer, 0},
	{"POST /nam/{year}/van-ban/{kind}/thong-qua", access.DraftAdopt, (*Server).paperAdopt, 0},
	{"POST /nam/{year}/van-ban/{kind}/mo-lai", access.DraftAdopt, (*Server).paperReopen, 0},

	{"GET /nam/{year}/giao-uoc", access.ClusterRead, (*Server).covenantShow, 0},
	{"GET /nam/{year}/giao-uoc/excel", access.ClusterRead, (*Server).covenantExcel, 0},
	{"POST /nam/{year}/giao-uoc/ky", access.CovenantSign, (*Server).covenantSign, 0},
	{"POST /nam/{year}/giao-uoc/giao-viec", access.DraftWrite, (*Server).covenantAssign, 0},
	{"GET /nam/{year}/giao-uoc/chi-tieu/{target}", access.DraftWrite, (*Server).covenantTarget, 0},
	{"POST /nam/{year}/giao-uoc/chi-tieu/{target}", access.DraftWrite, (*Server).covenantTargetSave, 0},
	{"POST /nam/{year}/giao-uoc/chi-tieu/{target}/bo", access.DraftWrite, (*Server).covenantTargetRemove, 0},

	{"GET /nam/{year}/tien-do", access.ClusterRead, (*Server).progressShow, 0},
	{"GET /nam/{year}/tien-do/excel", access.ClusterRead, (*Server).progressExcel, 0},
	{"GET /nam/{year}/tien-do/bao-cao", access.FigureReport, (*Server).figureForm, 0},
	{"POST /nam/{year}/tien-do/bao-cao", access.FigureReport, (*Server).figureSave, evidenceLimit},
	{"GET /nam/{year}/tien-do/chi-tieu/{target}", access.ClusterRead, (*Server).figureShow, 0},
	{"POST /nam/{year}/tien-do/chi-tieu/{target}/dinh-chinh", access.FigureReport, (*Server).figureCorrect, 0},
	{"POST /nam/{year}/tien-do/chi-tieu/{target}/minh-chung", access.FigureReport, (*Server).figureAttach, evidenceLimit},
	{"POST /nam/{year}/tien-do/chi-tieu/{target}/rut-minh-chung", access.FigureReport, (*Server).figureDetach, 0},
	{"GET /nam/{year}/tien-do/tep-so-lieu", access.ClusterRead, (*Server).workbookPage, 0},
	{"GET /nam/{year}/tien-do/tep-so-lieu/mau", access.ClusterRead, (*Server).workbookTemplate, 0},
	{"POST /nam/{year}/tien-do/tep-so-lieu", access.FigureReport, (*Server).workbookUpload, workbook.Limit + 1<<20},
	{"GET /nam/{year}/tien-do/tep-so-lieu/{tep}", access.FigureReport, (*Server).workbookShow, 0},
	{"POST /nam/{year}/tien-do/tep-so-lieu/{tep}/cot", access.FigureReport, (*Server).workbookColumns, 0},
	{"POST /nam/{year}/tien-do/tep-so-lieu/{tep}/chon", access.FigureReport, (*Server).workbookChoose, 0},
	{"POST /nam/{year}/tien-do/tep-so-lieu/{tep}/lai", access.FigureReport, (*Server).workbookAgain, 0},
	{"POST /nam/{year}/tien-do/tep-so-lieu/{tep}/ghi", access.FigureReport, (*Server).workbookWrite, 0},
	{"POST /nam/{year}/tien-do/tep-so-lieu/{tep}/bo", access.FigureReport, (*Server).workbookDrop, 0},
	{"GET /nam/{year}/tien-do/nhieu-nam", access.ClusterRead, (*Server).seriesShow, 0},
	{"GET /nam/{year}/tien-do/nhieu-nam/excel", access.ClusterRead, (*Server).seriesExcel, 0},
	{"POST /nam/{year}/tien-do/nhieu-nam/gop", access.IndicatorEdit, (*Server).seriesMerge, 0},
	{"POST /nam/{year}/tien-do/nhieu-nam/tach", access.IndicatorEdit, (*Server).seriesSeparate, 0},

	{"POST /nam/{year}/giao-uoc/sua-doi", access.DraftAdopt, (*Server).covenantAmend, 0},
	{"POST /nam/{year}/giao-uoc/sua-doi/rut", access.DraftAdopt, (*Server).covenantWithdraw, 0},
	{"POST /nam/{year}/giao-uoc/sua-doi/thong-qua", access.DraftAdopt, (*Server).covenantAdoptAmended, 0},
	{"POST /nam/{year}/giao-uoc/ky-sau", access.ClusterMove, (*Server).covenantDefer, 0},
	{"POST /nam/{year}/giao-uoc/thoi-han", access.DraftWrite, (*Server).covenantTerm, 0},
	{"POST /nam/{year}/giao-uoc/tiep-tuc", access.DraftAdopt, (*Server).covenantTakeOver, 0},

	{"POST " + movementsPath + "/{id}/phan-bo", access.MovementLaunch, (*Server).movementShare, 0},
	{"POST " + movementsPath + "/{id}/phan-bo/bo", access.MovementLaunch, (*Server).movementShareRemove, 0},

	{"GET /nam/{year}/tien-do/tinh-hinh", access.ClusterRead, (*Server).reportingShow, 0},
	{"POST /nam/{year}/tien-do/tinh-hinh/nhac", access.ClusterPlan, (*Server).reportingRemind, 0},
	{"GET /nam/{year}/tien-do/ky-bao-cao", access.ClusterPlan, (*Server).scheduleForm, 0},
	{"POST /nam/{year}/tien-do/ky-bao-cao", access.ClusterPlan, (*Server).scheduleSave, 0},
	{"POST /nam/{year}/tien-do/nhac-han", access.ClusterPlan, (*Server).planSave, 0},
	{"GET /nam/{year}/tien-do/canh-bao", access.ClusterRead, (*Server).flaggedShow, 0},
	{"GET /nam/{year}/tien-do/so-sanh/{indicator}", access.ClusterRead, (*Server).progressCompare, 0},
	{"POST /nam/{year}/giao-uoc/giai-trinh", access.DraftComment, (*Server).ambitionExplain, 0},
}
