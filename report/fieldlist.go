package report

import (
	"bufio"
	"fmt"
	"io"
	mathbits "math/bits"

	"github.com/icmpsniff/icmpsniff/field"
)

// PrintFieldList prints the table of fields as tshark -G fields does, columns separated by tabs: a line with P, name and
// abbreviation for each protocol; after it a line for each of its fields, with F, name, abbreviation, type, protocol, base
// (of booleans, the bits of the integer that they are part of), bit mask, and an empty description.
func PrintFieldList(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, protocol := range fieldProtocols() {
		fmt.Fprintf(b, "P\t%s\t%s\n", protocol.label, protocol.name)
		for _, f := range field.All() {
			if f.Protocol == protocol.name && f.Type != field.Protocol {
				fmt.Fprintf(b, "F\t%s\t%s\t%s\t%s\t%s\t0x%x\t\n", f.Label, f.Name, f.Type, f.Protocol, listedBase(f), f.Mask)
			}
		}
	}
	return b.Flush()
}

// fieldProtocol is what fields are listed under.
type fieldProtocol struct{ name, label string }

// fieldProtocols returns the protocols in the order of the table. One that is no field has its name for a label.
func fieldProtocols() []fieldProtocol {
	var list []fieldProtocol
	known := map[string]bool{}
	for _, f := range field.All() {
		switch {
		case known[f.Protocol]:
			continue
		case f.Type == field.Protocol:
			list = append(list, fieldProtocol{f.Name, f.Label})
		default:
			list = append(list, fieldProtocol{f.Protocol, f.Protocol})
		}
		known[f.Protocol] = true
	}
	return list
}

// listedBase returns how values are written, "" where that goes without saying.
func listedBase(f *field.Field) string {
	switch {
	case f.Type == field.Boolean:
		return fmt.Sprint((mathbits.Len64(f.Mask) + 7) / 8 * 8)
	case f.Type == field.FrameNum, !f.Type.Unsigned() && !f.Type.Signed():
		return ""
	}
	return f.Base.String()
}
