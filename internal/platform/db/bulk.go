package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Cells are rows of one table as the drivers take them: int64, bool, string,
// []byte or nil, in the order of Columns.
type Cells struct {
	Columns []string
	Rows    [][]any
	Secret  map[string]bool // columns that the ledger does not keep
}

// CellsOf takes the `db` tags and the values of a slice of rows.
func CellsOf(rows any) (Cells, error) {
	v := reflect.ValueOf(rows)
	m := fieldsOf(v.Type().Elem())
	c := Cells{Columns: m.columns, Secret: m.secret, Rows: make([][]any, v.Len())}
	index := make([][]int, len(m.columns))
	for j, name := range m.columns {
		index[j] = m.index[name]
	}
	cells := make([]any, v.Len()*len(m.columns)) // one piece of memory for all rows
	for i := range v.Len() {
		row := cells[i*len(index) : (i+1)*len(index)]
		for j := range index {
			cell, err := plain(v.Index(i).FieldByIndex(index[j]))
			if err != nil {
				return c, fmt.Errorf("db: column %s: %w", m.columns[j], err)
			}
			row[j] = cell
		}
		c.Rows[i] = row
	}
	return c, nil
}

func plain(v reflect.Value) (any, error) {
	switch v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Int, reflect.Int64, reflect.Int32:
		return v.Int(), nil
	case reflect.Bool:
		return v.Bool(), nil
	}
	if own, ok := v.Interface().(driver.Valuer); ok {
		return own.Value()
	}
	if b, ok := v.Interface().([]byte); ok {
		return b, nil
	}
	return nil, fmt.Errorf("%s is no value of a column", v.Type())
}

// InsertCells writes new rows in as few steps as the engine allows: COPY on
// PostgreSQL, statements of many rows on SQLite.
func InsertCells(ctx context.Context, tx *Tx, table string, c Cells) error {
	var err error
	switch {
	case len(c.Rows) == 0:
		return nil
	case tx.Engine == PostgreSQL:
		err = copyIn(ctx, tx, table, c)
	default:
		err = insertMany(ctx, tx, table, c)
	}
	if err != nil {
		return fmt.Errorf("db: insert %s: %w", table, err)
	}
	return nil
}

// copyIn reaches below database/sql, on the connection of the transaction.
func copyIn(ctx context.Context, tx *Tx, table string, c Cells) error {
	return tx.conn.Raw(func(driver any) error {
		own, ok := driver.(*stdlib.Conn)
		if !ok {
			return errors.New("the connection is not pgx's")
		}
		n, err := own.Conn().CopyFrom(ctx, pgx.Identifier{table}, c.Columns, pgx.CopyFromRows(c.Rows))
		if err == nil && n != int64(len(c.Rows)) {
			err = fmt.Errorf("copied %d rows of %d", n, len(c.Rows))
		}
		return err
	})
}

// statementCells bounds a statement on SQLite: past it nothing is won, and a
// statement takes 32,766 values at most.
const statementCells = 1000

func insertMany(ctx context.Context, tx *Tx, table string, c Cells) error {
	per := max(1, statementCells/len(c.Columns))
	for from := 0; from < len(c.Rows); {
		n := min(per, len(c.Rows)-from)
		stmt, err := tx.PrepareContext(ctx, insertText(table, c.Columns, n))
		if err != nil {
			return err
		}
		args := make([]any, 0, n*len(c.Columns))
		for ; len(c.Rows)-from >= n; from += n {
			args = args[:0]
			for _, row := range c.Rows[from : from+n] {
				args = append(args, row...)
			}
			if _, err := stmt.ExecContext(ctx, args...); err != nil {
				stmt.Close()
				return err
			}
		}
		stmt.Close()
	}
	return nil
}

func insertText(table string, columns []string, rows int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES ")
	one := "(" + strings.Repeat("?, ", len(columns)-1) + "?)"
	for i := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(one)
	}
	return b.String()
}
