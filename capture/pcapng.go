package capture

import (
	"encoding/binary"
	"io"
)

// Block types, draft-ietf-opsawg-pcapng §4 and its registry (§12).
const (
	blockInterface      = 1
	blockPacket         = 2 // obsolete
	blockSimplePacket   = 3
	blockStatistics     = 5
	blockEnhancedPacket = 6
	blockCustom         = 0x00000BAD // to be copied
	blockCustomNoCopy   = 0x40000BAD
	blockSection        = 0x0A0D0D0A // the same in both byte orders
)

// countedBlocks carry no packet, yet Wireshark gives them frame numbers, and so must we.
var countedBlocks = map[uint32]bool{
	9:                 true, // systemd journal export
	blockCustom:       true,
	blockCustomNoCopy: true,
	0x204:             true, // Sysdig event, and its later versions
	0x216:             true,
	0x221:             true,
}

// Bounds on what a file may make us hold.
const (
	maxBlock      = 16 << 20 // bytes of a block that is read whole; others are skipped, however long
	maxInterfaces = 1 << 16  // in one file
)

// pcapngFile reads a pcapng file: blocks of type, length, body and length again, in sections that each choose their
// byte order and number their interfaces from 0.
type pcapngFile struct {
	path     string
	w        *window
	c        io.Closer
	order    byteOrder
	sections uint32      // met so far
	section  int         // index in interfaces of the section's first
	clocks   []clock     // of the section's interfaces
	known    []Interface // of all sections
	stats    []Stats     // of known, as far as something was said; empty where nothing was
	number   uint64
	done     error // what every further Next returns
}

// byteOrder reads numbers with a branch that the processor predicts, where binary.ByteOrder would call a method.
type byteOrder struct{ big bool }

func (o byteOrder) u16(b []byte) uint16 {
	if o.big {
		return binary.BigEndian.Uint16(b)
	}
	return binary.LittleEndian.Uint16(b)
}

func (o byteOrder) u32(b []byte) uint32 {
	if o.big {
		return binary.BigEndian.Uint32(b)
	}
	return binary.LittleEndian.Uint32(b)
}

func (o byteOrder) u64(b []byte) uint64 {
	if o.big {
		return binary.BigEndian.Uint64(b)
	}
	return binary.LittleEndian.Uint64(b)
}

func openPcapng(path string, w *window, c io.Closer) (Source, error) {
	r := &pcapngFile{path: path, w: w, c: c}
	h, err := w.take(8)
	if err == nil {
		err = r.readSection([4]byte(h[4:]))
	}
	if err != nil {
		return nil, asFileError(path, err)
	}
	return r, nil
}

func (r *pcapngFile) Next(f *Frame) error {
	for r.done == nil {
		packet, err := r.readBlock(f)
		if err != nil {
			r.done = asFileError(r.path, err)
		} else if packet {
			return nil
		}
	}
	return r.done
}

// asFileError leaves io.EOF and *FileError as they are, and words everything else.
func asFileError(path string, err error) error {
	if fe, ok := err.(*FileError); ok {
		return fe
	}
	return readError(path, err)
}

// readBlock reads one block, and reports whether it was a packet, which is then in f. Of its errors only io.EOF
// before the block's first byte is the clean end.
func (r *pcapngFile) readBlock(f *Frame) (packet bool, err error) {
	h, err := r.w.take(8)
	if err != nil {
		return false, err
	}
	kind := r.order.u32(h)
	if kind == blockSection {
		return false, r.readSection([4]byte(h[4:]))
	}
	length := r.order.u32(h[4:])
	if kind != blockEnhancedPacket && kind != blockInterface && kind != blockSimplePacket && kind != blockPacket && kind != blockStatistics && !countedBlocks[kind] {
		return false, r.skipBlock(length)
	}
	body, err := r.readBody(length, 8)
	if err != nil {
		return false, err
	}
	switch kind {
	case blockInterface:
		return false, r.readInterface(body)
	case blockStatistics:
		return false, r.readStatistics(body)
	case blockEnhancedPacket:
		return true, r.readEnhanced(f, body)
	case blockSimplePacket:
		return true, r.readSimple(f, body)
	case blockPacket:
		return true, r.readObsolete(f, body)
	default:
		return true, r.readCounted(f, kind, body)
	}
}

// readBody reads the rest of a block of the given total length, of which the first read bytes have been taken, and
// returns it without the length at its end. The body is a multiple of 4 bytes long: a length that is not is rounded
// up, as Wireshark does, since early writers left the padding out of the count.
func (r *pcapngFile) readBody(length uint32, read int) ([]byte, error) {
	if err := r.checkLength(length, read+4); err != nil {
		return nil, err
	}
	if length > maxBlock {
		return nil, damaged(r.path, "a block after frame %d is %d bytes long", r.number, length)
	}
	rest, err := r.w.take(padded(int(length)) - read)
	if err != nil {
		return nil, inside(err)
	}
	body := rest[:len(rest)-4]
	return body, r.checkTrailer(length, rest[len(body):])
}

// skipBlock passes over a block that has no packet for us.
func (r *pcapngFile) skipBlock(length uint32) error {
	if err := r.checkLength(length, 12); err != nil {
		return err
	}
	if err := r.w.skip((int64(length)+3)&^3 - 12); err != nil {
		return inside(err)
	}
	trailer, err := r.w.take(4)
	if err != nil {
		return inside(err)
	}
	return r.checkTrailer(length, trailer)
}

func (r *pcapngFile) checkLength(length uint32, least int) error {
	if int64(length) < int64(least) {
		return damaged(r.path, "a block after frame %d is %d bytes long, less than the possible %d", r.number, length, least)
	}
	return nil
}

func (r *pcapngFile) checkTrailer(length uint32, trailer []byte) error {
	if again := r.order.u32(trailer); again != length {
		return damaged(r.path, "a block after frame %d says at its start that it is %d bytes long, at its end %d", r.number, length, again)
	}
	return nil
}

// inside is the error of a read that began after a block's first byte: there, no end is clean.
func inside(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// padded rounds up to a multiple of 4.
func padded(n int) int { return (n + 3) &^ 3 }

func (r *pcapngFile) Name() string            { return r.path }
func (r *pcapngFile) Interfaces() []Interface { return r.known }
func (r *pcapngFile) Close() error            { return r.c.Close() }
