package capture

import "github.com/google/gopacket/pcap"

// LinkName returns libpcap's name of a LINKTYPE_ value without its DLT_, such as EN10MB, or "" where it has none.
func LinkName(link uint16) string {
	for dlt, canonical := range canonicalLinks {
		if canonical == link {
			if name := pcap.DatalinkValToName(int(dlt)); name != "" {
				return name
			}
		}
	}
	return pcap.DatalinkValToName(int(link))
}
