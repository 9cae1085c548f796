package report

import (
	"strconv"

	"github.com/icmpsniff/icmpsniff/track"
)

// errorTopic has a row for each ICMP error: who says what about which datagram.
var errorTopic = topic{
	name: "errors", title: "Errors",
	rows:  func(r *Report) int { return len(r.Summary.Errors) },
	notes: errorNotes,
	columns: []column{
		{key: "frame", title: "Frame", kind: number, cell: ofError(func(e *track.Error) string { return count(e.Frame) })},
		{key: "time", kind: literal, shown: forPrograms, cell: errorTime},
		{key: "family", kind: number, shown: forPrograms, cell: ofError(func(e *track.Error) string { return strconv.Itoa(e.Family) })},
		{key: "reporter", title: "Reporter", kind: literal, cell: ofError(func(e *track.Error) string { return address(e.Reporter) })},
		{key: "receiver", kind: literal, shown: forPrograms, cell: ofError(func(e *track.Error) string { return address(e.Receiver) })},
		{key: "vlan", title: "VLAN", kind: number, shown: whenSet, cell: ofError(func(e *track.Error) string { return stack(e.Segments) })},
		{key: "type", kind: number, shown: forPrograms, cell: ofError(func(e *track.Error) string { return strconv.Itoa(int(e.Type)) })},
		{key: "code", kind: number, shown: forPrograms, cell: ofError(func(e *track.Error) string { return strconv.Itoa(int(e.Code)) })},
		{key: "name", title: "Says", kind: word, cell: ofError(errorName)},
		{key: "mtu", title: "MTU", kind: number, shown: whenSet, cell: ofError(func(e *track.Error) string { return unlessZero(uint64(e.MTU)) })},
		{key: "gateway", title: "Send to", kind: literal, shown: whenSet, cell: ofError(func(e *track.Error) string { return address(e.Gateway) })},
		{key: "pointer", title: "Byte", kind: number, shown: whenSet, cell: ofError(pointer)},
		{key: "about_frame", title: "About", kind: number, cell: ofError(func(e *track.Error) string { return unlessZero(e.AboutFrame) })},
		{key: "translated", title: "NAT", kind: word, shown: whenSet, cell: ofError(translated)},
		{key: "protocol", title: "Protocol", kind: word, cell: ofError(func(e *track.Error) string { return protocolWord(&e.About) })},
		{key: "source", title: "Source", kind: literal, cell: ofError(func(e *track.Error) string { return address(e.About.Source) })},
		{key: "destination", title: "Destination", kind: literal, cell: ofError(func(e *track.Error) string { return address(e.About.Destination) })},
		{title: "ID or ports", kind: literal, shown: whenSet, dispensable: 1, cell: ofError(func(e *track.Error) string { return ends(&e.About) })},
		ofQuery("id", func(q *track.Quote) uint16 { return q.ID }),
		ofQuery("seq", func(q *track.Quote) uint16 { return q.Seq }),
		ofPorts("source_port", func(q *track.Quote) uint16 { return q.SourcePort }),
		ofPorts("destination_port", func(q *track.Quote) uint16 { return q.DestinationPort }),
		{key: "mpls", title: "MPLS", kind: literal, shown: whenSet, cell: ofError(func(e *track.Error) string { return mplsLabels(e.Labels) })},
		{key: "interface", title: "Interface", kind: literal, shown: whenSet, dispensable: 2,
			cell: ofError(func(e *track.Error) string { return interfaceWords(e.Interfaces) })},
		{key: "copies", title: "Copies", kind: number, shown: whenSet, dispensable: 3, cell: ofError(func(e *track.Error) string { return count(e.Copies) })},
	},
}

// ofError makes a cell of the report's row out of one of an error.
func ofError(text func(*track.Error) string) func(*Report, int) string {
	return func(r *Report, row int) string { return text(&r.Summary.Errors[row]) }
}

// ofQuery is a column for programs of a quoted query's numbers.
func ofQuery(key string, get func(*track.Quote) uint16) column {
	return column{key: key, kind: number, shown: forPrograms, cell: ofError(func(e *track.Error) string {
		if !e.About.Query {
			return ""
		}
		return strconv.Itoa(int(get(&e.About)))
	})}
}

// ofPorts is a column for programs of a quoted datagram's ports.
func ofPorts(key string, get func(*track.Quote) uint16) column {
	return column{key: key, kind: number, shown: forPrograms, cell: ofError(func(e *track.Error) string {
		if !e.About.Ports {
			return ""
		}
		return strconv.Itoa(int(get(&e.About)))
	})}
}

func errorTime(r *Report, row int) string {
	e := &r.Summary.Errors[row]
	if !e.HasTime {
		return ""
	}
	return timestamp(e.Time, r.Capture.Digits)
}

func pointer(e *track.Error) string {
	if !e.HasPointer {
		return ""
	}
	return count(uint64(e.Pointer))
}

func translated(e *track.Error) string {
	if !e.Translated {
		return ""
	}
	return "yes"
}

// unlessZero is a number of which 0 says that it is not known.
func unlessZero(n uint64) string {
	if n == 0 {
		return ""
	}
	return count(n)
}

func errorNotes(r *Report) []string {
	var notes []string
	if n := r.Summary.ErrorsOmitted; n > 0 {
		notes = append(notes, "… and "+Counted(n, "more error")+", for which there was no room.")
	}
	for i := range r.Summary.Errors {
		if e := &r.Summary.Errors[i]; e.AboutFrame == 0 && e.About.Source.IsValid() {
			return append(notes, "Without a frame in About: what it is about was not captured, or is too long ago.")
		}
	}
	return notes
}
