package decode

import "math"

// Between returns the nanoseconds from one time of capture to another, or as many as fit into an int64: a file may tell any times,
// from the year 1677 to 2262.
func Between(from, to int64) int64 {
	switch d := to - from; {
	case to >= from && d < 0:
		return math.MaxInt64
	case to < from && d >= 0:
		return math.MinInt64
	default:
		return d
	}
}
