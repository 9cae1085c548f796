package bpf

import (
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	linkEthernet = 1
	linkRaw      = 101
	linkSLL2     = 276
)

// ipv4 is an IPv4 header without options around a payload: RFC 791 §3.1.
func ipv4(protocol byte, payload ...byte) []byte {
	h := []byte{0x45, 0, 0, 0, 0, 1, 0, 0, 64, protocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2}
	binary.BigEndian.PutUint16(h[2:], uint16(len(h)+len(payload)))
	return append(h, payload...)
}

// ethernet puts a header with the given types (TPID and tag alternating before the last) before a payload.
func ethernet(payload []byte, types ...uint16) []byte {
	h := []byte{2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1}
	for _, t := range types {
		h = binary.BigEndian.AppendUint16(h, t)
	}
	return append(h, payload...)
}

var (
	echo      = []byte{8, 0, 0, 0, 0, 1, 0, 1} // RFC 792: echo request, id 1, seq 1
	echoReply = []byte{0, 0, 0, 0, 0, 1, 0, 1}
	arp       = ethernet([]byte{
		0, 1, 8, 0, 6, 4, 0, 1, // RFC 826: Ethernet, IPv4, request
		2, 0, 0, 0, 0, 1, 192, 0, 2, 1,
		0, 0, 0, 0, 0, 0, 192, 0, 2, 2,
	}, 0x0806)
	ping   = ethernet(ipv4(1, echo...), 0x0800)
	pong   = ethernet(ipv4(1, echoReply...), 0x0800)
	tagged = ethernet(ipv4(1, echo...), 0x8100, 5, 0x0800)
)

// sll2 puts a LINKTYPE_LINUX_SLL2 header before an IPv4 packet, as received on interface 7.
func sll2(packet []byte) []byte {
	h := []byte{0x08, 0x00, 0, 0, 0, 0, 0, 7, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0}
	return append(h, packet...)
}

// TestMatch protects what each filter lets through on each link type, above all where x/net/bpf alone would differ from
// libpcap: the length on the wire, link types above 255, and loads beyond the captured bytes.
func TestMatch(t *testing.T) {
	tests := []struct {
		name string
		expr string
		link uint16
		data []byte
		wire int // 0: len(data)
		want bool
	}{
		{"empty matches all", "", linkEthernet, arp, 0, true},
		{"icmp", "icmp", linkEthernet, ping, 0, true},
		{"icmp on arp", "icmp", linkEthernet, arp, 0, false},
		{"icmp type", "icmp[icmptype] == icmp-echo", linkEthernet, ping, 0, true},
		{"other icmp type", "icmp[icmptype] == icmp-echo", linkEthernet, pong, 0, false},
		{"host of arp", "arp host 192.0.2.2", linkEthernet, arp, 0, true},
		{"vlan", "vlan 5 and icmp", linkEthernet, tagged, 0, true},
		{"other vlan", "vlan 6", linkEthernet, tagged, 0, false},
		{"icmp needs vlan", "icmp", linkEthernet, tagged, 0, false},
		{"raw", "icmp", linkRaw, ipv4(1, echo...), 0, true},
		{"sll2", "icmp and host 192.0.2.1", linkSLL2, sll2(ipv4(1, echo...)), 0, true},
		{"sll2 interface", "ifindex 7", linkSLL2, sll2(ipv4(1, echo...)), 0, true},
		{"sll2 other interface", "ifindex 8", linkSLL2, sll2(ipv4(1, echo...)), 0, false},
		{"length is the wire's", "greater 1000", linkEthernet, ping, 1514, true},
		{"length is the wire's, short", "less 100", linkEthernet, ping, 1514, false},
		{"length in arithmetic", "len - 42 = 1472", linkEthernet, ping, 1514, true},
		{"cut before the type", "icmp[icmptype] == icmp-echo", linkEthernet, ping[:34], 98, false},
		{"cut, negated", "not icmp[icmptype] == icmp-echo", linkEthernet, ping[:34], 98, false}, // libpcap's answer too
		{"nothing captured", "icmp", linkEthernet, nil, 98, false},
		{"division by zero", "1 / (icmp[1]) = 1", linkEthernet, ping, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Compile(tt.expr, tt.link, 0)
			if err != nil {
				t.Fatal(err)
			}
			if tt.wire == 0 {
				tt.wire = len(tt.data)
			}
			for range 2 { // the second run meets a used program
				if got := p.Match(tt.data, tt.wire); got != tt.want {
					t.Errorf("got %v, want %v", got, tt.want)
				}
			}
		})
	}
}

