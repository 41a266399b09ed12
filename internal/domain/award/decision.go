package award

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Decision is a decision that awards.
type Decision struct {
	ID           string    `db:"id"`
	Version      int64     `db:"version"`
	YearID       string    `db:"year_id"`
	Number       string    `db:"number"`
	Day          clock.Day `db:"day"`
	Authority    string    `db:"authority"` // "UBND tỉnh Bắc Ninh"
	Signer       string    `db:"signer"`
	Subject      string    `db:"subject"`
	Illustrative bool      `db:"illustrative"`
	Revoked      string    `db:"revoked"` // why
}

// Award is an entry of the register.
type Award struct {
	ID           string `db:"id"`
	Version      int64  `db:"version"`
	UnitID       string `db:"unit_id"` // empty where the nomination names none
	KindID       string `db:"kind_id"`
	MeritYear    int    `db:"merit_year"` // differs from the years of decision and payment
	NominationID string `db:"nomination_id"`
	DecisionID   string `db:"decision_id"`
	Revoked      string `db:"revoked"`
}

// NewDecision is a decision to be recorded with the nominations that it grants.
type NewDecision struct {
	YearID       string
	Number       string
	Day          clock.Day
	Authority    string
	Signer       string
	Subject      string
	Nominations  []string
	Illustrative bool
}

// decisionNumber is how Decree 30/2020 writes the number of a decision, with
// the year where the issuing body still has it: 311/QĐ-UBND, 12/2023/QĐ-CTN.
var decisionNumber = regexp.MustCompile(`^[0-9]{1,6}[A-Za-z]?(/[0-9]{4})?/QĐ-[\p{Lu}\p{Lt}\p{Ll}&.-]{1,30}$`)

// fits tells whether the authority decides on awards of the kind (domain.md
// §1.1, §4.2): those of the state are the Prime Minister's and the President's;
// flags and certificates of a province its people's committee's, those of a
// ministry no people's committee's. Titles of collectives both may grant.
func (k Kind) fits(authority string) bool {
	a := vntext.Fold(authority)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(a, w) })
	}
	state := has("thu tuong", "chinh phu", "chu tich nuoc")
	committee := has("ubnd", "uy ban nhan dan")
	switch {
	case k.Level == State:
		return state
	case k.Form == Title && !k.Flag:
		return !state
	case k.Level == Province:
		return !state && (committee || has("chu tich")) && !has(" xa", " phuong", " dac khu", " huyen", " thi xa", " quan ")
	case k.Level == Ministry:
		return !state && !committee
	}
	return !state
}

// decides says whose awards of the level are.
func (l Level) decides() locale.Text {
	switch l {
	case State:
		return locale.Msg("Thủ tướng Chính phủ hoặc Chủ tịch nước")
	case Province:
		return locale.Msg("UBND hoặc Chủ tịch UBND cấp tỉnh")
	case Ministry:
		return locale.Msg("bộ, ngành trung ương")
	}
	return locale.Msg("thủ trưởng đơn vị")
}

func (n *NewDecision) check(today clock.Day) error {
	n.Number, n.Authority = vntext.Line(n.Number), vntext.Line(n.Authority)
	n.Signer, n.Subject = vntext.Line(n.Signer), vntext.Line(n.Subject)
	return fault.List(
		fault.When(n.Number == "", "number", "Chưa nhập số quyết định."),
		fault.When(n.Number != "" && !decisionNumber.MatchString(n.Number), "number", "Số quyết định không đúng dạng. Hãy nhập như 311/QĐ-UBND."),
		fault.When(!n.Day.Valid(), "day", "Ngày quyết định không đúng. Hãy nhập như 14/03/2024."),
		fault.When(n.Day.Valid() && n.Day > today, "day", "Ngày quyết định không được sau hôm nay."),
		fault.When(n.Authority == "", "authority", "Chưa nhập cơ quan ban hành quyết định."),
		fault.When(n.Signer == "", "signer", "Chưa nhập người ký."),
		fault.When(n.Subject == "", "subject", "Chưa nhập trích yếu."),
		fault.When(len(n.Nominations) == 0, "nominations", "Chưa chọn đề nghị nào được khen thưởng theo quyết định này."),
	)
}

