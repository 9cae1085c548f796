package bpf

import (
	"regexp"
	"strings"
)

// field is how a test of a display filter's field is written in a capture filter.
type field struct {
	name string
	// test takes the comparison (%o) and the value (%v), or, if it has no %o, means equality.
	test string
}

// fields holds the fields that have a plain equivalent.
var fields = []field{
	{"eth.addr", "ether host %v"},
	{"eth.src", "ether src %v"},
	{"eth.dst", "ether dst %v"},
	{"eth.type", "ether proto %v"},
	{"vlan.id", "vlan %v"},
	{"arp.opcode", "arp[6:2] %o %v"},
	{"arp.src.proto_ipv4", "arp src host %v"},
	{"arp.dst.proto_ipv4", "arp dst host %v"},
	{"ip.addr", "host %v"},
	{"ip.src", "src host %v"},
	{"ip.dst", "dst host %v"},
	{"ip.proto", "ip proto %v"},
	{"ip.ttl", "ip[8] %o %v"},
	{"ip.id", "ip[4:2] %o %v"},
	{"ip.len", "ip[2:2] %o %v"},
	{"ipv6.addr", "ip6 host %v"},
	{"ipv6.src", "ip6 src host %v"},
	{"ipv6.dst", "ip6 dst host %v"},
	{"ipv6.nxt", "ip6 proto %v"},
	{"ipv6.hlim", "ip6[7] %o %v"},
	{"icmp.type", "icmp[icmptype] %o %v"},
	{"icmp.code", "icmp[icmpcode] %o %v"},
	{"icmp.ident", "icmp[4:2] %o %v"},
	{"icmp.seq", "icmp[6:2] %o %v"},
	{"icmpv6.type", "icmp6[icmp6type] %o %v"},
	{"icmpv6.code", "icmp6[icmp6code] %o %v"},
	{"igmp.type", "igmp[0] %o %v"},
	{"tcp.port", "tcp port %v"},
	{"tcp.srcport", "tcp src port %v"},
	{"tcp.dstport", "tcp dst port %v"},
	{"udp.port", "udp port %v"},
	{"udp.srcport", "udp src port %v"},
	{"udp.dstport", "udp dst port %v"},
	{"frame.len", "len %o %v"},
}

// values names the numbers that pcap-filter(7) has words for.
var values = map[string]map[string]string{
	"icmp.type": {
		"0": "icmp-echoreply", "3": "icmp-unreach", "5": "icmp-redirect", "8": "icmp-echo",
		"11": "icmp-timxceed", "12": "icmp-paramprob", "13": "icmp-tstamp", "14": "icmp-tstampreply",
	},
	"icmpv6.type": {
		"128": "icmp6-echo", "129": "icmp6-echoreply",
		"135": "icmp6-neighborsolicit", "136": "icmp6-neighboradvert",
	},
}

// words translates what stands alone: operators, and protocols that are named differently or the same.
var words = map[string]string{
	"and": "and", "&&": "and", "or": "or", "||": "or", "not": "not", "!": "not", "(": "(", ")": ")",
	"arp": "arp", "rarp": "rarp", "ip": "ip", "ipv6": "ip6", "icmp": "icmp", "icmpv6": "icmp6", "igmp": "igmp",
	"tcp": "tcp", "udp": "udp", "sctp": "sctp", "vlan": "vlan", "stp": "stp",
}

// comparisons are the signs of both languages; the words are display filters' own.
var comparisons = map[string]string{
	"==": "==", "eq": "==", "!=": "!=", "ne": "!=", ">": ">", "gt": ">", "<": "<", "lt": "<",
	">=": ">=", "ge": ">=", "<=": "<=", "le": "<=",
}

var (
	// displayOnly is what no capture filter contains: a dotted field name, or an operator of the other language.
	displayOnly = regexp.MustCompile(`(?i)\b(eth|vlan|arp|ipv?6?|icmp(v6)?|igmp|tcp|udp|dns|frame|sll|wlan)\.[a-z]|\b(contains|matches|in\s*\{|eq|ne|gt|lt|ge|le)\b|\bicmpv6\b|\bipv6\b`)
	token       = regexp.MustCompile(`^(&&|\|\||[=!<>]=|[!<>()]|[^\s&|=!<>()]+)`)
)

// Translate turns a display filter into the capture filter with the same meaning, if expr looks like a display filter (display)
// and each of its parts has a plain equivalent; otherwise capture is empty.
func Translate(expr string) (capture string, display bool) {
	if !displayOnly.MatchString(expr) {
		return "", false
	}
	tokens := split(expr)
	var out []string
	for len(tokens) > 0 {
		part, used := translateOne(tokens)
		if used == 0 {
			return "", true
		}
		out, tokens = append(out, part), tokens[used:]
	}
	joined := strings.Join(out, " ")
	return strings.NewReplacer("( ", "(", " )", ")").Replace(joined), true
}

// translateOne translates the word or the test that tokens begin with, and says how many tokens that was: 0 if it is not known.
func translateOne(tokens []string) (string, int) {
	if len(tokens) >= 3 {
		if op, ok := comparisons[strings.ToLower(tokens[1])]; ok {
			if test := translateTest(strings.ToLower(tokens[0]), op, tokens[2]); test != "" {
				return test, 3
			}
			return "", 0
		}
	}
	if w, ok := words[strings.ToLower(tokens[0])]; ok {
		return w, 1
	}
	return "", 0
}

func translateTest(name, op, value string) string {
	for _, f := range fields {
		if f.name != name {
			continue
		}
		if word, ok := values[name][value]; ok {
			value = word
		}
		s := strings.ReplaceAll(f.test, "%v", value)
		switch {
		case strings.Contains(s, "%o"):
			return strings.ReplaceAll(s, "%o", op)
		case op == "==" && strings.Contains(value, "/"):
			return strings.Replace(s, "host", "net", 1)
		case op == "==":
			return s
		case op == "!=":
			return "not " + s
		}
	}
	return ""
}

// split is the tokens of expr, or nil if it has any that no translation knows.
func split(expr string) []string {
	var tokens []string
	for rest := strings.TrimSpace(expr); rest != ""; rest = strings.TrimSpace(rest) {
		t := token.FindString(rest)
		if t == "" {
			return nil
		}
		tokens, rest = append(tokens, t), rest[len(t):]
	}
	return tokens
}
