package movement

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Share is the part of a movement's target that a cluster carries together, or
// a unit of its own: exactly one of the two is named.
type Share struct {
	ID         string        `db:"id"`
	Version    int64         `db:"version"`
	MovementID string        `db:"movement_id"`
	TargetID   string        `db:"target_id"`
	ClusterID  string        `db:"cluster_id"`
	UnitID     string        `db:"unit_id"`
	Amount     string        `db:"amount"` // exact, in Unit
	Unit       string        `db:"unit"`
	BaseAmount string        `db:"base_amount"`
	BaseUnit   string        `db:"base_unit"`
	Note       string        `db:"note"`
	AccountID  string        `db:"account_id"`
	At         clock.Instant `db:"at"`
}

// Base is the amount in base units.
func (s Share) Base() *big.Rat {
	r, ok := new(big.Rat).SetString(s.BaseAmount)
	if !ok {
		return new(big.Rat)
	}
	return r
}

// Balance says how the shares of a target stand to it.
type Balance string

const (
	Apart  Balance = "apart"  // rates and growths: shares do not add up
	Exact  Balance = "exact"  // together they are the target
	Within Balance = "within" // a range, or an upper bound, that they keep
	Less   Balance = "less"   // something is left that nobody carries
	More   Balance = "more"   // together they are more than the target
)

// Cascade is a target with the shares of it. Sum and Rest are in the target's
// unit; Rest is what is left to carry, or, with More, what is too much.
type Cascade struct {
	Target  Target
	Shares  []Share
	Balance Balance
	Sum     string
	Rest    string
	Twice   []string // units that carry a share though their cluster does: it may count twice
}

// Adds tells whether shares of the target can be added: amounts can, rates and
// growths cannot.
func (t Target) Adds() bool {
	if t.Change != target.Level || strings.HasPrefix(t.BaseUnit, "%") || strings.HasPrefix(t.BaseUnit, "‰") || strings.HasPrefix(t.BaseUnit, "điểm") || strings.Contains(t.BaseUnit, "/") {
		return false
	}
	return t.Relation == target.Equal || t.Relation == target.AtLeast || t.Relation == target.AtMost || t.Relation == target.Range
}

// Weigh sets shares against their target, exactly.
func Weigh(t Target, shares []Share) Cascade {
	c := Cascade{Target: t, Shares: shares, Balance: Apart}
	low, okLow := new(big.Rat).SetString(t.BaseLow)
	high, okHigh := new(big.Rat).SetString(t.BaseHigh)
	if !t.Adds() || !okLow || !okHigh {
		return c
	}
	sum := new(big.Rat)
	for _, s := range shares {
		sum.Add(sum, s.Base())
	}
	rest := new(big.Rat).Sub(low, sum)
	switch {
	case t.Relation == target.AtMost && sum.Cmp(high) <= 0:
		c.Balance = Within
	case t.Relation == target.AtLeast && sum.Cmp(low) > 0:
		c.Balance, rest = Within, new(big.Rat)
	case sum.Cmp(high) > 0:
		c.Balance, rest = More, new(big.Rat).Sub(sum, high)
	case sum.Cmp(low) < 0:
		c.Balance = Less
	case t.Relation == target.Range:
		c.Balance, rest = Within, new(big.Rat)
	default:
		c.Balance = Exact
	}
	c.Sum, c.Rest = express(sum, t), express(rest, t)
	return c
}

// express writes base units in the target's unit.
func express(r *big.Rat, t Target) string {
	prec, _ := r.FloatPrec()
	amount := r.FloatString(prec)
	if s, ok := target.Express(target.Value{Amount: amount, Unit: t.BaseUnit}, t.Unit); ok {
		return s
	}
	return amount
}

// NewShare is a share as a person enters it.
type NewShare struct {
	MovementID string // of the target; empty where the target is known to be its own
	TargetID   string
	ClusterID  string
	UnitID     string
	Amount     string // in the form of Lang
	Unit       string // empty for the target's
	Note       string
	Version    int64 // of the share that the person saw; 0 for none
	Lang       locale.Lang
}

// SetShare enters or changes who carries what of a target. What was launched
// stands; who carries it may still be settled.
func (s *Service) SetShare(ctx context.Context, actor access.Actor, in NewShare) (Share, error) {
	in.Unit, in.Note = vntext.Line(in.Unit), vntext.Line(in.Note)
	var share Share
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		t, err := db.Get[Target](ctx, tx, "movement_target", in.TargetID)
		if err != nil {
			return err
		}
		if in.MovementID != "" && in.MovementID != t.MovementID {
			return fault.Missing()
		}
		m, err := s.writable(ctx, tx, actor, t.MovementID)
		if err != nil {
			return err
		}
		if err := s.bearer(ctx, tx, m, in); err != nil {
			return err
		}
		fresh, err := in.share(t)
		if err != nil {
			return err
		}
		fresh.AccountID, fresh.At = actor.Account, clock.Stamp(s.now)
		old, there, err := db.Maybe[Share](ctx, tx, `SELECT `+db.Prefixed("h", Share{})+` FROM movement_share h WHERE h.target_id = $1 AND h.cluster_id = $2 AND h.unit_id = $3`, t.ID, in.ClusterID, in.UnitID)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "movement.share"}
		share = fresh
		if !there {
			share.ID = db.NewID()
			return s.book.Insert(ctx, tx, change, "movement_share", &share)
		}
		share.ID, share.Version = old.ID, in.Version
		return s.book.Update(ctx, tx, change, "movement_share", &share)
	})
	return share, err
}

