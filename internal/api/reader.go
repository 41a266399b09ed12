package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
)

// Text is a text to be read.
type Text struct {
	Text string `json:"text" doc:"Văn bản, mỗi ý một dòng."`
}

// readLimit is the largest text that is read in one request, in bytes.
const readLimit = 8 << 20

// reader are the operations that read targets and results out of text. Nothing
// is kept. The answers are what the commands targets and results print.
func (s *server) reader() {
	register(s, route{
		id: "read-targets", tag: tagReader, method: http.MethodPost, path: "/targets:read", limit: readLimit,
		says:  "Đọc chỉ tiêu từ văn bản",
		about: "Trả về đúng như lệnh thidua targets --format json. Không lưu gì.",
	}, func(ctx context.Context, c *call, in *struct{ Body Text }) (target.Reading, error) {
		read := target.Reader{Year: clock.Today(s.Clock).Year()}.Read(in.Body.Text)
		// As the command prints it: empty lists, never null.
		read.Targets, read.Checks = filled(read.Targets), filled(read.Checks)
		read.Warnings = c.warnings(read.Warnings)
		return read, nil
	})
	register(s, route{
		id: "read-results", tag: tagReader, method: http.MethodPost, path: "/results:read", limit: readLimit,
		says:  "Đọc kết quả của từng đơn vị từ văn bản",
		about: "Trả về đúng như lệnh thidua results --format json. Không lưu gì.",
	}, func(ctx context.Context, c *call, in *struct{ Body Text }) (target.ResultsReading, error) {
		read := target.Results(in.Body.Text)
		read.Rows, read.Warnings = filled(read.Rows), c.warnings(read.Warnings)
		return read, nil
	})
}

func filled[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// warnings puts the reader's doubts into the reader's language.
func (c *call) warnings(all []target.Warning) []target.Warning {
	return each(all, func(w target.Warning) target.Warning {
		if w.Text != "" {
			w.Message = c.lang.Say(w.Text, w.Args)
		}
		return w
	})
}
