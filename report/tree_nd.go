package report

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

// Neighbor discovery (RFC 4861).

var ndRows = []row{
	show("icmpv6.nd.ra.cur_hop_limit"),
	show("icmpv6.nd.ra.flag",
		show("icmpv6.nd.ra.flag.m"),
		show("icmpv6.nd.ra.flag.o"),
		show("icmpv6.nd.ra.flag.h"),
		show("icmpv6.nd.ra.flag.prf"),
		show("icmpv6.nd.ra.flag.p"),
		show("icmpv6.nd.ra.flag.rsv"),
	).flags(),
	show("icmpv6.nd.ra.router_lifetime"),
	show("icmpv6.nd.ra.reachable_time"),
	show("icmpv6.nd.ra.retrans_timer"),
	show("icmpv6.nd.na.flag",
		show("icmpv6.nd.na.flag.r"),
		show("icmpv6.nd.na.flag.s"),
		show("icmpv6.nd.na.flag.o"),
		show("icmpv6.nd.na.flag.rsv"),
	).flags(),
	show("icmpv6.nd.ns.target_address"),
	show("icmpv6.nd.na.target_address"),
	show("icmpv6.nd.rd.target_address"),
	show("icmpv6.rd.na.destination_address"),
	ndOptions(),
}

// Types of options (IANA's IPv6 neighbor discovery option formats).
const (
	sourceOption, targetOption      = decode.NDOptSourceLinkAddress, decode.NDOptTargetLinkAddress
	prefixOption, redirectedOption  = decode.NDOptPrefix, decode.NDOptRedirectedHeader
	mtuOption, routeOption          = decode.NDOptMTU, decode.NDOptRouteInfo
	serversOption, searchOption     = decode.NDOptRDNSS, decode.NDOptDNSSL
	intervalOption, homeAgentOption = 7, 8
)

var (
	ndOptionHead = []row{
		show("icmpv6.opt.type"),
		show("icmpv6.opt.length", expert("icmpv6.invalid_option_length", grave, onMalformed, says("Invalid Option Length"))).with(optionSize),
	}
	// The fields of options, in an order that is right for each of them. Bytes that are reserved have no value of their own,
	// so that where they stand depends on the option.
	ndOptionRows = []row{
		show("icmpv6.opt.linkaddr").worded(linkAddress),
		hide("icmpv6.opt.src_linkaddr"),
		hide("icmpv6.opt.target_linkaddr"),
		show("icmpv6.opt.nonce"),
		show("icmpv6.opt.reserved").when(option(redirectedOption, mtuOption, intervalOption, homeAgentOption, serversOption, searchOption)),
		show("icmpv6.opt.redirected_packet"),
		show("icmpv6.opt.mtu"),
		show("icmpv6.opt.advertisement_interval"),
		show("icmpv6.opt.home_agent_preference"),
		show("icmpv6.opt.home_agent_lifetime"),
		show("icmpv6.opt.prefix.length"),
		show("icmpv6.opt.prefix.flag",
			show("icmpv6.opt.prefix.flag.l"),
			show("icmpv6.opt.prefix.flag.a"),
			show("icmpv6.opt.prefix.flag.r"),
			show("icmpv6.opt.prefix.flag.reserved"),
		).flags(),
		show("icmpv6.opt.prefix.valid_lifetime").worded(lifetime),
		show("icmpv6.opt.prefix.preferred_lifetime").worded(lifetime),
		show("icmpv6.opt.reserved").when(option(prefixOption)),
		show("icmpv6.opt.route_info.flag",
			show("icmpv6.opt.route_info.flag.route_preference"),
			show("icmpv6.opt.route_info.flag.reserved"),
		).flags(),
		show("icmpv6.opt.route_lifetime").worded(lifetime),
		show("icmpv6.opt.prefix"),
		show("icmpv6.opt.rdnss.lifetime").worded(lifetime),
		show("icmpv6.opt.rdnss"),
		show("icmpv6.opt.dnssl.lifetime").worded(lifetime),
		show("icmpv6.opt.dnssl"),
		show("icmpv6.opt.padding"),
		show("icmpv6.opt.pref64.scaled_lifetime"),
		show("icmpv6.opt.pref64.plc"),
		show("icmpv6.opt.pref64.prefix"),
		call(redirected),
	}
)

