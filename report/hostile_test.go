package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"testing"
	"unicode/utf8"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/track"
)

// obeyed returns what of a text a terminal would obey or not know how to show, with what stands around it: control characters,
// those that turn or hide text, and bytes that are not UTF-8.
func obeyed(text []byte) []byte {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 || r != '\n' && r != '\t' && !strconv.IsPrint(r) {
			return text[max(0, i-40):min(len(text), i+40)]
		}
		i += size
	}
	return nil
}

// allForms are all printers of packets, those of fields with every field there is.
func allForms(tb testing.TB) map[string]PacketPrinter {
	tb.Helper()
	var names []string
	for _, f := range field.All() {
		names = append(names, f.Name)
	}
	every, err := Select(names)
	if err != nil {
		tb.Fatal(err)
	}
	lines := Lines{TwoPass: true, Paired: true}
	forms := printers()
	forms["lines"] = &PacketLines{Lines: lines}
	forms["bytes"] = HexDump{}
	forms["words"] = HexWords{}
	forms["fields"] = NewFields(every, TabSeparated, lines)
	forms["jsonl"] = NewJSONLines(every, lines)
	forms["selected json"] = NewSelectedJSON(every, lines)
	forms["selected ek"] = NewSelectedEK(every, lines)
	return forms
}

// FuzzForms protects terminals, and programs that read JSON, from any frame of any link type.
//
//	go test ./report -run '^$' -fuzz FuzzForms -fuzztime 5m
func FuzzForms(f *testing.F) {
	for _, name := range []string{"ping", "redirect6", "igmpv3", "node-information-answered", "ping-record-route", "router-any-sll", "vxlan", "traceroute-udp"} {
		for _, frame := range capturedFrames(f, name) {
			f.Add(frame.Data, frame.Link)
		}
	}
	forms := allForms(f)
	f.Fuzz(func(t *testing.T, data []byte, link uint16) {
		p := decode.Packet{Frame: decode.Frame{Number: 1, HasTime: true, Data: data, Length: len(data), Link: link, Section: 1}}
		decode.New().Decode(&p)
		s := field.Subject{InterfaceName: hostileName}
		s.Set(&p, &track.Relation{})
		for name, form := range forms {
			text := form.Append(nil, &s)
			if bad := obeyed(text); bad != nil {
				t.Errorf("%s: %q is printed", name, bad)
			}
			if object := bytes.TrimPrefix(text, []byte(",")); name == "jsonl" || name == "json" || name == "selected json" {
				if !json.Valid(object) {
					t.Errorf("%s is no JSON: %s", name, object)
				}
			}
		}
	})
}

// hostileName is a name that would clear the screen, turn the text around, and forge a line, a formula and a table's cell.
const hostileName = "=a|`b\x1b[2J\u202e\u2066\u009b\x00\x7f\r\n!  1.0 ARP: \xff\xc3(\u2028\ufeff"

// FuzzReports protects whoever reads a report, person or program, from any two frames, as often as it takes for them to be
// worth a row.
//
//	go test ./report -run '^$' -fuzz FuzzReports -fuzztime 5m
func FuzzReports(f *testing.F) {
	for _, name := range []string{"ping", "redirect6", "arp-conflict", "traceroute-udp", "path-mtu", "timestamp", "node-information-answered"} {
		frames := capturedFrames(f, name)
		for i := range frames[1:] {
			f.Add(frames[i].Data, frames[i+1].Data, frames[i].Link)
		}
	}
	f.Fuzz(func(t *testing.T, first, second []byte, link uint16) {
		tracker := track.New(track.Options{MaxDatagrams: 64, MaxPaths: 8})
		d := decode.New()
		var p decode.Packet
		var r track.Relation
		var events []byte
		for n := range uint64(40) {
			data := [][]byte{first, second}[n%2]
			p.Frame = decode.Frame{Number: n + 1, Time: int64(n) * 4e8, HasTime: true, Digits: 9, Data: data, Length: len(data), Link: link}
			for _, e := range tracker.Advance(p.Time) {
				events = append(AppendEvent(events, &e, []byte("0.1")), '\n')
			}
			d.Decode(&p)
			tracker.Packet(&p, &r)
		}
		for _, e := range tracker.Finish(3600e9) {
			events = append(AppendEvent(events, &e, []byte("0.1")), '\n')
		}
		if bad := obeyed(events); bad != nil {
			t.Errorf("between lines %q is printed", bad)
		}
		result := &Report{Summary: tracker.Summary(), Capture: Capture{Sources: []Source{{hostileName, "EN10MB"}}, HasTime: true, Frames: 40, Last: 156e8, Digits: 9}}
		for _, format := range Formats() {
			text := printed(t, format, result)
			if bad := obeyed(text); bad != nil {
				t.Errorf("%s: %q is printed", format, bad)
			}
			switch format {
			case "json":
				if !json.Valid(text) {
					t.Errorf("no JSON: %s", text)
				}
			case "csv":
				checkFormulas(t, text)
			}
		}
	})
}

// checkFormulas looks for cells of CSV that a spreadsheet would compute.
func checkFormulas(t *testing.T, text []byte) {
	t.Helper()
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord = -1
	records, err := in.ReadAll()
	if err != nil {
		t.Errorf("no CSV: %v\n%s", err, text)
	}
	for _, record := range records {
		for _, cell := range record {
			if cell == "" || !bytes.ContainsAny([]byte(cell[:1]), "=+-@\t\r") {
				continue
			}
			if _, err := strconv.ParseFloat(cell, 64); err != nil {
				t.Errorf("the cell %q is a formula", cell)
			}
		}
	}
}
