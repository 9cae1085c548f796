package bpf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"github.com/google/gopacket/pcap"
	xbpf "golang.org/x/net/bpf"
)

// defaultSnapLen is libpcap's largest.
const defaultSnapLen = 262144

// Compile compiles expr, a filter in the language of pcap-filter(7), for frames of a link type: a LINKTYPE_ value of
// https://www.tcpdump.org/linktypes.html. The empty filter matches everything. snaplen is the most bytes that a
// frame may have; 0 is libpcap's limit. Names of hosts in expr are looked up, which may wait for the network. Errors
// are *Error.
func Compile(expr string, link uint16, snaplen int) (*Program, error) {
	code, err := compile(expr, link, snaplen)
	if err != nil {
		return nil, newError(expr, link, err)
	}
	raw := make([]xbpf.RawInstruction, len(code))
	for i, c := range code {
		raw[i] = xbpf.RawInstruction{Op: c.Code, Jt: c.Jt, Jf: c.Jf, K: c.K}
	}
	p, err := newProgram(raw)
	if err != nil {
		return nil, newError(expr, link, err)
	}
	return p, nil
}

// compile asks libpcap, on a handle for an empty savefile of the link type. That is how tcpdump -r compiles, and
// it differs from gopacket's handle without a file (pcap.CompileBPFFilter) in what matters here: link types have 16
// bits and not 8, they are LINKTYPE_ and not DLT_ values, and words that only the kernel can answer (inbound) are refused
// rather than compiled to loads from nowhere.
func compile(expr string, link uint16, snaplen int) (code []pcap.BPFInstruction, err error) {
	h, err := openEmpty(link, snaplen)
	if err != nil {
		return nil, fmt.Errorf("libpcap could not be asked: %w", err)
	}
	defer h.Close()
	defer func() {
		// gopacket v1.1.19 panics on programs of more than 32,768 instructions.
		if recover() != nil {
			code, err = nil, errors.New("it is too long")
		}
	}()
	return h.CompileBPFFilter(expr)
}

// openEmpty opens a savefile that consists of its header only, through a pipe: no disk is touched, and the 24 bytes
// fit into the pipe, so that nobody waits.
func openEmpty(link uint16, snaplen int) (*pcap.Handle, error) {
	if snaplen <= 0 || snaplen > defaultSnapLen {
		snaplen = defaultSnapLen
	}
	var header [24]byte
	binary.LittleEndian.PutUint32(header[0:], 0xa1b2c3d4)
	binary.LittleEndian.PutUint16(header[4:], 2)
	binary.LittleEndian.PutUint16(header[6:], 4)
	binary.LittleEndian.PutUint32(header[16:], uint32(snaplen))
	binary.LittleEndian.PutUint32(header[20:], uint32(link))

	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	_, err = w.Write(header[:])
	w.Close()
	if err != nil {
		return nil, err
	}
	// By path and not by descriptor: pcap_close would close a descriptor that package os believes to be its own.
	return pcap.OpenOffline(fmt.Sprintf("/dev/fd/%d", r.Fd()))
}
