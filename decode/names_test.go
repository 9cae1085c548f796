package decode

import (
	"slices"
	"testing"
)

// IANA's registries "ICMP Parameters" and "ICMPv6 Parameters": the types that are registered by name, and the codes of each
// type that has a registry of them. What is registered and has no words in tshark 4.0 has none here, as lines are tshark's:
// it is listed apart, and stays without until tshark has some.
var (
	icmpv4Registered = []uint8{0, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
		41, 42, 43}
	icmpv6Registered = []uint8{1, 2, 3, 4, 100, 101, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143,
		144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 200, 201, 255}

	icmpv4RegisteredCodes = map[uint8][]uint8{3: upTo(15), 5: upTo(3), 6: {0}, 9: {0, 16}, 11: upTo(1), 12: upTo(2), 40: upTo(5), 42: {0},
		43: upTo(4)}
	icmpv6RegisteredCodes = map[uint8][]uint8{1: upTo(7), 3: upTo(1), 4: upTo(3), 138: {0, 1, 255}, 139: upTo(2), 140: upTo(2),
		155: {0, 1, 2, 3, 4, 5, 128, 129, 130, 131, 132, 133, 138}, 160: {0}, 161: upTo(4)}

	icmpv4Wordless      = []uint8{253, 254} // for experiments, RFC 4727
	icmpv6WordlessCodes = map[uint8][]uint8{
		1:   {8},                    // headers too long, RFC 8883
		4:   {4, 5, 6, 7, 8, 9, 10}, // of segment routing, RFC 8754; of extension headers, RFC 8883
		155: {6, 7, 8, 135, 136},    // measurement, RFC 6998; cleanup, RFC 9009
	}
)

func upTo(highest uint8) (codes []uint8) {
	for c := range highest + 1 {
		codes = append(codes, c)
	}
	return codes
}

// TestNamesRegistered protects against types and codes that IANA registers and we cannot name, and against codes of types
// that have none.
func TestNamesRegistered(t *testing.T) {
	for _, c := range []struct {
		protocol string
		types    []uint8
		codes    map[uint8][]uint8
		typeName func(uint8) string
		codeName func(t, c uint8) (string, bool)
	}{
		{"ICMP", icmpv4Registered, icmpv4RegisteredCodes, ICMPv4TypeName, ICMPv4CodeName},
		{"ICMPv6", icmpv6Registered, icmpv6RegisteredCodes, ICMPv6TypeName, ICMPv6CodeName},
	} {
		for _, kind := range c.types {
			if c.typeName(kind) == "" {
				t.Errorf("%s type %d is registered and has no name", c.protocol, kind)
			}
			for _, code := range c.codes[kind] {
				if name, coded := c.codeName(kind, code); name == "" || !coded {
					t.Errorf("%s type %d: code %d is registered and has no name", c.protocol, kind, code)
				}
			}
		}
		for kind := range c.codes {
			if !slices.Contains(c.types, kind) {
				t.Errorf("%s type %d has codes and is not registered", c.protocol, kind)
			}
		}
		for kind := range 256 {
			for code := range 256 {
				if name, coded := c.codeName(uint8(kind), uint8(code)); name != "" && (!coded || c.typeName(uint8(kind)) == "") {
					t.Errorf("%s type %d: code %d is %q of a type without a name", c.protocol, kind, code, name)
				}
			}
		}
	}
	for _, kind := range icmpv4Wordless {
		if name := ICMPv4TypeName(kind); name != "" {
			t.Errorf("ICMP type %d is %q, and tshark's is unknown", kind, name)
		}
	}
	for kind, codes := range icmpv6WordlessCodes {
		for _, code := range codes {
			if name, _ := ICMPv6CodeName(kind, code); name != "" {
				t.Errorf("ICMPv6 type %d: code %d is %q, and tshark's is unknown", kind, code, name)
			}
		}
	}
	if name, coded := ICMPv4CodeName(8, 0); name != "" || coded {
		t.Error("codes of an echo request mean something")
	}
}

// TestKindNames protects against kinds without a name: tshark lists none for two of them only.
func TestKindNames(t *testing.T) {
	for k := None + 1; k < kinds; k++ {
		if k.String() == "" && k != SNAP && k != ICMPExtension {
			t.Errorf("kind %d has no name", k)
		}
	}
	if kinds.String() != "" {
		t.Error("a kind that does not exist has a name")
	}
}
