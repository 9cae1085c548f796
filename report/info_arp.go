package report

import (
	"bytes"

	"github.com/icmpsniff/icmpsniff/decode"
)

// arpForm says under which name an operation is listed, how its sentence goes, and of what.
type arpForm struct {
	protocol string
	info     func(dst []byte, a decode.ARPPacket) []byte
	needs    arpPart
}

// arpPart is how far a packet must have been captured.
type arpPart uint8

const (
	arpHeader arpPart = iota
	arpSender
	arpTargetMAC
	arpWhole
)

// has reports whether a packet was captured as far as that.
func (n arpPart) has(a *decode.ARPPacket, whole bool) bool {
	switch n {
	case arpHeader:
		return true
	case arpSender:
		return a.SenderIP != nil
	case arpTargetMAC:
		return a.TargetMAC != nil
	}
	return whole
}

// arpForms are the forms of the operations (IANA, "ARP Parameters"); 1 and 2 have more than one.
var arpForms = [...]arpForm{
	0:                   {"ARP", arpSays("Reserved opcode 0"), arpHeader},
	decode.ARPRequest:   {"ARP", appendARPRequest, arpWhole},
	decode.ARPReply:     {"ARP", appendARPReply, arpWhole},
	decode.RARPRequest:  {"RARP", appendWhoIs, arpTargetMAC},
	decode.RARPReply:    {"RARP", appendTargetIsAt, arpWhole},
	decode.DRARPRequest: {"DRARP", appendWhoIs, arpTargetMAC},
	decode.DRARPReply:   {"DRARP", appendTargetIsAt, arpWhole},
	decode.DRARPError:   {"DRARP", arpSays("DRARP Error"), arpHeader},
	decode.InARPRequest: {"Inverse ARP", appendWhoIs, arpTargetMAC},
	decode.InARPReply:   {"Inverse ARP", appendSenderIsAt, arpSender},
	10:                  {"ARP", arpSays("ARP NAK"), arpHeader},
	11:                  {"MARS", fromAt("MARS request"), arpSender},
	12:                  {"MARS", fromAt("MARS MULTI request"), arpSender},
	13:                  {"MARS", fromAt("MARS MSERV request"), arpSender},
	14:                  {"MARS", fromAt("MARS JOIN request"), arpSender},
	15:                  {"MARS", fromAt("MARS LEAVE"), arpSender},
	16:                  {"MARS", fromAt("MARS NAK"), arpSender},
	17:                  {"MARS", fromAt("MARS UNSERV request"), arpSender},
	18:                  {"MARS", fromAt("MARS SJOIN request"), arpSender},
	19:                  {"MARS", fromAt("MARS SLEAVE"), arpSender},
	20:                  {"MARS", fromAt("MARS grouplist request"), arpSender},
	21:                  {"MARS", fromAt("MARS grouplist reply"), arpSender},
	22:                  {"MARS", fromAt("MARS redirect map"), arpSender},
	23:                  {"MAPOS", fromAt("MAPOS UNARP request"), arpSender},
	24:                  {"ARP", arpSays("Experimental 1 ( opcode 24 )"), arpHeader},
	25:                  {"ARP", arpSays("Experimental 2 ( opcode 25 )"), arpHeader},
}

// arpProtocol returns the name of ARP or the relative of it that the operation belongs to; ARP of a packet that its own
// lengths make too long.
func arpProtocol(p *decode.Packet, layer *decode.Layer) string {
	if b := p.Bytes(layer); len(b) >= 8 && p.Verdict != decode.Malformed {
		if op := int(b[6])<<8 | int(b[7]); op < len(arpForms) {
			return arpForms[op].protocol
		}
	}
	return "ARP"
}

// appendARP appends what an ARP packet asks or tells, nothing if its lengths are too long for it, or what it speaks of was not captured.
func appendARP(dst []byte, p *decode.Packet, layer *decode.Layer) []byte {
	b := p.Bytes(layer)
	if len(b) < 8 || p.Verdict == decode.Malformed {
		return dst
	}
	const lastOperation = 65535 // reserved, as the first is (RFC 5494 §3)
	a, whole := decode.ReadARP(b)
	switch op := a.Operation; {
	case int(op) < len(arpForms):
		if form := &arpForms[op]; form.needs.has(&a, whole) {
			return form.info(dst, a)
		}
		return dst
	case op == lastOperation:
		return append(dst, "Reserved opcode 65535"...)
	default:
		return appendHex16(append(dst, "Unknown ARP opcode 0x"...), op)
	}
}

