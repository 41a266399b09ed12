// Package supervise runs the servers that tests need (PostgreSQL, Chromium) so
// that none outlives the test binary that started it, however that one ends.
//
// Go has no hook at the end of a test binary, and a killed one runs no clean-up.
// So each server runs under a keeper: a shell that reads from a pipe whose other
// end only the test binary holds. When the binary ends, for whatever reason, the
// kernel closes the pipe; the keeper wakes, ends the server and removes its folder.
package supervise

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// The keeper's arguments: the signal that ends the server, the folder to remove,
// and the server's command. The server runs in the keeper's process group, so
// what it left behind is reached by `kill 0`; the keeper itself ignores that
// signal only after the server has started, for an ignored signal is inherited.
const keeper = `
signal=$1 folder=$2
shift 2
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
( read -r _ <&3; kill -s "$signal" "$server" ) 2>/dev/null &
wait "$server"
trap '' TERM
kill -s TERM 0
for try in 1 2 3 4 5 6 7 8 9 10; do
	rm -rf -- "$folder" 2>/dev/null && exit
	sleep 0.1
done
`

// Command is a server to run.
type Command struct {
	Folder string              // the server's own; removed when the server ends
	Args   []string            // the program by its path, and its arguments
	Env    []string            // the whole environment of the server
	Signal string              // what ends it: "QUIT", "KILL", …
	As     *syscall.Credential // the system user it runs as; nil is the caller's own
}

// Process is a running server.
type Process struct {
	pipe  io.Closer
	ended chan struct{}
	log   *os.File
}

// Start runs the server. Its output goes to a file in its folder: a child that
// holds a test's own output would make `go test` wait for it.
func Start(c Command) (*Process, error) {
	log, err := os.OpenFile(filepath.Join(c.Folder, "log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	read, err := os.Open(log.Name()) // stays readable when the folder is gone
	if err != nil {
		return nil, err
	}
	args := append([]string{"-c", keeper, "keeper", c.Signal, c.Folder}, c.Args...)
	cmd := exec.Command("/bin/sh", args...)
	cmd.Dir, cmd.Env = c.Folder, c.Env
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: c.As}
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("supervise: %s: %w", c.Args[0], err)
	}
	p := &Process{pipe: pipe, ended: make(chan struct{}), log: read}
	go func() {
		_ = cmd.Wait() // a server that we end reports the signal; nothing to learn
		close(p.ended)
	}()
	return p, nil
}

// Stop ends the server and waits until it and its folder are gone.
func (p *Process) Stop() {
	_ = p.pipe.Close()
	<-p.ended
}

// Ended is closed when the server has ended, by itself or by Stop.
func (p *Process) Ended() <-chan struct{} { return p.ended }

// Log is the end of what the server wrote, for a failure's message.
func (p *Process) Log() string {
	const most = 2000
	info, err := p.log.Stat()
	if err != nil {
		return err.Error()
	}
	data, err := io.ReadAll(io.NewSectionReader(p.log, max(0, info.Size()-most), most))
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(data))
}
