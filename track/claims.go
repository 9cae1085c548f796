package track

import "github.com/icmpsniff/icmpsniff/decode"

// maxClaims bounds the addresses whose claims are remembered; further ones go unwatched.
const maxClaims = 1 << 16

// Conflict is a claim to an IPv4 address that another MAC address claimed first.
type Conflict struct {
	Address [4]byte
	Frame   uint64 // the newest frame in which the first claimant claimed it; 0 if there is no conflict
	Time    int64  // of that frame, ns since the Unix epoch
}

// claims remembers which MAC address first claimed each IPv4 address by ARP.
type claims map[claimKey]claim

type claimKey struct {
	address [4]byte
	vlan    uint16
}

type claim struct {
	mac   [6]byte
	frame uint64
	time  int64
}

// see takes in what an ARP packet claims: its sender's address, and in a reply its target's, which is the address of whom
// it answers. It returns the sender's conflict unless only, or also, the target's is one.
func (c claims) see(p *decode.Packet, a *decode.ARPPacket) Conflict {
	if a.Operation != decode.ARPRequest && a.Operation != decode.ARPReply {
		return Conflict{}
	}
	conflict := c.claim(p, a.SenderIP, a.SenderMAC)
	if a.Operation == decode.ARPReply {
		if of := c.claim(p, a.TargetIP, a.TargetMAC); of.Frame != 0 {
			return of
		}
	}
	return conflict
}

func (c claims) claim(p *decode.Packet, ip, mac []byte) Conflict {
	const group = 1
	key := claimKey{address: [4]byte(ip)}
	if n := len(p.VLANs); n > 0 {
		key.vlan = p.VLANs[n-1]
	}
	if key.address == [4]byte{} || [6]byte(mac) == [6]byte{} || mac[0]&group != 0 {
		return Conflict{}
	}
	known, ok := c[key]
	switch {
	case !ok && len(c) >= maxClaims:
		return Conflict{}
	case ok && known.mac != [6]byte(mac):
		return Conflict{Address: key.address, Frame: known.frame, Time: known.time}
	}
	c[key] = claim{mac: [6]byte(mac), frame: p.Number, time: p.Time}
	return Conflict{}
}
