package explain

import (
	"net/netip"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// arp explains ARP (RFC 826), address conflict detection (RFC 5227), and ARP's relatives.
func (s *Story) arp(v *view) *step {
	a, ok := decode.ReadARP(v.b)
	if !ok || !a.ForEthernetIPv4() {
		return nil
	}
	sender, _ := netip.AddrFromSlice(a.SenderIP)
	target, _ := netip.AddrFromSlice(a.TargetIP)
	words := args{"sender": sender.String(), "target": target.String(), "mac": mac(a.SenderMAC), "peer": number(v.r.Peer), "rtt": v.milliseconds(v.r.RTT),
		"asked": mac(a.TargetMAC)}
	kind := arpKind(v, &a)
	st := &step{
		key:   stepKey{kind: kind, a: sender, b: target, detail: uint32(a.SenderMAC[4])<<8 | uint32(a.SenderMAC[5])},
		title: s.words.say(kind, words),
		asks:  v.r.Role == track.Request && !v.r.Has(track.Unpaired), answers: v.r.Role == track.Reply, rtt: v.r.RTT,
	}
	d := &drawing{left: words["sender"], right: s.words.say("everybody", nil), label: s.words.say(kind+".label", words)}
	if sender.IsUnspecified() {
		d.left = s.words.say("newcomer", nil)
	}
	d.below[0], d.below[2] = mac(a.SenderMAC), mac(v.p.Destination.Bytes)
	if target.IsUnspecified() && v.r.Role == track.Reply {
		words["target"] = s.words.say("newcomer", nil)
	}
	if v.r.Role == track.Reply {
		d.left, d.right, d.back = words["target"], words["sender"], true
		d.below[0], d.below[2] = d.below[2], d.below[0]
	} else if !toAll(v.p) {
		d.right = words["target"]
	}
	st.drawing = d
	st.says(s, kind+".what", words)
	s.teaches(st, kind+".why", words)
	if v.r.Conflict != nil && v.r.Conflict.Frame != 0 {
		st.says(s, "arp.conflict", words.with(args{"other": number(v.r.Conflict.Frame)}))
	}
	return st
}

// arpKind names the words for a packet.
func arpKind(v *view, a *decode.ARPPacket) string {
	same := string(a.SenderIP) == string(a.TargetIP)
	switch {
	case a.Operation > decode.ARPReply:
		return arpOperation(a.Operation)
	case v.r.Role == track.Request && v.r.Has(track.Unpaired):
		return "arp.probe"
	case v.r.Role == track.Request && !toAll(v.p):
		return "arp.check"
	case v.r.Role == track.Request:
		return "arp.request"
	case v.r.Role == track.Reply && a.TargetIP[0]|a.TargetIP[1]|a.TargetIP[2]|a.TargetIP[3] == 0:
		return "arp.taken"
	case v.r.Role == track.Reply && v.r.Has(track.Duplicate):
		return "arp.again"
	case v.r.Role == track.Reply && v.r.Peer == 0:
		return "arp.unasked"
	case v.r.Role == track.Reply && v.r.Has(track.Late):
		return "arp.late"
	case v.r.Role == track.Reply:
		return "arp.reply"
	case same:
		return "arp.announcement"
	}
	return arpOperation(a.Operation)
}

// arpOperation names the words for an operation of ARP's relatives.
func arpOperation(operation uint16) string {
	if operation < decode.RARPRequest || operation > decode.InARPReply {
		return "arp.op.other"
	}
	return "arp.op." + number(uint64(operation))
}

// toAll reports whether a frame went to a broadcast or multicast MAC address.
func toAll(p *decode.Packet) bool {
	return p.Destination.Kind != decode.MAC || len(p.Destination.Bytes) > 0 && p.Destination.Bytes[0]&1 != 0
}

// unanswered tells that nobody answered a question for an address.
func (s *Story) unanswered(dst []byte, e *track.Event) []byte {
	key := stepKey{kind: "silence." + e.Protocol.String(), a: e.Asker, b: e.Target, number: uint32(e.TargetMAC[5]), detail: uint32(e.AskerMAC[5])}
	if s.known(key) || s.many(&step{key: key}, e.Time) {
		return dst // the end says how many there were
	}
	words := args{"asker": e.Asker.String(), "target": e.Target.String(), "frame": number(e.Frame)}
	if !e.Asker.IsValid() {
		words["asker"] = mac(e.AskerMAC[:])
	}
	if !e.Target.IsValid() {
		words["target"] = mac(e.TargetMAC[:])
	}
	st := &step{title: s.words.say("silence", words)}
	st.says(s, "silence.what", words)
	s.teaches(st, "silence."+e.Protocol.String(), words)
	return s.tellBetween(dst, st)
}

// tellBetween appends a step that is no packet's.
func (s *Story) tellBetween(dst []byte, st *step) []byte {
	dst = s.begin(s.flush(dst))
	dst = s.options.Paint.StartNote(dst)
	dst = appendHanging(dst, indent, s.words.say("step.between", args{"step": number(s.steps), "title": st.title}))
	dst = s.options.Paint.End(dst)
	return st.body(dst)
}
