package capture

import (
	"io"
	"os"
	"sync/atomic"
	"testing"
)

// TestOpenFilesCounts protects the progress that is shown: of all files, each byte is counted once.
func TestOpenFilesCounts(t *testing.T) {
	paths := []string{"../testdata/pcaps/ping-loss.pcap", "../testdata/pcaps/ping.pcap"}
	var size int64
	for _, path := range paths {
		st, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		size += st.Size()
	}
	var read atomic.Int64
	s, err := OpenFiles(paths, &read)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for err == nil {
		err = s.Next(&Frame{})
	}
	if err != io.EOF || read.Load() != size {
		t.Errorf("%d bytes of %d were read, %v", read.Load(), size, err)
	}
}
