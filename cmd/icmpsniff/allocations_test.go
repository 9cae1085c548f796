package main

import (
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestAllocations protects the price of a frame, from the file to the line: what a run allocates does not depend on how long
// the capture is.
func TestAllocations(t *testing.T) {
	const few, many = 100_000, 200_000 // after the first, every flow has its sketch and every table its size
	short, long := pings(t, few), pings(t, many)
	for _, tt := range []struct {
		name string
		args []string
	}{
		{"lines", nil},
		{"report only", []string{"-q"}},
		{"display filter", []string{"-Y", `icmp.type == 0 && ip.src == 192.0.2.0/24 && icmp.seq in {1 .. 9}`}},
		{"all, with names and dates", []string{"--all", "-N", "m", "-t", "ad"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			allocated := func(file string) uint64 {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				if got := run(t.Context(), append([]string{"-r", file, "--color=never"}, tt.args...), nil, io.Discard, io.Discard); got != 0 {
					t.Fatalf("exit status %d", got)
				}
				runtime.ReadMemStats(&after)
				return after.Mallocs - before.Mallocs
			}
			allocated(short) // what is made once
			if more := int64(allocated(long) - allocated(short)); more > (many-few)/1000 {
				t.Errorf("%d allocations for %d frames, want none", more, many-few)
			}
		})
	}
}

// pings writes a capture of so many frames, requests and their replies in 100 flows.
func pings(t *testing.T, frames int) string {
	file := binary.LittleEndian.AppendUint32(nil, 0xa1b2c3d4)
	file = append(file, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0)
	frame := []byte{
		2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, // Ethernet
		0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, // IPv4
		8, 0, 0, 0, 0, 0, 0, 0, // ICMP echo
	}
	for i := range frames {
		frame[29], frame[33], frame[34] = 1, 2, 8
		if i%2 == 1 {
			frame[29], frame[33], frame[34] = 2, 1, 0
		}
		frame[39] = byte(i / 2 % 100)
		binary.BigEndian.PutUint16(frame[40:], uint16(i/200))
		for _, word := range []int{i / 10_000, i % 10_000 * 100, len(frame), len(frame)} { // seconds, microseconds, lengths
			file = binary.LittleEndian.AppendUint32(file, uint32(word))
		}
		file = append(file, frame...)
	}
	path := filepath.Join(t.TempDir(), "pings.pcap")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
