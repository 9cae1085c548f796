package top

import "charm.land/lipgloss/v2"

// style paints texts. What it paints is told in words or signs as well: there are terminals without colours.
type style struct {
	title, tab, heading, cursor, alarm, faint func(...string) string
}

var colored = style{
	title:   lipgloss.NewStyle().Bold(true).Render,
	tab:     lipgloss.NewStyle().Bold(true).Reverse(true).Render,
	heading: lipgloss.NewStyle().Bold(true).Underline(true).Render,
	cursor:  lipgloss.NewStyle().Bold(true).Render,
	alarm:   lipgloss.NewStyle().Foreground(lipgloss.Red).Render,
	faint:   lipgloss.NewStyle().Faint(true).Render,
}
