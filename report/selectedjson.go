package report

import (
	"bytes"
	"strconv"
	"time"

	"github.com/icmpsniff/icmpsniff/field"
)

// SelectedJSON prints an array with an object for each packet that holds the selected fields: tshark -T json -e. Every
// value is a string, and every field an array of them.
type SelectedJSON struct {
	selection Selection
	reader    reader
	printed   bool // a packet
}

// NewSelectedJSON returns a printer of the selection.
func NewSelectedJSON(selection Selection, lines Lines) *SelectedJSON {
	return &SelectedJSON{selection: selection, reader: newReader(lines)}
}

// Begin appends the start of the array.
func (p *SelectedJSON) Begin(dst []byte) []byte { return append(dst, '[') }

// Append appends a packet's object.
func (p *SelectedJSON) Append(dst []byte, s *field.Subject) []byte {
	if p.printed {
		dst = append(dst, ',')
	}
	p.printed = true
	dst = appendPacketIndex(append(dst, "\n  {\n    \"_index\": \""...), s)
	dst = append(dst, "\",\n    \"_type\": \"doc\",\n    \"_score\": null,\n    \"_source\": {\n      \"layers\": {"...)
	first := true
	for i := range p.selection.items {
		item := &p.selection.items[i]
		p.reader.each(item, s, func(text []byte, nth int) {
			if nth == 0 {
				if !first {
					dst = append(dst, "\n        ],"...)
				}
				first = false
				dst = append(appendJSONText(append(dst, "\n        "...), []byte(item.name)), ": ["...)
			} else {
				dst = append(dst, ',')
			}
			dst = appendJSONText(append(dst, "\n          "...), text)
		})
	}
	if !first {
		dst = append(dst, "\n        ]\n      "...)
	}
	return append(dst, "}\n    }\n  }"...)
}

// End appends the end of the array.
func (p *SelectedJSON) End(dst []byte) []byte {
	if p.printed {
		dst = append(dst, '\n')
	}
	return append(dst, "]\n"...)
}

// SelectedEK prints two lines of JSON for each packet, what to do and the selected fields, as the bulk interface of
// Elasticsearch reads them: tshark -T ek -e.
type SelectedEK struct {
	selection Selection
	keys      [][]byte // of the selection
	reader    reader
}

// NewSelectedEK returns a printer of the selection.
func NewSelectedEK(selection Selection, lines Lines) *SelectedEK {
	p := &SelectedEK{selection: selection, reader: newReader(lines)}
	for _, item := range selection.items {
		p.keys = append(p.keys, bytes.ReplaceAll(appendJSONText(nil, []byte(item.name)), []byte("."), []byte("_")))
	}
	return p
}

// Begin appends nothing.
func (p *SelectedEK) Begin(dst []byte) []byte { return dst }

// Append appends the lines of a packet.
func (p *SelectedEK) Append(dst []byte, s *field.Subject) []byte {
	dst = append(appendBulkHead(dst, s), `"layers":{`...)
	first := true
	for i := range p.selection.items {
		p.reader.each(&p.selection.items[i], s, func(text []byte, nth int) {
			if nth == 0 {
				if !first {
					dst = append(dst, `],`...)
				}
				first = false
				dst = append(append(dst, p.keys[i]...), `:[`...)
			} else {
				dst = append(dst, ',')
			}
			dst = appendJSONText(dst, text)
		})
	}
	if !first {
		dst = append(dst, ']')
	}
	return append(dst, "}}\n"...)
}

// End appends nothing.
func (p *SelectedEK) End(dst []byte) []byte { return dst }

// appendPacketIndex appends the name of the index that tshark puts a packet of that day into.
func appendPacketIndex(dst []byte, s *field.Subject) []byte {
	dst = append(dst, "packets-"...)
	return time.Unix(0, s.Packet.Time).AppendFormat(dst, "2006-01-02")
}

// appendBulkHead appends the line that says what to do with a packet, and the start of the next one: its time, in ms since the
// Unix epoch, of which tshark writes at least four digits.
func appendBulkHead(dst []byte, s *field.Subject) []byte {
	dst = appendPacketIndex(append(dst, `{"index":{"_index":"`...), s)
	dst = append(dst, `","_type":"doc"}}`+"\n{"...)
	if !s.Packet.HasTime {
		return dst
	}
	at := time.Unix(0, s.Packet.Time)
	dst = strconv.AppendInt(append(dst, `"timestamp":"`...), at.Unix(), 10)
	dst = appendFraction(dst, uint64(at.Nanosecond()), 3)
	dst = append(dst[:len(dst)-4], dst[len(dst)-3:]...) // without the point
	return append(dst, `",`...)
}
