package main

import (
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/icmpsniff/icmpsniff/decode"
)

// hostileText would clear the screen, turn the text around, forge a line, and end a string, a cell and a record. It begins as a
// formula does.
const hostileText = "=1+a|`b\x1b[2J\u202e\u2066\u009b\x7f\r\n!  1.0 ARP: \xff\xc3(\u2028\ufeff\",'"

// obeyed returns what a terminal would obey, or not know how to show, in a text, with what stands around it.
func obeyed(text string) string {
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 || r != '\n' && r != '\t' && !strconv.IsPrint(r) {
			return text[max(0, i-40):min(len(text), i+40)]
		}
	}
	return ""
}

// TestNothingObeyed protects terminals, and readers of JSON, CSV and Markdown, from whatever stands in a capture and in the
// name of its file: in every format it is printed as text.
func TestNothingObeyed(t *testing.T) {
	path := filepath.Join(t.TempDir(), hostileText+".pcapng")
	if err := os.WriteFile(path, hostileCapture(), 0o644); err != nil {
		t.Fatal(err)
	}
	fields := []string{"-T", "fields"}
	for _, name := range []string{"frame.number", "frame.interface_name", "frame.interface_description", "frame.comment", "dns.qry.name", "dns.resp.name", "data.data", "_ws.col.Info"} {
		if sniff(t, "-r", path, "-T", "fields", "-e", name).status != statusUsage {
			fields = append(fields, "-e", name)
		}
	}
	for _, format := range [][]string{
		{}, {"--all"}, {"-2", "--all"}, {"-V", "--all"}, {"-P", "-V", "-x", "--all"}, {"-xx", "--all"}, {"-O", "icmp,icmpv6,dns", "--all"},
		{"-T", "json", "--all"}, {"-T", "ek", "--all"}, {"-T", "jsonl", "--all"}, {"-T", "jsonl", "--all", "-e", "frame.interface_name", "-e", "_ws.col.Info"},
		{"-T", "json", "--all", "-e", "frame.interface_name", "-e", "_ws.col.Info"}, {"-T", "ek", "--all", "-e", "frame.interface_name", "-e", "_ws.col.Info"},
		append([]string{"--all"}, fields...), append([]string{"--all", "-E", "separator=,", "-E", "quote=d", "-E", "header=y"}, fields...),
		{"-q", "--report", "table"}, {"-q", "--report", "json"}, {"-q", "--report", "csv"}, {"-q", "--report", "markdown"},
		{"-z", "icmp,srt,frame contains \"1+a\u202e\x1b[2J\""},
	} {
		t.Run(strings.Join(format, " "), func(t *testing.T) {
			got := sniff(t, append([]string{"-n", "-r", path}, format...)...)
			if got.status != statusInput { // the capture is cut short, so that its name is in a sentence on standard error
				t.Errorf("status %d: %s", got.status, got.stderr)
			}
			if !strings.Contains(got.stdout, "1+a") {
				t.Error("nothing hostile was printed: the test tests nothing")
			}
			for where, text := range map[string]string{"standard output": got.stdout, "standard error": got.stderr} {
				if bad := obeyed(text); bad != "" {
					t.Errorf("on %s %q is printed", where, bad)
				}
				for line := range strings.Lines(text) {
					if strings.HasPrefix(line, "!  1.0") {
						t.Errorf("on %s a line is forged: %q", where, line)
					}
				}
			}
			switch last := format[max(0, len(format)-1):]; {
			case slices.Contains(last, "markdown"):
				checkMarkdown(t, got.stdout)
			case slices.Contains(last, "csv"):
				checkCSV(t, got.stdout)
			case slices.Contains(format, "json"):
				if !json.Valid([]byte(got.stdout)) {
					t.Errorf("no JSON: %s", got.stdout)
				}
			case slices.Contains(format, "ek"), slices.Contains(format, "jsonl"):
				for line := range strings.Lines(got.stdout) {
					if !json.Valid([]byte(line)) {
						t.Errorf("no JSON: %s", line)
					}
				}
			}
		})
	}
}

// TestMistakesAreNotObeyed protects terminals from the words of the command line, which a script may have taken from anywhere.
func TestMistakesAreNotObeyed(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(committed, "ping.pcap")
	for _, args := range [][]string{
		{"-r", hostileText}, {"-r", dir + "/" + hostileText}, {"./" + hostileText}, {"-r", file, "-Y", hostileText}, {"-r", file, "-f", hostileText}, {"-r", file, hostileText, hostileText},
		{"-r", file, "-T", hostileText}, {"-r", file, "-T", "fields", "-e", hostileText}, {"-r", file, "-T", "fields", "-e", "ip.src", "-E", hostileText},
		{"-r", file, "-z", hostileText}, {"-r", file, "-z", "icmp,srt," + hostileText}, {"-r", file, "--report", hostileText},
		{"-r", file, "--report", "json:" + dir + "/none/" + hostileText}, {"-r", file, "-t", hostileText}, {"-r", file, "-a", hostileText}, {"-r", file, "-a", "duration:" + hostileText},
		{"-r", file, "--color", hostileText}, {"-r", file, "-N", hostileText}, {"-r", file, "-c", hostileText}, {"-r", file, "--timeout", hostileText},
		{"-r", file, "-G", hostileText}, {"--" + hostileText}, {"-\x1b"}, {"-i", hostileText}, {"-i", "lo", "-y", hostileText}, {"-i", "lo", "-f", hostileText}, {"-r", file, "-O", hostileText, "-V", "-c", "1"},
	} {
		got := sniff(t, args...)
		if bad := obeyed(got.stdout + got.stderr); bad != "" {
			t.Errorf("icmpsniff %q prints %q", args, bad)
		}
		for line := range strings.Lines(got.stderr) {
			if strings.HasPrefix(line, "!  1.0") {
				t.Errorf("icmpsniff %q forges a line: %q", args, line)
			}
		}
	}
}

