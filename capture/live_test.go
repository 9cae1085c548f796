package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/gopacket/pcap"
)

// openLoopback captures UDP to port on lo, or skips the test where that is not allowed.
func openLoopback(t *testing.T, port int) *Live {
	t.Helper()
	l, err := OpenLive(LiveOptions{Interface: "lo", Filter: fmt.Sprintf("udp dst port %d", port), Immediate: true})
	var le *LiveError
	if errors.As(err, &le) && (le.Kind == NoPermission || le.Kind == NoInterface) {
		t.Skip("cannot capture on lo: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// talk gives a socket on loopback, the port it sends to, and a way to send.
func talk(t *testing.T) (port int, send func(payload string)) {
	t.Helper()
	sink, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Skip("no loopback: ", err)
	}
	t.Cleanup(func() { sink.Close() })
	conn, err := net.Dial("udp4", sink.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return sink.LocalAddr().(*net.UDPAddr).Port, func(payload string) {
		if _, err := conn.Write([]byte(payload)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLive protects a whole live capture: the filter, times in nanoseconds, deadlines, numbers, Stop and the kernel's count.
func TestLive(t *testing.T) {
	port, send := talk(t)
	l := openLoopback(t, port)
	_, other := talk(t) // must not be seen
	began := time.Now().UnixNano()
	var f Frame
	if err := l.NextBefore(&f, time.Now()); err != ErrTimeout {
		t.Fatalf("before any frame: got %v, want ErrTimeout", err)
	}
	for i := range 3 {
		other("not this")
		payload := fmt.Sprintf("frame %d", i)
		send(payload)
		if err := l.NextBefore(&f, time.Now().Add(5*time.Second)); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasSuffix(f.Data, []byte(payload)) || f.Number != uint64(i+1) || f.Link != 1 || f.Length != len(f.Data) || !f.HasTime {
			t.Errorf("got %+v, want frame %d ending in %q", f, i+1, payload)
		}
		if f.Time < began || f.Time > time.Now().UnixNano() {
			t.Errorf("frame %d came at %d, before the test began or after now", f.Number, f.Time)
		}
	}
	if f.Digits != 9 {
		t.Errorf("got %d digits, want 9", f.Digits)
	}
	send("last")
	l.Stop()
	l.Stop()
	got, err := drain(l)
	if err != nil || len(got) != 1 {
		t.Errorf("after Stop: got %v, %v; want the last frame and the clean end", got, err)
	}
	if s := l.Stats(); !s.Known || s.Received < 4 || s.Dropped != 0 {
		t.Errorf("got stats %+v", s)
	}
	l.Close()
	if err := l.Next(&f); err != io.EOF {
		t.Errorf("after Close: got %v", err)
	}
	if s := l.Stats(); s.Received < 4 {
		t.Errorf("after Close: got stats %+v", s)
	}
}

// TestLiveFilterFromTheStart protects users from frames that reached the buffer between opening and filtering.
func TestLiveFilterFromTheStart(t *testing.T) {
	port, send := talk(t)
	openLoopback(t, port) // skips where capturing is not allowed
	_, other := talk(t)
	o := LiveOptions{Interface: "lo", Filter: fmt.Sprintf("udp dst port %d", port), Immediate: true}
	h, err := activate(o)
	if err != nil {
		t.Fatal(err)
	}
	for range 10 { // few enough for the buffer
		other("too early")
	}
	l, err := start(o, h)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	send("wanted")
	var f Frame
	if err := l.NextBefore(&f, time.Now().Add(5*time.Second)); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(f.Data, []byte("wanted")) {
		t.Errorf("got a frame that the filter does not let through: %q", f.Data)
	}
}

// TestLiveErrors protects what a user reads whose command line was wrong.
func TestLiveErrors(t *testing.T) {
	openLoopback(t, 9) // skips where capturing is not allowed
	for _, tt := range []struct {
		name string
		o    LiveOptions
		kind LiveKind
		want string
	}{
		{"no such interface", LiveOptions{Interface: "nosuch0"}, NoInterface, `There is no interface "nosuch0"; there are: `},
		{"bad filter", LiveOptions{Interface: "lo", Filter: "icmp and and"}, BadFilter, "syntax error"},
		{"bad link type", LiveOptions{Interface: "lo", LinkType: "IEEE802_11"}, BadLinkType, "IEEE802_11"},
		{"no monitor mode", LiveOptions{Interface: "lo", Monitor: true}, NoMonitor, "monitor"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, err := OpenLive(tt.o)
			if err == nil {
				l.Close()
			}
			var le *LiveError
			if !errors.As(err, &le) || le.Kind != tt.kind || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want kind %d and %q", err, tt.kind, tt.want)
			}
		})
	}
}

// TestLiveAny protects the pseudo-interface, for which libpcap warns about promiscuous mode.
func TestLiveAny(t *testing.T) {
	openLoopback(t, 9) // skips where capturing is not allowed
	l, err := OpenLive(LiveOptions{Interface: "any", Promiscuous: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got := l.Interfaces()[0].Link; got != 113 {
		t.Errorf("got link type %d, want LINUX_SLL", got)
	}
	types, err := ListLinkTypes("any", false)
	if err != nil || len(types) == 0 || types[0].Name != "LINUX_SLL" || types[0].Link != 113 {
		t.Errorf("got %v, %v", types, err)
	}
}

// TestListInterfaces protects -D.
func TestListInterfaces(t *testing.T) {
	devices, err := ListInterfaces()
	if err != nil {
		t.Skip("no interfaces to be listed: ", err)
	}
	for _, d := range devices {
		if d.Name == "lo" && !d.Loopback {
			t.Errorf("%+v is not marked as loopback", d)
		}
	}
}

// TestLiveErrorSentences protects the mapping from libpcap's words, and the line that fixes a missing permission.
func TestLiveErrorSentences(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		pcap string
		kind LiveKind
		want string
	}{
		{"Permission Denied", NoPermission, "sudo setcap cap_net_raw,cap_net_admin+eip " + exe},
		{"Interface Not Up", Down, "sudo ip link set lo up"},
		{"The interface disappeared", Gone, `The interface "lo" went away.`},
		{"recvfrom: Network is down", Down, "is down"},
		{"something else.", Failed, `Capturing on "lo" failed: something else.`},
	} {
		e := liveError("lo", errors.New(tt.pcap))
		if e.Kind != tt.kind || !strings.Contains(e.Error(), tt.want) {
			t.Errorf("%s: got kind %d, %q; want kind %d, %q", tt.pcap, e.Kind, e, tt.kind, tt.want)
		}
	}
}

// TestStatsUpdate protects the counts of captures that last for weeks, and those whose interface goes away, of which libpcap then says
// that it dropped four billion frames.
func TestStatsUpdate(t *testing.T) {
	var got Stats
	for i, step := range []struct {
		said pcap.Stats
		want Stats
	}{
		{pcap.Stats{PacketsReceived: 10, PacketsDropped: 3, PacketsIfDropped: 5}, Stats{Known: true, Received: 10, Dropped: 3, InterfaceDropped: 5}},
		{pcap.Stats{PacketsReceived: 10, PacketsDropped: 3, PacketsIfDropped: 5}, Stats{Known: true, Received: 10, Dropped: 3, InterfaceDropped: 5}},
		{pcap.Stats{PacketsReceived: 1<<32 - 1, PacketsDropped: 1 << 31, PacketsIfDropped: 1<<32 - 995}, Stats{Known: true, Received: 1<<32 - 1, Dropped: 1 << 31, InterfaceDropped: 5}},
		{pcap.Stats{PacketsReceived: 9, PacketsDropped: 2, PacketsIfDropped: 8}, Stats{Known: true, Received: 1<<32 + 9, Dropped: 1<<32 + 2, InterfaceDropped: 8}},
	} {
		if got.update(&step.said); got != step.want {
			t.Errorf("step %d: got %+v, want %+v", i, got, step.want)
		}
	}
}
