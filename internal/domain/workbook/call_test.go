package workbook

import (
	"testing"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
)

// TestUnitsAsPeopleCallThem: names of places with and without their authority
// and level; what may be two units is asked.
func TestUnitsAsPeopleCallThem(t *testing.T) {
	var members []cluster.Member
	for id, names := range map[string][2]string{
		"yp": {"Huyện Yên Phong", "Yên Phong"}, "td": {"Ủy ban nhân dân huyện Tiên Du", ""}, "bn": {"Thành phố Bắc Ninh", "TP Bắc Ninh"},
		"ts": {"Thị xã Từ Sơn", "Từ Sơn"}, "cl": {"Huyện Cao Lãnh", ""}, "tcl": {"Thành phố Cao Lãnh", ""}, "nv": {"Sở Nội vụ", "Sở Nội vụ"}, "s3": {"Sở Số 3", "Sở 3"},
	} {
		members = append(members, cluster.Member{Membership: cluster.Membership{UnitID: id}, Name: names[0], Short: names[1]})
	}
	for name, want := range map[string]string{
		"UBND huyện Yên Phong": "yp", "Yên Phong": "yp", "huyện YÊN PHONG": "yp", "Xã Yên Phong": "",
		"Tiên Du": "td", "Huyện Tiên Du": "td", "U.B.N.D. huyện Tiên Du": "td", "TP Bắc Ninh": "bn", "TP. Bắc Ninh": "bn", "Bắc Ninh": "bn", "UBND thành phố Bắc Ninh": "bn", "Tỉnh Bắc Ninh": "",
		"TX Từ Sơn": "ts", "UBND thị xã Từ Sơn": "ts", "Cao Lãnh": "", "TP Cao Lãnh": "tcl", "UBND huyện Cao Lãnh": "cl", "Nội vụ": "nv", "Số 3": "s3", "Toàn tỉnh": "", "Cộng": "",
	} {
		if got := newMatcher(nil, members, nil, nil).findUnit(indicator.Key(name), "u", name); got.id != want || (got.ask == "") != (want != "") {
			t.Errorf("%q is %q, asked %q; want %q", name, got.id, got.ask, want)
		}
	}
}
