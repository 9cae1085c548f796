package lab

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Selection is the display filter, in tshark's language, of what icmpsniff shows by default:
// ARP, RARP, ICMP, ICMPv6, IGMP, and the fragments of them that the first pass does not reassemble.
const Selection = "arp or icmp or icmpv6 or igmp" +
	" or (ip.proto in {1, 2} and (ip.flags.mf == 1 or ip.frag_offset > 0))" +
	" or ipv6.fraghdr.nxt in {1, 2, 58}"

// captureFormats are the extensions of captures in testdata/pcaps. Longer ones come first.
var captureFormats = []string{".pcapng.gz", ".pcap.gz", ".pcap.zst", ".pcap.lz4", ".pcapng", ".pcap"}

// captureName is a capture's file name without its format, or "" for other files.
func captureName(file string) string {
	base := filepath.Base(file)
	for _, ext := range captureFormats {
		if name, ok := strings.CutSuffix(base, ext); ok {
			return name
		}
	}
	return ""
}

// Captures lists the captures in dir, sorted by path.
func Captures(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if captureName(e.Name()) != "" {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	return files, nil
}

// Ask writes tshark's one-line summaries of a capture beside it: NAME.tshark, and NAME.tshark-2 in two passes.
func Ask(ctx context.Context, capture string) error {
	base := filepath.Join(filepath.Dir(capture), captureName(capture))
	for suffix, options := range map[string][]string{".tshark": nil, ".tshark-2": {"-2"}} {
		lines, err := askTshark(ctx, capture, options...)
		if err != nil {
			return err
		}
		if err := os.WriteFile(base+suffix, lines, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// askTshark keeps the user's own preferences out. A capture that is cut short makes tshark fail after its last good line; its lines count.
func askTshark(ctx context.Context, capture string, options ...string) ([]byte, error) {
	home, err := os.MkdirTemp("", "icmpsniff-lab-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(home)
	cmd := exec.CommandContext(ctx, "tshark", append([]string{"-n", "-r", capture, "-Y", Selection}, options...)...)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "WIRESHARK_CONFIG_DIR="+home, "LC_ALL=C.UTF-8", "TZ=UTC")
	var said bytes.Buffer
	cmd.Stderr = &said
	lines, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && strings.Contains(said.String(), "cut short")) {
		return nil, fmt.Errorf("tshark -r %s: %w: %s", capture, err, bytes.TrimSpace(said.Bytes()))
	}
	return lines, nil
}
