package report

import (
	"math"
	"strings"

	"github.com/icmpsniff/icmpsniff/track"
)

// neighborTopic has a row for each address of a network that was claimed, or asked for in vain.
var neighborTopic = topic{
	name: "neighbors", title: "Neighbors",
	rows: func(r *Report) int { return len(r.Summary.Neighbors) },
	columns: []column{
		{key: "address", title: "Address", kind: literal, cell: ofNeighbor(func(n *track.Neighbor) string { return address(n.Address) })},
		{key: "vlan", title: "VLAN", kind: number, shown: whenSet, cell: ofNeighbor(func(n *track.Neighbor) string { return stack(n.Segments) })},
		{key: "mac", title: "MAC", kind: literal, cell: ofNeighbor(func(n *track.Neighbor) string { return mac(n.MAC) })},
		{key: "state", title: "State", kind: word, cell: ofNeighbor(func(n *track.Neighbor) string { return n.State.String() })},
		{key: "router", title: "Router", kind: word, shown: whenSet, dispensable: 2, cell: ofNeighbor(routerWord)},
		{title: "Also claimed by", kind: literal, shown: whenSet, cell: ofNeighbor(func(n *track.Neighbor) string { return otherClaimants(n, 3) })},
		{key: "macs", kind: literal, shown: forPrograms, cell: ofNeighbor(func(n *track.Neighbor) string { return claimants(n.Claims, math.MaxInt) })},
		{key: "first_frame", title: "First frame", kind: number, dispensable: 1, cell: ofNeighbor(func(n *track.Neighbor) string { return count(n.FirstFrame) })},
		{key: "last_frame", title: "Last frame", kind: number, dispensable: 1, cell: ofNeighbor(func(n *track.Neighbor) string { return count(n.LastFrame) })},
	},
}

// ofNeighbor makes a cell of the report's row out of one of a neighbor.
func ofNeighbor(text func(*track.Neighbor) string) func(*Report, int) string {
	return func(r *Report, row int) string { return text(&r.Summary.Neighbors[row]) }
}

func routerWord(n *track.Neighbor) string {
	if n.Router {
		return "yes"
	}
	return ""
}

// otherClaimants lists the MACs that claimed a neighbor's address, but for its own.
func otherClaimants(n *track.Neighbor, most int) string {
	var others []track.Claim
	for _, c := range n.Claims {
		if c.MAC != n.MAC {
			others = append(others, c)
		}
	}
	return claimants(others, most)
}

// claimants lists the MACs of claims, no more than most of them.
func claimants(claims []track.Claim, most int) string {
	macs := make([][6]byte, len(claims))
	for i, c := range claims {
		macs[i] = c.MAC
	}
	return macList(macs, most)
}

// macList lists MACs, no more than most of them: the first ones are enough to show a conflict.
func macList(macs [][6]byte, most int) string {
	var b strings.Builder
	for i, m := range macs {
		if i == most {
			b.WriteString(" +" + count(uint64(len(macs)-most)))
			break
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(mac(m))
	}
	return b.String()
}
