package target

// tableShape is what the header of a table said of its columns.
type tableShape struct {
	known             bool
	name, unit, value int
	year              int
	points            bool // a scoring table: its figures are points
}

func (s *tableShape) leave() { *s = tableShape{} }

func (r *reader) tableRow() bool { return false }
