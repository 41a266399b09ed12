package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// TargetsCmd reads targets out of texts. Exit code 1 when a file cannot be
// read; the other files are read all the same.
type TargetsCmd struct {
	Format string   `help:"Dạng kết quả: table (bảng chữ), json." enum:"table,json" default:"table"`
	Year   int      `help:"Năm đọc văn bản, mặc định năm nay: điều ghi cho năm đó và các năm sau là chỉ tiêu, không phải kết quả." placeholder:"NĂM"`
	Files  []string `arg:"" name:"file" help:"Tệp .txt, .md, .html hoặc .docx; “-” là đầu vào chuẩn."`
}

// ResultsCmd reads what each unit achieved out of the text of a review.
type ResultsCmd struct {
	Format string   `help:"Dạng kết quả: table (bảng chữ), json." enum:"table,json" default:"table"`
	Files  []string `arg:"" name:"file" help:"Tệp .txt, .md, .html hoặc .docx; “-” là đầu vào chuẩn."`
}

// Run prints the targets. With several files the JSON document holds those of
// all; ids then carry the number of the file before them.
func (c *TargetsCmd) Run(std *Streams) error {
	all := target.Reading{Targets: []target.Target{}, Checks: []target.Check{}, Warnings: []target.Warning{}}
	err := eachText(c.Files, std, func(n int, name, text string) error {
		reading := target.Reader{Year: cmp.Or(c.Year, clock.Today(clock.System{}).Year())}.Read(text)
		if c.Format == "table" {
			return targetTable(std, title(c.Files, name), &reading)
		}
		if len(c.Files) > 1 {
			reading.Prefix(fmt.Sprintf("f%d.", n+1))
		}
		all.Targets = append(all.Targets, reading.Targets...)
		all.Checks = append(all.Checks, reading.Checks...)
		all.Warnings = append(all.Warnings, reading.Warnings...)
		return nil
	})
	if c.Format == "json" && !nothingRead(err, len(c.Files)) {
		if err := writeJSON(std.Out, all); err != nil {
			return err
		}
	}
	return failed(err)
}

// Run prints the rows.
func (c *ResultsCmd) Run(std *Streams) error {
	all := target.ResultsReading{Rows: []target.Row{}, Warnings: []target.Warning{}}
	err := eachText(c.Files, std, func(n int, name, text string) error {
		reading := target.Results(text)
		if c.Format == "table" {
			return rowTable(std, title(c.Files, name), &reading)
		}
		all.Rows = append(all.Rows, reading.Rows...)
		all.Warnings = append(all.Warnings, reading.Warnings...)
		return nil
	})
	if c.Format == "json" && !nothingRead(err, len(c.Files)) {
		if err := writeJSON(std.Out, all); err != nil {
			return err
		}
	}
	return failed(err)
}

// eachText reads the files one by one; those that cannot be read are told on
// standard error and counted in a silent error.
func eachText(files []string, std *Streams, do func(n int, name, text string) error) error {
	bad := unread(0)
	for n, file := range files {
		text, err := readText(file, std.In)
		if err != nil {
			fmt.Fprintln(std.Err, "thidua:", say(err))
			bad++
			continue
		}
		if err := do(n, file, text); err != nil {
			return err
		}
	}
	if bad > 0 {
		return bad
	}
	return nil
}

// unread is how many files could not be read.
type unread int

func (u unread) Error() string { return fmt.Sprintf("%d files unread", int(u)) }

func nothingRead(err error, files int) bool {
	u, ok := err.(unread)
	return ok && int(u) == files || err != nil && !ok
}

// failed says nothing more of files that eachText has told of.
func failed(err error) error {
	if _, ok := err.(unread); ok {
		return &silent{}
	}
	return err
}

func readText(file string, in io.Reader) (string, error) {
	name := file
	if file == "-" {
		name = "stdin"
	} else {
		f, err := os.Open(file)
		if err != nil {
			return "", fault.New(fault.NotFound, "Không mở được tệp {.file}. Hãy kiểm tra tên tệp và quyền đọc.", "file", file).Because(err)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, target.MaxFile+1))
	if err != nil {
		return "", fault.New(fault.Invalid, "Không đọc được tệp {.file}.", "file", file).Because(err)
	}
	return target.Extract(name, data)
}

func title(files []string, name string) string {
	if len(files) < 2 {
		return ""
	}
	return name
}

func targetTable(std *Streams, title string, reading *target.Reading) error {
	vi, out := locale.Vietnamese, std.Out
	if title != "" {
		fmt.Fprintf(out, "%s\n", title)
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join([]string{"", vi.T("Dòng"), vi.T("Mức"), vi.T("Đơn vị tính"), vi.T("Đến năm"), vi.T("Thuộc"), vi.T("Chỉ tiêu")}, "\t"))
	for _, t := range reading.Targets {
		year := ""
		if t.By > 0 {
			year = locale.Year(t.By)
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.Source.Line, level(&t), t.Unit, year, t.PartOf, t.Name)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, c := range reading.Checks {
		sign := "="
		if !c.OK {
			sign = "≠"
		}
		fmt.Fprintf(out, "%s: %s %s %s (%s)\n", c.Total, vi.Number(c.Want), sign, vi.Number(c.Got), strings.Join(c.Parts, " + "))
	}
	return printWarnings(std.Err, reading.Warnings)
}

// level writes relation, change and figure as a person reads them.
func level(t *target.Target) string {
	vi := locale.Vietnamese
	var s string
	switch t.Relation {
	case target.None:
		return vi.T("không có")
	case target.Range:
		s = vi.Number(t.Low) + "–" + vi.Number(t.High)
	case target.AtLeast:
		s = "≥ " + vi.Number(t.Low)
	case target.AtMost:
		s = "≤ " + vi.Number(t.Low)
	default:
		s = vi.Number(t.Low)
	}
	switch t.Approx {
	case target.Over:
		s = vi.T("hơn {.figure}", "figure", s)
	case target.Under:
		s = vi.T("gần {.figure}", "figure", s)
	case target.About:
		s = vi.T("khoảng {.figure}", "figure", s)
	}
	switch t.Change {
	case target.Increase:
		s = vi.T("tăng {.figure}", "figure", s)
	case target.Decrease:
		s = vi.T("giảm {.figure}", "figure", s)
	}
	return s
}

func rowTable(std *Streams, title string, reading *target.ResultsReading) error {
	vi, out := locale.Vietnamese, std.Out
	if title != "" {
		fmt.Fprintf(out, "%s\n", title)
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join([]string{vi.T("Đơn vị"), vi.T("Chỉ tiêu"), vi.T("Kết quả"), vi.T("Đơn vị tính"), vi.T("Dòng")}, "\t"))
	for _, r := range reading.Rows {
		t := target.Target{Relation: r.Relation, Change: r.Change, Low: r.Low, High: r.High, Approx: r.Approx}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\n", r.Unit, r.Indicator, level(&t), r.Measure, r.Source.Line)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return printWarnings(std.Err, reading.Warnings)
}

func printWarnings(out io.Writer, warnings []target.Warning) error {
	for _, w := range warnings {
		line := locale.Vietnamese.T("Lưu ý, dòng {.line}: {.message}", "line", w.Line, "message", w.Message)
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	return nil
}
