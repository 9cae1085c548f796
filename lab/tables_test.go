package lab

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

const committed = "../testdata/pcaps"

// Every entry of the tables is recorded with all its answers, nothing else lies around, and all of it stays small.
func TestCommittedCaptures(t *testing.T) {
	const sumLimit = 2 << 20
	want := []string{"README.md"}
	names := map[string]string{}
	for _, s := range Scenarios() {
		names[s.Name] = s.file()
	}
	for _, v := range Variants() {
		if names[v.From] == "" {
			t.Errorf("%s is made from %q, which is no scenario", v.File, v.From)
		}
		names[captureName(v.File)] = v.File
	}
	if len(names) != len(Scenarios())+len(Variants()) {
		t.Error("two captures have one name")
	}
	for name, file := range names {
		if !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(name) {
			t.Errorf("name %q: want lower case with dashes", name)
		}
		want = append(want, file, name+".txt", name+".tshark", name+".tshark-2")
	}
	entries, err := os.ReadDir(committed)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	var sum int64
	for _, e := range entries {
		got = append(got, e.Name())
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if captureName(e.Name()) != "" && info.Size() > sizeLimit {
			t.Errorf("%s has %d bytes, over the limit of %d", e.Name(), info.Size(), sizeLimit)
		}
		sum += info.Size()
	}
	for _, name := range want {
		if !slices.Contains(got, name) {
			t.Errorf("missing: %s", name)
		}
	}
	for _, name := range got {
		if !slices.Contains(want, name) {
			t.Errorf("made by nothing in the tables: %s", name)
		}
	}
	if sum > sumLimit {
		t.Errorf("all files have %d bytes, over the limit of %d", sum, sumLimit)
	}
}

// The list of captures must be the tables'.
func TestCommittedReadme(t *testing.T) {
	got, err := os.ReadFile(filepath.Join(committed, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != Readme() {
		t.Error("testdata/pcaps/README.md is not what the tables say; run go run ./lab/make -oracle")
	}
}

// Every step must name a host of the lab, so that a misspelt table fails here and not after a minute of recording.
func TestStepsParse(t *testing.T) {
	for _, s := range Scenarios() {
		for _, text := range slices.Concat(s.Setup, s.Tools, s.Stalled) {
			step, err := parseStep(text)
			if err != nil || !slices.Contains(hostNames, step.host) {
				t.Errorf("%s: step %q: host %q, %v", s.Name, text, step.host, err)
			}
		}
		if host, device, ok := strings.Cut(s.At, ":"); !ok || device == "" || !slices.Contains(hostNames, host) {
			t.Errorf("%s: taken at %q, want host:interface", s.Name, s.At)
		}
	}
}

func TestParseStep(t *testing.T) {
	for _, c := range []struct {
		name, text, prompt string
		beside, bad        bool
	}{
		{name: "the usual host goes without saying", text: "h1: ping -c 1 ::1", prompt: "$ ping -c 1 ::1"},
		{name: "another host", text: "r1: ip route", prompt: "$ ip route  # on r1"},
		{name: "beside the next", text: "h1: ping a &", prompt: "$ ping a", beside: true},
		{name: "no host", text: "ping", bad: true},
		{name: "no command", text: "h1: ", bad: true},
		{name: "nothing but the sign", text: "h1: &", bad: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := parseStep(c.text)
			if (err != nil) != c.bad {
				t.Fatalf("error %v", err)
			}
			if err == nil && (s.prompt() != c.prompt || s.beside != c.beside) {
				t.Errorf("got %q beside %v", s.prompt(), s.beside)
			}
		})
	}
}

// Ethernet headers for frames: to h2 from h1.
var (
	ethernetIPv4 = []byte{2, 0, 0xc0, 0, 2, 12, 2, 0, 0xc0, 0, 2, 11, 0x08, 0x00}
	ethernetARP  = []byte{2, 0, 0xc0, 0, 2, 12, 2, 0, 0xc0, 0, 2, 11, 0x08, 0x06}
)

func frame(header []byte, payload ...byte) []byte { return slices.Concat(header, payload) }

// What goes onto a trunk must come off it unchanged, and look as the standards say in between.
func TestEncapsulations(t *testing.T) {
	echo := frame(ethernetIPv4, append([]byte{0x45}, make([]byte, 59)...)...)
	arp := frame(ethernetARP, make([]byte, 28)...)
	for _, c := range []struct {
		name   string
		e      Encapsulation
		in     []byte
		prefix []byte // of the wrapped frame, after the MAC addresses
	}{
		{"802.1Q", vlan(10), echo, []byte{0x81, 0x00, 0, 10, 0x08, 0x00, 0x45}},
		{"802.1ad around 802.1Q", stacked(serviceTag(100), vlan(10)), echo, []byte{0x88, 0xa8, 0, 100, 0x81, 0x00, 0, 10, 0x08, 0x00}},
		{"IP in IP", ipTunnel(4, etherIPv4), echo, []byte{0x08, 0x00, 0x45, 0, 0, 80, 0, 0, 0x40, 0, 64, 4}},
		{"ARP beside IP in IP", ipTunnel(4, etherIPv4), arp, arp[12:]},
		{"GRE", greEthernet(), arp, []byte{0x08, 0x00, 0x45, 0, 0, 66, 0, 0, 0x40, 0, 64, 47}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wrapped := c.e.Push(c.in)
			if !bytes.HasPrefix(wrapped[12:], c.prefix) {
				t.Errorf("wrapped: % x\nwant     % x", wrapped[12:12+len(c.prefix)], c.prefix)
			}
			if got := c.e.Pop(wrapped); !bytes.Equal(got, c.in) {
				t.Errorf("unwrapped: % x\nwant       % x", got, c.in)
			}
		})
	}
	if vlan(10).Pop(echo) != nil || stacked(serviceTag(100), vlan(10)).Pop(echo) != nil || greEthernet().Pop(arp) != nil {
		t.Error("a frame that nobody wrapped came off a trunk")
	}
}

