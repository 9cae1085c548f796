package capture

// Options of an Interface Statistics Block (draft-ietf-opsawg-pcapng §4.6).
const (
	optionStart          = 2
	optionFinish         = 3
	optionReceived       = 4
	optionDropped        = 5
	optionFilterAccepted = 6
	optionKernelDropped  = 7
)

// readStatistics reads an Interface Statistics Block. Its numbers are counted from the beginning of the capture, so that those of a
// later block replace them. A block about an interface that there is not says nothing, as in Wireshark.
func (r *pcapngFile) readStatistics(body []byte) error {
	if len(body) < 12 {
		return r.tooShort("statistics", len(body))
	}
	var counts [optionKernelDropped + 1]uint64
	var known [len(counts)]bool
	err := r.readOptions(body[12:], func(code uint16, value []byte) {
		if int(code) < len(counts) && len(value) == 8 {
			counts[code], known[code] = r.order.u64(value), true
		}
	})
	id := r.order.u32(body)
	if err != nil || id >= uint32(len(r.clocks)) {
		return err
	}
	for len(r.stats) < len(r.known) {
		r.stats = append(r.stats, Stats{})
	}
	s := &r.stats[r.section+int(id)]
	s.Received = counts[optionReceived]
	s.Dropped, s.InterfaceDropped = whoDropped(counts[optionDropped], counts[optionKernelDropped], known[optionKernelDropped])
	s.Known = known[optionReceived] || known[optionDropped] || known[optionKernelDropped]
	s.at = r.clocks[id].nanoseconds(uint64(r.order.u32(body[4:]))<<32 | uint64(r.order.u32(body[8:])))
	return nil
}

// whoDropped tells the kernel's drops from the interface's. The draft has one count of each. dumpcap writes the interface's alone,
// with what libpcap calls dropped by the kernel; and we write both there ([pcapngEncoder.end]).
func whoDropped(dropped, byKernel uint64, kernelTold bool) (kernel, byInterface uint64) {
	switch {
	case !kernelTold:
		return dropped, 0
	case dropped >= byKernel:
		return byKernel, dropped - byKernel
	}
	return byKernel, dropped
}

// Stats is what the file has said so far: most say it at their end.
func (r *pcapngFile) Stats() Stats { return total(r.stats) }

func (r *pcapngFile) byInterface() []Stats { return r.stats }
