package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/app/demo"
	"github.com/thidua/thidua/internal/platform/clock"
)

// DemoCmd serves a year that real clusters lived, loaded through the same
// services as a user's clicks. The data folder is made anew when it is empty.
type DemoCmd struct {
	Addr     string `help:"Địa chỉ phục vụ." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Data     string `help:"Thư mục dữ liệu; bỏ trống để dùng thư mục tạm." type:"path"`
	Database string `help:"Địa chỉ PostgreSQL trống (postgres://…); bỏ trống để dùng cơ sở dữ liệu nhúng."`
}

func (c *DemoCmd) Run(ctx context.Context, std *Streams) error {
	if c.Data == "" {
		dir, err := os.MkdirTemp("", "thidua-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		c.Data = filepath.Clean(dir)
	}
	now := clock.At(demo.Today)
	log := slog.New(slog.NewTextHandler(std.Err, nil))
	a, err := app.New(ctx, app.Config{Address: c.Addr, Data: c.Data, Database: c.Database, Mail: app.Mail{Folder: "thu"}}, now, log)
	if err != nil {
		return err
	}
	defer a.Close()
	if a.Demo, err = demo.Load(ctx, a, now); err != nil {
		return err
	}
	now.To(demo.Today)
	now.Run()
	return a.Serve(ctx, func(url string) { fmt.Fprintln(std.Out, url) })
}
