package track

import (
	"fmt"
	"strings"
)

// describe says a relation in words, so that tables of expectations read as sentences.
func describe(r Relation) string {
	var b strings.Builder
	b.WriteString([...]string{"-", "request", "reply", "error"}[r.Role])
	if r.Peer != 0 {
		fmt.Fprintf(&b, " of %d", r.Peer)
	}
	for i, word := range []string{"copy", "duplicate", "late", "group", "backwards", "changed", "unpaired", "lost"} {
		if r.Has(1 << i) {
			b.WriteString(", " + word)
		}
	}
	if r.CopyOf != 0 {
		fmt.Fprintf(&b, " of %d", r.CopyOf)
	}
	return b.String()
}

func describeAll(relations []Relation) []string {
	var all []string
	for _, r := range relations {
		all = append(all, describe(r))
	}
	return all
}
