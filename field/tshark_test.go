package field

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/gopacket/pcapgo"

	"github.com/icmpsniff/icmpsniff/decode"
)

// notCompared are fields whose values depend on more than one frame's bytes.
var notCompared = map[string]bool{}

// TestValuesAsTshark asks the tshark of this machine for every field of captures of many protocols, and compares.
func TestValuesAsTshark(t *testing.T) {
	if _, err := exec.LookPath("tshark"); err != nil {
		t.Skip("tshark is not installed")
	}
	var fields []*Field
	args := []string{"-n", "-T", "fields", "-E", "separator=/t", "-E", "aggregator=|", "-Y", "arp or icmp or icmpv6 or igmp"}
	for _, f := range All() {
		if f.Known != Decoded || f.Type == Protocol || strings.HasPrefix(f.Name, "icmpsniff.") || strings.HasPrefix(f.Name, "tcp.") || notCompared[f.Name] {
			continue
		}
		fields = append(fields, f)
		args = append(args, "-e", f.Name)
	}
	for _, name := range []string{
		"arping-gratuitous", "qinq", "ping-kinds", "ping-fragments", "path-mtu", "path-mtu6", "extended-echo", "ipv6-boot", "igmpv3", "mldv1", "vxlan", "gre", "router-any-sll",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("..", "testdata", "pcaps", name+".pcap")
			want, err := exec.Command("tshark", append(args, "-r", path)...).Output()
			if errors.Is(err, exec.ErrNotFound) || len(want) == 0 {
				t.Skipf("tshark does not read %s: %v", path, err)
			}
			compareRows(t, fields, strings.Split(strings.TrimRight(string(want), "\n"), "\n"), readRows(t, path, fields))
		})
	}
}

// readRows returns the values of the fields in every frame of a capture that tshark was asked for.
func readRows(t *testing.T, path string, fields []*Field) (rows []string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Skip(err)
	}
	defer file.Close()
	r, err := pcapgo.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	d, s := decode.New(), new(Subject)
	for number := uint64(1); ; number++ {
		data, ci, err := r.ReadPacketData()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		p := decode.Packet{Frame: decode.Frame{
			Number: number, Time: ci.Timestamp.UnixNano(), HasTime: true, Link: uint16(r.LinkType()), Length: ci.Length, Data: data,
		}}
		d.Decode(&p)
		s.Set(&p, nil)
		if p.First(decode.ARP) == nil && p.First(decode.ICMPv4) == nil && p.First(decode.ICMPv6) == nil && p.First(decode.IGMP) == nil {
			continue
		}
		var row []byte
		for i, f := range fields {
			if i > 0 {
				row = append(row, '\t')
			}
			for j, v := range f.Values(s, nil) {
				if j > 0 {
					row = append(row, '|')
				}
				row = f.Append(row, &v)
			}
		}
		rows = append(rows, string(row))
	}
}

// compareRows reports every cell that differs.
func compareRows(t *testing.T, fields []*Field, want, got []string) {
	t.Helper()
	if len(want) != len(got) {
		t.Fatalf("tshark selects %d frames, we %d", len(want), len(got))
	}
	for i := range want {
		theirs, ours := strings.Split(want[i], "\t"), strings.Split(got[i], "\t")
		for j, f := range fields {
			if j < len(theirs) && theirs[j] != ours[j] {
				t.Errorf("row %d: %s is %.80q, tshark's is %.80q", i+1, f.Name, ours[j], theirs[j])
			}
		}
	}
}
