package field

import "testing"

// BenchmarkValues is the time for the text of a field of an echo request in a VLAN: of single ones as -e and -Y ask for them, and of
// all that there are.
func BenchmarkValues(b *testing.B) {
	s := subjectOf(bytesOf(b, "echo request in a VLAN"))
	for _, c := range []struct {
		name   string
		fields []string // nil for all
	}{
		{"number", []string{"icmp.seq"}},
		{"address", []string{"ip.src"}},
		{"either address", []string{"ip.addr"}},
		{"text", []string{"frame.protocols"}},
		{"of another protocol", []string{"arp.opcode"}},
		{"all", nil},
	} {
		fields := All()
		if c.fields != nil {
			fields = nil
			for _, name := range c.fields {
				f, ok := Lookup(name)
				if !ok {
					b.Fatalf("no field %s", name)
				}
				fields = append(fields, f)
			}
		}
		b.Run(c.name, func(b *testing.B) {
			var values []Value
			var text []byte
			b.ReportAllocs()
			for b.Loop() {
				s.Set(s.Packet, nil) // forgets what it found out for the fields before
				text = text[:0]
				for _, f := range fields {
					values = f.Values(s, values[:0])
					for i := range values {
						text = f.Append(text, &values[i])
					}
				}
			}
		})
	}
}
