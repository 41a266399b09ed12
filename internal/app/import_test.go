package app_test

import (
	"context"
	"io"
	"log/slog"
	"testing"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/intake"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/testkit/country"
)

func BenchmarkImport(b *testing.B) {
	dir := b.TempDir()
	size, err := country.Write(dir, 1)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		a, err := app.New(context.Background(), app.Config{Data: b.TempDir()}, clock.System{}, slog.New(slog.NewTextHandler(io.Discard, nil)))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := a.Intake.Import(context.Background(), access.Program, dir, intake.Options{}, nil); err != nil {
			b.Fatal(err)
		}
		a.Close()
	}
	b.ReportMetric(float64(size.Figures*b.N)/b.Elapsed().Seconds(), "figures/s")
}
