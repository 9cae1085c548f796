package lab

import "encoding/binary"

// finishChecksum completes, in place, the checksum of UDP or TCP in an Ethernet frame. A host leaves that to its network card: where
// the checksum belongs there is but the sum of the pseudo-header so far, and a cable that carried it on would break the segment.
func finishChecksum(frame []byte) {
	const ethernet, ipv4, ipv6 = 14, 20, 40
	if len(frame) < ethernet+ipv4 {
		return
	}
	ip := frame[ethernet:]
	var protocol byte
	var segment []byte
	switch etherType := binary.BigEndian.Uint16(frame[12:]); {
	case etherType == etherIPv4:
		protocol, segment = ip[9], ip[min(int(ip[0]&15)*4, len(ip)):]
	case etherType == etherIPv6 && len(ip) >= ipv6:
		protocol, segment = ip[6], ip[ipv6:]
	}
	at, ok := map[byte]int{6: 16, 17: 6}[protocol] // RFC 9293 §3.1, RFC 768
	if !ok || len(segment) < at+2 {
		return
	}
	sum := internetChecksum(segment)
	if sum == 0 && protocol == 17 {
		sum = 0xffff // RFC 768: 0 says that there is no checksum
	}
	binary.BigEndian.PutUint16(segment[at:], sum)
}

// internetChecksum is that of RFC 1071 over bytes of which those of the checksum are 0, or the sum of a pseudo-header.
func internetChecksum(b []byte) uint16 {
	sum := uint32(0)
	for i, v := range b {
		sum += uint32(v) << (8 * (1 - i%2))
	}
	for sum > 0xffff {
		sum = sum&0xffff + sum>>16
	}
	return ^uint16(sum)
}
