package capture

import (
	"encoding/binary"
	"fmt"
	"math"
)

const (
	pcapHeaderSize = 24
	recordSize     = 16 // of a record's header
	linkEthernet   = 1  // LINKTYPE_ETHERNET
)

// pcapEncoder writes a pcap file (draft-ietf-opsawg-pcap), little-endian, with times cut to its resolution.
type pcapEncoder struct {
	magic uint32
	tick  int64 // ns per unit of a record's fraction of a second
	begun bool  // the header is written
	link  uint16
}

// begin writes the header if the link type is known already, so that who reads a pipe need not wait for the first frame.
func (e *pcapEncoder) begin(b []byte, known []Interface) ([]byte, error) {
	e.begun = false
	if len(known) == 0 {
		return b, nil
	}
	for _, i := range known[1:] {
		if i.Link != known[0].Link {
			return b, severalLinks(known[0].Link, i.Link)
		}
	}
	return e.header(b, known[0].Link), nil
}

// header appends the file's header. Its snapshot length is the largest there is: libpcap cuts frames to what stands
// here, and of interfaces that are met later it cannot be known now.
func (e *pcapEncoder) header(b []byte, link uint16) []byte {
	e.begun, e.link = true, link
	b = binary.LittleEndian.AppendUint32(b, e.magic)
	b = binary.LittleEndian.AppendUint16(b, 2)
	b = binary.LittleEndian.AppendUint16(b, 4)
	b = binary.LittleEndian.AppendUint64(b, 0) // reserved
	b = binary.LittleEndian.AppendUint32(b, MaxFrame)
	return binary.LittleEndian.AppendUint32(b, uint32(link))
}

// describe appends nothing: a pcap file has no interfaces.
func (e *pcapEncoder) describe(b []byte, _ *Interface) []byte { return b }

func (e *pcapEncoder) frame(b []byte, f *Frame) ([]byte, error) {
	if !e.begun {
		b = e.header(b, f.Link)
	}
	if f.Link != e.link {
		return b, severalLinks(e.link, f.Link)
	}
	sec := f.Time / 1e9
	if f.Time < 0 || sec > math.MaxUint32 {
		return b, fmt.Errorf("the time of frame %d does not fit into a pcap file, but into pcapng", f.Number)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(sec))
	b = binary.LittleEndian.AppendUint32(b, uint32(f.Time%1e9/e.tick))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(f.Data)))
	b = binary.LittleEndian.AppendUint32(b, uint32(f.Length))
	return append(b, f.Data...), nil
}

// end makes a file without frames one that can be read.
func (e *pcapEncoder) end(b []byte, c closing) []byte {
	if e.begun {
		return b
	}
	link := uint16(linkEthernet)
	if len(c.known) > 0 {
		link = c.known[0].Link
	}
	return e.header(b, link)
}

// whole returns how many of b's bytes, the file's first or those after a record, are whole records.
func (e *pcapEncoder) whole(b []byte, first bool) int {
	n := 0
	if first {
		if n = pcapHeaderSize; len(b) < n {
			return 0
		}
	}
	for len(b)-n >= recordSize {
		record := recordSize + int(binary.LittleEndian.Uint32(b[n+8:]))
		if record > len(b)-n {
			break
		}
		n += record
	}
	return n
}

// severalLinks is why a pcap file cannot hold frames: it has one link type.
func severalLinks(a, b uint16) error {
	return fmt.Errorf("a pcap file has one link type, and the frames have %s and %s, which pcapng can hold", LinkName(a), LinkName(b))
}
