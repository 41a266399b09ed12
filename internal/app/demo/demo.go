// Package demo loads the years that real clusters lived into an empty
// installation, through the same services as a user's clicks.
//
// What comes from published reports is entered as it was published: who
// belonged to which cluster and who led it, themes, targets, dates of meetings,
// who was proposed for what. What no report gives (most scores and results of
// single units, names of people) is invented and marked "minh họa" wherever it
// is shown.
package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/web"
)

// Today is when the demo takes place: self-scoring of 2023 is under way.
const Today = "2023-11-27 08:30"

// password opens every account of the demo; it is printed on its sign-in page.
const password = "thi-dua-ban-thu"

// loader carries what has been made so far from step to step.
type loader struct {
	ctx   context.Context
	app   *app.App
	clock *clock.Set

	units     map[string]string                    // key of the demo's unit → id
	heads     map[string]access.Actor              // key of unit → the person who acts for it
	years     map[string]cluster.Year              // "ktkt 2023" → year
	movements map[int]string                       // of the province, by year
	targets   map[string]func(draft.Version) error // by key of the year: adds targets to its covenant before it is sent out
	admin     access.Actor
	bacNinh   access.Actor // officer of the standing body of the province
	ministry  access.Actor
}

// Load fills an empty installation; one that has accounts already is left as it
// is, so that a demo with a kept data folder goes on where it was.
func Load(ctx context.Context, a *app.App, c *clock.Set) (*web.Demo, error) {
	empty, err := a.Account.Empty(ctx)
	if err != nil || !empty {
		return show(), err
	}
	l := &loader{ctx: ctx, app: a, clock: c, units: map[string]string{}, heads: map[string]access.Actor{}, years: map[string]cluster.Year{}, movements: map[int]string{}, targets: map[string]func(draft.Version) error{}}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"units", l.register},
		{"people", l.people},
		{"year 2022", l.year2022},
		{"year 2023", l.year2023},
		{"other clusters", l.others},
		{"a block to try", l.showing},
	} {
		if err := step.do(); err != nil {
			return nil, fmt.Errorf("demo: %s: %w", step.name, err)
		}
	}
	return show(), nil
}

// shown are the accounts on the sign-in page: one for each role and step. Role
// says what the account is for, Name and Unit who it is.
var shown = []web.DemoAccount{
	{Login: "thuongtruc", Name: locale.Msg("Chuyên viên cơ quan thường trực"), Unit: "Ban Thi đua – Khen thưởng tỉnh Bắc Ninh", Role: locale.Msg("Lập cụm, khối; theo dõi, nhắc hạn; công bố")},
	{Login: "lanhdao", Name: locale.Msg("Lãnh đạo có thẩm quyền (minh họa)"), Unit: "Ban Thi đua – Khen thưởng tỉnh Bắc Ninh", Role: locale.Msg("Thẩm định, ghi quyết định khen thưởng (khối kinh tế năm 2022)")},
	{Login: "hoidong", Name: locale.Msg("Thành viên Hội đồng (minh họa)"), Unit: "Hội đồng Thi đua – Khen thưởng tỉnh Bắc Ninh", Role: locale.Msg("Xem điểm, hội nghị, đề nghị của mọi cụm, khối")},
	{Login: "kcn", Name: locale.Msg("Cán bộ đơn vị trưởng"), Unit: "Ban Quản lý các KCN Bắc Ninh", Role: locale.Msg("Khối trưởng năm 2023: điều hành, tổng hợp, hội nghị")},
	{Login: "tttt", Name: locale.Msg("Cán bộ đơn vị thành viên"), Unit: "Sở Thông tin và Truyền thông", Role: locale.Msg("Tự chấm, nộp bảng điểm")},
	{Login: "congthuong", Name: locale.Msg("Cán bộ đơn vị thành viên"), Unit: "Sở Công Thương", Role: locale.Msg("Báo cáo số liệu đang quá hạn")},
	{Login: "xaydung", Name: locale.Msg("Cán bộ kiểm tra chéo"), Unit: "Sở Xây dựng", Role: locale.Msg("Chấm đơn vị được phân công")},
	{Login: "kcn.thainguyen", Name: locale.Msg("Cán bộ đơn vị trưởng"), Unit: "Ban Quản lý các KCN Thái Nguyên", Role: locale.Msg("Soạn thảo, tiếp thu góp ý giao ước")},
	{Login: "kcn.yenbai", Name: locale.Msg("Cán bộ đơn vị thành viên"), Unit: "Ban Quản lý các KCN Yên Bái", Role: locale.Msg("Góp ý dự thảo giao ước")},
	{Login: "donvi.c", Name: locale.Msg("Thủ trưởng đơn vị (minh họa)"), Unit: "Trung tâm C (đơn vị minh họa)", Role: locale.Msg("Ký giao ước đã thông qua")},
	{Login: "luongtai", Name: locale.Msg("Cán bộ cụm trưởng"), Unit: "UBND huyện Lương Tài", Role: locale.Msg("Cụm trưởng các huyện, thành phố: sơ kết, theo dõi tiến độ")},
	{Login: "bokhdt", Name: locale.Msg("Chuyên viên cơ quan thường trực của bộ"), Unit: "Bộ Kế hoạch và Đầu tư", Role: locale.Msg("Theo dõi khối bảy ban quản lý KCN")},
	{Login: "kiemtoan", Name: locale.Msg("Người kiểm tra sổ cái"), Unit: "", Role: locale.Msg("Chỉ xem, đối chiếu sổ cái")},
	{Login: "quantri", Name: locale.Msg("Người quản trị"), Unit: "", Role: locale.Msg("Tài khoản và phân quyền")},
}

