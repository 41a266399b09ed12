package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/thidua/thidua/internal/platform/fault"
)

// Queryer is what can be asked: a DB (outside transactions) or a Tx.
type Queryer interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// All reads every row into a T. A struct T takes columns by its `db` tags; any
// other T takes the single column.
func All[T any](ctx context.Context, q Queryer, query string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("db: %w in %s", err, brief(query))
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	var all []T
	var t, zero T // filled again and again, and copied
	into, err := targets(&t, columns)
	if err != nil {
		return nil, fmt.Errorf("%w in %s", err, brief(query))
	}
	for rows.Next() {
		t = zero
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("db: %w in %s", err, brief(query))
		}
		all = append(all, t)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("db: %w in %s", err, brief(query))
	}
	return all, nil
}

// One reads the first row; none is a NotFound fault, never a nil.
func One[T any](ctx context.Context, q Queryer, query string, args ...any) (T, error) {
	all, err := All[T](ctx, q, query, args...)
	if err != nil {
		var none T
		return none, err
	}
	if len(all) == 0 {
		var none T
		return none, fault.Missing()
	}
	return all[0], nil
}

// Maybe is One for a row that need not be there.
func Maybe[T any](ctx context.Context, q Queryer, query string, args ...any) (T, bool, error) {
	t, err := One[T](ctx, q, query, args...)
	if fault.Is(err, fault.NotFound) {
		return t, false, nil
	}
	return t, err == nil, err
}

// Count reads a single number.
func Count(ctx context.Context, q Queryer, query string, args ...any) (int, error) {
	return One[int](ctx, q, query, args...)
}

// Get reads the row of a table by its id.
func Get[T any](ctx context.Context, q Queryer, table, id string) (T, error) {
	var t T
	return One[T](ctx, q, "SELECT "+strings.Join(Columns(t), ", ")+" FROM "+table+" WHERE id = $1", id)
}

