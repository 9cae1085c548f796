package report

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/track"
)

// jsonNote is a note. What a kind has no use for is absent; what the addresses and the value stand for is in docs/notes.md.
type jsonNote struct {
	Severity    string     `json:"severity"`
	Kind        string     `json:"kind"`
	Text        string     `json:"text"`
	Frames      []uint64   `json:"frames"` // the first of them
	Count       uint64     `json:"count"`  // of all
	Source      netip.Addr `json:"source,omitzero"`
	Destination netip.Addr `json:"destination,omitzero"`
	About       netip.Addr `json:"about,omitzero"`
	Via         netip.Addr `json:"via,omitzero"`
	MACs        []string   `json:"macs,omitempty"`
	jsonNetwork
	Value uint64 `json:"value,omitempty"`
}

func noteObject(n *track.Note) jsonNote {
	o := jsonNote{
		Severity: n.Severity.String(), Kind: n.Kind.String(), Text: noteText(n), Frames: append([]uint64{}, n.Frames...), Count: n.Count,
		Source: n.Source, Destination: n.Destination, About: n.About, Via: n.Via, jsonNetwork: networkObject(n.Segments), Value: n.Value,
	}
	for _, m := range n.MACs {
		if m != [6]byte{} {
			o.MACs = append(o.MACs, mac(m))
		}
	}
	return o
}
