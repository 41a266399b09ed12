package target

// The words of the grammar, by the part they play. A semicolon or a line end
// parts them; spelling variants are added by the lexicon.

// What may stand directly before a figure: the verb group and its comparison.
const (
	leadAtLeast = iota + 1
	leadAtMost
	leadOver
	leadUnder
	leadAbout
	leadFrom
	leadLink
	leadHas
	leadStill
	leadUp
	leadDown
	leadIncrease
	leadDecrease
	leadExceed
	leadTimes
	leadAverage
	leadIntent
	leadHad
	leadGot
	leadShare
	leadRecognise
	leadEstimate
)

var leads = newPhrases().
	cross(leadAtLeast, `không; chẳng`, `dưới; thấp hơn; ít hơn; kém; kém hơn; nhỏ hơn; dưới mức; thấp hơn mức`, `?là`).
	cross(leadAtLeast, `ít nhất; tối thiểu; thấp nhất; chí ít`, `?là; từ; phải; cũng; ở mức; phải đạt; đạt; khoảng; bằng`).
	cross(leadAtMost, `không; chẳng; không được`, `quá; vượt; vượt quá; vượt mức; trên; cao hơn; lớn hơn; nhiều hơn; hơn; quá mức; cao quá; vượt ngưỡng`, `?là`).
	cross(leadAtMost, `tối đa; nhiều nhất; cao nhất; lâu nhất; muộn nhất; chậm nhất`, `?là; chỉ; không quá; ở mức; bằng`).
	cross(leadLink, `?phải; luôn`, `duy trì; giữ; giữ vững; giữ ổn định; ổn định; duy trì ổn định; kiểm soát; khống chế; kiềm chế; hạn chế`, `?ở mức; mức; ở; trong mức; ở ngưỡng; trong ngưỡng`).
	cross(leadLink, `được; luôn được; phải được`, `duy trì; giữ; giữ vững; giữ ổn định; duy trì ổn định; kiểm soát; khống chế; kiềm chế; hạn chế`, `ở mức; mức; ở; trong mức; ở ngưỡng; trong ngưỡng`).
	with(leadAtLeast, `tối thiếu; trên; cao hơn; lớn hơn; nhiều hơn; trên mức; từ trên`).
	with(leadAtMost, `dưới; thấp hơn; nhỏ hơn; ít hơn; dưới mức; khống chế dưới; ở dưới mức`).
	with(leadOver, `hơn`).
	with(leadUnder, `gần`).
	with(leadAbout, `trên dưới; dao động; dao động khoảng; dao động từ; dao động trong khoảng; khoảng chừng; khoảng; vào khoảng; khoảng từ; xấp xỉ; chừng; cỡ`).
	with(leadFrom, `từ; trong khoảng; trong khoảng từ`).
	cross(leadLink, `?đạt; là; còn; ở mức`, `lần lượt; tương ứng`, `?là; đạt; còn; ở mức; bằng`).
	with(leadLink, `mang về; đem về`).
	with(leadLink, `cán mốc; chạm mốc; đạt mốc; đạt ngưỡng; cán đích; là; đạt; đạt mức; đạt tỷ lệ; đạt tỷ trọng; chiếm tỷ trọng; bằng; ở mức; mức; đến; tới; đạt từ; đạt tối thiểu; đạt ít nhất; dự kiến; dự kiến đạt; với; tương đương; đạt chỉ tiêu; đạt bình quân; phải đạt; cần đạt`).
	with(leadHas, `có; có thêm; thêm; có được; có ít nhất; có tối thiểu; được`).
	with(leadStill, `còn; chỉ còn; còn lại; giảm còn; xuống còn; giảm xuống còn; còn dưới`).
	with(leadUp, `lên; lên đến; lên tới; lên thành; lên mức; nâng lên`).
	with(leadDown, `xuống; xuống mức; về; về mức`).
	with(leadIncrease, `tăng; làm tăng; tăng thêm; tăng trưởng; tăng trưởng đạt mức; tăng hơn; tăng cao hơn; cải thiện; tăng hạng; nâng hạng; thăng hạng`).
	with(leadDecrease, `giảm; tiết giảm; làm giảm; kéo giảm; giảm thêm; hạ; cắt giảm; giảm được; giảm tỷ lệ; rút ngắn; rút; thu hẹp; giảm bớt`).
	with(leadExceed, `vượt mốc; vượt ngưỡng; đạt và vượt; đạt và vượt mức; bằng và vượt; hoàn thành và vượt; hoàn thành và vượt mức; đạt, vượt; vượt; vượt mức; vượt trên; phấn đấu vượt; hoàn thành vượt; hoàn thành vượt mức`).
	with(leadTimes, `gấp; tăng gấp; gấp hơn; tăng hơn gấp`).
	with(leadAverage, `bình quân; trung bình; bình quân hằng năm; bình quân hàng năm; bình quân mỗi năm; hằng năm; hàng năm; mỗi năm; cả năm`).
	with(leadIntent, `phấn đấu; phấn đấu đạt; phấn đấu có; phấn đấu đến; quyết tâm; quyết tâm đạt; đảm bảo; bảo đảm; đảm bảo đạt; bảo đảm đạt`).
	with(leadHad, `chỉ mới đạt; mới chỉ đạt; đã; đã đạt; đã có; đạt được; đã giảm; đã tăng; thực hiện được; đã thực hiện; đã giảm còn; hiện có; hiện đạt`).
	with(leadEstimate, `ước; ước đạt; ước thực hiện; ước tính; ước tăng; ước khoảng; ước vượt`).
	with(leadShare, `chiếm; chiếm tỷ lệ; chiếm tỷ trọng; chiếm khoảng`).
	with(leadRecognise, `công nhận; công nhận thêm; công nhận mới; được công nhận; có thêm ít nhất`)

