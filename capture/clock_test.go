package capture

import (
	"math"
	"testing"
)

// TestClock protects the conversion of pcapng time stamps, whose resolution and offset are the file's choice. tshark 4.0
// overflows from 10^-11 and 2^-36 s on; the values here are the exact ones.
func TestClock(t *testing.T) {
	tests := []struct {
		name    string
		tsresol uint8
		offset  int64
		stamp   uint64
		want    int64
		digits  uint8
	}{
		{"seconds", 0, 0, 17, 17e9, 0},
		{"tenths", 1, 0, 173, 17.3e9, 1},
		{"milliseconds", 3, 0, 17_333, 17_333_000_000, 3},
		{"10^-5 s shows as milliseconds", 5, 0, 1_733_333, 17_333_330_000, 3},
		{"microseconds", 6, 0, 17_333_333, 17_333_333_000, 6},
		{"10^-8 s shows as microseconds", 8, 0, 1_733_333_333, 17_333_333_330, 6},
		{"nanoseconds", 9, 0, 17_333_333_333, 17_333_333_333, 9},
		{"picoseconds", 12, 0, 17_333_333_333_333, 17_333_333_333, 9},
		{"10^-19 s", 19, 0, 10_000_000_000_000_000_000, 1e9, 9},
		{"finer than 64 bits", 20, 0, math.MaxUint64, 1e9, 9},
		{"2^-0 s", 0x80, 0, 17, 17e9, 0},
		{"2^-4 s", 0x84, 0, 17<<4 | 5, 17_312_500_000, 1},
		{"2^-10 s", 0x8a, 0, 17<<10 | 341, 17_333_007_812, 3},
		{"2^-20 s", 0x94, 0, 17<<20 | 349525, 17_333_333_015, 6},
		{"2^-30 s", 0x9e, 0, 17<<30 | 1<<29, 17_500_000_000, 9},
		{"2^-40 s", 0xa8, 0, 17<<40 | 1<<38, 17_250_000_000, 9},
		{"2^-63 s", 0xbf, 0, 1<<63 | 1<<62, 1_500_000_000, 9},
		{"2^-127 s", 0xff, 0, 1 << 63, 500_000_000, 9},
		{"positive offset", 6, 1000, 5_000_001, 1_005_000_001_000, 6},
		{"negative offset", 6, -1000, 5_000_001, -994_999_999_000, 6},
		{"microseconds with the high bit set are negative", 6, 0, math.MaxUint64, -1000, 6},
		{"nanoseconds with the high bit set are negative", 9, 0, math.MaxUint64, -1, 9},
		{"microseconds saturate", 6, 0, math.MaxInt64, math.MaxInt64, 6},
		{"seconds saturate", 0, 0, math.MaxUint64, math.MaxInt64, 0},
		{"offset saturates", 6, math.MaxInt64, 1_000_000, math.MaxInt64, 6},
		{"negative offset saturates", 6, math.MinInt64, 0, math.MinInt64, 6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newClock(tt.tsresol)
			c.offset = tt.offset
			if got := c.nanoseconds(tt.stamp); got != tt.want {
				t.Errorf("got %d ns, want %d", got, tt.want)
			}
			if got := c.digits(); got != tt.digits {
				t.Errorf("got %d digits, want %d", got, tt.digits)
			}
		})
	}
}
