package award

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/db"
)

// Form tells titles from commendations: of several titles of one year only the
// highest is paid, commendations are paid beside it.
type Form string

const (
	Title        Form = "title"        // danh hiệu thi đua
	Commendation Form = "commendation" // hình thức khen thưởng
)

// Name says the form.
func (f Form) Name() string {
	if f == Title {
		return "Danh hiệu thi đua"
	}
	return "Hình thức khen thưởng"
}

// Level is who awards.
type Level string

const (
	State    Level = "state" // Chính phủ, Thủ tướng
	Ministry Level = "ministry"
	Province Level = "province"
	Base     Level = "base" // thủ trưởng đơn vị
)

// Kind is an award in the catalogue. The ids are stable: quotas in the rulebook
// are named after them ("quota.flag_province").
type Kind struct {
	ID         string `db:"id"`
	Version    int64  `db:"version"`
	Name       string `db:"name"`
	Short      string `db:"short_name"`
	Form       Form   `db:"form"`
	Flag       bool   `db:"flag"` // a Cờ thi đua: for the leading of a cluster
	Level      Level  `db:"level"`
	Place      int    `db:"place"`
	Multiplier string `db:"multiplier"` // of the base salary, a plain decimal; for collectives
	Source     string `db:"source"`
}

const decree152 = "Nghị định 152/2025/NĐ-CP, Điều 49 và 50 (mức cho tập thể)"

// StandardKinds is the catalogue that an installation starts with
// (domain.md §4.5).
func StandardKinds() []Kind {
	kinds := []Kind{
		{ID: "flag_government", Name: "Cờ thi đua của Chính phủ", Short: "Cờ CP", Form: Title, Flag: true, Level: State, Multiplier: "12.0"},
		{ID: "flag_province", Name: "Cờ thi đua của UBND tỉnh", Short: "Cờ tỉnh", Form: Title, Flag: true, Level: Province, Multiplier: "8.0"},
		{ID: "flag_ministry", Name: "Cờ thi đua của bộ", Short: "Cờ bộ", Form: Title, Flag: true, Level: Ministry, Multiplier: "8.0"},
		{ID: "certificate_pm", Name: "Bằng khen của Thủ tướng Chính phủ", Short: "BK Thủ tướng", Form: Commendation, Level: State, Multiplier: "7.0"},
		{ID: "certificate_province", Name: "Bằng khen của Chủ tịch UBND tỉnh", Short: "BK tỉnh", Form: Commendation, Level: Province, Multiplier: "3.0"},
		{ID: "certificate_ministry", Name: "Bằng khen của Bộ trưởng", Short: "BK bộ", Form: Commendation, Level: Ministry, Multiplier: "3.0"},
		{ID: "collective_excellent", Name: "Tập thể lao động xuất sắc", Short: "TTLĐXS", Form: Title, Level: Province, Multiplier: "1.5"},
		{ID: "collective_advanced", Name: "Tập thể lao động tiên tiến", Short: "TTLĐTT", Form: Title, Level: Base, Multiplier: "0.8"},
		{ID: "letter_of_merit", Name: "Giấy khen", Short: "Giấy khen", Form: Commendation, Level: Base, Multiplier: "0.6"},
	}
	for i := range kinds {
		kinds[i].Place, kinds[i].Source = i+1, decree152
	}
	return kinds
}

// EnsureKinds enters the standard kinds that are missing, in the caller's
// transaction, when an installation starts for the first time.
func (s *Service) EnsureKinds(ctx context.Context, tx *db.Tx, actor access.Actor) error {
	if err := s.gate.Must(ctx, tx, actor, access.RuleEdit, access.Record{}); err != nil {
		return err
	}
	for _, k := range StandardKinds() {
		there, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM award_kind WHERE id = $1`, k.ID)
		if err != nil {
			return err
		}
		if there > 0 {
			continue
		}
		if err := s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "award.kind", Reason: k.Source}, "award_kind", &k); err != nil {
			return err
		}
	}
	return nil
}

// Kinds lists the catalogue in its order.
func (s *Service) Kinds(ctx context.Context, q db.Queryer) ([]Kind, error) {
	return db.All[Kind](ctx, q, `SELECT `+db.Prefixed("k", Kind{})+` FROM award_kind k ORDER BY place, id`)
}
