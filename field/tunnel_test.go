package field

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/internal/testframes"
)

// tunnelFrames are the frames of headers that no capture of the lab has.
func tunnelFrames(t testing.TB) []testframes.Frame {
	t.Helper()
	return testframes.Read(t, filepath.Join("testdata", "tunnels.txt"))
}

// subjectAlone makes a frame the subject.
func subjectAlone(f decode.Frame) *Subject {
	p := &decode.Packet{Frame: f}
	decode.New().Decode(p)
	s := &Subject{}
	s.Set(p, nil)
	return s
}

// valueCase is what a field of a frame is to be.
type valueCase struct{ frame, name, want string }

// checkValues asks each frame, alone, for the fields of its cases.
func checkValues(t *testing.T, frames []testframes.Frame, cases []valueCase) {
	t.Helper()
	subjects := map[string]*Subject{}
	for _, f := range frames {
		subjects[f.Name] = subjectAlone(f.Frame)
	}
	for _, c := range cases {
		if got := textsOf(t, subjects[c.frame], c.name); got != c.want {
			t.Errorf("%s of %s is %q, want %q", c.name, c.frame, got, c.want)
		}
	}
}

// TestTunnelValues pins where the values are in headers that may or may not have them, by hand.
func TestTunnelValues(t *testing.T) {
	checkValues(t, tunnelFrames(t), []valueCase{
		{"vxlan", "vxlan.flags", "0x8848"},
		{"vxlan", "vxlan.gbp", "100"},
		{"vxlan", "vxlan.vni", "3000001"},
		{"vxlan", "vxlan.reserved8", "7"},
		{"vxlan", "vxlan.ver", ""},
		{"vxlan-generic", "vxlan.vni", "1280"},
		{"vxlan-generic", "vxlan.gbp", ""},
		{"vxlan-generic", "vxlan.ver", "3"},
		{"vxlan-generic", "vxlan.next_proto", "3"},
		{"vxlan-generic", "vxlan.reserved_16", "256"},
		{"mpls", "mpls.label", "16,32,0"},
		{"mpls", "mpls.exp", "5,0,0"},
		{"mpls", "mpls.bottom", "0,0,1"},
		{"mpls", "mpls.ttl", "64,64,255"},
		{"gre", "gre.proto", "0x0800"},
		{"gre", "gre.key", ""},
		{"gre", "gre.checksum", ""},
		{"gre-options", "gre.checksum", "0x1234"},
		{"gre-options", "gre.checksum.status", "0"},
		{"gre-checksum", "gre.checksum.status", "1"},
		{"gre-checksum", "gre.checksum.incorrect", ""},
		{"gre-options", "gre.key", "0x00000007"},
		{"gre-options", "gre.sequence_number", "9"},
		{"gre-options", "gre.ack_number", ""},
		{"gre-pptp", "gre.key", ""},
		{"gre-pptp", "gre.key.call_id", "1"},
		{"gre-pptp", "gre.key.payload_length", "32"},
		{"gre-pptp", "gre.sequence_number", "3"},
		{"gre-pptp", "gre.ack_number", "4"},
		{"gre-pptp-ack", "gre.sequence_number", ""},
		{"gre-pptp-ack", "gre.ack_number", "3"},
		{"gre-version", "gre.key", "0x00200001"},
		{"gre-version", "gre.ack_number", ""},
		{"gre-route", "gre.offset", "4"},
		{"gre-route", "gre.routing.src_length", "4,0"},
		{"gre-route", "gre.routing.information", "0a000001"},
		{"gre-wccp", "gre.wccp.service_id", "51"},
		{"gre-cut", "gre.offset", "0"},
		{"gre-cut", "gre.key", ""},
		{"cmd-gre", "cmd.sgt", "7"},
		{"erspan-1", "erspan.version", ""},
		{"erspan-2", "erspan.spanid", "7"},
		{"erspan-2", "erspan.index", "837"},
		{"erspan-2", "erspan.timestamp", ""},
		{"erspan-3", "erspan.timestamp", "19088743"},
		{"erspan-3", "erspan.platid", ""},
		{"erspan-3-platform-3", "erspan.pid3.port_index", "10922"},
		{"erspan-3-platform-3", "erspan.pid5.port_index", ""},
		{"erspan-unknown", "erspan.vlan", ""},
		{"geneve", "geneve.vni", "0x00000a"},
		{"geneve", "geneve.option.length", "16,8,8"},
		{"geneve", "geneve.option.class", "0x0102,0x0000"},
		{"geneve", "geneve.option.unknown.data", "01020304,05060708"},
		{"geneve", "geneve.option.length.invalid", ""},
		{"geneve-long-option", "geneve.option.class", ""},
		{"geneve-long-option", "geneve.option.length.invalid", "1"},
		{"gtp", "gtp.teid", "0x00000007"},
		{"gtp", "gtp.seq_number", ""},
		{"gtp-number", "gtp.seq_number", ""},
		{"gtp-number", "gtp.npdu_number", "0x05"},
		{"gtp-extensions", "gtp.ext_hdr.next", "0x85,0xc0,0x00"},
		{"gtp-extensions", "gtp.ext_hdr.pdcp_sn", "258"},
		{"gtp-extensions", "gtp.ext_hdr.pdu_ses_con.qos_flow_id", "63"},
		{"gtp-session", "gtp.ext_hdr.pdu_ses_con.qos_flow_id", "9"},
		{"gtp-session", "gtp.spare.b7b6", ""},
		{"pppoe", "pppoe.session_id", "0x0102"},
		{"pppoe", "ppp.protocol", "0x0021"},
		{"pppoe", "ppp.address", ""},
		{"pppoe-compressed", "ppp.protocol", "0x0021"},
		{"ppp", "ppp.address", "0xff"},
		{"ppp", "ppp.direction", ""},
		{"ppp-sent", "ppp.direction", "0"},
		{"ppp-received", "ppp.direction", "1"},
		{"llc-snap", "llc.dsap", "0xaa"},
		{"llc-snap", "llc.control", "0x0003"},
		{"llc-snap", "llc.type", "0x0800"},
		{"llc-cisco", "llc.cisco_pid", "0x2000"},
		{"llc-cisco", "llc.pid", ""},
		{"llc-nobody", "llc.pid", "0x7890"},
		{"llc-information", "llc.control.n_s", "2"},
		{"llc-information", "llc.control.n_r", "1"},
		{"llc-information", "llc.control.p", "1"},
		{"llc-supervisory", "llc.control.f", "1"},
		{"llc-supervisory", "llc.control.n_s", ""},
		{"macsec", "macsec.TCI", "0x08"},
		{"macsec", "macsec.SCI.system_identifier", "02:00:00:00:00:01"},
		{"macsec", "macsec.etype", "0x0800"},
		{"macsec", "macsec.ICV", "00112233445566778899aabbccddeeff"},
		{"macsec-channelless", "macsec.SCI.port_identifier", ""},
		{"macsec-channelless", "macsec.etype", "0x0800"},
		{"macsec-encrypted", "macsec.etype", ""},
		{"macsec-encrypted", "macsec.ICV", "00112233445566778899aabbccddeeff"},
		{"macsec-vlan", "macsec.ICV", ""},
		{"ah", "ah.icv", "00112233445566778899aabb"},
		{"ah6", "ah.spi", "0x00000101"},
		{"null-little", "null.family", "2"},
		{"null-big", "null.family", "30"},
		{"null-type", "null.family", ""},
		{"null-type", "null.type", "0x0800"},
		{"chdlc", "chdlc.protocol", "0x0800"},
		{"l2tp", "l2tp.tunnel", "1"},
		{"l2tp", "l2tp.length", ""},
		{"l2tp-all", "l2tp.session", "2"},
		{"l2tp-all", "l2tp.Nr", "4"},
		{"l2tp-all", "l2tp.offset", "2"},
		{"l2tp-control", "l2tp.zero_length_body_message", "1"},
		{"vntag", "vntag.dst", "3"},
		{"cmd", "cmd.sgt", "7"},
		{"loop-forward", "loop.function", "2,1"},
		{"loop-forward", "loop.forwarding_address", "02:00:00:00:00:03"},
		{"loop-forward", "loop.receipt_number", "5"},
		{"teredo", "teredo.orig.port", "50000"},
		{"teredo", "teredo.orig.addr", "10.0.16.17"},
		{"teredo", "teredo.auth.value", "bbcc"},
		{"lisp", "lisp-data.nonce", "1"},
		{"lisp", "lisp-data.iid", "515"},
		{"lisp", "lisp-data.lsb", ""},
		{"lisp-version", "lisp-data.nonce", ""},
		{"lisp-version", "lisp-data.lsb", "0x00000003"},
		{"lisp-bare", "lisp-data.lsb", ""},
		{"lisp-version", "lisp-data.srcmapver", "1"},
		{"pim-register", "pim.type", "1"},
		{"etag", "etag.ecid_base", "0x0456"},
	})
}