// Decide records a decision; each nomination that it grants becomes an award
// in the register.
func (s *Service) Decide(ctx context.Context, actor access.Actor, n NewDecision) (Decision, error) {
	if err := n.check(clock.Today(s.now)); err != nil {
		return Decision{}, err
	}
	d := Decision{ID: db.NewID(), YearID: n.YearID, Number: n.Number, Day: n.Day, Authority: n.Authority, Signer: n.Signer, Subject: n.Subject}
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.AwardDecide, access.Record{Year: n.YearID}); err != nil {
			return err
		}
		y, err := s.years.During(ctx, tx, n.YearID, cluster.Deciding)
		if err != nil {
			return err
		}
		twin, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM decision WHERE year_id = $1 AND number = $2 AND day = $3 AND authority = $4 AND revoked = ''`, n.YearID, n.Number, n.Day, n.Authority)
		if err != nil {
			return err
		}
		if twin > 0 {
			return fault.Wrong("number", "Quyết định này đã được ghi.")
		}
		sat, err := s.sat(ctx, tx, y)
		if err != nil {
			return err
		}
		if n.Day < sat {
			return fault.Wrong("day", "Quyết định ngày {.day} có trước phiên họp Hội đồng ({.sat}). Hãy xem lại ngày.", "day", n.Day, "sat", sat)
		}
		d.Illustrative = n.Illustrative || y.Illustrative
		change := ledger.Change{By: actor, Action: "award.decide", Year: y.ID, Reason: d.Number}
		if err := s.book.Insert(ctx, tx, change, "decision", &d); err != nil {
			return err
		}
		live, err := s.live(ctx, tx, y.ID)
		if err != nil {
			return err
		}
		kinds, err := s.kinds(ctx, tx)
		if err != nil {
			return err
		}
		for i, id := range n.Nominations {
			at := slices.IndexFunc(live, func(l Nomination) bool { return l.ID == id })
			if at < 0 || slices.Contains(n.Nominations[:i], id) {
				return fault.Wrong("nominations", "Có đề nghị đã được rút hoặc không thuộc năm này. Hãy chọn lại.")
			}
			kind, day := kinds[live[at].KindID], clock.DayOf(live[at].At.Time())
			switch {
			case n.Day < day:
				return fault.Wrong("day", "Quyết định ngày {.day} có trước ngày đề nghị ({.proposed}). Hãy xem lại ngày.", "day", n.Day, "proposed", day)
			case !kind.fits(n.Authority):
				return fault.Wrong("authority", "“{.kind}” không thuộc thẩm quyền của “{.authority}”: hình thức này do {.whose} quyết định. Hãy ghi thành quyết định riêng.", "kind", kind.Name, "authority", n.Authority, "whose", kind.Level.decides())
			}
			granted, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM award WHERE nomination_id = $1 AND revoked = ''`, id)
			if err != nil {
				return err
			}
			if granted > 0 {
				return fault.Wrong("nominations", "Có đề nghị đã được khen thưởng theo quyết định khác.")
			}
			a := Award{ID: db.NewID(), UnitID: live[at].UnitID, KindID: live[at].KindID, MeritYear: y.Year, NominationID: id, DecisionID: d.ID}
			if err := s.book.Insert(ctx, tx, change, "award", &a); err != nil {
				return err
			}
		}
		return nil
	})
	return d, err
}

// Revoke takes a decision back that was recorded wrongly, or that its authority
// withdrew, with all awards that rest on it. The nominations wait again.
func (s *Service) Revoke(ctx context.Context, actor access.Actor, id, reason string, version int64) error {
	reason = vntext.Line(reason)
	if reason == "" {
		return fault.Wrong("reason", "Hãy ghi lý do: ghi nhầm, hoặc văn bản hủy quyết định.")
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		d, err := db.Get[Decision](ctx, tx, "decision", id)
		if err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.AwardDecide, access.Record{Year: d.YearID}); err != nil {
			return err
		}
		if _, err := s.years.During(ctx, tx, d.YearID, cluster.Deciding); err != nil {
			return err
		}
		if d.Revoked != "" {
			return fault.New(fault.Conflict, "Quyết định này đã được hủy.")
		}
		change := ledger.Change{By: actor, Action: "award.revoke", Year: d.YearID, Reason: reason}
		d.Revoked, d.Version = reason, version
		if err := s.book.Update(ctx, tx, change, "decision", &d); err != nil {
			return err
		}
		awards, err := db.All[Award](ctx, tx, `SELECT `+db.Prefixed("a", Award{})+` FROM award a WHERE decision_id = $1 AND revoked = '' ORDER BY id`, id)
		if err != nil {
			return err
		}
		for _, a := range awards {
			a.Revoked = reason
			if err := s.book.Update(ctx, tx, change, "award", &a); err != nil {
				return err
			}
		}
		return nil
	})
}

