package web

// actionWords say what the ledger's entries record. An action without a word is
// shown by its name; a test compares the table with the rooms.
var actionWords = map[string]string{
	"account.assign": "Phân công", "account.create": "Mở tài khoản", "account.password": "Đổi mật khẩu", "account.profile": "Sửa hồ sơ cá nhân",
	"account.mail": "Bật, tắt thư nhắc", "account.reset": "Cấp lại mật khẩu", "account.setup_code": "Tạo mã thiết lập", "account.unassign": "Kết thúc phân công",
	"account.close": "Đóng tài khoản", "account.reopen": "Mở lại tài khoản", "account.setup": "Thiết lập hệ thống",
	"assessment.checker": "Phân công kiểm tra chéo", "assessment.explain": "Giải trình", "assessment.mark": "Ghi điều kiện xét", "assessment.appeal": "Kiến nghị về điểm", "assessment.answer_appeal": "Trả lời kiến nghị về điểm", "assessment.hand_in": "Nộp bảng điểm", "assessment.result": "Chốt kết quả",
	"assessment.round": "Mở vòng chấm", "assessment.score": "Chấm điểm", "assessment.tie": "Phân định đồng hạng", "assessment.withdraw": "Rút bảng điểm",
	"award.record": "Ghi việc của cấp trên", "award.unrecord": "Hủy bản ghi việc của cấp trên", "award.revoke": "Hủy quyết định khen thưởng", "award.decide": "Ghi quyết định khen thưởng", "award.kind": "Danh mục khen thưởng", "award.propose": "Đề nghị khen thưởng", "award.withdraw": "Rút đề nghị",
	"ballot.count": "Nhập kết quả kiểm phiếu", "ballot.decide": "Xác định kết quả bỏ phiếu", "ballot.prepare": "Chuẩn bị bỏ phiếu", "ballot.recount": "Sửa kết quả kiểm phiếu",
	"ballot.tellers": "Cử người kiểm phiếu", "ballot.settle": "Phân định bằng phiếu", "ballot.open": "Mở bỏ phiếu", "ballot.cancel": "Hủy bỏ phiếu",
	"cluster.add_member": "Thêm thành viên", "cluster.appoint": "Giao nhiệm vụ trưởng, phó", "cluster.back": "Lùi bước", "cluster.deadline": "Đặt hạn",
	"cluster.form": "Thành lập cụm, khối", "cluster.move": "Chuyển bước", "cluster.import": "Nhập năm thi đua từ tệp", "covenant.import": "Nhập chỉ tiêu từ tệp", "draft.import": "Nhập văn bản từ tệp", "figure.import": "Nhập số liệu từ tệp", "org.import": "Nhập đơn vị từ tệp", "intake.code": "Ghi mã của tệp nhập", "intake.year": "Hoàn thành nhập năm thi đua", "cluster.movement": "Gắn phong trào", "cluster.remove_member": "Bớt thành viên", "cluster.sheet": "Dùng bảng chấm điểm",
	"covenant.assign": "Giao đơn vị báo cáo", "covenant.explain": "Giải trình mức chỉ tiêu", "covenant.read": "Đọc chỉ tiêu từ giao ước", "covenant.remove_target": "Bỏ chỉ tiêu", "covenant.sign": "Ký giao ước", "covenant.target": "Sửa chỉ tiêu",
	"covenant.defer": "Cho ký giao ước sau", "covenant.term": "Ghi thời hạn giao ước", "covenant.take_over": "Tiếp tục giao ước năm trước",
	"draft.amend": "Mở sửa đổi giao ước", "draft.withdraw_amendment": "Rút đề nghị sửa đổi", "draft.carry": "Chuyển văn bản sang năm sau",
	"criteria.create": "Lập bảng chấm điểm", "criteria.edit": "Sửa bảng chấm điểm", "criteria.lock": "Khóa bảng chấm điểm", "criteria.import": "Nhập bảng chấm điểm từ tệp", "criteria.lend": "Đưa bảng chấm điểm vào thư viện", "document.issue": "Ban hành văn bản",
	"draft.adopt": "Thông qua văn bản", "draft.answer": "Trả lời góp ý", "draft.circulate": "Gửi góp ý", "draft.comment": "Góp ý", "draft.edit": "Sửa dự thảo", "draft.reopen": "Mở lại văn bản", "draft.write": "Soạn dự thảo",
	"evidence.attach": "Đính kèm minh chứng", "evidence.withdraw": "Rút minh chứng", "figure.correct": "Đính chính số liệu", "figure.report": "Báo cáo số liệu", "figure.remind": "Chọn cách nhắc hạn báo cáo", "figure.schedule": "Chọn kỳ báo cáo",
	"indicator.alias": "Thêm tên gọi chỉ tiêu", "indicator.create": "Thêm chỉ tiêu vào danh mục", "indicator.direction": "Đặt chiều tốt của chỉ tiêu", "indicator.edit": "Sửa danh mục chỉ tiêu", "indicator.merge": "Gộp chỉ tiêu", "indicator.separate": "Tách chỉ tiêu", "indicator.apart": "Ghi nhận hai chỉ tiêu khác nhau", "indicator.import": "Nhập danh mục chỉ tiêu từ tệp",
	"meeting.attend": "Điểm danh", "meeting.item": "Sửa chương trình họp", "meeting.plan": "Lên lịch hội nghị", "meeting.open": "Khai mạc hội nghị", "meeting.close": "Kết thúc hội nghị", "meeting.resolve": "Ghi kết luận", "meeting.opinions": "Ghi ý kiến", "meeting.cancel": "Hủy hội nghị", "meeting.replan": "Dời hội nghị", "meeting.next_year": "Mở năm sau",
	"movement.create": "Soạn phong trào", "movement.edit": "Sửa phong trào", "movement.launch": "Phát động", "movement.read": "Đọc chỉ tiêu từ văn bản", "movement.remove_target": "Bỏ chỉ tiêu", "movement.respond": "Hưởng ứng", "movement.target": "Sửa chỉ tiêu",
	"movement.share": "Giao phần chỉ tiêu", "movement.remove_share": "Bỏ phần chỉ tiêu",
	"org.create": "Thêm đơn vị", "org.change": "Thay đổi tổ chức", "org.undo": "Hủy thay đổi tổ chức", "org.level": "Danh mục cấp hành chính", "org.rename": "Đổi tên đơn vị", "portal.publish": "Công bố", "portal.withdraw": "Gỡ công bố",
	"rule.add": "Thêm quy định", "rule.standard": "Nạp quy định mặc định", "rule.end": "Kết thúc quy định", "rule.verify": "Xác minh quy định", "task.remind": "Nhắc việc", "token.create": "Tạo mã truy cập", "token.revoke": "Thu hồi mã truy cập",
}

func actionWord(action string) string {
	if w := actionWords[action]; w != "" {
		return w
	}
	return action
}
