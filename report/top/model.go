package top

import (
	"slices"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

// model is what is on the screen. It belongs to Bubble Tea's goroutine.
type model struct {
	title   string
	feed    *feed
	done    <-chan struct{} // the view is closed
	dropped func() uint64
	style   style

	width, height int
	latest        *snapshot // nil as long as there is none
	shown         *snapshot // the latest, unless the display is paused
	lost          uint64    // frames that the capture lacks

	pane    int
	chosen  [len(panes)][2]uint64 // the row with the cursor, by its pane's frame
	details bool                  // of the chosen row, in place of the table
	help    bool
	paused  bool
	order   int         // of orders
	reverse bool        // the order
	frozen  [][2]uint64 // the order of rows that is to stay, nil if it is not
	filter  string      // in force
	typing  bool        // of a new filter
	typed   string      // so far
}

func newModel(o *Options, f *feed, done <-chan struct{}) *model {
	return &model{title: string(report.AppendEscaped(nil, []byte(o.Title))), feed: f, done: done, dropped: o.Dropped, style: colored, width: 80, height: 24}
}

// settled is when the screen is drawn anew after it has become another size. The first frame that Bubble Tea (v2.0.10) draws on a
// wider screen, it remembers only as wide as the screen was before, so that the next one would leave the rest standing.
const settled = 100 * time.Millisecond

// droppedMsg is how many frames the capture lacks by now.
type droppedMsg uint64

// Init implements tea.Model.
func (m *model) Init() tea.Cmd { return tea.Batch(m.await, m.count) }

// await waits for the next snapshot.
func (m *model) await() tea.Msg {
	select {
	case s := <-m.feed.out:
		return s
	case <-m.done:
		return nil
	}
}

// count asks how many frames are lacking, which is not done on the pass's goroutine, as it may take long.
func (m *model) count() tea.Msg {
	if m.dropped == nil {
		return nil
	}
	return droppedMsg(m.dropped())
}

// Update implements tea.Model.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case *snapshot:
		m.latest = msg
		if !m.paused || m.shown == nil {
			m.shown = msg
		}
		return m, m.await
	case droppedMsg:
		m.lost = uint64(msg)
		return m, tea.Tick(time.Second, func(time.Time) tea.Msg { return m.count() })
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return m, tea.Tick(settled, func(time.Time) tea.Msg { return tea.ClearScreen() })
	case tea.PasteMsg:
		if m.typing {
			m.write(msg.Content)
		}
	case tea.KeyPressMsg:
		return m, m.press(msg)
	}
	return m, nil
}

// press does what a key is for.
func (m *model) press(k tea.KeyPressMsg) tea.Cmd {
	name := k.String()
	if m.typing && m.edit(name, k.Text) {
		return nil
	}
	if m.help && name != "ctrl+c" && name != "ctrl+z" { // any other key leaves it
		m.help = false
		return nil
	}
	for i := range keys {
		if slices.Contains(keys[i].names, name) {
			return keys[i].act(m)
		}
	}
	return nil
}

// edit changes the filter that is being typed. It reports whether the key was for that.
func (m *model) edit(name, text string) bool {
	switch {
	case name == "ctrl+c" || name == "ctrl+z":
		return false
	case name == "enter":
		m.typing, m.filter = false, m.typed
		m.ask()
	case name == "esc":
		m.typing = false
	case name == "backspace" && m.typed != "":
		m.typed = m.typed[:len(m.typed)-1]
	case name == "ctrl+u":
		m.typed = ""
	default:
		m.write(text)
	}
	return true
}

// longestFilter has room for an address with its prefix length.
const longestFilter = 49

// write adds to the filter what can be part of an address.
func (m *model) write(text string) {
	for _, c := range text {
		if len(m.typed) < longestFilter && c > ' ' && c < unicode.MaxASCII {
			m.typed += string(c)
		}
	}
}

// compare returns the order of flows, nil for that in which they came.
func (m *model) compare() func(a, b *track.Flow) int {
	if m.reverse {
		return reversed(orders[m.order].compare)
	}
	return orders[m.order].compare
}

// ask tells the pass what is wanted.
func (m *model) ask() {
	m.feed.want(&wish{about: about(m.filter), compare: m.compare()})
}

// sheet returns the table that is looked at.
func (m *model) sheet() *report.Sheet { return m.sheetOf(panes[m.pane].keys...) }

// sheetOf is sheet with other columns, with all that the report has if none are named.
func (m *model) sheetOf(keys ...string) *report.Sheet {
	c := m.shown.capture
	c.KernelDropped, c.InterfaceDropped = m.lost, 0
	r := &report.Report{Capture: c, Summary: m.shown.sight.Summary}
	return r.Sheet(panes[m.pane].topic, keys...)
}

// cursor returns where in the list the chosen row is: at its beginning, if it is not there any more. -1 says that there are none.
func (m *model) cursor(list []int) int {
	if len(list) == 0 {
		return -1
	}
	return max(0, slices.IndexFunc(list, func(row int) bool {
		return panes[m.pane].frame(m.shown.sight.Summary, row) == m.chosen[m.pane]
	}))
}

// move moves the cursor down, or up if by is negative.
func (m *model) move(by int) {
	list := m.arranged()
	if at := m.cursor(list); at >= 0 {
		at = min(max(at+by, 0), len(list)-1)
		m.chosen[m.pane] = panes[m.pane].frame(m.shown.sight.Summary, list[at])
	}
}

// freeze keeps the rows where they are, or lets them go.
func (m *model) freeze() {
	if m.frozen != nil || m.shown == nil {
		m.frozen = nil
		return
	}
	flows := *m
	flows.pane = flowsPane
	list := flows.arranged()
	m.frozen = make([][2]uint64, len(list)) // not nil, even if there are none yet
	for i, row := range list {
		m.frozen[i] = panes[flowsPane].frame(m.shown.sight.Summary, row)
	}
}