// TestLabelLayers: a stack of labels is one layer, which filters ask for by #.
func TestLabelLayers(t *testing.T) {
	for _, frame := range tunnelFrames(t) {
		if frame.Name != "mpls" {
			continue
		}
		f, _ := Lookup("mpls.label")
		values := f.Values(subjectAlone(frame.Frame), nil)
		if len(values) != 3 || values[2].Layer != 1 {
			t.Errorf("values %v, want three of layer 1", values)
		}
		return
	}
	t.Error("no frame with labels")
}

// tunnelProtocols are those whose headers the frames of testdata/tunnels.txt are about.
var tunnelProtocols = strings.Fields("vxlan gre erspan geneve gtp mpls pwethcw ppp pppoe chdlc llc macsec ah null l2tp vntag etag cmd etherip loop teredo lisp-data")

// otherwiseInTunnels are the values that docs/deviations.md says differ from tshark's.
var otherwiseInTunnels = map[string]string{
	"vxlan-generic":   "vxlan.flags vxlan.flags_reserved",
	"llc-information": "llc.control.ftype", "llc-supervisory": "llc.control.ftype",
}

// TestTunnelsAsTshark asks the tshark of this machine for the fields of headers that no capture of the lab's has.
func TestTunnelsAsTshark(t *testing.T) {
	if _, err := exec.LookPath("tshark"); err != nil {
		t.Skip("tshark is not installed")
	}
	frames := tunnelFrames(t)
	path := filepath.Join(t.TempDir(), "tunnels.pcapng")
	testframes.Write(t, path, frames)
	args := []string{"-n", "-r", path, "-T", "fields", "-E", "separator=/t"}
	var fields []*Field
	for _, f := range All() {
		for _, p := range tunnelProtocols {
			if f.Protocol == p && f.Type != Protocol {
				fields = append(fields, f)
				args = append(args, "-e", f.Name)
			}
		}
	}
	out, err := exec.Command("tshark", args...).Output()
	if err != nil || len(out) == 0 {
		t.Skipf("tshark does not know all of the fields: %v", err)
	}
	rows := strings.Split(strings.TrimRight(string(out), "\n"), "\n")
	if len(rows) != len(frames) {
		t.Fatalf("tshark prints %d rows of %d frames", len(rows), len(frames))
	}
	seen := map[string]bool{}
	for i := range frames {
		s := subjectAlone(frames[i].Frame)
		for j, want := range strings.Split(rows[i], "\t") {
			name := fields[j].Name
			seen[name] = seen[name] || want != ""
			if got := textsOf(t, s, name); got != want && !strings.Contains(otherwiseInTunnels[frames[i].Name]+" ", name+" ") {
				t.Errorf("%s of %s is %q, tshark's is %q", name, frames[i].Name, got, want)
			}
		}
	}
	for _, f := range fields {
		if !seen[f.Name] && !strings.HasSuffix(f.Name, "_pid") && !strings.HasPrefix(f.Name, "pweth") {
			t.Errorf("no frame has %s", f.Name)
		}
	}
}

// TestTunnelsCut: no header that ends early makes a field panic, captured in part or sent so.
func TestTunnelsCut(t *testing.T) {
	var values []Value
	for _, f := range tunnelFrames(t) {
		for n := range f.Data {
			for _, length := range [...]int{n, f.Length} {
				s := subjectAlone(decode.Frame{Number: 1, Link: f.Link, Length: length, Data: f.Data[:n:n]})
				for _, field := range All() {
					values = field.Values(s, values[:0])
				}
			}
		}
	}
}
