package report

import "github.com/icmpsniff/icmpsniff/track"

// pathMTUTopic has a row for each destination to which a router found a datagram too long.
var pathMTUTopic = topic{
	name: "path-mtu", title: "Path MTU, bytes",
	rows: func(r *Report) int { return len(r.Summary.PathMTUs) },
	columns: []column{
		{key: "destination", title: "Destination", kind: literal, cell: ofPathMTU(func(m *track.PathMTU) string { return address(m.Destination) })},
		{key: "vlan", title: "VLAN", kind: number, shown: whenSet, cell: ofPathMTU(func(m *track.PathMTU) string { return stack(m.Segments) })},
		{key: "mtu", title: "MTU", kind: number, cell: ofPathMTU(func(m *track.PathMTU) string { return count(uint64(m.MTU)) })},
		{key: "reporter", title: "Reporter", kind: literal, cell: ofPathMTU(func(m *track.PathMTU) string { return address(m.Reporter) })},
		{key: "frame", title: "Frame", kind: number, cell: ofPathMTU(func(m *track.PathMTU) string { return count(m.Frame) })},
		{key: "sender", title: "Sender", kind: literal, cell: ofPathMTU(func(m *track.PathMTU) string { return address(m.Sender) })},
		{key: "reports", title: "Reports", kind: number, cell: ofPathMTU(func(m *track.PathMTU) string { return count(m.Reports) })},
		{key: "obeyed", title: "Obeyed", kind: word, cell: ofPathMTU(func(m *track.PathMTU) string { return obedience[m.Obeyed] })},
		{key: "exceeded_frame", title: "Exceeded in", kind: number, shown: whenSet, cell: ofPathMTU(func(m *track.PathMTU) string { return unlessZero(m.Exceeded) })},
	},
}

// obedience are the words for whether senders keep to an MTU, "" where nothing shows it.
var obedience = [...]string{track.ObeyedUnknown: "", track.Obeyed: "yes", track.Disobeyed: "no"}

// ofPathMTU makes a cell of the report's row out of one of a path MTU.
func ofPathMTU(text func(*track.PathMTU) string) func(*Report, int) string {
	return func(r *Report, row int) string { return text(&r.Summary.PathMTUs[row]) }
}
