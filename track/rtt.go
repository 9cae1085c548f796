package track

import (
	"math"
	"math/big"
	"math/bits"
)

// roundTrips sums up round-trip times in integers, so that no order and no number of them loses precision.
type roundTrips struct {
	n              uint64
	sum            uint64 // ns: 500 years of them
	squares        [2]uint64
	differences    uint64 // of consecutive ones, ns
	min, max, last int64
	distribution   uint32 // number of the one in Tracker.distributions, plus 1; 0 for none
}

// add counts a round-trip time of at least 0 ns.
func (s *roundTrips) add(rtt int64) {
	if s.n == 0 {
		s.min, s.max = rtt, rtt
	} else {
		s.min, s.max = min(s.min, rtt), max(s.max, rtt)
		s.differences += uint64(max(rtt-s.last, s.last-rtt))
	}
	s.n++
	s.last = rtt
	s.sum += uint64(rtt)
	high, low := bits.Mul64(uint64(rtt), uint64(rtt))
	var carry uint64
	s.squares[1], carry = bits.Add64(s.squares[1], low, 0)
	s.squares[0] += high + carry
}

// outline returns what is there without much computing: N, Min, Max and Avg.
func (s *roundTrips) outline() RTT {
	if s.n == 0 {
		return RTT{}
	}
	return RTT{N: s.n, Min: s.min, Max: s.max, Avg: float64(s.sum) / float64(s.n)}
}

// summary returns all but the percentiles.
func (s *roundTrips) summary() RTT {
	r := s.outline()
	if s.n == 0 {
		return r
	}
	r.MDev = s.deviation()
	if s.n > 1 {
		r.Jitter = float64(s.differences) / float64(s.n-1)
	}
	return r
}

// deviation returns the population standard deviation, √(n·Σx² − (Σx)²) / n. The two terms are nearly equal where
// round-trip times hardly differ, so that the difference is taken in integers.
func (s *roundTrips) deviation() float64 {
	n := new(big.Int).SetUint64(s.n)
	squares := new(big.Int).SetUint64(s.squares[0])
	squares.Lsh(squares, 64).Add(squares, new(big.Int).SetUint64(s.squares[1]))
	sum := new(big.Int).SetUint64(s.sum)
	squares.Mul(squares, n).Sub(squares, sum.Mul(sum, sum))
	f, _ := new(big.Float).SetInt(squares).Float64()
	return math.Sqrt(f) / float64(s.n)
}