// The meaning of the sets below that have several.
var (
	// rateHeads make the change verb after them a part of the name: tốc độ tăng 7%.
	rateHeads = list(`tốc độ; mức; mức độ; tỷ lệ; hệ số; đà; tỷ suất; nhịp độ; chỉ tiêu; tốc độ tăng; chỉ tiêu về; nhịp; giá trị gia; vào; cho; của; về; đóng góp`)

	// upwards and downwards stand after the unit.
	bounds = newPhrases().with(leadAtLeast, "trở lên; hoặc hơn; hoặc cao hơn").with(leadAtMost, "trở xuống; hoặc thấp hơn; trở lại")

	// referenceNouns make a number without a unit a reference, not a figure.
	referenceNouns = list(`số; nghị định; nghị quyết; quyết định; thông tư; luật; kế hoạch; công văn; chỉ thị; thông báo; hướng dẫn; tờ trình; báo cáo; kết luận; đề án; dự án; chương trình; văn bản; pháp lệnh; công điện
điều; khoản; điểm; mục; chương; phần; phụ lục; biểu; bảng; mẫu; trang; bước; tiêu chí; chỉ tiêu; nội dung; câu; ý; hình; ảnh
đợt; lần; lần thứ; thứ; khóa; nhiệm kỳ; kỳ; tập; quyển; vòng; cấp; hạng; loại; lớp; khối; nhóm; vùng; khu vực; khu; tuyến; quốc lộ; đường; tỉnh lộ; tổ; thôn; ấp; khóm; phường; quận; phòng; đội; cụm; trạm; cơ sở; nhà máy; giai đoạn; quý; tuần; công nghiệp; thế hệ; mức; mức độ; bậc; hiệp; top; đoạn; ga; cảng; bến; covid; trường; điện thoại; fax; đt; tel; hotline; mst; mã số; stt; tháng; ngày; năm; sáng; chiều; tối; trưa; mô hình`)
	// ordinals make a number a reference even before a unit: điều 5, thứ 10.
	ordinals = list(`điều; khoản; thứ; lần thứ; quý; mục; chương; phụ lục; khóa; quốc lộ; đề án; covid; stt; trang`)
	// dayWords make a date of what follows.
	dayWords = list(`ngày; tháng; sáng; chiều; tối; trưa; hôm; ngyà; sáng ngày; chiều ngày; lúc; từ ngày; đến ngày; trước ngày; sau ngày`)

	// perHeads stand after the figure of a denominator: trên 1 vạn dân.
	perHeads = list(`dân; người; người dân; trẻ; trẻ em; trẻ đẻ sống; trẻ sinh sống; ca sinh; lao động; hộ; nhân khẩu; dân số; bé gái; phụ nữ; học sinh; sinh viên; cán bộ; giáo viên`)

	wordTren  = learn("trên")
	wordNam   = learn("năm")
	wordSo    = learn("số")
	wordTu    = learn("từ")
	wordDen   = learn("đến")
	wordToi   = learn("tới")
	wordVa    = learn("và")
	wordVoi   = learn("với")
	wordDuoi  = learn("dưới")
	wordThang = learn("tháng")
	wordNgay  = learn("ngày")
	wordCac   = learn("các")
	wordX     = learn("x")
	wordCo    = learn("có")
)

// enders may follow a figure that closes its clause; weakEnders may as well
// continue a name.
var (
	enders     = newPhrases().with(1, `so với; so; trong đó; và; với; nhưng; để; nhằm; góp phần; đồng thời; phấn đấu; kế hoạch; dự toán; cùng kỳ; mỗi; hằng; hàng; tăng; giảm; vượt; chiếm; trong khi; không; bao gồm; gồm; hoặc; hay; năm; đến; vào; trở; bình quân; chỉ tiêu; ước; bảo đảm; đảm bảo; thông qua; qua đó; cụ thể; như; là; dựa; riêng; một năm; bằng; tương ứng; tương đương`).but(`hàng hóa; hàng không; hàng rào; hàng thủ công; đến hạn; năm học; vào lớp; không gian`)
	weakEnders = list(`do; theo; từ; tại; ở; trên; của; cho; trong; khi; đối với; thuộc; về; giữa; toàn; cả`)
)

// What a promise that something does not happen is made of: "phấn đấu không để
// xảy ra …", "tuyệt đối không để phát sinh …".
const (
	pledging  = `phấn đấu; quyết tâm; cam kết; bảo đảm; đảm bảo; tuyệt đối; kiên quyết; cơ bản; phấn đấu cơ bản; quyết`
	happening = `xảy ra; xẩy ra; phát sinh; tồn tại; tồn đọng; còn; còn xảy ra; có; lọt; tái diễn; hình thành; xuất hiện; diễn ra`
)

