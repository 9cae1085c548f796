package track

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Role says what a packet is in a conversation of questions and answers.
type Role uint8

const (
	// NoRole is every packet that neither asks nor answers.
	NoRole Role = iota
	// Request is a packet that asks.
	Request
	// Reply is a packet that answers, or would if its request had been seen.
	Reply
	// ErrorMessage is an ICMP error, which says what became of another packet.
	ErrorMessage
)

// Mark is a set of facts about a request, a reply or an ICMP error.
type Mark uint8

const (
	// Copy marks a packet seen before: a mirror port or a router in the middle shows packets twice.
	Copy Mark = 1 << iota
	// Duplicate marks a second reply to one request.
	Duplicate
	// Late marks a reply that came after the timeout, and on a second pass its request.
	Late
	// Group marks a request to a broadcast or multicast address, which any number of hosts may answer, and their replies.
	Group
	// Backwards marks a reply stamped before its request, and on a second pass that request.
	Backwards
	// Changed marks an echo reply whose payload is not its request's, and an ICMP error that quotes its cause as a NAT
	// changed it.
	Changed
	// Unpaired marks a kind of message that this table does not pair, such as an ARP probe or announcement.
	Unpaired
	// Lost marks a request that went unanswered for longer than the timeout; known only after it.
	Lost
)

// Relation is what a packet is to the packets before it, and, on a second pass, after it.
type Relation struct {
	Role  Role
	Marks Mark
	// Peer is the frame of the other side: a reply's request, a request's first reply, and the frame that an ICMP error is
	// about. 0 if there is none or it is not known.
	Peer uint64
	// CopyOf is the frame first seen of a packet with the mark Copy.
	CopyOf uint64
	// RTT is the reply's capture time less the request's, ns; set on replies, and on requests on a second pass.
	RTT int64
	// Conflict is what an ARP packet claims against an earlier claim, nil if nothing. It is valid until the next packet.
	Conflict *Conflict
}

// Has reports whether all of the marks are set.
func (r *Relation) Has(m Mark) bool { return r.Marks&m == m }

// Event is something that became known between two packets.
type Event struct {
	Kind     EventKind
	Time     int64 // when it became known: the timeout of the request, ns since the Unix epoch
	Protocol Protocol
	// Asker and Target are the question's sender and the address it asks for. Where there is none, as of reverse questions,
	// it is the zero Addr, and the MAC addresses tell.
	Asker, Target netip.Addr
	AskerMAC      [6]byte
	TargetMAC     [6]byte // of RARP and InARP, which ask for the address of a MAC address; zero of others
	Segments      []decode.Segment
	Frame         uint64 // of the request that timed out
	Unanswered    int    // requests of this row that timed out since the last reply, this one included
	Since         uint64 // frame of the first of them
	Error         *Error // of Reported, as it was when it was seen; nothing changes it
	Note          *Note  // of Noted, as it was when it was raised; nothing changes it
}

// EventKind tells events apart.
type EventKind uint8

const (
	// Unanswered: an ARP request or neighbor solicitation timed out.
	Unanswered EventKind = iota + 1
	// Reported: an ICMP error came by of which there is more to say than which frame it is about. Of the event, only Time,
	// Frame and Error are set.
	Reported
	// Noted: a note was raised. Of the event, only Time, Frame and Note are set.
	Noted
)

// Protocol names what a flow or a resolution speaks.
type Protocol uint8

// The protocols of resolutions.
const (
	ARP   Protocol = iota
	ND             // neighbor discovery
	RARP           // reverse ARP
	InARP          // inverse ARP
)

// String returns the name that reports use: "arp", "nd", "rarp" or "inarp".
func (p Protocol) String() string { return [...]string{"arp", "nd", "rarp", "inarp"}[p] }