// The sum over a header with its checksum is all ones (RFC 1071).
func TestOuterHeaderChecksum(t *testing.T) {
	for _, size := range []int{0, 84, 65515} {
		sum, h := 0, outerHeader(4, size)
		for i := 0; i < len(h); i += 2 {
			sum += int(h[i])<<8 | int(h[i+1])
		}
		if sum = sum&0xffff + sum>>16; sum&0xffff+sum>>16 != 0xffff {
			t.Errorf("payload of %d bytes: header sums to %#x", size, sum)
		}
	}
}

// The kernel hands VLAN tags over beside the frame; a line that lost them would untag whatever it carries.
func TestRestore(t *testing.T) {
	control := func(status byte, length int) []byte {
		data := make([]byte, length)
		copy(data, []byte{status, 0, 0, 0, 12: 0, 0, 0, 0, 10, 0, 0x00, 0x81}) // TCI 10, TPID 0x8100, little endian
		return unixControl(data)
	}
	untagged := frame(ethernetIPv4, 0x45)
	tagged := vlan(10).Push(untagged)
	for _, c := range []struct {
		name    string
		control []byte
		want    []byte
	}{
		{"tagged", control(unix.TP_STATUS_VLAN_VALID|unix.TP_STATUS_VLAN_TPID_VALID, 20), tagged},
		{"untagged", control(0, 20), untagged},
		{"short", control(unix.TP_STATUS_VLAN_VALID|unix.TP_STATUS_VLAN_TPID_VALID, 19), untagged},
		{"none", nil, untagged},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := restore(untagged, c.control); !bytes.Equal(got, c.want) {
				t.Errorf("got % x", got)
			}
		})
	}
}

// unixControl wraps data in a control message as the kernel would.
func unixControl(data []byte) []byte {
	b := make([]byte, unix.CmsgSpace(len(data)))
	copy(b, []byte{byte(unix.CmsgLen(len(data))), 8: byte(unix.SOL_PACKET & 0xff), byte(unix.SOL_PACKET >> 8), 12: unix.PACKET_AUXDATA})
	copy(b[unix.CmsgLen(0):], data)
	return b
}

func TestCaptureName(t *testing.T) {
	for file, want := range map[string]string{
		"ping.pcap": "ping", "a/ping-gzip.pcapng.gz": "ping-gzip", "x.pcap.zst": "x", "ping.txt": "", "ping.tshark": "", "README.md": "",
	} {
		if got := captureName(file); got != want {
			t.Errorf("captureName(%q) = %q, want %q", file, got, want)
		}
	}
}
