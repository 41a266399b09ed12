package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/intake"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// ImportCmd takes in a year of many clusters (docs/import.md). Exit code 1 when
// anything in the files must be mended; then nothing was written.
type ImportCmd struct {
	Storage
	Path    string `arg:"" help:"Thư mục hoặc tệp .zip gồm clusters.csv, members.csv, targets.csv, và nếu có units.csv, figures.csv." type:"path"`
	Account string `help:"Tên đăng nhập của người nhập; bỏ trống thì sổ cái ghi là hệ thống nhập."`
	Numbers string `help:"Cách viết số trong tệp: vi là 1.234,5; en là 1,234.5." enum:"vi,en" default:"vi"`
	Check   bool   `help:"Chỉ kiểm tra, không ghi gì."`
}

func (c *ImportCmd) Run(ctx context.Context, std *Streams) error {
	a, err := app.New(ctx, c.config(), clock.System{}, slog.New(slog.NewTextHandler(std.Err, nil)))
	if err != nil {
		return err
	}
	defer a.Close()
	actor := access.Program
	if c.Account != "" {
		if actor, err = a.Account.ByLogin(ctx, c.Account); err != nil {
			return err
		}
	}
	show := newMeter(std.Err, clock.System{})
	r, err := a.Intake.Import(ctx, actor, c.Path, intake.Options{Numbers: locale.Parse(c.Numbers), CheckOnly: c.Check}, show.tell)
	show.end()
	if err != nil {
		return err
	}
	vi := locale.Vietnamese
	if len(r.Problems) > 0 {
		for _, p := range r.Problems {
			where := p.File
			if p.Line > 0 {
				where += fmt.Sprintf(":%d", p.Line)
			}
			if p.Column != "" {
				where += " [" + p.Column + "]"
			}
			fmt.Fprintf(std.Err, "%s: %s\n", where, vi.Fault(p.Fault))
		}
		if r.More > 0 {
			fmt.Fprintln(std.Err, vi.T("Còn ít nhất {.n} lỗi nữa.", "n", r.More))
		}
		fmt.Fprintln(std.Err, "Chưa ghi gì vào cơ sở dữ liệu. Hãy sửa tệp rồi chạy lại lệnh.")
		return &silent{}
	}
	said := "Đã nhập"
	if c.Check {
		said = "Không có lỗi. Sẽ nhập"
	}
	n := func(v int64) string { return vi.Number(fmt.Sprint(v)) }
	fmt.Fprintf(std.Out, "%s %s đơn vị, %s năm của cụm, khối với %s thành viên, %s chỉ tiêu, %s số liệu.\n", said, n(int64(r.Units)), n(int64(r.Years)), n(r.Members), n(r.Targets), n(r.Figures))
	if r.Before > 0 {
		fmt.Fprintf(std.Out, "%s năm đã được nhập từ chính các tệp này nên bỏ qua.\n", n(int64(r.Before)))
	}
	return nil
}

// meter shows progress: on a terminal in one line that is written over, else as
// a line now and then.
type meter struct {
	out      io.Writer
	now      clock.Clock
	terminal bool
	stage    intake.Stage
	begun    time.Time
	shown    time.Time
	open     bool // a line is begun and not ended
}

func newMeter(out io.Writer, now clock.Clock) *meter {
	m := &meter{out: out, now: now}
	if f, ok := out.(*os.File); ok {
		info, err := f.Stat()
		m.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return m
}

var stageNames = map[intake.Stage]string{intake.Sorting: "Đọc tệp", intake.Checking: "Kiểm tra", intake.Entering: "Ghi"}

func (m *meter) tell(s intake.Stage, done, total int64) {
	now := m.now.Now()
	if s != m.stage {
		m.end()
		m.stage, m.begun, m.shown = s, now, now
	}
	pause := 10 * time.Second
	if m.terminal {
		pause = 200 * time.Millisecond
	}
	if now.Sub(m.shown) < pause && done < total || total == 0 {
		return
	}
	m.shown = now
	line := stageNames[s] + ": " + amounts(s, done, total, now.Sub(m.begun))
	if m.terminal {
		fmt.Fprintf(m.out, "\r\x1b[K%s", line)
		m.open = true
		return
	}
	fmt.Fprintln(m.out, line)
}

func (m *meter) end() {
	if m.open {
		fmt.Fprintln(m.out)
		m.open = false
	}
}

// amounts says how much is done, how fast, and how long the rest may take.
func amounts(s intake.Stage, done, total int64, spent time.Duration) string {
	vi := locale.Vietnamese
	unit, scale := "dòng", int64(1)
	if s == intake.Sorting {
		unit, scale = "MB", 1<<20
	}
	text := fmt.Sprintf("%s/%s %s (%d%%)", vi.Number(fmt.Sprint(done/scale)), vi.Number(fmt.Sprint(total/scale)), unit, done*100/total)
	ms := spent.Milliseconds()
	if ms < 500 || done == 0 {
		return text
	}
	text += fmt.Sprintf(", %s %s/giây", vi.Number(fmt.Sprint(done/scale*1000/ms)), unit)
	if left := time.Duration(ms*(total-done)/done) * time.Millisecond; done < total {
		text += ", còn khoảng " + left.Round(time.Second).String()
	}
	return text
}
