package track

import (
	"net/netip"
	"slices"
	"testing"
)

// claimed is a finding about an address, as one who watches claims would raise it.
func claimed(address byte) finding {
	f := finding{noteSubject: noteSubject{kind: NoteARPConflict, macs: [2][6]byte{{2, 5: 1}, {2, 5: 2}}}}
	f.setAbout([]byte{10, 0, 0, address})
	return f
}

// TestNote protects that a subject has one note, which keeps the first frames and counts all, and one event.
func TestNote(t *testing.T) {
	tracker := New(Options{})
	var events []Event
	for frame := uint64(3); frame < 23; frame++ {
		f := claimed(1)
		f.earlier, f.value = 1, frame
		tracker.note(frame, int64(frame)*ms, &f)
		tracker.note(frame, int64(frame)*ms, &f) // one frame may show a thing twice
		events = append(events, tracker.Advance(int64(frame)*ms)...)
	}
	if len(events) != 1 || events[0].Kind != Noted || events[0].Frame != 3 || events[0].Time != 3*ms {
		t.Fatalf("events %+v, want one, at frame 3", events)
	}
	if n := events[0].Note; n.Count != 2 || !slices.Equal(n.Frames, []uint64{1, 3}) || n.Value != 3 {
		t.Errorf("the event's note is %+v, want frames 1 and 3 as it was raised", n)
	}
	all := tracker.Summary().Notes
	if len(all) != 1 {
		t.Fatalf("%d notes, want 1", len(all))
	}
	n := all[0]
	if n.About != netip.MustParseAddr("10.0.0.1") || n.Source.IsValid() || n.Severity != SeverityError || n.Value != 22 {
		t.Errorf("note %+v", n)
	}
	if want := []uint64{1, 3, 4, 5, 6, 7, 8, 9}; !slices.Equal(n.Frames, want) || n.Count != 21 {
		t.Errorf("frames %v of %d, want %v of 21", n.Frames, n.Count, want)
	}
}

// TestNotesAreBounded protects that a flood of subjects fills neither memory nor the report, and that what is left out is
// counted.
func TestNotesAreBounded(t *testing.T) {
	tracker := New(Options{})
	f := claimed(1)
	for i := range 1000 {
		f.about[2], f.about[3] = byte(i>>8), byte(i)
		tracker.note(uint64(i+1), 0, &f)
	}
	other := claimed(1)
	other.kind = NoteARPFlipFlop
	tracker.note(1001, 0, &other)
	s := tracker.Summary()
	if len(s.Notes) != maxNotes+1 || s.NotesOmitted != 1000-maxNotes {
		t.Errorf("%d notes, %d omitted; want %d, %d", len(s.Notes), s.NotesOmitted, maxNotes+1, 1000-maxNotes)
	}
}

// TestNoteKinds protects that every kind has a name and a severity.
func TestNoteKinds(t *testing.T) {
	for k, kind := range noteKinds[1:] {
		if kind.name == "" || kind.severity == 0 {
			t.Errorf("kind %d has name %q and severity %d", k+1, kind.name, kind.severity)
		}
	}
}
