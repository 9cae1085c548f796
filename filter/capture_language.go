package filter

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// Capture filters (pcap-filter(7)) are another language, and the two are often mixed up. What follows translates everyday
// ones, so that an error can say what was meant. To add a primitive: a row in primitives.

// primitives turn what a capture filter tests into what a display filter does. The first that fits wins; a * stands for one
// word, which the function gets.
var primitives = []struct {
	words     string
	translate func(word string) string
}{
	{"src host *", address4or6("src")},
	{"dst host *", address4or6("dst")},
	{"host *", address4or6("addr")},
	{"src net *", address4or6("src")},
	{"dst net *", address4or6("dst")},
	{"net *", address4or6("addr")},
	{"tcp src port *", is("tcp.srcport", isNumber)},
	{"tcp dst port *", is("tcp.dstport", isNumber)},
	{"tcp port *", is("tcp.port", isNumber)},
	{"udp src port *", is("udp.srcport", isNumber)},
	{"udp dst port *", is("udp.dstport", isNumber)},
	{"udp port *", is("udp.port", isNumber)},
	{"src port *", either(is("tcp.srcport", isNumber), is("udp.srcport", isNumber))},
	{"dst port *", either(is("tcp.dstport", isNumber), is("udp.dstport", isNumber))},
	{"port *", either(is("tcp.port", isNumber), is("udp.port", isNumber))},
	{"ether src *", is("eth.src", isMAC)},
	{"ether dst *", is("eth.dst", isMAC)},
	{"ether host *", is("eth.addr", isMAC)},
	{"ether proto *", is("eth.type", isNumber)},
	{"ether broadcast", means("eth.dst == ff:ff:ff:ff:ff:ff")},
	{"ether multicast", means("eth.dst.ig == 1")},
	{"broadcast", means("eth.dst == ff:ff:ff:ff:ff:ff")},
	{"multicast", means("eth.dst.ig == 1")},
	{"ip proto *", is("ip.proto", isNumber)},
	{"ip6 proto *", is("ipv6.nxt", isNumber)},
	{"vlan *", is("vlan.id", isNumber)},
	{"less *", func(n string) string { return "frame.len <= " + n }},
	{"greater *", func(n string) string { return "frame.len >= " + n }},
	{"icmp[icmptype] == *", icmpType},
	{"icmp[icmptype] = *", icmpType},
	{"icmp[icmptype]==*", icmpType},
	{"icmp[icmptype]=*", icmpType},
	{"rarp", means("arp.opcode in {3, 4}")},
	{"icmp6", means("icmpv6")},
	{"ip6", means("ipv6")},
	{"arp", means("arp")},
	{"icmp", means("icmp")},
	{"igmp", means("igmp")},
	{"ip", means("ip")},
	{"tcp", means("tcp")},
	{"udp", means("udp")},
	{"vlan", means("vlan")},
	{"src *", address4or6("src")},
	{"dst *", address4or6("dst")},
}

// joints are what stands between primitives, in both languages.
var joints = map[string]string{
	"and": " and ", "&&": " and ", "or": " or ", "||": " or ", "not": "not ", "!": "not ", "(": "(", ")": ")",
}

// fromCaptureFilter returns the display filter that means what text does as a capture filter, "" if it is none that is known.
func fromCaptureFilter(text string, options Options) string {
	for _, sign := range []string{"(", ")", "!", "&&", "||"} {
		text = strings.ReplaceAll(text, sign, " "+sign+" ")
	}
	text = strings.ReplaceAll(text, "!  =", "!=")
	words := strings.Fields(text)
	var b strings.Builder
	found := false
	for len(words) > 0 {
		if joint, ok := joints[words[0]]; ok {
			b.WriteString(joint)
			words = words[1:]
			continue
		}
		meaning, n := primitive(words)
		if n == 0 {
			return ""
		}
		found = found || n > 1
		b.WriteString(meaning)
		words = words[n:]
	}
	if !found || !compiles(b.String(), options) {
		return ""
	}
	return b.String()
}

// compiles reports whether a translation is a filter at all.
func compiles(text string, options Options) (ok bool) {
	defer func() {
		if _, bad := recover().(mistake); bad {
			ok = false
		}
	}()
	tree := parse(text)
	c := checker{twoPass: options.TwoPass}
	c.condition(tree)
	return true
}

// primitive translates what the words begin with, and returns how many of them that is, 0 if it is nothing known.
func primitive(words []string) (meaning string, n int) {
	for _, p := range primitives {
		if word, length, ok := fits(p.words, words); ok {
			if meaning := p.translate(word); meaning != "" {
				return meaning, length
			}
		}
	}
	return "", 0
}

// fits compares a row of primitives with words; word is what its * stands for.
func fits(pattern string, words []string) (word string, n int, ok bool) {
	for p := range strings.SplitSeq(pattern, " ") {
		if n == len(words) {
			return "", 0, false
		}
		prefix, star := strings.CutSuffix(p, "*")
		switch {
		case star && strings.HasPrefix(words[n], prefix):
			word = words[n][len(prefix):]
		case star || words[n] != p:
			return "", 0, false
		}
		n++
	}
	return word, n, true
}

// means is what takes no word.
func means(meaning string) func(string) string {
	return func(string) string { return meaning }
}

// is compares a field with a word that passes a check.
func is(name string, valid func(string) bool) func(string) string {
	return func(word string) string {
		if !valid(word) {
			return ""
		}
		return name + " == " + word
	}
}

func either(a, b func(string) string) func(string) string {
	return func(word string) string {
		if a(word) == "" {
			return ""
		}
		return fmt.Sprintf("(%s or %s)", a(word), b(word))
	}
}

// address4or6 compares a field of IPv4 or IPv6 with an address or a prefix.
func address4or6(field string) func(string) string {
	return func(word string) string {
		text, _, _ := strings.Cut(word, "/")
		addr, err := netip.ParseAddr(text)
		switch {
		case err != nil:
			return ""
		case addr.Is4():
			return fmt.Sprintf("ip.%s == %s", field, word)
		}
		return fmt.Sprintf("ipv6.%s == %s", field, word)
	}
}

// icmpType compares an ICMP type, a number or a name of pcap-filter(7).
func icmpType(word string) string {
	types := map[string]int{
		"icmp-echoreply": 0, "icmp-unreach": 3, "icmp-sourcequench": 4, "icmp-redirect": 5, "icmp-echo": 8,
		"icmp-routeradvert": 9, "icmp-routersolicit": 10, "icmp-timxceed": 11, "icmp-paramprob": 12,
		"icmp-tstamp": 13, "icmp-tstampreply": 14, "icmp-maskreq": 17, "icmp-maskreply": 18,
	}
	if t, ok := types[word]; ok {
		word = strconv.Itoa(t)
	}
	return is("icmp.type", isNumber)(word)
}

func isNumber(word string) bool {
	_, err := strconv.ParseUint(word, 0, 16)
	return err == nil
}

func isMAC(word string) bool {
	b, ok := byteString(word)
	return ok && len(b) == 6
}
