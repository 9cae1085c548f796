package capture

import (
	"encoding/binary"
	"math"
	"os"
	"runtime"
	"strings"
)

// Options of a Section Header Block (draft-ietf-opsawg-pcapng §4.1), which are written, and not read.
const (
	optionOS          = 3
	optionApplication = 4
)

// Bytes of an Enhanced Packet Block but for its frame, and at most of an Interface Description Block but for its texts.
const (
	enhancedOverhead  = 32
	interfaceOverhead = 64
)

// pcapngEncoder writes one section, little-endian, in which interfaces have the numbers that they have in their source.
type pcapngEncoder struct {
	application string
	described   []describedInterface
}

// describedInterface is what its frames need to know.
type describedInterface struct {
	unit  int64 // ns of a tick
	snap  int   // 0: none
	first bool  // of the section
}

// simple reports whether a frame can be a Simple Packet Block (§4.4), the only one that can be without a time: it is the
// first interface's, and its captured length follows from the snapshot length.
func (d describedInterface) simple(f *Frame) bool {
	captured := f.Length
	if d.snap > 0 {
		captured = min(captured, d.snap)
	}
	return d.first && len(f.Data) == captured
}

func (e *pcapngEncoder) begin(b []byte, _ []Interface) ([]byte, error) {
	e.described = e.described[:0]
	return appendBlock(b, blockSection, func(b []byte) []byte {
		b = binary.LittleEndian.AppendUint32(b, 0x1A2B3C4D) // byte-order magic
		b = binary.LittleEndian.AppendUint16(b, 1)
		b = binary.LittleEndian.AppendUint16(b, 0)
		b = binary.LittleEndian.AppendUint64(b, math.MaxUint64) // length unknown
		b = appendText(b, optionOS, operatingSystem())
		b = appendText(b, optionApplication, e.application)
		return appendOption(b, optionEnd, nil)
	}), nil
}

// operatingSystem is the name and release of the system's kernel, as far as it tells.
func operatingSystem() string {
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		return runtime.GOOS
	}
	return "Linux " + strings.TrimSpace(string(release))
}

// describe appends an Interface Description Block (§4.2).
func (e *pcapngEncoder) describe(b []byte, i *Interface) []byte {
	digits := i.writtenDigits()
	e.described = append(e.described, describedInterface{unit: tickOf(digits), snap: i.SnapLen, first: len(e.described) == 0})
	return appendBlock(b, blockInterface, func(b []byte) []byte {
		b = binary.LittleEndian.AppendUint16(b, i.Link)
		b = binary.LittleEndian.AppendUint16(b, 0)
		b = binary.LittleEndian.AppendUint32(b, uint32(i.SnapLen))
		b = appendText(b, optionName, i.Name)
		b = appendText(b, optionDescription, i.Description)
		if i.Filter != "" {
			b = appendText(b, optionFilter, "\x00"+i.Filter) // 0: a libpcap expression
		}
		b = appendOption(b, optionTSResol, []byte{digits})
		return appendOption(b, optionEnd, nil)
	})
}

// frame appends an Enhanced Packet Block (§4.3).
func (e *pcapngEncoder) frame(b []byte, f *Frame) ([]byte, error) {
	d := e.described[f.Interface]
	if !f.HasTime && d.simple(f) {
		return appendSimple(b, f), nil
	}
	length := uint32(enhancedOverhead + padded(len(f.Data)))
	stamp := uint64(0)
	if f.HasTime {
		stamp = uint64(f.Time / d.unit)
	}
	b = binary.LittleEndian.AppendUint32(b, blockEnhancedPacket)
	b = binary.LittleEndian.AppendUint32(b, length)
	b = binary.LittleEndian.AppendUint32(b, f.Interface)
	b = binary.LittleEndian.AppendUint32(b, uint32(stamp>>32))
	b = binary.LittleEndian.AppendUint32(b, uint32(stamp))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(f.Data)))
	b = binary.LittleEndian.AppendUint32(b, uint32(f.Length))
	b = appendPadded(b, f.Data)
	return binary.LittleEndian.AppendUint32(b, length), nil
}

