// Package e2e tests the program as people meet it: a server that is started,
// killed and stopped, a browser and clients that speak HTTP to it.
package e2e

import (
	"os"
	"testing"
)

// folders are removed when the tests have ended.
var folders []string

func TestMain(m *testing.M) {
	code := m.Run()
	for _, dir := range folders {
		_ = os.RemoveAll(dir) // best effort: the system clears its temporary folder as well
	}
	os.Exit(code)
}
