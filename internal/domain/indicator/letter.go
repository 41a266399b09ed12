package indicator

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// FiguresDue is the kind of the letters that Remind writes.
const FiguresDue letter.Kind = "figures"

// Mail sends reminders of figures by mail.
func (s *Service) Mail(letters *letter.Service) {
	s.letters = letters
	letters.Speaker(FiguresDue, s.say)
}

// Owes tells whether a unit still has figures of a period to report.
func (s *Service) Owes(ctx context.Context, q db.Queryer, y cluster.Year, unit string, p Period) (bool, error) {
	n, err := s.owes(ctx, q, y, unit, p)
	return n > 0, err
}

// owes counts them; none where the year takes no figures any more.
func (s *Service) owes(ctx context.Context, q db.Queryer, y cluster.Year, unit string, p Period) (int, error) {
	if !p.Valid() || !cluster.Open(y, cluster.Reporting) {
		return 0, nil
	}
	lacks, err := s.unreported(ctx, q, y, p)
	if err != nil {
		return 0, err
	}
	for _, l := range lacks {
		if l.Unit == unit {
			return l.N, nil
		}
	}
	return 0, nil
}

// say tells a person what of the reminder's figures is still missing, with the
// page to report it on, and nothing where all came in since.
func (s *Service) say(ctx context.Context, q db.Queryer, l letter.Letter, to letter.Reader) (words letter.Words, ok bool, err error) {
	about, err := db.All[reminder](ctx, q, `SELECT `+db.Prefixed("r", reminder{})+` FROM reminder r WHERE r.letter_id = $1 ORDER BY r.due_day, r.year_id, r.unit_id`, l.ID)
	if err != nil {
		return words, false, err
	}
	mine, err := s.gate.Units(ctx, q, access.Actor{Account: to.ID})
	if err != nil {
		return words, false, err
	}
	today := clock.Today(s.now)
	for _, r := range about {
		if !slices.Contains(mine, r.UnitID) {
			continue
		}
		y, err := s.years.Get(ctx, q, r.YearID)
		if err != nil {
			return words, false, err
		}
		n, err := s.owes(ctx, q, y, r.UnitID, r.Period)
		if err != nil {
			return words, false, err
		}
		schedule, err := s.Schedule(ctx, q, y.ID)
		if err != nil {
			return words, false, err
		}
		duty, asked := schedule.At(r.Period)
		if n == 0 || !asked || duty.Due == "" {
			continue
		}
		names, err := org.Names(ctx, q, y.Day(today), r.UnitID)
		if err != nil {
			return words, false, err
		}
		left := timeLeft(today.Until(duty.Due))
		words.Subject = locale.Msg("{.left}: báo cáo số liệu “{.period}”, {.cluster} {.year}", "left", left, "period", duty.Period.Name(), "cluster", y.Short, "year", locale.Year(y.Year))
		words.Paragraphs = append(words.Paragraphs, letter.Paragraph{
			Text: locale.Msg("{.unit} còn {.n} chỉ tiêu chưa có số liệu kỳ “{.period}” năm {.year} của {.cluster}. Hạn báo cáo: {.due}. {.left}. Mở trang báo cáo:",
				"unit", names[r.UnitID].Name, "n", n, "period", duty.Period.Name(), "year", locale.Year(y.Year), "cluster", y.Short, "due", duty.Due, "left", left),
			Place: &letter.Place{Kind: "report", YearID: y.ID, Subject: string(duty.Period), UnitID: r.UnitID},
		})
	}
	if n := len(words.Paragraphs); n > 1 {
		words.Subject = locale.Msg("Báo cáo số liệu: {.n} việc đến hạn", "n", n)
	}
	return words, len(words.Paragraphs) > 0, nil
}

func timeLeft(days int) locale.Text {
	switch {
	case days < 0:
		return locale.Msg("Quá hạn {.n} ngày", "n", -days)
	case days == 0:
		return locale.Msg("Hạn hôm nay")
	}
	return locale.Msg("Còn {.n} ngày", "n", days)
}
