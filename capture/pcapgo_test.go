package capture

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"
)

// TestAgainstPcapgo protects the readers from our reading of the formats: on healthy files that pcapgo wrote, pcapgo's readers must
// deliver the same frames.
func TestAgainstPcapgo(t *testing.T) {
	type written struct {
		time time.Time
		data []byte
		wire int
	}
	var frames []written
	for i := range 100 {
		data := bytes.Repeat([]byte{byte(i)}, i*13)
		frames = append(frames, written{time.Unix(1_700_000_000+int64(i), int64(i)*1_001_001), data, len(data) + i%3*100})
	}
	info := func(w written) gopacket.CaptureInfo {
		return gopacket.CaptureInfo{Timestamp: w.time, CaptureLength: len(w.data), Length: w.wire}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	pcap := func(w *pcapgo.Writer) {
		must(w.WriteFileHeader(262144, layers.LinkTypeEthernet))
		for _, f := range frames {
			must(w.WritePacket(info(f), f.data))
		}
	}
	var micro, nano, ng bytes.Buffer
	pcap(pcapgo.NewWriter(&micro))
	pcap(pcapgo.NewWriterNanos(&nano))
	w, err := pcapgo.NewNgWriter(&ng, layers.LinkTypeEthernet)
	must(err)
	for _, f := range frames {
		must(w.WritePacket(info(f), f.data))
	}
	must(w.Flush())

	for name, file := range map[string][]byte{"microseconds": micro.Bytes(), "nanoseconds": nano.Bytes(), "pcapng": ng.Bytes()} {
		t.Run(name, func(t *testing.T) {
			var theirs gopacket.PacketDataSource
			var err error
			if name == "pcapng" {
				theirs, err = pcapgo.NewNgReader(bytes.NewReader(file), pcapgo.DefaultNgReaderOptions)
			} else {
				theirs, err = pcapgo.NewReader(bytes.NewReader(file))
			}
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for {
				data, ci, err := theirs.ReadPacketData()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				want = append(want, fmt.Sprintf("%d %d %x", ci.Timestamp.UnixNano(), ci.Length, data))
			}
			ours, err := OpenReader(name, bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			var f Frame
			for ours.Next(&f) == nil {
				got = append(got, fmt.Sprintf("%d %d %x", f.Time, f.Length, f.Data))
			}
			if len(want) != len(frames) || !slices.Equal(got, want) {
				t.Errorf("got  %.2000v\nwant %.2000v", got, want)
			}
		})
	}
}
