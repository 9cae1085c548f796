package track

import "github.com/icmpsniff/icmpsniff/decode"

// rarpRequest reads "which address has MAC address M?" (RFC 903), mostly asked about the sender's own: what its protocol
// address is, it does not know.
func (t *Tracker) rarpRequest(p *decode.Packet, a decode.ARPPacket, r *Relation) {
	key := reverseKey(RARP, nil, a.TargetMAC)
	t.ask(p, &key, [6]byte(a.SenderMAC), r)
}

// rarpReply reads what a server says the address of a MAC address is. It goes to the asker, whom it does not name.
func (t *Tracker) rarpReply(p *decode.Packet, a decode.ARPPacket, r *Relation) {
	key := reverseKey(RARP, nil, a.TargetMAC)
	t.tell(p, &key, [6]byte(a.SenderMAC), r)
	t.learn(p, &key, a.TargetIP)
}

// inverseRequest reads "which address has the station at M?" (RFC 2390).
func (t *Tracker) inverseRequest(p *decode.Packet, a decode.ARPPacket, r *Relation) {
	key := reverseKey(InARP, a.SenderIP, a.TargetMAC)
	t.ask(p, &key, [6]byte(a.SenderMAC), r)
}

// inverseReply reads the station's answer about itself.
func (t *Tracker) inverseReply(p *decode.Packet, a decode.ARPPacket, r *Relation) {
	key := reverseKey(InARP, a.TargetIP, a.SenderMAC)
	t.tell(p, &key, [6]byte(a.SenderMAC), r)
	t.learn(p, &key, a.SenderIP)
}

// reverseKey names a question for the protocol address of a MAC address.
func reverseKey(protocol Protocol, asker, mac []byte) resolutionKey {
	key := resolutionKey{protocol: protocol, length: 4}
	copy(key.asker[:], asker)
	copy(key.target[:], mac)
	return key
}

// learn keeps the address that the answer to a reverse question told.
func (t *Tracker) learn(p *decode.Packet, key *resolutionKey, address []byte) {
	if slot := t.rowOf(key, t.stacks.of(p.Segments)); slot != none {
		t.resolutions.rows[slot].value.told = [4]byte(address)
	}
}
