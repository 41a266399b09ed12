package pgserver

import (
	"context"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestAServerAnswersAndEnds(t *testing.T) {
	server, err := Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	conn, err := pgconn.Connect(t.Context(), server.DSN)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := conn.Exec(t.Context(), "show server_encoding").ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := string(rows[0].Rows[0][0]); got != "UTF8" {
		t.Errorf("encoding %s", got)
	}
	if err := conn.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	stranger, err := url.Parse(server.DSN)
	if err != nil {
		t.Fatal(err)
	}
	stranger.User = url.UserPassword(superuser, "guess")
	if conn, err := pgconn.Connect(t.Context(), stranger.String()); err == nil {
		_ = conn.Close(t.Context())
		t.Error("a wrong password was let in")
	}
	server.Stop()
	if conn, err := pgconn.Connect(context.Background(), server.DSN); err == nil {
		_ = conn.Close(context.Background())
		t.Error("the server answers after its end")
	}
}
