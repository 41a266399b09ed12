package testkit_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/thidua/thidua/testkit"
)

func TestPostgresDatabasesAreApart(t *testing.T) {
	for i := range 3 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			// A second database with the same table would refuse it.
			query(t, testkit.Postgres(t), "create table unit (id int primary key)")
		})
	}
}

func TestPostgresIsDropped(t *testing.T) {
	var dsn string
	t.Run("inner", func(t *testing.T) {
		dsn = testkit.Postgres(t)
		query(t, dsn, "select 1")
	})
	if conn, err := pgx.Connect(t.Context(), dsn); err == nil {
		_ = conn.Close(context.Background())
		t.Error("the database is still there after its test")
	}
}

func TestPostgresTemplateIsPreparedOnce(t *testing.T) {
	prepared := 0
	for i := range 4 {
		dsn := testkit.PostgresTemplate(t, t.Name(), func(dsn string) error {
			prepared++
			query(t, dsn, "create table unit (id int primary key)")
			return nil
		})
		query(t, dsn, fmt.Sprintf("insert into unit values (1), (%d)", i+2))
		if n := query(t, dsn, "select count(*) from unit"); n != "2" {
			t.Errorf("copy %d holds %s rows: it sees another test's", i, n)
		}
	}
	if prepared != 1 {
		t.Errorf("prepared %d times", prepared)
	}
}

// query runs one statement and returns the first column of its first row, if any.
func query(t *testing.T, dsn, sql string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	results, err := conn.PgConn().Exec(t.Context(), sql).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(results[0].Rows) == 0 {
		return ""
	}
	return string(results[0].Rows[0][0])
}

func BenchmarkPostgresTemplate(b *testing.B) {
	nothing := func(string) error { return nil }
	testkit.PostgresTemplate(b, b.Name(), nothing) // starts the server
	for b.Loop() {
		testkit.PostgresTemplate(b, b.Name(), nothing)
	}
}
