package demo

// The texts below state the facts of published reports in the product's own
// words: themes, targets and dates are as published, the sentences are not.

// launch2022 is the launch of the movement of 2022 by the province, 10/01/2022.
const launch2022 = `Tỉnh Bắc Ninh phát động phong trào thi đua yêu nước năm 2022 tại hội nghị ngày 10/01/2022.
Năm 2021 tăng trưởng đạt 6,9%, dịch bệnh được kiểm soát, thu hút đầu tư có bước tiến rõ rệt.
Phong trào năm 2022 lấy chủ đề “Tiếp tục đoàn kết - sáng tạo - kỷ cương - trách nhiệm; đẩy mạnh xây dựng, chỉnh đốn Đảng và hệ thống chính trị; kiểm soát tốt dịch Covid-19; phát triển kinh tế - xã hội theo hướng bền vững; nâng cao chất lượng công tác quy hoạch và phát triển kết cấu hạ tầng, đô thị”.
Các mục tiêu chủ yếu:
- Tổng sản phẩm (GRDP) tăng 5-6%;
- Tổng kim ngạch xuất nhập khẩu 92.070 triệu USD;
- Tổng vốn đầu tư phát triển toàn xã hội 70 nghìn tỷ đồng;
- Tổng thu ngân sách nhà nước 30.567 tỷ đồng;
- Tỷ lệ đô thị hóa 43%;
- Tỷ lệ lao động qua đào tạo 77%;
- Tỷ lệ hộ nghèo giảm còn 1,1%;
- 80% tổ chức cơ sở Đảng hoàn thành tốt nhiệm vụ trở lên, không có tổ chức cơ sở Đảng không hoàn thành nhiệm vụ;
- Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ đạt 80% trở lên;
- 85% tổ chức chính quyền, MTTQ và các tổ chức chính trị - xã hội đạt vững mạnh.`

// covenant2022 is the block's covenant of 2022: the provincial targets, since
// no report gives the text that was signed.
const covenant2022 = `Các đơn vị trong Khối cùng thi đua thực hiện các mục tiêu năm 2022 của tỉnh:
- Tổng sản phẩm (GRDP) tăng 5-6%;
- Tổng kim ngạch xuất nhập khẩu 92.070 triệu USD;
- Tổng vốn đầu tư phát triển toàn xã hội 70 nghìn tỷ đồng;
- Tổng thu ngân sách nhà nước 30.567 tỷ đồng;
- Tỷ lệ đô thị hóa 43%;
- Tỷ lệ lao động qua đào tạo 77%;
- Tỷ lệ hộ nghèo giảm còn 1,1%.
Các đơn vị trong Khối phấn đấu hoàn thành tốt nhiệm vụ chuyên môn, cải cách hành chính và công tác thi đua, khen thưởng.`

// launch2023 carries the province's theme of 2023 and the targets that the
// block's covenant of that year repeats.
const launch2023 = `Phong trào thi đua yêu nước năm 2023 của tỉnh có chủ đề “Đẩy mạnh xây dựng Đảng và hệ thống chính trị vững mạnh; Nâng cao đạo đức công vụ; Tập trung phát triển kết cấu hạ tầng, đô thị và văn hóa, đáp ứng yêu cầu phát triển bền vững”.
Các chỉ tiêu chủ yếu năm 2023:
- Tổng sản phẩm (GRDP) tăng 6,5-7% so với năm 2022;
- Tổng kim ngạch xuất nhập khẩu 93.262 triệu USD;
- Tổng vốn đầu tư phát triển toàn xã hội 60 nghìn tỷ đồng;
- Tổng thu ngân sách nhà nước 31.630 tỷ đồng;
- Tỷ lệ đô thị hóa 45%;
- Tỷ lệ lao động qua đào tạo 78%;
- Tỷ lệ hộ nghèo đến hết năm 2023 là 1%.`

