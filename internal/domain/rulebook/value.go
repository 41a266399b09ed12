package rulebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Shape is the form of a code's value.
type Shape string

const (
	ShapeThreshold Shape = "threshold"
	ShapeQuota     Shape = "quota"
	ShapeMoney     Shape = "money"
	ShapeChoice    Shape = "choice"
)

// Base is what a share is taken of.
type Base string

const (
	OfAll     Base = "all"     // every member, whether or not present
	OfPresent Base = "present" // those present
	OfValid   Base = "valid"   // valid ballots
)

// Bases in the order in which forms offer them.
var Bases = []Base{OfAll, OfPresent, OfValid}

// Name says the base.
func (b Base) Name() string {
	switch b {
	case OfAll:
		return "tổng số thành viên"
	case OfPresent:
		return "số có mặt"
	case OfValid:
		return "số phiếu hợp lệ"
	}
	return string(b)
}

// Threshold is the value of a quorum or of a vote: a share of a base, reached
// ("at least") or, when Strict, passed ("more than").
// JSON: {"share":"2/3","strict":false,"base":"all","written":true}.
type Threshold struct {
	Num, Den int64
	Strict   bool
	Base     Base
	Written  bool // written opinions of absent members count as votes
}

// Words says the threshold: "quá 1/2 tổng số thành viên".
func (t Threshold) Words() locale.Text {
	share := t.Share()
	if t.Strict && t.Num == 1 && t.Den == 2 {
		return locale.Msg("quá nửa {.base}", "base", locale.Text{Text: t.Base.Name()})
	}
	if t.Strict {
		return locale.Msg("quá {.share} {.base}", "share", share, "base", locale.Text{Text: t.Base.Name()})
	}
	return locale.Msg("ít nhất {.share} {.base}", "share", share, "base", locale.Text{Text: t.Base.Name()})
}

// Share writes the share: "2/3", "80%".
func (t Threshold) Share() string {
	if 100%t.Den == 0 && t.Den >= 5 || t.Num == t.Den {
		return strconv.FormatInt(t.Num*100/t.Den, 10) + "%"
	}
	return strconv.FormatInt(t.Num, 10) + "/" + strconv.FormatInt(t.Den, 10)
}

type thresholdJSON struct {
	Share   string `json:"share"`
	Strict  bool   `json:"strict"`
	Base    Base   `json:"base"`
	Written bool   `json:"written"`
}

// Threshold reads the rule's value.
func (r Rule) Threshold() (Threshold, error) {
	t, err := parseThreshold(r.Value)
	if err != nil {
		return t, unreadable(r, err)
	}
	return t, nil
}

func parseThreshold(value string) (Threshold, error) {
	var j thresholdJSON
	if err := strict(value, &j); err != nil {
		return Threshold{}, err
	}
	if j.Base == "" {
		j.Base = OfAll
	}
	num, den, err := Fraction(j.Share)
	t := Threshold{num, den, j.Strict, j.Base, j.Written}
	switch {
	case err != nil:
		return t, err
	case t.Base != OfAll && t.Base != OfPresent && t.Base != OfValid:
		return t, errors.New("unknown base")
	case t.Strict && num == den:
		return t, errors.New("more than all")
	case t.Written && t.Base != OfAll:
		// A written vote of an absent member has no place in a base that
		// leaves the absent out.
		return t, errors.New("written votes need the base of all members")
	}
	return t, nil
}

// Fraction reads a share above 0 and up to 1: "2/3", "80%", "0.8", "0,8".
func Fraction(s string) (num, den int64, err error) {
	text := strings.ReplaceAll(strings.TrimSpace(s), " ", "")
	wrong := errors.New("not a share between 0 and 1: " + s)
	if len(text) > 20 || strings.Trim(text, "0123456789/%.,") != "" {
		return 0, 0, wrong
	}
	body, percent := strings.CutSuffix(text, "%")
	body = strings.ReplaceAll(body, ",", ".")
	r, ok := new(big.Rat).SetString(body)
	if !ok {
		return 0, 0, wrong
	}
	if percent {
		r.Quo(r, big.NewRat(100, 1))
	}
	if r.Sign() <= 0 || r.Cmp(big.NewRat(1, 1)) > 0 || !r.Num().IsInt64() || r.Denom().Cmp(big.NewInt(1_000_000)) > 0 {
		return 0, 0, wrong
	}
	return r.Num().Int64(), r.Denom().Int64(), nil
}

