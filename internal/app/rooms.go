package app

import (
	"context"

	"github.com/thidua/thidua/internal/web"
)

// rooms makes the services of the nouns, in the order in which they need one another.
func (a *App) rooms(ctx context.Context) error {
	return nil
}

func (a *App) deps() web.Deps {
	return web.Deps{
		DB: a.DB, Clock: a.Clock, Log: a.Log, Gate: a.Gate, Account: a.Account, Demo: a.Demo, Secure: a.Config.Secure,
	}
}
