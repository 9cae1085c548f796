package explain

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/gopacket/pcapgo"

	"github.com/icmpsniff/icmpsniff/decode"
)

// FuzzStory protects classes from captures made to harm them: whatever is in a frame, its story is lines of text that fit.
func FuzzStory(f *testing.F) {
	for _, name := range []string{"ping-by-name", "unreachable-codes", "ipv6-boot", "igmpv3", "timestamp", "rarp-answered", "path-mtu6", "redirect6"} {
		file, err := os.ReadFile(filepath.Join(captures, name+".pcap"))
		if err != nil {
			f.Fatal(err)
		}
		r, err := pcapgo.NewReader(bytes.NewReader(file))
		if err != nil {
			f.Fatal(err)
		}
		for {
			data, _, err := r.ReadPacketData()
			if err != nil {
				break
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		for _, language := range languages {
			text := story(t, &once{frame: frame}, Options{Language: language, Headers: true})
			for line := range strings.Lines(string(text)) {
				line = strings.TrimSuffix(line, "\n")
				if width(line) > columns {
					t.Errorf("%d columns: %q", width(line), line)
				}
				for _, r := range line {
					if r < ' ' || r >= 0x7f && r <= 0x9f {
						t.Errorf("prints %U", r)
					}
				}
			}
		}
	})
}

// once is a source of one Ethernet frame.
type once struct{ frame []byte }

func (o *once) Next(f *decode.Frame) error {
	if o.frame == nil {
		return io.EOF
	}
	*f = decode.Frame{Number: 1, HasTime: true, Digits: 6, Length: len(o.frame), Data: o.frame, Link: 1}
	o.frame = nil
	return nil
}
