package report

import (
	"bytes"
	"os"
	"strconv"
	"sync"
)

// nameFiles are where Wireshark's lists of link addresses are installed: well-known addresses, then manufacturers.
var nameFiles = [...]string{wellKnownFile, "manuf"}

const wellKnownFile = "wka"

var nameFolders = [...]string{"/usr/share/wireshark/", "/usr/local/share/wireshark/"}

// LinkNames returns Names that show a link address by its well-known name, or by its manufacturer's and the address' rest,
// from Wireshark's lists where they are installed, and otherwise by the few names that need no list. The lists are opened
// now, and read when the first address is shown: most captures are through before that would have been.
func LinkNames() Names {
	lists := openNameLists()
	load := sync.OnceValue(func() linkNames { return loadLinkNames(lists) })
	cache := map[[6]byte]string{}
	return Names{MAC: func(dst, mac []byte) ([]byte, bool) {
		if len(mac) != 6 {
			return dst, false
		}
		key := [6]byte(mac)
		name, ok := cache[key]
		if !ok {
			if len(cache) >= maxNamed {
				clear(cache)
			}
			name = string(load().appendName(nil, key))
			cache[key] = name
		}
		return append(dst, name...), name != ""
	}}
}

// maxNamed bounds the addresses whose names are remembered.
const maxNamed = 1 << 14

// linkNames maps prefixes of addresses to names, by the prefix's length in bits: 48 for a whole address.
type linkNames map[prefix]linkName

// linkName is the name of a prefix. Behind a well-known one the rest of the address is shown without its leading zeros.
type linkName struct {
	text      string
	wellKnown bool
}

type prefix struct {
	bytes [6]byte
	bits  uint8
}

// knownLinkNames need no list.
var knownLinkNames = linkNames{
	{[6]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, 48}: {"Broadcast", true},
	{[6]byte{0x01, 0x00, 0x5e}, 25}:                   {"IPv4mcast", true}, // RFC 1112 §6.4
	{[6]byte{0x33, 0x33}, 16}:                         {"IPv6mcast", true}, // RFC 2464 §7
}

// prefixLengths are those that occur, longest first.
var prefixLengths = [...]uint8{48, 45, 44, 40, 36, 32, 28, 25, 24, 16}

// nameList is an open list of link addresses.
type nameList struct {
	*os.File
	wellKnown bool
}

// openNameLists opens the lists that there are.
func openNameLists() (lists []nameList) {
	for _, folder := range nameFolders {
		for _, file := range nameFiles {
			if f, err := os.Open(folder + file); err == nil {
				lists = append(lists, nameList{f, file == wellKnownFile})
			}
		}
	}
	return lists
}

// loadLinkNames reads the lists to their ends, and closes them.
func loadLinkNames(lists []nameList) linkNames {
	names := linkNames{}
	for p, name := range knownLinkNames {
		names[p] = name
	}
	for _, l := range lists {
		names.read(l.text(), l.wellKnown)
		l.Close()
	}
	return names
}

// text is all that the list holds, as far as it can be read.
func (l nameList) text() []byte {
	var b bytes.Buffer
	if st, err := l.Stat(); err == nil {
		b.Grow(int(st.Size()) + bytes.MinRead) // or it would be copied again and again as it grows
	}
	_, _ = b.ReadFrom(l)
	return b.Bytes()
}

// read adds a list's lines: a prefix, with its length in bits after a slash if it is not that of the bytes given, a tab and a
// name; and a comment after "#" or another tab.
func (n linkNames) read(text []byte, wellKnown bool) {
	for line := range bytes.Lines(text) {
		line, _, _ = bytes.Cut(line, []byte("#"))
		words := bytes.Fields(line)
		if len(words) < 2 {
			continue
		}
		if p, ok := parsePrefix(words[0]); ok {
			if _, taken := n[p]; !taken {
				n[p] = linkName{string(words[1]), wellKnown}
			}
		}
	}
}

func parsePrefix(word []byte) (p prefix, ok bool) {
	digits, bits, masked := bytes.Cut(word, []byte("/"))
	n := 0
	for len(digits) >= 2 && n < 6 {
		v, err := strconv.ParseUint(string(digits[:2]), 16, 8)
		if err != nil {
			return p, false
		}
		p.bytes[n] = byte(v)
		n++
		digits = bytes.TrimLeft(digits[2:], ":-.")
	}
	p.bits = uint8(n * 8)
	if masked {
		v, err := strconv.ParseUint(string(bits), 10, 8)
		if err != nil || v > 48 {
			return p, false
		}
		p.bits = uint8(v)
	}
	return cut(p.bytes, p.bits), n > 0
}

// cut returns the first bits of an address.
func cut(mac [6]byte, bits uint8) prefix {
	p := prefix{bits: bits}
	for i := range mac {
		switch left := int(bits) - i*8; {
		case left >= 8:
			p.bytes[i] = mac[i]
		case left > 0:
			p.bytes[i] = mac[i] &^ (0xff >> left)
		}
	}
	return p
}

// groupBit is the bit of an address' first byte that makes it a group's (IEEE 802 §8.2).
const groupBit = 0x01

// appendName appends the name of the longest prefix that has one, with the rest of the address behind it; nothing if none
// has. A group's address may be made of its manufacturer's own.
func (n linkNames) appendName(dst []byte, mac [6]byte) []byte {
	name, bits := n.find(mac)
	if name.text == "" && mac[0]&groupBit != 0 {
		own := mac
		own[0] &^= groupBit
		name, bits = n.find(own)
	}
	dst = append(dst, name.text...)
	if name.text == "" || bits == 48 {
		return dst
	}
	if name.wellKnown {
		for bits < 40 && cut(mac, bits+8-bits%8) == withBits(cut(mac, bits), bits+8-bits%8) {
			bits += 8 - bits%8
		}
	}
	return appendRest(append(dst, '_'), mac, bits)
}

// withBits returns a prefix with zeros behind it, up to a length.
func withBits(p prefix, bits uint8) prefix {
	p.bits = bits
	return p
}

// find returns the name of the longest prefix that has one, and the prefix's length.
func (n linkNames) find(mac [6]byte) (name linkName, bits uint8) {
	for _, bits := range prefixLengths {
		if name, ok := n[cut(mac, bits)]; ok {
			return name, bits
		}
	}
	return linkName{}, 0
}

// appendRest appends the bits of an address from some bit on, the first byte without those of the prefix.
func appendRest(dst []byte, mac [6]byte, bits uint8) []byte {
	i := bits / 8
	if left := bits % 8; left == 4 { // half a byte is one digit
		dst = append(dst, hexDigits[mac[i]&15])
		i++
	} else if left > 0 {
		dst = appendHex(dst, []byte{mac[i] & (0xff >> left)})
		i++
	}
	for ; i < 6; i++ {
		if last := dst[len(dst)-1]; last != '_' {
			dst = append(dst, ':')
		}
		dst = appendHex(dst, mac[i:i+1])
	}
	return dst
}
