package meeting

import (
	"context"
	"slices"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Plan is what is settled before a meeting.
type Plan struct {
	Kind      Kind
	Title     string
	Place     string
	Starts    time.Time
	Chair     string
	Secretary string
	HostID    string // member unit; the first year's leader when empty
}

func (p *Plan) check() error {
	p.Title, p.Place = vntext.Line(p.Title), vntext.Line(p.Place)
	p.Chair, p.Secretary = vntext.Line(p.Chair), vntext.Line(p.Secretary)
	return fault.List(
		fault.When(!slices.Contains(Kinds, p.Kind), "kind", "Chưa chọn loại hội nghị."),
		fault.When(p.Title == "", "title", "Chưa nhập tên hội nghị."),
		fault.When(len([]rune(p.Title)) > 300, "title", "Tên hội nghị dài quá 300 ký tự."),
		fault.When(p.Place == "", "place", "Chưa nhập địa điểm."),
		fault.When(p.Starts.IsZero(), "starts", "Chưa nhập ngày giờ họp, hoặc nhập không đúng."),
		fault.When(p.Chair == "", "chair", "Chưa nhập người chủ trì."),
		fault.When(p.Secretary == "", "secretary", "Chưa nhập thư ký."),
	)
}

func (p Plan) onto(m *Meeting) {
	m.Kind, m.Title, m.Place, m.Starts, m.Chair, m.Secretary, m.HostID = p.Kind, p.Title, p.Place, clock.InstantOf(p.Starts), p.Chair, p.Secretary, p.HostID
}

// NewItem is an agenda item to be entered.
type NewItem struct {
	Kind      ItemKind
	Title     string
	Reference string
}

func (n *NewItem) check() error {
	n.Title = vntext.Line(n.Title)
	return fault.List(
		fault.When(!slices.Contains(ItemKinds, n.Kind), "item_kind", "Chưa chọn loại nội dung."),
		fault.When(n.Title == "", "item_title", "Chưa nhập nội dung của mục."),
		fault.When(len([]rune(n.Title)) > 500, "item_title", "Nội dung của mục dài quá 500 ký tự."),
	)
}

// Agenda is the usual agenda of a kind of meeting, as a start.
func (k Kind) Agenda() []NewItem {
	switch k {
	case Launch:
		return []NewItem{{Kind: Adopt, Title: "Thông qua kế hoạch, quy chế, bảng chấm điểm và bản giao ước thi đua"}, {Kind: Sign, Title: "Ký giao ước thi đua"}}
	case Mid:
		return []NewItem{{Kind: Report, Title: "Báo cáo sơ kết 6 tháng đầu năm"}, {Kind: Other, Title: "Thảo luận, phương hướng 6 tháng cuối năm"}}
	case Preliminary:
		return []NewItem{{Kind: Report, Title: "Tổng hợp điểm và dự kiến xếp hạng"}, {Kind: Other, Title: "Chuẩn bị hội nghị tổng kết"}}
	case Review:
		return []NewItem{
			{Kind: Report, Title: "Báo cáo tổng kết phong trào thi đua trong năm"},
			{Kind: Report, Title: "Kết quả chấm điểm, xếp hạng"},
			{Kind: Vote, Title: "Bình xét, đề nghị khen thưởng"},
			{Kind: Election, Title: "Bầu đơn vị trưởng, phó năm sau"},
			{Kind: Other, Title: "Phương hướng, nhiệm vụ năm sau"},
		}
	}
	return nil
}

// Plan schedules a meeting of a year, or of two years of the same cluster, with
// its agenda.
func (s *Service) Plan(ctx context.Context, actor access.Actor, years []string, p Plan, items []NewItem) (Meeting, error) {
	if err := p.check(); err != nil {
		return Meeting{}, err
	}
	for i := range items {
		if err := items[i].check(); err != nil {
			return Meeting{}, err
		}
	}
	if len(years) < 1 || len(years) > 2 || len(years) == 2 && years[0] == years[1] {
		return Meeting{}, fault.Wrong("years", "Một hội nghị thuộc một hoặc hai năm thi đua khác nhau.")
	}
	m := Meeting{ID: db.NewID(), State: Planned}
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.MeetingRun, access.Record{Year: years[0]}); err != nil {
			return err
		}
		var clusters []string
		for _, id := range years {
			y, err := s.years.During(ctx, tx, id, cluster.Meeting)
			if err != nil {
				return err
			}
			clusters = append(clusters, y.ClusterID)
		}
		if clusters[0] != clusters[len(clusters)-1] {
			return fault.Missing()
		}
		if err := s.host(ctx, tx, &p, years[0]); err != nil {
			return err
		}
		p.onto(&m)
		change := ledger.Change{By: actor, Action: "meeting.plan", Year: years[0]}
		if err := s.book.Insert(ctx, tx, change, "meeting", &m); err != nil {
			return err
		}
		for _, id := range years {
			if err := s.book.Insert(ctx, tx, change, "meeting_year", &meetingYear{ID: db.NewID(), MeetingID: m.ID, YearID: id}); err != nil {
				return err
			}
		}
		for i, n := range items {
			if err := s.book.Insert(ctx, tx, change, "agenda_item", &Item{ID: db.NewID(), MeetingID: m.ID, Place: i + 1, Kind: n.Kind, Title: n.Title, Reference: n.Reference}); err != nil {
				return err
			}
		}
		return nil
	})
	return m, err
}

