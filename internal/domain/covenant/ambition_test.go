package covenant

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

// lastYear enters the cluster's year before, with an adopted covenant whose
// targets ask for less, and its figures.
func (r room) lastYear(of []Target, figures map[string][2]string) {
	r.t.Helper()
	year, paper, version := db.NewID(), db.NewID(), db.NewID()
	r.Exec(`INSERT INTO cluster_year (id, version, cluster_id, year, name, short_name, search, sort_key, state, basis, movement_id, sheet_version_id, illustrative)
		SELECT $1, 1, cluster_id, 2022, name, short_name, search, sort_key, 'closed', basis, '', '', FALSE FROM cluster_year WHERE id = $2`, year, r.Year.ID)
	r.Exec(`INSERT INTO draft (id, version, year_id, kind, title, state, adopted_id, meeting_id) VALUES ($1, 1, $2, 'covenant', '', 'adopted', $3, '')`, paper, year, version)
	r.Exec(`INSERT INTO draft_version (id, version, draft_id, number, text, hash, sheet_version_id, note, circulated, account_id, at) VALUES ($1, 1, $2, 1, '', '', '', '', TRUE, '', 0)`, version, paper)
	for _, t := range of {
		was, there := figures[t.Name+t.UnitID]
		if !there {
			continue
		}
		old := t
		old.ID, old.VersionID, old.YearID, old.PartOf = db.NewID(), version, year, ""
		r.Check(r.DB.InTx(context.Background(), func(tx *db.Tx) error {
			if err := db.Insert(context.Background(), tx, "covenant_target", &old); err != nil {
				return err
			}
			for i, p := range []indicator.Period{indicator.HalfYear, indicator.FullYear} {
				f := indicator.Figure{ID: db.NewID(), Version: 1, IndicatorID: t.IndicatorID, YearID: year, UnitID: t.UnitID, Year: 2022, Period: p, Amount: was[i], Unit: t.BaseUnit, BaseAmount: was[i], BaseUnit: t.BaseUnit}
				if err := db.Insert(context.Background(), tx, "figure", &f); err != nil {
					return err
				}
			}
			return nil
		}))
	}
}

func codes(a Ambition) string {
	var out []string
	for _, m := range a.Marks {
		out = append(out, string(m.Code))
	}
	return strings.Join(out, " ")
}

func TestAmbitions(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := begin(t, d)
		v := r.write(text)
		var own []Target
		for i, low := range []string{"110", "111", "60"} {
			e := Entry{Entry: indicator.Entry{Name: "Thu ngân sách", Relation: "=", Low: low, Unit: "đồng"}, UnitID: r.Units[i]}
			one, err := r.s.AddTarget(ctx, r.Officers[0], v.ID, e)
			r.Check(err)
			own = append(own, one)
		}
		all := r.targets(v)
		last := map[string][2]string{"Tỷ lệ đô thị hóa": {"45", "45.5"}, "Tổng kim ngạch xuất nhập khẩu": {"45000000000", "91000000000"}}
		for _, o := range own {
			last[o.Name+o.UnitID] = [2]string{"40", "100"}
		}
		r.lastYear(all, last)
		// Two more units set theirs, so that there are four peers.
		for i := range 2 {
			u := r.Unit(fmt.Sprintf("Xã %d", i))
			r.Exec(`INSERT INTO membership (id, version, year_id, unit_id, place, basis) VALUES ($1, 1, $2, $3, $4, '')`, db.NewID(), r.Year.ID, u.ID, 10+i)
			one, err := r.s.AddTarget(ctx, r.Officers[0], v.ID, Entry{Entry: indicator.Entry{Name: "Thu ngân sách", Relation: "=", Low: "112", Unit: "đồng"}, UnitID: u.ID})
			r.Check(err)
			r.Exec(`INSERT INTO figure (id, version, indicator_id, year_id, unit_id, reporter_id, year, period, amount, unit, base_amount, base_unit, source, note, illustrative, account_id, at, superseded_by, reason)
				SELECT $1, 1, indicator_id, year_id, $2, '', 2022, 'Y', amount, unit, base_amount, base_unit, '', '', FALSE, '', 0, '', '' FROM figure WHERE unit_id = $3 AND period = 'Y'`, db.NewID(), one.UnitID, own[0].UnitID)
		}
		read := func(v draft.Version) map[string]Ambition {
			t.Helper()
			rows, err := r.s.Ambitions(ctx, d, v)
			r.Check(err)
			out := map[string]Ambition{}
			for _, a := range rows {
				out[a.Target.Name+a.Target.UnitID] = a
			}
			return out
		}
		got := read(v)
		city, trade, rich, poor := got["Tỷ lệ đô thị hóa"], got["Tổng kim ngạch xuất nhập khẩu"], got["Thu ngân sách"+r.Units[0]], got["Thu ngân sách"+r.Units[2]]
		if codes(city) != "not_above_result" || !city.Early || city.LastGoal == nil || len(city.Past) != 1 {
			t.Errorf("city %+v", city)
		}
		if codes(trade) != "" || trade.Early || trade.Peers != 0 {
			t.Errorf("trade %+v", trade)
		}
		if codes(rich) != "" || rich.Peers != 4 || rich.Demand.FloatString(0) != "110" {
			t.Errorf("rich %+v", rich)
		}
		if codes(poor) != "not_above_result under_peers" || poor.Middle.FloatString(1) != "111.5" {
			t.Errorf("poor %s against %v of %d", codes(poor), poor.Middle, poor.Peers)
		}

		// Who explains, and when.
		target := poor.Target.ID
		_, err := r.s.Explain(ctx, r.Officers[2], target, 0, "Chưa gửi")
		block.Want(t, err, fault.NotFound)
		_, err = r.s.Explain(ctx, r.Officers[0], target, 0, "Chưa gửi")
		block.Want(t, err, fault.Conflict)
		v = r.circulate(v)
		_, err = r.s.Explain(ctx, r.Officers[2], rich.Target.ID, 0, "Của đơn vị khác")
		block.Want(t, err, fault.Denied)
		_, err = r.s.Explain(ctx, r.Stranger, target, 0, "Người lạ")
		block.Want(t, err, fault.NotFound)
		_, err = r.s.Explain(ctx, access.Visitor, target, 0, "Khách")
		block.Want(t, err, fault.Unauthenticated)
		_, err = r.s.Explain(ctx, r.Officers[2], city.Target.ID, 0, "Của cả khối")
		block.Want(t, err, fault.Denied)
		_, err = r.s.Explain(ctx, r.Officers[2], target, 0, "  ")
		block.Want(t, err, fault.Invalid, "text")
		first, err := r.s.Explain(ctx, r.Officers[2], target, 0, "Một nhà máy ngừng hoạt động từ tháng 01/2023.")
		r.Check(err)
		if _, err = r.s.Explain(ctx, r.Officers[0], city.Target.ID, 0, "Đã ở mức trần quy hoạch."); err != nil {
			t.Fatal(err)
		}
		if _, err = r.s.Explain(ctx, r.Officers[0], target, first.Version, "Nhà máy lớn nhất ngừng hoạt động từ tháng 01/2023."); err != nil {
			t.Fatal(err)
		}
		_, err = r.s.Explain(ctx, r.Officers[2], target, first.Version, "Bản cũ")
		block.Want(t, err, fault.Stale)

		// A new version keeps the reason and shows that the figure has moved.
		next := r.write(strings.Replace(v.Text, "45%", "45,2%", 1))
		got = read(next)
		if a := got["Tỷ lệ đô thị hóa"]; a.Reason == nil || a.Reason.Of(a.Target) || codes(a) != "not_above_result" {
			t.Errorf("city %+v", a.Reason)
		}
		if a := got["Thu ngân sách"+r.Units[2]]; a.Reason == nil || !a.Reason.Of(a.Target) || !strings.HasPrefix(a.Reason.Text, "Nhà máy") {
			t.Errorf("poor %+v", a.Reason)
		}
		r.State(t, cluster.Reviewed)
		_, err = r.s.Explain(ctx, r.Officers[0], target, 3, "Muộn")
		block.Want(t, err, fault.Conflict)
	})
}

