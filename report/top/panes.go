package top

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/track"
)

// pane is one of the tables that can be looked at.
type pane struct {
	title string
	topic string   // of the report
	keys  []string // the columns, as report.Sheet names them
	spare []string // those that a narrow screen does without, the first to go first
	none  string   // what is said where there are no rows
	// frame is the frame by which a row is known again in the next snapshot, with what else tells it from others of the frame.
	frame func(s *track.Summary, row int) [2]uint64
	found func(s *track.Sight) int // rows, of which not all may be there
	// urgent reports whether a row comes before those that are not; nil is none.
	urgent func(s *track.Summary, row int) bool
	newest bool // the newest rows come first
}

// flowsPane is the one whose rows have round trips, and can be sorted.
const flowsPane = 0

var panes = [...]pane{
	flowsPane: {
		title: "Echo", topic: "echo", none: "No pings yet.",
		keys:  []string{"source", "destination", "id", "vlan", "sent", "received", "lost", "Loss %", "pending", "errors", "rtt_avg_ms", "rtt_max_ms"},
		spare: []string{"errors", "pending", "rtt_max_ms", "received", "rtt_avg_ms", "id", "lost"},
		frame: func(s *track.Summary, row int) [2]uint64 { return [2]uint64{s.Flows[row].FirstFrame} },
		found: func(s *track.Sight) int { return s.Found.Flows },
	},
	{
		title: "ARP and ND", topic: "resolutions", none: "Nobody has asked for an address yet.",
		keys:   []string{"protocol", "asker", "target", "vlan", "requests", "unanswered", "status", "rtt_avg_ms", "first_frame", "last_frame"},
		spare:  []string{"first_frame", "last_frame", "rtt_avg_ms", "protocol", "requests"},
		frame:  func(s *track.Summary, row int) [2]uint64 { return [2]uint64{s.Resolutions[row].FirstFrame} },
		found:  func(s *track.Sight) int { return s.Found.Resolutions },
		urgent: func(s *track.Summary, row int) bool { return s.Resolutions[row].Status == track.StatusUnanswered },
	},
	{
		title: "Errors", topic: "errors", none: "No ICMP errors yet.", newest: true,
		keys:  []string{"frame", "reporter", "name", "about_frame", "protocol", "source", "destination"},
		spare: []string{"source", "protocol", "about_frame"},
		frame: func(s *track.Summary, row int) [2]uint64 { return [2]uint64{s.Errors[row].Frame} },
		found: func(s *track.Sight) int { return s.Found.Errors },
	},
	{
		title: "Notes", topic: "notes", none: "Nothing worth a note yet.", newest: true,
		keys: []string{"severity", "text"},
		frame: func(s *track.Summary, row int) [2]uint64 {
			n := &s.Notes[row]
			if len(n.Frames) == 0 {
				return [2]uint64{0, uint64(n.Kind)}
			}
			return [2]uint64{n.Frames[0], uint64(n.Kind)}
		},
		found: func(s *track.Sight) int { return s.Found.Notes },
	},
}

// alarming says which cells of a column are painted as what is wrong.
var alarming = map[string]func(cell string) bool{
	"lost":       func(cell string) bool { return cell != "0" },
	"Loss %":     func(cell string) bool { return cell != "0.0" && cell != unknown },
	"errors":     func(cell string) bool { return cell != "0" },
	"unanswered": func(cell string) bool { return cell != "0" },
	"status":     func(cell string) bool { return cell == "unanswered" || cell == "conflict" },
	"severity":   func(cell string) bool { return cell == "error" || cell == "warning" },
}

// unknown stands where there is nothing to show, as in the report.
const unknown = "–"

// arranged returns the rows of a table in the order of the screen.
func (m *model) arranged() []int {
	if m.shown == nil {
		return nil
	}
	p, s := &panes[m.pane], m.shown.sight.Summary
	list := make([]int, m.sheet().Rows())
	for i := range list {
		list[i] = i
	}
	switch {
	case m.pane == flowsPane && m.frozen != nil:
		place := func(row int) int { // those that came since are behind
			if at := slices.Index(m.frozen, p.frame(s, row)); at >= 0 {
				return at
			}
			return len(m.frozen)
		}
		slices.SortStableFunc(list, func(a, b int) int { return place(a) - place(b) })
	case m.pane == flowsPane: // while the display is paused, the snapshot is in another order
		if compare := m.compare(); compare != nil {
			slices.SortStableFunc(list, func(a, b int) int { return compare(&s.Flows[a], &s.Flows[b]) })
		}
	default:
		if p.newest != m.reverse {
			slices.Reverse(list)
		}
		if p.urgent != nil {
			slices.SortStableFunc(list, func(a, b int) int { return rank(p.urgent(s, a)) - rank(p.urgent(s, b)) })
		}
	}
	return list
}

func rank(urgent bool) int {
	if urgent {
		return 0
	}
	return 1
}
