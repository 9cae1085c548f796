package report

import (
	"os"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// TestNoteWords protects that every kind of note has a sentence, made of printable characters, and a section in the manual.
func TestNoteWords(t *testing.T) {
	manual, err := os.ReadFile("../docs/notes.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(noteSentences) != len(track.NoteKinds())+1 {
		t.Errorf("%d sentences for %d kinds", len(noteSentences)-1, len(track.NoteKinds()))
	}
	seen := map[string]bool{}
	for _, n := range noteSamples() {
		text := noteText(&n)
		if text == "" || seen[text] || strings.Contains(text, "%!") || strings.Contains(text, "invalid") || escaped(text) != text {
			t.Errorf("%s: %q", n.Kind, text)
		}
		seen[text] = n.Kind != track.NoteARPSweep && n.Kind > track.NoteDADConflict // sentences on ARP and ND may be the same
		if !strings.Contains(string(manual), "\n## "+n.Kind.String()+"\n") {
			t.Errorf("docs/notes.md has no section on %s", n.Kind)
		}
	}
}

// TestAppendNoted protects the line of a note: its reason and its frames stand in one pair of parentheses.
func TestAppendNoted(t *testing.T) {
	flood := track.Note{Kind: track.NoteEchoFlood, Severity: track.SeverityWarning, Source: here, Destination: there, Value: 150, Frames: []uint64{71}, Count: 1}
	quench := track.Note{Kind: track.NoteSourceQuench, Severity: track.SeverityWarning, Source: here, Destination: there, Segments: []decode.Segment{7}, Frames: []uint64{3, 9}, Count: 5}
	for _, tt := range []struct {
		name string
		note track.Note
		want string
	}{
		{"no RFC", flood, "!       1.000000 warning: 192.168.77.8 sent 192.168.77.233 up to 150 echo requests within a second (frame 71)"},
		{"RFC, VLAN, frames", quench, "!       1.000000 warning: 192.168.77.8 asked 192.168.77.233 to send more slowly, " +
			"by a deprecated source quench, on VLAN 7 (RFC 6633; frames 3, 9 and 3 more)"},
	} {
		e := track.Event{Kind: track.Noted, Note: &tt.note}
		if got := string(AppendEvent(nil, &e, []byte("1.000000"))); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}