// ndOptions adds the options, each with what it is about in its title.
func ndOptions() row {
	r := each("icmpv6.opt")
	f, head := r.field, ndOptionHead
	r.call = func(t *tree) {
		if ofRPL(t) || len(t.part.Bytes) < 2 {
			return
		}
		t.addNode(&row{field: f, label: ndOptionTitle, rows: head}, field.Value{Bytes: t.part.Bytes})
		t.depth++
		t.add(ndOptionRows)
		t.depth--
	}
	return r
}

// ofRPL reports whether the message is RPL's, whose options are others.
func ofRPL(t *tree) bool {
	p := t.s.Packet
	b := p.Bytes(&p.Layers[t.layer])
	return len(b) > 0 && b[0] == rplMessage
}

// option is a condition on options: that they are of some types.
func option(kinds ...byte) func(t *tree) bool {
	return func(t *tree) bool { return slices.Contains(kinds, t.octet(0)) }
}

var ndOptionType = show("icmpv6.opt.type").field

// ndTitles say, of each type of option, which field its title repeats and what stands before each value.
var ndTitles = map[byte]struct {
	before, between string
	field           *field.Field
}{
	sourceOption:   {" : ", "", show("icmpv6.opt.linkaddr").field},
	targetOption:   {" : ", "", show("icmpv6.opt.linkaddr").field},
	prefixOption:   {" : ", "", show("icmpv6.opt.prefix").field},
	mtuOption:      {" : ", "", show("icmpv6.opt.mtu").field},
	intervalOption: {" : ", "", show("icmpv6.opt.advertisement_interval").field},
	routeOption:    {" : ", " ", show("icmpv6.opt.route_info.flag.route_preference").field},
	serversOption:  {" ", " ", show("icmpv6.opt.rdnss").field},
	searchOption:   {" ", " ", show("icmpv6.opt.dnssl").field},
}

func ndOptionTitle(t *tree, _ *field.Value) {
	b := t.part.Bytes
	t.str("ICMPv6 Option (")
	if name := ndOptionType.NameOf(uint64(b[0])); name != "" {
		t.str(name)
	} else {
		t.str("Unknown ").uint(uint64(b[0]))
	}
	if title, ok := ndTitles[b[0]]; ok {
		t.repeat(title.field, title.before, title.between)
	}
	if b[0] == routeOption {
		t.repeat(ndTitles[prefixOption].field, " ", "")
	}
	if b[0] == prefixOption || b[0] == routeOption {
		t.str("/").uint(uint64(t.octet(2)))
	}
	t.str(")")
}

// repeat writes the values of a field of the option.
func (t *tree) repeat(f *field.Field, before, between string) {
	from := len(t.values)
	t.values = f.Within(t.s, t.layer, t.part, t.values)
	for i := from; i < len(t.values); i++ {
		if i == from {
			t.str(before)
		} else {
			t.str(between)
		}
		if len(f.Names) > 0 {
			t.str(f.NameOf(t.values[i].Uint))
		} else {
			t.value(f, &t.values[i])
		}
	}
	t.values = t.values[:from]
}

// linkAddress writes an address of whatever length links have; Ethernet's may have names.
func linkAddress(t *tree, v *field.Value) {
	t.str("Link-layer address: ")
	if len(v.Bytes) == 6 {
		t.mac(v.Bytes)
	} else {
		t.text = appendMAC(t.text, v.Bytes)
	}
}

func optionSize(t *tree, v *field.Value) { t.str(" (").uint(v.Uint * 8).str(" bytes)") }

// lifetime writes seconds, of which the most is for ever.
func lifetime(t *tree, v *field.Value) {
	f := t.nodes[len(t.nodes)-1].field
	t.str(f.Label).str(": ")
	if name := f.NameOf(v.Uint); name != "" {
		t.str(name).str(" (").uint(v.Uint).str(")")
		return
	}
	t.uint(v.Uint)
}

// redirected adds the datagram that a redirected header option quotes.
func redirected(t *tree) {
	if t.octet(0) == redirectedOption {
		t.carried()
	}
}
