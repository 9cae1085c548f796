package decode

// Types of routing headers (IANA, "IPv6 Routing Types").
const (
	routeSource   = 0 // RFC 2460 §4.4, deprecated by RFC 5095
	routeMobile   = 2 // RFC 6275 §6.4
	routeLossy    = 3 // RFC 6554 §3
	routeSegments = 4 // RFC 8754 §2
)

const (
	routeFixed  = 8  // bytes of a routing header before its addresses
	addressSize = 16 // bytes of an IPv6 address
)

// routeFits reports whether a whole routing header has room for the addresses that it must have.
func routeFits(b []byte) bool {
	switch n := len(b) - routeFixed; b[2] {
	case routeMobile:
		return n >= addressSize
	case routeLossy:
		return lastHop(b) != nil
	case routeSegments:
		return n >= (int(b[4])+1)*addressSize
	}
	return true
}

// finalDestination returns the address that a routing header still leads to: the last of a source route, the only one of a mobile
// node's, the first segment, which is the last hop; nil if no segment is left, or the header is not whole. What header shares with
// the destination dst before it is left out of it, and put together in room.
func finalDestination(b, dst []byte, room *[addressSize]byte) []byte {
	if len(b) < routeFixed {
		return nil
	}
	n := (int(b[1]) + 1) * 8
	if b[3] == 0 || len(b) < n {
		return nil
	}
	if b[2] == routeLossy {
		hop := lastHop(b[:n])
		if hop == nil {
			return nil
		}
		copy(room[:], dst)
		copy(room[addressSize-len(hop):], hop)
		return room[:]
	}
	if n < routeFixed+addressSize {
		return nil
	}
	switch b[2] {
	case routeSource:
		return b[n-addressSize : n]
	case routeMobile, routeSegments:
		return b[routeFixed : routeFixed+addressSize]
	}
	return nil
}

// lastHop returns the end of the last address in a whole source route of a lossy network (RFC 6554 §3): of the others and of the last,
// so many bytes each are left out, and there is padding behind. It is nil if there is no room for it.
func lastHop(b []byte) []byte {
	other, last := addressSize-int(b[4]>>4), addressSize-int(b[4]&0x0f)
	rest := len(b) - routeFixed - int(b[5]>>4) - last
	if rest < 0 {
		return nil
	}
	at := routeFixed + rest/other*other
	return b[at : at+last]
}
