package main

import (
	"regexp"
	"strings"
)

// A deviation is a reason for which a packet's line may differ from tshark's. It knows no file and no frame: the lines must
// be equal apart from what the deviation is about, and both must be what its reason makes them. A difference for any other
// reason fails the test. To add one, explain it in docs/deviations.md under its name.
type deviation struct {
	name  string
	apart *regexp.Regexp
	holds func(ours, theirs map[int]line, n int) bool
}

var deviations = []deviation{
	{"Copies of a request", notePattern, copiedRequest},
	{"Replies to a copied request", notePattern, replyToCopied},
	{"Second replies", notePattern, secondReply},
	{"Altered replies", notePattern, alteredReply},
	{"Replies to a group", notePattern, replyToGroup},
	{"Broadcast requests without a reply", notePattern, unansweredBroadcast},
	{"Reassembled IPv6 fragments", reassembledPattern, reassembledIPv6},
	{"Contested addresses in ARP replies", contestedPattern, contestedReply},
}

// deviationOf returns the name of the deviation that a frame's line is, or "".
func deviationOf(ours, theirs map[int]line, n int) string {
	for _, d := range deviations {
		bare := func(l line) string { return d.apart.ReplaceAllString(l.text, "") }
		if bare(ours[n]) == bare(theirs[n]) && d.holds(ours, theirs, n) {
			return d.name
		}
	}
	return ""
}

// copyOf returns the first frame within a second before frame n that shows the same message, or 0.
func copyOf(lines map[int]line, n int) int {
	for first := 1; first < n; first++ {
		if l, ok := lines[first]; ok && l.message == lines[n].message && lines[n].time-l.time <= 1 {
			return first
		}
	}
	return 0
}

// copied reports whether a later frame is a copy of n.
func copied(lines map[int]line, n int) bool {
	for later, l := range lines {
		if later > n && l.message == lines[n].message && l.time-lines[n].time <= 1 {
			return true
		}
	}
	return false
}

// paired reports whether frame n is, by our lines, the reply to a request that went the other way, or to many.
func paired(lines map[int]line, n int) bool {
	request, ok := lines[lines[n].peer("request")]
	return ok && strings.Contains(request.message, "(ping) request") && request.from == lines[n].to &&
		(request.to == lines[n].from || toGroup(request))
}

var groupPattern = regexp.MustCompile(`^(22[4-9]|23\d)\.|\.255$|^ff`)

func toGroup(l line) bool { return groupPattern.MatchString(l.to) }

// copiedRequest: tshark takes a copy for a request of its own, which is answered or not; ours says nothing of it.
func copiedRequest(ours, _ map[int]line, n int) bool {
	return ours[n].note == "" && strings.Contains(ours[n].message, "(ping) request") && copyOf(ours, n) != 0
}

// replyToCopied: tshark pairs with the last copy of the request and leaves the first without; ours pairs the first of both.
func replyToCopied(ours, theirs map[int]line, n int) bool {
	if reply := ours[n].peer("reply"); reply != 0 {
		return theirs[n].note == "no response found!" && copied(ours, n) && ours[reply].peer("request") == n && paired(ours, reply)
	}
	request := ours[n].peer("request")
	return paired(ours, n) && copied(ours, request) && (theirs[n].note == "" || copyOf(ours, theirs[n].peer("request")) == request)
}

// secondReply: tshark has no note for a copy of a reply or a second one.
func secondReply(ours, theirs map[int]line, n int) bool {
	return theirs[n].note == "" && paired(ours, n) && copyOf(ours, n) != 0
}

// alteredReply: tshark pairs by the payload, so that a reply with another has no request, and its request no reply.
func alteredReply(ours, theirs map[int]line, n int) bool {
	if reply := ours[n].peer("reply"); reply != 0 {
		return theirs[n].note == "no response found!" && theirs[reply].note == "" && paired(ours, reply)
	}
	return theirs[n].note == "" && paired(ours, n) && copyOf(ours, n) == 0 && !toGroup(ours[ours[n].peer("request")])
}

// replyToGroup: tshark pairs no reply with a request to many; ours pairs that of every responder.
func replyToGroup(ours, theirs map[int]line, n int) bool {
	if reply := ours[n].peer("reply"); reply != 0 {
		return (theirs[n].note == "multicast" || theirs[n].note == "no response found!") && toGroup(ours[n]) && paired(ours, reply)
	}
	return theirs[n].note == "" && paired(ours, n) && toGroup(ours[ours[n].peer("request")])
}

// unansweredBroadcast: that nobody answered a broadcast is no failure.
func unansweredBroadcast(ours, theirs map[int]line, n int) bool {
	return ours[n].note == "broadcast" && theirs[n].note == "no response found!" && toGroup(ours[n])
}

var reassembledPattern = regexp.MustCompile(` \[Reassembled in #\d+\]$`)

// reassembledIPv6: with -2, tshark says of an IPv4 fragment where its datagram was complete, and not of an IPv6 fragment.
func reassembledIPv6(ours, theirs map[int]line, n int) bool {
	return strings.Contains(theirs[n].text, " IPv6 fragment (") && !reassembledPattern.MatchString(theirs[n].text)
}

var (
	contestedPattern = regexp.MustCompile(` \(duplicate use of (\S+) detected!\)$`)
	isAtPattern      = regexp.MustCompile(` (\S+) is at (\S+)`)
)

// contestedReply: tshark sees that the sender of a reply claims what another claimed before, and forgets it when it looks at
// the reply's target.
func contestedReply(ours, theirs map[int]line, n int) bool {
	contested, reply := contestedPattern.FindStringSubmatch(ours[n].text), isAtPattern.FindStringSubmatch(theirs[n].text)
	if contested == nil || reply == nil || contested[1] != reply[1] || contestedPattern.MatchString(theirs[n].text) {
		return false
	}
	for earlier, l := range ours {
		if other := isAtPattern.FindStringSubmatch(l.text); earlier < n && other != nil && other[1] == reply[1] && other[2] != reply[2] {
			return true
		}
	}
	return false
}
