package covenant

import (
	"context"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Signature is a unit's signature on the adopted text.
type Signature struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	VersionID string        `db:"version_id"`
	YearID    string        `db:"year_id"`
	UnitID    string        `db:"unit_id"`
	AccountID string        `db:"account_id"`
	Signer    string        `db:"signer"`
	Position  string        `db:"position"`
	Mandate   string        `db:"mandate"`   // what a deputy signs on
	TextHash  string        `db:"text_hash"` // SHA-256 of the text that was signed
	At        clock.Instant `db:"at"`
}

// Sign is what the person who signs sees and says.
type Sign struct {
	UnitID  string
	Hash    string // of the text that was on the page
	Mandate string // a deputy names the paper that lets him sign
}

// Deputy tells by its title whether a position needs a mandate to sign.
func Deputy(position string) bool { return strings.HasPrefix(vntext.Fold(position)+" ", "pho ") }

// Sign signs the adopted covenant for a unit, once, on exactly the text that
// the person saw.
func (s *Service) Sign(ctx context.Context, actor access.Actor, yearID string, in Sign) (Signature, error) {
	in.Mandate = vntext.Line(in.Mandate)
	var sig Signature
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		member, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM membership WHERE year_id = $1 AND unit_id = $2`, yearID, in.UnitID)
		if err != nil {
			return err
		}
		if member == 0 {
			return fault.Missing()
		}
		if err := s.gate.Must(ctx, tx, actor, access.CovenantSign, access.Record{Year: yearID, Unit: in.UnitID}); err != nil {
			return err
		}
		if _, err := s.years.During(ctx, tx, yearID, cluster.Signing); err != nil {
			return err
		}
		_, v, adopted, err := s.AdoptedVersion(ctx, tx, yearID)
		if err != nil {
			return err
		}
		switch {
		case !adopted:
			return fault.New(fault.Conflict, "Giao ước chưa được thông qua nên chưa ký được.")
		case in.Hash != v.Hash:
			return fault.New(fault.Conflict, "Văn bản giao ước đã đổi sau khi bạn mở trang. Hãy đọc lại bản đã thông qua rồi ký.")
		}
		signatures, err := s.Signatures(ctx, tx, v.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(signatures, func(g Signature) bool { return g.UnitID == in.UnitID }) {
			return fault.New(fault.Conflict, "Đơn vị đã ký giao ước này rồi.")
		}
		position, err := db.One[string](ctx, tx, `SELECT position FROM account WHERE id = $1`, actor.Account)
		if err != nil {
			return err
		}
		if Deputy(position) && in.Mandate == "" {
			return fault.Wrong("mandate", "Cấp phó ký thay cần ghi văn bản ủy quyền (số, ngày).")
		}
		if len([]rune(in.Mandate)) > 300 {
			return fault.Wrong("mandate", "Nội dung ủy quyền dài quá 300 ký tự.")
		}
		sig = Signature{
			ID: db.NewID(), VersionID: v.ID, YearID: yearID, UnitID: in.UnitID, AccountID: actor.Account, Signer: actor.Name,
			Position: position, Mandate: in.Mandate, TextHash: v.Hash, At: clock.Stamp(s.now),
		}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "covenant.sign", Year: yearID}, "signature", &sig)
	})
	return sig, err
}

// Signatures lists the signatures on a version, in the order of signing. A
// year that stands on the covenant of an earlier one has those that its members
// gave then, on the same bytes.
func (s *Service) Signatures(ctx context.Context, q db.Queryer, versionID string) ([]Signature, error) {
	return db.All[Signature](ctx, q, `SELECT `+db.Prefixed("g", Signature{})+` FROM signature g WHERE g.version_id = $1
		UNION ALL
		SELECT `+db.Prefixed("g", Signature{})+` FROM covenant_carry c
			JOIN draft_version v ON v.id = c.version_id
			JOIN signature g ON g.version_id = c.from_version_id AND g.text_hash = v.hash
			JOIN membership m ON m.year_id = c.year_id AND m.unit_id = g.unit_id
			WHERE c.version_id = $1
		ORDER BY at, id`, versionID)
}

// Unsigned lists the members that have not signed the adopted covenant; all of
// them before it is adopted.
func (s *Service) Unsigned(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Member, error) {
	members, err := s.years.Members(ctx, q, y)
	if err != nil {
		return nil, err
	}
	_, v, adopted, err := s.AdoptedVersion(ctx, q, y.ID)
	if err != nil || !adopted {
		return members, err
	}
	signatures, err := s.Signatures(ctx, q, v.ID)
	if err != nil {
		return nil, err
	}
	signed := map[string]bool{}
	for _, g := range signatures {
		signed[g.UnitID] = true
	}
	var out []cluster.Member
	for _, m := range members {
		if !signed[m.UnitID] {
			out = append(out, m)
		}
	}
	return out, nil
}

func (s *Service) guard(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	missing, err := s.Unsigned(ctx, q, y)
	if err != nil || len(missing) == 0 {
		return nil, err
	}
	if later, err := s.deferred(ctx, q, y); err != nil || later {
		return nil, err
	}
	units := make([]string, len(missing))
	for i, m := range missing {
		units[i] = m.UnitID
	}
	return []cluster.Blocker{{Text: locale.Msg("Còn {.n} đơn vị chưa ký giao ước.", "n", len(missing)), Tab: "covenant", Units: units}}, nil
}
