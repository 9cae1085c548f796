package field

import (
	"slices"
	"strings"
)

// lists is the table of contents, in the order of tshark -G fields' protocols as a frame stacks them.
var lists = [][]*Field{
	protocolFields,
	frameFields,
	ethernetFields,
	vlanFields,
	cookedFields, nullFields,
	tagFields, macsecFields, llcFields, pppFields,
	arpFields,
	ipv4Fields, ipv4OptionFields,
	ipv6Fields, ipv6ExtensionFields,
	icmpFields, icmpExtensionFields, icmpMobilityFields, icmpPairingFields,
	icmpv6Fields, ndFields, ndOptionFields, listenerFields, nodeInformationFields, renumberingFields, rplFields, icmpv6PairingFields,
	ahFields,
	igmpFields,
	udpFields, tcpFields, tcpOptionFields, dnsFields, dnsRecordFields, dataFields,
	mplsFields, greFields, erspanFields, vxlanFields, geneveFields, gtpFields, l2tpFields, smallFields,
	ownFields,
}

var all, byName = index(slices.Concat(lists...))

// index returns the fields by name, and a list in which each name is once: what has values in several places has one entry
// for each, of which the first leads to the others.
func index(entries []*Field) (list []*Field, names map[string]*Field) {
	names = make(map[string]*Field, len(entries))
	for _, f := range entries {
		known := names[f.Name]
		if known == nil {
			names[f.Name] = f
			list = append(list, f)
			continue
		}
		for known.also != nil {
			known = known.also
		}
		known.also = f
	}
	return list, names
}

// All returns every field, in the order of the table. The caller must not change it.
func All() []*Field { return all }

// Lookup returns the field of a name, which is case-sensitive, and whether there is one.
func Lookup(name string) (*Field, bool) {
	f, ok := byName[name]
	return f, ok
}

// Near returns the name of a field that is spelt like name, "" if none is.
func Near(name string) string {
	best, distance := "", 1+max(1, len(name)/4)
	for _, f := range all {
		if d := edits(strings.ToLower(name), f.Name, distance); d < distance {
			best, distance = f.Name, d
		}
	}
	if best == "" {
		for _, f := range all {
			if strings.HasSuffix(f.Name, "."+name) {
				return f.Name
			}
		}
	}
	return best
}

// edits returns the number of letters to insert, delete, replace or swap to make b of a, or limit if it is not less.
func edits(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return min(row[len(b)], limit)
}
