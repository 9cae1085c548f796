package field

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
)

// TestProtocolsOfLinks protects the list of protocols of frames whose link headers are passed over, or are one in tshark's eyes.
func TestProtocolsOfLinks(t *testing.T) {
	const (
		ping  = "45000020 12340000 40010000 c0000201 c0000202 0800f7ff 00070001 00000000"
		wlan  = "08 01 0000 020000000003 020000000001 020000000002 0000 aaaa03 000000 0800"
		ether = "020000000002 020000000001 0800"
	)
	for _, c := range []struct {
		name  string
		link  uint16
		frame string
		want  string
	}{
		{"Frame Relay", 107, "1841 03 cc" + ping, "fr:ip:icmp:data"},
		{"Cisco's HDLC where PPP is", 50, "0f00 0800" + ping, "ppp:chdlc:ip:icmp:data"},
		{"PPP", 50, "ff03 0021" + ping, "ppp:ip:icmp:data"},
		{"802.11", 105, wlan + ping, "wlan:llc:ip:icmp:data"},
		{"radiotap", 127, "0000 0800 00000000" + wlan + ping, "radiotap:wlan_radio:wlan:llc:ip:icmp:data"},
		{"AVS", 163, "80211001 00000008" + wlan + ping, "wlancap:wlan_radio:wlan:llc:ip:icmp:data"},
		{"PPI with 802.11", 192, "00 00 0800 69000000" + wlan + ping, "ppi:wlan_radio:wlan:llc:ip:icmp:data"},
		{"PPI with Ethernet", 192, "00 00 0800 01000000" + ether + ping, "ppi:pcap_pktdata:eth:ethertype:ip:icmp:data"},
		{"ISO's identifier", 100, "fefe03 cc" + ping, "llc:osi:ip:icmp:data"},
		{"ISO's own", 100, "fefe03 83 1b", "llc:osi:isis"},
		{"a backbone's service", 1, "020000000012 020000000011 88e7 00000005" + ether + ping, "eth:ethertype:ieee8021ah:ethertype:ip:icmp:data"},
		{"a redundant ring", 1, "020000000002 020000000001 892f 0034 0007 0800" + ping, "eth:ethertype:hsr:ip:icmp:data"},
		{"a redundancy tag", 1, "020000000002 020000000001 f1c1 0000 0007 0800" + ping, "eth:ethertype:ieee8021cb:ethertype:ip:icmp:data"},
		{"RGMP", 101, "45000020 12340000 01020000 c0000201 e0000019 ff000000 00000000 00000000", "raw:ip:igmp:rgmp"},
	} {
		t.Run(c.name, func(t *testing.T) {
			frame, err := hex.DecodeString(strings.ReplaceAll(c.frame, " ", ""))
			if err != nil {
				t.Fatal(err)
			}
			p := decode.Packet{Frame: decode.Frame{Number: 1, Data: frame, Length: len(frame), Link: c.link}}
			decode.New().Decode(&p)
			var s Subject
			s.Set(&p, nil)
			if got := string(protocolNames(&s, nil)[0].Bytes); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}
