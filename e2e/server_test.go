package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/testkit"
)

// patience bounds every wait for a server: a server that never answers fails
// its test and not the whole run.
const patience = 2 * time.Minute

// place is where a server keeps its data.
type place struct{ data, database string }

// places are an empty one on each engine.
func places(t *testing.T, test func(t *testing.T, p place)) {
	t.Run("sqlite", func(t *testing.T) { test(t, place{data: t.TempDir()}) })
	t.Run("postgres", func(t *testing.T) { test(t, place{t.TempDir(), testkit.Postgres(t)}) })
}

func (p place) config() app.Config { return app.Config{Data: p.data, Database: p.database} }

// program is the path of `thidua`, built once.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "thidua-e2e-")
	if err != nil {
		return "", err
	}
	folders = append(folders, dir)
	path := filepath.Join(dir, "thidua")
	said, err := exec.Command("go", "build", "-buildvcs=false", "-o", path, "github.com/thidua/thidua/cmd/thidua").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building thidua: %w\n%s", err, said)
	}
	return path, nil
})

func built(t *testing.T) string {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// server is the program in a process of its own.
type server struct {
	URL string

	cmd   *exec.Cmd
	ended chan struct{}
	err   error // of the process; read after ended

	mu   sync.Mutex
	said []string // its log, one JSON object a line
}

// once runs a server that is to end by itself and returns what it said.
func once(t *testing.T, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	said, err := exec.CommandContext(ctx, built(t), args...).CombinedOutput()
	return string(said), err
}

// start serves a place on a free port and waits until the program says that it
// answers. It is killed with the test.
func start(t *testing.T, p place) *server {
	t.Helper()
	args := []string{"serve", "--addr", "127.0.0.1:0", "--data", p.data}
	if p.database != "" {
		args = append(args, "--database", p.database)
	}
	return run(t, args...)
}

func run(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{ended: make(chan struct{})}
	s.cmd = exec.Command(built(t), args...)
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	log, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	ready := make(chan string, 1)
	var reading sync.WaitGroup
	reading.Go(func() {
		lines(out, func(line string) {
			select {
			case ready <- line:
			default:
			}
		})
	})
	reading.Go(func() {
		lines(log, func(line string) {
			s.mu.Lock()
			s.said = append(s.said, line)
			s.mu.Unlock()
		})
	})
	go func() {
		reading.Wait() // Wait closes the pipes
		s.err = s.cmd.Wait()
		close(s.ended)
	}()
	select {
	case s.URL = <-ready:
	case <-s.ended:
		t.Fatalf("the server ended at once: %v\n%s", s.err, s.log())
	case <-time.After(patience):
		t.Fatalf("the server does not say that it answers\n%s", s.log())
	}
	return s
}

func lines(r io.Reader, do func(string)) {
	for scan := bufio.NewScanner(r); scan.Scan(); {
		do(scan.Text())
	}
}

func (s *server) log() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.said, "\n")
}

// kill ends the server as a power cut of the process: it may do nothing more.
func (s *server) kill() {
	_ = s.cmd.Process.Kill() // one that has ended already is what we want
	<-s.ended
}

// stop asks the server to end and waits; its error is the process's.
func (s *server) stop(t *testing.T) error {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.ended:
		return s.err
	case <-time.After(patience):
		t.Fatalf("the server does not end\n%s", s.log())
		return nil
	}
}

// setupCode is the one-time code in the log.
func (s *server) setupCode(t *testing.T) string {
	t.Helper()
	for line := range strings.SplitSeq(s.log(), "\n") {
		var event struct{ Code string }
		if json.Unmarshal([]byte(line), &event) == nil && event.Code != "" {
			return event.Code
		}
	}
	t.Fatalf("no code in the log:\n%s", s.log())
	return ""
}
