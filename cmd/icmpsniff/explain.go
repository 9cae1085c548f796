package main

import (
	"time"

	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/pipeline"
	"github.com/icmpsniff/icmpsniff/report/explain"
	"github.com/icmpsniff/icmpsniff/track"
)

// patience is how long a story waits live before it tells what repeats: whoever watches wants to see that something happens.
const patience = 10 * time.Second

// tell makes the writer tell the story of the packets, if that is asked for.
func (w *packetWriter) tell(o *options, t *track.Tracker) error {
	if o.explain == "" || o.quiet {
		return nil
	}
	told := explain.Options{Language: o.explain, Tracker: t, Time: o.time, Headers: o.packets.details, Paint: w.paint, Limit: o.limit}
	if o.live() {
		told.Patience = patience
	}
	var err error
	w.story, err = explain.New(told)
	return err
}

// explained reports whether a packet belongs to the story where nobody asks for others: as without it, and what is asked of
// name servers.
func explained(s *field.Subject) bool {
	return pipeline.Concerned(s.Packet) || explain.ToNameServer(s.Packet)
}
