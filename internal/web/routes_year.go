package web

import "github.com/thidua/thidua/internal/domain/access"

const (
	clustersPath = "/cum-khoi"
	unitsPath    = "/don-vi"
	publicPath   = "/cong-khai"
)

// yearRoutes: clusters and their years, units, what is public.
var yearRoutes = []route{
	{"GET " + clustersPath, SignedIn, (*Server).clusterList, 0},
	{"GET " + clustersPath + "/moi", access.ClusterForm, (*Server).clusterForm, 0},
	{"POST " + clustersPath + "/moi", access.ClusterForm, (*Server).clusterCreate, 0},
	{"GET " + searchPath, Public, (*Server).search, 0},

	{"GET /nam/{year}", access.ClusterRead, (*Server).yearShow, 0},
	{"POST /nam/{year}/chuyen-buoc", access.ClusterMove, (*Server).yearMove, 0},
	{"POST /nam/{year}/lui-buoc", access.ClusterBack, (*Server).yearBack, 0},
	{"POST /nam/{year}/nhac", access.ClusterPlan, (*Server).yearRemind, 0},
	{"POST /nam/{year}/han", access.ClusterPlan, (*Server).yearDeadline, 0},
	{"POST /nam/{year}/phong-trao", access.ClusterMove, (*Server).yearMovement, 0},

	{"GET /nam/{year}/thanh-vien", access.ClusterRead, (*Server).memberList, 0},
	{"POST /nam/{year}/thanh-vien/them", access.ClusterForm, (*Server).memberAdd, 0},
	{"POST /nam/{year}/thanh-vien/bo", access.ClusterForm, (*Server).memberRemove, 0},
	{"POST /nam/{year}/thanh-vien/giao", access.ClusterForm, (*Server).memberAppoint, 0},

	{"GET /nam/{year}/ho-so", access.ClusterRead, (*Server).documentList, 0},
	{"GET /nam/{year}/ho-so/{kind}", access.DocumentIssue, (*Server).documentForm, 0},
	{"POST /nam/{year}/ho-so/{kind}", access.DocumentIssue, (*Server).documentIssue, 0},
	{"GET /ho-so/{id}/tai", access.ClusterRead, (*Server).documentDownload, 0},

	{"GET /nam/{year}/so-cai", access.LedgerRead, (*Server).ledgerOfYear, 0},
	{"GET /so-cai", access.LedgerRead, (*Server).ledgerAll, 0},

	{"GET " + unitsPath, access.OrgRead, (*Server).unitList, 0},
	{"GET " + unitsPath + "/moi", access.OrgManage, (*Server).unitForm, 0},
	{"POST " + unitsPath + "/moi", access.OrgManage, (*Server).unitCreate, 0},
	{"GET " + changesPath, access.OrgRead, (*Server).changeList, 0},
	{"GET " + changesPath + "/moi", access.OrgManage, (*Server).changeForm, 0},
	{"POST " + changesPath + "/moi", access.OrgManage, (*Server).changePost, 0},
	{"POST " + changesPath + "/{change}/huy", access.OrgManage, (*Server).changeUndo, 0},
	{"GET " + unitsPath + "/{unit}", access.OrgRead, (*Server).unitShow, 0},
	{"POST " + unitsPath + "/{unit}/doi-ten", access.OrgManage, (*Server).unitRename, 0},

	{"POST /nam/{year}/cong-khai", access.Publish, (*Server).publicationCreate, 0},
	{"POST /cong-khai/{id}/go", access.Publish, (*Server).publicationWithdraw, 0},
	{"GET " + publicPath, Public, (*Server).publicList, 0},
	{"GET " + publicPath + "/{id}", Public, (*Server).publicShow, 0},
}