// How a clause begins.
var (
	connectors = newPhrases().cross(1, `một; hai; ba; bốn; năm; sáu; bảy; tám; chín; mười`, `là`).cross(1, `thứ`, `nhất; hai; ba; tư; năm; sáu; bảy; tám; chín; mười`).with(1, `như vậy; do vậy; do đó; vì vậy; trước hết; trước mắt; cuối cùng; và; với; đồng thời; ngoài ra; bên cạnh đó; cùng với đó; cụ thể; cụ thể là; cụ thể như sau; theo đó; như sau; như; là; nhằm; để; riêng; trong đó phấn đấu; hay; hoặc; song; nhưng; mà; thì; đó là; về; tiếp tục; trong khi đó; đặc biệt; nhất là; qua đó; từ đó; phấn đấu để; nhằm phấn đấu; tập trung phấn đấu; hướng tới; hướng đến; cùng`)
	partWords  = list(`trong đó; riêng trong đó; gồm có; chia ra; bao gồm; gồm`)
	wordsAmong = list(`trong đó`)

	// intents say that what follows is meant to be reached.
	intents = newPhrases().but(`đăng ký khai sinh; đăng ký khai tử; đăng ký kết hôn; đăng ký kinh doanh; đăng ký bảo hộ; đăng ký đất đai; đăng ký hộ tịch; đăng ký doanh nghiệp; đăng ký nhãn hiệu; đăng ký thuế; đăng ký tạm trú; đăng ký thường trú; đăng ký cư trú; đăng ký biến động; đăng ký xe; đăng ký phương tiện`).with(1, `phấn đấu; quyết tâm; quyết nghị; cam kết; đề ra; đặt ra; đặt mục tiêu; đề ra mục tiêu; xác định; xác định mục tiêu; phấn đấu đạt; phấn đấu để; phấn đấu có; hướng tới; hướng đến; dự kiến; sẽ; mục tiêu; mục tiêu là; chỉ tiêu; chỉ tiêu là; với mục tiêu; yêu cầu; đăng ký; cố gắng; nỗ lực; ra sức; phải; cần; phấn đấu đến`)
	// openers are light words before a figure or a name that belong to neither.
	openers = newPhrases().but(`đạt chuẩn`).cross(1, `giữ; làm; giữ vững; duy trì`, `cho`).cross(1, `bình quân; trung bình`, `mỗi; hằng; hàng; một`, `năm; tháng; quý; tuần; ngày`).with(1, `thường xuyên; liên tục; đảm bảo; bảo đảm; duy trì; giữ vững; giữ; nâng; đưa; kéo; phấn đấu; phấn đấu đạt; phấn đấu có; quyết tâm; cam kết; đạt; đạt được; có; có thêm; có được; công nhận; công nhận thêm; công nhận mới; được công nhận; kiểm soát; khống chế; kiềm chế; giữ ổn định; kéo giảm; ổn định; dự kiến; sẽ; mục tiêu; mục tiêu là; chỉ tiêu; chỉ tiêu là; phải; cần; nâng cao; tăng; giảm; hạ; toàn tỉnh; cả tỉnh; toàn huyện; toàn xã; toàn ngành; toàn thành phố; toàn khối; toàn cụm; trên địa bàn tỉnh; trên địa bàn; trong khối; trong cụm; toàn quốc; cả nước`)
	// risers and fallers turn the clause into a change or a level with a direction.
	movers = newPhrases().
		with(leadIncrease, `tăng; tăng dần; tăng mạnh; tăng nhanh; từng bước nâng; từng bước nâng cao; nâng dần; nâng; nâng cao; kéo dài; đưa; tăng thêm`).
		with(leadDecrease, `giảm; giảm dần; giảm mạnh; giảm nhanh; giảm sâu; giảm tối đa; giảm bớt; từng bước giảm; giảm bền vững; tiết giảm; kéo giảm; hạ; kéo; cắt giảm; giảm thiểu; rút; thu hẹp; rút ngắn`)
	// compounds begin like a mover and are nouns or other verbs.
	compounds = list(`nâng bước; nâng cánh; nâng đỡ; hạ ngầm; hạ thủy; hạ cánh; nâng hạng; tăng viện; rút kinh nghiệm; rút ra; rút gọn; rút vốn; kéo điện; kéo cáp; kéo dài; đưa tin; đưa đi; đưa người; tăng âm; tăng trưởng; tăng cường; tăng tốc; giảm nghèo; tăng thu; tăng gia; nâng cấp; đưa vào; hạ tầng; tăng năng suất; giảm thiểu rủi ro; giảm nhẹ; tăng ca; nâng bậc; nâng lương; đưa đón; hạ điền; tăng giá; giảm giá; giảm biên chế`)

	// activities are verbs that make the indicator and so stay in its name.
	activities = list(`thu hút; hoàn thành và hoàn thành vượt mức; xây dựng; phổ cập; gọi hỏi; răn đe; cảm hóa; rà phá; tổng kiểm tra; lập hồ sơ; hạ ngầm; ngầm hóa; chỉnh lý; gia cố; thảm nhựa; trải nhựa; nhựa hóa; thảm bê tông; lát; lát đá; lắp dựng; tháo dỡ; phá dỡ; cưỡng chế; giao đất; khoan; đấu giá; cổ phần hóa; thoái vốn; giải thể; hợp nhất; tích hợp; chia sẻ; đồng bộ; làm sạch; kích hoạt; thu nhận; đăng ký mới; gieo sạ; xuống giống; vỗ béo; phối giống; thả giống; trẻ hóa; bù đắp; khắc phục; ngăn chặn; đẩy lùi; làm rõ; bóc gỡ; vây bắt; truy bắt; vận động ra đầu thú; thu gom, xử lý; vận chuyển; trung chuyển; lưu giữ; phân loại tại nguồn; chôn lấp; khử khuẩn; khám sức khỏe; khám sàng lọc; khám tuyển; xét nghiệm; chụp; siêu âm; chăm sóc sức khỏe; nuôi dưỡng; bảo trợ; cấp thẻ; thu phí; truy đòi; hoàn thuế; kê khai; đối chiếu; giải ngân cho vay; bảo lãnh; huy động tiền gửi; chiêu sinh; bồi dưỡng kiến thức; hướng nghiệp; phân luồng; huy động; dạy; giảng dạy; biên dịch; livestream; chiếu phim; phục chế; kiểm đếm; niêm yết; cắt giảm, đơn giản hóa; đơn giản hóa; phân cấp; ủy quyền; xếp hạng; trồng thay thế; trồng cây; làm giàu; làm giàu rừng; khoán bảo vệ; giao khoán; giao rừng; dành; phân bổ; bình chọn; ký; ký mới; khôi phục; thắp sáng; công khai; truy xuất nguồn gốc; tưới; tưới tiêu; đóng cửa; cấp nước; kiên cố; kiên cố thêm; tiếp; tiếp nhận và trả; giành; kiểm sát; sửa; cộng tác; huấn luyện; phá; đặt tên; điều chuyển; bảo toàn; thụ lý; phát; in; in ấn; đăng; thu nộp; phản biện; tập hợp; tín chấp; cho mượn; tiêu hủy; kiểm thử; vận hành thử; quan trắc; tái cấu trúc; tái cơ cấu; xây; xây mới; xây tặng; làm mới; sửa chữa, xây mới; xây mới và sửa chữa; đảm nhận; đảm nhiệm; bảo quản; quản lý; cứu hộ; tái thả; khám và cấp thuốc; đào; đắp; đúc; may; dệt; chế tạo; lai tạo; ghép; ươm; gieo; cấy; gặt; thu hoạch; đánh bắt; khai thác, nuôi trồng; phổ biến; trợ giúp; cứu trợ; bảo lãnh; bảo hiểm; tái cấp; tái chứng nhận; trồng; trồng mới; trồng rừng; đào tạo; đào tạo nghề; bồi dưỡng; tập huấn; giải quyết; giải quyết việc làm; tạo; tạo việc làm; tạo thêm; giới thiệu; kết nạp; kết nạp mới; phát triển; phát triển mới; thành lập; thành lập mới; tổ chức; hoàn thành; triển khai; thực hiện; hỗ trợ; vận động; huy động; quyên góp; ủng hộ; đóng góp; đền bù; bắt; vận động đầu thú; phúc tra; phúc khảo; hậu kiểm; tiền kiểm; kiểm tra chuyên đề; giám sát chuyên đề; kiểm tra định kỳ; kiểm tra đột xuất; thanh tra đột xuất; kiểm toán; quyết toán; bốc dỡ; dồn thửa; hiến đất; giao đất; giao rừng; ký cam kết với; lắp mới; thả cá; thả giống; kiểm tra, giám sát; thanh tra chuyên đề; lập hồ sơ xếp hạng; lập hồ sơ đề nghị; cấp; cấp mới; cấp phát; giải ngân; xử lý; tuyên truyền; kiểm tra; thanh tra; giám sát; sửa chữa; nâng cấp; cải tạo; khởi công; khánh thành; đón; phục vụ; khám; khám chữa bệnh; tiêm; tiêm chủng; xóa; phẫu thuật; tiếp nhận; tư vấn; cung cấp; mở; mở mới; mở rộng; nhân rộng; tham mưu; ban hành; rà soát; số hóa; chuyển đổi; sản xuất; xuất khẩu; khai thác; tiết kiệm; quyên góp; chăm sóc; bảo vệ; phục hồi; cứng hóa; bê tông hóa; kiên cố hóa; lắp đặt; đầu tư; đầu tư xây dựng; kết nối; cho vay; nuôi; khoanh nuôi; chứng nhận; bảo hộ; thu gom; tinh giản; sắp xếp; sáp nhập; luân chuyển; tuyển dụng; tuyển sinh; tuyển quân; giao; xuất bản; đăng tải; viết; hiến; tiếp nhận máu; vận hành; cải cách; cắt giảm; rút ngắn; đưa; thu; chi; quyết toán; phê duyệt; thẩm định; chuyển giao; ứng dụng; nghiên cứu; biểu dương; tôn vinh; lựa chọn; phát hiện; bồi dưỡng; đăng ký; công bố; ra mắt; hình thành; phủ; phủ kín; phủ sóng; điều tra; khám phá; truy tố; xét xử; triệt phá; triệt xóa; bắt giữ; vận chuyển; tiêu thụ; thẩm tra; tổng rà soát; trồng dặm; trang bị; tu sửa; tu bổ; tôn tạo; trùng tu; xây lắp; bàn giao; nghiệm thu; hỗ trợ vay; tiếp xúc; đối thoại; phát hành; sưu tầm; biên soạn; luyện tập; diễn tập; tài trợ; cải tiến; phát sóng; sản xuất phát sóng; thiết lập; xúc tiến; ký kết; cấp đổi; ra quân; tuần tra; xử phạt; cai nghiện; thăm hỏi; tặng quà; thăm hỏi và tặng quà; nuôi trồng; chế biến; thu mua; dự trữ; luân canh; tiêm phòng; phòng trừ; khảo sát; chỉnh trang; giải tỏa; giải phóng; giải phóng mặt bằng; thi hành; thu hồi; hòa giải; trợ giúp; tặng; đỡ đầu; nhận; duy tu; bảo trì; nạo vét; trồng và chăm sóc; giúp; giúp đỡ; hướng dẫn; đánh giá; phân loại; lập; lập mới; khởi nghiệp; cho thuê; lấp đầy; di dời; bố trí; ổn định; tái định cư; chuẩn hóa; thu thập; cập nhật; gắn; cắm; kiểm định; cấp giấy; cấp giấy chứng nhận; duy trì; củng cố; kiện toàn; điều động; bổ nhiệm; quy hoạch; cử; tái đàn; thả; nuôi thả; cải tạo vườn tạp; khai hoang; tỉa thưa; tích tụ; dồn điền đổi thửa; đấu nối; lắp; thay thế; bảo dưỡng; khơi thông; phát quang; chiếu sáng; cấp phép; chuyển đổi nghề; mua sắm; cung ứng; chi trả; miễn; sàng lọc; tầm soát; điều trị; cấp cứu; bảo vệ thành công; nghiệm thu đề tài; gặp mặt; phụng dưỡng; nhận phụng dưỡng; nhận đỡ đầu; kết nghĩa; quy tập; liên kết; sáng tác; dàn dựng; biểu diễn; trưng bày; bảo tồn; phục dựng; xếp hạng; thành lập và duy trì; cải tạo, nâng cấp; thu hút đầu tư; ươm tạo; hoàn thiện; kiểm soát; tái chế; trồng bổ sung; nhân giống; thuần hóa; thống kê; kiểm kê; truy thu; xác minh; giải mã; số hóa; hiến tặng; bảo vệ; trao tặng; điều chỉnh; công chứng; chứng thực; bồi thường; tiếp công dân; thăm khám; tư vấn pháp lý; trợ giúp pháp lý; tuyển chọn; đặt hàng; vinh danh; đánh bắt; khai trương; nâng hạng; gia hạn; kết nối cung cầu; quảng bá; tập huấn, bồi dưỡng; cấp cứu; ghép; chạy thận; lập quy hoạch; đo đạc; cắm mốc; dạy nghề; đào tạo lại; thu dung; chuyển tuyến; xuất chuồng; gieo trồng; gieo cấy; làm đất; thâm canh; trao; tặng`).
			but(`bắt buộc; bắt đầu; bắt nguồn; bắt tay; bắt kịp; bắt gặp; ký túc xá; ký cam kết; ký số; ký sinh; ký đóng dấu; ký thành; tiếp tục; tiếp cận; tiếp theo; tiếp thị; chi bộ; chi cục; chi đoàn; chi hội; chi nhánh; chi phí; thu nhập; giao thông; giao dịch; giao ước; giao lưu; cấp xã; cấp ủy; cấp huyện; cấp tỉnh; cấp cơ sở; nhận thức; đưa ra; mở đầu; nuôi dưỡng; thu ngân sách`)

	// exhortations begin a pledge in words; a name does not begin with them.
	exhortations = list(`đẩy mạnh; tăng cường; nâng cao; tập trung; tiếp tục; phát huy; chú trọng; tích cực; chủ động; khuyến khích; thúc đẩy; tổ chức thực hiện; triển khai thực hiện; thực hiện tốt; thực hiện có hiệu quả; thực hiện hiệu quả; giữ vững; làm tốt; chăm lo; đổi mới; hoàn thiện; củng cố; quán triệt; khắc phục; phối hợp; lãnh đạo; chỉ đạo; quan tâm; bám sát; thi đua; phát động; đoàn kết; ổn định; bảo đảm; đảm bảo; xây dựng; phát triển; cơ cấu lại; siết chặt; huy động; thực hiện; triển khai; hoàn thành; tổ chức; thực hành; khai thác; phát triển mạnh; quản lý; ứng dụng; phấn đấu`)

	// indicators are the heads of names that measure something.
	indicators = newPhrases().with(1, `khoảng cách thu nhập; sĩ số; quân số; bình quân thu nhập; thặng dư; tỷ lệ; tỷ trọng; tỷ suất; tỷ số; tốc độ; tổng; số; số lượng; tổng số; thu nhập; thu nhập bình quân; doanh thu; doanh số; kim ngạch; trị giá; giá trị; thu ngân sách; thu nội địa; thu thuế; thu từ; thu hút; thu xuất nhập khẩu; thuế; vốn; nguồn vốn; grdp; gdp; gni; chỉ số; chỉ số giá; cpi; iip; pci; papi; sản lượng; diện tích; năng suất; tuổi thọ; mật độ; độ che phủ; cơ cấu; lợi nhuận; dư nợ; nợ xấu; huy động vốn; giải ngân; tăng trưởng; tai nạn; mức; chi ngân sách; tổng chi; xuất khẩu; nhập khẩu; công suất; quy mô; lạm phát; bội chi; nợ công; tổng đàn; đàn; khách du lịch; lượng khách; lượt khách; khách quốc tế; hộ nghèo; hộ cận nghèo; tội phạm; kinh tế; công nghiệp; nông nghiệp; dịch vụ; thương mại; kinh tế số; khu vực; tổng sản phẩm; tổng vốn; bán lẻ; năng lực; thời gian; điểm; hệ số; tổng mức; tổng giá trị; tổng thu; chi phí; giá thành; nộp ngân sách; tiền lương; số thu; số vụ; số người; số hộ; xuất nhập khẩu; phạm pháp; trọng án; mức giảm; mức tăng; dân cư; bình quân; sản phẩm; tổng diện tích; công nghiệp - xây dựng; nông, lâm; độ; tăng trưởng kinh tế; vận tải; du lịch; bảo hiểm; lưu lượng; hạng; tỉ phần; phát triển; đóng góp; tổn thất; tổng nguồn; tổng đầu tư; kinh phí; trồng; thu hồi; tổng công suất; công tác thu; doanh nghiệp; tín dụng`).
			but(notIndicators)
	// strongIndicators begin a new clause after a comma.
	strongIndicators = newPhrases().with(1, `thứ hạng; hệ số; tỷ số; công suất; sĩ số; quân số; mức độ; quy mô; tăng trưởng; tốc độ tăng trưởng; tổng sản phẩm; bình quân thu nhập; tỷ lệ; tỷ trọng; tỷ suất; tốc độ; tổng; tổng số; thu nhập; doanh thu; doanh số; kim ngạch; giá trị; thu ngân sách; thu nội địa; vốn đầu tư; grdp; gdp; chỉ số; sản lượng; diện tích; năng suất; tuổi thọ; mật độ; độ che phủ; lợi nhuận; dư nợ; nợ xấu; tai nạn; số; số lượng; chi ngân sách; xuất khẩu; nhập khẩu; thu từ; lạm phát; dân số; mức; hộ nghèo; hộ cận nghèo; khu vực`).
				but(notIndicators)
	// ratioHeads want a percentage.
	ratioHeads = list(`tỷ lệ; tỷ trọng; tỷ suất; tốc độ; độ che phủ; tăng trưởng; mức tăng; mức giảm; tỷ lệ %`)
	countHeads = list(`số; tổng số; số lượng; tổng số lượng`)
	plainHeads = list(`chỉ số; hệ số; điểm; số; tổng số; số lượng; điểm trung bình; mức; chỉ tiêu; xếp hạng; mức độ; tỷ số`)

	// furniture is what pages print around a text.
	furniture = newPhrases().but(`tổng số lượt khám; tổng số lượt khách; tổng số lượt điều trị; tổng số lượt hành khách; tổng số lượt vận chuyển; tổng số lượt bồi dưỡng; tổng số lượt tập huấn; tổng số lượt phục vụ; tổng số lượt tham quan; tổng số lượt lao động; tổng số lượt kiểm tra; tổng số lượt tuyên truyền; tổng số lượt tham gia; tổng số lượt tiêm; tổng số lượt người; tổng số lượt hộ; tổng số lượt tư vấn; tổng số lượt bệnh nhân; tổng số lượt đọc; tổng số lượt vay; tổng số lượt tiếp công dân; tổng lượt khách; cập nhật mã; hôm nay và`).with(1, `lượt xem; số lượt xem; lượt truy cập; số lượt truy cập; truy cập; đã truy cập; online; đang online; đang truy cập; views; view; lượt đọc; hôm nay; hôm qua; tổng truy cập; tổng số truy cập; bình luận; điện thoại; fax; email; hotline; website; bản quyền; copyright; giấy phép; tổng lượt truy cập; tất cả; tuần này; tháng này; cập nhật; visitors; lượt thích; chia sẻ; font; trang chủ; tổng số lượt truy cập; tổng số lượt; thống kê truy cập`)
	// facts are verbs that tell what is, not what shall be.
	facts = list(`có tổng số; có tổng cộng; tổng cộng có; dài; rộng; gồm; bao gồm; gồm có; thuộc; kỷ niệm; tham dự; tham gia; dự; với sự tham gia của; với; trong số; đại diện; đại diện lãnh đạo; lãnh đạo; cùng; tặng; trao; trao tặng; khen thưởng; biểu dương; được nhận; đề nghị; đề nghị tặng; bầu; lần; mô hình; chủ đề; phương châm; có sự tham gia của; chia thành; thông qua; cứ; mỗi; nằm trên địa bàn; trải trên; nằm trong`)
	// awards: a unit of people or bodies named before a prize is a fact.
	honours = list(`được nhận; được tặng; được trao; được biểu dương; được khen; nhận bằng khen; nhận cờ; trao; tặng; khen thưởng`)
	// paid: money of these heads is a rule of pay.
	paid       = newPhrases().with(1, `tỷ lệ phiếu; tỷ lệ phiếu bầu; số phiếu; tỷ lệ tán thành; tỷ lệ nhất trí; số dư; tiền lương; lương tối thiểu; mức lương; lương cơ sở; mức thưởng; tiền thưởng; phụ cấp; lệ phí; mức phạt; phạt tiền; mức chi; tiền phạt; học phí; mức hỗ trợ; mức đóng; mức khoán; mức trợ cấp; thuế suất; lãi suất; thời hạn vay; mức vay; giá vàng; giá xăng; giá dầu; nhiệt độ; độ ẩm; thời gian công tác; thâm niên; đề nghị tặng; đề nghị khen; đề nghị khen thưởng; đề nghị xét; xét tặng; xét khen thưởng; trị giá giải; tỷ lệ khen thưởng; số lượng khen thưởng; tỷ lệ đề nghị; tỷ lệ xét; tỷ lệ tặng; số lượng đề nghị; mức chuẩn; mức trợ giúp; mức chuẩn trợ giúp; mức trợ cấp; chuẩn nghèo; chuẩn hộ nghèo; chuẩn hộ cận nghèo; chuẩn trợ giúp; chuẩn mức sống; mức chuẩn nghèo; mức lương tối thiểu; mức đóng bảo hiểm; mức bồi dưỡng; định mức; mức trần; mức giá; đơn giá; khung giá; giá dịch vụ; giá nước; giá điện`).but(`tiền lương bình quân; mức lương bình quân; tiền lương thực hiện; số dư quỹ; số dư tiền gửi; số dư huy động; số dư nguồn vốn; số dư vốn; số dư bảo lãnh; chuẩn nghèo đa chiều`)
	conditions = list(`theo quy định; nếu; trường hợp; khi; cứ; đối với trường hợp; trong trường hợp; giả sử`)

	// nones say that something must not be.
	nones = newPhrases().
		cross(1, "?"+pledging, `không`, "?để", happening).
		cross(1, "?"+pledging, `không để; không để cho`).
		cross(1, "?"+pledging, `không có; không còn; không còn có`, `?trường hợp nào; trường hợp nào để`).
		with(1, `chấm dứt; phấn đấu chấm dứt`)
	// strictNones promise by themselves; the others may tell a fact.
	strictNones = newPhrases().
			cross(1, "?"+pledging, `không để`, "?"+happening).
			cross(1, pledging, `không`, `?có; còn`, "?"+happening)
)

