package mail

import (
	"context"
	"fmt"
	netmail "net/mail"
	"os"
	"path/filepath"
)

// Folder writes messages as files that any mail program opens, and sends
// nothing: for the demo.
type Folder struct{ path string }

// NewFolder makes the folder where there is none.
func NewFolder(path string) (*Folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	return &Folder{path}, nil
}

// String says where messages go.
func (f *Folder) String() string { return f.path }

// From is whose name stands on the messages.
func (f *Folder) From() string { return demoFrom.String() }

var demoFrom = netmail.Address{Name: "Thi đua (bản thử)", Address: "thidua@ban-thu.invalid"}

// Send writes ID.eml.
func (f *Folder) Send(_ context.Context, m Message) error {
	body, err := m.Bytes(demoFrom)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(f.path, m.ID+".eml"), body, 0o600); err != nil {
		return &Refusal{Answer: err.Error()}
	}
	return nil
}
