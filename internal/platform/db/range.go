package db

import (
	"encoding/binary"
	"encoding/hex"
	"math"

	"github.com/google/uuid"
)

// IDRange is a run of ids for rows that are written together: UUIDv7 that
// differ in their last 32 bits alone, which count from nought. No other row has
// an id between the first and the last, so that a range of ids names exactly
// the rows of a batch.
type IDRange struct{ first [16]byte }

// NewIDRange begins a run: the time to a fraction of a millisecond and 30 random
// bits, which make it new.
func NewIDRange() IDRange {
	r := IDRange{uuid.Must(uuid.NewV7())}
	clear(r.first[12:])
	return r
}

// MaxIDs is how many ids a range has.
const MaxIDs = math.MaxUint32

// At is the i-th id, from 0.
func (r IDRange) At(i int) string {
	id := r.first
	binary.BigEndian.PutUint32(id[12:], uint32(i))
	return uuid.UUID(id).String()
}

// Place tells where an id stands in its range: what all ids of the range begin
// with, and how many come before it. ok is false for what is no id as At writes it.
func Place(id string) (run string, i int, ok bool) {
	if len(id) != 36 {
		return "", 0, false
	}
	var count [4]byte
	if _, err := hex.Decode(count[:], []byte(id[28:])); err != nil || hex.EncodeToString(count[:]) != id[28:] {
		return "", 0, false
	}
	return id[:28], int(binary.BigEndian.Uint32(count[:])), true
}
