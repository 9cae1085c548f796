package explain

import (
	"encoding/binary"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// TestStories protects every sentence and every drawing that a class reads.
func TestStories(t *testing.T) {
	for _, name := range []string{
		"ping-by-name", "ping-by-name-unknown", "ping-nobody", "ping-fragments", "ping6-routed", "ping-late", "ping-sweep",
		"arping-probe-conflict", "arp-poisoned", "ipv6-boot", "nd-conflict",
		"host-unreachable", "redirect", "path-mtu", "traceroute-udp", "nat-errors-inside", "timestamp-stamped", "igmpv2",
	} {
		for _, language := range languages {
			t.Run(name+"/"+language, func(t *testing.T) {
				golden(t, name+"."+language+".txt", told(t, name, Options{Language: language}))
			})
		}
	}
}

// TestHeaders protects the drawings of headers.
func TestHeaders(t *testing.T) {
	for _, name := range []string{"host-unreachable", "ping6-routed", "igmpv3", "timestamp-stamped"} {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".headers.txt", told(t, name, Options{Language: "en", Headers: true}))
		})
	}
}

// TestLinesFit protects the reader at a terminal of 80 columns, in both languages and of any capture: no line is longer, every
// sentence and argument is there, and nothing but text is printed.
func TestLinesFit(t *testing.T) {
	unsaid := regexp.MustCompile(`\{[^}]*\}`)
	files, err := filepath.Glob(filepath.Join(captures, "*.pcap"))
	if err != nil || len(files) < 100 {
		t.Fatalf("%d captures, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".pcap")
		for _, language := range languages {
			text := string(told(t, name, Options{Language: language, Headers: true}))
			for line := range strings.Lines(text) {
				line = strings.TrimSuffix(line, "\n")
				if width(line) > columns || strings.TrimRight(line, " ") != line {
					t.Errorf("%s, %s: %d columns, or blanks at the end: %q", name, language, width(line), line)
				}
				if unsaid.MatchString(line) {
					t.Errorf("%s, %s: something was not said: %q", name, language, line)
				}
				for _, r := range line {
					if r < ' ' || r >= 0x7f && r <= 0x9f {
						t.Errorf("%s, %s: prints %U", name, language, r)
					}
				}
			}
		}
	}
}

// TestRouteIsSeen protects the heart of the lesson: the flow of a ping by name through a gateway is told in order, each step with
// its frame, in both languages.
func TestRouteIsSeen(t *testing.T) {
	for language, steps := range map[string][]string{
		"en": {"Frame 1 ", "ARP request", "Frame 2 ", "ARP reply", "Frame 3 ", "DNS query", "Frame 4 ", "DNS response", "Frame 5 ", "who has 192.0.2.1 ",
			"Frame 7 ", "is in another subnet, and 192.0.2.1 is the gateway", "Frame 8 ", "echo reply", "Frames 9-14", "all answered", "4 sent, 4 received, 0 lost"},
		"ko": {"프레임 1 ", "ARP 요청", "프레임 2 ", "ARP 응답", "프레임 3 ", "DNS 질의", "프레임 4 ", "DNS 응답", "프레임 5 ", "192.0.2.1의 MAC 주소를 묻습니다",
			"프레임 7 ", "192.0.2.1이 게이트웨이(다음 홉)입니다", "프레임 8 ", "에코 응답", "프레임 9-14", "모두 응답됨", "보냄 4, 받음 4, 손실 0"},
	} {
		text := strings.Join(strings.Fields(string(told(t, "ping-by-name", Options{Language: language}))), " ")
		rest := text
		for _, s := range steps {
			_, after, found := strings.Cut(rest, s)
			if !found {
				t.Errorf("%s: %q is missing, or not in order", language, s)
				continue
			}
			rest = after
		}
	}
}

// TestStillThere protects what is told of neighbors that are only asked whether they are still there: they need not tell their MAC
// address again, and the story knows it from the frame.
func TestStillThere(t *testing.T) {
	for name, want := range map[string]string{
		"nd-failover": "answers: I am still here", // an answer without a MAC address
		"nd-conflict": "is at 02:00:c0:00:02:0c",  // one with
	} {
		text := strings.Join(strings.Fields(string(told(t, name, Options{Language: "en"}))), " ")
		if !strings.Contains(text, want) || strings.Contains(text, "is at ?") {
			t.Errorf("%s: %q is missing, or a MAC address is not known:\n%s", name, want, text)
		}
	}
}

// TestStoryIsBounded protects a story that goes on for weeks, or that a flood tells: what it remembers has a limit.
func TestStoryIsBounded(t *testing.T) {
	s, err := New(Options{Language: "en", Tracker: track.New(track.Options{})})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 * maxKnown {
		st := &step{key: stepKey{kind: "echo", number: uint32(n)}}
		if s.known(st.key) {
			t.Fatalf("step %d was not told before", n)
		}
		if len(s.told) > maxKnown {
			t.Fatalf("%d steps are remembered", len(s.told))
		}
	}
	p := &decode.Packet{}
	for n := range 3 * maxRuns {
		if s.full(0) {
			s.flush(nil)
		}
		s.repeat(&step{key: stepKey{kind: "echo", number: uint32(n)}}, p)
		if len(s.runs) > maxRuns {
			t.Fatalf("%d runs are gathered", len(s.runs))
		}
	}
}

// TestPatience protects who watches a ping live: now and then something is told, though nothing new happens.
func TestPatience(t *testing.T) {
	for _, c := range []struct {
		name     string
		patience time.Duration
		want     int
	}{{"on a file", 0, 1}, {"live", 3 * time.Second, 3}} {
		t.Run(c.name, func(t *testing.T) {
			text := story(t, &pings{left: 10}, Options{Language: "en", Patience: c.patience})
			if got := strings.Count(string(text), "more request"); got != c.want {
				t.Errorf("told %d times, want %d:\n%s", got, c.want, text)
			}
		})
	}
}

// pings is a source of echo requests, one each second.
type pings struct{ left, sent int }

func (p *pings) Next(f *decode.Frame) error {
	if p.sent == p.left {
		return io.EOF
	}
	b := []byte{0x45, 0, 0, 28, 0, byte(p.sent), 0, 0, 64, 1, 0, 0, 192, 0, 2, 11, 192, 0, 2, 12, 8, 0, 0, 0, 0, 1, 0, byte(p.sent)}
	binary.BigEndian.PutUint16(b[22:], decode.Checksum(b[20:], 0))
	*f = decode.Frame{Number: uint64(p.sent + 1), Time: int64(p.sent) * int64(time.Second), HasTime: true, Digits: 6, Length: len(b), Data: b, Link: 101}
	p.sent++
	return nil
}
