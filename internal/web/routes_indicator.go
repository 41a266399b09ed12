package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/evidence"
)

const indicatorsPath = "/chi-tieu"

// indicatorRoutes: the catalogue of what is measured, which outlives every year.
var indicatorRoutes = []route{
	{"GET " + indicatorsPath, SignedIn, (*Server).indicatorList, 0},
	{"GET " + indicatorsPath + "/danh-muc.xlsx", SignedIn, (*Server).indicatorExport, 0},
	{"GET " + indicatorsPath + "/mau.xlsx", SignedIn, (*Server).indicatorTemplate, 0},
	{"GET " + indicatorsPath + "/moi", access.IndicatorEdit, (*Server).indicatorForm, 0},
	{"POST " + indicatorsPath + "/moi", access.IndicatorEdit, (*Server).indicatorCreate, 0},
	{"GET " + indicatorsPath + "/nhap", access.IndicatorEdit, (*Server).indicatorImportForm, 0},
	{"POST " + indicatorsPath + "/nhap", access.IndicatorEdit, (*Server).indicatorImportCheck, evidence.Limit},
	{"POST " + indicatorsPath + "/nhap/ghi", access.IndicatorEdit, (*Server).indicatorImport, 0},
	{"POST " + indicatorsPath + "/gop", access.IndicatorEdit, (*Server).indicatorMerge, 0},
	{"POST " + indicatorsPath + "/khac-nhau", access.IndicatorEdit, (*Server).indicatorApart, 0},
	{"GET " + indicatorsPath + "/{indicator}", SignedIn, (*Server).indicatorShow, 0},
	{"GET " + indicatorsPath + "/{indicator}/sua", access.IndicatorEdit, (*Server).indicatorEdit, 0},
	{"POST " + indicatorsPath + "/{indicator}/sua", access.IndicatorEdit, (*Server).indicatorSave, 0},
	{"POST " + indicatorsPath + "/{indicator}/tach", access.IndicatorEdit, (*Server).indicatorSeparate, 0},
}
