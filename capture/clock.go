package capture

import (
	"math"
	"math/bits"
)

// clock turns an interface's time stamps into nanoseconds since the Unix epoch.
type clock struct {
	ticks  uint64 // per second, at least 1
	offset int64  // seconds to add (if_tsoffset)
}

// newClock is the clock of an if_tsresol octet: the high bit set means 2^-n seconds, else 10^-n. Exponents that no
// 64-bit stamp can use count as the finest possible.
func newClock(tsresol uint8) clock {
	exponent := tsresol &^ 0x80
	base := uint64(10)
	if tsresol&0x80 != 0 {
		base = 2
	}
	ticks := uint64(1)
	for range exponent {
		hi, lo := bits.Mul64(ticks, base)
		if hi != 0 {
			return clock{ticks: math.MaxUint64}
		}
		ticks = lo
	}
	return clock{ticks: ticks}
}

// nanoseconds is the time of a stamp, saturating at the ends of int64 (the years 1677 and 2262). A stamp with its high bit
// set is negative, in two's complement: that is how times before 1970 are written.
func (c clock) nanoseconds(stamp uint64) int64 {
	const micro, nano = 1_000_000, 1_000_000_000
	if signed := int64(stamp); signed < 0 && signed != math.MinInt64 && c.offset == 0 && (c.ticks == micro || c.ticks == nano) {
		return -c.nanoseconds(uint64(-signed))
	}
	if c.offset == 0 { // the two clocks that nearly every file has
		if c.ticks == micro && stamp <= math.MaxInt64/1000 {
			return int64(stamp) * 1000
		}
		if c.ticks == nano && stamp <= math.MaxInt64 {
			return int64(stamp)
		}
	}
	whole, part := stamp/c.ticks, stamp%c.ticks
	hi, lo := bits.Mul64(part, nano)
	ns, _ := bits.Div64(hi, lo, c.ticks) // part < ticks, so the quotient is below one second

	sec := int64(min(whole, math.MaxInt64))
	if c.offset > 0 && sec > math.MaxInt64-c.offset {
		return math.MaxInt64
	}
	sec += c.offset // cannot fall below MinInt64, since sec was not negative
	const limit = math.MaxInt64 / nano
	switch {
	case sec >= limit:
		return math.MaxInt64
	case sec <= -limit:
		return math.MinInt64
	}
	return sec*nano + int64(ns)
}

// digits is how many digits of a second Wireshark shows of such a clock.
func (c clock) digits() uint8 {
	for _, d := range []struct {
		ticks  uint64
		digits uint8
	}{{1e9, 9}, {1e6, 6}, {1e3, 3}, {100, 2}, {10, 1}} {
		if c.ticks >= d.ticks {
			return d.digits
		}
	}
	return 0
}