// TestAmbitionsBesideOtherClusters: a target of the whole block stands beside
// the blocks of the same organiser, of adopted covenants only.
func TestAmbitionsBesideOtherClusters(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := begin(t, d)
		v := r.write(text)
		city := r.targets(v)[3]
		for i := range 5 {
			c, year, paper, version := db.NewID(), db.NewID(), db.NewID(), db.NewID()
			state, organiser := "adopted", r.Organiser
			adopted := version
			if i == 4 {
				state, adopted = "open", ""
			}
			r.Exec(`INSERT INTO cluster (id, version, kind, organiser_id) VALUES ($1, 1, 'khoi', $2)`, c, organiser)
			r.Exec(`INSERT INTO cluster_year (id, version, cluster_id, year, name, short_name, search, sort_key, state, basis, movement_id, sheet_version_id, illustrative)
				SELECT $1, 1, $3, 2023, name, short_name, search, sort_key, state, basis, '', '', FALSE FROM cluster_year WHERE id = $2`, year, r.Year.ID, c)
			r.Exec(`INSERT INTO draft (id, version, year_id, kind, title, state, adopted_id, meeting_id) VALUES ($1, 1, $2, 'covenant', '', $3, $4, '')`, paper, year, state, adopted)
			r.Exec(`INSERT INTO draft_version (id, version, draft_id, number, text, hash, sheet_version_id, note, circulated, account_id, at) VALUES ($1, 1, $2, 1, '', '', '', '', TRUE, '', 0)`, version, paper)
			other := city
			other.ID, other.VersionID, other.YearID = db.NewID(), version, year
			other.BaseLow, other.BaseHigh = fmt.Sprint(95+i), fmt.Sprint(95+i)
			r.Check(d.InTx(ctx, func(tx *db.Tx) error { return db.Insert(ctx, tx, "covenant_target", &other) }))
		}
		rows, err := r.s.Ambitions(ctx, d, v)
		r.Check(err)
		for _, a := range rows {
			if a.Target.ID == city.ID && (a.Peers != 4 || a.Middle.FloatString(1) != "96.5" || codes(a) != "under_peers") {
				t.Errorf("%d peers, %v, %s", a.Peers, a.Middle, codes(a))
			}
			if a.Target.ID != city.ID && a.Peers != 0 {
				t.Errorf("%s has peers", a.Target.Name)
			}
		}
	})
}
