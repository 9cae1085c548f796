package capture

import (
	"fmt"
	"math"
)

// Options of an Interface Description Block (draft-ietf-opsawg-pcapng §4.2) that we read.
const (
	optionEnd         = 0
	optionName        = 2
	optionDescription = 3
	optionTSResol     = 9
	optionFilter      = 11
	optionTSOffset    = 14
)

// maxLabel bounds the names kept of an interface, in bytes.
const maxLabel = 255

// readSection reads a Section Header Block (§4.1) after its type and its length, which cannot be understood before the
// byte-order magic has been seen.
func (r *pcapngFile) readSection(length [4]byte) error {
	magic, err := r.w.take(4)
	if err != nil {
		return inside(err)
	}
	switch [4]byte(magic) {
	case [4]byte{0x1A, 0x2B, 0x3C, 0x4D}:
		r.order.big = true
	case [4]byte{0x4D, 0x3C, 0x2B, 0x1A}:
		r.order.big = false
	default:
		if len(r.known) == 0 && r.number == 0 {
			return &FileError{Path: r.path, Kind: NotCapture}
		}
		return damaged(r.path, "a section after frame %d has no byte-order magic", r.number)
	}
	body, err := r.readBody(r.order.u32(length[:]), 12)
	if err != nil {
		return err
	}
	if len(body) < 12 {
		return r.tooShort("section", len(body)+4)
	}
	// Version 1.2 is read as 1.0 (§4.1).
	if major, minor := r.order.u16(body), r.order.u16(body[2:]); major != 1 || minor != 0 && minor != 2 {
		return &FileError{Path: r.path, Kind: Unsupported, Reason: fmt.Sprintf("pcapng version %d.%d", major, minor)}
	}
	r.sections++
	r.section = len(r.known)
	r.clocks = r.clocks[:0]
	return r.readOptions(body[12:], nil)
}

// readInterface reads an Interface Description Block (§4.2).
func (r *pcapngFile) readInterface(body []byte) error {
	if len(body) < 8 {
		return r.tooShort("interface", len(body))
	}
	if len(r.known) == maxInterfaces {
		return damaged(r.path, "it has more than %d interfaces", maxInterfaces)
	}
	iface := Interface{
		Link:    canonicalLink(uint32(r.order.u16(body))),
		SnapLen: int(min(r.order.u32(body[4:]), math.MaxInt32)),
	}
	resolution, offset := uint8(6), int64(0) // microseconds, unless an option says otherwise
	err := r.readOptions(body[8:], func(code uint16, value []byte) {
		switch code {
		case optionName:
			iface.Name = label(value)
		case optionDescription:
			iface.Description = label(value)
		case optionFilter:
			if len(value) > 0 && value[0] == 0 { // 0: a libpcap expression; 1 would be its byte code
				iface.Filter = label(value[1:])
			}
		case optionTSResol:
			if len(value) == 1 {
				resolution = value[0]
			}
		case optionTSOffset:
			if len(value) == 8 {
				offset = int64(r.order.u64(value))
			}
		}
	})
	if err != nil {
		return err
	}
	c := newClock(resolution)
	c.offset = offset
	iface.Digits = c.digits()
	iface.odd = tickOf(iface.Digits)*int64(min(c.ticks, 1e9)) != 1e9
	r.known = append(r.known, iface)
	r.clocks = append(r.clocks, c)
	return nil
}

// readOptions calls each, which may be nil, for every option (§3.5) up to the end or the end-of-options.
func (r *pcapngFile) readOptions(options []byte, each func(code uint16, value []byte)) error {
	for len(options) > 0 { // options come padded, so a header always fits
		code, length := r.order.u16(options), int(r.order.u16(options[2:]))
		if code == optionEnd {
			return nil
		}
		if padded(length) > len(options)-4 {
			return damaged(r.path, "an option after frame %d is %d bytes long, and %d are left", r.number, length, len(options)-4)
		}
		if each != nil {
			each(code, options[4:4+length])
		}
		options = options[4+padded(length):]
	}
	return nil
}

// label copies a string option, cut to what a name may cost.
func label(value []byte) string {
	return string(value[:min(len(value), maxLabel)])
}
