package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"thidua": main})
}

// TestScripts runs the command line as people and programs meet it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir) // where data lives unless a script says otherwise
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "json": jsonHas, "furnish": furnish, "tamper": tamper,
		},
	})
}

// exits runs a command and checks its code: exits 1 thidua score bang.json
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command [args…]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		code = failed.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want := args[0]; strconv.Itoa(code) != want {
		ts.Fatalf("exit code %d, want %s", code, want)
	}
}

// jsonHas checks a value in the JSON document of the last command's output:
// json targets.0.low 6.5; json targets.length 2 (how many); ! json targets.0.by (absent).
func jsonHas(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 || len(args) > 2 || !neg && len(args) < 2 {
		ts.Fatalf("usage: [!] json path [value]")
	}
	doc := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	doc.UseNumber()
	var v any
	if err := doc.Decode(&v); err != nil {
		ts.Fatalf("the output is no JSON: %v", err)
	}
	if doc.More() {
		ts.Fatalf("the output goes on after the JSON document")
	}
	found := true
	for step := range strings.SplitSeq(args[0], ".") {
		switch in := v.(type) {
		case map[string]any:
			v, found = in[step]
		case []any:
			if step == "length" {
				v = len(in)
				break
			}
			i, err := strconv.Atoi(step)
			if found = err == nil && i >= 0 && i < len(in); found {
				v = in[i]
			}
		default:
			found = false
		}
		if !found {
			break
		}
	}
	got := fmt.Sprint(v)
	switch {
	case neg && len(args) == 1 && found:
		ts.Fatalf("%s is %s", args[0], got)
	case neg:
	case !found:
		ts.Fatalf("nothing at %s", args[0])
	case got != args[1]:
		ts.Fatalf("%s is %q, want %q", args[0], got, args[1])
	}
}

// furnish makes a database with some units: furnish folder names…
func furnish(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	a, err := app.New(ctx, app.Config{Data: ts.MkAbs(args[0])}, clock.At("2023-01-12"), slog.New(slog.DiscardHandler))
	ts.Check(err)
	defer a.Close()
	for _, name := range args[1:] {
		_, err := a.Org.Create(ctx, access.Program, org.NewUnit{Kind: org.Department, Level: "tinh", Name: name, From: "2000-01-01", Basis: "thử"})
		ts.Check(err)
	}
}

// tamper changes a database past every service: tamper folder statement
func tamper(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	d, err := db.Open(ctx, app.Config{Data: ts.MkAbs(args[0])}.Target())
	ts.Check(err)
	defer d.Close()
	ts.Check(d.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, args[1])
		if err == nil && n == 0 {
			return errors.New("nothing was changed")
		}
		return err
	}))
}
