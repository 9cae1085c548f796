package report

import (
	"path/filepath"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/internal/testframes"
)

// tunnels are the frames of headers that no capture of the lab has.
const tunnels = "../field/testdata/tunnels.txt"

// tunnelShares say what share of tshark's lines ours have, by protocol, in percent: what was measured, rounded down. What is missing
// is said in docs/deviations.md.
var tunnelShares = map[string]map[string]float64{
	"details": {
		"Virtual eXtensible Local Area Network": 100, "MultiProtocol Label Switching Header": 100, "Generic Routing Encapsulation": 100,
		"Encapsulated Remote Switch Packet ANalysis": 100, "EtherIP": 100, "Authentication Header": 100, "Generic Network Virtualization Encapsulation": 100,
		"GPRS Tunneling Protocol": 100, "PPP-over-Ethernet Session": 100, "Point-to-Point Protocol": 100, "Logical-Link Control": 92,
		"802.1AE Security tag": 87, "Layer 2 Tunneling Protocol": 100, "Null/Loopback": 100, "Cisco HDLC": 100, "Cisco MetaData": 100, "VN-Tag": 100,
		"802.1BR E-Tag": 100, "Configuration Test Protocol (loopback)": 100, "Teredo IPv6 over UDP tunneling": 100,
		"Locator/ID Separation Protocol (Data)": 100, "Protocol Independent Multicast": 50,
	},
	"json": {
		"vxlan": 100, "mpls": 100, "gre": 100, "erspan": 100, "etherip": 100, "ah": 100, "geneve": 100, "gtp": 100, "pppoes": 100, "ppp": 100, "llc": 100,
		"macsec": 79, "l2tp": 100, "null": 100, "chdlc": 100, "cmd": 100, "vntag": 100, "etag": 100, "loop": 100, "teredo": 100, "lisp-data": 100, "pim": 61,
	},
}

// Protects that the headers of tunnels look as tshark shows them.
func TestTunnelsAsTshark(t *testing.T) {
	frames := testframes.Read(t, tunnels)
	for _, o := range oracles {
		t.Run(o.name, func(t *testing.T) {
			o.least = tunnelShares[o.name]
			path := filepath.Join("testdata", "tree", "tunnels-"+o.name+".gz")
			if *update {
				askTunnels(t, path, o.options, frames)
			}
			printer := o.printer()
			d, s := decode.New(), field.Subject{}
			text := printer.Begin(nil)
			for _, f := range frames {
				p := decode.Packet{Frame: f.Frame}
				d.Decode(&p)
				s.Set(&p, nil)
				text = printer.Append(text, &s)
			}
			ours, theirs := o.packets(printer.End(text)), o.packets(unzipped(t, path))
			if len(ours) != len(theirs) || len(ours) != len(frames) {
				t.Fatalf("%d packets, and tshark has %d: where tshark is installed, go test ./report -update asks it anew", len(ours), len(theirs))
			}
			shares := map[string]*share{}
			for i := range theirs {
				o.compare(shares, theirs[i], ours[i])
			}
			o.check(t, shares)
		})
	}
}

// Protects that no such header, however it is cut, makes a printer panic, forge a line or print what is no JSON.
func TestTreesOfCutTunnels(t *testing.T) {
	printers := printers()
	d, s := decode.New(), field.Subject{}
	for _, f := range testframes.Read(t, tunnels) {
		for n := range len(f.Data) + 1 {
			for _, length := range [...]int{n, f.Length} {
				cut := f.Frame
				cut.Data, cut.Length = f.Data[:n:n], length
				checkPrinters(t, printers, d, &s, cut)
			}
		}
	}
}

// Protects that printing these headers costs no memory per packet.
func TestTunnelPrintersAllocateNothing(t *testing.T) {
	frames := testframes.Read(t, tunnels)
	for form, printer := range printers() {
		d, s := decode.New(), field.Subject{}
		var p decode.Packet
		var text []byte
		for _, f := range frames {
			one := func() {
				p.Frame = f.Frame
				d.Decode(&p)
				s.Set(&p, nil)
				text = printer.Append(text[:0], &s)
			}
			one()
			if n := testing.AllocsPerRun(5, one); n > 0 {
				t.Errorf("frame %d as %s: %v allocations", f.Number, form, n)
			}
		}
	}
}

// askTunnels writes what tshark prints of the frames.
func askTunnels(t *testing.T, path string, options []string, frames []testframes.Frame) {
	t.Helper()
	capture := filepath.Join(t.TempDir(), "tunnels.pcapng")
	testframes.Write(t, capture, frames)
	writeZipped(t, path, askTshark(t, append([]string{"-n", "-2", "-r", capture}, options...)...))
}
