package capture

import (
	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcap"
)

// DefaultBuffer is the room for frames that the kernel gets where nobody says how much, in bytes. At 300,000 frames of 100 bytes a second it lasts a
// quarter of a second; libpcap's own 2 MiB last as long as a scheduler may keep this program waiting.
const DefaultBuffer = 16 << 20

// LiveOptions says what to capture, and how.
type LiveOptions struct {
	Interface   string // "any" for all
	Filter      string // capture filter in libpcap's language; empty: everything
	SnapLen     int    // bytes kept of each frame; 0: MaxFrame
	Promiscuous bool   // also frames for other hosts; silently off where it cannot be had
	BufferBytes int    // kernel buffer; 0: DefaultBuffer. libpcap takes a smaller one where the kernel has no room for it
	Immediate   bool   // deliver each frame at once; the kernel's buffer then holds far fewer: each takes the room of the largest
	Monitor     bool   // 802.11 monitor mode
	LinkType    string // name as ListLinkTypes gives it; empty: the interface's default
}

// OpenLive starts capturing. The filter is in force when it returns: libpcap applies a new filter also to the
// frames that reached the buffer before it, so no frame that fails the filter is ever delivered. Errors are *LiveError.
func OpenLive(o LiveOptions) (*Live, error) {
	h, err := activate(o)
	if err != nil {
		return nil, err
	}
	l, err := start(o, h)
	if err != nil {
		h.Close()
		return nil, err
	}
	return l, nil
}

// activate opens the interface, without a filter.
func activate(o LiveOptions) (*pcap.Handle, error) {
	h, err := tryActivate(o)
	if err != nil && o.Promiscuous {
		// libpcap only warns when promiscuous mode is not to be had, but gopacket makes that an error.
		o.Promiscuous = false
		if h, again := tryActivate(o); again == nil {
			return h, nil
		}
	}
	return h, err
}

func tryActivate(o LiveOptions) (*pcap.Handle, error) {
	in, err := pcap.NewInactiveHandle(o.Interface)
	if err != nil {
		return nil, liveError(o.Interface, err)
	}
	defer in.CleanUp()
	if o.SnapLen == 0 {
		o.SnapLen = MaxFrame
	}
	if o.BufferBytes == 0 {
		o.BufferBytes = DefaultBuffer
	}
	steps := []func() error{
		func() error { return in.SetSnapLen(o.SnapLen) },
		func() error { return in.SetPromisc(o.Promiscuous) },
		func() error { return in.SetTimeout(pollInterval) },
		func() error { return in.SetImmediateMode(o.Immediate) },
		func() error { return in.SetBufferSize(o.BufferBytes) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, liveError(o.Interface, err)
		}
	}
	if o.Monitor {
		if err := in.SetRFMon(true); err != nil {
			return nil, &LiveError{Interface: o.Interface, Kind: NoMonitor, Err: err}
		}
	}
	h, err := in.Activate()
	if err != nil {
		return nil, liveError(o.Interface, err)
	}
	return h, nil
}

// start sets what can only be set on an open interface.
func start(o LiveOptions, h *pcap.Handle) (*Live, error) {
	link, err := chooseLinkType(o.Interface, o.LinkType, h)
	if err != nil {
		return nil, err
	}
	if o.Filter != "" {
		if err := h.SetBPFFilter(o.Filter); err != nil {
			return nil, &LiveError{Interface: o.Interface, Kind: BadFilter, Reason: err.Error(), Err: err}
		}
	}
	l := &Live{name: o.Interface, handle: h, link: followLink(o.Interface)}
	l.iface[0] = Interface{Name: o.Interface, Description: description(o.Interface), Filter: o.Filter, Link: link, SnapLen: h.SnapLen(), Digits: 6}
	// gopacket v1.1.19 has the two answers of Resolution the wrong way round.
	if h.Resolution() == gopacket.TimestampResolutionMicrosecond {
		l.iface[0].Digits = 9
	}
	return l, nil
}

// setLinkType is apart because gopacket's link types have 8 bits.
func setLinkType(iface string, t LinkType, h *pcap.Handle) error {
	dlt := pcap.DatalinkNameToVal(t.Name)
	if dlt > 0xff {
		return &LiveError{Interface: iface, Kind: BadLinkType, Reason: t.Name}
	}
	if err := h.SetLinkType(layers.LinkType(dlt)); err != nil {
		return &LiveError{Interface: iface, Kind: BadLinkType, Reason: t.Name, Err: err}
	}
	return nil
}