// notIndicators begin like an indicator and are bodies, persons or deeds.
const notIndicators = `tổng liên đoàn; tổng cục; tổng công ty; tổng giám đốc; tổng bí thư; tổng hợp; tổng kết; tổng rà soát; tổng điều tra; tổng kiểm tra; tổng đài; tổng thể; tổng biên tập; tổng vệ sinh; tổng tham mưu; tổng cục trưởng; tổng thư ký; tổng lãnh sự; số hóa; số liệu; số hiệu; mức độ nghiêm trọng; khu vực phòng thủ; điểm cầu; điểm trường; điểm nóng; hạng mục; vốn là; công nghiệp hóa; sản phẩm hóa`

// What the text is doing: cues that turn the stance.
const (
	cueIntent  = iota + 1 // a verb of intent
	cueGoal               // a noun that names targets
	cuePast               // what was reached
	cueRule               // points, prizes, money, procedure
	cueNeutral            // a section that is none of these
)

var cues = newPhrases().
	but(`kết quả học tập; kết quả rèn luyện; đánh giá kết quả học tập; đánh giá kết quả rèn luyện; kết quả xếp loại; kết quả xét nghiệm; kết quả điều trị; kết quả thủ tục; kết quả giải quyết thủ tục`).
	with(cueIntent, `thời gian tới; trong thời gian tới; năm tới; nhiệm kỳ tới; những năm tới; các năm tới; năm học tới; sắp tới; phấn đấu; quyết tâm; quyết nghị; yêu cầu các; yêu cầu năm; yêu cầu toàn; yêu cầu từng; đề ra các; đề ra mục tiêu; đề ra chỉ tiêu; đề ra những; đề ra một số; đề ra phương hướng; đề ra nhiệm vụ; đặt ra các; đặt ra mục tiêu; đặt ra chỉ tiêu; đặt ra những; đã đề ra các; cam kết; đặt mục tiêu; đặt chỉ tiêu; đặt ra các chỉ tiêu; ký giao ước; ký kết giao ước; ký kết nội dung giao ước; ký kết các nội dung giao ước; nội dung giao ước; đăng ký giao ước; hướng tới; dự kiến; sẽ; phương hướng; phát động; nội dung thi đua và ký giao ước; đăng ký thi đua; giao chỉ tiêu; chỉ tiêu phấn đấu; mục tiêu phấn đấu`).
	with(cueGoal, `chỉ tiêu; mục tiêu; giao ước thi đua; giao ước; nội dung thi đua; nhiệm vụ trọng tâm; kế hoạch phát triển; tiêu chí thi đua; chỉ tiêu thi đua; nội dung đăng ký; các nội dung thi đua`).
	with(cuePast, `từng đạt; từng có; từng là; từng tăng; từng giảm; từng được; vượt mục tiêu đề ra; vượt chỉ tiêu đề ra; vượt kế hoạch đề ra; dự ước; đều đạt; phần lớn các chỉ tiêu; hầu hết các chỉ tiêu; hội nghị đánh giá; thực tế; dự báo; kết quả; kết quả đạt được; đạt được; đã đạt; đã đạt được; thành tựu; thành tích; năm qua; thời gian qua; vừa qua; những năm qua; đến nay; tính đến; tính đến nay; tính đến hết; tính đến ngày; hiện nay; hiện có; ước đạt; ước thực hiện; tổng kết; sơ kết; đánh giá tình hình; đánh giá chung; đánh giá kết quả; đánh giá việc; đánh giá công tác; đánh giá thực hiện; tình hình thực hiện; tình hình; điểm lại; nhìn lại; hạn chế; nguyên nhân; bài học kinh nghiệm; kết quả thực hiện; nhiệm kỳ qua; tháng đầu năm; trong kỳ; ghi nhận; đã hoàn thành; đã thực hiện; kết quả nổi bật; báo cáo kết quả; thực trạng; cho thấy; thống kê; theo số liệu; đạt và vượt; tính từ đầu năm; trong quý; qua đó đã`).
	with(cueRule, `thang điểm; điểm chuẩn; bảng chấm điểm; chấm điểm; tiêu chuẩn; xếp loại; bình xét; khen thưởng; xếp hạng; mức thưởng; tiền thưởng; kinh phí; lương cơ sở; hồ sơ đề nghị; quỹ thi đua; điểm thưởng; điểm trừ; điểm cộng; cách tính điểm; phân loại; hình thức khen thưởng; tiêu chuẩn khen thưởng; cách thức xếp hạng; số lượng khen thưởng; cơ cấu giải thưởng; giải thưởng; căn cứ; nơi nhận; thể lệ; điều kiện; quy định; quy chế; tiêu chí đánh giá; hướng dẫn chấm điểm; điểm tối đa; quyền lợi; tổng điểm`).
	with(cueNeutral, `tổ chức thực hiện; thời gian thi đua; thời gian thực hiện; đối tượng; phạm vi; mục đích; yêu cầu; chế độ báo cáo; thành phần; bối cảnh; đặc điểm tình hình; trách nhiệm; giải pháp; phương án triển khai`)

