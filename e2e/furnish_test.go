package e2e

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
)

// password opens every account that furnish makes.
const password = "một câu dài để thử"

// house is what furnish made.
type house struct {
	organiser string
	units     []string
	years     []string
	single    string // a unit of no cluster
}

// furnish fills an empty installation through its services: an organiser with
// an officer of its standing body ("thuongtruc"), an administrator ("quantri")
// and clusters of three units each, one officer for all units of a cluster
// ("canbo1", …).
func furnish(t testing.TB, p place, clusters int) house {
	t.Helper()
	ctx := context.Background()
	a, err := app.New(ctx, p.config(), clock.System{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	unit := func(kind org.Kind, name string) string {
		t.Helper()
		u, err := a.Org.Create(ctx, access.Program, org.NewUnit{Kind: kind, Level: "tinh", Name: name, From: "2000-01-01", Basis: "Danh mục thử"})
		check(err)
		return u.ID
	}
	open := func(login string, role access.Role, unit string) access.Actor {
		t.Helper()
		acc, err := a.Account.CreateWith(ctx, access.Program, account.NewAccount{
			Login: login, Name: "Người thử " + login,
			First: account.NewAssignment{UnitID: unit, Role: role, From: "2000-01-01", Basis: "Dữ liệu thử"},
		}, password)
		check(err)
		return acc.Actor()
	}
	h := house{organiser: unit(org.Authority, "Ủy ban nhân dân tỉnh Thử Nghiệm")}
	open("quantri", access.Administrator, "")
	standing := open("thuongtruc", access.Standing, h.organiser)
	for i := range clusters {
		in := cluster.NewYear{
			Kind: cluster.Khoi, OrganiserID: h.organiser, Year: clock.Today(clock.System{}).Year(), Name: fmt.Sprintf("Khối thi đua số %d", i+1),
			Basis: "Quyết định 01/QĐ-UBND",
		}
		for j := range 3 {
			id := unit(org.Department, fmt.Sprintf("Sở Thử %d của khối %d", j+1, i+1))
			h.units = append(h.units, id)
			in.Members = append(in.Members, id)
		}
		in.Leader = cluster.NewTerm{UnitID: in.Members[0], Basis: cluster.ByDecision, Reference: "Quyết định 01/QĐ-UBND"}
		y, err := a.Years.Form(ctx, standing, in)
		check(err)
		h.years = append(h.years, y.ID)
		open(fmt.Sprintf("canbo%d", i+1), access.Officer, in.Members[0])
	}
	h.single = unit(org.Department, "Sở Thử chưa thuộc khối nào")
	return h
}
