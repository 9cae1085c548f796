package report

import (
	"strings"

	"github.com/icmpsniff/icmpsniff/field"
)

// lineColumn is a part of a packet's line that -e names as well, such as _ws.col.Info.
type lineColumn struct {
	title   string // tshark's
	append  func(l *Lines, dst []byte, s *field.Subject) []byte
	related bool // tells what the packet is to others
}

// columnPrefix makes the name of a column of its title.
const columnPrefix = "_ws.col."

var lineColumns = [...]lineColumn{
	{title: "No.", append: func(_ *Lines, dst []byte, s *field.Subject) []byte {
		return appendUint(dst, s.Packet.Number)
	}},
	{title: "Time", append: func(l *Lines, dst []byte, s *field.Subject) []byte { return l.Time.Append(dst, s) }},
	{title: "Source", append: func(l *Lines, dst []byte, s *field.Subject) []byte {
		return l.Names.appendAddress(dst, s.Packet.Source)
	}},
	{title: "Destination", append: func(l *Lines, dst []byte, s *field.Subject) []byte {
		return l.Names.appendAddress(dst, s.Packet.Destination)
	}},
	{title: "Protocol", append: func(_ *Lines, dst []byte, s *field.Subject) []byte { return appendProtocol(dst, s.Packet) }},
	{title: "Length", append: func(_ *Lines, dst []byte, s *field.Subject) []byte {
		return appendUint(dst, uint64(s.Packet.Length))
	}},
	{title: "Info", related: true, append: func(l *Lines, dst []byte, s *field.Subject) []byte {
		return l.appendInformation(dst, s)
	}},
}

// lookupColumn returns the column of a name. Letter case does not count: later tsharks write _ws.col.info.
func lookupColumn(name string) *lineColumn {
	title, ok := strings.CutPrefix(name, columnPrefix)
	if !ok {
		return nil
	}
	for i := range lineColumns {
		if strings.EqualFold(lineColumns[i].title, title) {
			return &lineColumns[i]
		}
	}
	return nil
}

// ColumnNames returns the columns of the line as -e takes them, such as _ws.col.Info.
func ColumnNames() []string {
	names := make([]string, len(lineColumns))
	for i, c := range lineColumns {
		names[i] = columnPrefix + c.title
	}
	return names
}
