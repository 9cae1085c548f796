package track

import (
	"cmp"
	"slices"
)

// Tracker follows the questions of one capture and their answers. It is not safe for concurrent use.
type Tracker struct {
	limits  Options
	timeout int64 // nanoseconds

	clock  clock
	wake   int64 // on the clock: nothing is due before
	events []Event

	stacks        stacks
	flows         table[flowKey, flow]
	exchanges     exchanges
	conversations uint64 // numbered so far
	groups        map[groupKey]groupFlow
	askers        [askerPlaces]groupFlow // the newest flow of each chain
	responders    map[responderKey]responder
	gone          Counts // of the flows of echo that were given up
	goneQueries   Counts // and of the others
	solicitations solicitations

	resolutions   table[resolutionKey, resolution]
	questions     ring[question]
	announcements map[targetKey]announcements

	sent     sent
	asked    askedCause
	errors   errorRows
	pathMTUs pathMTUs
	raised   []Event // by packets since the last Advance

	paths         table[uint64, path]
	pathsNumbered uint64
	hops          table[uint64, hop]
	hopResponders table[hopResponderKey, hopResponder]
	probes        probes

	neighbors table[neighborKey, neighbor]
	conflict  Conflict // of the current packet

	notes      notes
	sweeps     []sweep
	redirected map[redirectKey]noteNumber
	targets    [maxFloodTargets]floodTarget

	clocks table[clockKey, clockRow]

	distributions distributions
	totals        Totals // of resolutions
	evicted       uint64

	answers *Answers
	packets Reader   // of Packet
	message Message  // of Packet
	history *history // nil unless it is to be kept
}

// New returns a Tracker.
func New(o Options) *Tracker {
	o = o.withDefaults()
	t := &Tracker{
		limits:        o,
		timeout:       int64(o.Timeout),
		wake:          never,
		stacks:        newStacks(),
		exchanges:     exchanges{index: newIndex()},
		groups:        map[groupKey]groupFlow{},
		responders:    map[responderKey]responder{},
		announcements: map[targetKey]announcements{},
		sent:          newSent(o.MaxDatagrams),
		pathMTUs:      pathMTUs{index: map[mtuKey]uint32{}, told: map[toldKey]toldSender{}},
		probes:        newProbes(hopsPerPath * o.MaxPaths),
		sweeps:        make([]sweep, maxSweepers),
		notes:         notes{threshold: o.thresholds()},
		redirected:    map[redirectKey]noteNumber{},
	}
	if o.History {
		t.history = &history{}
	}
	t.flows = newTable[flowKey, flow](o.MaxFlows, t.giveUpFlow)
	t.resolutions = newTable[resolutionKey, resolution](o.MaxResolutions, t.giveUpResolution)
	t.neighbors = newTable[neighborKey, neighbor](o.MaxNeighbors, t.giveUpNeighbor)
	t.clocks = newTable[clockKey, clockRow](maxClocks, func(uint32) { t.evicted++ })
	t.paths = newTable[uint64, path](o.MaxPaths, t.giveUpPath)
	t.hops = newTable[uint64, hop](hopsPerPath*o.MaxPaths, t.giveUpHop)
	t.paths.spare, t.hops.spare = t.pathShown, t.hopShown
	t.hopResponders = newTable[hopResponderKey, hopResponder](hopsPerPath*o.MaxPaths, t.giveUpHopResponder)
	return t
}

// Summary returns what is known now, rows in order of first appearance. It allocates, and changes nothing.
func (t *Tracker) Summary() *Summary {
	s := &Summary{Totals: t.totals, Evicted: t.evicted, Errors: slices.Clone(t.errors.rows), ErrorsOmitted: t.errors.omitted,
		PathMTUs: slices.Clone(t.pathMTUs.rows)}
	s.Totals.Echo, s.Totals.Queries = t.gone, t.goneQueries
	s.Flows = make([]Flow, 0, len(t.flows.rows))
	for i := range t.flows.rows {
		f := t.flowRow(&t.flows.rows[i])
		f.Course = t.courseOf(uint32(i))
		if t.flows.rows[i].key.isEcho() {
			s.Totals.Echo.add(&f.Counts)
			s.Flows = append(s.Flows, f)
		} else {
			s.Totals.Queries.add(&f.Counts)
			s.Queries = append(s.Queries, f)
		}
	}
	s.Resolutions = make([]Resolution, 0, len(t.resolutions.rows))
	for i := range t.resolutions.rows {
		s.Resolutions = append(s.Resolutions, t.resolutionRow(uint32(i)))
	}
	s.Clocks = t.clockRows()
	s.Paths = t.pathRows()
	s.Totals.Answered += t.announcedMeanwhile()
	s.Neighbors = t.neighborRows()
	s.Notes, s.NotesOmitted = t.notes.rows(&t.stacks), t.notes.omitted
	if t.history != nil {
		s.Steps, s.StepsOmitted = slices.Clone(t.history.steps.list), t.history.steps.omitted
	}
	byFirstFrame := func(a, b Flow) int { return cmp.Compare(a.FirstFrame, b.FirstFrame) }
	slices.SortFunc(s.Flows, byFirstFrame)
	slices.SortFunc(s.Queries, byFirstFrame)
	slices.SortFunc(s.Resolutions, func(a, b Resolution) int { return cmp.Compare(a.FirstFrame, b.FirstFrame) })
	return s
}
