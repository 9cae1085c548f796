package report

import (
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// TestAmplification protects memory and terminals from frames that print as much more than they are: what is printed of a frame is
// bounded by its length.
func TestAmplification(t *testing.T) {
	label := append([]byte{63}, make([]byte, 63)...) // of NULs, which are printed as \x00
	questions := append([]byte("\x00\x01\x00\x00\xff\xff\x00\x00\x00\x00\x00\x00"), label...)
	for len(questions) < 65_400 {
		questions = append(questions, 0xc0, 12, 0, 1, 0, 1) // the label again, and then this pointer again, without end
	}
	records := append([]byte{0x22, 0, 0, 0, 0, 0, 0x1f, 0xff}, make([]byte, 65_400)...)
	tags := append(make([]byte, 12), 0x81, 0)
	for range 16_000 {
		tags = append(tags, 0, 1, 0x81, 0)
	}
	for _, c := range []struct {
		name  string
		link  uint16
		frame []byte
	}{
		{"a DNS name without end, 10,000 times", 101, rawIPv4(17, append([]byte{0x80, 0, 0, 53, 0, 0, 0, 0}, questions...))},
		{"an IGMP report of 8,000 groups", 101, rawIPv4(2, records)},
		{"an echo request of 64 KiB", 101, rawIPv4(1, append([]byte{8, 0, 0, 0, 0, 1, 0, 1}, make([]byte, 65_400)...))},
		{"16,000 VLAN tags", 1, tags},
	} {
		p := decode.Packet{Frame: decode.Frame{Number: 1, Data: c.frame, Length: len(c.frame), Link: c.link, HasTime: true}}
		decode.New().Decode(&p)
		var s field.Subject
		s.Set(&p, nil)
		for name, form := range allForms(t) {
			// Of a DNS label's byte, three forms in JSON print \u0000, some of them twice; a tree indents.
			if n := len(form.Append(nil, &s)); n > 100*len(c.frame) {
				t.Errorf("%s: %d bytes are printed as %s of a frame of %d", c.name, n, name, len(c.frame))
			}
			if n := len(form.Append(nil, &s)); name == "lines" && n > maxInfo+200 {
				t.Errorf("%s: a line has %d bytes", c.name, n)
			}
		}
	}
}

// TestInfoIsCut protects characters at the end of a line that is full.
func TestInfoIsCut(t *testing.T) {
	for text, want := range map[string]string{"abcd": "abcd", "abcde": "abcd", "abcé": "abc", "abé!": "abé", "측정": "측", "a\U00010348": "a"} {
		if got := string(cutText([]byte(text), 4)); got != want {
			t.Errorf("%s is cut to %s, want %s", text, got, want)
		}
	}
}

// rawIPv4 is a datagram from 192.0.2.1 to 192.0.2.2; the length of UDP, if it is that, is filled in.
func rawIPv4(protocol byte, body []byte) []byte {
	if protocol == 17 {
		body[4], body[5] = byte(len(body)>>8), byte(len(body))
	}
	n := 20 + len(body)
	header := []byte{0x45, 0, byte(n >> 8), byte(n), 0, 1, 0, 0, 64, protocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2}
	return append(header, body...)
}