// TestCompileErrors protects what the user is told, in particular that a display filter comes with its translation.
func TestCompileErrors(t *testing.T) {
	tests := []struct {
		name string
		expr string
		link uint16
		want string // part of the sentence
	}{
		{"syntax", "icmp and and", linkEthernet, `The capture filter "icmp and and" can't be used: syntax error.`},
		{"display filter", "icmp.type == 8", linkEthernet, "as a capture filter it is: icmp[icmptype] == icmp-echo"},
		{"display filter without equivalent", "icmp.resp_in", linkEthernet, "give it to -Y"},
		{"unknown link type", "icmp", 65000, "65000"},
		{"live only", "inbound", linkEthernet, "inbound"},
		{"no vlan here", "vlan 5", linkRaw, "VLAN"},
		{"negation", "ip[0] = -ip[1]", linkEthernet, "write 0 - x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Compile(tt.expr, tt.link, 0)
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an *Error", err)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %.300q, want it to contain %q", err, tt.want)
			}
		})
	}
}

// TestErrorIsShort protects the terminal from a filter of a thousand hosts.
func TestErrorIsShort(t *testing.T) {
	_, err := Compile(strings.Repeat("host 192.0.2.1 or ", 1000), linkEthernet, 0)
	if err == nil || len(err.Error()) > 500 {
		t.Errorf("got %.600v", err)
	}
}

