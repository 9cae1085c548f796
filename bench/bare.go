package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"math/bits"
	"net/netip"
	"strconv"

	"github.com/icmpsniff/icmpsniff/capture"
)

// bare does the least that can be called pairing, with icmpsniff's reader, on two goroutines: echo over IPv4 in Ethernet frames, read where
// its fields mostly are, in two tables that never grow, where the latest takes the place. It knows no other protocol, tunnel, option, fragment,
// checksum, timeout, copy or note, and has no report. What icmpsniff takes beyond it, it takes for those.
//
// It prints a line for each message to w, nothing if w is nil.
func bare(file string, w io.Writer) error {
	source, err := capture.Open(file)
	if err != nil {
		return err
	}
	defer source.Close()
	full, free := make(chan []bareEcho, 4), make(chan []bareEcho, 4)
	for range cap(free) {
		free <- make([]bareEcho, 0, 2048)
	}
	var end error
	go func() {
		for batch := range free {
			batch, end = bareBatch(source, batch[:0])
			full <- batch
			if end != nil {
				close(full)
				return
			}
		}
	}()
	out := bufio.NewWriterSize(w, 64<<10)
	pairs := barePairs{requests: make([]bareEcho, 1<<17), flows: make([]bareFlow, 1<<12)}
	for batch := range full {
		for i := range batch {
			request := pairs.take(&batch[i])
			if w == nil {
				continue
			}
			if _, err := out.Write(batch[i].appendLine(out.AvailableBuffer(), request)); err != nil {
				return err
			}
		}
		free <- batch
	}
	if !errors.Is(end, io.EOF) {
		return end
	}
	return out.Flush()
}

// bareEcho is an echo message.
type bareEcho struct {
	frame            uint64
	time             int64 // ns
	asker, responder [4]byte
	id, seq, length  uint16
	reply            bool
	ttl              uint8
}

// bareBatch fills the batch with the next messages. It returns an error with the last.
func bareBatch(source capture.Source, batch []bareEcho) ([]bareEcho, error) {
	var f capture.Frame
	for len(batch) < cap(batch) {
		if err := source.Next(&f); err != nil {
			return batch, err
		}
		if e := &batch[:len(batch)+1][len(batch)]; e.read(&f) {
			batch = batch[:len(batch)+1]
		}
	}
	return batch, nil
}

// read reads a message, and reports whether the frame is one: an Ethernet header, an IPv4 header without options, and ICMP.
func (e *bareEcho) read(f *capture.Frame) bool {
	const ipv4, noOptions, icmp, request, reply = 0x0800, 0x45, 1, 8, 0
	b := f.Data
	if len(b) < 42 || binary.BigEndian.Uint16(b[12:]) != ipv4 || b[14] != noOptions || b[23] != icmp || b[34] != request && b[34] != reply {
		return false
	}
	e.frame, e.time, e.length, e.ttl = f.Number, f.Time, uint16(f.Length), b[22]
	e.asker, e.responder = [4]byte(b[26:]), [4]byte(b[30:])
	if e.reply = b[34] == reply; e.reply {
		e.asker, e.responder = e.responder, e.asker
	}
	e.id, e.seq = binary.BigEndian.Uint16(b[38:]), binary.BigEndian.Uint16(b[40:])
	return true
}

// barePairs are requests and the times of flows, in places by their hash.
type barePairs struct {
	requests []bareEcho
	flows    []bareFlow
}

// bareFlow is what is known of a flow, in ns.
type bareFlow struct {
	sent, received, sum, least, most int64
}

// take takes a message, and returns the request that it answers, or nil.
func (p *barePairs) take(e *bareEcho) *bareEcho {
	ends := uint64(binary.BigEndian.Uint32(e.asker[:]))<<32 | uint64(binary.BigEndian.Uint32(e.responder[:]))
	high, low := bits.Mul64(ends, 0x9e3779b97f4a7c15^uint64(e.id)<<32)
	hash := uint32(high ^ low>>32)
	f := &p.flows[hash%uint32(len(p.flows))]
	request := &p.requests[(hash^uint32(e.seq)*0x9e3779b1)%uint32(len(p.requests))]
	if !e.reply {
		f.sent++
		*request = *e
		return nil
	}
	if request.asker != e.asker || request.responder != e.responder || request.id != e.id || request.seq != e.seq {
		return nil
	}
	rtt := e.time - request.time
	if f.received == 0 {
		f.least = math.MaxInt64
	}
	f.received++
	f.sum += rtt
	f.least, f.most = min(f.least, rtt), max(f.most, rtt)
	return request
}

// appendLine appends what a line says of a message.
func (e *bareEcho) appendLine(b []byte, request *bareEcho) []byte {
	source, destination, kind := e.asker, e.responder, "request"
	if e.reply {
		source, destination, kind = destination, source, "reply"
	}
	b = strconv.AppendUint(b, e.frame, 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, e.time/1e3, 10)
	b = append(b, ' ')
	b = netip.AddrFrom4(source).AppendTo(b)
	b = append(b, " → "...)
	b = netip.AddrFrom4(destination).AppendTo(b)
	b = append(b, " ICMP "...)
	b = strconv.AppendUint(b, uint64(e.length), 10)
	b = append(b, " Echo (ping) "...)
	b = append(b, kind...)
	b = append(b, "  id="...)
	b = strconv.AppendUint(b, uint64(e.id), 10)
	b = append(b, ", seq="...)
	b = strconv.AppendUint(b, uint64(e.seq), 10)
	b = append(b, ", ttl="...)
	b = strconv.AppendUint(b, uint64(e.ttl), 10)
	if request != nil {
		b = append(b, " (request in "...)
		b = strconv.AppendUint(b, request.frame, 10)
		b = append(b, ')')
	}
	return append(b, '\n')
}
