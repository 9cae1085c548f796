package field

import (
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
)

// Small headers: Ethernet's configuration testing protocol (Ethernet version 2.0 §8), whose numbers are little-endian, Teredo's
// indications (RFC 4380 §5.1.1), LISP's data header (RFC 9300 §5.1), and what all messages of PIM begin with (RFC 7761 §4.9).
var smallFields = slices.Concat(
	in("loop", kindSet(decode.Loop),
		u16("loop.skipcount", "skipCount", 0).le(),
		u16("loop.relevant_function", "Relevant function", 2).le().named(loopNames),
		u16("loop.function", "Function", 0).le().named(loopNames).each(loopFunctions),
		u16("loop.receipt_number", "Receipt number", 2).le().each(loopFunctions).part(first(loopReply)),
		mac("loop.forwarding_address", "Forwarding address", 2).each(loopFunctions).part(first(loopForward)),
	),
	in("teredo", kindSet(decode.Teredo),
		read("teredo.auth", "Teredo Authentication header", None, there).each(teredoAuthentication),
		u8("teredo.auth.idlen", "Client identifier length", 2).each(teredoAuthentication),
		u8("teredo.auth.aulen", "Authentication value length", 3).each(teredoAuthentication),
		read("teredo.auth.id", "Client identifier", Bytes, teredoPiece(func(b []byte) []byte { return b[4 : 4+int(b[2])] })).each(teredoAuthentication),
		read("teredo.auth.value", "Authentication value", Bytes, teredoPiece(func(b []byte) []byte { return b[4+int(b[2]) : len(b)-9] })).each(teredoAuthentication),
		read("teredo.auth.nonce", "Nonce value", Bytes, teredoPiece(func(b []byte) []byte { return b[len(b)-9 : len(b)-1] })).each(teredoAuthentication),
		read("teredo.auth.conf", "Confirmation byte", Bytes, teredoPiece(func(b []byte) []byte { return b[len(b)-1:] })).each(teredoAuthentication),
		read("teredo.orig", "Teredo Origin Indication header", None, there).each(teredoOrigin),
		read("teredo.orig.port", "Origin UDP port", Uint16, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
			return append(dst, Value{Uint: uint64(^first16(b[2:]))})
		}).each(teredoOrigin),
		read("teredo.orig.addr", "Origin IPv4 address", IPv4, func(s *Subject, _ int, b []byte, dst []Value) []Value {
			n := len(s.text)
			s.text = append(s.text, ^b[4], ^b[5], ^b[6], ^b[7])
			return append(dst, Value{Bytes: s.written(n)})
		}).each(teredoOrigin),
	),
	inPlace("lisp-data", kindSet(decode.LISP), lispData,
		u8("lisp-data.flags", "Flags", 0).hex(),
		bits(u8("lisp-data.flags.nonce", "N bit (Nonce present)", 0), lispNonce).flag(setNotSet),
		bits(u8("lisp-data.flags.lsb", "L bit (Locator-Status-Bits field enabled)", 0), lispLocators).flag(setNotSet),
		bits(u8("lisp-data.flags.enr", "E bit (Echo-Nonce-Request)", 0), 0x20).flag(setNotSet),
		bits(u8("lisp-data.flags.mv", "V bit (Map-Version present)", 0), lispVersion).flag(setNotSet),
		bits(u8("lisp-data.flags.iid", "I bit (Instance ID present)", 0), lispInstance).flag(setNotSet),
		bits(u8("lisp-data.flags.res", "Reserved", 0), 0x07).hex(),
		u24("lisp-data.nonce", "Nonce", 1).base(DecHex).when(flagged(lispNonce)),
		u24("lisp-data.mapver", "Map-Version", 1).hex().when(flagged(lispVersion)),
		bits(u24("lisp-data.srcmapver", "Source Map-Version", 1), 0xfff000).when(flagged(lispVersion)),
		bits(u24("lisp-data.dstmapver", "Destination Map-Version", 1), 0x000fff).when(flagged(lispVersion)),
		u24("lisp-data.iid", "Instance ID", 4).when(flagged(lispInstance)),
		bits(u32("lisp-data.lsb", "Locator-Status-Bits", 4), 0xffffffff).hex().when(locators(0)),
		bits(u8("lisp-data.lsb8", "Locator-Status-Bits", 7), 0xff).hex().when(locators(lispInstance)),
	),
	inPlace("pim", kindSet(decode.PIM), pimAlone,
		bits(u8("pim.version", "Version", 0), 0xf0),
		bits(u8("pim.type", "Type", 0), 0x0f).named(pimNames),
		octets("pim.res_bytes", "Reserved byte(s)", 1, 1).when(pim2),
		u16("pim.cksum", "Checksum", 2).hex().when(pim2),
	),
)