// settling verbs make a target of the noun behind them.
const settling = `giao; giao kế hoạch; đăng ký; đề ra; đặt ra; xác định; thống nhất; ký kết; xây dựng; quyết nghị; thông qua`

// strongIntents are meant even among rules and results.
var strongIntents = list(`phấn đấu; quyết tâm; quyết nghị; cam kết; đặt mục tiêu; đặt chỉ tiêu; chỉ tiêu phấn đấu; mục tiêu phấn đấu; đề ra mục tiêu; đề ra các mục tiêu; đề ra chỉ tiêu; đề ra các chỉ tiêu; phương hướng`).
	cross(1, settling, `?các; những; một số; nội dung; với; về`, `chỉ tiêu; mục tiêu`).
	cross(1, `chỉ tiêu; mục tiêu`, `?được; năm`, `giao; đăng ký; đặt ra; đề ra; phấn đấu`)

// agreed are words after which "đã" tells of the making of the pledge, not of its fulfilment.
var agreed = list(`đưa ra; nêu; nêu ra; bàn về; bàn bạc; bàn và; được số hóa; được cấp; được cắt giảm; được đầu tư; được xây dựng; được phê chuẩn; được công bố; được ban hành; có trong; có sẵn; có hiệu lực; qua sử dụng; nghỉ hưu; đăng ký hộ; qua đào tạo; qua tập huấn; qua bồi dưỡng; được duyệt; được phê duyệt; được giao; hoàn thiện; biểu quyết; bầu; nghe; công bố; giới thiệu; thảo luận; thống nhất; thông qua; đề ra; đặt ra; ký; ký kết; phát động; giao; xác định; ban hành; đăng ký; cam kết; triển khai; tiến hành ký; nhất trí; tổ chức ký; tổ chức lễ ký; tổ chức hội nghị ký; tổ chức phát động; chỉ ra; biểu dương; quyết nghị; quyết định`)

