package track

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestForwarder protects the pairing of echoes on any network: a forwarder that loses, delays, doubles and reorders at random
// knows what it did, and the tracker, which sees but the packets, must say the same of each of them, and of each flow.
func TestForwarder(t *testing.T) {
	seeds := uint64(2000)
	if testing.Short() {
		seeds = 200
	}
	var carried Counts
	for seed := range seeds {
		f := newForwarder(seed)
		f.run()
		want, counts := f.truth()
		s := watch(t, Options{}, f.packets()...)
		for i, got := range describeAll(s.relations[1:]) {
			if got != want[i] {
				t.Errorf("%v\nframe %d: got %q, want %q", f, i+1, got, want[i])
				break
			}
		}
		for _, row := range s.tracker.Summary().Flows {
			name := flowName(row.Source, row.Destination, row.ID, row.Segments)
			if want := counts[name]; want == nil {
				t.Errorf("%v\na row of nobody's: %s, %+v", f, name, row.Counts)
			} else if diff := cmp.Diff(*want, row.Counts); diff != "" {
				t.Errorf("%v\nflow %s (-want +got):\n%s", f, name, diff)
			}
			delete(counts, name)
			carried.add(&row.Counts)
		}
		for name := range counts {
			t.Errorf("%v\nno row of flow %s", f, name)
		}
		if t.Failed() {
			return
		}
	}
	// None of this may be so rare that the test proves nothing.
	for _, c := range []struct {
		what string
		n    uint64
	}{
		{"lost", carried.Lost}, {"pending", carried.Pending}, {"duplicates", carried.Duplicates}, {"copies", carried.Copies},
		{"out of order", carried.OutOfOrder}, {"late", carried.Late},
	} {
		if c.n < seeds/10 {
			t.Errorf("%s: %d in %d networks", c.what, c.n, seeds)
		}
	}
}

// truth says what each packet is, in the words of describe, and what each flow counts.
func (f *forwarder) truth() ([]string, map[string]*Counts) {
	relations := make([]string, 0, len(f.sightings))
	counts := map[string]*Counts{}
	furthest := map[string]uint64{}
	end := f.sightings[len(f.sightings)-1].at
	for i, s := range f.sightings {
		frame, q := uint64(i+1), s.asking
		c := counts[q.flow]
		if c == nil {
			c = &Counts{}
			counts[q.flow] = c
		}
		first, seen := q.frames[s.datagram]
		if !seen {
			q.frames[s.datagram] = frame
		}
		request := q.frames[0]
		word := "request"
		if s.datagram != 0 {
			word = fmt.Sprintf("reply of %d", request)
		}
		switch {
		case seen:
			c.Copies++
			word += fmt.Sprintf(", copy of %d", first)
		case s.datagram == 0:
			q.asked = s.at
			c.Sent++
			if end-q.asked < second {
				c.Pending++
			} else {
				c.Lost++
			}
		case len(q.frames) > 2:
			c.Duplicates++
			word += ", duplicate"
		default:
			c.Received++
			if end-q.asked < second {
				c.Pending--
			} else {
				c.Lost--
			}
			if s.at-q.asked >= second {
				c.Late++
				word += ", late"
			}
			if request < furthest[q.flow] {
				c.OutOfOrder++
			}
			furthest[q.flow] = max(furthest[q.flow], request)
		}
		relations = append(relations, word)
	}
	return relations, counts
}
