package filter

import (
	"errors"
	"strings"
	"testing"
)

// TestErrors pins whole error texts: the sentence, the filter, and the place that is pointed at.
func TestErrors(t *testing.T) {
	tests := []struct{ filter, want string }{
		{"icmp.nosuch == 3", `
left side of "==" must be a field or function, not icmp.nosuch
    icmp.nosuch == 3
    ^~~~~~~~~~~`},
		{"icmp.tpye == 3", `
left side of "==" must be a field or function, not icmp.tpye; did you mean icmp.type?
    icmp.tpye == 3
    ^~~~~~~~~`},
		{"arpp", `
arpp is neither a field nor a protocol name; did you mean arp?
    arpp
    ^~~~`},
		{"icmp.type == ", `
unexpected end of filter expression
    icmp.type == 
                 ^`},
		{"icmp.type == abc", `
"abc" is not a valid number
    icmp.type == abc
                 ^~~`},
		{"icmp.type == 300", `
"300" too big for this field, maximum 255
    icmp.type == 300
                 ^~~`},
		{"icmp.type == 99999999999999999999", `
"99999999999999999999" causes an integer overflow
    icmp.type == 99999999999999999999
                 ^~~~~~~~~~~~~~~~~~~~`},
		{"(icmp.type == 8", `
unexpected end of filter expression
    (icmp.type == 8
                   ^`},
		{"icmp.type == 8 8", `
"8" was unexpected in this context
    icmp.type == 8 8
                   ^`},
		{"arp.opcode = 1", `
"=" was unexpected in this context; equality is "=="
    arp.opcode = 1
               ^`},
		{`icmp.type == "Echo"`, `
Unsigned integer (1 byte) cannot be converted from a string ("Echo")
    icmp.type == "Echo"
                 ^~~~~~`},
		{"arp.opcode == nosuch", `
"nosuch" cannot be found among the possible values for arp.opcode
    arp.opcode == nosuch
                  ^~~~~~`},
		{"ip.src == 10.0.0.999", `
"10.0.0.999" is not a valid IPv4 address
    ip.src == 10.0.0.999
              ^~~~~~~~~~`},
		{"ip.src == 10.0.0.0/33", `
the prefix length of an IPv4 address is at most 32, not 33
    ip.src == 10.0.0.0/33
              ^~~~~~~~~~~`},
		{"eth.src == 00:0c:29", `
"00:0c:29" contains too few bytes to be a valid Ethernet address
    eth.src == 00:0c:29
               ^~~~~~~~`},
		{"ip.src == ip.ttl", `
ip.src and ip.ttl are not of compatible types
    ip.src == ip.ttl
              ^~~~~~`},
		{"ip.ttl contains 5", `
ip.ttl (type=Unsigned integer (1 byte)) cannot participate in contains comparison
    ip.ttl contains 5
    ^~~~~~`},
		{"ip.ttl[0] == 40", `
"ip.ttl" is a Unsigned integer (1 byte) and cannot be sliced into a sequence of bytes
    ip.ttl[0] == 40
    ^~~~~~`},
		{`frame matches abc`, `
matches requires a double quoted string on the right side
    frame matches abc
                  ^~~`},
		{`frame matches "[abc"`, `
this is no regular expression of RE2 (missing closing ]: [abc)
    frame matches "[abc"
                  ^~~~~~`},
		{`ip.host matches "^10\."`, `
\. is not a valid character escape sequence
    ip.host matches "^10\."
                        ^~`},
		{"len(ip)", `
you cannot test whether a function is present; compare its value
    len(ip)
    ^~~`},
		{"length(ip) > 3", `
function 'length' does not exist; there are abs, count, len, lower, max, min, string and upper
    length(ip) > 3
    ^~~~~~`},
		{"64 == ip.ttl", `
left side of "==" must be a field or function, not 64
    64 == ip.ttl
    ^~`},
		{"ip.ttl < 100 <= 200", `
left side of "<=" must be a field or function, not 100
    ip.ttl < 100 <= 200
             ^~~`},
		{"63 in {1}", `
63 is neither a field nor a protocol name
    63 in {1}
    ^~`},
		{"frame.number in {1 2}", `
"2" was unexpected in this context
    frame.number in {1 2}
                       ^`},
		{"(ip.ttl) == 64", `
"==" was unexpected in this context
    (ip.ttl) == 64
             ^~`},
		{"host 10.0.2.2", `
"10.0.2.2" was unexpected in this context
    host 10.0.2.2
         ^~~~~~~~
this looks like a capture filter (-f); as a display filter it is: ip.addr == 10.0.2.2`},
		{"icmp and (src host 10.0.0.1 or tcp port 80)", `
"host" was unexpected in this context
    icmp and (src host 10.0.0.1 or tcp port 80)
                  ^~~~
this looks like a capture filter (-f); as a display filter it is: icmp and (ip.src == 10.0.0.1 or tcp.port == 80)`},
		{"icmp[icmptype] == icmp-echo", `
"icmptype" is not a valid range; write [offset:length], [first-last], [offset], [:length] or [offset:]
    icmp[icmptype] == icmp-echo
        ^~~~~~~~~~
this looks like a capture filter (-f); as a display filter it is: icmp.type == 8`},
		{"eth.dst == é", `
"é" was unexpected in this context
    eth.dst == é
               ^`},
	}
	for _, test := range tests {
		t.Run(test.filter, func(t *testing.T) {
			_, err := Compile(test.filter, Options{})
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an *Error", err)
			}
			if got := "\n" + e.Error(); got != test.want {
				t.Errorf("got:%s\nwant:%s", got, test.want)
			}
		})
	}
}

// TestBounds: filters made to exhaust the parser are refused.
func TestBounds(t *testing.T) {
	for name, text := range map[string]string{
		"parentheses": strings.Repeat("(", 5000) + "ip" + strings.Repeat(")", 5000),
		"not":         strings.Repeat("!", 5000) + "ip",
		"braces":      strings.Repeat("{", 5000) + "1",
		"minus":       strings.Repeat("-", 5000) + "1",
		"slices":      "ip" + strings.Repeat("[0]", 5000),
		"sums":        "ip.ttl" + strings.Repeat(" + 1", 5000) + " == 1",
		"or":          "ip" + strings.Repeat(" or ip", 5000),
		"length":      strings.Repeat(" ", maxText+1),
	} {
		if _, err := Compile(text, Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
