package report

import "testing"

// TestAppendDrops protects the line that tells, as it happens, that a capture has holes.
func TestAppendDrops(t *testing.T) {
	for _, tt := range []struct {
		name        string
		now, before Drops
		want        string
	}{
		{"the first one", Drops{Kernel: 1}, Drops{},
			"! Loss is unknowable from here on: the kernel dropped 1 frame. A larger buffer (-B) may keep them.\n"},
		{"more", Drops{Kernel: 340}, Drops{Kernel: 220},
			"! Loss is unknowable from here on: the kernel dropped 120 frames, 340 so far. A larger buffer (-B) may keep them.\n"},
		{"by the interface, for which no buffer helps", Drops{Kernel: 5, Interface: 7}, Drops{Kernel: 5},
			"! Loss is unknowable from here on: the interface dropped 7 frames, 12 so far.\n"},
		{"by both", Drops{Kernel: 2, Interface: 7}, Drops{},
			"! Loss is unknowable from here on: the kernel dropped 2 frames and the interface 7. A larger buffer (-B) may keep them.\n"},
	} {
		if got := string(AppendDrops(nil, tt.now, tt.before)); got != tt.want {
			t.Errorf("%s:\n got %swant %s", tt.name, got, tt.want)
		}
	}
}

// TestRemarkIsOneLine protects the lines of packets from a remark about an interface whose name would forge one.
func TestRemarkIsOneLine(t *testing.T) {
	if got, want := string(AppendRemark(nil, "eth0\n    1 \x1b[2J")), "! eth0\\n    1 \\x1b[2J\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
