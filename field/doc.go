// Package field is the one table of named fields: what tshark calls ip.ttl or icmpv6.opt.linkaddr, what type it has, where
// in a packet its values are, and how they are written. Display filters, -T fields, -T json and -G fields all read it.
//
// # Reading
//
// [Lookup] finds a [Field] by its name. [Field.Values] appends its values in a [Subject], a packet together with what
// it is to other packets, to a slice that the caller owns. A field has one value for every layer it occurs in: a tunnel has two
// ip.ttl, and so has an ICMP error, its own and the quoted datagram's; options and records repeat. The order is tshark's.
// Nothing is allocated once the caller's slice is long enough, and bytes point into the frame. [Field.Append] writes a value as
// tshark -T fields does.
//
// A field that the captured bytes do not reach has no value. Nothing here fails, whatever the bytes.
//
// # What tshark calls data
//
// Bytes that package decode does not read are a Data layer. Whether tshark reads them, and as what, is told by what announced them
// (announced.go: EtherTypes, protocols of IP, GRE and PPP, service access points), by ports (services.go), by their first bytes
// (looks.go), and by what came before on the same stream (streams.go, where [Subject].Follow asks for it): unread.go puts that together,
// and frame_protocols.go names all layers of a frame.
//
// # When a value is known
//
// Most fields are [Decoded]: they depend on the frame alone. [Replied] fields tell of earlier frames (icmp.resp_to),
// [Later] ones of frames that follow (icmp.resp_in), so that they need two passes over a capture.
//
// # To add a field
//
// Write one line in the file of its protocol, at the place where Wireshark's tree has it:
//
//	u8("ip.ttl", "Time to Live", 8),
//	bits(u8("ip.flags.df", "Don't fragment", 6), 0x40).flag(setNotSet),
//	u16("icmp.mtu", "MTU of next hop", 6).when(needFragment),
//	u8("icmpv6.opt.length", "Length", 1).each(ndOptions),
//	read("ip.host", "Source or Destination Host", String, ipHosts),
//
// The first says one byte at offset 8 of the layers that its list is about; bits masks; when limits it to messages of some
// kind; each repeats it for every option; read names a function for what is no plain slice of the header. A protocol is a list
// of fields passed to in, in the file of its name, and named in lists (table.go).
package field
