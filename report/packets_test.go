package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// TestJSONLines protects the keys, their order and their types: -update writes testdata/packets/jsonl, which is ours alone.
func TestJSONLines(t *testing.T) {
	names := []string{"icmp.seq", "ip.addr", "ip.ttl", "ip.flags.df", "ip.id", "icmp.resptime", "frame.time_delta", "frame.time", "data.data", "icmp", "frame", "_ws.col.Protocol"}
	golden(t, "packets/jsonl", printedOnce(t, "gre", 0, NewJSONLines(mustSelect(t, names...), Lines{})))
}

// TestJSONLinesAreJSON protects those who read them: every line is one object without control characters, whatever the
// packets are, and the numbers are numbers.
func TestJSONLinesAreJSON(t *testing.T) {
	selection := everyField(t)
	for _, name := range detailed {
		for line := range bytes.Lines(printedOnce(t, name, 20, NewJSONLines(selection, Lines{}))) {
			var object struct {
				Frame  *uint64
				Length *int
				Info   *string
			}
			if err := json.Unmarshal(line, &object); err != nil || object.Frame == nil || object.Length == nil || object.Info == nil {
				t.Fatalf("%s: %v in %s", name, err, line)
			}
			if i := bytes.IndexFunc(line[:len(line)-1], func(r rune) bool { return r < ' ' || r == 0x7f }); i >= 0 {
				t.Fatalf("%s: a control character in %q", name, line)
			}
		}
	}
}

// everyField selects the whole table.
func everyField(t testing.TB) Selection {
	var names []string
	for _, f := range field.All() {
		names = append(names, f.Name)
	}
	return mustSelect(t, names...)
}

// TestFlatPrintersAllocateNothing protects the speed of long captures.
func TestFlatPrintersAllocateNothing(t *testing.T) {
	selection := everyField(t)
	for name, p := range map[string]PacketPrinter{
		"lines":  &PacketLines{},
		"fields": NewFields(selection, TabSeparated, Lines{}),
		"jsonl":  NewJSONLines(selection, Lines{}),
		"json":   NewSelectedJSON(selection, Lines{}),
		"ek":     NewSelectedEK(selection, Lines{}),
		"hex":    Sequence{&PacketLines{}, HexDump{Apart: true}},
		"words":  HexWords{},
	} {
		t.Run(name, func(t *testing.T) {
			for _, capture := range []string{"ping", "ping-fragments", "redirect6", "mld", "arp-conflict", "port-unreachable"} {
				frames := capturedFrames(t, capture)
				d, s := decode.New(), field.Subject{}
				var k decode.Packet
				var text []byte
				all := func() {
					for _, f := range frames {
						k.Frame = f
						d.Decode(&k)
						s.Set(&k, nil)
						text = p.Append(text[:0], &s)
					}
				}
				if n := testing.AllocsPerRun(5, all); n != 0 {
					t.Errorf("%s: %v allocations in %d packets", capture, n, len(frames))
				}
			}
		})
	}
}

// TestLaterFieldsOfOnePass protects that what later frames tell is not guessed: a request that was just read has no reply
// yet, which is no proof that none comes.
func TestLaterFieldsOfOnePass(t *testing.T) {
	later := mustSelect(t, "icmp.no_resp", "icmp.resp_in")
	if got := printedOnce(t, "ping-loss", 0, NewFields(later, TabSeparated, Lines{})); len(bytes.Trim(got, "\t\n")) > 0 {
		t.Errorf("one pass knows %q", got)
	}
	got := string(printedTwice(t, "ping-loss", NewFields(later, TabSeparated, Lines{TwoPass: true})))
	for _, want := range []string{"\n1\t\n", "\n\t4\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("two passes do not tell %q", want)
		}
	}
}

// TestSelect protects the sentence about fields that are not there.
func TestSelect(t *testing.T) {
	for _, c := range []struct{ names, want string }{
		{"ip.src icmp.seq _ws.col.Info _ws.col.info", ""},
		{"ip.sorc", "Some fields aren't valid:\n\tip.sorc (did you mean ip.src?)"},
		{"ip.src first.of.all frame.numbre", "Some fields aren't valid:\n\tframe.numbre (did you mean frame.number?)\n\tfirst.of.all"},
		{"_ws.col.Foo", "Some fields aren't valid:\n\t_ws.col.Foo (the columns are No., Time, Source, Destination, Protocol, Length, Info)"},
		{"ip.src#1", "Some fields aren't valid:\n\tip.src#1 (did you mean ip.src?)"},
		{"x\x1b[2J", "Some fields aren't valid:\n\tx\\x1b[2J"},
	} {
		got := ""
		if _, err := Select(strings.Fields(c.names)); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: got  %q\nwant %q", c.names, got, c.want)
		}
	}
}