// groundWords before a cue of the past make it the ground of a pledge, or the object
// of a deed: phát huy kết quả đạt được, số hóa kết quả.
var groundWords = list(`nắm; nắm chắc; nắm bắt; theo dõi; bám sát; ổn định; nhận định; dự báo; phân tích; lập; lập nhiều; giành; trả; số hóa; ký số; công khai; cập nhật; liên thông; công nhận; lưu; lưu trữ; tái sử dụng; sử dụng; tra cứu; hoàn trả; chuyển trả; cung cấp; hồ sơ và; hồ sơ; giấy tờ và; nâng cao; phấn đấu; nhận; có; so với; cao hơn; cao hơn so với; phát huy; cơ sở; trên cơ sở; căn cứ; từ; căn cứ vào; phát huy những; tiếp nối; kế thừa`)

// plan, budget … name what a percentage stands against.
const (
	againstPlan = iota + 1
	againstBudget
	againstPeriod
	againstYear
	againstShare
)

var (
	against = newPhrases().
		with(againstPlan, `kế hoạch; chỉ tiêu; chỉ tiêu kế hoạch; kế hoạch giao; kế hoạch năm; mục tiêu; nghị quyết; chỉ tiêu giao; kế hoạch vốn; chỉ tiêu được giao; kế hoạch đề ra; kế hoạch được giao`).
		with(againstBudget, `dự toán; dự toán giao; dự toán được giao; dự toán năm; dự toán trung ương giao; dự toán hđnd tỉnh giao; dự toán tỉnh giao; dự toán trung ương; dự toán pháp lệnh`).
		with(againstPeriod, `cùng kỳ; cùng kỳ năm trước; cùng kỳ năm ngoái; cùng kỳ năm`).
		with(againstYear, `thực hiện; ước thực hiện; mức thực hiện; số thực hiện; kết quả; kết quả thực hiện; kết quả đạt được; đầu năm; cuối năm; đầu nhiệm kỳ; năm học trước; năm trước; năm ngoái; năm liền trước; năm trước liền kề; năm gốc`).
		with(againstShare, `tổng số; tổng; tổng sản phẩm; tổng giá trị; trong cơ cấu`)
	compared = list(`so với; so; so sánh với; bằng; của; trên`)
)

