package field

import "github.com/icmpsniff/icmpsniff/decode"

// MACsec (IEEE 802.1AE §9): the tag, of which the secure channel is optional, and the integrity check value at the end.
var macsecFields = in("macsec", kindSet(decode.MACsec),
	bits(u8("macsec.TCI", "TCI", 0), 0xfc).hex(),
	bits(u8("macsec.TCI.V", "VER", 0), 0x80).hex(),
	bits(u8("macsec.TCI.ES", "ES", 0), 0x40).flag(setNotSet),
	bits(u8("macsec.TCI.SC", "SC", 0), macsecChannel).flag(setNotSet),
	bits(u8("macsec.TCI.SCB", "SCB", 0), 0x10).flag(setNotSet),
	bits(u8("macsec.TCI.E", "E", 0), macsecEncrypted).flag(setNotSet),
	bits(u8("macsec.TCI.C", "C", 0), macsecChanged).flag(setNotSet),
	bits(u8("macsec.AN", "AN", 0), 0x03).hex(),
	u8("macsec.SL", "Short length", 1),
	u32("macsec.PN", "Packet number", 2),
	mac("macsec.SCI.system_identifier", "System Identifier", 6).when(withChannel),
	u16("macsec.SCI.port_identifier", "Port Identifier", 12).when(withChannel),
	u16("macsec.etype", "Ethertype", 14).hex().when(func(b []byte) bool { return readable(b) && withChannel(b) }),
	u16("macsec.etype", "Ethertype", 6).hex().when(func(b []byte) bool { return readable(b) && !withChannel(b) }),
	read("macsec.ICV", "ICV", Bytes, trailing(func(t trailer) []byte { return t.rest })).when(readable),
	read("macsec.ICV", "ICV", Bytes, checkValue).when(func(b []byte) bool { return !readable(b) }),
)

// The bits of the tag's first byte that say what the rest is like.
const macsecChannel, macsecEncrypted, macsecChanged = 0x20, 0x08, 0x04

func withChannel(b []byte) bool { return len(b) > 0 && b[0]&macsecChannel != 0 }

// readable reports whether the tag's payload is as it was before it was protected.
func readable(b []byte) bool { return len(b) > 0 && b[0]&(macsecEncrypted|macsecChanged) == 0 }

// checkValue makes the value of the check value after bytes that cannot be read.
func checkValue(s *Subject, i int, b []byte, dst []Value) []Value {
	const length = 16
	tag := 6
	if withChannel(b) {
		tag = 14
	}
	if !s.layer(i).Whole() || len(b) < tag+length {
		return dst
	}
	return append(dst, Value{Bytes: b[len(b)-length:]})
}
