package main

import (
	"bytes"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestAllocations protects the price of a frame, from the file to the line: what a run allocates does not depend on how long
// the capture is.
func TestAllocations(t *testing.T) {
	const few, many = 100_000, 150_000 // after the first, every flow has its sketch and every table its size
	modes := []struct {
		name string
		args []string
	}{
		{"lines", nil},
		{"report only", []string{"-q"}},
		{"display filter", []string{"-Y", `(icmp.type == 0 && ip.src == 192.0.2.0/24 && icmp.seq in {1 .. 9}) || icmpv6.type == 129 || arp.opcode == 2 || udp || vlan.id > 12`}},
		{"fields", []string{"--all", "-T", "fields", "-e", "frame.number", "-e", "frame.time_relative", "-e", "vlan.id", "-e", "ip.src", "-e", "ipv6.dst",
			"-e", "icmp.seq", "-e", "icmp.resp_to", "-e", "icmp.resptime", "-e", "icmpv6.type", "-e", "arp.src.hw_mac", "-e", "udp.srcport", "-e", "tcp.len"}},
		{"all, with names and dates", []string{"--all", "-N", "m", "-t", "ad"}},
	}
	for _, tt := range []struct {
		name  string
		frame traffic
		says  string // what a line of it has, so that it is what it is called
	}{
		{"pings", pings, "Echo (ping) reply"},
		{"pings in VLANs", taggedPings, "Echo (ping) reply"},
		{"pings over IPv6", pings6, "Echo (ping) reply"},
		{"ARP", arps, " is at "},
		{"TCP and UDP", transports, " UDP "},
	} {
		if testing.Short() && tt.name != "pings" {
			continue
		}
		short, long := tt.frame.saved(t, few), tt.frame.saved(t, many)
		var lines bytes.Buffer
		if got := run(t.Context(), []string{"-r", short, "--all", "-c", "500"}, nil, &lines, io.Discard); got != 0 || !strings.Contains(lines.String(), tt.says) {
			t.Fatalf("%s: exit status %d, %s", tt.name, got, &lines)
		}
		for _, mode := range modes {
			t.Run(tt.name+", "+mode.name, func(t *testing.T) {
				allocated := func(file string, more ...string) uint64 {
					args := slices.Concat([]string{"-r", file, "--color=never"}, mode.args, more)
					var stderr bytes.Buffer
					var before, after runtime.MemStats
					runtime.ReadMemStats(&before)
					if got := run(t.Context(), args, nil, io.Discard, &stderr); got != 0 {
						t.Fatalf("exit status %d: %s", got, &stderr)
					}
					runtime.ReadMemStats(&after)
					return after.Mallocs - before.Mallocs
				}
				allocated(short, "-c", "1000") // what is made once
				if more := int64(allocated(long) - allocated(short)); more > (many-few)/1000 {
					t.Errorf("%d allocations for %d frames, want none", more, many-few)
				}
			})
		}
	}
}
