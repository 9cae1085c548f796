package lab

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"time"
)

// A dumpcap is a running capture that ends with how many frames the kernel dropped. Unlike a [tcpdump] it
// cannot be asked whether it has all frames.
type dumpcap struct {
	recording
	said chan string // all that it wrote to standard error since it began, once it has ended
}

// dumpcapDelay is how long a frame may wait in the kernel's buffer before dumpcap gets to see it: a block that is not full is
// handed over after 250 ms.
const dumpcapDelay = time.Second

// listenWithDumpcap starts dumpcap on a host and returns once it hears every further frame. The kernel's buffer is the smallest
// there is: four blocks, of which each takes what comes within 250 ms, so that few frames make it run over.
func (h *Host) listenWithDumpcap(ctx context.Context, device string) (recorder, error) {
	d := &dumpcap{said: make(chan string, 1)}
	said, err := d.start(ctx, h, "dumpcap", "-q", "-i", device, "-B", "1", "-s", "16384", "-w", "-")
	if err != nil {
		return nil, err
	}
	lines := bufio.NewReader(said)
	var heard string
	for !strings.HasPrefix(heard, "File: ") { // said when the capture is open
		if heard, err = lines.ReadString('\n'); err != nil {
			<-d.copied
			return nil, fmt.Errorf("dumpcap on %s %s: %w: %s", h.name, device, d.cmd.Wait(), strings.TrimSpace(heard))
		}
	}
	go func() {
		rest, _ := io.ReadAll(lines)
		d.said <- string(rest)
	}()
	return d, nil
}

// stall holds dumpcap up while f runs.
func (d *dumpcap) stall(f func() error) error {
	if err := d.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		return fmt.Errorf("hold up dumpcap: %w", err)
	}
	return errors.Join(f(), d.cmd.Process.Signal(syscall.SIGCONT))
}

// stop waits until dumpcap has what it received, ends it, and returns the savefile, which tells nothing of the machine.
func (d *dumpcap) stop() ([]byte, error) {
	time.Sleep(dumpcapDelay)
	err := d.cmd.Process.Signal(syscall.SIGINT)
	said := <-d.said
	err = errors.Join(err, <-d.copied)
	if err = errors.Join(err, d.cmd.Wait()); err != nil {
		return nil, fmt.Errorf("stop dumpcap: %w: %s", err, strings.TrimSpace(said))
	}
	return anonymous(d.file.Bytes())
}
