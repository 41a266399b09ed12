package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// LedgerCmd holds the commands about the ledger.
type LedgerCmd struct {
	Verify LedgerVerifyCmd `cmd:"" help:"Tính lại toàn bộ sổ cái; nêu mục đầu tiên không khớp."`
	Head   LedgerHeadCmd   `cmd:"" help:"In đầu sổ (số mục và mã băm gốc) để lưu lại và đối chiếu về sau."`
}

// open opens the database as it stands. It makes none where none is, and brings
// an old one not up to date: whoever checks a ledger changes nothing.
func (s Storage) open(ctx context.Context) (*db.DB, error) {
	target := s.config().Target()
	if _, err := os.Stat(target); s.Database == "" && err != nil {
		return nil, fault.New(fault.NotFound, "Không có cơ sở dữ liệu ở {.file}. Hãy cho biết đúng thư mục dữ liệu bằng --data.", "file", target).Because(err)
	}
	return db.Open(ctx, target)
}

// LedgerVerifyCmd recomputes the ledger. Exit code 1 when anything does not fit.
type LedgerVerifyCmd struct {
	Storage
	Against string `help:"Tệp chứa đầu sổ đã lưu trước đây (kết quả của lệnh head)." type:"existingfile"`
}

func (c *LedgerVerifyCmd) Run(ctx context.Context, std *Streams) error {
	var earlier *ledger.Head
	if c.Against != "" {
		text, err := os.ReadFile(c.Against)
		if err != nil {
			return err
		}
		h, err := ledger.ParseHead(string(text))
		if err != nil {
			return err
		}
		earlier = &h
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	r, err := ledger.Verify(ctx, d, earlier)
	if err != nil {
		return err
	}
	vi := locale.Vietnamese
	if r.Problem != nil {
		fmt.Fprintf(std.Err, "Sổ cái không khớp từ mục %d. %s\n", r.Bad, vi.Fault(r.Problem))
		return &silent{}
	}
	if len(r.Detached) > 0 {
		fmt.Fprintf(std.Err, "Sổ cái nguyên vẹn nhưng %d dòng dữ liệu không đúng như sổ ghi: %s\n", len(r.Detached), strings.Join(r.Detached, ", "))
		return &silent{}
	}
	fmt.Fprintf(std.Out, "Sổ cái nguyên vẹn: %s mục, %s dòng dữ liệu khớp.\n%s\n", vi.Number(fmt.Sprint(r.Entries)), vi.Number(fmt.Sprint(r.Rows)), r.Head)
	return nil
}

// LedgerHeadCmd prints the ledger's head.
type LedgerHeadCmd struct{ Storage }

func (c *LedgerHeadCmd) Run(ctx context.Context, std *Streams) error {
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	h, err := ledger.HeadOf(ctx, d)
	if err != nil {
		return err
	}
	fmt.Fprintln(std.Out, h)
	return nil
}
