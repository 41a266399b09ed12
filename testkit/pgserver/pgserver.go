// Package pgserver runs a private PostgreSQL server for tests: a fresh cluster in
// a temporary folder, on a free port of 127.0.0.1, with a password that nobody
// else knows, tuned to be thrown away.
package pgserver

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/thidua/thidua/testkit/supervise"
)

// Variable is the environment variable that names a running server to share: a
// DSN of a user that may create databases.
const Variable = "THIDUA_TEST_POSTGRES"

// ErrMissing means that PostgreSQL's server programs are not installed.
var ErrMissing = errors.New("PostgreSQL's server (initdb, postgres) is not installed: run `make tools`, or install the package postgresql")

const superuser = "thidua_test"

// Server is a running cluster.
type Server struct {
	DSN     string // of its database "postgres", as the superuser
	process *supervise.Process
}

// Stop ends the server and removes its data.
func (s *Server) Stop() { s.process.Stop() }

// Start makes a cluster and waits until it answers. The server ends with the
// program that started it, also when that one is killed.
func Start(ctx context.Context) (*Server, error) {
	bin, err := Bin()
	if err != nil {
		return nil, err
	}
	owner, err := chooseOwner()
	if err != nil {
		return nil, err
	}
	// The port was free a moment ago; another program may take it before the
	// server does, so one more attempt is worth it.
	var server *Server
	for range 5 {
		server, err = owner.start(ctx, bin)
		if err == nil || !errors.Is(err, errPort) {
			break
		}
	}
	return server, err
}

// Bin is the folder of initdb and postgres. Debian keeps them off the PATH,
// a folder for each major version; the newest is taken.
func Bin() (string, error) {
	candidates := []string{}
	if p, err := exec.LookPath("initdb"); err == nil {
		candidates = append(candidates, filepath.Dir(p))
	}
	installed, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	slices.SortFunc(installed, func(a, b string) int { return major(b) - major(a) })
	for _, dir := range append(candidates, installed...) {
		_, noInit := os.Stat(filepath.Join(dir, "initdb"))
		_, noServer := os.Stat(filepath.Join(dir, "postgres"))
		if noInit == nil && noServer == nil {
			return dir, nil
		}
	}
	return "", ErrMissing
}

func major(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin))) // an odd name sorts last
	return n
}

// owner is the system user that the server runs as.
type owner struct {
	uid, gid int
	as       *syscall.Credential // nil: the caller's own
}

// chooseOwner: PostgreSQL refuses to run as root, so root lends it to another user.
func chooseOwner() (owner, error) {
	if os.Geteuid() != 0 {
		return owner{uid: -1, gid: -1}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return owner{}, err
		}
		return owner{int(uid), int(gid), &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return owner{}, errors.New("pgserver: running as root, and there is neither a user postgres nor nobody to run the server as")
}

// folder makes a folder that the owner can reach: a private TMPDIR of root is
// closed to other users, so the usual public ones are tried after it.
func (o owner) folder() (string, error) {
	var all error
	for _, base := range []string{os.TempDir(), "/tmp", "/var/tmp"} {
		dir, err := os.MkdirTemp(base, "thidua-postgres-")
		if err != nil {
			all = errors.Join(all, err)
			continue
		}
		if o.as == nil {
			return dir, nil
		}
		if err := os.Chown(dir, o.uid, o.gid); err != nil {
			return "", errors.Join(err, os.RemoveAll(dir))
		}
		try := exec.Command("/bin/sh", "-c", `cd "$1"`, "try", dir)
		try.SysProcAttr = &syscall.SysProcAttr{Credential: o.as}
		try.Dir = "/"
		if err := try.Run(); err == nil {
			return dir, nil
		}
		all = errors.Join(all, fmt.Errorf("user %d cannot enter %s", o.uid, dir), os.RemoveAll(dir))
	}
	return "", fmt.Errorf("pgserver: no temporary folder for the server: %w", all)
}

var errPort = errors.New("pgserver: the port was taken")

func (o owner) start(ctx context.Context, bin string) (*Server, error) {
	dir, err := o.folder()
	if err != nil {
		return nil, err
	}
	password := rand.Text()
	data := filepath.Join(dir, "data")
	env := []string{"PATH=" + bin + ":/usr/bin:/bin", "LC_ALL=C", "TZ=UTC", "HOME=" + dir}
	if err := o.initdb(ctx, bin, dir, data, password, env); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	port, err := freePort()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	args := []string{filepath.Join(bin, "postgres"), "-D", data}
	for _, setting := range []string{
		"listen_addresses=127.0.0.1", "port=" + strconv.Itoa(port), "unix_socket_directories=",
		"max_connections=200", "shared_buffers=64MB",
		// The data is thrown away, so nothing need survive a power cut.
		"fsync=off", "synchronous_commit=off", "full_page_writes=off",
		"wal_level=minimal", "max_wal_senders=0", "jit=off",
	} {
		args = append(args, "-c", setting)
	}
	process, err := supervise.Start(supervise.Command{Folder: dir, Args: args, Env: env, Signal: "QUIT", As: o.as})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	server := &Server{DSN: dsn(password, port), process: process}
	if err := server.wait(ctx); err != nil {
		process.Stop()
		return nil, err
	}
	return server, nil
}

func (o owner) initdb(ctx context.Context, bin, dir, data, password string, env []string) error {
	secret := filepath.Join(dir, "password")
	if err := os.WriteFile(secret, []byte(password+"\n"), 0o600); err != nil {
		return err
	}
	if err := os.Chown(secret, o.uid, o.gid); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", superuser, "--pwfile="+secret,
		"--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync")
	cmd.Env, cmd.Dir = env, dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: o.as}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("pgserver: initdb: %w\n%s", err, out)
	}
	return os.Remove(secret)
}

func dsn(password string, port int) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(superuser, password),
		Host:     net.JoinHostPort("127.0.0.1", strconv.Itoa(port)),
		Path:     "/postgres",
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// wait returns when the server accepts a connection, or tells why it does not.
func (s *Server) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		conn, err := pgconn.Connect(ctx, s.DSN)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-s.process.Ended():
			log := s.process.Log()
			if strings.Contains(log, "could not bind") || strings.Contains(log, "Address already in use") {
				return errPort
			}
			return fmt.Errorf("pgserver: the server ended at once\n%s", log)
		case <-ctx.Done():
			return fmt.Errorf("pgserver: the server does not answer: %w\n%s", err, s.process.Log())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
