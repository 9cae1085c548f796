package lab

import "time"

// A Shape is what a line does to one direction's traffic: for each frame, in order, the frames that come out and when.
// It is called from one goroutine and may keep counts. An empty answer loses the frame.
type Shape func(frame []byte) []Departure

// A Departure is a frame leaving a line some time after it entered; zero is at once, in order.
type Departure struct {
	Frame []byte
	After time.Duration
}

func pass(frame []byte) []Departure { return []Departure{{Frame: frame}} }

// transform wraps or unwraps each frame; nil loses it.
func transform(f func([]byte) []byte) Shape {
	return func(frame []byte) []Departure {
		if out := f(frame); out != nil {
			return []Departure{{Frame: out}}
		}
		return nil
	}
}

// onEcho applies one departure list per echo message (request or reply, either family), going round the list; everything else passes.
// Each entry is the delays of the copies that come out: {0} passes, {} loses, {0, 0} doubles.
func onEcho(rounds ...[]time.Duration) func() Shape {
	return func() Shape {
		count := 0
		return func(frame []byte) []Departure {
			if !isEcho(frame) {
				return pass(frame)
			}
			var out []Departure
			for _, after := range rounds[count%len(rounds)] {
				out = append(out, Departure{frame, after})
			}
			count++
			return out
		}
	}
}

// isEcho recognises ICMP and ICMPv6 echo in plain Ethernet, without IP options or extension headers.
func isEcho(frame []byte) bool {
	const ethernet, ipv4, ipv6 = 14, 20, 40
	if len(frame) < ethernet+1 {
		return false
	}
	switch header := frame[ethernet:]; frame[12] {
	case 0x08: // 0x0800; ARP's 0x0806 fails the version test
		return len(header) > ipv4 && header[0] == 0x45 && header[9] == 1 && (header[ipv4] == 8 || header[ipv4] == 0)
	case 0x86:
		return len(header) > ipv6 && header[6] == 58 && (header[ipv6] == 128 || header[ipv6] == 129)
	}
	return false
}
