package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/internal/testframes"
)

// TestDamagedAsTshark protects the lines of frames that are cut, that state lengths which are not true, or that hold what nobody
// sends: what is said of them as far as it is known, and whether they are malformed or were captured in part. Beside each frame in
// testdata/damaged.txt that has such a fault is one that only looks like it. tshark is asked for all it knows of a frame, as a
// display filter makes it do. Fragments are put together with those before them.
func TestDamagedAsTshark(t *testing.T) {
	frames := testframes.Read(t, filepath.Join("testdata", "damaged.txt"))
	path := filepath.Join("testdata", "damaged.tshark")
	if *update {
		capture := filepath.Join(t.TempDir(), "damaged.pcapng")
		testframes.Write(t, capture, frames)
		if err := os.WriteFile(path, askTshark(t, "-n", "-r", capture, "-Y", "frame"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	theirs := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(theirs) != len(frames) {
		t.Fatalf("%d frames, and tshark has %d: where tshark is installed, go test ./report -update asks it anew", len(frames), len(theirs))
	}
	lines, s, decoder := Lines{}, field.Subject{}, decode.New()
	for i, f := range frames {
		p := decode.Packet{Frame: f.Frame}
		decoder.Decode(&p)
		t.Run(f.Name, func(t *testing.T) {
			s.Set(&p, nil)
			if ours := string(lines.Append(nil, &s)); ours != theirs[i] {
				t.Errorf("\n   got %s\ntshark %s", ours, theirs[i])
			}
		})
	}
}
