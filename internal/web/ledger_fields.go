package web

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/points"
)

// fieldWords say what columns hold; a column without a word shows its name.
var fieldWords = map[string]string{
	"account_id": "Người làm", "activity": "Việc", "actual": "Thực hiện", "address": "Địa chỉ", "adopted_id": "Bản thông qua", "aliases": "Tên gọi khác", "amount": "Số liệu", "answer": "Trả lời", "answered_at": "Trả lời lúc", "answered_by": "Người trả lời", "approx": "Làm tròn",
	"at": "Lúc", "attempt": "Lần", "back": "Lùi bước", "authority": "Cơ quan ban hành", "award_kind": "Hình thức khen thưởng", "base": "Tính trên", "base_amount": "Số liệu quy đổi", "base_high": "Cận trên quy đổi", "base_kind": "So với",
	"base_low": "Cận dưới quy đổi", "base_unit": "Đơn vị tính quy đổi", "base_year": "Năm gốc", "basis": "Căn cứ", "by_year": "Đến năm", "cancelled": "Lý do hủy", "chair": "Chủ trì", "change": "Mức tăng, giảm",
	"checker_id": "Đơn vị kiểm tra", "circulated": "Đã gửi góp ý", "clause": "Câu văn", "closed": "Đã khóa", "code": "Mã", "created_at": "Lập lúc", "decision": "Căn cứ", "heir_id": "Đơn vị tiếp tục công việc", "side": "Vai trong thay đổi", "was_day": "Ngày kết thúc trước đó", "criterion": "Tiêu chí", "cumulative": "Cộng dồn qua các năm", "day": "Ngày",
	"direction": "Chiều tốt", "due_day": "Hạn", "email": "Thư điện tử", "ended_at": "Kết thúc lúc", "entitled": "Có quyền bỏ phiếu", "flag": "Cờ thi đua", "flow": "Cách tính", "form": "Loại", "from_day": "Từ ngày", "from_state": "Từ bước",
	"grounds": "Căn cứ đề nghị", "hash": "Dấu kiểm", "high": "Cận trên", "host_id": "Đơn vị chủ trì", "illustrative": "Minh họa", "indicator_id": "Chỉ tiêu", "inputs": "Số liệu chấm", "invalid": "Phiếu không hợp lệ", "issued": "Phiếu phát ra",
	"from_year": "Từ năm", "until_year": "Đến hết năm", "locked": "Đã khóa", "launched_at": "Phát động lúc", "source_text": "Văn bản gốc", "theme": "Chủ đề", "movement_id": "Phong trào", "sheet_version_id": "Bảng chấm điểm", "kind_id": "Hình thức khen thưởng",
	"kind": "Loại", "label": "Nhãn", "lang": "Ngôn ngữ", "level": "Cấp", "level_id": "Cấp", "line": "Dòng", "login": "Tên đăng nhập", "low": "Mức", "mandate": "Văn bản ủy quyền", "merit_year": "Năm thành tích", "multiplier": "Hệ số",
	"conclusion": "Kết luận", "members": "Số thành viên",
	"must_change": "Phải đổi mật khẩu", "name": "Tên", "no": "Không đồng ý", "note": "Ghi chú", "number": "Số", "office": "Chức vụ", "opinions": "Ý kiến", "organiser_id": "Cơ quan tổ chức", "outcome": "Kết quả", "override": "Vẫn đề nghị vì",
	"parent_id": "Trực thuộc", "passed": "Đạt", "period": "Kỳ", "person": "Người", "place": "Thứ tự", "points": "Điểm", "position": "Chức vụ", "present": "Có mặt", "purpose": "Để", "quantity": "Số lượng", "rank": "Hạng", "reason": "Lý do",
	"reference": "Văn bản", "register": "Sổ văn bản", "relation": "So sánh", "reporter_id": "Đơn vị báo cáo", "resolution": "Kết luận", "returned": "Phiếu thu về", "revoked": "Hủy vì", "role": "Vai trò", "seats": "Số được chọn",
	"seat": "Người kiểm phiếu thứ", "secretary": "Thư ký", "settled": "Phân định", "share_den": "Mẫu số tỷ lệ", "share_num": "Tử số tỷ lệ", "short_name": "Tên gọi tắt", "signer": "Người ký", "source": "Nguồn", "starts_at": "Bắt đầu lúc", "state": "Trạng thái", "status": "Tình trạng",
	"strict": "Phải quá tỷ lệ", "subject": "Trích yếu", "symbol": "Ký hiệu", "teller": "Người kiểm phiếu thứ", "text": "Nội dung", "text_hash": "Dấu kiểm văn bản", "title": "Tiêu đề", "to_day": "Đến ngày", "to_state": "Sang bước", "total": "Tổng điểm",
	"unit": "Đơn vị tính", "unit_id": "Đơn vị", "valid": "Phiếu hợp lệ", "value": "Giá trị", "verified": "Đã xác minh", "warnings": "Cảnh báo", "way": "Cách bỏ phiếu", "withdrawn": "Rút vì", "written": "Ý kiến bằng văn bản", "year": "Năm", "yes": "Đồng ý",
}