// Decisions lists the decisions of a year for an actor, oldest first.
func (s *Service) Decisions(ctx context.Context, actor access.Actor, yearID string) ([]Decision, error) {
	if err := s.gate.MustSee(ctx, s.db, actor, access.ClusterRead, access.Record{Year: yearID}); err != nil {
		return nil, err
	}
	return s.decisions(ctx, s.db, yearID)
}

func (s *Service) decisions(ctx context.Context, q db.Queryer, yearID string) ([]Decision, error) {
	return db.All[Decision](ctx, q, `SELECT `+db.Prefixed("d", Decision{})+` FROM decision d WHERE year_id = $1 ORDER BY day, id`, yearID)
}

// Payment is the money that a unit is due for a year of merit.
type Payment struct {
	UnitID string
	Awards []Payable
	Total  []Money
}

// Payments computes the money of a year's awards: each at the base salary of
// its decision's day, rounded up under the rule of that day; of several titles
// only the highest. Awards that name no unit are left out.
func (s *Service) Payments(ctx context.Context, actor access.Actor, yearID string) ([]Payment, error) {
	var out []Payment
	err := s.db.ReadSnapshot(ctx, func(q db.Queryer) error {
		if err := s.gate.MustSee(ctx, q, actor, access.ClusterRead, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.years.Get(ctx, q, yearID)
		if err != nil {
			return err
		}
		c, err := s.years.Cluster(ctx, q, y.ClusterID)
		if err != nil {
			return err
		}
		kinds, err := s.kinds(ctx, q)
		if err != nil {
			return err
		}
		decisions, err := s.decisions(ctx, q, yearID)
		if err != nil {
			return err
		}
		for _, d := range decisions {
			if d.Revoked != "" {
				continue
			}
			awards, err := db.All[Award](ctx, q, `SELECT `+db.Prefixed("a", Award{})+` FROM award a WHERE decision_id = $1 AND revoked = '' AND unit_id <> '' ORDER BY id`, d.ID)
			if err != nil {
				return err
			}
			for _, a := range awards {
				p := Payable{Award: a, Kind: kinds[a.KindID], Decision: d}
				if p.Amount, p.Currency, err = s.amount(ctx, q, p.Kind, c.OrganiserID, d.Day); err != nil {
					return err
				}
				i := slices.IndexFunc(out, func(o Payment) bool { return o.UnitID == a.UnitID })
				if i < 0 {
					i = len(out)
					out = append(out, Payment{UnitID: a.UnitID})
				}
				out[i].Awards = append(out[i].Awards, p)
			}
		}
		for i := range out {
			Pay(out[i].Awards)
			out[i].Total = Sum(out[i].Awards)
		}
		return nil
	})
	return out, err
}

func (s *Service) amount(ctx context.Context, q db.Queryer, k Kind, organiser string, day clock.Day) (decimal.Decimal, string, error) {
	base, err := s.money(ctx, q, rulebook.BaseSalary, organiser, day)
	if err != nil {
		return decimal.Zero, "", err
	}
	step, err := s.money(ctx, q, rulebook.MoneyRounding, organiser, day)
	if err != nil {
		return decimal.Zero, "", err
	}
	multiplier, err := decimal.NewFromString(k.Multiplier)
	if err != nil {
		return decimal.Zero, "", fault.Wrap(err)
	}
	if step.Currency != base.Currency {
		return multiplier.Mul(base.Amount), base.Currency, nil
	}
	return Amount(multiplier, base.Amount, step.Amount), base.Currency, nil
}

func (s *Service) money(ctx context.Context, q db.Queryer, code rulebook.Code, organiser string, day clock.Day) (rulebook.Money, error) {
	r, err := s.rules.At(ctx, q, code, organiser, day)
	if err != nil {
		return rulebook.Money{}, err
	}
	return r.Money()
}
