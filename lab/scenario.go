package lab

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A Scenario is one capture: a fresh network, something prepared on it, and tools run while tcpdump listens.
//
// Steps are written "host: command with arguments", split at blanks and run without a shell; a tool's step may end in " &":
// then the next one starts beside it, and all are waited for.
type Scenario struct {
	Name  string   // of the files, lower case with dashes
	Doc   string   // what the capture shows, one sentence
	At    string   // where it is taken, "host:interface"
	IPv6  bool     // give the hosts IPv6
	Crowd bool     // put twelve more hosts onto the switch, their interfaces down
	Snap  []string // options of tcpdump beyond the usual
	// Dumpcap has it record in place of tcpdump: as pcapng, with how many frames the kernel dropped.
	Dumpcap bool
	Setup   []string // steps that must succeed, before the capture begins
	// Stalled are tools, before the others, that run while dumpcap is held up, so that the kernel's buffer runs over.
	Stalled []string
	Tools   []string // steps whose output is kept
	// Act is done after the tools, for what no common tool does; it returns lines for the transcript, the first beginning with "$ ".
	Act func(n *Net) (string, error)
	// Cable, when set, changes the network before anything else is done.
	Cable Cable
	// Linger is how long to go on listening for what comes by itself: timers of the hosts, late packets.
	Linger time.Duration
}

// A Cable is one of the lab's own, and what is done to what it carries.
type Cable struct {
	Between string             // the hosts at its ends, as in "h1 and h2"; "" if it is no cable but what else the lab adds to the network
	Lay     func(n *Net) error // nil for none
}

// Scenarios lists what `make lab` records, by subject.
func Scenarios() []Scenario {
	var all []Scenario
	for _, subject := range [][]Scenario{echoes, disturbedEchoes, fragments, resolutions, caches, queries, answeredQueries, errorMessages, causes, routes, copies,
		groups, wrapped, forwarded, translated, balanced, noteworthy, named} {
		all = append(all, subject...)
	}
	return all
}

const (
	sizeLimit = 50 << 10 // of a savefile: the repository stays small
	playLimit = time.Minute
)

// file is the name of the scenario's capture.
func (s Scenario) file() string {
	if s.Dumpcap {
		return s.Name + ".pcapng"
	}
	return s.Name + ".pcap"
}

// A recorder is a capture that is running.
type recorder interface {
	// stop ends it, and returns the savefile with all that was on the wire, but for what the scenario wants to be missed.
	stop() ([]byte, error)
}

// listen begins the capture.
func (s Scenario) listen(ctx context.Context, n *Net) (recorder, error) {
	host, device, _ := strings.Cut(s.At, ":")
	if s.Dumpcap {
		return n.Host(host).listenWithDumpcap(ctx, device)
	}
	return n.Host(host).listen(ctx, device, s.Snap...)
}

// Play records the scenario into dir as its capture and NAME.txt. Nothing is written unless all of it succeeded, and nothing is left running.
func (s Scenario) Play(ctx context.Context, dir string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s: %w", s.Name, err)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, playLimit)
	defer cancel()
	n, err := New(Options{IPv6: s.IPv6})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.Close()) }()
	if s.Crowd {
		if err := n.crowd(Options{IPv6: s.IPv6}); err != nil {
			return err
		}
	}
	if s.Cable.Lay != nil {
		if err := s.Cable.Lay(n); err != nil {
			return err
		}
	}
	for _, step := range s.Setup {
		if err := n.prepare(ctx, step); err != nil {
			return err
		}
	}
	savefile, said, err := s.record(ctx, n)
	switch {
	case err != nil:
		return err
	case len(savefile) <= 24: // nothing but the file header
		return errors.New("no frame was captured")
	case len(savefile) > sizeLimit:
		return fmt.Errorf("capture of %d bytes is over the limit of %d", len(savefile), sizeLimit)
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, s.file()), savefile, 0o644),
		os.WriteFile(filepath.Join(dir, s.Name+".txt"), []byte(said), 0o644),
	)
}

// record listens while the tools run, and returns the savefile and the transcript.
func (s Scenario) record(ctx context.Context, n *Net) ([]byte, string, error) {
	capture, err := s.listen(ctx, n)
	if err != nil {
		return nil, "", err
	}
	var said string
	var failed error
	if d, ok := capture.(*dumpcap); ok && len(s.Stalled) > 0 {
		failed = d.stall(func() (err error) { said, err = n.transcript(ctx, s.Stalled); return err })
	}
	if failed == nil {
		var more string
		more, failed = n.transcript(ctx, s.Tools)
		said += more
	}
	if s.Act != nil && failed == nil {
		var more string
		more, failed = s.Act(n)
		said += more
	}
	if s.Linger > 0 && failed == nil {
		select {
		case <-time.After(s.Linger):
		case <-ctx.Done():
			failed = ctx.Err()
		}
	}
	savefile, err := capture.stop()
	for _, a := range n.accounts {
		said += a.String()
	}
	return savefile, said, errors.Join(failed, err)
}
