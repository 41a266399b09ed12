package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"strconv"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
)

// LedgerEntry is a change: who, when, what it was before and after.
type LedgerEntry struct {
	Seq     int64          `json:"seq" doc:"Số thứ tự trong sổ, từ 0."`
	At      string         `json:"at" format:"date-time"`
	Account string         `json:"account" doc:"Mã tài khoản đã làm."`
	Name    string         `json:"name" doc:"Tên tài khoản lúc làm."`
	Action  string         `json:"action"`
	Kind    string         `json:"kind" doc:"Loại bản ghi."`
	Subject string         `json:"subject" doc:"Mã bản ghi."`
	YearID  string         `json:"year_id,omitempty" doc:"Năm thi đua của bản ghi."`
	Reason  string         `json:"reason,omitempty"`
	Before  map[string]any `json:"before,omitempty" doc:"Bản ghi trước khi đổi."`
	After   map[string]any `json:"after,omitempty" doc:"Bản ghi sau khi đổi."`
	Rows    int            `json:"rows,omitempty" doc:"Số bản ghi của mục ghi nhiều bản ghi cùng một lần; subject khi đó là phần đầu chung của các mã, rồi đến dấu *."`
	Leaf    string         `json:"leaf,omitempty" doc:"Đúng chuỗi ký tự đã băm vào cây; có khi leaves=true."`
}

// LedgerHead is the ledger's state in two values.
type LedgerHead struct {
	Size int64  `json:"size" doc:"Số mục."`
	Root string `json:"root" doc:"Mã băm gốc của cây, Base64."`
	Text string `json:"text" doc:"Đầu sổ như lệnh thidua ledger head in ra."`
}

func (s *server) ledger() {
	register(s, route{
		id: "list-ledger", tag: tagLedger, method: http.MethodGet, path: "/ledger", scopes: scopes{access.LedgerRead}, statuses: []int{http.StatusNotFound},
		says: "Các mục của sổ cái, mới nhất trước", fields: map[string]string{"year": "year_id"},
		about: "Thành viên của cụm, khối đọc được sổ của năm thi đua mình thuộc về: ghi year_id. Toàn bộ sổ dành cho quản trị, thường trực và thanh tra.",
	}, s.ledgerList)
	register(s, route{
		id: "get-ledger-head", tag: tagLedger, method: http.MethodGet, path: "/ledger/head", scopes: scopes{access.LedgerRead},
		says: "Đầu sổ cái, để lưu lại và đối chiếu về sau",
	}, func(ctx context.Context, c *call, in *none) (LedgerHead, error) {
		if err := s.Gate.Must(ctx, s.DB, c.actor, access.LedgerRead, access.Record{}); err != nil {
			return LedgerHead{}, err
		}
		h, err := ledger.HeadOf(ctx, s.DB)
		return LedgerHead{h.Size, base64.StdEncoding.EncodeToString(h.Root[:]), h.String()}, err
	})
}

type ledgerQuery struct {
	YearID  string `query:"year_id" doc:"Chỉ năm thi đua này."`
	Kind    string `query:"kind" doc:"Loại bản ghi."`
	Subject string `query:"subject" doc:"Mã bản ghi."`
	Account string `query:"account" doc:"Mã tài khoản đã làm."`
	From    string `query:"from" format:"date-time" doc:"Từ thời điểm này."`
	To      string `query:"to" format:"date-time" doc:"Trước thời điểm này."`
	After   string `query:"after" doc:"Giá trị next của phần trước."`
	Limit   int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
	Leaves  bool   `query:"leaves" doc:"Kèm chuỗi ký tự đã băm của từng mục."`
}

func (s *server) ledgerList(ctx context.Context, c *call, in *ledgerQuery) (list[LedgerEntry], error) {
	out := list[LedgerEntry]{Items: []LedgerEntry{}}
	if in.YearID != "" {
		if _, err := s.Years.See(ctx, access.Actor{Account: c.actor.Account}, in.YearID); err != nil {
			return out, err
		}
	}
	if err := s.Gate.Must(ctx, s.DB, c.actor, access.LedgerRead, access.Record{Year: in.YearID}); err != nil {
		return out, err
	}
	f := ledger.Filter{Year: in.YearID, Kind: in.Kind, Subject: in.Subject, Account: in.Account, From: instant(in.From), To: instant(in.To), Limit: in.Limit}
	if in.After != "" {
		before, err := strconv.ParseInt(in.After, 10, 64)
		if err != nil || before < 0 {
			return out, fault.Wrong("after", "Giá trị không đúng dạng.")
		}
		if before == 0 {
			return out, nil // the filter's 0 begins at the end
		}
		f.Before = before
	}
	items, err := ledger.List(ctx, s.DB, f)
	if err != nil {
		return out, err
	}
	counts, err := ballot.Sealed(ctx, s.DB)
	if err != nil {
		return out, err
	}
	drafts, err := draft.Sealed(ctx, s.DB)
	if err != nil {
		return out, err
	}
	may := map[string]bool{"": true, in.YearID: true}
	for _, it := range items {
		see, asked := may[it.YearID]
		if !asked {
			// An officer of one organiser's standing body reads the whole ledger
			// but not what happens in the clusters of another.
			if see, err = s.Gate.Can(ctx, s.DB, c.actor, access.LedgerRead, access.Record{Year: it.YearID}); err != nil {
				return out, err
			}
			may[it.YearID] = see
		}
		if !see {
			continue
		}
		hidden := counts[it.Subject] || drafts[it.Subject]
		if hidden {
			it.Record.Before, it.Record.After = nil, nil
		}
		e := LedgerEntry{
			Seq: it.Seq, At: stamp(it.At), Account: it.Account, Name: it.Record.Name, Action: it.Action, Kind: it.Kind, Subject: it.Subject,
			YearID: it.YearID, Reason: it.Record.Reason, Before: it.Record.Before, After: it.Record.After,
		}
		if it.Record.Batch != nil {
			e.Rows = it.Record.Batch.Count
		}
		if in.Leaves && !hidden {
			e.Leaf = string(it.Body)
		}
		out.Items = append(out.Items, e)
	}
	if len(items) == in.Limit {
		out.Next = strconv.FormatInt(items[len(items)-1].Seq, 10)
	}
	return out, nil
}

// instant reads a moment that huma has found to be RFC 3339; "" is none.
func instant(text string) clock.Instant {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0
	}
	return clock.InstantOf(t)
}
