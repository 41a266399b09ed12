package target_test

import "testing"

// TestHeldOutSet measures the texts that another person wrote and that nobody
// who works on the grammar looks at.
func TestHeldOutSet(t *testing.T) { reaches(t, "testdata/heldout.jsonl", 100, false) }
