package draft_test

import (
	"slices"
	"testing"

	"github.com/thidua/thidua/internal/domain/draft"
)

func TestResidueOfPagesIsFound(t *testing.T) {
	text := "GIAO ƯỚC THI ĐUA\nOnline : 3592\n- Tổng số lượt truy cập cổng dịch vụ công đạt 5 triệu lượt;\nSố lượt xem: 96\nHôm nay: 1.204\nTrang chủ\n- Chia sẻ dữ liệu với 12 sở, ngành;\nHôm nay, các đơn vị ký giao ước.\nCopyright © 2023 Báo\n"
	if got := draft.Residue(text); !slices.Equal(got, []int{2, 4, 5, 6, 9}) {
		t.Errorf("%v", got)
	}
	want := "GIAO ƯỚC THI ĐUA\n- Tổng số lượt truy cập cổng dịch vụ công đạt 5 triệu lượt;\n- Chia sẻ dữ liệu với 12 sở, ngành;\nHôm nay, các đơn vị ký giao ước.\n"
	if got := draft.WithoutResidue(text); got != want {
		t.Errorf("%q", got)
	}
	if got := draft.WithoutResidue(want); got != want {
		t.Errorf("%q", got)
	}
}
