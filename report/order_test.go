package report

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/track"
)

// unsorted is a report of three flows: one lossy and quick, one without loss and slow, one of which nothing is decided.
func unsorted() *Report {
	flow := func(source string, first, sent, received, pending uint64, avg float64) track.Flow {
		f := track.Flow{Kind: "echo", Source: netip.MustParseAddr(source), FirstFrame: first}
		f.Sent, f.Received, f.Pending, f.Lost = sent, received, pending, sent-received-pending
		f.RTT = track.RTT{N: received, Avg: avg}
		return f
	}
	return &Report{Summary: &track.Summary{
		Flows: []track.Flow{
			flow("192.0.2.9", 1, 10, 9, 0, 1e6),
			flow("192.0.2.10", 2, 9, 9, 0, 30e6),
			flow("192.0.2.8", 3, 1, 0, 1, 0),
		},
		Neighbors: []track.Neighbor{
			{Address: netip.MustParseAddr("192.0.2.10")}, {Address: netip.MustParseAddr("2001:db8::1")}, {Address: netip.MustParseAddr("192.0.2.9")},
		},
	}}
}

// TestSort protects what --sort is for: the worst comes first, addresses come by value and not by spelling, what is not known
// comes last either way, and a table without such a column stays as it was.
func TestSort(t *testing.T) {
	for _, test := range []struct{ order, flows, neighbors string }{
		{"", "9 10 8", "192.0.2.10 2001:db8::1 192.0.2.9"},
		{"loss", "9 10 8", "192.0.2.10 2001:db8::1 192.0.2.9"},
		{"-loss", "10 9 8", "192.0.2.10 2001:db8::1 192.0.2.9"},
		{"rtt", "10 9 8", "192.0.2.10 2001:db8::1 192.0.2.9"},
		{"-rtt", "9 10 8", "192.0.2.10 2001:db8::1 192.0.2.9"},
		{"sent", "9 10 8", "192.0.2.10 2001:db8::1 192.0.2.9"},
		{"received", "9 10 8", "192.0.2.10 2001:db8::1 192.0.2.9"}, // equals stay in order
		{"-received", "8 9 10", "192.0.2.10 2001:db8::1 192.0.2.9"},
		{"source", "8 9 10", "192.0.2.10 2001:db8::1 192.0.2.9"},
		{"address", "9 10 8", "192.0.2.9 192.0.2.10 2001:db8::1"},
		{"-address", "9 10 8", "2001:db8::1 192.0.2.10 192.0.2.9"},
		{"-first", "8 10 9", "192.0.2.10 2001:db8::1 192.0.2.9"},
	} {
		t.Run("by "+test.order, func(t *testing.T) {
			r := unsorted()
			var err error
			if r.Order, err = ParseOrder(test.order); err != nil {
				t.Fatal(err)
			}
			r.Sort()
			var flows, neighbors []string
			for _, f := range r.Summary.Flows {
				flows = append(flows, strings.TrimPrefix(f.Source.String(), "192.0.2."))
			}
			for _, n := range r.Summary.Neighbors {
				neighbors = append(neighbors, n.Address.String())
			}
			if got := strings.Join(flows, " "); got != test.flows {
				t.Errorf("flows %s, want %s", got, test.flows)
			}
			if got := strings.Join(neighbors, " "); got != test.neighbors {
				t.Errorf("neighbors %s, want %s", got, test.neighbors)
			}
		})
	}
}

// TestSortJSON protects that the flows of all kinds, which JSON has in one list, are sorted as one.
func TestSortJSON(t *testing.T) {
	r := unsorted()
	r.Summary.Queries = []track.Flow{r.Summary.Flows[0]}
	r.Summary.Flows = r.Summary.Flows[1:]
	r.Summary.Queries[0].Kind = "timestamp"
	r.Order, _ = ParseOrder("rtt")
	r.Sort()
	var kinds []string
	for _, f := range flowsOf(r) {
		kinds = append(kinds, f.Kind)
	}
	if want := []string{"echo", "timestamp", "echo"}; !slices.Equal(kinds, want) {
		t.Errorf("kinds %v, want %v", kinds, want)
	}
}

// TestOrders protects that each order has a table to sort: a column that was renamed would leave it silently without.
func TestOrders(t *testing.T) {
	for _, o := range orders {
		for _, name := range o.columns {
			if !slices.ContainsFunc(topics[:], func(t *topic) bool {
				return slices.ContainsFunc(t.columns, func(c column) bool { return c.key == name })
			}) {
				t.Errorf("%s: no table has a column %s", o.name, name)
			}
		}
	}
	if _, err := ParseOrder("size"); err == nil || !strings.Contains(err.Error(), `"size" is not one of address, source, `) {
		t.Errorf("an unknown order: %v", err)
	}
}
