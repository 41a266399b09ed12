package evidence

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Form is a form of file that is taken.
type Form struct {
	Extension string
	Name      locale.Text // as people call it
	Media     string
	Inline    bool // a browser may show it by itself; anything else is saved
}

// Forms are the forms of file that are taken. Those of old Word and Excel
// (.doc, .xls) are not: they can carry programs that nobody here could see.
var Forms = []Form{
	{"pdf", locale.Msg("PDF"), "application/pdf", true},
	{"docx", locale.Msg("Word (.docx)"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false},
	{"xlsx", locale.Msg("Excel (.xlsx)"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false},
	{"png", locale.Msg("ảnh PNG"), "image/png", true},
	{"jpg", locale.Msg("ảnh JPEG"), "image/jpeg", true},
}

// Accept is what a form's file field may offer to choose.
const Accept = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"

// Limit is the largest file that is taken, in bytes.
const Limit = 20 << 20

const longestName = 120 // characters, extension included

func formOf(extension string) (Form, bool) {
	i := slices.IndexFunc(Forms, func(f Form) bool { return f.Extension == extension })
	if i < 0 {
		return Form{}, false
	}
	return Forms[i], true
}

// FormOfMedia finds the form that a stored media type names.
func FormOfMedia(media string) (Form, bool) {
	i := slices.IndexFunc(Forms, func(f Form) bool { return f.Media == media })
	if i < 0 {
		return Form{Extension: "bin", Media: "application/octet-stream"}, false
	}
	return Forms[i], true
}

// CleanName makes of what a browser sent a name that is safe on every system:
// no path, no sign that hides what follows it, no sign that a file system
// forbids, of sane length. The form comes from the extension alone; whether
// the content agrees is for look.
func CleanName(sent string) (string, Form, error) {
	name := sent
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"|?*`, r):
			return ' '
		case unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs): // invisible; some turn the direction of reading
			return -1
		}
		return r
	}, vntext.Line(name))
	name = strings.Trim(vntext.Line(name), " .")
	extension := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	stem := strings.TrimRight(name[:len(name)-len(path.Ext(name))], " .")
	if stem == "" || name == "" {
		return "", Form{}, fault.Wrong("file", "Tệp chưa có tên. Hãy đặt tên cho tệp rồi chọn lại.")
	}
	if extension == "jpeg" {
		extension = "jpg"
	}
	form, ok := formOf(extension)
	if !ok {
		return "", Form{}, fault.Wrong("file", "Không nhận tệp “{.name}”. Hãy dùng PDF, Word (.docx), Excel (.xlsx) hoặc ảnh PNG, JPEG; tệp .doc, .xls thì mở ra rồi lưu lại thành .docx, .xlsx hoặc PDF.", "name", shown(name))
	}
	for utf8.RuneCountInString(stem)+1+len(extension) > longestName {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = strings.TrimRight(stem[:len(stem)-size], " .")
	}
	if reserved(stem) {
		stem = "tep-" + stem
	}
	return stem + "." + extension, form, nil
}

// shown shortens a name for a sentence.
func shown(name string) string {
	if r := []rune(name); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return name
}

// reserved tells of names that Windows keeps for devices.
func reserved(stem string) bool {
	base, _, _ := strings.Cut(strings.ToLower(stem), ".")
	switch base {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(base) == 4 && (strings.HasPrefix(base, "com") || strings.HasPrefix(base, "lpt")) && base[3] >= '0' && base[3] <= '9'
}
