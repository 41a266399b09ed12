package demo

import (
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
)

// unit is a unit of the demo; login is that of the person who acts for it.
type unit struct {
	key, login  string
	kind        org.Kind
	level       string
	name, short string
	above       string
}

var units = []unit{
	{"bacninh", "", org.Authority, "tinh", "Ủy ban nhân dân tỉnh Bắc Ninh", "UBND tỉnh Bắc Ninh", ""},
	{"bokhdt", "", org.Authority, "trung-uong", "Bộ Kế hoạch và Đầu tư", "Bộ KHĐT", ""},

	// The twelve of the economic-technical block, in the order in which the
	// province's decision of 2024 and the report of the signing of 2023 agree.
	{"kcn", "kcn", org.Board, "tinh", "Ban Quản lý các Khu công nghiệp Bắc Ninh", "Ban Quản lý các KCN", "bacninh"},
	{"congthuong", "congthuong", org.Department, "tinh", "Sở Công Thương", "Sở Công Thương", "bacninh"},
	{"nongnghiep", "nongnghiep", org.Department, "tinh", "Sở Nông nghiệp và Phát triển nông thôn", "Sở NN và PTNT", "bacninh"},
	{"giaothong", "giaothong", org.Department, "tinh", "Sở Giao thông vận tải", "Sở GTVT", "bacninh"},
	{"tttt", "tttt", org.Department, "tinh", "Sở Thông tin và Truyền thông", "Sở TT&TT", "bacninh"},
	{"tainguyen", "tainguyen", org.Department, "tinh", "Sở Tài nguyên và Môi trường", "Sở TN&MT", "bacninh"},
	{"xaydung", "xaydung", org.Department, "tinh", "Sở Xây dựng", "Sở Xây dựng", "bacninh"},
	{"dutru", "dutru", org.Central, "trung-uong", "Cục Dự trữ Nhà nước khu vực phía Bắc", "Cục DTNN KV phía Bắc", ""},
	{"lienminh", "lienminh", org.Union, "tinh", "Liên minh Hợp tác xã tỉnh Bắc Ninh", "Liên minh HTX", "bacninh"},
	{"quydat", "quydat", org.Fund, "tinh", "Quỹ Phát triển đất tỉnh Bắc Ninh", "Quỹ Phát triển đất", "bacninh"},
	{"quydautu", "quydautu", org.Fund, "tinh", "Quỹ Đầu tư phát triển tỉnh Bắc Ninh", "Quỹ Đầu tư phát triển", "bacninh"},
	{"dothi", "dothi", org.Board, "tinh", "Ban Quản lý khu vực phát triển đô thị Bắc Ninh", "Ban QL KVPT đô thị", "bacninh"},

	{"luongtai", "luongtai", org.Locality, "huyen", "Ủy ban nhân dân huyện Lương Tài", "Huyện Lương Tài", "bacninh"},
	{"tpbacninh", "tpbacninh", org.Locality, "huyen", "Ủy ban nhân dân thành phố Bắc Ninh", "Thành phố Bắc Ninh", "bacninh"},
	{"tuson", "tuson", org.Locality, "huyen", "Ủy ban nhân dân thành phố Từ Sơn", "Thành phố Từ Sơn", "bacninh"},
	{"tiendu", "tiendu", org.Locality, "huyen", "Ủy ban nhân dân huyện Tiên Du", "Huyện Tiên Du", "bacninh"},
	{"yenphong", "yenphong", org.Locality, "huyen", "Ủy ban nhân dân huyện Yên Phong", "Huyện Yên Phong", "bacninh"},
	{"quevo", "quevo", org.Locality, "huyen", "Ủy ban nhân dân huyện Quế Võ", "Huyện Quế Võ", "bacninh"},
	{"thuanthanh", "thuanthanh", org.Locality, "huyen", "Ủy ban nhân dân huyện Thuận Thành", "Huyện Thuận Thành", "bacninh"},
	{"giabinh", "giabinh", org.Locality, "huyen", "Ủy ban nhân dân huyện Gia Bình", "Huyện Gia Bình", "bacninh"},

	{"yb", "kcn.yenbai", org.Board, "tinh", "Ban Quản lý các KCN tỉnh Yên Bái", "BQL KCN Yên Bái", ""},
	{"tn", "kcn.thainguyen", org.Board, "tinh", "Ban Quản lý các KCN tỉnh Thái Nguyên", "BQL KCN Thái Nguyên", ""},
	{"tq", "kcn.tuyenquang", org.Board, "tinh", "Ban Quản lý các KCN tỉnh Tuyên Quang", "BQL KCN Tuyên Quang", ""},
	{"hb", "kcn.hoabinh", org.Board, "tinh", "Ban Quản lý các KCN tỉnh Hòa Bình", "BQL KCN Hòa Bình", ""},
	{"bg", "kcn.bacgiang", org.Board, "tinh", "Ban Quản lý các KCN tỉnh Bắc Giang", "BQL KCN Bắc Giang", ""},
	{"pt", "kcn.phutho", org.Board, "tinh", "Ban Quản lý các KCN tỉnh Phú Thọ", "BQL KCN Phú Thọ", ""},
	{"bk", "kcn.backan", org.Board, "tinh", "Ban Quản lý các KCN tỉnh Bắc Kạn", "BQL KCN Bắc Kạn", ""},
}

// renames: what units are called from a day on. Two districts became towns in
// 2023; the reserve agency appears under its other name in the decision of 2024.
var renames = []struct {
	key, name, short string
	from             clock.Day
	basis            string
}{
	{"quevo", "Ủy ban nhân dân thị xã Quế Võ", "Thị xã Quế Võ", "2023-04-10", "Nghị quyết 723/NQ-UBTVQH15 ngày 13/02/2023"},
	{"thuanthanh", "Ủy ban nhân dân thị xã Thuận Thành", "Thị xã Thuận Thành", "2023-04-10", "Nghị quyết 723/NQ-UBTVQH15 ngày 13/02/2023"},
	{"dutru", "Cục Dự trữ Nhà nước khu vực Hà Bắc", "Cục DTNN KV Hà Bắc", "2024-01-01", "Tên ghi trong Quyết định 138/QĐ-UBND ngày 15/02/2024"},
}

// The members of the clusters, leader of 2023 first.
var (
	economic  = []string{"kcn", "congthuong", "nongnghiep", "giaothong", "tttt", "tainguyen", "xaydung", "dutru", "lienminh", "quydat", "quydautu", "dothi"}
	districts = []string{"luongtai", "tpbacninh", "tuson", "tiendu", "yenphong", "quevo", "thuanthanh", "giabinh"}
	boards    = []string{"tn", "tq", "yb", "hb", "bg", "pt", "bk"}
)