// TestTranslate protects the translations: that they are what an expert would write, and that libpcap takes them.
func TestTranslate(t *testing.T) {
	tests := []struct {
		expr    string
		want    string
		display bool
	}{
		{"icmp.type == 8", "icmp[icmptype] == icmp-echo", true},
		{"icmp.type==8 || icmp.type==0", "icmp[icmptype] == icmp-echo or icmp[icmptype] == icmp-echoreply", true},
		{"ip.addr == 192.0.2.1", "host 192.0.2.1", true},
		{"ip.addr != 192.0.2.1", "not host 192.0.2.1", true},
		{"ip.addr == 192.0.2.0/24", "net 192.0.2.0/24", true},
		{"ip.src == 192.0.2.1 and not arp", "src host 192.0.2.1 and not arp", true},
		{"!(ip.dst eq 192.0.2.1) && icmp", "not (dst host 192.0.2.1) and icmp", true},
		{"eth.addr == 02:00:00:00:00:01", "ether host 02:00:00:00:00:01", true},
		{"tcp.port == 80 or udp.port == 53", "tcp port 80 or udp port 53", true},
		{"icmpv6.type == 135", "icmp6[icmp6type] == icmp6-neighborsolicit", true},
		{"icmpv6", "icmp6", true},
		{"frame.len > 100", "len > 100", true},
		{"arp.opcode == 1", "arp[6:2] == 1", true},
		{"ip.addr > 192.0.2.1", "", true},
		{"icmp.resp_in", "", true},
		{"icmp and", "", false},
		{"host 192.0.2.1", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.expr, func(t *testing.T) {
			got, display := Translate(tt.expr)
			if got != tt.want || display != tt.display {
				t.Errorf("got %q, %v; want %q, %v", got, display, tt.want, tt.display)
			}
			if got == "" {
				return
			}
			if _, err := Compile(got, linkEthernet, 0); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestFieldsCompile protects every row of the table from typing errors.
func TestFieldsCompile(t *testing.T) {
	sample := map[string]string{"eth": "02:00:00:00:00:01", "ip": "192.0.2.1", "ipv6": "2001:db8::1"}
	for _, f := range fields {
		value := "6"
		protocol, part, _ := strings.Cut(f.name, ".")
		if part == "addr" || part == "src" || part == "dst" {
			value = sample[protocol]
		}
		if strings.HasSuffix(part, "proto_ipv4") {
			value = sample["ip"]
		}
		capture, _ := Translate(f.name + " == " + value)
		if _, err := Compile(capture, linkEthernet, 0); err != nil || capture == "" {
			t.Errorf("%s: %q: %v", f.name, capture, err)
		}
	}
}

// TestFilter protects the cache: each frame is judged by the program of its own link type, and a link type that the filter
// makes no sense for is an error each time.
func TestFilter(t *testing.T) {
	f, err := New("icmp or vlan", 0)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if ok, err := f.Match(linkEthernet, ping, len(ping)); !ok || err != nil {
			t.Errorf("ethernet: got %v, %v", ok, err)
		}
		if ok, err := f.Match(linkRaw, ipv4(1, echo...), 28); ok || err == nil {
			t.Errorf("raw: got %v, %v, want an error", ok, err)
		}
	}
	if len(f.all) != 2 {
		t.Errorf("%d link types compiled, want 2", len(f.all))
	}
	if _, err := New("icmp and and", 0); err == nil {
		t.Error("a filter wrong everywhere was accepted")
	}
}

// TestMatchAllocates protects the price of a frame.
func TestMatchAllocates(t *testing.T) {
	p, err := Compile("icmp and greater 60", linkEthernet, 0)
	if err != nil {
		t.Fatal(err)
	}
	wire := 60
	if n := testing.AllocsPerRun(1000, func() {
		p.Match(ping, wire)
		wire ^= 1 // two lengths in turn
	}); n != 0 {
		t.Errorf("%v allocations a frame, want 0", n)
	}
}

// TestAgainstTcpdump protects the whole of it: the same filter on the same file counts the same frames as tcpdump's.
func TestAgainstTcpdump(t *testing.T) {
	tcpdump, err := exec.LookPath("tcpdump")
	if err != nil {
		t.Skip("tcpdump is not installed")
	}
	frames := []struct {
		data []byte
		wire int
	}{
		{ping, len(ping)}, {pong, len(pong)}, {arp, len(arp)}, {tagged, len(tagged)},
		{ping, 1514}, {ping[:30], 98}, {ping[:13], 98}, {nil, 60},
		{ethernet(ipv4(17, 0, 53, 0, 99, 0, 8, 0, 0), 0x0800), 42},
		{ethernet(ipv4(6, make([]byte, 20)...), 0x0800), 54},
	}
	file := make([]byte, 24)
	copy(file, "\xd4\xc3\xb2\xa1\x02\x00\x04\x00")
	binary.LittleEndian.PutUint32(file[16:], 262144)
	file[20] = linkEthernet
	for _, f := range frames {
		file = append(file, make([]byte, 8)...)
		file = binary.LittleEndian.AppendUint32(file, uint32(len(f.data)))
		file = binary.LittleEndian.AppendUint32(file, uint32(f.wire))
		file = append(file, f.data...)
	}
	path := filepath.Join(t.TempDir(), "frames.pcap")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, expr := range []string{
		"", "icmp", "not icmp", "arp", "arp or icmp", "ip", "udp port 53", "tcp", "vlan", "icmp or (vlan and icmp)", "less 60",
		"greater 100", "len % 2 == 0", "ether[0] & 1 == 0", "host 192.0.2.1", "src net 192.0.0.0/16", "ip[8] > 60",
		"icmp[icmptype] != icmp-echo", "ether proto 0x0806", "not greater 100 and ip proto 17", "ether broadcast or ether multicast",
	} {
		t.Run(expr, func(t *testing.T) {
			out, err := exec.Command(tcpdump, "-nn", "-t", "-r", path, expr).Output()
			p, ours := Compile(expr, linkEthernet, 0)
			if (err == nil) != (ours == nil) {
				t.Fatalf("tcpdump: %v; ours: %v", err, ours)
			}
			if ours != nil {
				return
			}
			count := 0
			for _, f := range frames {
				if p.Match(f.data, f.wire) {
					count++
				}
			}
			if want := strings.Count(string(out), "\n"); count != want {
				t.Errorf("%d frames match, tcpdump prints %d", count, want)
			}
		})
	}
}

func BenchmarkMatch(b *testing.B) {
	p, err := Compile("icmp or arp", linkEthernet, 0)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		p.Match(ping, len(ping))
	}
}

// FuzzCompile protects against expressions and frames that panic.
func FuzzCompile(f *testing.F) {
	f.Add("icmp and len > 5", uint16(linkEthernet), ping)
	f.Add("icmp.type == 8 or !(ip.src==1.1.1.1)", uint16(linkRaw), arp)
	f.Add("-ip[0] = 0 or ether[4294963200] = 0", uint16(linkEthernet), ping)
	f.Fuzz(func(t *testing.T, expr string, link uint16, data []byte) {
		if strings.ContainsAny(expr, "abcdfghjklmnoqrstuvwxyz\x00") && len(expr) > 40 {
			return // long words would be looked up as hosts
		}
		Translate(expr)
		p, err := Compile(expr, link, 0)
		if err == nil {
			p.Match(data, len(data))
		}
	})
}