func appendSimple(b []byte, f *Frame) []byte {
	return appendBlock(b, blockSimplePacket, func(b []byte) []byte {
		return append(binary.LittleEndian.AppendUint32(b, uint32(f.Length)), f.Data...)
	})
}

// end appends an Interface Statistics Block (§4.6) for each interface of which something is known. libpcap counts what passed the
// filter; that is what dumpcap, too, calls received. What the kernel dropped is among both drops, since Wireshark shows
// the interface's alone. A copy has the counts of its source, from when they were made.
func (e *pcapngEncoder) end(b []byte, c closing) []byte {
	for i, s := range c.stats[:min(len(c.stats), len(e.described))] {
		if !s.Known {
			continue
		}
		unit := e.described[i].unit
		start, finish := stampOf(c.start, unit), stampOf(c.finish, unit)
		if s.at != 0 {
			finish = stampOf(s.at, unit)
		}
		b = appendBlock(b, blockStatistics, func(b []byte) []byte {
			b = append(binary.LittleEndian.AppendUint32(b, uint32(i)), finish...)
			if s.at == 0 {
				b = appendOption(b, optionStart, start)
				b = appendOption(b, optionFinish, finish)
			}
			b = appendCount(b, optionReceived, s.Received)
			b = appendCount(b, optionDropped, s.Dropped+s.InterfaceDropped)
			b = appendCount(b, optionFilterAccepted, s.Received)
			b = appendCount(b, optionKernelDropped, s.Dropped)
			return appendOption(b, optionEnd, nil)
		})
	}
	return b
}

// whole returns how many of b's bytes, which begin with a block, are whole blocks.
func (e *pcapngEncoder) whole(b []byte, _ bool) int {
	n := 0
	for len(b)-n >= 12 {
		length := int(binary.LittleEndian.Uint32(b[n+4:]))
		if length > len(b)-n {
			break
		}
		n += length
	}
	return n
}

// appendBlock appends a block (§3.1) whose body is what fill appends, padded.
func appendBlock(b []byte, kind uint32, fill func([]byte) []byte) []byte {
	start := len(b)
	b = binary.LittleEndian.AppendUint32(b, kind)
	b = fill(binary.LittleEndian.AppendUint32(b, 0))
	b = appendPadding(b, len(b)-start)
	length := uint32(len(b) - start + 4)
	binary.LittleEndian.PutUint32(b[start+4:], length)
	return binary.LittleEndian.AppendUint32(b, length)
}

// appendOption appends an option (§3.5).
func appendOption(b []byte, code uint16, value []byte) []byte {
	b = binary.LittleEndian.AppendUint16(b, code)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(value)))
	return appendPadded(b, value)
}

// appendText appends a string option, cut to what an option can hold, unless it is empty.
func appendText(b []byte, code uint16, text string) []byte {
	if text == "" {
		return b
	}
	return appendOption(b, code, []byte(text[:min(len(text), math.MaxUint16)]))
}

func appendCount(b []byte, code uint16, n uint64) []byte {
	return appendOption(b, code, binary.LittleEndian.AppendUint64(nil, n))
}

func appendPadded(b, data []byte) []byte { return appendPadding(append(b, data...), len(data)) }

// appendPadding fills up n bytes to a multiple of 4.
func appendPadding(b []byte, n int) []byte { return append(b, 0, 0, 0)[:len(b)+padded(n)-n] }

// stampOf is a time in ticks, high word first in either byte order.
func stampOf(time, unit int64) []byte {
	stamp := uint64(time / unit)
	b := binary.LittleEndian.AppendUint32(nil, uint32(stamp>>32))
	return binary.LittleEndian.AppendUint32(b, uint32(stamp))
}

// tickOf is the length of a tick, in ns, of a clock with so many digits.
func tickOf(digits uint8) int64 {
	unit := int64(1)
	for range 9 - min(digits, 9) {
		unit *= 10
	}
	return unit
}