// unshown are columns that say nothing to a reader: keys, what serves the
// program alone, and content that has a page of its own.
func unshown(column string) bool {
	switch column {
	case "id", "version", "search", "sort_key", "base_amount", "base_low", "base_high", "base_unit", "subject_kind", "body", "content", "snapshot", "file_hash", "file_id", "code_hash", "password_hash":
		return true
	}
	return strings.HasSuffix(column, "_id") && !unitColumns[column] && column != "account_id" && column != "indicator_id" && column != "movement_id" && column != "sheet_version_id" && column != "kind_id"
}

var unitColumns = map[string]bool{"unit_id": true, "reporter_id": true, "checker_id": true, "host_id": true, "organiser_id": true, "parent_id": true, "heir_id": true}

// ledgerNames are what ids on a page of the ledger stand for.
type ledgerNames map[string]string

// namesIn reads the names of units, people and indicators that entries mention.
func (s *Server) namesIn(q *Req, items []ledger.Item) (ledgerNames, error) {
	out := ledgerNames{}
	var units, people, indicators, movements []string
	for _, it := range items {
		for _, row := range []map[string]any{it.Record.Before, it.Record.After} {
			for c, v := range row {
				id, _ := v.(string)
				switch {
				case id == "":
				case unitColumns[c]:
					units = append(units, id)
				case c == "account_id":
					people = append(people, id)
				case c == "indicator_id":
					indicators = append(indicators, id)
				case c == "movement_id":
					movements = append(movements, id)
				}
			}
		}
	}
	names, err := org.Names(q.Ctx(), s.DB, clock.Today(s.Clock), units...)
	if err != nil {
		return nil, err
	}
	for id, u := range names {
		out[id] = u.Name
	}
	for table, ids := range map[string][]string{"account": people, "indicator": indicators, "movement": movements} {
		type row struct {
			ID   string `db:"id"`
			Name string `db:"name"`
		}
		marks, args := make([]string, 0, len(ids)), make([]any, 0, len(ids))
		for _, id := range ids {
			if _, known := out[id]; !known {
				out[id] = ""
				args = append(args, id)
				marks = append(marks, "$"+strconv.Itoa(len(args)))
			}
		}
		if len(args) == 0 {
			continue
		}
		rows, err := db.All[row](q.Ctx(), s.DB, fmt.Sprintf(`SELECT id, name FROM %s WHERE id IN (%s)`, table, strings.Join(marks, ", ")), args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ID] = r.Name
		}
	}
	return out, nil
}

// shown writes a column's value for people.
func (n ledgerNames) shown(q *Req, table, column string, v any) string {
	if v == nil {
		return ""
	}
	text := fmt.Sprint(v)
	if b, ok := v.(bool); ok {
		if b {
			return q.T("có")
		}
		return q.T("không")
	}
	if name := n[text]; name != "" {
		return name
	}
	if number, ok := v.(json.Number); ok {
		i, err := number.Int64()
		switch {
		case err != nil:
		case column == "at" || strings.HasSuffix(column, "_at"):
			if i == 0 {
				return ""
			}
			return q.Lang.Time(clock.Instant(i).Time())
		case column == "points" || column == "total":
			return q.Lang.Points(points.Points(i))
		case i == 0 && (column == "base_year" || column == "by_year" || column == "line"):
			return ""
		}
	}
	switch {
	case column == "day" || strings.HasSuffix(column, "_day"):
		if d := clock.Day(text); d.Valid() && d < "9999" {
			return q.Lang.Day(d)
		}
		return ""
	case column == "hash" || column == "text_hash":
		if len(text) > 16 {
			return text[:16] + "…"
		}
	case column == "inputs":
		return inputsSaid(q, text)
	case column == "amount" || column == "low" || column == "high":
		return q.Lang.Number(text)
	case column == "sheet_version_id" && text != "":
		return q.T("đã gắn")
	}
	if word := decoded(q, table, column, text); word != "" {
		return word
	}
	return brief(q.Lang, v)
}
