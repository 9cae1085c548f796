package report

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/track"
)

// jsonNeighbor is an address of a network. macs are those of the claims; mac is absent if there are none.
type jsonNeighbor struct {
	Address netip.Addr `json:"address"`
	MAC     string     `json:"mac,omitempty"`
	jsonNetwork
	State      string      `json:"state"`
	FirstFrame uint64      `json:"first_frame"`
	LastFrame  uint64      `json:"last_frame"`
	MACs       []string    `json:"macs"`
	Router     bool        `json:"router"`
	Claims     []jsonClaim `json:"claims"`
}

// jsonClaim is what one MAC said of a neighbor's address. Times are of its frames, absent if the capture has none.
type jsonClaim struct {
	MAC        string `json:"mac"`
	FirstFrame uint64 `json:"first_frame"`
	LastFrame  uint64 `json:"last_frame"`
	First      string `json:"first,omitempty"` // RFC 3339, UTC, ns
	Last       string `json:"last,omitempty"`
}

func neighborObject(n *track.Neighbor, timed bool) jsonNeighbor {
	o := jsonNeighbor{
		Address: n.Address, MAC: mac(n.MAC), jsonNetwork: networkObject(n.Segments), State: n.State.String(), Router: n.Router,
		FirstFrame: n.FirstFrame, LastFrame: n.LastFrame,
		MACs: make([]string, len(n.Claims)), Claims: make([]jsonClaim, len(n.Claims)),
	}
	for i, c := range n.Claims {
		o.MACs[i] = mac(c.MAC)
		o.Claims[i] = jsonClaim{MAC: o.MACs[i], FirstFrame: c.FirstFrame, LastFrame: c.LastFrame}
		if timed {
			o.Claims[i].First, o.Claims[i].Last = timestamp(c.First, 9), timestamp(c.Last, 9)
		}
	}
	return o
}
