package report

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// printers are those of trees.
func printers() map[string]PacketPrinter {
	o := DetailOptions{TwoPass: true, Zone: time.UTC}
	return map[string]PacketPrinter{"details": NewDetails(o), "json": NewJSON(o), "ek": NewEK(o)}
}

// Protects the forms of labels that trees are made of.
func TestLabels(t *testing.T) {
	for _, c := range []struct {
		name  string
		field field.Field
		value field.Value
		want  string
	}{
		{"decimal", field.Field{Label: "Length", Type: field.Uint16, Base: field.Dec}, field.Value{Uint: 8}, "Length: 8"},
		{"hexadecimal", field.Field{Label: "Checksum", Type: field.Uint16, Base: field.Hex}, field.Value{Uint: 0xa6}, "Checksum: 0x00a6"},
		{"both", field.Field{Label: "Identifier", Type: field.Uint16, Base: field.DecHex}, field.Value{Uint: 258}, "Identifier: 258 (0x0102)"},
		{"both, hexadecimal first", field.Field{Label: "Identification", Type: field.Uint16, Base: field.HexDec}, field.Value{Uint: 258}, "Identification: 0x0102 (258)"},
		{"named", field.Field{Label: "Type", Type: field.Uint8, Base: field.Dec, Names: []field.Name{{Value: 5, Name: "MTU"}}}, field.Value{Uint: 5}, "Type: MTU (5)"},
		{"not named", field.Field{Label: "Type", Type: field.Uint8, Base: field.Hex, Names: []field.Name{{Value: 5, Name: "MTU"}}}, field.Value{Uint: 6}, "Type: Unknown (0x06)"},
		{"a name and no number", field.Field{Label: "Status", Type: field.Uint8, Names: []field.Name{{Value: 1, Name: "Good"}}}, field.Value{Uint: 1}, "Status: Good"},
		{"bits", field.Field{Label: "ID", Type: field.Uint16, Base: field.Dec, Mask: 0x0fff}, field.Value{Uint: 10}, ".... 0000 0000 1010 = ID: 10"},
		{"bits, in hexadecimal", field.Field{Label: "Flow Label", Type: field.Uint24, Base: field.Hex, Mask: 0x0fffff}, field.Value{Uint: 1}, ".... 0000 0000 0000 0000 0001 = Flow Label: 0x00001"},
		{"a bit", field.Field{Label: "More", Type: field.Boolean, Mask: 0x20, Names: setOrNot}, field.Value{Uint: 1}, "..1. .... = More: Set"},
		{"a boolean", field.Field{Label: "Marked", Type: field.Boolean}, field.Value{}, "Marked: False"},
		{"bytes", field.Field{Label: "Data", Type: field.Bytes}, field.Value{Bytes: []byte{1, 0xab}}, "Data: 01ab"},
		{"many bytes", field.Field{Label: "Data", Type: field.Bytes}, field.Value{Bytes: make([]byte, 37)}, "Data: " + strings.Repeat("00", 36) + "…"},
		{"text", field.Field{Label: "Name", Type: field.String}, field.Value{Bytes: []byte("a\x1b[2J\n\u202e")}, `Name: a\033[2J\n\u202E`},
		{"an address", field.Field{Label: "Source", Type: field.IPv6}, field.Value{Bytes: append(make([]byte, 15), 1)}, "Source: ::1"},
		{"a time", field.Field{Label: "Arrival", Type: field.AbsoluteTime}, field.Value{Uint: 1}, "Arrival: Jan  1, 1970 00:00:00.000000001 UTC"},
		{"a duration", field.Field{Label: "Delta", Type: field.RelativeTime}, field.Value{Uint: 1}, "Delta: 0.000000001 seconds"},
		{"nothing", field.Field{Label: "Pad1", Type: field.None}, field.Value{}, "Pad1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := tree{zone: time.UTC}
			tr.defaultLabel(&row{field: &c.field}, &c.value)
			if string(tr.text) != c.want {
				t.Errorf("got  %s\nwant %s", tr.text, c.want)
			}
		})
	}
}

// Protects -O: the protocols that were asked for in full, the others on a line each.
func TestOnlySomeInDetail(t *testing.T) {
	got := string(printedTwice(t, "ping", NewDetails(DetailOptions{TwoPass: true, Zone: time.UTC, Only: []string{"icmp"}})))
	third := strings.Split(got, "\n\n")[2]
	for _, want := range []string{"Ethernet II, Src: ", "\nInternet Control Message Protocol\n    Type: 8 (Echo (ping) request)\n", "\n    [Response frame: 4]\n"} {
		if !strings.Contains(third, want) {
			t.Errorf("%q is not in\n%s", want, third)
		}
	}
	for _, other := range []string{"Frame Number", "Destination: ", "Time to Live"} {
		if strings.Contains(got, other) {
			t.Errorf("%q was not asked for", other)
		}
	}
}

