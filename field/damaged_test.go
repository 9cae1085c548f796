package field

import (
	"path/filepath"
	"testing"

	"github.com/icmpsniff/icmpsniff/internal/testframes"
)

// TestDamagedValues protects what fields are there of frames that are cut, or state lengths and versions which are not true, and their
// values, which are tshark's. Beside each such frame is one that only looks like it.
func TestDamagedValues(t *testing.T) {
	checkValues(t, testframes.Read(t, filepath.Join("testdata", "damaged.txt")), []valueCase{
		{"option-without-length", "ip.opt.type", "1,1,1"},
		{"option-without-length", "ip.opt.len", ""},
		{"option-without-length", "ip.opt.len.invalid", "1"},
		{"option-beyond-header", "ip.opt.type", "1"},
		{"option-beyond-header", "ip.opt.len", ""},
		{"option-beyond-header", "ip.opt.len.invalid", "1"},
		{"option-of-no-known-type", "ip.opt.type", ""},
		{"option-of-no-known-type", "ip.opt.len", ""},
		{"option-of-no-known-type", "ip.opt.len.invalid", ""},
		{"router-alert", "ip.opt.type", "148"},
		{"router-alert", "ip.opt.len", "4"},
		{"router-alert", "ip.opt.len.invalid", ""},
		{"stream-identifier-of-6", "ip.opt.type", "136,1,1"},
		{"stream-identifier-of-6", "ip.opt.len", "6"},
		{"stream-identifier-of-6", "ip.opt.len.invalid", "1"},
		{"extension-6", "icmp.ext.version", "2"},
		{"extension-6", "icmp.ext.checksum.status", "3"},
		{"extension-6", "icmp.ext.class", "1"},
		{"extension-6", "icmpv6.reserved", "000000"},
		{"extension-6", "frame.protocols", "eth:ethertype:ipv6:icmpv6:ipv6:udp:data:icmp"},
		{"extension-6-of-no-stated-length", "icmp.ext.version", ""},
		{"extension-6-of-no-stated-length", "icmp.ext.checksum.status", ""},
		{"extension-6-of-no-stated-length", "icmp.ext.class", ""},
		{"extension-6-of-no-stated-length", "icmpv6.reserved", "00000000"},
		{"extension-6-of-no-stated-length", "frame.protocols", "eth:ethertype:ipv6:icmpv6:ipv6:udp:data"},
		{"extension-6-of-version-1", "icmp.ext.version", "1"},
		{"extension-6-of-version-1", "icmp.ext.checksum.status", "3"},
		{"extension-6-of-version-1", "icmp.ext.class", "1"},
		{"extension-6-of-version-1", "icmpv6.reserved", "000000"},
		{"extension-6-of-version-1", "frame.protocols", "eth:ethertype:ipv6:icmpv6:ipv6:udp:data:icmp"},
		{"extension-6-of-version-3", "icmp.ext.version", "3"},
		{"extension-6-of-version-3", "icmp.ext.checksum.status", "3"},
		{"extension-6-of-version-3", "icmp.ext.class", ""},
		{"extension-6-of-version-3", "icmpv6.reserved", "000000"},
		{"extension-6-of-version-3", "frame.protocols", "eth:ethertype:ipv6:icmpv6:ipv6:udp:data:data"},
		{"extension-6-snapped", "icmp.ext.version", "2"},
		{"extension-6-snapped", "icmp.ext.checksum.status", ""},
		{"extension-6-snapped", "icmp.ext.class", ""},
		{"extension-6-snapped", "icmpv6.reserved", "000000"},
		{"extension-6-snapped", "frame.protocols", "eth:ethertype:ipv6:icmpv6:ipv6:udp:data:icmp"},
		{"quoted-6-of-version-0", "ip.version", "6"},
		{"quoted-6-of-version-0", "ipv6.plen_zero", ""},
		{"quoted-6-of-version-0", "frame.protocols", "eth:ethertype:ipv6:icmpv6:data"},
		{"quoted-6", "ip.version", "6,6"},
		{"quoted-6", "ipv6.plen_zero", ""},
		{"quoted-6", "frame.protocols", "eth:ethertype:ipv6:icmpv6:ipv6:udp:data"},
		{"quoted-fragment-6-snapped", "ip.version", "6,6"},
		{"quoted-fragment-6-snapped", "ipv6.plen_zero", ""},
		{"quoted-fragment-6-snapped", "frame.protocols", "eth:ethertype:ipv6:icmpv6:ipv6:ipv6.fraghdr:data"},
		{"listener-report-of-12", "icmpv6.mld.maximum_response_delay", "7"},
		{"igmp-0", "igmp.version", "0"},
		{"query-3-snapped", "igmp.version", "3"},
		{"quoted-6-of-no-length-cut", "ip.version", "6,6"},
		{"quoted-6-of-no-length-cut", "ipv6.plen_zero", "1"},
		{"quoted-6-of-no-length-cut", "frame.protocols", "eth:ethertype:ipv6:icmpv6:ipv6"},
	})
}
