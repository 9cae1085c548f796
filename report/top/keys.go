package top

import tea "charm.land/bubbletea/v2"

// key is what can be pressed.
type key struct {
	names []string // as Bubble Tea has them
	shown string   // on the screen
	does  string   // in the help
	short string   // at the bottom of the screen, "" to leave it out
	act   func(m *model) tea.Cmd
}

// keys are all there are, in the order of the help. They are set in init because the help, which one of them shows, lists them.
var keys []key

func init() {
	keys = []key{
		{[]string{"q", "ctrl+c"}, "q", "end; then comes the report", "quit", func(*model) tea.Cmd { return tea.Quit }},
		{[]string{"?", "h", "f1"}, "?", "this help", "help", func(m *model) tea.Cmd { m.help = true; return nil }},
		{[]string{"tab", "right", "l"}, "tab →", "the next table", "table", func(m *model) tea.Cmd { m.turn(1); return nil }},
		{[]string{"shift+tab", "left"}, "shift-tab ←", "the table before", "", func(m *model) tea.Cmd { m.turn(-1); return nil }},
		{[]string{"down", "j"}, "↓ j", "a row down", "", func(m *model) tea.Cmd { m.move(1); return nil }},
		{[]string{"up", "k"}, "↑ k", "a row up", "", func(m *model) tea.Cmd { m.move(-1); return nil }},
		{[]string{"pgdown", "space"}, "PgDn space", "a screen down", "", func(m *model) tea.Cmd { m.move(m.room()); return nil }},
		{[]string{"pgup", "b"}, "PgUp b", "a screen up", "", func(m *model) tea.Cmd { m.move(-m.room()); return nil }},
		{[]string{"home", "g"}, "Home g", "the first row", "", func(m *model) tea.Cmd { m.move(-rows); return nil }},
		{[]string{"end", "G"}, "End G", "the last row", "", func(m *model) tea.Cmd { m.move(rows); return nil }},
		{[]string{"enter"}, "enter", "all about the row, and a flow's last packets", "details", func(m *model) tea.Cmd { m.look(); return nil }},
		{[]string{"esc", "backspace"}, "esc", "back to the table; then to all addresses", "", func(m *model) tea.Cmd { m.back(); return nil }},
		{[]string{"s"}, "s", "sort flows by another column", "sort", func(m *model) tea.Cmd { m.sort(1); return nil }},
		{[]string{"S"}, "S", "sort flows by the column before", "", func(m *model) tea.Cmd { m.sort(-1); return nil }},
		{[]string{"r"}, "r", "turn the order round", "reverse", func(m *model) tea.Cmd { m.reverse = !m.reverse; m.frozen = nil; m.ask(); return nil }},
		{[]string{"f"}, "f", "freeze: flows keep their places while their numbers go on", "", func(m *model) tea.Cmd { m.freeze(); return nil }},
		{[]string{"/"}, "/", "only rows with an address: a part of it, or a prefix such as 192.0.2.0/24", "filter",
			func(m *model) tea.Cmd { m.typing, m.typed = true, m.filter; return nil }},
		{[]string{"p"}, "p", "pause the display; capturing goes on", "pause", func(m *model) tea.Cmd { m.pause(); return nil }},
		{[]string{"ctrl+z"}, "ctrl-z", "suspend; fg brings it back", "", func(*model) tea.Cmd { return tea.Suspend }},
	}
}

// turn goes to another table.
func (m *model) turn(by int) {
	m.pane = (m.pane + by + len(panes)) % len(panes)
	m.details = false
}

// look shows details of the chosen row, which from now on is the same whatever the order.
func (m *model) look() {
	m.move(0)
	m.details = len(m.arranged()) > 0
}

// back leaves what was entered last.
func (m *model) back() {
	switch {
	case m.details:
		m.details = false
	case m.filter != "":
		m.filter = ""
		m.ask()
	}
}

// sort goes on to another order.
func (m *model) sort(by int) {
	m.order = (m.order + by + len(orders)) % len(orders)
	m.reverse, m.frozen = false, nil
	m.ask()
}

// pause keeps the display as it is, or brings it up to date.
func (m *model) pause() {
	if m.paused = !m.paused; !m.paused {
		m.shown = m.latest
	}
}
