// Package table reads a scoring sheet as officers have it in Excel (bảng chấm
// điểm: TT, Nội dung, Điểm tối đa, Cách tính) into the tree of package scoring,
// and lays a sheet out in that shape again.
//
// Real tables are made for paper. A title stands above, the head takes one row
// or two, the tree is in the numbering (I, 1, 1.1, a, -) and not in any column,
// a text goes on in the next row, points are "tối đa 5" or "1,5 điểm", bonus and
// deduction are headings, signatures follow. So reading is guessing, and every
// guess is told: what was made of which row, and what to do about it. What
// cannot be right (sums, above all) is kept as it was written and told with both
// numbers; a person decides.
//
// The package is pure: no clock, no database, no file. Cells come from whoever
// can read a workbook.
package table
