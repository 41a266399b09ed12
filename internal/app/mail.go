package app

import (
	"context"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/mail"
	"github.com/thidua/thidua/internal/web"
)

// Mail is what the command line says about mail.
type Mail struct {
	Server mail.Server // no address: no mail
	Folder string      // instead of a server, where letters are kept: the demo
}

// outlet is where letters go.
func (c Config) outlet() (letter.Outlet, error) {
	switch {
	case c.Mail.Folder != "":
		folder, err := mail.NewFolder(filepath.Join(c.Data, c.Mail.Folder))
		if err != nil {
			return letter.Outlet{}, err
		}
		return letter.Outlet{Sender: folder, Server: folder.String(), From: folder.From(), Sample: true}, nil
	case c.Mail.Server.Address == "":
		return letter.Outlet{}, nil
	}
	if u, err := url.Parse(c.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return letter.Outlet{}, fault.New(fault.Invalid, "Thư nhắc cần địa chỉ mà mọi người mở trang, như https://thidua.tinh.gov.vn. Hãy đặt --url hoặc THIDUA_URL.")
	}
	server, err := mail.NewSMTP(c.Mail.Server)
	if err != nil {
		return letter.Outlet{}, err
	}
	return letter.Outlet{Sender: server, Server: server.String(), From: server.From()}, nil
}

// post makes the room of letters and gives it to those who write them.
func (a *App) post() error {
	outlet, err := a.Config.outlet()
	if err != nil {
		return err
	}
	a.Letters = letter.New(a.DB, a.Book, a.Gate, outlet, web.PlacePath, a.Clock, a.Log)
	a.Letters.SetBase(strings.TrimRight(a.Config.URL, "/"))
	a.Indicators.Mail(a.Letters)
	a.Task.Mail(a.Letters, a.owes)
	return nil
}

// owes tells the reminders whether a unit has still not reported or signed.
func (a *App) owes(ctx context.Context, q db.Queryer, yearID, unitID, activity string) (owes, known bool, err error) {
	y, err := a.Years.Get(ctx, q, yearID)
	if err != nil {
		return false, false, err
	}
	if period, ok := cluster.ReportPeriod(activity); ok {
		owes, err = a.Indicators.Owes(ctx, q, y, unitID, indicator.Period(period))
		return owes, true, err
	}
	if activity != cluster.DueSign && activity != "covenant" {
		return false, false, nil
	}
	unsigned, err := a.Covenants.Unsigned(ctx, q, y)
	return slices.ContainsFunc(unsigned, func(m cluster.Member) bool { return m.UnitID == unitID }), true, err
}

// minute is how often the program asks whether something has become due.
const minute = time.Minute

// everyMinute writes what has become due, until ctx ends. Any number of
// processes may do so beside one another.
func (a *App) everyMinute(ctx context.Context) {
	if !a.Letters.On() {
		return
	}
	tick := time.NewTicker(minute)
	defer tick.Stop()
	for {
		if err := a.Indicators.Remind(ctx); err != nil && ctx.Err() == nil {
			a.Log.Error("nhắc hạn báo cáo", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