func show() *web.Demo {
	d := &web.Demo{Notice: locale.Msg("Bản chạy thử, đặt vào ngày 27/11/2023. Số liệu có nhãn “minh họa” là số giả định.")}
	for _, a := range shown {
		a.Password = password
		d.Accounts = append(d.Accounts, a)
	}
	return d
}

// register enters the units.
func (l *loader) register() error {
	for _, u := range slices.Concat(units, invented) {
		parent := ""
		if u.above != "" {
			parent = l.units[u.above]
		}
		made, err := l.app.Org.Create(l.ctx, access.Program, org.NewUnit{Kind: u.kind, Level: u.level, Name: u.name, Short: u.short, ParentID: parent, From: "1997-01-01", Basis: "Danh mục ban đầu"})
		if err != nil {
			return fmt.Errorf("%s: %w", u.name, err)
		}
		l.units[u.key] = made.ID
	}
	for _, r := range renames {
		if err := l.app.Org.Rename(l.ctx, access.Program, l.units[r.key], r.name, r.short, r.from, r.basis); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
	}
	return nil
}

// people makes one account for each unit and one for each further role.
func (l *loader) people() error {
	open := func(login, name, position string, role access.Role, unit string) (access.Actor, error) {
		a, err := l.app.Account.CreateWith(l.ctx, access.Program, account.NewAccount{
			Login: login, Name: name, Email: login + "@ban-thu.invalid", Position: position,
			First: account.NewAssignment{UnitID: unit, Role: role, From: "2021-01-01", Basis: "Dữ liệu bản thử"},
		}, password)
		return a.Actor(), err
	}
	var err error
	if l.admin, err = open("quantri", "Người quản trị", "", access.Administrator, ""); err != nil {
		return err
	}
	if l.bacNinh, err = open("thuongtruc", "Chuyên viên thường trực", "Chuyên viên", access.Standing, l.units["bacninh"]); err != nil {
		return err
	}
	if l.ministry, err = open("bokhdt", "Chuyên viên Bộ KHĐT", "Chuyên viên", access.Standing, l.units["bokhdt"]); err != nil {
		return err
	}
	if _, err = open("kiemtoan", "Người kiểm tra", "", access.Auditor, ""); err != nil {
		return err
	}
	if err := l.more(open); err != nil {
		return err
	}
	for _, u := range slices.Concat(units, invented) {
		if u.login == "" {
			continue
		}
		if l.heads[u.key], err = open(u.login, "Đại diện "+u.short, "Thủ trưởng (minh họa)", access.Head, l.units[u.key]); err != nil {
			return fmt.Errorf("%s: %w", u.login, err)
		}
	}
	return nil
}