func arpSays(text string) func([]byte, decode.ARPPacket) []byte {
	return func(dst []byte, _ decode.ARPPacket) []byte { return append(dst, text...) }
}

func fromAt(text string) func([]byte, decode.ARPPacket) []byte {
	return func(dst []byte, a decode.ARPPacket) []byte {
		dst = appendHardware(append(append(dst, text...), " from "...), a.SenderMAC, a.HardwareType)
		return appendProtocolAddress(append(dst, " at "...), a.SenderIP, a.ProtocolType)
	}
}

func appendARPRequest(dst []byte, a decode.ARPPacket) []byte {
	ipv4 := a.ProtocolType == 0x0800
	switch same := bytes.Equal(a.SenderIP, a.TargetIP) && len(a.SenderIP) > 0; {
	case ipv4 && same && isZero(a.TargetMAC): // RFC 5227 §2.3
		return appendProtocolAddress(append(dst, "ARP Announcement for "...), a.SenderIP, a.ProtocolType)
	case ipv4 && same:
		dst = appendProtocolAddress(append(dst, "Gratuitous ARP for "...), a.SenderIP, a.ProtocolType)
		return append(dst, " (Request)"...)
	case ipv4 && isZero(a.SenderIP) && isZero(a.TargetMAC): // RFC 5227 §2.1.1
		dst = appendProtocolAddress(append(dst, "Who has "...), a.TargetIP, a.ProtocolType)
		return append(dst, "? (ARP Probe)"...)
	}
	dst = appendProtocolAddress(append(dst, "Who has "...), a.TargetIP, a.ProtocolType)
	return appendProtocolAddress(append(dst, "? Tell "...), a.SenderIP, a.ProtocolType)
}

func appendARPReply(dst []byte, a decode.ARPPacket) []byte {
	if a.ProtocolType == 0x0800 && len(a.SenderIP) > 0 && bytes.Equal(a.SenderIP, a.TargetIP) {
		dst = appendProtocolAddress(append(dst, "Gratuitous ARP for "...), a.SenderIP, a.ProtocolType)
		return append(dst, " (Reply)"...)
	}
	dst = append(appendProtocolAddress(dst, a.SenderIP, a.ProtocolType), " is at "...)
	return appendHardware(dst, a.SenderMAC, a.HardwareType)
}

func appendWhoIs(dst []byte, a decode.ARPPacket) []byte {
	dst = appendHardware(append(dst, "Who is "...), a.TargetMAC, a.HardwareType)
	return appendHardware(append(dst, "? Tell "...), a.SenderMAC, a.HardwareType)
}

func appendTargetIsAt(dst []byte, a decode.ARPPacket) []byte {
	dst = append(appendHardware(dst, a.TargetMAC, a.HardwareType), " is at "...)
	return appendProtocolAddress(dst, a.TargetIP, a.ProtocolType)
}

func appendSenderIsAt(dst []byte, a decode.ARPPacket) []byte {
	dst = append(appendHardware(dst, a.SenderMAC, a.HardwareType), " is at "...)
	return appendProtocolAddress(dst, a.SenderIP, a.ProtocolType)
}

func isZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// appendProtocolAddress appends a protocol address: of IPv4 with dots, others in one run of digits.
func appendProtocolAddress(dst, b []byte, protocol uint16) []byte {
	if protocol == 0x0800 && len(b) == 4 {
		return appendIPv4Address(dst, b)
	}
	return appendRun(dst, b)
}

// appendHardware appends a hardware address: Ethernet's with colons, others in one run of digits.
func appendHardware(dst, b []byte, kind uint16) []byte {
	if (kind == 1 || kind == 6) && len(b) == 6 {
		return appendMAC(dst, b)
	}
	return appendRun(dst, b)
}

// appendRun appends the first 36 bytes of an address as digits.
func appendRun(dst, b []byte) []byte {
	const most = 36
	switch {
	case len(b) == 0:
		return append(dst, "<No address>"...)
	case len(b) > most:
		return append(appendHex(dst, b[:most]), "…"...)
	}
	return appendHex(dst, b)
}