// Insert writes a new row from the `db` tags of *T.
func Insert(ctx context.Context, tx *Tx, table string, row any) error {
	m := fieldsOf(reflect.TypeOf(row).Elem())
	marks := make([]string, len(m.columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	_, err := tx.Exec(ctx, "INSERT INTO "+table+" ("+strings.Join(m.columns, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", m.values(row)...)
	if err != nil {
		return fmt.Errorf("db: insert %s: %w", table, err)
	}
	return nil
}

// Update writes the row over the version it was read at and counts the version
// up. Another version in the table is a Stale fault, a missing row NotFound.
func Update(ctx context.Context, tx *Tx, table string, row any) error {
	v := reflect.ValueOf(row).Elem()
	m := fieldsOf(v.Type())
	version := v.FieldByIndex(m.index["version"])
	var sets []string
	var args []any
	for i, c := range m.columns {
		switch c {
		case "id":
			continue
		case "version":
			args = append(args, version.Int()+1)
		default:
			args = append(args, m.values(row)[i])
		}
		sets = append(sets, fmt.Sprintf("%s = $%d", c, len(args)))
	}
	id := v.FieldByIndex(m.index["id"]).String()
	args = append(args, id, version.Int())
	n, err := tx.Exec(ctx, fmt.Sprintf("UPDATE %s SET %s WHERE id = $%d AND version = $%d", table, strings.Join(sets, ", "), len(args)-1, len(args)), args...)
	if err != nil {
		return fmt.Errorf("db: update %s: %w", table, err)
	}
	if n == 1 {
		version.SetInt(version.Int() + 1)
		return nil
	}
	there, err := Count(ctx, tx, "SELECT COUNT(*) FROM "+table+" WHERE id = $1", id)
	if err != nil {
		return err
	}
	if there == 0 {
		return fault.Missing()
	}
	return fault.New(fault.Stale, "Nội dung này vừa được người khác sửa sau khi bạn mở trang. Hãy so hai bản dưới đây rồi lưu lại; nội dung bạn nhập vẫn còn nguyên.")
}

// Columns lists the column names of T's tags, in order of the fields.
func Columns(t any) []string {
	typ := reflect.TypeOf(t)
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	return fieldsOf(typ).columns
}

// Prefixed is Columns as "u.id, u.version, …" for a joined SELECT.
func Prefixed(alias string, t any) string {
	cols := Columns(t)
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = alias + "." + c
	}
	return strings.Join(out, ", ")
}

// Values are the columns of a row with their values, as the database
// and the ledger keep them.
// Fields tagged `ledger:"-"` (secrets) are left out.
func Values(row any) map[string]any {
	v := reflect.ValueOf(row)
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	m := fieldsOf(v.Type())
	out := make(map[string]any, len(m.columns))
	for _, c := range m.columns {
		if m.secret[c] {
			continue
		}
		value := v.FieldByIndex(m.index[c]).Interface()
		if own, ok := value.(driver.Valuer); ok {
			if stored, err := own.Value(); err == nil {
				value = stored
			}
		}
		out[c] = value
	}
	return out
}

type fields struct {
	columns []string
	index   map[string][]int
	secret  map[string]bool
}

func (m *fields) values(row any) []any {
	v := reflect.ValueOf(row).Elem()
	out := make([]any, len(m.columns))
	for i, c := range m.columns {
		out[i] = v.FieldByIndex(m.index[c]).Interface()
	}
	return out
}

var mapped sync.Map // reflect.Type → *fields

func fieldsOf(typ reflect.Type) *fields {
	if m, ok := mapped.Load(typ); ok {
		return m.(*fields)
	}
	m := &fields{index: map[string][]int{}, secret: map[string]bool{}}
	var walk func(t reflect.Type, at []int)
	walk = func(t reflect.Type, at []int) {
		for i := range t.NumField() {
			f := t.Field(i)
			index := append(append([]int(nil), at...), i)
			if tag := f.Tag.Get("db"); tag != "" {
				m.columns = append(m.columns, tag)
				m.index[tag] = index
				m.secret[tag] = f.Tag.Get("ledger") == "-"
			} else if f.Anonymous && f.Type.Kind() == reflect.Struct {
				walk(f.Type, index)
			}
		}
	}
	walk(typ, nil)
	mapped.Store(typ, m)
	return m
}

func targets(t any, columns []string) ([]any, error) {
	v := reflect.ValueOf(t).Elem()
	if _, scanner := t.(sql.Scanner); v.Kind() != reflect.Struct || scanner {
		if len(columns) != 1 {
			return nil, fmt.Errorf("db: %d columns for one %T", len(columns), t)
		}
		return []any{t}, nil
	}
	m := fieldsOf(v.Type())
	into := make([]any, len(columns))
	for i, c := range columns {
		index, ok := m.index[c]
		if !ok {
			return nil, fmt.Errorf("db: %T has no field for column %q", t, c)
		}
		into[i] = v.FieldByIndex(index).Addr().Interface()
	}
	return into, nil
}

func brief(query string) string {
	s := strings.Join(strings.Fields(query), " ")
	if len(s) > 120 {
		s = s[:120] + "…"
	}
	return s
}

// Into is One for a row whose type is known only at run time; t points to it.
func Into(ctx context.Context, q Queryer, t any, query string, args ...any) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("db: %w in %s", err, brief(query))
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return fmt.Errorf("db: %w", err)
	}
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return fmt.Errorf("db: %w", err)
		}
		return fault.Missing()
	}
	m := fieldsOf(reflect.TypeOf(t).Elem())
	into := make([]any, len(columns))
	for i, c := range columns {
		into[i] = reflect.ValueOf(t).Elem().FieldByIndex(m.index[c]).Addr().Interface()
	}
	if err := rows.Scan(into...); err != nil {
		return fmt.Errorf("db: %w", err)
	}
	return nil
}

// Field is the settable value of a column's field in the row pointed to.
func Field(row any, column string) reflect.Value {
	v := reflect.ValueOf(row).Elem()
	return v.FieldByIndex(fieldsOf(v.Type()).index[column])
}
