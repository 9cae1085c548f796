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
	// NoteDADConflict: a host with the first of the MACs probed About, which the second has, or probes, too, as Detail
	// says: ProbedAndTaken or ProbedByAnother (RFC 5227 §2.1.1, RFC 4862 §5.4).
	NoteDADConflict

	// NoteARPSweep, NoteNDSweep and NotePingSweep: Source asked for, or pinged, Value addresses that nobody answered for.
	NoteARPSweep
	NoteNDSweep
	NotePingSweep
	// NoteEchoFlood: Source sent Destination Value echo requests within a second; no Source means one flow for each request.
	NoteEchoFlood
	// NoteAmplification: echo requests of Source to the group Destination were answered by Value hosts (RFC 2644 §1).
	NoteAmplification
	// NoteOversize: fragments from Source to Destination make a datagram of Value bytes, more than there can be (RFC 791 §3.1,
	// RFC 8200 §4.5): the ping of death.
	NoteOversize
	// NoteAlteredReply: Source replied to echo requests of Destination with another payload (RFC 792, RFC 4443 §4.2).
	NoteAlteredReply
	// NoteRandomPayload: echo requests from Source to Destination change their length, and their payloads look random; Value
	// is how many.
	NoteRandomPayload
	// NoteRedirect: Source, with the first of the MACs, told Destination to go through Via to About. Value is one of
	// RedirectUnseen, RedirectObeyed and RedirectIgnored.
	NoteRedirect
	// NoteForbiddenError: Source sent Destination an ICMP error that no host may send; Detail says why not, as Forbidden does.
	NoteForbiddenError
	// NoteBadChecksum: a checksum of a message from Source to Destination is wrong; Detail is the IP protocol.
	NoteBadChecksum
	// NoteSourceQuench: Source told Destination to send more slowly, which is deprecated (RFC 6633).
	NoteSourceQuench
	// NoteNegativeRTT: a reply from Source to Destination is stamped Value ns before its request.
	NoteNegativeRTT
	// NoteDropped: the capture dropped Value frames.
	NoteDropped
)

// noteKinds are the names of kinds, as reports and options have them, how much they matter unless the finding says
// otherwise, and how many it takes of what before there is a note: 1 of anything else.
var noteKinds = [...]struct {
	name      string
	severity  Severity
	threshold int
	of        string // what the threshold counts; "" if there is no choice
}{
	NoteARPConflict:    {"arp-conflict", SeverityError, 1, ""},
	NoteARPFlipFlop:    {"arp-flip-flop", SeverityError, 1, ""},
	NoteARPTakeover:    {"arp-takeover", SeverityInfo, 1, ""},
	NoteNDConflict:     {"nd-conflict", SeverityError, 1, ""},
	NoteNDFlipFlop:     {"nd-flip-flop", SeverityError, 1, ""},
	NoteNDTakeover:     {"nd-takeover", SeverityInfo, 1, ""},
	NoteDADConflict:    {"dad-conflict", SeverityWarning, 1, ""},
	NoteARPSweep:       {"arp-sweep", SeverityWarning, 10, "addresses without an answer within 10 s"},
	NoteNDSweep:        {"nd-sweep", SeverityWarning, 10, "addresses without an answer within 10 s"},
	NotePingSweep:      {"ping-sweep", SeverityWarning, 10, "addresses without an answer within 10 s"},
	NoteEchoFlood:      {"echo-flood", SeverityWarning, 100, "echo requests to a host within 1 s"},
	NoteAmplification:  {"amplification", SeverityWarning, 10, "hosts that answer requests to a group"},
	NoteOversize:       {"oversize-datagram", SeverityError, 1, ""},
	NoteAlteredReply:   {"altered-reply", SeverityWarning, 1, "replies of a host"},
	NoteRandomPayload:  {"random-payload", SeverityWarning, 5, "requests of another length than the one before"},
	NoteRedirect:       {"redirect", SeverityInfo, 1, ""},
	NoteForbiddenError: {"forbidden-error", SeverityError, 1, ""},
	NoteBadChecksum:    {"bad-checksum", SeverityError, 1, ""},
	NoteSourceQuench:   {"source-quench", SeverityWarning, 1, ""},
	NoteNegativeRTT:    {"negative-rtt", SeverityInfo, 1, ""},
	NoteDropped:        {"dropped-frames", SeverityWarning, 1, ""},
}

// MaxThreshold is the highest threshold that a kind of note may have.
const MaxThreshold = 1<<16 - 1

// off is the threshold of a kind that is never raised: nothing counts that far.
const off = MaxThreshold + 1

// NoteKinds returns all kinds.
func NoteKinds() []NoteKind {
	var all []NoteKind
	for k := range noteKinds[1:] {
		all = append(all, NoteKind(k+1))
	}
	return all
}

// String returns the kind's name, such as "arp-conflict".
func (k NoteKind) String() string { return noteKinds[k].name }

// Threshold returns how many it takes by default before there is a note, and of what; "" if that cannot be chosen.
func (k NoteKind) Threshold() (n int, of string) { return noteKinds[k].threshold, noteKinds[k].of }

// thresholds are the thresholds of kinds, from 1 to MaxThreshold, or off.
type thresholds [len(noteKinds)]int

// thresholds returns the defaults but for those that the options set.
func (o *Options) thresholds() (all thresholds) {
	for k := range noteKinds {
		all[k] = noteKinds[k].threshold
	}
	for k, n := range o.Notes {
		if n > 0 {
			all[k] = min(n, MaxThreshold)
		} else {
			all[k] = off
		}
	}
	return all
}
