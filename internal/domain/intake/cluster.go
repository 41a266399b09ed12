package intake

import (
	"context"
	"strconv"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// shelf is a cluster's year of the files, and where its rows stand.
type shelf struct {
	code  string
	line  int // in clusters.csv
	given cluster.Given
	title string
	text  string // its row, for the digest
	kept  bool   // the code is known from before
	have  string // digest of the import that brought the year; "" for a year that came otherwise
	exist bool   // the year is there
	done  bool
	found string // digest when it was checked
	rows  map[*table][]segment
}

// there tells whether the year came from these very files before.
func (s *shelf) there(digest string) bool { return s.exist && s.have == digest }

// existing is a year that is there before the import.
type existing struct {
	ClusterID   string `db:"cluster_id"`
	OrganiserID string `db:"organiser_id"`
	Year        int    `db:"year"`
	Name        string `db:"name"`
	Digest      string `db:"digest"`
}

// clusterColumns are the columns of the fields that the room of clusters finds
// fault with.
var clusterColumns = map[string]string{"members": "code", "organiser": "organiser"}

// readClusters reads clusters.csv and finds the clusters that are there: by the
// code of a former import, or by the name that one of the same organiser bears.
func (in *intake) readClusters(ctx context.Context) error {
	codes, err := db.All[Code](ctx, in.db, `SELECT `+db.Prefixed("c", Code{})+` FROM import_code c WHERE c.kind = $1`, ofCluster)
	if err != nil {
		return err
	}
	byCode := map[string]string{}
	for _, c := range codes {
		byCode[c.Code] = c.SubjectID
	}
	rows, err := db.All[existing](ctx, in.db, `
		SELECT y.cluster_id, c.organiser_id, y.year, y.name, COALESCE(i.digest, '') AS digest
		FROM cluster_year y JOIN cluster c ON c.id = y.cluster_id LEFT JOIN import_year i ON i.year_id = y.id ORDER BY y.year`)
	if err != nil {
		return err
	}
	type place struct {
		cluster string
		year    int
	}
	years, byName, owner := map[place]existing{}, map[[2]string]string{}, map[string]string{}
	for _, r := range rows {
		years[place{r.ClusterID, r.Year}] = r
		byName[[2]string{r.OrganiserID, r.Name}] = r.ClusterID
		owner[r.ClusterID] = r.OrganiserID
	}
	may := map[string]error{}
	seen := map[string]int{}
	o := in.files[clustersTable]
	return o.each(newReader(nil, o.comma, 0, 0), segment{o.body, o.size, o.line}, &in.problems, func(w row) error {
		s := &shelf{code: o.value(w, "code"), line: w.line, title: vntext.Line(o.value(w, "title")), rows: map[*table][]segment{}}
		if s.code == "" || len(s.code) > 60 {
			in.problems.add(o.file, w.line, "code", fault.New(fault.Invalid, "Mã còn trống hoặc dài quá 60 ký tự."))
			return nil
		}
		if seen[s.code] > 0 {
			in.problems.add(o.file, w.line, "code", fault.New(fault.Invalid, "Mã “{.code}” đã có ở dòng {.line}.", "code", s.code, "line", seen[s.code]))
			return nil
		}
		seen[s.code] = w.line
		in.shelves = append(in.shelves, s)
		for _, f := range w.fields {
			s.text += strconv.Itoa(len(f)) + ":" + string(f)
		}
		unit := func(column string) string {
			ref := o.cell(w, column)
			if len(ref) == 0 {
				return ""
			}
			id, ok := in.register.unit(ref)
			if !ok {
				in.problems.add(o.file, w.line, column, unknownUnit(ref))
			}
			return id
		}
		year, err := strconv.Atoi(o.value(w, "year"))
		if err != nil {
			in.problems.add(o.file, w.line, "year", fault.New(fault.Invalid, "Năm thi đua không đúng."))
			return nil
		}
		g := &s.given
		g.Kind, g.Year, g.Name, g.Short = cluster.Kind(o.value(w, "kind")), year, vntext.Line(o.value(w, "name")), o.value(w, "short")
		g.Basis, g.State, g.Illustrative = o.value(w, "basis"), cluster.State(o.value(w, "state")), o.value(w, "illustrative") == "1"
		g.OrganiserID = unit("organiser")
		term := func(column string) cluster.NewTerm {
			return cluster.NewTerm{UnitID: unit(column), Basis: cluster.ByDecision, Reference: o.value(w, "reference")}
		}
		g.Leader, g.Deputy = term("leader"), term("deputy")
		if g.OrganiserID == "" {
			if len(o.cell(w, "organiser")) == 0 {
				in.problems.add(o.file, w.line, "organiser", fault.New(fault.Invalid, "Chưa ghi cơ quan tổ chức cụm, khối."))
			}
			return nil
		}
		if _, asked := may[g.OrganiserID]; !asked {
			may[g.OrganiserID] = in.may(ctx, g.OrganiserID)
		}
		if err := may[g.OrganiserID]; err != nil {
			return err
		}
		if g.ClusterID, s.kept = byCode[s.code]; !s.kept {
			g.ClusterID = byName[[2]string{g.OrganiserID, g.Name}]
		}
		if g.ClusterID != "" && owner[g.ClusterID] != g.OrganiserID {
			in.problems.add(o.file, w.line, "organiser", fault.New(fault.Invalid, "Cụm, khối mã “{.code}” trong hệ thống là của cơ quan khác tổ chức.", "code", s.code))
			return nil
		}
		if have, there := years[place{g.ClusterID, year}]; there {
			s.exist, s.have = true, have.Digest
		}
		return nil
	})
}

// may asks the gate for an organiser of the files.
func (in *intake) may(ctx context.Context, organiser string) error {
	return in.gate.Must(ctx, in.db, in.actor, access.YearImport, access.Record{Organiser: organiser})
}
