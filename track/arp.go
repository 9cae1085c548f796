package track

import "github.com/icmpsniff/icmpsniff/decode"

// arp reads an ARP packet (RFC 826) of an Ethernet or its like. "Who has T? Tell S" from a sender S is a question for T;
// from 0.0.0.0 it is a probe (RFC 5227 §2.1.1). "T is at M" is its answer. A packet whose sender and target address are
// one announces it (RFC 5227 §3), request or reply.
func (t *Tracker) arp(p *decode.Packet, b []byte, r *Relation) {
	a, ok := decode.ReadARP(b)
	if !ok || !a.ForEthernetIPv4() {
		return
	}
	t.arpQuestion(p, &a, r)
	if t.conflict = t.claims.see(p, &a); t.conflict.Frame != 0 {
		r.Conflict = &t.conflict
	}
}

// arpQuestion finds what the packet asks or answers.
func (t *Tracker) arpQuestion(p *decode.Packet, a *decode.ARPPacket, r *Relation) {
	key := resolutionKey{protocol: ARP, length: 4}
	sender, target := [4]byte(a.SenderIP), [4]byte(a.TargetIP)
	mac := [6]byte(a.SenderMAC)
	switch {
	case a.Operation != decode.ARPRequest && a.Operation != decode.ARPReply || sender == target && sender == [4]byte{}:
		return
	case sender == target:
		copy(key.target[:], sender[:])
		t.announce(p, &key, mac, r)
		return
	case a.Operation == decode.ARPRequest:
		copy(key.asker[:], sender[:])
		copy(key.target[:], target[:])
		if key.probing() {
			key.prober = mac
		}
		t.ask(p, &key, mac, r)
		return
	}
	copy(key.asker[:], target[:])
	copy(key.target[:], sender[:])
	if key.probing() {
		key.prober = [6]byte(a.TargetMAC)
	}
	t.tell(p, &key, mac, r)
}
