package lab

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// A Variant is a recorded capture in another file format or link type, made without new traffic.
type Variant struct {
	File    string // with its extension; its base name is the capture's name
	From    string // the scenario whose transcript it shares
	Doc     string
	Command string // run by sh in the captures' directory; writes File
}

// Variants lists what is made from the scenarios' captures. Compression is without names and times, so that it repeats.
func Variants() []Variant { return variants }

var variants = []Variant{
	{"ping-pcapng.pcapng", "ping", "pcapng, one interface", "editcap -F pcapng ping.pcap ping-pcapng.pcapng"},
	{"ping-pcapng-nanoseconds.pcapng", "ping-nanoseconds", "pcapng with nanosecond resolution", "editcap -F pcapng ping-nanoseconds.pcap ping-pcapng-nanoseconds.pcapng"},
	{"ping-pcapng-comments.pcapng", "ping-loss", "pcapng with packet comments", "editcap -F pcapng -a '3:the first request' -a '7:never answered' ping-loss.pcap ping-pcapng-comments.pcapng"},
	{"merged-interfaces.pcapng", "ping", "pcapng with two interfaces of different link types (Ethernet and SLL2)", "mergecap -I none -F pcapng -w merged-interfaces.pcapng ping.pcap router-any.pcap"},
	{"ping-gzip.pcap.gz", "ping", "gzip around pcap", "gzip -9nc ping.pcap > ping-gzip.pcap.gz"},
	{"ping6-zstd.pcap.zst", "ping6", "zstd around pcap", "zstd -q -19 -c ping6.pcap > ping6-zstd.pcap.zst"},
	{"arping-lz4.pcap.lz4", "arping", "lz4 around pcap", "lz4 -q -9 -c arping.pcap > arping-lz4.pcap.lz4"},
	{"ping-pcapng-gzip.pcapng.gz", "ping", "gzip around pcapng", "gzip -9nc ping-pcapng.pcapng > ping-pcapng-gzip.pcapng.gz"},
	{"ping-raw.pcap", "ping-routed", "raw IP, no link layer", "tcpdump -r ping-routed.pcap -w - icmp 2> /dev/null | editcap -C 14 -T rawip -F pcap - ping-raw.pcap"},
	{"ping-clock-set.pcap", "ping", "the clock is set back by 50 ms between the fourth request and its reply",
		"editcap -r -F pcap ping.pcap before 1-9 && editcap -r -F pcap -t -0.05 ping.pcap after 10-12 && mergecap -a -F pcap -w ping-clock-set.pcap before after && rm before after"},
	{"ping-cut-short.pcap", "ping", "a savefile that ends in the middle of a frame", "head -c 1000 ping.pcap > ping-cut-short.pcap"},
}

// Make writes the variant's file, and its transcript, which is its source's.
func (v Variant) Make(ctx context.Context, dir string) error {
	cmd := exec.CommandContext(ctx, "sh", "-c", v.Command)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), toolEnv...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %s: %w: %s", v.File, v.Command, err, bytes.TrimSpace(out))
	}
	said, err := os.ReadFile(filepath.Join(dir, v.From+".txt"))
	return errors.Join(err, os.WriteFile(filepath.Join(dir, captureName(v.File)+".txt"), said, 0o644))
}
