package track

// NoteKind tells notes apart.
type NoteKind uint8

// The kinds of notes, by subject. What is not said of a kind's addresses is in Note.
const (
	// NoteARPConflict: About is claimed by both MACs (RFC 5227 §2.4).
	NoteARPConflict NoteKind = iota + 1
	// NoteARPFlipFlop: About changed between the MACs and back; Value is how often it changed.
	NoteARPFlipFlop
	// NoteARPTakeover: About was announced by the second of the MACs, and the first did not object (RFC 5227 §3).
	NoteARPTakeover
	// NoteNDConflict: About is claimed by both MACs (RFC 4861 §7.2.5).
	NoteNDConflict
	// NoteNDFlipFlop: as NoteARPFlipFlop.
	NoteNDFlipFlop
	// NoteNDTakeover: About was announced by the second of the MACs (RFC 4861 §7.2.6).
	NoteNDTakeover
	// NoteDADConflict: a host with the first of the MACs probed About, which the second has (RFC 5227 §2.1.1, RFC 4862 §5.4).
	NoteDADConflict
)

// noteKinds are the names of kinds, as reports and options have them, and how much they matter unless the finding says
// otherwise.
var noteKinds = [...]struct {
	name     string
	severity Severity
}{
	0:               {},
	NoteARPConflict: {"arp-conflict", Error},
	NoteARPFlipFlop: {"arp-flip-flop", Error},
	NoteARPTakeover: {"arp-takeover", Info},
	NoteNDConflict:  {"nd-conflict", Error},
	NoteNDFlipFlop:  {"nd-flip-flop", Error},
	NoteNDTakeover:  {"nd-takeover", Info},
	NoteDADConflict: {"dad-conflict", Warning},
}

// String returns the kind's name, such as "arp-conflict".
func (k NoteKind) String() string { return noteKinds[k].name }
