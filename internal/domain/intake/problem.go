package intake

import (
	"github.com/thidua/thidua/internal/platform/fault"
)

// Problem is something in the files that must be mended before they can be
// taken in: what is wrong, where, what to do.
type Problem struct {
	File   string
	Line   int    // 0 for the whole file
	Column string // "" for the whole row
	Fault  *fault.Error
}

// maxProblems is how many are listed; files as wrong as that have one cause.
const maxProblems = 100

// problems gathers them.
type problems struct {
	list []Problem
	more int
}

func (p *problems) add(file string, line int, column string, f *fault.Error) {
	if len(p.list) == maxProblems {
		p.more++
		return
	}
	for _, have := range p.list { // rows are read more than once
		if have.File == file && have.Line == line && have.Column == column && have.Fault.Text == f.Text {
			return
		}
	}
	alone := *f
	alone.Others = nil
	p.list = append(p.list, Problem{file, line, column, &alone})
}

// err adds every fault of an error of the input, with the column that its field
// stands in; an error that is none of the input comes back.
func (p *problems) err(o *opened, line int, columns map[string]string, err error) error {
	if err == nil {
		return nil
	}
	f := fault.As(err)
	if f.Code == fault.Internal {
		return err
	}
	for _, one := range f.All() {
		column := one.Field
		if c, ok := columns[column]; ok {
			column = c
		}
		p.add(o.file, line, column, one)
	}
	return nil
}

func (p *problems) any() bool  { return len(p.list) > 0 }
func (p *problems) full() bool { return p.more > 0 }
