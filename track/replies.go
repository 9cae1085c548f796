package track

import "encoding/binary"

// rememberReply keeps the datagram of an echo reply to which its request does not lead, because that was not captured or went to
// many, so that an error about the reply finds it. It is made of what the message says; of other questions' replies, datagrams are
// kept anyway.
func (t *Tracker) rememberReply(m *Message) {
	e := &m.echo
	if !e.key.isEcho() {
		return
	}
	d := datagram{protocol: protocolICMP, stackHash: m.stack.hash()}
	if e.key.addressLength() == 16 {
		d.protocol = protocolICMPv6
	}
	d.destination, d.source = e.key.ends()
	head := [minMessage]byte{e.key.query().reply}
	binary.BigEndian.PutUint16(head[2:], e.checksum)
	binary.BigEndian.PutUint16(head[4:], uint16(e.key.question))
	binary.BigEndian.PutUint16(head[6:], e.seq)
	d.readUpper(head[:], uint32(e.ipID), 0)
	t.sent.add(&d, m.frame, m.time, m.hasTime)
}

// ends returns the asker and the target as datagrams have them.
func (k *flowKey) ends() (asker, target uint32) {
	asker, _ = hashAddress(k.asker[:k.addressLength()])
	target, _ = hashAddress(k.target[:k.addressLength()])
	return asker, target
}
