package capture

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// pcapFile reads a pcap file: a 24-byte header, then records of 16 bytes and data.
type pcapFile struct {
	path    string
	w       *window
	c       io.Closer
	swapped bool  // file is big-endian
	header  int   // bytes of a record's header
	tick    int64 // ns per unit of a record's fraction of a second
	lengths lengthOrder
	number  uint64
	iface   [1]Interface
	done    error // what every further Next returns
}

// lengthOrder is the order of the two lengths in a record. Until version 2.3 the length on the wire came first, and 2.3 was
// written both ways; libpcap's sf-pcap.c tells the story.
type lengthOrder uint8

const (
	capturedFirst lengthOrder = iota
	wireFirst
	smallerIsCaptured
)

// pcapVariant is what a magic number says about the records.
type pcapVariant struct {
	header int
	tick   int64
	digits uint8
}

var pcapVariants = map[uint32]pcapVariant{
	0xa1b2c3d4: {header: 16, tick: 1000, digits: 6},
	0xa1b23c4d: {header: 16, tick: 1, digits: 9},
	0xa1b2cd34: {header: 24, tick: 1000, digits: 6}, // Alexey Kuznetzov's patched libpcap: 8 bytes of interface and protocol follow
}

func openPcap(path string, w *window, c io.Closer) (Source, error) {
	h, err := w.take(24)
	if err != nil {
		return nil, readError(path, err)
	}
	r := &pcapFile{path: path, w: w, c: c}
	var order binary.ByteOrder = binary.LittleEndian
	variant, ok := pcapVariants[order.Uint32(h)]
	if !ok {
		r.swapped, order = true, binary.BigEndian
		variant = pcapVariants[order.Uint32(h)]
	}
	r.header, r.tick = variant.header, variant.tick

	major, minor := order.Uint16(h[4:]), order.Uint16(h[6:])
	switch {
	case major < 2:
		return nil, &FileError{Path: path, Kind: Unsupported, Reason: fmt.Sprintf("pcap version %d.%d", major, minor)}
	case major == 2 && minor < 3, major == 543 && minor == 0: // 543.0 is what DG/UX tcpdump wrote
		r.lengths = wireFirst
	case major == 2 && minor == 3:
		r.lengths = smallerIsCaptured
	}
	r.iface[0] = Interface{
		Link:    canonicalLink(order.Uint32(h[20:])),
		SnapLen: int(min(order.Uint32(h[16:]), math.MaxInt32)),
		Digits:  variant.digits,
	}
	return r, nil
}

func (r *pcapFile) Next(f *Frame) error {
	if r.done != nil {
		return r.done
	}
	h, err := r.w.take(r.header)
	if err != nil {
		return r.end(readError(r.path, err))
	}
	var sec, fraction, captured, length uint32
	if r.swapped {
		sec, fraction = binary.BigEndian.Uint32(h), binary.BigEndian.Uint32(h[4:])
		captured, length = binary.BigEndian.Uint32(h[8:]), binary.BigEndian.Uint32(h[12:])
	} else {
		sec, fraction = binary.LittleEndian.Uint32(h), binary.LittleEndian.Uint32(h[4:])
		captured, length = binary.LittleEndian.Uint32(h[8:]), binary.LittleEndian.Uint32(h[12:])
	}
	if r.lengths != capturedFirst && (r.lengths == wireFirst || captured > length) {
		captured, length = length, captured
	}
	if captured > MaxFrame {
		return r.end(damaged(r.path, "frame %d has %d bytes, more than the possible %d", r.number+1, captured, MaxFrame))
	}
	data, err := r.w.take(int(captured))
	if err == io.EOF {
		err = io.ErrUnexpectedEOF // a header without its data is no clean end
	}
	if err != nil {
		return r.end(readError(r.path, err))
	}
	r.number++
	f.Number = r.number
	f.Time = int64(sec)*1e9 + int64(fraction)*r.tick // at most 2^32 s: fits until 2262
	f.Length = int(length)
	f.Data = data
	f.Link = r.iface[0].Link
	f.Digits = r.iface[0].Digits
	f.HasTime = true
	f.Interface = 0
	return nil
}

func (r *pcapFile) end(err error) error {
	r.done = err
	return err
}

func (r *pcapFile) Name() string            { return r.path }
func (r *pcapFile) Interfaces() []Interface { return r.iface[:] }
func (r *pcapFile) Stats() Stats            { return Stats{} }
func (r *pcapFile) Close() error            { return r.c.Close() }
