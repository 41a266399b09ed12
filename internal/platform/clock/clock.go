// Package clock is where time comes from. Nothing in the house calls time.Now
// but this package, so that a test or the demo can live in any year.
package clock

import (
	"sync"
	"time"
)

// Vietnam is the zone in which days begin and deadlines end.
var Vietnam = time.FixedZone("ICT", 7*3600)

// Clock tells the time.
type Clock interface{ Now() time.Time }

// System is the machine's clock.
type System struct{}

func (System) Now() time.Time { return time.Now() }

// Set is a clock that stands still until it is moved, or runs from where it was
// set once Run is called; safe for concurrent use.
type Set struct {
	mu      sync.Mutex
	now     time.Time
	running bool
	since   time.Time
}

// At makes a Set clock. It takes "2006-01-02" or "2006-01-02 15:04", Vietnamese time.
func At(s string) *Set {
	c := &Set{}
	c.To(s)
	return c
}

// To moves the clock; a text that is no time is a programming mistake and panics.
func (c *Set) To(s string) {
	layout := "2006-01-02 15:04"
	if len(s) == len("2006-01-02") {
		layout = "2006-01-02"
	}
	t, err := time.ParseInLocation(layout, s, Vietnam)
	if err != nil {
		panic(err)
	}
	c.mu.Lock()
	c.now = t
	c.since = time.Now()
	c.mu.Unlock()
}

// Forward moves the clock on by d.
func (c *Set) Forward(d time.Duration) {
	c.mu.Lock()
	c.now = c.now.Add(d)
	c.mu.Unlock()
}

func (c *Set) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running {
		return c.now.Add(time.Since(c.since))
	}
	return c.now
}

// Day is a calendar day as it is stored: "2006-01-02". Days sort as text.
type Day string

// Forever ends an interval [from, to) that has no end yet.
const Forever Day = "9999-12-31"

// DayOf is the Vietnamese calendar day of an instant.
func DayOf(t time.Time) Day { return Day(t.In(Vietnam).Format("2006-01-02")) }

// Today is the clock's day.
func Today(c Clock) Day { return DayOf(c.Now()) }

// Valid tells whether d is a day of the calendar.
func (d Day) Valid() bool {
	_, err := time.Parse("2006-01-02", string(d))
	return err == nil
}

// Plus moves a valid day by n days.
func (d Day) Plus(n int) Day {
	t, err := time.Parse("2006-01-02", string(d))
	if err != nil {
		return d
	}
	return Day(t.AddDate(0, 0, n).Format("2006-01-02"))
}

// Until counts the days from d to e; negative when e is past.
func (d Day) Until(e Day) int {
	a, _ := time.Parse("2006-01-02", string(d))
	b, _ := time.Parse("2006-01-02", string(e))
	return int(b.Sub(a).Hours() / 24)
}

// Year is the calendar year of a valid day.
func (d Day) Year() int {
	t, _ := time.Parse("2006-01-02", string(d))
	return t.Year()
}

// Instant is a moment as it is stored: microseconds since 1970, UTC; 0 is none.
type Instant int64

// InstantOf cuts a time to its microsecond.
func InstantOf(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixMicro())
}

// Stamp is the clock's instant.
func Stamp(c Clock) Instant { return InstantOf(c.Now()) }

// Time is the instant in Vietnam; the zero Instant is the zero time.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(i)).In(Vietnam)
}

// Run lets a Set clock run on from where it stands, at the machine's pace: the
// demo lives in its year this way.
func (c *Set) Run() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = true
	c.since = time.Now()
}
