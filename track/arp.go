package track

import "github.com/icmpsniff/icmpsniff/decode"

// arpReader says what the packet asks or answers, and what it claims.
type arpReader struct {
	question func(t *Tracker, p *decode.Packet, a decode.ARPPacket, r *Relation)
	claims   func(t *Tracker, p *decode.Packet, a decode.ARPPacket)
}

// arpReaders are by operation (IANA, "ARP Parameters").
var arpReaders = [...]arpReader{
	decode.ARPRequest:   {(*Tracker).arpQuestion, (*Tracker).arpClaims},
	decode.ARPReply:     {(*Tracker).arpQuestion, (*Tracker).arpClaims},
	decode.RARPRequest:  {(*Tracker).rarpRequest, nil},
	decode.RARPReply:    {(*Tracker).rarpReply, (*Tracker).reverseClaims},
	decode.InARPRequest: {(*Tracker).inverseRequest, (*Tracker).reverseClaims},
	decode.InARPReply:   {(*Tracker).inverseReply, (*Tracker).reverseClaims},
}

// arp reads an ARP packet (RFC 826) or one of its relatives, of an Ethernet or its like.
func (t *Tracker) arp(p *decode.Packet, b []byte, r *Relation) {
	a, ok := decode.ReadARP(b)
	if !ok || !a.ForEthernetIPv4() || int(a.Operation) >= len(arpReaders) {
		return
	}
	of := &arpReaders[a.Operation]
	if of.question != nil {
		of.question(t, p, a, r)
	}
	if of.claims != nil {
		of.claims(t, p, a)
	}
	if a.Operation == decode.ARPRequest || a.Operation == decode.ARPReply {
		if t.conflict = t.duplicates(p, &a); t.conflict.Frame != 0 {
			r.Conflict = &t.conflict
		}
	}
}

// arpQuestion finds what a request or reply asks or answers. "Who has T? Tell S" from a sender S is a question for T;
// from 0.0.0.0 it is a probe (RFC 5227 §2.1.1). "T is at M" is its answer. A packet whose sender and target address are
// one announces it (RFC 5227 §3), request or reply.
func (t *Tracker) arpQuestion(p *decode.Packet, a decode.ARPPacket, r *Relation) {
	key := resolutionKey{protocol: ARP, length: 4}
	sender, target := [4]byte(a.SenderIP), [4]byte(a.TargetIP)
	mac := [6]byte(a.SenderMAC)
	switch {
	case sender == target && sender == [4]byte{}:
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
