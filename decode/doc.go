// Package decode turns bytes into packets: one [Frame] in, one [Packet] out, whatever the bytes are.
//
// A [Packet] is a list of layers, each a protocol's [Kind] and offsets into the frame, with what a reader of packets wants to
// know at once: the addresses that a line shows, the VLANs and virtual networks, the layer that the line speaks of, and a [Verdict]. Fields are
// not copied out; who wants one slices it from [Packet.Header] or [Packet.Bytes]. There is a reader for what needs more than
// an offset: [ReadARP], [NDOptions], [Checksum], [Packet.ChecksumState], and the names of types and codes.
//
// # The map
//
//	decoder.go    the Decoder, spans of bytes, verdicts, what EtherTypes and IP protocols lead to
//	packet.go     Packet, Layer and their flags;  kind.go  the protocols;  frame.go  what comes in;  segment.go  VLANs, virtual networks
//	link.go       link types;  wrapped.go  headers of who captured;  cooked.go  captures on all interfaces
//	ethernet.go   tags, labels, loopback;  fabric.go  backbones and service chains;  llc.go  ppp.go  wifi.go  arcnet.go
//	ipv4.go       ipv4_options.go  source routes;  ipv6.go  extension headers, jumbograms;  ipv6_routing.go;  fragments.go  reassembly
//	icmpv4.go     messages, quoted datagrams;  icmpv6.go  the same;  icmp_extension.go  what is behind them;  neighbor.go  its options;  igmp.go  arp.go
//	transport.go  UDP, TCP, DNS as far as the header;  tunnel.go  GRE, VXLAN, Geneve, Teredo, GTP-U, L2TP and the like
//	checksum.go   the Internet checksum;  names.go  IANA's types and codes;  ipprotocols.go
//
// The RFC of each header stands where it is read. Those that matter most: RFC 791 (IPv4), 8200 (IPv6), 792 (ICMP), 4443
// (ICMPv6), 4861 (neighbor discovery), 4884 (extensions of errors), 826 (ARP), 3376 (IGMP), 1071 (checksums).
//
// # What it promises
//
//   - No frame fails, panics or loops: lengths are compared as int32 before anything is sliced, a frame has at most some 250
//     layers, and a decoder's time is linear in the frame's bytes times the depth of its quotations.
//   - What is missing is told apart: [Limited] where the capture kept less than the wire had, [Malformed] where the wire had
//     less than the headers say, as tshark tells them apart.
//   - Nothing is allocated once a Packet and its Decoder have grown, whatever the frames, fragments included.
//   - Nothing is copied but fragments. Every slice points into [Frame].Data or into a datagram that the Decoder put
//     together, and is valid until the Decoder's next Decode.
//   - Fragments held are bounded: 4,096 datagrams, 16 MiB, 60 seconds. What is given up is counted: [Decoder.Evicted].
//   - Offsets may lie behind the captured bytes, as headers state them; [Packet.Header], [Packet.Payload] and
//     [Packet.Bytes] return what is there.
//
// # What gopacket reads, and what is read here
//
// Ethernet, VLAN tags, 802.2, SNAP, Linux' cooked header, IPv6 extension headers, ICMP, ICMPv6 and UDP are read by the
// decoders of gopacket/layers, each called when the bytes that it needs are known to be there. Others of version 1.1.19 are not
// called, for reasons that a length check does not cure:
//
//   - ARP adds lengths as uint8 and reads out of bounds; Geneve counts options likewise, and keeps those of the packet before;
//   - IPv4 allocates an error for each option that it dislikes, and takes a total length of 0 for the capture's length modulo
//     65536; IPv6 decodes hop-by-hop options into new memory; Loopback allocates an error for each unknown family;
//   - GRE reads an acknowledgement that version 0 does not have, GTP-U writes to standard output.
//
// # To add a protocol
//
// Add its Kind and name to kind.go. Write a method of Decoder that takes a span: add a layer with show (or add, for a header
// that a line never speaks of), ask has before reading bytes, hand what follows to etherType, ipProtocol, data or another
// decoder. Name the method in etherType, ipProtocol, greProtocol or udpPort.
//
// # To add a link type
//
// Write a method as for a protocol, and name it in linkTypes (link.go).
//
// # To add an ICMPv6 type
//
// Give it a line in icmpv6Shapes (icmpv6.go), its name a line in icmpv6Types and its codes one in icmpv6Codes (names.go). An
// ICMP type is a case in icmpv4 and an entry in icmpv4Least, if fewer than 8 bytes of it are malformed.
package decode
