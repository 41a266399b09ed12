package ledger

import (
	"context"
	"reflect"
	"strings"

	"github.com/thidua/thidua/internal/platform/db"
)

// load reads the row of the same type and id as it stands in the table.
func load(ctx context.Context, q db.Queryer, table string, row any) (any, error) {
	typ := reflect.TypeOf(row).Elem()
	into := reflect.New(typ)
	query := "SELECT " + strings.Join(db.Columns(row), ", ") + " FROM " + table + " WHERE id = $1"
	if err := db.Into(ctx, q, into.Interface(), query, idOf(row)); err != nil {
		return nil, err
	}
	return into.Interface(), nil
}

func idOf(row any) string     { return db.Field(row, "id").String() }
func versionOf(row any) int64 { return db.Field(row, "version").Int() }
func setVersion(row any, v int64) {
	db.Field(row, "version").SetInt(v)
}
