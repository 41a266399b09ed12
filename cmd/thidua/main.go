// Command thidua is the whole product in one binary: the server, the demo and
// the tools that work on files.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Streams are where a command reads and writes; tests give their own.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// commands is the command line: one field a command, each in its own file.
type commands struct {
	Serve   ServeCmd   `cmd:"" help:"Chạy máy chủ (bắt đầu với cơ sở dữ liệu trống)."`
	Demo    DemoCmd    `cmd:"" help:"Chạy bản thử với một năm thi đua có sẵn."`
	Targets TargetsCmd `cmd:"" help:"Đọc chỉ tiêu từ văn bản."`
	Results ResultsCmd `cmd:"" help:"Đọc kết quả từng đơn vị từ văn bản."`
	Score   ScoreCmd   `cmd:"" help:"Chấm điểm một bảng điểm, không cần máy chủ."`
	Import  ImportCmd  `cmd:"" help:"Nhập một năm của nhiều cụm, khối từ tệp CSV."`
	Ledger  LedgerCmd  `cmd:"" help:"Kiểm tra sổ cái."`
	Version VersionCmd `cmd:"" help:"In phiên bản."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], &Streams{os.Stdin, os.Stdout, os.Stderr}))
}

// exited carries the code with which the parser wants to end (--help).
type exited int

// run executes one command line. Exit codes: 0 done, 1 it could not be done
// (the reason is on standard error), 2 the command line is wrong.
func run(ctx context.Context, args []string, std *Streams) (code int) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(exited)
			if !ok {
				panic(r)
			}
			code = int(e)
		}
	}()
	var cli commands
	parser, err := kong.New(&cli,
		kong.Name("thidua"),
		kong.Description("Cả năm thi đua của cụm, khối: phát động, giao ước, chấm điểm, bình xét, hồ sơ."),
		kong.Writers(std.Out, std.Err),
		kong.Exit(func(code int) { panic(exited(code)) }),
		kong.UsageOnError(),
		kong.DefaultEnvars("THIDUA"),
		kong.Vars{"data": dataFolder()},
	)
	if err != nil {
		fmt.Fprintln(std.Err, "thidua:", err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(std.Err, "thidua:", err)
		return 2
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(std); err != nil {
		var quiet *silent
		if !errors.As(err, &quiet) {
			fmt.Fprintln(std.Err, "thidua:", say(err))
		}
		return 1
	}
	return 0
}

// silent ends a command with exit code 1 after it has said itself what is wrong.
type silent struct{}

func (*silent) Error() string { return "failed" }

func say(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err.Error()
	}
	text := locale.Vietnamese.Fault(f)
	if f.Cause != nil {
		text += " (" + f.Cause.Error() + ")"
	}
	return text
}