// Phrases before a year.
const (
	timeBy      = iota + 1 // đến năm: what must hold by then
	timeIn                 // trong năm, năm
	timeSpan               // giai đoạn
	timeEvery              // hằng năm
	timeDay                // trước ngày
	timeElapsed            // 6 tháng đầu năm: what is told
)

var (
	monthParts = list(`đầu năm; đầu năm nay; đầu năm học; cuối năm; cuối năm nay; qua; tới`)
	wordTrong  = learn("trong")
	wordCuoi   = learn("cuối")
)

// everyWords are phrases of time that need no year.
const everyWords = `trong năm; cả năm; hằng năm; hàng năm; mỗi năm; một năm; hằng tháng; hàng tháng; mỗi tháng; mỗi quý; hằng quý; hàng quý; trong năm nay; năm nay; trong năm; trong kỳ; hàng ngày; hằng ngày; từ nay đến cuối năm; đến cuối năm; cả năm; trong cả năm; đến hết năm; trong nhiệm kỳ; cuối nhiệm kỳ; đến cuối nhiệm kỳ; hết nhiệm kỳ; nhiệm kỳ tới; trong nhiệm kỳ tới; thời gian tới; trong thời gian tới; những năm tới; trong những năm tới; năm tới; năm học này; trong năm học này; năm học tới; năm học mới; trong năm học mới; trong năm học; trong năm học tới; năm mới; trong năm mới; năm này; quý này; tháng này; toàn nhiệm kỳ; cả nhiệm kỳ`

