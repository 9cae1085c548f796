package explain

import (
	"net/netip"
	"strings"
	"time"

	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/report"
	"github.com/icmpsniff/icmpsniff/track"
)

// Options say how a story is told.
type Options struct {
	Language string         // one of Languages
	Tracker  *track.Tracker // that takes the packets
	Time     report.TimeFormat
	Headers  bool // draw the headers of each step's packet
	Paint    report.Paint
	// Patience is how long, of the capture's time, what repeats is gathered before it is told; 0 for until something else
	// happens.
	Patience time.Duration
	// Limit is how many rows of a kind are told at the end, 0 for all.
	Limit int
}

// Story tells what happens in a capture. It is not safe for concurrent use.
type Story struct {
	options Options
	words   words
	steps   uint64 // told so far
	told    map[stepKey]bool
	alike   map[stepKey]int // steps told of late, by their kind, and by that and who began
	late    int64           // capture time, ns, since when
	taught  map[string]bool // keys of sentences
	runs    []run
	digits  uint8 // of the capture's seconds, the most so far
	time    []byte
}

// New returns a story that has not begun. The error says which languages there are.
func New(o Options) (*Story, error) {
	w, err := readWords(o.Language)
	if err != nil {
		return nil, err
	}
	twwidth.SetEastAsian(false) // "§" is as wide as "-", whatever the locale says
	return &Story{options: o, words: w, told: map[stepKey]bool{}, alike: map[stepKey]int{}, taught: map[string]bool{}}, nil
}

// explainer returns what a packet is as a step; nil if it has nothing to say.
type explainer func(s *Story, v *view) *step

// explainers are by the layer that a packet's summary speaks of.
var explainers map[decode.Kind]explainer

func init() { // not in the declaration, as they call each other
	explainers = map[decode.Kind]explainer{
		decode.ARP:          (*Story).arp,
		decode.ICMPv4:       (*Story).icmp,
		decode.ICMPv6:       (*Story).icmp,
		decode.IGMP:         (*Story).igmp,
		decode.DNS:          (*Story).dns,
		decode.IPv4:         (*Story).fragment,
		decode.IPv6Fragment: (*Story).fragment,
	}
}

// view is a packet as explainers see it.
type view struct {
	*field.Subject
	p        *decode.Packet
	r        *track.Relation
	layer    *decode.Layer
	b        []byte // of the layer, and all it carries
	from, to netip.Addr
}

// Packet appends what a packet means, unless it only repeats what was told.
func (s *Story) Packet(dst []byte, sub *field.Subject) []byte {
	p := sub.Packet
	s.digits = max(s.digits, p.Digits)
	v := &view{Subject: sub, p: p, r: sub.Relation, layer: p.Summary(), from: p.Source.IP(), to: p.Destination.IP()}
	if v.r == nil {
		v.r = &track.Relation{}
	}
	st := s.explain(v)
	if s.known(st.key) || s.many(st, p.Time) {
		if s.full(p.Time) {
			dst = s.flush(dst)
		}
		s.repeat(st, p)
		return dst
	}
	return s.tell(s.flush(dst), st, sub)
}

// explain returns a packet's step.
func (s *Story) explain(v *view) *step {
	if v.layer == nil {
		return s.other(v)
	}
	v.b = v.p.Bytes(v.layer)
	switch {
	case v.p.Verdict == decode.Malformed || v.layer.Flags&(decode.Unread|decode.Bad) != 0:
		return s.damaged(v)
	case v.r.Has(track.Copy):
		return s.copied(v)
	}
	if f := explainers[v.layer.Kind]; f != nil {
		if st := f(s, v); st != nil {
			return st
		}
	}
	return s.other(v)
}

// other is a packet of which only its protocol is told.
func (s *Story) other(v *view) *step {
	name := "data"
	if v.layer != nil && v.layer.Kind.String() != "" {
		name = strings.ToUpper(v.layer.Kind.String())
	}
	return &step{key: stepKey{kind: "other " + name}, title: s.words.say("other", args{"protocol": name})}
}

// damaged is a packet that is shorter than its own headers say.
func (s *Story) damaged(v *view) *step {
	st := &step{key: stepKey{kind: "damaged"}, title: s.words.say("damaged", nil)}
	st.says(s, "damaged.why", nil)
	return st
}

// copied is a packet that was seen before.
func (s *Story) copied(v *view) *step {
	st := &step{key: stepKey{kind: "copy", a: v.from, b: v.to}, title: s.words.say("copy", args{"frame": number(v.r.CopyOf)})}
	s.teaches(st, "copy.why", nil)
	return st
}

// ends returns the arguments of a packet between two hosts.
func (v *view) ends() args { return args{"from": v.name(v.from), "to": v.name(v.to)} }

// name is how a host is called: by its address, or by its MAC address if it has no other.
func (v *view) name(a netip.Addr) string {
	if a.IsValid() {
		return a.String()
	}
	return "?"
}

func mac(b []byte) string {
	const digits = "0123456789abcdef"
	var out []byte
	for i, c := range b {
		if i > 0 {
			out = append(out, ':')
		}
		out = append(out, digits[c>>4], digits[c&15])
	}
	return string(out)
}

// between draws a packet from one host to another, with the router that its MAC addresses say passed it on or shall do so.
// back is a packet that answers, so that the one who asked stands on the left.
func (s *Story) between(v *view, label string, back bool) *drawing {
	from, to := s.options.Tracker.LinkEnds(v.p)
	d := &drawing{left: v.name(v.from), right: v.name(v.to), label: label, back: back}
	router := to
	if from.Router.IsValid() {
		router = from
	}
	if to.Router.IsValid() || from.Router.IsValid() {
		d.middle = s.words.say("gateway.label", args{"router": router.Router.String()})
	}
	if from.MAC != [6]byte{} || to.MAC != [6]byte{} {
		d.below[0], d.below[2] = mac(from.MAC[:]), mac(to.MAC[:])
		switch {
		case to.Router.IsValid():
			d.below[1], d.below[2] = d.below[2], ""
		case from.Router.IsValid():
			d.below[0], d.below[1] = "", d.below[0]
		}
	}
	if back {
		d.left, d.right = d.right, d.left
		d.below[0], d.below[2] = d.below[2], d.below[0]
	}
	return d
}

// milliseconds is a time of the packet's capture.
func (v *view) milliseconds(ns int64) string { return milliseconds(ns, v.p.Digits) }