// TestAllLinkTypes protects the report from a file in which every frame is of another link type.
func TestAllLinkTypes(t *testing.T) {
	var links linkTypes
	for range 2 {
		for link := range 1 << 16 {
			links.see(&decode.Frame{Link: uint16(link)})
		}
	}
	if got := links.String(); !strings.HasSuffix(got, " and 65528 more") || len(got) > 200 {
		t.Errorf("the link types are %q", got)
	}
}

// checkMarkdown looks for rows of tables with more or fewer cells than the row before.
func checkMarkdown(t *testing.T, text string) {
	t.Helper()
	cells := 0
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "|") {
			cells = 0
			continue
		}
		n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
		if cells > 0 && n != cells {
			t.Errorf("a row has %d bars, the one before %d: %s", n, cells, line)
		}
		cells = n
	}
}

// checkCSV looks for cells that a spreadsheet would compute.
func checkCSV(t *testing.T, text string) {
	t.Helper()
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	records, err := in.ReadAll()
	if err != nil {
		t.Errorf("no CSV: %v", err)
	}
	for _, record := range records {
		for _, cell := range record {
			if _, err := strconv.ParseFloat(cell, 64); err != nil && cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("%q is a formula", cell)
			}
		}
	}
}

// hostileCapture is a pcapng file, cut short, with hostileText wherever text can stand: of the file, of its interface, and of
// packets' names and payloads.
func hostileCapture() []byte {
	var b []byte
	b = appendBlock(b, 0x0A0D0D0A, binary.LittleEndian.AppendUint64([]byte{0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0}, ^uint64(0)), 2, 3, 4, 1)
	b = appendBlock(b, 1, []byte{101, 0, 0, 0, 0, 0, 0, 0}, 2, 3, 12, 15, 1) // raw IP; name, description, system, hardware, comment
	label := append([]byte{byte(len(hostileText))}, hostileText...)
	name := slices.Concat(label, label, []byte{0})
	const v4, v6 = "\xc0\x00\x02\x01\xc0\x00\x02\x02", "\xfe\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\xfe\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02"
	ip4 := func(protocol byte, body []byte) []byte {
		n := 20 + len(body)
		return append([]byte("\x45\x00"+string([]byte{byte(n >> 8), byte(n)})+"\x00\x01\x00\x00\x40"+string([]byte{protocol})+"\x00\x00"+v4), body...)
	}
	ip6 := func(next byte, body []byte) []byte {
		return append([]byte("\x60\x00\x00\x00"+string([]byte{byte(len(body) >> 8), byte(len(body)), next})+"\xff"+v6), body...)
	}
	udp := func(port byte, body []byte) []byte {
		return append([]byte{0x80, 0, 0, port, byte((8 + len(body)) >> 8), byte(8 + len(body)), 0, 0}, body...)
	}
	question := slices.Concat([]byte("\x00\x01\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00"), name, []byte("\x00\x0c\x00\x01\xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x00"), []byte{byte(len(name) >> 8), byte(len(name))}, name)
	echo := append([]byte("\x08\x00\x00\x00\x00\x01\x00\x01"), hostileText...)
	// A time exceeded message with an interface that has a name (RFC 4884 §7, RFC 5837 §4).
	object := append([]byte{0, byte(5 + len(hostileText)), 2, 0x02, byte(1 + len(hostileText))}, hostileText...)
	extension := append([]byte{0x20, 0, 0, 0}, object...)
	exceeded := slices.Concat([]byte("\x0b\x00\x00\x00\x00\x20\x00\x00"), append(ip4(1, echo), make([]byte, 128)...)[:128], extension)
	node := slices.Concat([]byte("\x8c\x00\x00\x00\x00\x02\x00\x00noncenon\x00\x00\x00\x00"), name)
	for i, packet := range [][]byte{ip4(17, udp(53, question)), ip4(1, echo), ip4(1, exceeded), ip6(58, append([]byte("\x8b\x01\x00\x00\x00\x02\x00\x00noncenon"), name...)), ip6(58, node)} {
		if packet[0] == 0x45 {
			binary.BigEndian.PutUint16(packet[10:], decode.Checksum(packet[:20], 0))
		}
		body := binary.LittleEndian.AppendUint32(make([]byte, 8, 20+len(packet)), uint32(i)*300_000)
		body = binary.LittleEndian.AppendUint32(body, uint32(len(packet)))
		body = append(binary.LittleEndian.AppendUint32(body, uint32(len(packet))), packet...)
		b = appendBlock(b, 6, append(body, make([]byte, -len(packet)&3)...), 1)
	}
	return append(b, 6, 0, 0, 0)
}

// appendBlock appends a block of pcapng whose options, by their codes, are hostileText.
func appendBlock(dst []byte, kind uint32, body []byte, options ...uint16) []byte {
	for _, code := range options {
		body = binary.LittleEndian.AppendUint16(body, code)
		body = append(binary.LittleEndian.AppendUint16(body, uint16(len(hostileText))), hostileText...)
		body = append(body, make([]byte, -len(hostileText)&3)...)
	}
	dst = binary.LittleEndian.AppendUint32(dst, kind)
	dst = append(binary.LittleEndian.AppendUint32(dst, uint32(12+len(body))), body...)
	return binary.LittleEndian.AppendUint32(dst, uint32(12+len(body)))
}
