package track

import "github.com/icmpsniff/icmpsniff/decode"

// reader reads one message: b is the message from its type on, at least minMessage bytes. It fills in r, which is empty.
type reader func(t *Tracker, p *decode.Packet, b []byte, r *Relation)

// message says what a type of ICMP message is: a side of an echo, or what a reader makes of it.
type message struct {
	role   Role
	reader reader
}

// minMessage is the length of the header that all ICMP messages tracked here share.
const minMessage = 8

// icmpv4 says who reads which ICMP message (RFC 792).
var icmpv4 = [256]message{
	0:  {role: Reply},
	3:  {reader: (*Tracker).failure}, // destination unreachable
	4:  {reader: (*Tracker).advice},  // source quench
	5:  {reader: (*Tracker).advice},  // redirect
	8:  {role: Request},
	9:  {reader: (*Tracker).routerAdvertisement},
	10: {reader: (*Tracker).routerSolicitation},
	11: {reader: (*Tracker).failure}, // time exceeded
	12: {reader: (*Tracker).failure}, // parameter problem
	13: {reader: (*Tracker).query},   // timestamp
	14: {reader: (*Tracker).timestampReply},
	15: {reader: (*Tracker).query}, // information
	16: {reader: (*Tracker).query},
	17: {reader: (*Tracker).query}, // address mask
	18: {reader: (*Tracker).query},
	42: {reader: (*Tracker).query}, // extended echo
	43: {reader: (*Tracker).query},
}

// icmpv6 says who reads which ICMPv6 message (RFC 4443, RFC 4861).
var icmpv6 = [256]message{
	1:   {reader: (*Tracker).failure}, // destination unreachable
	2:   {reader: (*Tracker).failure}, // packet too big
	3:   {reader: (*Tracker).failure}, // time exceeded
	4:   {reader: (*Tracker).failure}, // parameter problem
	128: {role: Request},
	129: {role: Reply},
	133: {reader: (*Tracker).routerSolicitation},
	134: {reader: (*Tracker).routerAdvertisement},
	135: {reader: (*Tracker).neighborSolicitation},
	136: {reader: (*Tracker).neighborAdvertisement},
	137: {reader: (*Tracker).advice}, // redirect
	139: {reader: (*Tracker).query},  // node information
	140: {reader: (*Tracker).query},
	160: {reader: (*Tracker).query}, // extended echo
	161: {reader: (*Tracker).query},
}
