package report

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/track"
)

type jsonError struct {
	Frame      uint64     `json:"frame"`
	Reporter   netip.Addr `json:"reporter"`
	Type       uint8      `json:"type"`
	Code       uint8      `json:"code"`
	Name       string     `json:"name"`
	AboutFrame uint64     `json:"about_frame,omitempty"` // absent if it was not captured
	About      *jsonQuote `json:"about,omitempty"`       // absent if nothing is quoted
	Time       string     `json:"time,omitempty"`        // RFC 3339, UTC, ns
	Family     int        `json:"family"`
	Receiver   netip.Addr `json:"receiver"`
	jsonNetwork
	Translated bool            `json:"translated"`
	MTU        uint32          `json:"mtu,omitempty"`
	Gateway    *netip.Addr     `json:"gateway,omitempty"`
	Pointer    *uint32         `json:"pointer,omitempty"`
	MPLS       []jsonLabel     `json:"mpls,omitempty"`
	Interfaces []jsonInterface `json:"interfaces,omitempty"`
	Copies     uint64          `json:"copies"`
}

// jsonQuote has an identifier and a sequence number, or ports, or neither.
type jsonQuote struct {
	Source          *netip.Addr `json:"source,omitempty"`
	Destination     netip.Addr  `json:"destination"`
	Protocol        string      `json:"protocol,omitempty"` // a word, or the number
	ID              *uint16     `json:"id,omitempty"`
	Seq             *uint16     `json:"seq,omitempty"`
	SourcePort      *uint16     `json:"source_port,omitempty"`
	DestinationPort *uint16     `json:"destination_port,omitempty"`
}

type jsonLabel struct {
	Label        uint32 `json:"label"`
	TrafficClass uint8  `json:"traffic_class"`
	Bottom       bool   `json:"bottom"`
	TTL          uint8  `json:"ttl"`
}

type jsonInterface struct {
	Role    string      `json:"role"`
	Name    string      `json:"name,omitempty"`
	Address *netip.Addr `json:"address,omitempty"`
	Index   uint32      `json:"index,omitempty"`
	MTU     uint32      `json:"mtu,omitempty"`
}

func errorObject(e *track.Error) jsonError {
	o := jsonError{
		Frame: e.Frame, Family: e.Family, Reporter: e.Reporter, Receiver: e.Receiver, jsonNetwork: networkObject(e.Segments), Type: e.Type, Code: e.Code,
		Name: errorName(e), Translated: e.Translated, MTU: e.MTU, Gateway: present(e.Gateway), AboutFrame: e.AboutFrame, About: quoteObject(&e.About), Copies: e.Copies,
	}
	if e.HasTime {
		o.Time = timestamp(e.Time, 9)
	}
	if e.HasPointer {
		o.Pointer = &e.Pointer
	}
	for _, l := range e.Labels {
		o.MPLS = append(o.MPLS, jsonLabel(l))
	}
	for _, i := range e.Interfaces {
		o.Interfaces = append(o.Interfaces, jsonInterface{roleWords[i.Role], i.Name, present(i.Address), i.Index, i.MTU})
	}
	return o
}

func quoteObject(q *track.Quote) *jsonQuote {
	if !q.Quoted() {
		return nil
	}
	o := &jsonQuote{Source: present(q.Source), Destination: q.Destination, Protocol: protocolWord(q)}
	if q.Query {
		o.ID, o.Seq = &q.ID, &q.Seq
	}
	if q.Ports {
		o.SourcePort, o.DestinationPort = &q.SourcePort, &q.DestinationPort
	}
	return o
}

// present returns nil for no address, so that its key is left out.
func present(a netip.Addr) *netip.Addr {
	if !a.IsValid() {
		return nil
	}
	return &a
}

type jsonPathMTU struct {
	Destination netip.Addr `json:"destination"`
	MTU         uint32     `json:"mtu"`
	Reporter    netip.Addr `json:"reporter"`
	Frame       uint64     `json:"frame"`
	jsonNetwork
	Sender        netip.Addr `json:"sender"`
	Reports       uint64     `json:"reports"`
	Obeyed        *bool      `json:"obeyed,omitempty"` // absent if nothing shows it
	ExceededFrame uint64     `json:"exceeded_frame,omitempty"`
}

func pathMTUObject(m *track.PathMTU) jsonPathMTU {
	o := jsonPathMTU{
		Destination: m.Destination, MTU: m.MTU, Reporter: m.Reporter, Frame: m.Frame, jsonNetwork: networkObject(m.Segments), Sender: m.Sender,
		Reports: m.Reports, ExceededFrame: m.Exceeded,
	}
	if m.Obeyed != track.ObeyedUnknown {
		obeyed := m.Obeyed == track.Obeyed
		o.Obeyed = &obeyed
	}
	return o
}
