package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/mail"
)

// Storage says where data lives.
type Storage struct {
	Data     string `help:"Thư mục dữ liệu (cơ sở dữ liệu nhúng và tệp)." default:"${data}" type:"path"`
	Database string `help:"Địa chỉ PostgreSQL (postgres://…); bỏ trống để dùng cơ sở dữ liệu nhúng."`
}

func (s Storage) config() app.Config { return app.Config{Data: s.Data, Database: s.Database} }

// ServeCmd runs the server on an empty or existing database.
type ServeCmd struct {
	Storage
	Addr    string `help:"Địa chỉ phục vụ." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Metrics string `help:"Địa chỉ riêng cho số đo Prometheus; bỏ trống để tắt." placeholder:"HOST:PORT"`
	Secure  bool   `help:"Trang chạy sau HTTPS: cookie chỉ gửi qua HTTPS."`
	URL     string `name:"url" help:"Địa chỉ mà mọi người mở trang, dùng trong thư (https://thidua.tinh.gov.vn)."`
	MailOptions
}

// MailOptions say through which server mail goes out.
type MailOptions struct {
	SMTP         string `name:"smtp" help:"Máy chủ thư; bỏ trống để không gửi thư." placeholder:"HOST[:PORT]"`
	SMTPSecurity string `name:"smtp-security" help:"Bảo mật đường truyền đến máy chủ thư: starttls, tls, hoặc none khi máy chủ thư ở cùng máy." default:"starttls" enum:"starttls,tls,none"`
	SMTPUser     string `name:"smtp-user" help:"Tên đăng nhập máy chủ thư; bỏ trống khi không cần."`
	SMTPPassword string `name:"smtp-password" help:"Mật khẩu máy chủ thư; nên đặt trong biến môi trường, không đặt trên dòng lệnh."`
	SMTPFrom     string `name:"smtp-from" help:"Người gửi: Thi đua tỉnh <thidua@tinh.gov.vn>."`
}

func (m MailOptions) server() mail.Server {
	return mail.Server{Address: m.SMTP, Security: mail.Security(m.SMTPSecurity), User: m.SMTPUser, Password: m.SMTPPassword, From: m.SMTPFrom}
}

func (c *ServeCmd) Run(ctx context.Context, std *Streams) error {
	cfg := c.config()
	cfg.Address, cfg.Metrics, cfg.Secure = c.Addr, c.Metrics, c.Secure
	cfg.URL, cfg.Mail.Server = c.URL, c.server()
	a, err := app.New(ctx, cfg, clock.System{}, slog.New(slog.NewJSONHandler(std.Err, nil)))
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Serve(ctx, func(url string) { fmt.Fprintln(std.Out, url) })
}

// dataFolder is where data lives unless the command line says otherwise.
func dataFolder() string {
	base, err := os.UserConfigDir()
	if err != nil {
		return "thidua-data"
	}
	return filepath.Join(base, "thidua")
}

// VersionCmd prints the version.
type VersionCmd struct{}

func (VersionCmd) Run(std *Streams) error {
	fmt.Fprintln(std.Out, "thidua", version())
	return nil
}
