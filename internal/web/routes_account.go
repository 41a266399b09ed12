package web

import "github.com/thidua/thidua/internal/domain/access"

const (
	signInPath   = "/dang-nhap"
	setupPath    = "/thiet-lap"
	accountPath  = "/tai-khoan"
	passwordPath = "/tai-khoan/mat-khau"
	adminPath    = "/quan-tri/tai-khoan"
)

// accountRoutes: signing in and out, the own account, and its administration.
var accountRoutes = []route{
	{"GET " + signInPath, Public, (*Server).sessionForm, 0},
	{"POST " + signInPath, Public, (*Server).sessionSignIn, 0},
	{"POST /dang-xuat", Public, (*Server).sessionSignOut, 0},
	{"GET " + setupPath, Public, (*Server).setupForm, 0},
	{"POST " + setupPath, Public, (*Server).setupCreate, 0},

	{"GET " + accountPath, SignedIn, (*Server).accountShow, 0},
	{"POST /tai-khoan/ho-so", SignedIn, (*Server).accountProfile, 0},
	{"GET " + passwordPath, SignedIn, (*Server).passwordForm, 0},
	{"POST " + passwordPath, SignedIn, (*Server).passwordChange, 0},
	{"POST /tai-khoan/phien/{id}/ket-thuc", SignedIn, (*Server).sessionEnd, 0},
	{"POST /tai-khoan/phien/ket-thuc-het", SignedIn, (*Server).sessionEndOthers, 0},
	{"POST /tai-khoan/ma-truy-cap", SignedIn, (*Server).tokenCreate, 0},
	{"POST /tai-khoan/ma-truy-cap/{id}/thu-hoi", SignedIn, (*Server).tokenRevoke, 0},

	{"POST /tai-khoan/thu", SignedIn, (*Server).accountMail, 0},

	{"GET " + lettersPath, access.MailManage, (*Server).adminLetters, 0},
	{"GET " + lettersPath + "/{id}", access.MailManage, (*Server).adminLetter, 0},
	{"POST " + lettersPath + "/gui-lai", access.MailManage, (*Server).adminLettersAgain, 0},
	{"POST " + lettersPath + "/gui-thu", access.MailManage, (*Server).adminLetterTry, 0},
	{"POST " + lettersPath + "/{id}/gui-lai", access.MailManage, (*Server).adminLetterAgain, 0},

	{"GET " + adminPath, access.AccountManage, (*Server).adminAccounts, 0},
	{"GET /quan-tri/tai-khoan/moi", access.AccountManage, (*Server).adminAccountForm, 0},
	{"POST /quan-tri/tai-khoan/moi", access.AccountManage, (*Server).adminAccountCreate, 0},
	{"GET /quan-tri/tai-khoan/{id}", access.AccountManage, (*Server).adminAccount, 0},
	{"POST /quan-tri/tai-khoan/{id}/mat-khau", access.AccountManage, (*Server).adminAccountReset, 0},
	{"POST /quan-tri/tai-khoan/{id}/dong", access.AccountManage, (*Server).adminAccountClose, 0},
	{"POST /quan-tri/tai-khoan/{id}/mo-lai", access.AccountManage, (*Server).adminAccountReopen, 0},
	{"POST /quan-tri/tai-khoan/{id}/phan-cong", access.AccountManage, (*Server).adminAssign, 0},
	{"POST /quan-tri/tai-khoan/{id}/phan-cong/{assignment}/ket-thuc", access.AccountManage, (*Server).adminUnassign, 0},
}
