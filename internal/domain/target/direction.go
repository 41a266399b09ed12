package target

// lowerGood names indicators of which less is better, unless the name speaks of
// dealing with them. "Thời gian giải quyết" is a time, no dealing.
var (
	lowerGood = newPhrases().
			with(1, `hộ nghèo; hộ cận nghèo; tỷ lệ nghèo; nghèo đa chiều; thất nghiệp; thiếu việc làm; tai nạn; tử vong; người chết; bị thương; trễ hạn; quá hạn; chậm hạn; tội phạm; phạm pháp; vi phạm; nợ xấu; nợ đọng; nợ đọng thuế; nợ thuế; nợ công; số nợ; lạm phát; chỉ số giá tiêu dùng; bội chi; ngộ độc; ô nhiễm; suy dinh dưỡng; tảo hôn; sinh con thứ; ma túy; cháy; khiếu kiện; khiếu nại; bạo lực; tồn đọng; bỏ học; kỷ luật; yếu kém; thất thu; thiệt hại; tổn thất; hao hụt; thất thoát; chi phí; nhà tạm; phát thải; mù chữ; mắc bệnh; số ca mắc; nhiễm hiv; xâm hại; không hoàn thành; bị hủy; oan sai`).
			with(2, `thời gian giải quyết; thời gian xử lý; thời gian cấp; thời gian thông quan`)
	dealing = newPhrases().
		with(1, `được; hỗ trợ; khám phá; điều tra; thu hồi; khắc phục; thoát nghèo; phòng; chống; giảm nghèo; xóa; kiểm soát; truy tố; phát hiện; đúng hạn; trước hạn; giảm`).
		with(2, `giải quyết; xử lý`)
)

// direction tells which way is good, where the clause or the name says it.
func (r *reader) direction(t *Target, c *candidate) Direction {
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
	if !(t.Low == "100" && t.Unit == "%") { // all of something is never too much of it
		r.words = tokenise(t.Name, r.words)
		if at, m := lowerGood.in(r.words, 0, len(r.words)); at >= 0 {
			if k, d := dealing.in(r.words, 0, len(r.words)); k >= 0 && !(m == 2 && d == 2) {
				return Higher
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
