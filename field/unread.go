package field

import (
	"bytes"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Bytes that no decoder here reads are data, unless Wireshark has a dissector for them: then they are that protocol's, and
// all we know of it is its name, "" where that is not known either.

// dissected returns the protocol that Wireshark finds in the Data layer i, and whether it finds one.
func dissected(s *Subject, i int) (name string, ok bool) {
	if i == 0 {
		return "", false
	}
	before := s.layer(i - 1)
	switch k := before.Kind; k {
	case decode.UDP, decode.TCP:
		return spoken(s, i-1)
	case decode.IPv4, decode.IPv6Fragment:
		if before.Flags&(decode.Fragment|decode.Bad) != 0 {
			return "", false
		}
	case decode.ICMPv4:
		b := s.Packet.Header(before)
		return "", len(b) > 0 && b[0] != echo && b[0] != echoReply && b[0] != routerAdvertisement
	}
	return announced(s, i-1)
}

// undissected is a condition on Data layers: that they are data to Wireshark, too, and that some of it was captured.
func undissected(s *Subject, i int) bool {
	if len(s.remaining(i, s.Packet.Bytes(s.layer(i)))) == 0 {
		return false
	}
	_, ok := dissected(s, i)
	return !ok
}

// spoken returns the protocol of what the transport header i carries: what the conversation was found to speak, what its ports
// tell, or what the bytes look like. A segment that was seen before is not looked into again.
func spoken(s *Subject, i int) (name string, ok bool) {
	l := s.layer(i)
	if s.repeats(i) {
		return "", true
	}
	b := s.Packet.Payload(l)
	if name, ok = s.streams.protocol(s, i); !ok {
		if name, ok = served(l.Kind, s.Packet.Header(l), b); !ok {
			name, ok = guessed(l.Kind, b)
		}
	}
	if !ok {
		return "", false
	}
	if inner := within[name]; inner != nil {
		name = inner(b)
	}
	return name, true
}

// within tells more of what is in a payload than the protocol's name: what it carries in turn, or that its message does not end here,
// which leaves it unnamed.
var within = map[string]func(b []byte) string{
	"db-lsp-disc": func([]byte) string { return "db-lsp-disc:json" },
	"dns":         func([]byte) string { return "" }, // a whole message would have been decoded
	"gtp": func(b []byte) string {
		if len(b) > 0 && b[0]>>5 == 2 {
			return "gtp:gtpv2"
		}
		return "gtp"
	},
	"http": func(b []byte) string {
		if isHTTP(b) && bytes.Contains(b, []byte("\r\n\r\n")) {
			return "http"
		}
		return ""
	},
	"nbdgm": func(b []byte) string {
		switch _, smb, ok := bytes.Cut(b, []byte("\xffSMB")); {
		case !ok:
			return "nbdgm"
		case bytes.Contains(smb, []byte(`\MAILSLOT\BROWSE`)):
			return "nbdgm:smb:browser"
		}
		return "nbdgm:smb"
	},
	"tls": func(b []byte) string {
		if isTLS(b) && int(first16(b[3:])) <= len(b)-5 {
			return "tls"
		}
		return ""
	},
	"udpencap": func(b []byte) string { // RFC 3948 §2.2 to §2.4
		switch {
		case len(b) < 4:
			return "udpencap"
		case first16(b)|first16(b[2:]) == 0:
			return "udpencap:isakmp"
		}
		return "udpencap:esp"
	},
}
