package task_test

import (
	"context"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

func TestTasksFollowTheStateAndTheTerm(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(3)
		waits := true
		b.Years.Guard("movement", func(context.Context, db.Queryer, cluster.Year) ([]cluster.Blocker, error) {
			if waits {
				return []cluster.Blocker{{Text: locale.Msg("chờ"), Tab: "overview", Units: []string{b.Units[2].ID}}}, nil
			}
			return nil, nil
		})
		s := task.New(d, b.Book, b.Gate, b.Years, b.Clock)
		count := func(who string, actor access.Actor, want int) {
			t.Helper()
			tasks, _, err := s.Mine(ctx, actor)
			b.Check(err)
			if len(tasks) != want {
				t.Errorf("%s has %d tasks, want %d: %+v", who, len(tasks), want, tasks)
			}
		}
		count("the leader of a blocked year", b.Leader(), 1)
		count("a member", b.Officers[2], 0)
		waits = false
		count("the leader of a year that may move", b.Leader(), 1)
		b.Clock.To("2024-04-01")
		count("the leader after the term", b.Leader(), 0)
		if _, _, err := s.Mine(ctx, access.Visitor); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("a visitor's tasks: %v", err)
		}
	})
}

func TestReminders(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(3)
		s := task.New(d, b.Book, b.Gate, b.Years, b.Clock)
		late := []string{b.Units[2].ID}
		if _, err := s.Remind(ctx, b.Officers[2], b.Year.ID, "scores", "Nhắc", late); !fault.Is(err, fault.Denied) {
			t.Errorf("a member reminds: %v", err)
		}
		if _, err := s.Remind(ctx, b.Leader(), b.Year.ID, "scores", "Nhắc", []string{b.Organiser.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody outside is reminded: %v", err)
		}
		if _, err := s.Remind(ctx, b.Leader(), b.Year.ID, "scores", "Nhắc", nil); !fault.Is(err, fault.Conflict) {
			t.Errorf("nobody is reminded: %v", err)
		}
		_, err := s.Remind(ctx, b.Leader(), b.Year.ID, "scores", "Nhắc nộp", late)
		b.Check(err)
		got, err := s.Notices(ctx, b.Officers[2])
		b.Check(err)
		if len(got) != 1 || got[0].Text != "Nhắc nộp" {
			t.Errorf("reminders: %+v", got)
		}
		if got, err = s.Notices(ctx, b.Officers[1]); err != nil || len(got) != 0 {
			t.Errorf("another unit sees %d reminders, %v", len(got), err)
		}
		b.Clock.To("2023-02-12")
		if got, err = s.Notices(ctx, b.Officers[2]); err != nil || len(got) != 0 {
			t.Errorf("a reminder is shown after a month: %d, %v", len(got), err)
		}
	})
}