// Of is what a quota by share is taken of.
type Of string

const (
	OfMembers Of = "members" // members of the cluster
	OfRest    Of = "rest"    // members that are proposed for no flag
	OfFlags   Of = "flags"   // collectives proposed for a flag, over all clusters of the organiser and the year
)

// QuotaValue is the most that may be proposed: a number, or a share rounded
// down. JSON: {"max":1} or {"share":"1/5","of":"flags"}.
type QuotaValue struct {
	Max      int
	Num, Den int64
	Of       Of
}

type quotaJSON struct {
	Max   int    `json:"max,omitempty"`
	Share string `json:"share,omitempty"`
	Of    Of     `json:"of,omitempty"`
}

// Quota reads the rule's value.
func (r Rule) Quota() (QuotaValue, error) {
	v, err := parseQuota(r.Value)
	if err != nil {
		return v, unreadable(r, err)
	}
	return v, nil
}

func parseQuota(value string) (QuotaValue, error) {
	var j quotaJSON
	if err := strict(value, &j); err != nil {
		return QuotaValue{}, err
	}
	if j.Share == "" {
		if j.Max < 1 || j.Max > 10_000 || j.Of != "" {
			return QuotaValue{}, errors.New("a maximum between 1 and 10000")
		}
		return QuotaValue{Max: j.Max}, nil
	}
	num, den, err := Fraction(j.Share)
	if err != nil {
		return QuotaValue{}, err
	}
	if j.Max != 0 || j.Of != OfMembers && j.Of != OfRest && j.Of != OfFlags {
		return QuotaValue{}, errors.New("a share of members, rest or flags")
	}
	return QuotaValue{Num: num, Den: den, Of: j.Of}, nil
}

// Limit is the most for a base of n: the source does not say how an odd rest is
// rounded, so down (domain.md §4.3).
func (q QuotaValue) Limit(n int) int {
	if q.Den == 0 {
		return q.Max
	}
	return int(int64(n) * q.Num / q.Den)
}

// Words says the quota.
func (q QuotaValue) Words() locale.Text {
	t := Threshold{Num: q.Num, Den: q.Den}
	switch {
	case q.Den == 0:
		return locale.Msg("không quá {.max}", "max", q.Max)
	case q.Of == OfRest:
		return locale.Msg("không quá {.share} số đơn vị còn lại sau khi trừ các đơn vị được đề nghị tặng cờ", "share", t.Share())
	case q.Of == OfFlags:
		return locale.Msg("không quá {.share} số tập thể được đề nghị tặng cờ trong mọi cụm, khối cùng năm", "share", t.Share())
	}
	return locale.Msg("không quá {.share} số đơn vị thành viên", "share", t.Share())
}

// Money is an amount in a currency. JSON: {"amount":"2340000","currency":"VND"}.
type Money struct {
	Amount   decimal.Decimal `json:"amount"`
	Currency string          `json:"currency"`
}

// Words says the amount: "2.340.000 đồng".
func (m Money) Words() locale.Text {
	if m.Currency == "VND" {
		return locale.Msg("{.amount} đồng", "amount", m.Amount)
	}
	return locale.Msg("{.amount} {.currency}", "amount", m.Amount, "currency", m.Currency)
}

// Money reads the rule's value.
func (r Rule) Money() (Money, error) {
	m, err := parseMoney(r.Value)
	if err != nil {
		return m, unreadable(r, err)
	}
	return m, nil
}

