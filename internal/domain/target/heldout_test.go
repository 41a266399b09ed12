package target_test

import "testing"

// TestHeldOutSet holds what the reader reaches on texts that were not looked at
// while it was made. The goal is accuracy.Goal on these too; docs/reader.md
// tells how far it is.
func TestHeldOutSet(t *testing.T) { reaches(t, "testdata/heldout.jsonl", 280, 0.96, false) }
