package report

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/icmpsniff/icmpsniff/track"
)

// Order is the order of the rows of a report. The zero value leaves them in that of first appearance.
type Order struct {
	columns  []string
	reversed bool // the largest comes first
}

// orders are what rows may be sorted by. A topic is sorted by the first of the columns that it has, by their keys in CSV;
// one that has none of them stays as it is.
var orders = [...]struct {
	name    string
	columns []string
	figure  bool // what is worth a look is large: the largest comes first
}{
	{"address", []string{"address", "target", "destination"}, false},
	{"source", []string{"source", "asker"}, false},
	{"destination", []string{"destination", "target", "address"}, false},
	{"mac", []string{"mac", "answered_by"}, false},
	{"status", []string{"status", "state", "name", "obeyed"}, false},
	{"sent", []string{"sent", "requests", "samples", "reports"}, true},
	{"received", []string{"received", "replies"}, true},
	{"lost", []string{"lost", "unanswered"}, true},
	{"loss", []string{"loss_percent", "unanswered"}, true},
	{"errors", []string{"errors"}, true},
	{"rtt", []string{"rtt_avg_ms", "round_trip_ms"}, true},
	{"max", []string{"rtt_max_ms", "round_trip_ms"}, true},
	{"jitter", []string{"jitter_ms"}, true},
	{"mtu", []string{"mtu"}, false},
	{"first", []string{"first_frame", "frame"}, false},
	{"last", []string{"last_frame", "frame"}, false},
}

// Orders returns the names that ParseOrder knows.
func Orders() []string {
	names := make([]string, len(orders))
	for i, o := range orders {
		names[i] = o.name
	}
	return names
}

// ParseOrder reads the name of an order, with "-" before it for the opposite; "" is that of first appearance. Figures begin
// with the largest, addresses, names and frames with the smallest. The error is one sentence that lists the names.
func ParseOrder(s string) (Order, error) {
	name, opposite := strings.CutPrefix(s, "-")
	for _, o := range orders {
		if o.name == name {
			return Order{columns: o.columns, reversed: o.figure != opposite}, nil
		}
	}
	if s == "" {
		return Order{}, nil
	}
	return Order{}, fmt.Errorf("%q is not one of %s", s, strings.Join(Orders(), ", "))
}

// arrangements are the topics whose rows stand for themselves. Hops belong to their path, and notes were made in their order.
var arrangements = [...]func(r *Report){
	arrange(&echoTopic, func(s *track.Summary) []track.Flow { return s.Flows }),
	arrange(&queriesTopic, func(s *track.Summary) []track.Flow { return s.Queries }),
	arrange(&resolutionTopic, func(s *track.Summary) []track.Resolution { return s.Resolutions }),
	arrange(&neighborTopic, func(s *track.Summary) []track.Neighbor { return s.Neighbors }),
	arrange(&errorTopic, func(s *track.Summary) []track.Error { return s.Errors }),
	arrange(&pathMTUTopic, func(s *track.Summary) []track.PathMTU { return s.PathMTUs }),
	arrange(&clocksTopic, func(s *track.Summary) []track.Clock { return s.Clocks }),
}

// arrange makes what sorts the rows of a topic.
func arrange[Row any](t *topic, rows func(*track.Summary) []Row) func(*Report) {
	return func(r *Report) { sorted(rows(r.Summary), r.Order.keys(t, r), r.Order) }
}

// Sort brings the rows of the summary into the report's order, for all formats. Rows that are equal in it stay in that of first
// appearance, and those of which it is not known come last.
func (r *Report) Sort() {
	if r.Order.columns == nil {
		return
	}
	for _, arrange := range arrangements {
		arrange(r)
	}
}

// sortKey is what a row is sorted by: a number, an address, or else a text.
type sortKey struct {
	unknown bool
	number  float64
	address netip.Addr
	text    string
}

// keys returns the keys of a topic's rows, nil if it has no column to sort by.
func (o Order) keys(t *topic, r *Report) []sortKey {
	for _, name := range o.columns {
		i := slices.IndexFunc(t.columns, func(c column) bool { return c.key == name })
		if i < 0 {
			continue
		}
		keys := make([]sortKey, t.rows(r))
		for row := range keys {
			keys[row] = t.columns[i].sortKey(r, row)
		}
		return keys
	}
	return nil
}

func (c *column) sortKey(r *Report, row int) sortKey {
	k := sortKey{text: c.cell(r, row)}
	k.unknown = k.text == ""
	if c.kind == number {
		k.number, _ = strconv.ParseFloat(k.text, 64)
	} else {
		k.address, _ = netip.ParseAddr(k.text) // the zero Addr is less than all others
	}
	return k
}

// sorted sorts rows by their keys, in place; without keys it leaves them as they are.
func sorted[Row any](rows []Row, keys []sortKey, o Order) {
	if keys == nil {
		return
	}
	from := make([]int, len(rows))
	for i := range from {
		from[i] = i
	}
	slices.SortStableFunc(from, func(a, b int) int { return o.compare(&keys[a], &keys[b]) })
	before := slices.Clone(rows)
	for i, row := range from {
		rows[i] = before[row]
	}
}

func (o Order) compare(a, b *sortKey) int {
	if a.unknown || b.unknown {
		switch {
		case !b.unknown:
			return 1
		case !a.unknown:
			return -1
		}
		return 0
	}
	order := cmp.Or(cmp.Compare(a.number, b.number), a.address.Compare(b.address))
	if order == 0 && !a.address.IsValid() {
		order = cmp.Compare(a.text, b.text)
	}
	if o.reversed {
		return -order
	}
	return order
}
