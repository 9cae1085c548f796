package decode

// The names of ICMP's types and codes, from IANA's registries "ICMP Parameters" and "ICMPv6 Parameters" in the words that
// tshark prints.

var icmpv4Types = [256]string{
	0: "Echo (ping) reply", 1: "Reserved", 2: "Reserved", 3: "Destination unreachable", 4: "Source quench (flow control)",
	5: "Redirect", 6: "Alternate host address", 8: "Echo (ping) request", 9: "Router advertisement", 10: "Router solicitation",
	11: "Time-to-live exceeded", 12: "Parameter problem", 13: "Timestamp request", 14: "Timestamp reply",
	15: "Information request", 16: "Information reply", 17: "Address mask request", 18: "Address mask reply",
	19: "Reserved (for security)", 30: "Traceroute", 31: "Datagram Conversion Error", 32: "Mobile Host Redirect",
	33: "IPv6 Where-Are-You", 34: "IPv6 I-Am-Here", 35: "Mobile Registration Request", 36: "Mobile Registration Reply",
	37: "Domain Name Request", 38: "Domain Name Reply", 39: "SKIP", 40: "Photuris", 41: "Experimental mobility protocols",
	42: "Extended Echo request", 43: "Extended Echo reply",
}

var icmpv4Codes = [256][]string{
	3: {"Network unreachable", "Host unreachable", "Protocol unreachable", "Port unreachable", "Fragmentation needed",
		"Source route failed", "Destination network unknown", "Destination host unknown", "Source host isolated",
		"Network administratively prohibited", "Host administratively prohibited", "Network unreachable for TOS",
		"Host unreachable for TOS", "Communication administratively filtered", "Host precedence violation",
		"Precedence cutoff in effect"},
	5:  {"Redirect for network", "Redirect for host", "Redirect for TOS and network", "Redirect for TOS and host"},
	6:  {"Alternate address for host"},
	9:  {0: "Normal router advertisement", 16: "Does not route common traffic"},
	11: {"Time to live exceeded in transit", "Fragment reassembly time exceeded"},
	12: {"Pointer indicates the error", "Required option missing", "Bad length"},
	40: {"Bad SPI", "Authentication Failed", "Decompression Failed", "Decryption Failed", "Need Authentication",
		"Need Authorization"},
	42: {"No error"},
	43: {"No error", "Malformed Query", "No Such Interface", "No Such Table Entry", "Multiple Interfaces Satisfy Query"},
}

var icmpv6Types = [256]string{
	1: "Destination Unreachable", 2: "Packet Too Big", 3: "Time Exceeded", 4: "Parameter Problem", 100: "Private experimentation",
	101: "Private experimentation", 127: "Reserved for expansion of ICMPv6 error messages", 128: "Echo (ping) request",
	129: "Echo (ping) reply", 130: "Multicast Listener Query", 131: "Multicast Listener Report", 132: "Multicast Listener Done",
	133: "Router Solicitation", 134: "Router Advertisement", 135: "Neighbor Solicitation", 136: "Neighbor Advertisement",
	137: "Redirect", 138: "Router Renumbering", 139: "Node Information Query", 140: "Node Information Reply",
	141: "Inverse Neighbor Discovery Solicitation", 142: "Inverse Neighbor Discovery Advertisement",
	143: "Multicast Listener Report Message v2", 144: "Home Agent Address Discovery Request",
	145: "Home Agent Address Discovery Reply", 146: "Mobile Prefix Solicitation", 147: "Mobile Prefix Advertisement",
	148: "Certification Path Solicitation", 149: "Certification Path Advertisement", 150: "Experimental Mobility",
	151: "Multicast Router Advertisement", 152: "Multicast Router Solicitation", 153: "Multicast Router Termination",
	154: "FMIPv6", 155: "RPL Control", 156: "Locator Update", 157: "Duplicate Address Request",
	158: "Duplicate Address Confirmation", 159: "MPL Control Message", 160: "Extended Echo request", 161: "Extended Echo reply",
	200: "Private experimentation", 201: "Private experimentation",
	255: "Reserved for expansion of ICMPv6 informational messages",
}

var icmpv6Codes = [256][]string{
	1: {"no route to destination", "Administratively prohibited", "Beyond scope of source address", "Address unreachable",
		"Port unreachable", "Source address failed ingress/egress policy", "Reject route to destination",
		"Error in Source Routing Header"},
	3: {"hop limit exceeded in transit", "fragment reassembly time exceeded"},
	4: {"erroneous header field encountered", "unrecognized Next Header type encountered",
		"unrecognized IPv6 option encountered", "IPv6 First Fragment has incomplete IPv6 Header Chain"},
	138: {0: "Command", 1: "Result", 255: "Sequence number reset"},
	139: {"Query subject = IPv6 addresses", "Query subject = DNS name or empty", "Query subject = IPv4 addresses"},
	140: {"Successful", "Refused", "Unknown query type"},
	150: fastHandover, // by the subtype in the fifth byte, not by the code
	154: fastHandover,
	155: {0: "DODAG Information Solicitation", 1: "DODAG Information Object", 2: "Destination Advertisement Object",
		3: "Destination Advertisement Object Acknowledgment", 4: "P2P Discovery Reply Object",
		5: "P2P Discovery Reply Object Acknowledgement", 128: "Secure DODAG Information Solicitation",
		129: "Secure DODAG Information Object", 130: "Secure Destination Advertisement Object",
		131: "Secure Destination Advertisement Object Acknowledgment", 132: "P2P Secure Discovery Reply Object",
		133: "P2P Secure Discovery Reply Object Acknowledgement",
		138: "Consistency Check"},
	160: {"No error"},
	161: {"No error", "Malformed Query", "No Such Interface", "No Such Table Entry", "Multiple Interfaces Satisfy Query"},
}

// fastHandover are the subtypes of RFC 5568 §6.1.
var fastHandover = []string{2: "Router Solicitation for Proxy Advertisement", 3: "Proxy Router Advertisement", 4: "Handover Initiate",
	5: "Handover Acknowledge"}

// ICMPv4TypeName returns the name of an ICMP type, "" if it has none.
func ICMPv4TypeName(t uint8) string { return icmpv4Types[t] }

// ICMPv6TypeName returns the name of an ICMPv6 type, "" if it has none.
func ICMPv6TypeName(t uint8) string { return icmpv6Types[t] }

// ICMPv4CodeName returns the name of a type's code, "" if it has none; coded reports whether the type's codes mean anything.
func ICMPv4CodeName(t, c uint8) (name string, coded bool) { return codeName(&icmpv4Codes, t, c) }

// ICMPv6CodeName is ICMPv4CodeName for ICMPv6.
func ICMPv6CodeName(t, c uint8) (name string, coded bool) { return codeName(&icmpv6Codes, t, c) }

func codeName(codes *[256][]string, t, c uint8) (name string, coded bool) {
	names := codes[t]
	if int(c) < len(names) {
		name = names[c]
	}
	return name, names != nil
}
