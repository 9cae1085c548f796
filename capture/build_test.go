package capture

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"testing"
)

// frameBytes is an ARP request: any bytes would do, these can be looked at with other tools.
var frameBytes = []byte{
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 8, 6, // Ethernet: broadcast, ARP
	0, 1, 8, 0, 6, 4, 0, 1, // RFC 826: Ethernet, IPv4, request
	2, 0, 0, 0, 0, 1, 192, 0, 2, 1,
	0, 0, 0, 0, 0, 0, 192, 0, 2, 2,
}

const someMicroseconds = 1_700_000_000_123_456 // 2023-11-14 22:13:20.123456 UTC

// builder writes captures field by field, in its byte order.
type builder struct {
	binary.AppendByteOrder
	b []byte
}

var (
	little = binary.AppendByteOrder(binary.LittleEndian)
	big    = binary.AppendByteOrder(binary.BigEndian)
)

func build(order binary.AppendByteOrder) *builder { return &builder{AppendByteOrder: order} }

func (w *builder) u16(v uint16) *builder        { w.b = w.AppendUint16(w.b, v); return w }
func (w *builder) u32(v uint32) *builder        { w.b = w.AppendUint32(w.b, v); return w }
func (w *builder) u64(v uint64) *builder        { w.b = w.AppendUint64(w.b, v); return w }
func (w *builder) raw(v ...byte) *builder       { w.b = append(w.b, v...); return w }
func (w *builder) then(v []byte) *builder       { w.b = append(w.b, v...); return w }
func (w *builder) order() *builder              { return build(w.AppendByteOrder) }
func (w *builder) cut(n int) []byte             { return w.b[:len(w.b)-n] }
func (w *builder) padding() *builder            { w.b = append(w.b, make([]byte, -len(w.b)&3)...); return w }
func (w *builder) header(magic uint32) *builder { return w.pcapHeader(magic, 2, 4, 1) }

// pcapHeader is a pcap file's 24 bytes.
func (w *builder) pcapHeader(magic uint32, major, minor uint16, link uint32) *builder {
	return w.u32(magic).u16(major).u16(minor).u32(0).u32(0).u32(65535).u32(link)
}

// record is a pcap record whose lengths are true.
func (w *builder) record(sec, fraction uint32, data []byte) *builder {
	return w.recordOf(sec, fraction, len(data), len(data), data)
}

func (w *builder) recordOf(sec, fraction uint32, captured, length int, data []byte) *builder {
	return w.u32(sec).u32(fraction).u32(uint32(captured)).u32(uint32(length)).then(data)
}

// block is a pcapng block whose lengths are true.
func (w *builder) block(kind uint32, body []byte) *builder {
	length := uint32(padded(len(body)) + 12)
	return w.u32(kind).u32(length).then(body).padding().u32(length)
}

func (w *builder) section() *builder { return w.sectionOf(1, 0) }

func (w *builder) sectionOf(major, minor uint16) *builder {
	return w.block(blockSection, w.order().u32(0x1A2B3C4D).u16(major).u16(minor).u64(math.MaxUint64).b)
}

// device is an Interface Description Block; options come from option.
func (w *builder) device(link uint16, snaplen uint32, options ...[]byte) *builder {
	body := w.order().u16(link).u16(0).u32(snaplen)
	for _, o := range options {
		body.then(o)
	}
	return w.block(blockInterface, body.b)
}

func (w *builder) option(code uint16, value string) []byte {
	return w.order().u16(code).u16(uint16(len(value))).then([]byte(value)).padding().b
}

// enhanced is an Enhanced Packet Block whose lengths are true.
func (w *builder) enhanced(id uint32, stamp uint64, data []byte, options ...[]byte) *builder {
	return w.enhancedOf(id, stamp, len(data), len(data), data, options...)
}

func (w *builder) enhancedOf(id uint32, stamp uint64, captured, length int, data []byte, options ...[]byte) *builder {
	body := w.order().u32(id).u32(uint32(stamp >> 32)).u32(uint32(stamp)).u32(uint32(captured)).u32(uint32(length)).then(data).padding()
	for _, o := range options {
		body.then(o)
	}
	return w.block(blockEnhancedPacket, body.b)
}

func (w *builder) simple(length int, data []byte) *builder {
	return w.block(blockSimplePacket, w.order().u32(uint32(length)).then(data).b)
}

// frame is what a test compares: a Frame without its bytes.
type frame struct {
	number   uint64
	time     int64
	captured int
	length   int
	link     uint16
	digits   uint8
	hasTime  bool
	device   uint32
}

// drain reads s to its end: the frames, and the error unless it is io.EOF.
func drain(s Source) (frames []frame, err error) {
	var f Frame
	for {
		if err := s.Next(&f); err == io.EOF {
			return frames, nil
		} else if err != nil {
			return frames, err
		}
		frames = append(frames, frame{f.Number, f.Time, len(f.Data), f.Length, f.Link, f.Digits, f.HasTime, f.Interface})
	}
}

// readAll opens and drains a capture.
func readAll(r io.Reader) ([]frame, error) {
	s, err := OpenReader("test", r)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return drain(s)
}

// checkKind fails the test unless err is a FileError of that kind, or nil if kind is ok.
func checkKind(t *testing.T, err error, kind FileKind) {
	t.Helper()
	var fe *FileError
	switch {
	case kind == ok && err != nil:
		t.Errorf("got %v, want the clean end", err)
	case kind != ok && !errors.As(err, &fe):
		t.Errorf("got %v, want a *FileError", err)
	case kind != ok && fe.Kind != kind:
		t.Errorf("got kind %d (%v), want %d", fe.Kind, err, kind)
	}
}

// ok stands for no error where tests list kinds.
const ok FileKind = 255

func (f frame) String() string {
	return fmt.Sprintf("{#%d t=%d cap=%d len=%d link=%d digits=%d timed=%v if=%d}",
		f.number, f.time, f.captured, f.length, f.link, f.digits, f.hasTime, f.device)
}