// Protects that a fact which only a second pass knows is not made up on the first.
func TestOnePassKnowsNoAnswers(t *testing.T) {
	got := string(printedTwice(t, "ping", NewDetails(DetailOptions{Zone: time.UTC})))
	for _, later := range []string{"[Response frame", "[No response seen]"} {
		if strings.Contains(got, later) {
			t.Errorf("%s is not known on a first pass", later)
		}
	}
	if !strings.Contains(got, "[Request frame: 3]") {
		t.Error("a reply does not name its request")
	}
}

// Protects that what stands in arrays of JSON is one value after another, of fields below nodes of one kind.
func TestEKGathersWhatRepeats(t *testing.T) {
	lines := bytes.Split(printedTwice(t, "mld", NewEK(DetailOptions{Zone: time.UTC})), []byte("\n"))
	var packet struct {
		Timestamp string
		Layers    struct {
			ICMPv6 map[string]any
			IPv6   struct {
				HopByHop map[string]any `json:"ipv6_hopopts"`
			}
		}
	}
	if err := json.Unmarshal(lines[1], &packet); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]int{"icmpv6_icmpv6_mldr_mar_record_type": 2, "icmpv6_icmpv6_mldr_mar": 2} {
		if got, _ := packet.Layers.ICMPv6[key].([]any); len(got) != want {
			t.Errorf("%s is %v, want an array of %d", key, packet.Layers.ICMPv6[key], want)
		}
	}
	if got := packet.Layers.IPv6.HopByHop["ipv6_ipv6_opt_router_alert"]; got != "0" {
		t.Errorf("the router alert is %v, want a string", got)
	}
}

// Protects that no frame, however it is cut, makes a printer panic, forge a line or print what is no JSON.
func TestTreesOfCutFrames(t *testing.T) {
	printers := printers()
	for _, name := range detailed {
		frames := capturedFrames(t, name)
		d, s := decode.New(), field.Subject{}
		for _, f := range frames[:min(len(frames), 5)] {
			for n := range min(len(f.Data), 200) + 1 {
				for _, length := range [...]int{n, f.Length} {
					cut := f
					cut.Data, cut.Length = f.Data[:n:n], length
					checkPrinters(t, printers, d, &s, cut)
				}
			}
		}
	}
}

// Protects against the same of frames in which bytes were changed.
func TestTreesOfBrokenFrames(t *testing.T) {
	printers := printers()
	random := rand.New(rand.NewPCG(1, 2))
	for _, name := range detailed {
		frames := capturedFrames(t, name)
		d, s := decode.New(), field.Subject{}
		for range 100 {
			f := frames[random.IntN(len(frames))]
			f.Data = bytes.Clone(f.Data)
			for range 1 + random.IntN(4) {
				f.Data[random.IntN(len(f.Data))] = byte(random.Uint32())
			}
			checkPrinters(t, printers, d, &s, f)
		}
	}
}

// checkPrinters prints a frame in every form, and says what is wrong with it.
func checkPrinters(t *testing.T, printers map[string]PacketPrinter, d *decode.Decoder, s *field.Subject, f decode.Frame) {
	t.Helper()
	p := decode.Packet{Frame: f}
	p.Section = 1
	d.Decode(&p)
	s.InterfaceName = hostileName
	s.Set(&p, nil)
	for name, printer := range printers {
		text := printer.Append(nil, s)
		if bad := obeyed(text); bad != nil {
			t.Fatalf("%s of %x: %q is printed", name, f.Data, bad)
		}
		var object []byte
		switch name {
		case "json":
			object = bytes.TrimLeft(text, ",\n")
		case "ek":
			_, object, _ = bytes.Cut(text, []byte("\n"))
		default:
			continue
		}
		if !json.Valid(object) {
			t.Fatalf("%s of %x: no JSON: %s", name, f.Data, object)
		}
	}
}

// Protects that printing details costs no memory per packet.
func TestPrintersAllocateNothing(t *testing.T) {
	for _, name := range []string{"ping", "mld", "redirect6", "extended-echo", "arping-gratuitous", "igmpv3", "ping-record-route"} {
		frames := capturedFrames(t, name)
		for form, printer := range printers() {
			d, s := decode.New(), field.Subject{}
			var p decode.Packet
			var text []byte
			all := func() {
				for _, f := range frames {
					p.Frame = f
					d.Decode(&p)
					s.Set(&p, nil)
					text = printer.Append(text[:0], &s)
				}
			}
			all()
			if n := testing.AllocsPerRun(5, all); n > 0 {
				t.Errorf("%s as %s: %v allocations", name, form, n)
			}
		}
	}
}

// BenchmarkPrinters measures the forms of a packet, its decoding included; an operation is a packet.
func BenchmarkPrinters(b *testing.B) {
	frames := capturedFrames(b, "ping")
	for form, printer := range printers() {
		b.Run(form, func(b *testing.B) {
			d, s := decode.New(), field.Subject{}
			var p decode.Packet
			var text []byte
			b.ReportAllocs()
			for b.Loop() {
				p.Frame = frames[len(frames)-1]
				d.Decode(&p)
				s.Set(&p, nil)
				text = printer.Append(text[:0], &s)
			}
		})
	}
}