// host defaults to the leader; another host must be a known unit.
func (s *Service) host(ctx context.Context, tx *db.Tx, p *Plan, yearID string) error {
	if p.HostID == "" {
		leader, err := s.years.LeaderUnit(ctx, tx, yearID)
		p.HostID = leader
		return err
	}
	if _, err := db.Get[org.Unit](ctx, tx, "unit", p.HostID); err != nil {
		return fault.Wrong("host", "Đơn vị đăng cai không có trong danh mục.").Because(err)
	}
	return nil
}

// Replan changes the plan while the meeting is not over; version is the one the actor saw.
func (s *Service) Replan(ctx context.Context, actor access.Actor, id string, p Plan, version int64) error {
	if err := p.check(); err != nil {
		return err
	}
	return s.change(ctx, actor, id, "meeting.replan", "", func(tx *db.Tx, m *Meeting, years []string) error {
		if err := s.host(ctx, tx, &p, years[0]); err != nil {
			return err
		}
		moved := clock.DayOf(p.Starts) != m.Day() || p.Kind != m.Kind
		if moved && m.State == Open {
			return fault.Wrong("starts", "Hội nghị đã khai mạc nên không đổi được ngày họp hoặc loại hội nghị.")
		}
		p.onto(m)
		m.Version = version
		return nil
	})
}

// AddItem puts an item at the end of the agenda.
func (s *Service) AddItem(ctx context.Context, actor access.Actor, meetingID string, n NewItem) (Item, error) {
	if err := n.check(); err != nil {
		return Item{}, err
	}
	item := Item{ID: db.NewID(), MeetingID: meetingID, Kind: n.Kind, Title: n.Title, Reference: n.Reference}
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		_, years, err := s.enter(ctx, tx, actor, meetingID)
		if err != nil {
			return err
		}
		last, err := db.Count(ctx, tx, `SELECT COALESCE(MAX(place), 0) FROM agenda_item WHERE meeting_id = $1`, meetingID)
		if err != nil {
			return err
		}
		item.Place = last + 1
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "meeting.item", Year: years[0]}, "agenda_item", &item)
	})
	return item, err
}