func parseMoney(value string) (Money, error) {
	var j struct {
		Amount   string `json:"amount"`
		Currency string `json:"currency"`
	}
	if err := strict(value, &j); err != nil {
		return Money{}, err
	}
	if len(j.Amount) > 18 || strings.Trim(j.Amount, "0123456789") != "" {
		return Money{}, errors.New("not a whole amount: " + j.Amount)
	}
	amount, err := decimal.NewFromString(j.Amount)
	if err != nil || amount.Sign() <= 0 || len(j.Currency) != 3 {
		return Money{}, errors.New("an amount above 0 and a currency of three letters")
	}
	return Money{amount, j.Currency}, nil
}

// Choices of LeaderSource.
const (
	ByElection = "election" // the review meeting elects
	ByDecision = "decision" // the organiser names
)

// Choice reads the rule's value. JSON: {"is":"election"}.
func (r Rule) Choice() (string, error) {
	c, err := parseChoice(r.Value)
	if err != nil {
		return "", unreadable(r, err)
	}
	return c, nil
}

func parseChoice(value string) (string, error) {
	var j struct {
		Is string `json:"is"`
	}
	if err := strict(value, &j); err != nil {
		return "", err
	}
	if j.Is != ByElection && j.Is != ByDecision {
		return "", errors.New("unknown choice: " + j.Is)
	}
	return j.Is, nil
}

// Words says the rule's value to people.
func (r Rule) Words() locale.Text {
	switch r.Code.Subject().Shape {
	case ShapeThreshold:
		if t, err := parseThreshold(r.Value); err == nil {
			return t.Words()
		}
	case ShapeQuota:
		if q, err := parseQuota(r.Value); err == nil {
			if r.Code == LeadingPlaces && q.Den == 0 {
				return locale.Msg("từ hạng {.max} trở lên", "max", q.Max)
			}
			return q.Words()
		}
	case ShapeMoney:
		if m, err := parseMoney(r.Value); err == nil {
			return m.Words()
		}
	case ShapeChoice:
		switch c, _ := parseChoice(r.Value); c {
		case ByElection:
			return locale.Msg("hội nghị tổng kết bầu")
		case ByDecision:
			return locale.Msg("cơ quan tổ chức quyết định")
		}
	}
	return locale.Text{Text: r.Value}
}

// Canonical checks a value against the shape of the code and writes it in one form.
func (c Code) Canonical(value string) (string, *fault.Error) {
	var out any
	var err error
	var text string
	switch c.Subject().Shape {
	case ShapeThreshold:
		text = "Tỷ lệ không đúng. Hãy nhập như 2/3 hoặc 80%, lớn hơn 0 và không quá 100%; ý kiến bằng văn bản chỉ tính được khi lấy tổng số thành viên làm mẫu số."
		var t Threshold
		t, err = parseThreshold(value)
		out = thresholdJSON{strconv.FormatInt(t.Num, 10) + "/" + strconv.FormatInt(t.Den, 10), t.Strict, t.Base, t.Written}
	case ShapeQuota:
		text = "Số lượng tối đa không đúng. Hãy nhập một số từ 1 trở lên, hoặc một tỷ lệ như 50%."
		var q QuotaValue
		q, err = parseQuota(value)
		j := quotaJSON{Max: q.Max, Of: q.Of}
		if q.Den != 0 {
			j.Share = strconv.FormatInt(q.Num, 10) + "/" + strconv.FormatInt(q.Den, 10)
		}
		out = j
	case ShapeMoney:
		text = "Số tiền không đúng. Hãy nhập số nguyên lớn hơn 0, như 2.340.000."
		out, err = parseMoney(value)
	case ShapeChoice:
		text = "Chưa chọn giá trị của quy định."
		var is string
		is, err = parseChoice(value)
		out = map[string]string{"is": is}
	default:
		return value, nil
	}
	if err == nil {
		var raw []byte
		if raw, err = json.Marshal(out); err == nil {
			return string(raw), nil
		}
	}
	return "", fault.Wrong("value", text).Because(err)
}

func strict(value string, into any) error {
	d := json.NewDecoder(bytes.NewReader([]byte(value)))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

func unreadable(r Rule, err error) error {
	return fault.New(fault.Conflict, "Giá trị của quy định “{.name}” không đọc được. Hãy kết thúc quy định này và thêm lại ở trang Quy định.", "name", r.Code.Subject().Title()).Because(err)
}
