// Package track decides who answered whom: it pairs replies with requests, and says what stayed unanswered and why.
//
// A [Tracker] is told the time and shown every decoded packet, once and in the order of capture:
//
//	events := t.Advance(p.Time) // what timed out before this packet
//	t.Packet(p, &relation)      // what the packet is to those before it
//	summary := t.Summary()      // at any time: one row a flow, one row a resolution
//
// # The life of a question
//
//	pending ── reply ───────▶ answered ── reply again: a copy of the first, or a duplicate
//	 │   │                      ▲    ▲
//	 │   └──── timeout ──▶ lost ┘    │
//	 └──────── ICMP error ──▶ refused┘   by a reply that comes after all: late, if the timeout has passed
//
// A refused request counts as lost, and as an error. A request seen again within a second, unanswered, with the same IP
// identification and checksum, is a copy of the first, as mirror ports and routers in the middle make them: it changes
// nothing. Any other with the same identifier and sequence number is a new request.
//
// Sent is always received + lost + pending, for every flow and for the totals, whatever was evicted. A request to a
// group has no loss: it stays pending until the first of its responders replies.
//
// # The room
//
//   - messages.go: which message means what, and who reads it. Start here.
//   - echo.go, group.go, failures.go: echo requests, their replies (RFC 792, RFC 4443 §4), replies of many to one request,
//     and the errors that answer a request instead.
//   - queries.go, routers.go: all the other questions of ICMP, which are echoes with other numbers, and routers, which
//     answer without any. stamps.go, clocks.go: what timestamp replies tell of the clocks of hosts.
//   - datagrams.go, causes.go: which datagram an ICMP error is about; every IP datagram comes by here, of echo only what
//     replies.go keeps. nat.go: the same behind a NAT that changes no address. errors.go has the rows, quotes.go and
//     extensions.go read what is in an error (RFC 4884), pathmtu.go what it says of a way (RFC 1191).
//   - resolve.go: who asked for an address, who answered, and the one place that calls a question unanswered.
//     arp.go (RFC 826, RFC 5227) and nd.go (RFC 4861, RFC 4862) only read their packets for it; resolutions.go has the rows.
//     reverse.go: the same for the address of a MAC address (RFC 903, RFC 2390).
//   - claims.go: which packet claims an address. neighbors.go has the table of them; reachability.go says what a host would
//     make of it (RFC 4861 §7.3), contest.go what it means if two claim one address, and duplicate.go what tshark marks.
//   - timeouts.go, clock.go: the one place where timeouts happen, and what time it is when clocks jump.
//   - rtt.go, distribution.go: round-trip times, exact but for the percentiles of long flows.
//   - paths.go: what is a probe, and what is a path; paths_circles.go: what is none. paths_legs.go reads packets for it, paths_answers.go
//     says what an answer means, paths_probes.go and paths_hops.go remember, paths_summary.go says where a path ends.
//   - exchanges.go, flows.go, index.go, table.go, ring.go, stacks.go, bounds.go: what is remembered, how, and how much.
//   - notes.go, notekinds.go: what is worth a look, and how to say so; docs/notes.md has the kinds. observers.go: who looks for them:
//     floods.go, payloads.go, sweeps.go, redirects.go, forbidden.go, badsums.go, oversize.go, findings.go.
//   - history.go, course.go, steps.go: what drawings are made of, if it is asked for.
//   - relation.go, summary.go, glance.go, answers.go: what is told to others, per packet, at the end, meanwhile, and for a second pass.
//     links.go: what else there is to tell of one packet, to people who look at it.
//
// # Guarantees
//
// Packet and Advance allocate nothing once the tables have grown to the capture's needs. Every table has a limit
// (see [Options]); what is given up for want of room is counted in [Summary.Evicted]. Keys and rows hold no pointers, so
// that the garbage collector never walks them. Nothing keeps a slice of a packet.
//
// To add a kind of question: name its messages in messages.go. If a reply gives something back of its request, a row in
// queries.go says what, and is all there is to do. If requests ask for an address, write the function that reads them into
// a resolutionKey. What is remembered, times out and is counted follows from that.
package track
