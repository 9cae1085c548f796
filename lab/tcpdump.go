package lab

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// A tcpdump is a running capture.
type tcpdump struct {
	recording
	lines chan string // what it says on standard error, closed when it ends
}

// counts is tcpdump's own account of a capture.
type counts struct{ captured, received, dropped int }

var countsLine = regexp.MustCompile(`(\d+) packets? captured, (\d+) packets? received by filter, (\d+) packets? dropped by kernel`)

const (
	settlePoll  = 20 * time.Millisecond
	settlePolls = 5 // unchanged answers in a row that mean "nothing more is coming"
	settleLimit = 5 * time.Second
)

// listen starts tcpdump on a host and returns once it hears every further frame.
func (h *Host) listen(ctx context.Context, device string, options ...string) (*tcpdump, error) {
	t := &tcpdump{lines: make(chan string, 64)}
	// Immediate mode and -U: a frame is in the output as soon as it is seen, so that counting frames tells when all are there.
	// The kernel reserves a whole snapshot length per frame, so a modest one makes room for bursts.
	said, err := t.start(ctx, h, "tcpdump", append([]string{"-n", "-i", device, "--immediate-mode", "-U", "-s", "16384", "-B", "16384", "-w", "-"}, options...)...)
	if err != nil {
		return nil, err
	}
	go func() {
		defer close(t.lines)
		for s := bufio.NewScanner(said); s.Scan(); {
			t.lines <- s.Text()
		}
	}()
	var heard []string
	for line := range t.lines {
		if strings.Contains(line, "listening on") {
			return t, nil
		}
		heard = append(heard, line)
	}
	<-t.copied
	return nil, fmt.Errorf("tcpdump on %s %s: %w: %s", h.name, device, t.cmd.Wait(), strings.Join(heard, " "))
}

// stop waits until tcpdump has written all that it received, ends it, and returns the savefile. Frames dropped by the kernel are an error:
// a recording with holes is no truth.
func (t *tcpdump) stop() ([]byte, error) {
	last, err := t.settle()
	if err != nil {
		_ = t.cmd.Process.Kill()
	} else {
		err = t.cmd.Process.Signal(os.Interrupt)
	}
	for range t.lines {
	}
	if copied := <-t.copied; err == nil {
		err = copied
	}
	if ended := t.cmd.Wait(); err == nil {
		err = ended
	}
	if err == nil && last.dropped > 0 {
		err = fmt.Errorf("%d frames dropped by the kernel", last.dropped)
	}
	if err != nil {
		return nil, fmt.Errorf("stop tcpdump: %w", err)
	}
	return t.file.Bytes(), nil
}

// settle polls until everything received is captured. On loopback, where each frame is received twice and captured once,
// the two never meet; counts that stay the same for a while do as well.
func (t *tcpdump) settle() (counts, error) {
	var last counts
	deadline := time.Now().Add(settleLimit)
	for same := 0; same < settlePolls && time.Now().Before(deadline); {
		now, err := t.ask()
		if err != nil {
			return last, err
		}
		if now == last {
			same++
		} else {
			same = 0
		}
		if last = now; now.captured > 0 && now.captured == now.received {
			break
		}
		time.Sleep(settlePoll)
	}
	return last, nil
}

// ask has tcpdump print its counts, which it does on SIGUSR1.
func (t *tcpdump) ask() (c counts, err error) {
	if err := t.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		return c, fmt.Errorf("ask for counts: %w", err)
	}
	for line := range t.lines {
		if m := countsLine.FindStringSubmatch(line); m != nil {
			_, err := fmt.Sscan(strings.Join(m[1:], " "), &c.captured, &c.received, &c.dropped)
			return c, err
		}
	}
	return c, fmt.Errorf("tcpdump ended by itself")
}
