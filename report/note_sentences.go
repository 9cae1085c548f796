package report

import (
	"fmt"

	"github.com/icmpsniff/icmpsniff/track"
)

func claimedByTwo(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "%s is claimed by %s and by %s", n.About, mac(n.MACs[0]), mac(n.MACs[1]))
}

func flipFlop(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "%s changes back and forth between %s and %s", n.About, mac(n.MACs[0]), mac(n.MACs[1]))
}

func takenOver(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "%s moved from %s to %s, which announced it", n.About, mac(n.MACs[0]), mac(n.MACs[1]))
}

func probedButTaken(dst []byte, n *track.Note) []byte {
	also := [...]string{track.ProbedAndTaken: "has", track.ProbedByAnother: "wants to use, too"}
	return fmt.Appendf(dst, "%s asked whether it may use %s, which %s %s", mac(n.MACs[0]), n.About, mac(n.MACs[1]), also[n.Detail])
}

// swept returns the sentence of one who asks for addresses, or pings them.
func swept(did string) func([]byte, *track.Note) []byte {
	return func(dst []byte, n *track.Note) []byte {
		return fmt.Appendf(dst, "%s%s%d addresses in quick succession that did not answer", n.Source, did, n.Value)
	}
}

func flooded(dst []byte, n *track.Note) []byte {
	if n.Source.IsValid() {
		return fmt.Appendf(dst, "%s sent %s up to %d echo requests within a second", n.Source, n.Destination, n.Value)
	}
	return fmt.Appendf(dst, "%s was sent up to %d echo requests within a second, each of another source or identifier", n.Destination, n.Value)
}

func amplified(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "%d hosts answered the echo requests of %s to %s", n.Value, n.Source, n.Destination)
}

func oversize(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "fragments from %s to %s make a datagram of %d bytes, over 65535: a ping of death", n.Source, n.Destination, n.Value)
}

func alteredReply(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "%s replied to %s with another payload than the request's", n.Source, n.Destination)
}

func randomPayload(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "%s sent %s %d echo requests of changing lengths with random-looking payloads", n.Source, n.Destination, n.Value)
}

func redirect(dst []byte, n *track.Note) []byte {
	dst = fmt.Appendf(dst, "%s told %s that ", n.Source, n.Destination)
	if n.Via == n.About {
		dst = fmt.Appendf(dst, "%s is on the link", n.About)
	} else {
		dst = fmt.Appendf(dst, "the way to %s is through %s", n.About, n.Via)
	}
	return append(dst, outcomes[n.Value]...)
}

// outcomes of redirects.
var outcomes = [...]string{
	track.RedirectUnseen:  "",
	track.RedirectObeyed:  "; it obeyed",
	track.RedirectIgnored: "; it did not obey",
}

func forbiddenError(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "%s sent %s an ICMP error about %s", n.Source, n.Destination, forbidden[n.Detail])
}

// forbidden is what there may be no errors about.
var forbidden = [...]string{
	track.ErrorAboutError:       "an ICMP error",
	track.ErrorAboutFragment:    "a fragment that is not the first",
	track.ErrorAboutMulticast:   "a datagram to a multicast group",
	track.ErrorAboutBroadcast:   "a broadcast",
	track.ErrorAboutUnspecified: "a datagram from the unspecified address",
	track.ErrorAboutLoopback:    "a datagram from a loopback address",
	track.ErrorAboutGroupSource: "a datagram from an address that is no single host's",
}

func wrongChecksum(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "the %s checksum of what %s sent %s is wrong", checksums[n.Detail].name, n.Source, n.Destination)
}

// checksums are named by the protocol's number.
var checksums = map[uint16]struct{ name, rfc string }{
	1:  {"ICMP", "RFC 792"},
	2:  {"IGMP", "RFC 3376 §4.1.2"},
	58: {"ICMPv6", "RFC 4443 §2.3"},
}

func sourceQuench(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "%s asked %s to send more slowly, by a deprecated source quench", n.Source, n.Destination)
}

func negativeRTT(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "a reply of %s to %s is stamped up to %s ms before its request",
		n.Source, n.Destination, Milliseconds(float64(n.Value), 9))
}

func droppedFrames(dst []byte, n *track.Note) []byte {
	return fmt.Appendf(dst, "the capture dropped %s: what seems lost may have come", Counted(n.Value, "frame"))
}
