package track

import "github.com/icmpsniff/icmpsniff/decode"

// renumbered returns the datagram that is quoted after a NAT changed one of its ports and no address, as those do that share an
// address among many (RFC 6346), or nil. Of such a change there is less to see than of another address, so that more must agree:
// the IP identification, which must be one; of UDP the checksum, which must differ by the ports alone; and of TCP the sequence
// number. It is none if several datagrams fit, as those of who probes many ports and numbers all of them alike.
func (s *sent) renumbered(quoted *datagram, id uint16, p *decode.Packet) *sentDatagram {
	source, ok := hashAddress(p.Destination.Bytes)
	if !ok || id == 0 || source != quoted.source {
		return nil
	}
	var best *sentDatagram
	several := false
	s.walk(s.loose, looseHash(source, quoted.rest), (*sentDatagram).nextLoose, func(d *sentDatagram) {
		switch {
		case !d.renumberedTo(quoted) || d.tooOld(p):
		case best == nil || d.same(&best.datagram) && d.isFirst(best):
			best = d
		case !d.same(&best.datagram):
			several = true
		}
	})
	if several {
		return nil
	}
	return best
}

// renumberedTo reports whether two datagrams differ by one port and what follows from it.
func (d *datagram) renumberedTo(o *datagram) bool {
	switch {
	case d.rest != o.rest || d.source != o.source || d.destination != o.destination:
		return false
	case (d.near() == o.near()) == (d.far() == o.far()):
		return false
	case d.protocol == protocolUDP:
		return d.checksum != 0 && o.checksum != 0 && replaced(d.checksum, o.checksum, uint32(d.near())+uint32(d.far()), uint32(o.near())+uint32(o.far()))
	}
	return d.protocol == protocolTCP
}

// replaced reports whether a checksum became another as words which it covers were replaced: of each, the sum. RFC 1624 §3: in one's
// complement arithmetic, sum' = sum + (new - old).
func replaced(before, after uint16, from, to uint32) bool {
	return (uint32(^before)+to)%0xffff == (uint32(^after)+from)%0xffff
}
