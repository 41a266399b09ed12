package web

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/testkit"
)

// The roll on a telephone: one tap a line, saved without leaving the page, the
// quorum follows; whoever loses the network is told.
func TestRollCallByTapping(t *testing.T) {
	s := newMeetingSite(t, 6)
	m := s.Plan(meeting.Review)
	p := openTab(t, s.site)
	p.signIn("leader")
	testkit.Viewport(t, p.ctx, 360)
	p.open(meetingPath(m.ID, ""))
	p.script(`window.stayed = 'yes'`)
	line := func(i int) string { return `document.getElementById('dd-` + s.Units[i].ID + `')` }
	tap := func(i int, status string) {
		t.Helper()
		p.script(line(i) + `.querySelector('button[value="` + status + `"]').click()`)
		p.do(chromedp.Poll[chromedp.Void](line(i) + `.classList.contains('` + status + `') && !` + line(i) + `.dataset.busy`))
	}
	for i := range 4 {
		tap(i, "present")
	}
	p.want(`document.querySelector('.quorum-said b').textContent`, "Đủ điều kiện họp: 4 trên 6 đơn vị có mặt, cần 4 (ít nhất 2/3 tổng số thành viên).")
	tap(0, "absent") // the version that the first tap made is the one that is sent
	p.want(`document.querySelector('.quorum-said').className`, "quorum-said short")
	p.want(`document.querySelector('[data-count]').textContent`, "3 có mặt, 0 dự thay, 1 vắng, 2 chưa điểm danh")

	// A substitute without a mandate is refused in the line; nothing typed is lost.
	form := line(4) + `.querySelector('[data-substitute]')`
	p.script(line(4) + `.querySelector('.roll-more').open = true; ` + form + `.person.value = 'Lê Văn C'; ` + form + `.requestSubmit()`)
	p.do(chromedp.Poll[chromedp.Void](line(4) + `.querySelector('[data-said]').textContent.includes('văn bản ủy quyền')`))
	p.want(form+`.person.value`, "Lê Văn C")
	p.script(form + `.mandate.value = '12/GUQ'; ` + form + `.requestSubmit()`)
	p.do(chromedp.Poll[chromedp.Void](line(4) + `.classList.contains('substitute')`))
	p.want(line(4)+`.querySelector('[data-who]').textContent`, "Lê Văn C, 12/GUQ")
	p.want(`window.stayed`, "yes")

	roll, err := s.Meetings.Roll(context.Background(), s.d, m)
	s.Check(err)
	var got []string
	for _, l := range roll {
		got = append(got, string(l.Status))
	}
	if strings.Join(got, " ") != "absent present present present substitute " {
		t.Errorf("saved: %q", got)
	}

	p.script(`window.fetch = () => Promise.reject(new Error('no network'))`)
	p.script(line(5) + `.querySelector('button[value="present"]').click()`)
	p.do(chromedp.Poll[chromedp.Void](line(5) + `.querySelector('[data-said]').textContent.startsWith('Chưa lưu được')`))
}

// Entering a count: the page says at once where a line cannot be true.
func TestCountChecksWhileTyping(t *testing.T) {
	s := newMeetingSite(t, 6)
	m := s.InSession(meeting.Review, 6)
	poll := s.Poll(m, ballot.ForLeader, ballot.OnPaper, 1, 1, 2)
	n := s.View(poll).Nominees[0].ID
	p := openTab(t, s.site)
	p.signIn("teller")
	p.open(countPath(poll.ID))
	set := func(field, value string) {
		t.Helper()
		p.script(`(f => { f.value = '` + value + `'; f.dispatchEvent(new Event('input', {bubbles: true})) })(document.querySelector('[name="` + field + `"]'))`)
	}
	set("valid", "6")
	set(ballot.YesField(n), "5")
	set(ballot.NoField(n), "3")
	p.want(`document.querySelector('[data-sum]').textContent`, "5 + 3 = 8 > 6: nhiều hơn số có thể")
	set(ballot.NoField(n), "0")
	p.want(`document.querySelector('[data-sum]').textContent`, "còn 1 không chọn bên nào")
	set(ballot.NoField(n), "1")
	p.want(`document.querySelector('[data-sum]').textContent`, "")
}

// Every page of meetings and votes is clean for axe and fits a telephone, in
// both schemes; the plan grows by a line, all nominees are ticked at once.
func TestMeetingPagesAreAccessible(t *testing.T) {
	s := newMeetingSite(t, 6)
	ctx := context.Background()
	m := s.InSession(meeting.Review, 5)
	items, err := s.Meetings.Items(ctx, s.d, m.ID)
	s.Check(err)
	s.Check(s.Meetings.Resolve(ctx, s.Leader(), items[0].ID, "Nhất trí.", meeting.Adopted, items[0].Version))
	tie := s.Vote(m, ballot.ForOther, 1, map[int]int{0: 4, 1: 4, 2: 1})
	open := s.Poll(m, ballot.ForLeader, ballot.OnPaper, 1, 1, 2)
	for i, yes := range []int{4, 3} {
		_, err := s.Ballots.EnterCount(ctx, s.Officers[3+i], open.ID, ballot.Figures{Issued: 5, Returned: 5, Valid: 5, Lines: s.Lines(open, yes, 1)})
		s.Check(err)
	}
	hop := meetingPath(m.ID, "")
	p := openTab(t, s.site)
	p.signIn("leader")
	for _, path := range []string{s.tab(""), s.tab("/moi"), hop, hop + "/sua", hop + "/phieu/moi", hop + "/phieu/moi?viec=adopt", countPath(open.ID), countPath(tie.ID)} {
		for _, scheme := range []string{"light", "dark"} {
			testkit.Media(t, p.ctx, "screen", scheme)
			p.open(path)
			p.script(`for (const d of document.querySelectorAll('main details')) d.open = true`)
			for _, v := range testkit.Axe(t, p.ctx) {
				t.Errorf("%s, %s: %s", path, scheme, v)
			}
		}
		for _, width := range []int{360, 1024} {
			testkit.Viewport(t, p.ctx, width)
			if px := testkit.Overflow(t, p.ctx); px > 0 {
				t.Errorf("%s at %d is %d pixels too wide", path, width, px)
			}
		}
	}
	p.open(s.tab("/moi"))
	p.script(`document.querySelector('[data-add-line] button').click()`)
	p.want(`document.querySelector('[data-lines]').value + ' ' + document.activeElement.name`, "9 item_title-8")
	p.open(hop + "/phieu/moi")
	p.script(`document.querySelector('[data-check-all] [data-all]').click()`)
	p.want(`document.querySelector('[data-checked]').textContent`, "6 đơn vị được đề cử")
}
