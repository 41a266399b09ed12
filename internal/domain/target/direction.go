package target

import "strings"

// lowerGood names indicators of which less is better, unless the name speaks of
// dealing with them.
var (
	lowerGood = []string{"hộ nghèo", "hộ cận nghèo", "tỷ lệ nghèo", "tỉ lệ nghèo", "thất nghiệp", "thiếu việc làm", "tai nạn", "tử vong", "người chết", "bị thương", "trễ hạn", "quá hạn", "chậm hạn", "tội phạm", "phạm pháp", "vi phạm", "nợ xấu", "nợ đọng", "nợ thuế", "lạm phát", "chỉ số giá tiêu dùng", "bội chi", "ngộ độc", "ô nhiễm", "suy dinh dưỡng", "tảo hôn", "sinh con thứ ba", "sinh con thứ 3", "ma túy", "cháy", "khiếu kiện", "khiếu nại", "bạo lực", "tồn đọng", "bỏ học", "kỷ luật", "yếu kém", "thất thu", "thiệt hại", "tổn thất", "hao hụt", "thất thoát", "thời gian giải quyết", "chi phí", "nhà tạm", "phát thải", "mù chữ", "mắc bệnh", "số ca mắc", "nhiễm hiv", "xâm hại", "không hoàn thành"}
	dealing   = []string{"được", "xử lý", "giải quyết", "khám phá", "điều tra", "hỗ trợ", "thu hồi", "khắc phục", "thoát nghèo", "phòng", "chống", "giảm nghèo", "xóa", "kiểm soát", "truy tố", "phát hiện", "đúng hạn", "trước hạn"}
)

func direction(t *Target, c *candidate) Direction {
	switch {
	case t.Relation == None:
		return Lower
	case c.direction != Unknown:
		return c.direction
	case c.q != nil && c.q.direction != Unknown:
		return c.q.direction
	case t.Change == Decrease:
		return Lower
	}
	name := strings.ToLower(t.Name)
	if t.Low == "100" && t.Unit == "%" {
		name = "" // all of something is never too much of it
	}
	for _, w := range lowerGood {
		if strings.Contains(name, w) {
			for _, d := range dealing {
				if d == "giải quyết" && w == "thời gian giải quyết" {
					continue
				}
				if strings.Contains(name, d) {
					return Higher
				}
			}
			return Lower
		}
	}
	if t.Change == Increase {
		return Higher
	}
	switch t.Relation {
	case AtLeast:
		return Higher
	case AtMost:
		return Lower
	}
	return t.Direction
}