// The functions of the configuration testing protocol.
const loopReply, loopForward byte = 1, 2

var loopNames = []Name{{uint64(loopReply), "Reply"}, {uint64(loopForward), "Forward Data"}}

// loopFunctions are the functions up to the first that does not forward.
var loopFunctions = &parts{
	start: func(b []byte) []byte { return b[min(2, len(b)):] },
	next: func(b []byte) (part, rest []byte) {
		switch {
		case len(b) < 2:
			return nil, nil
		case b[0] == loopForward && b[1] == 0:
			n := min(8, len(b))
			return b[:n:n], b[n:]
		}
		n := min(4, len(b))
		return b[:n:n], nil
	},
}

// teredoAuthentication is the authentication at the beginning of a header, if it is all there.
var teredoAuthentication = &parts{
	start: func(b []byte) []byte { return b[:teredoLength(b)] },
	next:  func(b []byte) (part, rest []byte) { return b, nil },
}

// teredoOrigin is the indication after it.
var teredoOrigin = &parts{
	start: func(b []byte) []byte {
		const length = 8
		b = b[teredoLength(b):]
		if len(b) < length || first16(b) != 0 {
			return nil
		}
		return b[:length]
	},
	next: func(b []byte) (part, rest []byte) { return b, nil },
}

// teredoLength is the length of the authentication that b begins with, 0 if there is none: type 2, lengths 1 each, identifier, value,
// nonce 8, confirmation 1.
func teredoLength(b []byte) int {
	const authentication, fixed = 1, 13
	if len(b) < fixed || first16(b) != authentication || len(b) < fixed+int(b[2])+int(b[3]) {
		return 0
	}
	return fixed + int(b[2]) + int(b[3])
}

// teredoPiece makes the value of some bytes, if there are any.
func teredoPiece(piece func(b []byte) []byte) func(*Subject, int, []byte, []Value) []Value {
	return func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if b = piece(b); len(b) > 0 {
			dst = append(dst, Value{Bytes: b})
		}
		return dst
	}
}

// The flags of LISP that say what its fields are.
const lispNonce, lispLocators, lispVersion, lispInstance = 0x80, 0x40, 0x10, 0x08

// locators returns a condition: that there are locator status bits, and an instance or, for 0, none.
func locators(instance byte) func(b []byte) bool {
	return func(b []byte) bool { return len(b) > 0 && b[0]&(lispLocators|lispInstance) == lispLocators|instance }
}

// lispData reports whether layer i is no control message, whose header is another (RFC 9301 §5.8).
func lispData(s *Subject, i int) bool { return s.protocolName(i) == "lisp-data" }

// pimAlone reports whether a message of PIM does not travel as IGMP, as version 1 does.
func pimAlone(s *Subject, i int) bool { return s.protocolName(i) == "pim" }

func pim2(b []byte) bool { return len(b) > 0 && b[0]>>4 == 2 }

// pimNames are IANA's "PIM Message Types".
var pimNames = []Name{
	{0, "Hello"}, {1, "Register"}, {2, "Register-stop"}, {3, "Join/Prune"}, {4, "Bootstrap"}, {5, "Assert"}, {6, "Graft"}, {7, "Graft-Ack"},
	{8, "Candidate-RP-Advertisement"}, {9, "State-Refresh"}, {10, "DF election"}, {11, "ECMP redirect"}, {12, "PFM source discovery"},
}