// bearer requires one bearer, who is the organiser's to charge: a cluster that
// it organises, or a member of one in the movement's year.
func (s *Service) bearer(ctx context.Context, tx *db.Tx, m Movement, in NewShare) error {
	var n int
	var err error
	switch {
	case (in.ClusterID == "") == (in.UnitID == ""):
		return fault.Wrong("bearer", "Hãy chọn một cụm, khối hoặc một đơn vị nhận phần chỉ tiêu.")
	case in.ClusterID != "":
		n, err = db.Count(ctx, tx, `SELECT COUNT(*) FROM cluster c JOIN cluster_year y ON y.cluster_id = c.id WHERE c.id = $1 AND c.organiser_id = $2 AND y.year = $3`, in.ClusterID, m.OrganiserID, m.Year)
	default:
		n, err = db.Count(ctx, tx, `SELECT COUNT(*) FROM membership b JOIN cluster_year y ON y.id = b.year_id JOIN cluster c ON c.id = y.cluster_id WHERE b.unit_id = $1 AND c.organiser_id = $2 AND y.year = $3`, in.UnitID, m.OrganiserID, m.Year)
	}
	if err == nil && n == 0 {
		return fault.Wrong("bearer", "Chỉ giao được cho cụm, khối của cơ quan phát động trong năm {.year}, hoặc cho đơn vị thành viên.", "year", locale.Year(m.Year))
	}
	return err
}

// share checks what was typed.
func (n NewShare) share(t Target) (Share, error) {
	out := Share{MovementID: t.MovementID, TargetID: t.ID, ClusterID: n.ClusterID, UnitID: n.UnitID, Unit: n.Unit, Note: n.Note}
	if out.Unit == "" {
		out.Unit = t.Unit
	}
	if !t.Measurable() || t.Relation == target.None {
		return out, fault.Wrong("amount", "“{.name}” không đo bằng số nên không chia phần được.", "name", t.Name)
	}
	scale, base, _ := target.ParseUnit(out.Unit)
	out.BaseUnit = base
	var amount decimal.Decimal
	var wrong *fault.Error
	if strings.TrimSpace(n.Amount) == "" {
		wrong = fault.Wrong("amount", "Chưa nhập phần chỉ tiêu được giao.")
	} else if d, err := n.Lang.ParseNumber(strings.TrimSuffix(strings.TrimSpace(n.Amount), "%")); err != nil {
		wrong = fault.As(err).At("amount")
	} else if amount = d; d.IsNegative() {
		wrong = fault.Wrong("amount", "Phần chỉ tiêu được giao không được âm.")
	}
	if err := fault.List(
		wrong,
		fault.When(base != t.BaseUnit, "unit", "Phần được giao phải tính bằng {.want} như chỉ tiêu, không bằng {.got}.", "want", t.Unit, "got", out.Unit),
		fault.When(len([]rune(n.Note)) > 500, "note", "Ghi chú dài quá 500 ký tự."),
	); err != nil {
		return out, err
	}
	out.Amount = amount.String()
	out.BaseAmount = amount.Mul(decimal.NewFromBigInt(scale.Num(), 0)).String()
	return out, nil
}

// RemoveShare takes a share back; the ledger keeps it.
func (s *Service) RemoveShare(ctx context.Context, actor access.Actor, id string, version int64) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		share, err := db.Get[Share](ctx, tx, "movement_share", id)
		if err != nil {
			return err
		}
		if _, err := s.writable(ctx, tx, actor, share.MovementID); err != nil {
			return err
		}
		share.Version = version
		return s.book.Delete(ctx, tx, ledger.Change{By: actor, Action: "movement.remove_share"}, "movement_share", &share)
	})
}

// Shares lists who carries what of a movement's targets.
func (s *Service) Shares(ctx context.Context, q db.Queryer, movementID string) ([]Share, error) {
	return db.All[Share](ctx, q, `SELECT `+db.Prefixed("h", Share{})+` FROM movement_share h WHERE h.movement_id = $1 ORDER BY h.at, h.id`, movementID)
}

// Cascades sets the shares of each target of a movement against it, in the
// order of the targets.
func (s *Service) Cascades(ctx context.Context, q db.Queryer, m Movement) ([]Cascade, error) {
	targets, err := s.Targets(ctx, q, m.ID)
	if err != nil {
		return nil, err
	}
	shares, err := s.Shares(ctx, q, m.ID)
	if err != nil {
		return nil, err
	}
	type belongs struct {
		Cluster string `db:"cluster_id"`
		Unit    string `db:"unit_id"`
	}
	rows, err := db.All[belongs](ctx, q, `SELECT y.cluster_id, b.unit_id FROM membership b JOIN cluster_year y ON y.id = b.year_id JOIN cluster c ON c.id = y.cluster_id WHERE c.organiser_id = $1 AND y.year = $2`, m.OrganiserID, m.Year)
	if err != nil {
		return nil, err
	}
	var out []Cascade
	for _, t := range targets {
		var of []Share
		for _, h := range shares {
			if h.TargetID == t.ID {
				of = append(of, h)
			}
		}
		c := Weigh(t, of)
		for _, h := range of {
			twice := h.UnitID != "" && slices.ContainsFunc(rows, func(b belongs) bool {
				return b.Unit == h.UnitID && slices.ContainsFunc(of, func(o Share) bool { return o.ClusterID == b.Cluster })
			})
			if twice {
				c.Twice = append(c.Twice, h.UnitID)
			}
		}
		out = append(out, c)
	}
	return out, nil
}
