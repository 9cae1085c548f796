package capture

import (
	"strings"

	"github.com/google/gopacket/pcap"
)

// Device is an interface that could be captured on.
type Device struct {
	Name        string
	Description string // libpcap's, may be empty
	Loopback    bool
	Up          bool
	Running     bool
}

// Bits of pcap.Interface.Flags (PCAP_IF_ in pcap/pcap.h), which gopacket does not name.
const (
	flagLoopback = 1 << iota
	flagUp
	flagRunning
)

// ListInterfaces lists what can be captured on, in libpcap's order: the likely ones first. It needs no privileges.
func ListInterfaces() ([]Device, error) {
	found, err := pcap.FindAllDevs()
	if err != nil {
		return nil, err
	}
	devices := make([]Device, len(found))
	for i, d := range found {
		devices[i] = Device{
			Name:        d.Name,
			Description: d.Description,
			Loopback:    d.Flags&flagLoopback != 0,
			Up:          d.Flags&flagUp != 0,
			Running:     d.Flags&flagRunning != 0,
		}
	}
	return devices, nil
}

// description is libpcap's of an interface, empty where it has none.
func description(name string) string {
	devices, _ := ListInterfaces() // who could open it need not be able to list it
	for _, d := range devices {
		if d.Name == name {
			return d.Description
		}
	}
	return ""
}

// LinkType is a kind of link-layer header that an interface can deliver.
type LinkType struct {
	Name        string // as -y takes it, such as EN10MB
	Description string
	Link        uint16 // LINKTYPE_ value
}

// ListLinkTypes lists the link types of an interface, the default first, as they are in monitor mode if that is asked for. It
// needs the privileges that capturing needs; its errors are *LiveError.
func ListLinkTypes(name string, monitor bool) ([]LinkType, error) {
	h, err := activate(LiveOptions{Interface: name, Monitor: monitor})
	if err != nil {
		return nil, err
	}
	defer h.Close()
	return linkTypes(name, h)
}

func linkTypes(name string, h *pcap.Handle) ([]LinkType, error) {
	offered, err := h.ListDataLinks()
	if err != nil {
		return nil, liveError(name, err)
	}
	types := make([]LinkType, 0, len(offered))
	for _, d := range offered {
		types = append(types, LinkType{
			Name:        d.Name,
			Description: d.Description,
			Link:        canonicalLink(uint32(pcap.DatalinkNameToVal(d.Name))),
		})
	}
	return types, nil
}

// chooseLinkType sets the link type that name asks for, or leaves the default if name is empty, and returns the one in force.
func chooseLinkType(iface, name string, h *pcap.Handle) (uint16, error) {
	offered, err := linkTypes(iface, h)
	if err != nil {
		return 0, err
	}
	if name == "" {
		// gopacket keeps 8 bits of a link type; the list has all of them.
		for _, t := range offered {
			if dlt := pcap.DatalinkNameToVal(t.Name); uint8(dlt) == uint8(h.LinkType()) {
				return t.Link, nil
			}
		}
		return canonicalLink(uint32(h.LinkType())), nil
	}
	for _, t := range offered {
		if !strings.EqualFold(t.Name, name) {
			continue
		}
		return t.Link, setLinkType(iface, t, h)
	}
	return 0, &LiveError{Interface: iface, Kind: BadLinkType, Reason: name}
}
