package decode

import "net/netip"

// Packet is one decoded frame. The caller owns it and hands it to Decoder.Decode again and again; everything in it, and
// every slice got from it, is valid until the next Decode.
type Packet struct {
	Frame

	// Layers are the headers found, outermost first. Those of a datagram quoted by an ICMP error follow the error's own.
	Layers []Layer

	// Source and Destination are those of the innermost header that has addresses, quoted datagrams apart: what a line shows.
	Source, Destination Address

	// Segments are the VLANs and virtual networks that the frame is in, outermost first, quoted datagrams apart.
	Segments []Segment

	// Top is the index in Layers of the layer that a one-line summary speaks of, -1 if nothing was recognised.
	Top int

	// Verdict says whether the bytes were all there and made sense.
	Verdict Verdict

	// ReassembledIn is the number of the frame that completes the datagram of which this frame is a fragment: its own for
	// the completing frame, 0 while it is not known.
	ReassembledIn uint64

	// Pieces are the fragments of the datagram that this frame completes, by offset; of the innermost if there are several.
	Pieces []Piece

	link, net int32 // indices of the innermost address-bearing link layer and of the innermost IP header, -1 if none
	bufs      [][]byte
	kept      []Piece // Pieces, of a packet that was kept
}

// Verdict is what the decoder thinks of a frame's bytes.
type Verdict uint8

const (
	// Good frames decode to the end.
	Good Verdict = iota
	// Limited frames end before the wire's did: the capture kept only part of them.
	Limited
	// Malformed frames are shorter than their own headers say.
	Malformed
	// Unreassembled frames are first fragments that end before a header does, which later fragments may hold.
	Unreassembled
)

// Layer is one header and what it carries, as offsets into the frame or into a reassembled datagram.
type Layer struct {
	Kind   Kind
	Quoted uint8 // 0 in the packet itself, 1 in a datagram that an ICMP error quotes, 2 in one quoted therein, …
	Flags  Flags
	buf    uint8 // which of Packet.bufs
	Start  int32 // first byte of the header
	Body   int32 // first byte after the header
	End    int32 // end of the captured bytes that belong to this layer
	Stated int32 // the end as the enclosing headers state it, ≥ End
}

// Flags are facts about a Layer that its bytes alone do not tell.
type Flags uint8

const (
	// Fragment marks an IP header (IPv6: fragment header) whose datagram is not whole here.
	Fragment Flags = 1 << iota
	// Reassembled marks an IP header (IPv6: fragment header) whose fragment completed a datagram.
	Reassembled
	// Bad marks a header whose own lengths or version are impossible.
	Bad
	// Unread marks a header that was cut before any of it could be read: it is shown, but has no fields.
	Unread
	// Cut marks a header that was cut after its first fields: it has those, and its payload is unknown.
	Cut
	// Aside marks what is decoded of a fragment that an error quotes whole. It tells what the error is about; to tshark, which waits for
	// the rest, all of it is the Data layer before.
	Aside
)

// Room returns the number of bytes that Keep needs.
func (p *Packet) Room() int {
	n := len(p.Source.Bytes) + len(p.Destination.Bytes)
	for _, b := range p.bufs {
		n += len(b)
	}
	return n
}

// Keep copies what the packet borrows from its source and from the Decoder to the end of room, and returns room with it. The
// packet then is valid until it is decoded anew or room is written over, whatever is decoded in other packets meanwhile. Room must
// have capacity for it, see [Packet.Room].
func (p *Packet) Keep(room []byte) []byte {
	keep := func(b []byte) []byte {
		start := len(room)
		room = append(room, b...)
		return room[start:len(room):len(room)]
	}
	for i, b := range p.bufs {
		p.bufs[i] = keep(b)
	}
	p.Data = p.bufs[0]
	p.Source.Bytes, p.Destination.Bytes = keep(p.Source.Bytes), keep(p.Destination.Bytes)
	if p.Pieces != nil {
		p.kept = append(p.kept[:0], p.Pieces...)
		p.Pieces = p.kept
	}
	return room
}

// Header returns the header's captured bytes.
func (p *Packet) Header(l *Layer) []byte { return p.slice(l.buf, l.Start, min(l.Body, l.End)) }

// Payload returns the captured bytes after the header.
func (p *Packet) Payload(l *Layer) []byte { return p.slice(l.buf, l.Body, l.End) }

// Bytes returns the captured bytes of the header and all it carries.
func (p *Packet) Bytes(l *Layer) []byte { return p.slice(l.buf, l.Start, l.End) }

// slice returns what was captured of the bytes [from, to) of a buffer.
func (p *Packet) slice(buf uint8, from, to int32) []byte {
	b := p.bufs[buf]
	n := int32(len(b))
	to = min(to, n)
	return b[min(from, to):to]
}

// StatedLength returns the number of bytes, header included, that the enclosing headers say this layer has.
func (l *Layer) StatedLength() int { return int(l.Stated - l.Start) }

// Whole reports whether every byte that the layer is stated to have was captured.
func (l *Layer) Whole() bool { return l.End == l.Stated }

// Summary returns the layer that a one-line summary speaks of, nil if nothing was recognised.
func (p *Packet) Summary() *Layer {
	if p.Top < 0 {
		return nil
	}
	return &p.Layers[p.Top]
}

// LinkLayer returns the innermost layer that has link addresses, quoted datagrams apart, or nil.
func (p *Packet) LinkLayer() *Layer { return p.at(p.link) }

// Network returns the innermost IP header, quoted datagrams apart, or nil.
func (p *Packet) Network() *Layer { return p.at(p.net) }

func (p *Packet) at(i int32) *Layer {
	if i < 0 {
		return nil
	}
	return &p.Layers[i]
}

// First returns the outermost layer of the kind, quoted ones included, or nil.
func (p *Packet) First(k Kind) *Layer {
	for i := range p.Layers {
		if p.Layers[i].Kind == k {
			return &p.Layers[i]
		}
	}
	return nil
}

// Quoted returns the IP header of the datagram that the packet's ICMP error quotes, or nil.
func (p *Packet) Quoted() *Layer {
	for i := range p.Layers {
		if l := &p.Layers[i]; l.Quoted == 1 && (l.Kind == IPv4 || l.Kind == IPv6) {
			return l
		}
	}
	return nil
}

// AddressKind says what an Address's bytes are.
type AddressKind uint8

// The kinds of address that a line can show.
const (
	NoAddress AddressKind = iota
	MAC
	IPv4Address
	IPv6Address
	ARCNETAddress
)

// Address is an address in the frame.
type Address struct {
	Kind  AddressKind
	Bytes []byte // in network order, valid until the next Decode; of a MAC 6, or 8 on IEEE 1394
}

// IP returns the address as a netip.Addr, the zero Addr if it is not one of IP.
func (a Address) IP() netip.Addr {
	if a.Kind == IPv4Address || a.Kind == IPv6Address {
		addr, _ := netip.AddrFromSlice(a.Bytes)
		return addr
	}
	return netip.Addr{}
}
