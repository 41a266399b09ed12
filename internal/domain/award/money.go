package award

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Amount is multiplier × base, rounded up to whole steps (domain.md §4.5:
// 1,5 × 2.530.000 = 3.795.000 is paid as 3.800.000).
func Amount(multiplier, base, step decimal.Decimal) decimal.Decimal {
	exact := multiplier.Mul(base)
	if step.Sign() <= 0 {
		return exact
	}
	steps, rest := exact.QuoRem(step, 0)
	if rest.Sign() > 0 {
		steps = steps.Add(decimal.NewFromInt(1))
	}
	return steps.Mul(step)
}

// Payable is the money of one award.
type Payable struct {
	Award    Award
	Kind     Kind
	Decision Decision
	Amount   decimal.Decimal
	Currency string
	Paid     bool // false for a title below a higher title of the same year
}

// Pay marks which awards of one unit and one year of merit are paid: of several
// titles only the highest, of commendations every one.
func Pay(awards []Payable) {
	best := -1
	for i, a := range awards {
		if a.Kind.Form != Title {
			awards[i].Paid = true
			continue
		}
		awards[i].Paid = false
		if best < 0 || a.Amount.Cmp(awards[best].Amount) > 0 {
			best = i
		}
	}
	if best >= 0 {
		awards[best].Paid = true
	}
}

// Sum adds what is paid, one amount for each currency: nothing adds across
// currencies.
func Sum(awards []Payable) []Money {
	var out []Money
	for _, a := range awards {
		if !a.Paid {
			continue
		}
		if i := slices.IndexFunc(out, func(m Money) bool { return m.Currency == a.Currency }); i >= 0 {
			out[i].Amount = out[i].Amount.Add(a.Amount)
		} else {
			out = append(out, Money{a.Amount, a.Currency})
		}
	}
	return out
}

// Money is an amount in a currency.
type Money struct {
	Amount   decimal.Decimal
	Currency string
}