// EditItem renames an item or moves it to a place of the agenda, 1 being the first.
func (s *Service) EditItem(ctx context.Context, actor access.Actor, itemID string, n NewItem, place int, version int64) error {
	if err := n.check(); err != nil {
		return err
	}
	return s.onItem(ctx, actor, itemID, "meeting.item", func(tx *db.Tx, i *Item, change ledger.Change) error {
		items, err := s.Items(ctx, tx, i.MeetingID)
		if err != nil {
			return err
		}
		items = slices.DeleteFunc(items, func(o Item) bool { return o.ID == i.ID })
		if place < 1 || place > len(items)+1 {
			place = min(i.Place, len(items)+1)
		}
		for at, o := range items {
			want := at + 1
			if want >= place {
				want++
			}
			if o.Place != want {
				o.Place = want
				if err := s.book.Update(ctx, tx, change, "agenda_item", &o); err != nil {
					return err
				}
			}
		}
		i.Kind, i.Title, i.Reference, i.Place, i.Version = n.Kind, n.Title, n.Reference, place, version
		return s.book.Update(ctx, tx, change, "agenda_item", i)
	})
}

// RemoveItem takes an item off the agenda if nothing has come of it.
func (s *Service) RemoveItem(ctx context.Context, actor access.Actor, itemID string, version int64) error {
	return s.onItem(ctx, actor, itemID, "meeting.item", func(tx *db.Tx, i *Item, change ledger.Change) error {
		polls, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM poll WHERE item_id = $1`, i.ID)
		if err != nil {
			return err
		}
		if polls > 0 || i.Outcome != Undecided || i.Resolution != "" {
			return fault.New(fault.Conflict, "Mục này đã có kết quả hoặc việc bỏ phiếu nên không xóa được.")
		}
		i.Version = version
		return s.book.Delete(ctx, tx, change, "agenda_item", i)
	})
}

// Cancel calls a meeting off, with a reason.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, id, reason string, version int64) error {
	reason = vntext.Line(reason)
	if reason == "" {
		return fault.Wrong("reason", "Hãy ghi lý do hủy hội nghị.")
	}
	return s.change(ctx, actor, id, "meeting.cancel", reason, func(tx *db.Tx, m *Meeting, _ []string) error {
		held, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM poll WHERE meeting_id = $1 AND state = 'counted'`, id)
		if err != nil {
			return err
		}
		if held > 0 {
			return fault.New(fault.Conflict, "Hội nghị đã có kết quả bỏ phiếu. Hãy hủy từng lần bỏ phiếu, ghi lý do, rồi mới hủy hội nghị.")
		}
		m.State, m.Cancelled, m.Version = Cancelled, reason, version
		return nil
	})
}

// enter reads a meeting for a change: the right first, then that it is not over
// and that its first year is still at a state that holds meetings.
func (s *Service) enter(ctx context.Context, tx *db.Tx, actor access.Actor, id string) (Meeting, []string, error) {
	m, err := s.Get(ctx, tx, id)
	if err != nil {
		return m, nil, err
	}
	if err := s.must(ctx, tx, actor, access.MeetingRun, id); err != nil {
		return m, nil, err
	}
	if m.Over() {
		return m, nil, fault.New(fault.Conflict, "Hội nghị này đã bế mạc hoặc đã hủy nên không sửa được nữa.")
	}
	years, err := s.YearsOf(ctx, tx, id)
	if err != nil {
		return m, nil, err
	}
	_, err = s.years.During(ctx, tx, years[0], cluster.Meeting)
	return m, years, err
}

func (s *Service) change(ctx context.Context, actor access.Actor, id, action, reason string, edit func(*db.Tx, *Meeting, []string) error) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		m, years, err := s.enter(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if err := edit(tx, &m, years); err != nil {
			return err
		}
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: action, Year: years[0], Reason: reason}, "meeting", &m)
	})
}

func (s *Service) onItem(ctx context.Context, actor access.Actor, itemID, action string, edit func(*db.Tx, *Item, ledger.Change) error) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		i, err := db.Get[Item](ctx, tx, "agenda_item", itemID)
		if err != nil {
			return err
		}
		_, years, err := s.enter(ctx, tx, actor, i.MeetingID)
		if err != nil {
			return err
		}
		return edit(tx, &i, ledger.Change{By: actor, Action: action, Year: years[0]})
	})
}