// covenant2023 is the covenant signed on 09/3/2023 at the industrial-zones board.
const covenant2023 = `1. Các đơn vị trong Khối đoàn kết, phối hợp chặt chẽ, tạo không khí thi đua thiết thực gắn với công tác chuyên môn của từng cơ quan.
2. Thi đua góp phần thực hiện các chỉ tiêu kinh tế - xã hội chủ yếu năm 2023 của tỉnh:
- Tổng sản phẩm kinh tế GRDP tăng 6,5-7% so với năm 2022.
- Thu nhập bình quân đầu người là 69,5 triệu đồng.
- Tổng kim ngạch xuất nhập khẩu là 93.262 triệu USD; trong đó kim ngạch xuất khẩu là 50.870 triệu USD; kim ngạch nhập khẩu là 42.392 triệu USD.
- Tổng vốn đầu tư phát triển toàn xã hội 60 nghìn tỷ đồng.
- Thu hút vốn đầu tư FDI vào các khu công nghiệp 1,2 tỷ USD.
- Tổng thu ngân sách nhà nước 31.630 tỷ đồng; trong đó thu nội địa 23.820 tỷ đồng; thu từ hoạt động xuất nhập khẩu 7.810 tỷ đồng.
- Doanh thu bán lẻ hàng hóa và dịch vụ 85.800 tỷ đồng.
- Tỷ lệ đô thị hóa 45%.
- Tỷ lệ khu công nghiệp đang hoạt động có hệ thống xử lý nước thải tập trung đạt tiêu chuẩn môi trường đạt 100%.
- Tỷ lệ thất nghiệp ở khu vực thành thị còn 1,72%.
- Tỷ lệ lao động qua đào tạo 78%.
- Tỷ lệ hộ nghèo đến hết năm 2023 là 1%.
- Số giường bệnh trên 1 vạn dân (không tính trạm y tế xã) là 34 giường.
- Tỷ lệ dân số tham gia bảo hiểm y tế 95,5%.
- Số vụ ngộ độc thực phẩm trên 30 người mắc ≤ 1; không có trường hợp tử vong do ngộ độc thực phẩm.
3. Cấp ủy, lãnh đạo các đơn vị chăm lo tổ chức phong trào thi đua và công tác khen thưởng trong năm.
4. Mục tiêu của Khối: chi bộ, đảng bộ đạt “Trong sạch vững mạnh”, đoàn thể đạt “Đoàn thể vững mạnh”; 100% cán bộ, đảng viên, công chức, viên chức, người lao động được đánh giá hoàn thành và hoàn thành tốt nhiệm vụ trở lên; cơ quan đạt “Công sở văn hóa”.`

// covenantDistricts is the covenant of the cluster of districts and towns, signed on 17/3/2023.
const covenantDistricts = `- Về kinh tế: khắc phục hạn chế, huy động nguồn lực thực hiện Kế hoạch phát triển kinh tế - xã hội năm 2023; xây dựng nông thôn mới toàn diện, bền vững; phấn đấu trong năm 2023 công nhận thêm 09 xã đạt chuẩn nông thôn mới nâng cao.
- Quy hoạch và đầu tư công: nâng cao chất lượng quản lý quy hoạch, kiến trúc, cảnh quan đô thị.
- Tài nguyên và môi trường: tháo gỡ khó khăn trong cấp giấy chứng nhận quyền sử dụng đất; thực hiện đúng lộ trình Đề án tổng thể Bảo vệ môi trường giai đoạn 2019-2025.
- Văn hóa - xã hội: phát huy giá trị văn hóa, con người Bắc Ninh - Kinh Bắc.
- Cải cách hành chính, chuyển đổi số: sắp xếp bộ máy tinh gọn, hiệu quả; đẩy mạnh ứng dụng công nghệ thông tin.
- Quốc phòng, an ninh: giữ vững an ninh chính trị, trật tự an toàn xã hội.`

const plan = `I. MỤC ĐÍCH
Tổ chức phong trào thi đua của %[1]s năm %[2]d thiết thực, gắn với nhiệm vụ chuyên môn của từng đơn vị.
II. LỊCH HOẠT ĐỘNG
1. Ký giao ước thi đua: quý I năm %[2]d.
2. Sơ kết 6 tháng: tháng 7 năm %[2]d.
3. Tự chấm điểm, kiểm tra chéo: tháng 11 năm %[2]d.
4. Tổng kết, bình xét: tháng 11 và tháng 12 năm %[2]d.
III. PHÂN CÔNG
Đơn vị trưởng chủ trì, tổng hợp; các đơn vị báo cáo, tự chấm và kiểm tra chéo đúng hạn.`

const regulation = `Điều 1. %[1]s hoạt động theo nguyên tắc dân chủ, công khai, quyết định theo đa số.
Điều 2. Hội nghị của cụm, khối họp khi có ít nhất hai phần ba số đơn vị thành viên dự. Đơn vị vắng cử người dự thay bằng văn bản.
Điều 3. Các đơn vị tự chấm điểm, kiểm tra chéo theo phân công; điểm kiểm tra khác điểm tự chấm phải ghi lý do và đơn vị được giải trình.
Điều 4. Xếp hạng theo tổng điểm; bằng điểm thì so các tiêu chí phụ theo thứ tự trong bảng chấm điểm; vẫn bằng thì đồng hạng và hội nghị quyết định.
Điều 5. Việc đề nghị khen thưởng căn cứ kết quả xếp hạng và phiếu bầu tại hội nghị tổng kết.`

const criteriaText = `Các đơn vị chấm điểm theo bảng chấm điểm kèm theo: phần chuyên môn 60 điểm, xây dựng Đảng và chính quyền 25 điểm, công tác thi đua 15 điểm; điểm thưởng không quá 5 điểm, điểm trừ không quá 5 điểm.`
