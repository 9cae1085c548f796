package decode

import (
	"encoding/binary"
	"math/bits"
)

// Checksum returns the Internet checksum (RFC 1071) of b, continued from sum, which is 0 or PseudoHeaderSum's. It is 0
// over bytes that contain their own, right, checksum.
func Checksum(b []byte, sum uint64) uint16 {
	// The sum does not depend on the order of bytes, as long as it is swapped back in the end (RFC 1071 §2 B), and that of 64-bit words in
	// one's complement arithmetic, where a carry comes in again at the other end, is that of their 16-bit words, once folded.
	var swapped, carry uint64
	for ; len(b) >= 32; b = b[32:] {
		swapped, carry = bits.Add64(swapped, binary.LittleEndian.Uint64(b), carry)
		swapped, carry = bits.Add64(swapped, binary.LittleEndian.Uint64(b[8:]), carry)
		swapped, carry = bits.Add64(swapped, binary.LittleEndian.Uint64(b[16:]), carry)
		swapped, carry = bits.Add64(swapped, binary.LittleEndian.Uint64(b[24:]), carry)
	}
	swapped = swapped>>32 + swapped&0xffffffff + carry // from here on, no carry is lost in 64 bits
	for ; len(b) >= 4; b = b[4:] {
		swapped += uint64(binary.LittleEndian.Uint32(b))
	}
	if len(b) >= 2 {
		swapped += uint64(binary.LittleEndian.Uint16(b))
		b = b[2:]
	}
	if len(b) == 1 {
		swapped += uint64(b[0])
	}
	return ^fold(sum + uint64(bits.ReverseBytes16(fold(swapped))))
}

// fold adds up the 16-bit words of a sum in one's complement arithmetic: of two halves, added to the same two in the other order, the upper
// one has the carry of the lower.
func fold(sum uint64) uint16 {
	half := uint32((sum + bits.RotateLeft64(sum, 32)) >> 32)
	return uint16((half + bits.RotateLeft32(half, 16)) >> 16)
}

// PseudoHeaderSum returns the sum over the pseudo-header of an upper-layer protocol: of IPv6 (RFC 8200 §8.1), or of IPv4
// (RFC 768) where the addresses have 4 bytes.
func PseudoHeaderSum(src, dst []byte, proto uint8, length int) uint64 {
	sum := uint64(proto) + uint64(length)
	for _, a := range [2][]byte{src, dst} {
		for ; len(a) >= 4; a = a[4:] {
			sum += uint64(be32(a))
		}
	}
	return sum
}

// ChecksumState says how a checksum compares with the bytes it covers. The values are tshark's.
type ChecksumState uint8

const (
	// ChecksumBad means that the checksum is wrong.
	ChecksumBad ChecksumState = 0
	// ChecksumGood means that the checksum is right.
	ChecksumGood ChecksumState = 1
	// ChecksumUnverified means that not all the bytes are there, or that they may have changed: the message was cut by
	// the capture, is part of a fragment, or is quoted, or its header contradicts itself.
	ChecksumUnverified ChecksumState = 2
)

// ChecksumState verifies the checksum of an ICMP, ICMPv6, IGMP or IPv4 layer, if the bytes it covers are all there. index is
// the index in p.Layers of the layer.
func (p *Packet) ChecksumState(index int) ChecksumState {
	l := &p.Layers[index]
	switch l.Kind {
	case IPv4:
		h := p.Header(l)
		if len(h) < 20 || l.Body > l.End || l.Flags&Bad != 0 {
			return ChecksumUnverified
		}
		return checksumState(Checksum(h, 0))
	case ICMPv4, IGMP:
		if !l.Whole() || l.Quoted > 0 || p.inFragment(index) {
			return ChecksumUnverified
		}
		return checksumState(Checksum(p.Bytes(l), 0))
	case ICMPv6:
		if !l.Whole() || l.Quoted > 0 || p.Source.Kind != IPv6Address || p.inFragment(index) {
			return ChecksumUnverified
		}
		b := p.Bytes(l)
		// The packet's addresses are those of the pseudo-header: of the mobile node (RFC 6275 §11.3.1), and where a route ends (RFC 8200 §8.1).
		return checksumState(Checksum(b, PseudoHeaderSum(p.Source.Bytes, p.Destination.Bytes, 58, len(b))))
	}
	return ChecksumUnverified
}

func checksumState(remainder uint16) ChecksumState {
	if remainder == 0 {
		return ChecksumGood
	}
	return ChecksumBad
}

// inFragment reports whether the layer lies in a fragment of a datagram that is not whole here.
func (p *Packet) inFragment(index int) bool {
	for i := index - 1; i >= 0 && p.Layers[i].buf == p.Layers[index].buf; i-- {
		switch l := &p.Layers[i]; l.Kind {
		case IPv6Fragment:
			return l.Flags&Fragment != 0
		case IPv4, IPv6:
			return l.Flags&Fragment != 0
		}
	}
	return false
}
