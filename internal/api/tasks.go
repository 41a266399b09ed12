package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/clock"
)

// Task is one thing that the token's account has to do.
type Task struct {
	Kind    string `json:"kind" doc:"Loại việc."`
	YearID  string `json:"year_id"`
	Title   string `json:"title"`
	Detail  string `json:"detail,omitempty"`
	Due     string `json:"due,omitempty" format:"date" doc:"Ngày cuối cùng."`
	Days    *int   `json:"days,omitempty" doc:"Số ngày còn lại; âm khi đã quá hạn."`
	Subject string `json:"subject,omitempty" doc:"Mã của đơn vị, hội nghị, cuộc bỏ phiếu hoặc dự thảo mà việc nói tới."`
	UnitID  string `json:"unit_id,omitempty" doc:"Đơn vị mà bạn làm thay mặt."`
}

// Reminder is what a leader or the standing body reminded a unit of.
type Reminder struct {
	YearID   string `json:"year_id"`
	UnitID   string `json:"unit_id"`
	Activity string `json:"activity,omitempty" doc:"Việc có hạn."`
	Text     string `json:"text"`
	At       string `json:"at" format:"date-time"`
}

// Tasks is what there is to do, the most urgent first.
type Tasks struct {
	Items     []Task     `json:"items"`
	Reminders []Reminder `json:"reminders" doc:"Lời nhắc trong tuần qua."`
}

func (s *server) tasks() {
	register(s, route{
		id: "list-tasks", tag: tagTasks, method: http.MethodGet, path: "/tasks", scopes: scopes{access.ClusterRead},
		says: "Việc cần làm của bạn, gấp nhất trước",
	}, func(ctx context.Context, c *call, in *none) (Tasks, error) {
		mine, _, err := s.Task.Mine(ctx, c.actor)
		if err != nil {
			return Tasks{}, err
		}
		notices, err := s.Task.Notices(ctx, c.actor)
		if err != nil {
			return Tasks{}, err
		}
		today := clock.Today(s.Clock)
		return Tasks{
			Items: each(mine, func(t task.Task) Task {
				one := Task{Kind: t.Kind, YearID: t.YearID, Title: c.say(t.Title), Detail: c.say(t.Detail), Due: string(t.Due), Subject: t.Subject, UnitID: t.UnitID}
				if t.Due != "" {
					days := t.Days(today)
					one.Days = &days
				}
				return one
			}),
			Reminders: each(notices, func(n task.Notice) Reminder {
				return Reminder{n.YearID, n.UnitID, n.Activity, n.Text, stamp(n.At)}
			}),
		}, nil
	})
	registerDone(s, route{
		id: "remind-units", tag: tagTasks, method: http.MethodPost, path: "/cluster-years/{id}/reminders", scopes: scopes{access.ClusterPlan},
		says: "Nhắc các đơn vị; họ thấy lời nhắc trong việc cần làm",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Units    []string `json:"units" minItems:"1" maxItems:"500" nullable:"false" doc:"Mã các đơn vị được nhắc."`
			Activity string   `json:"activity,omitempty" enum:",comment,sign,report_h1,report_year,self_score,cross_check,review,submit" doc:"Việc có hạn."`
			Text     string   `json:"text" minLength:"1" maxLength:"1000"`
		} `nameHint:"NewReminder"`
	}) error {
		_, err := s.Task.Remind(ctx, c.actor, in.ID, in.Body.Activity, in.Body.Text, in.Body.Units)
		return err
	})
}
