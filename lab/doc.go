// Package lab builds small networks of real hosts out of network namespaces, runs real tools on them,
// and records what went over the wire beside what the tools themselves said.
//
// It is where the project's truth comes from: `make lab` writes testdata/pcaps, and a live test can build the
// same network and listen in. Every lab is this one network, so that a capture's addresses can be read from memory:
//
//	h1 .11 ┐
//	h2 .12 ┼ sw ─ .1 r1 .1 ───────── .2 r2 .1 ─── .14 far
//	h3 .13 ┘
//	192.0.2.0/24    198.51.100.0/24    203.0.113.0/24      (RFC 5737)
//	2001:db8:1::/64  2001:db8:2::/64    2001:db8:3::/64    (RFC 3849)
//	MTU 1500        MTU 1400           MTU 1500
//
// sw is a bridge; its ports are named after the hosts behind them. A host's interface address is its MAC too:
// 02:00:c0:00:02:0b is 192.0.2.11. Each host's interface is eth0; the routers have eth0 and eth1, left to right.
//
// # The rooms
//
//   - enter.go, netns.go: where a lab may run, and a namespace as two open files
//   - net.go, topology.go, host.go: the network above, and running things on one of its hosts
//   - line.go, packetsocket.go, checksum.go: a cable of our own between h1 and h2, for kernels without netem, VLAN and tunnel devices
//   - splice.go: such a cable elsewhere: before the last host, and beside that between the routers
//   - shape.go, encapsulation.go: what such a cable does to a frame: late, twice, out of order, tagged, tunnelled
//   - responder.go: answers to what Linux does not answer
//   - names.go: a name server, and who asks it
//   - echo.go, account.go: what it did, message by message, as transcripts have it
//   - tcpdump.go: a capture which is known to be running and known to be complete
//   - dumpcap.go, anonymous.go: one which is known to be incomplete, and tells so; and tells nothing else
//   - scenario.go, transcript.go, scenarios_*.go: the table of what is recorded, and how one entry is played
//   - variant.go: the same captures in other file formats
//   - oracle.go, readme.go: tshark's answers, and the list of captures
//   - make/: the command
//
// To add a capture, add a [Scenario] to the table of its subject and run `go run ./lab/make NAME`.
//
// # Guarantees
//
// Namespaces have no names and no holder processes: they are open files of this process, so they go when it does,
// however it ends, and labs running side by side cannot meet. Processes started on a host die with the lab.
// No packet can leave: nothing connects a lab to the machine it runs on.
package lab
