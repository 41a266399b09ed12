package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
)

// searchPath is where the search box of every page sends its q.
const searchPath = "/tim"

// NavItem is a main section in the head of every page.
type NavItem struct {
	Path, Text string
	Here       bool // the page is in this section
}

// sections are the main sections in order. need hides a section from those who
// could do nothing there: Public shows it to all, SignedIn to every account,
// a permission to those who hold it anywhere.
var sections = []struct {
	path, text string
	need       access.Permission
}{
	{homePath, "Việc cần làm", SignedIn},
	{movementsPath, "Phong trào", SignedIn},
	{clustersPath, "Cụm, khối", SignedIn},
	{indicatorsPath, "Chỉ tiêu", access.IndicatorEdit},
	{unitsPath, "Đơn vị", access.OrgManage},
	{rulesPath, "Quy định", SignedIn},
	{publicPath, "Công khai", Public},
	{"/so-cai", "Sổ cái", access.LedgerRead},
	{"/quan-tri/tai-khoan", "Tài khoản", access.AccountManage},
	{lettersPath, "Thư gửi đi", access.MailManage},
}

func (s *Server) nav(q *Req) []NavItem {
	var items []NavItem
	for _, sec := range sections {
		switch sec.need {
		case Public:
		case SignedIn:
			if !q.Actor.SignedIn() {
				continue
			}
		default:
			ok, err := s.Gate.Can(q.Ctx(), s.DB, q.Actor, sec.need, access.Record{})
			if err != nil {
				note(q.Ctx(), err)
			}
			if !ok {
				continue
			}
		}
		here := q.R.URL.Path == sec.path || strings.HasPrefix(q.R.URL.Path, sec.path+"/")
		items = append(items, NavItem{Path: sec.path, Text: sec.text, Here: here})
	}
	return items
}
