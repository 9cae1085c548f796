package report

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/track"
)

// jsonPath is a path in the JSON report.
type jsonPath struct {
	Source      netip.Addr `json:"source"`
	Destination netip.Addr `json:"destination"`
	Method      string     `json:"method"`
	Reached     bool       `json:"reached"`
	Hops        []jsonHop  `json:"hops"`
	Family      int        `json:"family"`
	jsonNetwork
	EndedBy    *jsonPathEnd `json:"ended_by,omitempty"`
	Rounds     uint64       `json:"rounds"`
	FirstFrame uint64       `json:"first_frame"`
	LastFrame  uint64       `json:"last_frame"`
}

type jsonPathEnd struct {
	Type     uint8      `json:"type"`
	Code     uint8      `json:"code"`
	Name     string     `json:"name"`
	Reporter netip.Addr `json:"reporter"`
}

type jsonHop struct {
	TTL         int                `json:"ttl"`
	Sent        uint64             `json:"sent"`
	Responders  []jsonHopResponder `json:"responders"`
	Received    uint64             `json:"received"`
	Lost        uint64             `json:"lost"`
	Pending     uint64             `json:"pending"`
	LossPercent *float64           `json:"loss_percent"`
}

type jsonHopResponder struct {
	Address  netip.Addr  `json:"address"`
	Received uint64      `json:"received"`
	RTT      *jsonRTT    `json:"rtt_ms,omitempty"`
	MPLS     []jsonLabel `json:"mpls"`
}

func pathObject(p *track.Path) jsonPath {
	o := jsonPath{
		Source: p.Source, Destination: p.Destination, Method: p.Method.String(), Reached: p.Reached, Hops: make([]jsonHop, len(p.Hops)),
		Family: p.Family, jsonNetwork: networkObject(p.Segments), Rounds: p.Rounds, FirstFrame: p.FirstFrame, LastFrame: p.LastFrame,
	}
	if e := p.Ended; e.Reporter.IsValid() {
		o.EndedBy = &jsonPathEnd{Type: e.Type, Code: e.Code, Name: pathEndName(p), Reporter: e.Reporter}
	}
	for i := range p.Hops {
		o.Hops[i] = hopObject(&p.Hops[i])
	}
	return o
}

func hopObject(h *track.Hop) jsonHop {
	o := jsonHop{TTL: h.TTL, Sent: h.Sent, Responders: make([]jsonHopResponder, len(h.Responders)),
		Received: h.Received, Lost: h.Lost, Pending: h.Pending}
	if p, decided := h.LossPercent(); decided {
		p = rounded(p*1e6, 1e6)
		o.LossPercent = &p
	}
	for i := range h.Responders {
		o.Responders[i] = hopResponderObject(&h.Responders[i])
	}
	return o
}

func hopResponderObject(h *track.HopResponder) jsonHopResponder {
	o := jsonHopResponder{Address: h.Address, Received: h.Received, RTT: spanObject(&h.RTT), MPLS: make([]jsonLabel, len(h.MPLS))}
	if o.RTT != nil {
		mdev := rounded(h.RTT.MDev, 1e6)
		o.RTT.MDev = &mdev
	}
	for i, l := range h.MPLS {
		o.MPLS[i] = jsonLabel(l)
	}
	return o
}
