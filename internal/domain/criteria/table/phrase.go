package table

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

var (
	heading   = `^(?:(?:phan|cac|nhom|muc|noi dung|tieu chi|truong hop|quy dinh) )*`
	bothHead  = regexp.MustCompile(heading + `(?:diem )?(?:thuong|cong)(?: diem)?(?: va| hoac)? (?:diem )?tru\b`)
	bonusHead = regexp.MustCompile(heading + `(?:diem (?:thuong|cong|khuyen khich|uu tien)|(?:thuong|cong) diem|bonus)\b`)
	minusHead = regexp.MustCompile(heading + `(?:diem (?:tru|phat)|tru diem|deductions?)\b`)

	// "nn 2 điểm": a total is followed by nothing, or by what it is the total of.
	totalRow = regexp.MustCompile(`^(?:tong cong|tong diem|tong so diem|tong so|tong|cong|total)(?: (?:diem|so|muc|phan|nhom|cac|chung|toan|i|ii|iii|iv|v|vi|vii|viii|ix|x|[a-e]|\d+)\b.*)?$`)
	totalOf  = regexp.MustCompile(`\b(?:muc|phan|nhom) ([ivx]+|[a-e]|\d+)$`)

	ending = regexp.MustCompile(`^(?:ghi chu|luu y|noi nhan|nguoi (?:lap|cham|tong hop)|thu truong|tm|kt|tl|tuq|dai dien|truong (?:khoi|cum)|(?:khoi|cum) truong|chu tich|giam doc|xac nhan|lanh dao|to truong|thu ky)\b|\bngay .{0,12}thang .{0,12}nam\b`)
)

// partOf tells which part a heading opens; both for one that opens the two.
func partOf(name string) (part scoring.Part, both bool) {
	k := key(name)
	switch {
	case bothHead.MatchString(k):
		return "", true
	case bonusHead.MatchString(k):
		return scoring.Bonus, false
	case minusHead.MatchString(k):
		return scoring.Deduction, false
	}
	return "", false
}

// capitals tells whether a text is a heading by its letters.
func capitals(text string) bool {
	letters := 0
	for _, r := range text {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 6
}

var (
	eachPhrase = regexp.MustCompile(`\b(?:cu )?moi (?:mot )?([^.;:\n]{2,70}?)[, ]*(?:thi )?(?:(?:duoc|bi|se) )*(?:(cong|thuong|tru|tinh|cham)(?: toi da)? )?` + figure + ` diem`)
	shares     = regexp.MustCompile(`%|phan tram|ty le|\d`)
	passPhrase = regexp.MustCompile(`\b(?:khong (?:dat|co|thuc hien|hoan thanh|bao dam)[^.;\n]{0,60}|neu khong|nguoc lai)[^.;\n]{0,20}?(?:\b0 diem|khong (?:duoc )?(?:tinh|cong|cham) diem)`)
	rateWord   = regexp.MustCompile(`\bty le[^.;\n]{0,40}(?:\*|x|×|nhan(?: voi)?) ?(?:so )?diem (?:chuan|toi da)|diem (?:chuan|toi da) ?(?:\*|x|×|nhan(?: voi)?) ?ty le`)
)

// suggest finds the rule that a criterion's words look like. It is never more
// than a suggestion: the same words mean other things in other tables.
func (n *Node) suggest() {
	if len(n.Children) > 0 || n.rest["rule"] != nil {
		return
	}
	folded := vntext.Fold(n.Name + "\n" + n.Guide)
	var rule map[string]any
	each, taken := n.each, n.Part == scoring.Deduction
	if each == "" {
		for _, m := range eachPhrase.FindAllStringSubmatch(folded, -1) {
			if shares.MatchString(m[1]) { // "mỗi 0,5%": steps, whose base nobody can guess
				continue
			}
			if p, ok := pointsOf(m[3]); ok && p > 0 {
				each, taken = p.String(), m[2] == "tru"
				break
			}
		}
	}
	switch {
	case each != "" && each != "0" && taken && n.Part == scoring.Main:
		if n.Max == "" {
			return
		}
		// Taken off the full points for each time: the count is what is measured.
		rule = map[string]any{"kind": "steps", "measure": "actual", "base": n.Max, "from": "0", "per": "1", "add": "-" + each}
	case each != "" && each != "0" && taken == (n.Part == scoring.Deduction):
		rule = map[string]any{"kind": "count", "each": each}
	case rateWord.MatchString(folded) && n.Max != "":
		rule = map[string]any{"kind": "ratio"}
	case passPhrase.MatchString(folded) && n.Max != "" && n.Part != scoring.Deduction:
		rule = map[string]any{"kind": "pass"}
	default:
		return
	}
	body, err := json.Marshal(rule)
	if err != nil {
		return
	}
	c := fields{"id": quoted(n.ID), "rule": body}
	c.set("max", n.Max)
	doc := fields{}
	doc.put(string(n.Part), []fields{c})
	says, ok := wordsOf(doc, n.ID)
	if !ok {
		return // a rule that does not fit the points is no help
	}
	n.Suggest = &Suggestion{Kind: rule["kind"].(string), Says: says, body: body}
}

// wordsOf are the words of a criterion's rule in a sheet; ok is false when the
// rule is not in order.
func wordsOf(doc fields, id string) ([]locale.Text, bool) {
	body, err := json.Marshal(doc)
	if err != nil {
		return nil, false
	}
	sheet, problems := scoring.ParseSheet(body)
	if len(problems) > 0 {
		return nil, false
	}
	c := sheet.Find(id)
	for _, p := range sheet.Check() {
		if p.Criterion == id && strings.HasPrefix(string(p.Code), "bad_rule") {
			return nil, false
		}
	}
	if c == nil || c.Rule == nil {
		return nil, false
	}
	return c.Rule.Says(c), true
}
