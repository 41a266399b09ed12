package task

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Reminded is the kind of the letters that Remind writes.
const Reminded letter.Kind = "remind"

// Owes tells whether a unit of a year still has to do what an activity is
// about; known is false for an activity that the room does not know.
type Owes func(ctx context.Context, q db.Queryer, yearID, unitID, activity string) (owes, known bool, err error)

// Mail sends reminders by mail as well. owes keeps a letter from going out once
// there is no reason for it.
func (s *Service) Mail(letters *letter.Service, owes Owes) {
	s.letters, s.owes = letters, owes
	letters.Speaker(Reminded, s.say)
}

// reminded is what such a letter is about.
type reminded struct {
	Year     string   `json:"year"`
	Activity string   `json:"activity"`
	Text     string   `json:"text"`
	Units    []string `json:"units"`
}

// write puts one letter for each person of the units into the queue. Whoever
// presses the button again on the same day sends no second one.
func (s *Service) write(ctx context.Context, tx *db.Tx, yearID, activity, text string, units []string) (unheard []string, err error) {
	if !s.letters.On() {
		return nil, nil
	}
	readers, err := s.letters.Readers(ctx, tx, units...)
	if err != nil {
		return nil, err
	}
	var drafts []letter.Draft
	at := map[string]int{}
	sum := sha256.Sum256([]byte(text))
	for _, u := range units {
		if len(readers[u]) == 0 {
			unheard = append(unheard, u)
		}
		for _, account := range readers[u] {
			i, there := at[account]
			if !there {
				i, at[account] = len(drafts), len(drafts)
				once := string(Reminded) + ":" + account + ":" + yearID + ":" + activity + ":" + string(clock.Today(s.now)) + ":" + hex.EncodeToString(sum[:8])
				drafts = append(drafts, letter.Draft{Kind: Reminded, Once: once, Account: account, About: reminded{Year: yearID, Activity: activity, Text: text}})
			}
			about := drafts[i].About.(reminded)
			if !slices.Contains(about.Units, u) {
				about.Units = append(about.Units, u)
			}
			drafts[i].About = about
		}
	}
	_, err = s.letters.Put(ctx, tx, drafts...)
	return unheard, err
}

// say is what the leader said, for the units that have still not done it.
func (s *Service) say(ctx context.Context, q db.Queryer, l letter.Letter, _ letter.Reader) (letter.Words, bool, error) {
	var about reminded
	if err := l.About(&about); err != nil {
		return letter.Words{}, false, err
	}
	y, err := s.years.Get(ctx, q, about.Year)
	if err != nil {
		return letter.Words{}, false, err
	}
	var units []string
	for _, u := range about.Units {
		owes, known, err := s.owes(ctx, q, y.ID, u, about.Activity)
		if err != nil {
			return letter.Words{}, false, err
		}
		if owes || !known {
			units = append(units, u)
		}
	}
	if len(units) == 0 {
		return letter.Words{}, false, nil
	}
	names, err := org.Names(ctx, q, y.Day(clock.Today(s.now)), units...)
	if err != nil {
		return letter.Words{}, false, err
	}
	place := letter.Place{Kind: about.Activity, YearID: y.ID, UnitID: units[0]}
	if period, ok := cluster.ReportPeriod(about.Activity); ok {
		place.Kind, place.Subject = "report", period
	}
	words := letter.Words{
		Subject:    locale.Msg("Nhắc việc: {.cluster} năm {.year}", "cluster", y.Short, "year", locale.Year(y.Year)),
		Paragraphs: []letter.Paragraph{{Text: locale.Text{Text: about.Text}}},
	}
	for _, u := range units {
		words.Paragraphs = append(words.Paragraphs, letter.Paragraph{Text: locale.Msg("Đơn vị: {.unit}.", "unit", names[u].Name)})
	}
	words.Paragraphs = append(words.Paragraphs, letter.Paragraph{Text: locale.Msg("Mở trang để làm việc này:"), Place: &place})
	return words, true, nil
}