var timeHeads = newPhrases().
	with(timeBy, `đến hết năm; đến cuối năm; đến năm; tới năm; hết năm; cuối năm; vào cuối năm; trước năm; tính đến hết năm; đến trước năm; chậm nhất năm; chậm nhất đến năm; phấn đấu đến năm; phấn đấu đến hết năm; tính đến năm; đến hết; đến; vào năm; kết thúc năm; tầm nhìn đến năm; tầm nhìn; định hướng đến năm; định hướng đến; đến hết nhiệm kỳ; đến trước; từ nay đến năm; từ nay đến hết năm; từ nay đến cuối năm`).
	with(timeIn, `năm; trong năm; của năm; cả năm; năm học; trong năm học; cho năm; ngay trong năm; riêng năm; niên độ; năm kế hoạch; từ năm`).
	with(timeSpan, `giai đoạn; trong giai đoạn; nhiệm kỳ; trong nhiệm kỳ; thời kỳ; trong thời kỳ`).
	with(timeEvery, everyWords).
	cross(timeDay, `đến; tới; trước; chậm nhất; muộn nhất; tính đến; từ nay đến; đến trước; trong; vào; cho đến; đến hết; hết; từ`, `?là; đến; vào; trước`, `?thời điểm; hết; cuối; đầu; giữa`, `ngày; tháng; quý`).
	cross(timeDay, `đến; tính đến; tại; vào; trước`, `thời điểm`).
	with(timeDay, `quý`)

// deadlines stand before a day that names no year: trước 30/4.
var deadlines = list(`trước; chậm nhất; muộn nhất; đến trước`)

// dayHeads stand before a date that does without "ngày": đến 31/12/2026.
var dayHeads = newPhrases().cross(1, `đến; tới; trước; chậm nhất; muộn nhất; tính đến; từ nay đến; từ nay tới; đến trước; cho đến; đến hết; hết; từ; vào`, `?là; đến; vào; trước`)

var wordDone = learn("đã")

// nowWords at the start of a clause tell what is, not what shall be.
var nowWords = list(`đây là; đây cũng là; đó là; đó cũng là; hiện; hiện nay; đến nay; tính đến nay; năm qua; thời gian qua; những năm qua; nhiệm kỳ qua; trong nhiệm kỳ qua; trong năm qua; tính đến; tính chung; lũy kế; luỹ kế; cộng dồn; sau sáp nhập; sau khi sáp nhập; sau sắp xếp; tháng đầu năm; hiện tại; vừa qua; trong những năm qua; kết quả`)

// asides after a comma explain; they are no part of a name.
var asides = list(`do; mỗi; trị giá; với trị giá; tổng trị giá; mức hỗ trợ; góp phần; qua đó; nhằm; theo đó; từ đó; tạo tiền đề; tạo điều kiện; tạo nền tảng; tạo đà; tạo động lực; trên cơ sở; đáp ứng yêu cầu; tương ứng; tương đương`)

// abstracts are counted in headlines: 17 chỉ tiêu, 5 nhiệm vụ trọng tâm.
var abstracts = list(`chỉ tiêu; nhiệm vụ; khâu; nội dung; quan điểm; bước; nhóm; tiêu chí; phần việc; giai đoạn; mục tiêu; đợt; thành viên; đại biểu; đồng chí; đơn vị thành viên`)

var (
	wordDe = learn("đề")
	wordRa = learn("ra")
)
