package field_test

import (
	"fmt"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
)

func Example() {
	frame := decode.Frame{Link: 101, Data: []byte{
		0x45, 0, 0, 28, 0, 1, 0, 0, 64, 1, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, // IPv4
		8, 0, 0xe5, 0xca, 0x12, 0x34, 0, 1, // echo request
	}}
	packet := decode.Packet{Frame: frame}
	decode.New().Decode(&packet)
	var subject field.Subject
	subject.Set(&packet, nil)

	for _, name := range []string{"ip.addr", "icmp.type", "icmp.checksum"} {
		f, _ := field.Lookup(name)
		for _, v := range f.Values(&subject, nil) {
			fmt.Printf("%s %s\n", name, f.Append(nil, &v))
		}
	}
	// Output:
	// ip.addr 192.0.2.1
	// ip.addr 192.0.2.2
	// icmp.type 8
	// icmp.checksum 0xe5ca
}
