package capture

// readEnhanced reads an Enhanced Packet Block (draft-ietf-opsawg-pcapng §4.3).
func (r *pcapngFile) readEnhanced(f *Frame, body []byte) error {
	if len(body) < 20 {
		return r.tooShort("packet", len(body))
	}
	return r.readPacket(f, r.order.u32(body), body)
}

// readObsolete reads a Packet Block (appendix A), which differs in a 16-bit interface and a drop count.
func (r *pcapngFile) readObsolete(f *Frame, body []byte) error {
	if len(body) < 20 {
		return r.tooShort("packet", len(body))
	}
	return r.readPacket(f, uint32(r.order.u16(body)), body)
}

// readPacket reads what both have behind the interface: time (high word first in either byte order), lengths, data
// and options.
func (r *pcapngFile) readPacket(f *Frame, id uint32, body []byte) error {
	if id >= uint32(len(r.clocks)) {
		return damaged(r.path, "frame %d names interface %d of the %d there are", r.number+1, id, len(r.clocks))
	}
	stamp := uint64(r.order.u32(body[4:]))<<32 | uint64(r.order.u32(body[8:]))
	captured, length := r.order.u32(body[12:]), r.order.u32(body[16:])
	if captured > MaxFrame {
		return damaged(r.path, "frame %d has %d bytes, more than the possible %d", r.number+1, captured, MaxFrame)
	}
	rest := body[20:]
	if padded(int(captured)) > len(rest) {
		return damaged(r.path, "frame %d has %d bytes in a block with room for %d", r.number+1, captured, len(rest))
	}
	if options := rest[padded(int(captured)):]; len(options) > 0 {
		if err := r.readOptions(options, nil); err != nil {
			return err
		}
	}
	f.Time = r.clocks[id].nanoseconds(stamp)
	f.HasTime = true
	r.deliver(f, id, length, rest[:captured:captured])
	return nil
}

// readSimple reads a Simple Packet Block (§4.4): no time, always the section's first interface, and cut to its snapshot length.
func (r *pcapngFile) readSimple(f *Frame, body []byte) error {
	if len(r.clocks) == 0 {
		return damaged(r.path, "frame %d comes before any interface", r.number+1)
	}
	if len(body) < 4 {
		return r.tooShort("packet", len(body))
	}
	length := r.order.u32(body)
	captured := length
	if snap := uint32(r.known[r.section].SnapLen); snap != 0 {
		captured = min(captured, snap)
	}
	data := body[4:]
	if captured > MaxFrame || int(captured) > len(data) {
		return damaged(r.path, "frame %d has %d bytes in a block with room for %d", r.number+1, captured, len(data))
	}
	f.Time = 0
	f.HasTime = false
	r.deliver(f, 0, length, data[:captured:captured])
	return nil
}

// LinkNone is the Frame.Link of what has no link layer: a block of a pcapng file that is no packet, yet is numbered as one.
const LinkNone = 0xffff

// readCounted delivers a block that is no packet and that Wireshark counts as a frame. A Custom Block (§4.7) starts with
// its enterprise's number.
func (r *pcapngFile) readCounted(f *Frame, kind uint32, body []byte) error {
	if kind == blockCustom || kind == blockCustomNoCopy {
		if len(body) < 4 {
			return r.tooShort("custom", len(body))
		}
		body = body[4:]
	}
	if len(body) > MaxFrame {
		return damaged(r.path, "frame %d has %d bytes", r.number+1, len(body))
	}
	r.number++
	*f = Frame{Number: r.number, Length: len(body), Data: body, Link: LinkNone, Section: r.sections}
	return nil
}

// deliver fills what all kinds of packets share.
func (r *pcapngFile) deliver(f *Frame, id, length uint32, data []byte) {
	r.number++
	index := r.section + int(id)
	f.Number = r.number
	f.Length = int(length)
	f.Data = data
	f.Link = r.known[index].Link
	f.Digits = r.known[index].Digits
	f.Interface = uint32(index)
	f.Section = r.sections
}

func (r *pcapngFile) tooShort(what string, length int) error {
	return damaged(r.path, "a %s block after frame %d is too short (%d bytes)", what, r.number, length+12)
}