// TestFieldsForm protects what -E takes, as tshark takes it: of a word, the first letter.
func TestFieldsForm(t *testing.T) {
	with := func(set func(f *FieldsForm)) FieldsForm {
		f := TabSeparated
		set(&f)
		return f
	}
	for _, c := range []struct {
		option string
		want   FieldsForm
	}{
		{"header=y", with(func(f *FieldsForm) { f.Header = true })},
		{"header=yes", with(func(f *FieldsForm) { f.Header = true })},
		{"header=n", TabSeparated},
		{"bom=y", with(func(f *FieldsForm) { f.BOM = true })},
		{"separator=/t", TabSeparated},
		{"separator=/s", with(func(f *FieldsForm) { f.Separator = ' ' })},
		{"separator=,", with(func(f *FieldsForm) { f.Separator = ',' })},
		{"separator==", with(func(f *FieldsForm) { f.Separator = '=' })},
		{"separator=/", with(func(f *FieldsForm) { f.Separator = '\\' })},
		{"aggregator=/s", with(func(f *FieldsForm) { f.Aggregator = ' ' })},
		{"aggregator=;", with(func(f *FieldsForm) { f.Aggregator = ';' })},
		{"occurrence=f", with(func(f *FieldsForm) { f.Occurrence = First })},
		{"occurrence=last", with(func(f *FieldsForm) { f.Occurrence = Last })},
		{"occurrence=a", TabSeparated},
		{"quote=d", with(func(f *FieldsForm) { f.Quote = '"' })},
		{"quote=s", with(func(f *FieldsForm) { f.Quote = '\'' })},
		{"quote=n", TabSeparated},
	} {
		f := TabSeparated
		if err := f.Set(c.option); err != nil || f != c.want {
			t.Errorf("%s: %+v, %v; want %+v", c.option, f, err, c.want)
		}
	}
	for _, option := range []string{"", "header", "header=", "header=Y", "quote=x", "occurrence=2", "separator=", "separator=é", "escape=y", "=y"} {
		f := TabSeparated
		if err := f.Set(option); err == nil || f != TabSeparated {
			t.Errorf("%q is taken: %+v", option, f)
		}
	}
}

// TestFrameText protects terminals, and tshark's notation.
func TestFrameText(t *testing.T) {
	for _, c := range []struct{ name, text, tshark, json string }{
		{"plain", "a\"b'c,é", "a\"b'c,é", `"a\"b'c,é"`},
		{"controls", "\x1b[2J\t\n\r\x00\x7f\x01", `\033[2J\t\n\r\000\177\001`, `"\u001b[2J\t\n\u000d\u0000\u007f\u0001"`},
		{"a backslash", `a\b`, `a\b`, `"a\\b"`},
		{"turned and hidden", "\u202e\u009b\U000e0001", `\u202E\u009B\U000E0001`, `"\u202e\u009b\udb40\udc01"`},
		{"no UTF-8", "a\xffb", "a\ufffdb", "\"a\ufffdb\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(appendFrameText(nil, []byte(c.text))); got != c.tshark {
				t.Errorf("got %s, want %s", got, c.tshark)
			}
			got := appendJSONText(nil, []byte(c.text))
			if string(got) != c.json {
				t.Errorf("got %s, want %s", got, c.json)
			}
			var back string
			if err := json.Unmarshal(got, &back); err != nil || back != strings.ToValidUTF8(c.text, "\ufffd") {
				t.Errorf("%s reads as %q, %v", got, back, err)
			}
		})
	}
}

// TestDumpOffsets protects dumps of frames whose length needs five digits.
func TestDumpOffsets(t *testing.T) {
	for _, c := range []struct {
		length int
		first  string
	}{{1, "0000  "}, {0x10000, "0000  "}, {0x10001, "00000  "}} {
		if got := appendDump(nil, make([]byte, c.length)); !bytes.HasPrefix(got, []byte(c.first)) {
			t.Errorf("%d bytes: the dump begins with %q", c.length, got[:8])
		}
	}
}

// TestFieldList protects the glossary: every field is on one line of eight columns, some of them tshark's own.
func TestFieldList(t *testing.T) {
	var b bytes.Buffer
	if err := PrintFieldList(&b); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for line := range strings.Lines(b.String()) {
		columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if want := map[string]int{"P": 3, "F": 8}[columns[0]]; len(columns) != want {
			t.Errorf("%d columns in %q", len(columns), line)
			continue
		}
		seen[columns[2]]++
	}
	for _, f := range field.All() {
		if seen[f.Name] != 1 {
			t.Errorf("%s is there %d times", f.Name, seen[f.Name])
		}
	}
	for _, line := range []string{ // without tshark's description, the last column
		"P\tInternet Protocol Version 4\tip\n",
		"F\tTime to Live\tip.ttl\tFT_UINT8\tip\tBASE_DEC\t0x0\t\n",
		"F\tDon't fragment\tip.flags.df\tFT_BOOLEAN\tip\t8\t0x40\t\n",
		"F\tIdentification\tip.id\tFT_UINT16\tip\tBASE_HEX_DEC\t0x0\t\n",
		"F\tChecksum Status\ticmp.checksum.status\tFT_UINT8\ticmp\tBASE_NONE\t0x0\t\n",
		"F\tResponse frame\ticmp.resp_in\tFT_FRAMENUM\ticmp\t\t0x0\t\n",
		"F\tArrival Time\tframe.time\tFT_ABSOLUTE_TIME\tframe\t\t0x0\t\n",
	} {
		if !strings.Contains(b.String(), line) {
			t.Errorf("%q is not there", line)
		}
	}
	if err := PrintFieldList(fullDisk{}); err == nil {
		t.Error("a list that was not printed is taken for printed")
	}
}
