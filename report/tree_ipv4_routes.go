package report

import "github.com/icmpsniff/icmpsniff/field"

// What the options of IPv4 hold that gather something on the way: times, and the addresses of a route (RFC 791 §3.1).

var (
	stampField   = show("ip.opt.time_stamp").field
	stampAddress = show("ip.opt.time_stamp_addr").field
)

// timeStamps adds the entries of a time stamp option, addresses and stamps in turn.
func timeStamps(t *tree) {
	b := t.part.Bytes
	if b[0] != stampOption || len(b) < 4 {
		return
	}
	size := 8
	if b[3]&0x0f == 0 {
		size = 4
	}
	for b = b[4:]; len(b) >= size; b = b[size:] {
		if size == 8 {
			t.begin(stampAddress, field.Value{Bytes: b[:4]}, plain)
			t.str("Address: ")
			if [4]byte(b) == [4]byte{} {
				t.str("-")
			} else {
				t.ip(b[:4])
			}
			t.end()
		}
		u := field.Value{Uint: uint64(b[size-4])<<24 | uint64(b[size-3])<<16 | uint64(b[size-2])<<8 | uint64(b[size-1])}
		t.begin(stampField, u, plain)
		t.str("Time stamp: ").uint(u.Uint).end()
	}
}

// Fields of the addresses in a route.
var (
	recordedRoute = routeFields("ip.rec_rt", "Recorded Route: ")
	emptyRoute    = routeFields("ip.empty_rt", "Empty Route: ")
	sourceRoute   = routeFields("ip.src_rt", "Source Route: ")
)

type route struct {
	address, host *field.Field
	label         string
}

func routeFields(name, label string) route {
	return route{
		&field.Field{Name: name, Type: field.IPv4, Protocol: "ip"},
		&field.Field{Name: name + "_host", Type: field.String, Protocol: "ip"},
		label,
	}
}

// routeAddresses adds the addresses of a record route or source route option. The pointer says which come next; those that a
// recorder has not reached are empty.
func routeAddresses(t *tree) {
	b := t.part.Bytes
	recording := b[0] == recordRoute
	if !recording && b[0] != looseRoute && b[0] != strictRoute || len(b) < 3 {
		return
	}
	for at := 3; at+4 <= len(b); at += 4 {
		next, r := max(int(b[2])-1, 3), sourceRoute
		switch {
		case !recording && at >= next && at+8 > len(b):
			t.at(field.Part{}, func() { t.add(destinationRows4) })
			continue
		case recording && at < next:
			r = recordedRoute
		case recording:
			r = emptyRoute
		case at < next:
			r = recordedRoute
		}
		v := field.Value{Bytes: b[at : at+4]}
		t.begin(r.address, v, plain)
		t.str(r.label).ip(v.Bytes)
		if at == next {
			t.str(" <- (next)")
		}
		t.end()
		t.begin(r.host, v, hidden)
		from := len(t.text)
		t.ip(v.Bytes)
		t.nodes[len(t.nodes)-1].value.Bytes = t.text[from:len(t.text):len(t.text)]
		t.end()
	}
}

var beforeAddresses = remark{
	field:    &field.Field{Name: "ip.opt.ptr.before_address", Type: field.None, Protocol: "ip"},
	severity: warning, group: onProtocol, text: says("Pointer points before first address"),
}

// pointerRemark: the first address of a route is at 4, of time stamps at 5 (RFC 791 §3.1).
func pointerRemark(t *tree) {
	first := byte(4)
	if t.octet(0) == stampOption {
		first = 5
	}
	if t.octet(2) < first {
		t.remark(&beforeAddresses)
	}
}
