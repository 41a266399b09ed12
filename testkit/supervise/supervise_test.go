package supervise

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asOwner makes this test binary play the one that starts a server and is killed.
const asOwner = "SUPERVISE_TEST_OWNER"

func TestMain(m *testing.M) {
	if folder := os.Getenv(asOwner); folder != "" {
		if _, err := start(folder); err != nil {
			panic(err)
		}
		time.Sleep(time.Hour)
	}
	os.Exit(m.Run())
}

// start runs a server that has a child of its own and ignores nothing.
func start(folder string) (*Process, error) {
	script := `sleep 3600 & echo $! >child; echo $$ >server.part; mv server.part server; wait`
	return Start(Command{Folder: folder, Args: []string{"/bin/sh", "-c", script}, Env: os.Environ(), Signal: "KILL"})
}

func TestStopEndsTheServerAndRemovesItsFolder(t *testing.T) {
	folder := newFolder(t)
	p, err := start(folder)
	if err != nil {
		t.Fatal(err)
	}
	server, child := pids(t, folder)
	p.Stop()
	gone(t, folder, server, child)
}

func TestAKilledOwnerLeavesNothing(t *testing.T) {
	folder := newFolder(t)
	owner := exec.Command(os.Args[0])
	owner.Env = append(os.Environ(), asOwner+"="+folder)
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	server, child := pids(t, folder)
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait()
	gone(t, folder, server, child)
}

func TestAServerThatFailsIsSeen(t *testing.T) {
	folder := newFolder(t)
	p, err := Start(Command{Folder: folder, Args: []string{"/bin/sh", "-c", "echo no such file >&2; exit 3"}, Env: os.Environ(), Signal: "KILL"})
	if err != nil {
		t.Fatal(err)
	}
	<-p.Ended()
	if got := p.Log(); got != "no such file" {
		t.Errorf("log = %q", got)
	}
	p.Stop()
	gone(t, folder)
}

func newFolder(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "server")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

// pids waits until the server has written its own number and its child's.
func pids(t *testing.T, folder string) (server, child int) {
	t.Helper()
	eventually(t, "the server writes its number", func() bool {
		_, err := os.Stat(filepath.Join(folder, "server"))
		return err == nil
	})
	read := func(name string) int {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(strings.TrimSpace(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return read("server"), read("child")
}

func gone(t *testing.T, folder string, pids ...int) {
	t.Helper()
	eventually(t, "the folder is removed", func() bool {
		_, err := os.Stat(folder)
		return os.IsNotExist(err)
	})
	for _, pid := range pids {
		eventually(t, "the process ends", func() bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) })
	}
}

func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 3000 {
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("not yet after 30 seconds: %s", what)
}
