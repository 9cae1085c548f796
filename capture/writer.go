package capture

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// Format is a format of savefiles that can be written.
type Format uint8

// The formats of WriteOptions.
const (
	Pcapng      Format = iota // interfaces of any link types and resolutions, with statistics at the end
	Pcap                      // one link type; times cut to microseconds
	PcapNanosec               // one link type; nanoseconds
)

// writtenFormats are the formats by their names in Wireshark, in the order of Format.
var writtenFormats = []struct {
	name    string
	encoder func(application string) encoder
}{
	Pcapng:      {"pcapng", func(application string) encoder { return &pcapngEncoder{application: application} }},
	Pcap:        {"pcap", func(string) encoder { return &pcapEncoder{magic: 0xa1b2c3d4, tick: 1000} }},
	PcapNanosec: {"nsecpcap", func(string) encoder { return &pcapEncoder{magic: 0xa1b23c4d, tick: 1} }},
}

// ParseFormat returns the format that Wireshark calls by a name. The error lists the names.
func ParseFormat(name string) (Format, error) {
	var names []string
	for i, f := range writtenFormats {
		if f.name == name {
			return Format(i), nil
		}
		names = append(names, f.name)
	}
	return 0, fmt.Errorf("%q isn't a capture file type that can be written; it is one of %s", name, strings.Join(names, ", "))
}

// WriteOptions say where frames are written, and how much of them.
type WriteOptions struct {
	Path        string // "-" is standard output
	Stdout      io.Writer
	Format      Format
	Application string // who writes, for the header of a pcapng file
	Bytes       int64  // a file that has them is full, by at most a frame more; 0: it never is
	Ring        *Ring  // what follows a full file; nil: nothing, and writing ends

	// Ended is called, once, if writing ends between two frames: by the clock, or because what waited can't be written.
	// It is called from another goroutine and must not wait. It may be nil.
	Ended func()
}

// encoder appends whole records of a savefile format. A file is begin, then interfaces and frames, each interface before the
// first frame that names it, then end.
type encoder interface {
	begin(b []byte, known []Interface) ([]byte, error)
	describe(b []byte, i *Interface) []byte
	frame(b []byte, f *Frame) ([]byte, error)
	end(b []byte, c closing) []byte
	whole(b []byte, first bool) int
}

// closing is what can be said only when a file is complete.
type closing struct {
	start, finish int64 // of the capture, ns since the Unix epoch
	known         []Interface
	stats         []Stats // by interface; shorter where nothing is known
}

const (
	writeSize = MaxFrame + 64<<10 // bytes gathered before they are written; a frame always fits, or an interface with all its texts

	// How long a frame may wait in the memory of this process: a killed one loses no more than this, and who reads a pipe waits.
	fileDelay = 500 * time.Millisecond
	pipeDelay = 50 * time.Millisecond
)

// Writer writes the frames of a source to savefiles, in large pieces: those that do not fill up are written by a goroutine after
// a while. Its methods belong to the source's goroutine.
type Writer struct {
	o       WriteOptions
	source  Source
	start   time.Time
	end     chan struct{} // closed to end the goroutine
	ended   chan struct{} // closed by it
	encoder encoder

	mu        sync.Mutex  // guards everything below, and the encoder
	file      *outputFile // nil once nothing more is written to it
	known     []Interface // of the source, as far as it has told
	described int         // how many of them are, in this file
	buf       []byte      // whole records that wait
	packets   uint64      // in this file
	due       time.Time   // when this file is full, whatever it holds; zero: never
	done      error       // io.EOF if enough is written, a *WriteError if no more can be; nil: go on
}

// NewWriter creates the first file, for the frames of a source that has not delivered any. Its errors are *WriteError.
func NewWriter(o WriteOptions, source Source) (*Writer, error) {
	w, err := newWriter(o, source, time.Now())
	if err != nil {
		return nil, err
	}
	go w.keepTime()
	return w, nil
}

// newWriter is NewWriter without the goroutine.
func newWriter(o WriteOptions, source Source, now time.Time) (*Writer, error) {
	w := &Writer{o: o, source: source, start: now, end: make(chan struct{}), ended: make(chan struct{}),
		encoder: writtenFormats[o.Format].encoder(o.Application), known: source.Interfaces(), buf: make([]byte, 0, writeSize)}
	w.begin(now)
	if w.done != nil && w.file != nil {
		_ = w.file.close() // why it is of no use is known
	}
	return w, w.done
}

// Write writes a frame; it does not keep its data. It returns io.EOF when no further frame is wanted: because enough is
// written, this frame included, or because no more can be, which Close tells. What is no packet is left out (LinkNone).
func (w *Writer) Write(f *Frame) error { return w.write(f, time.Now) }

// write is Write by a clock, which is asked when a file is full.
func (w *Writer) write(f *Frame, now func() time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done == nil && f.Link != LinkNone {
		if int(f.Interface) >= len(w.known) {
			w.known = w.source.Interfaces()
		}
		w.describe(int(f.Interface) + 1)
		w.append(f)
		if w.full() {
			w.turn(now())
		}
	}
	if w.done != nil {
		return io.EOF
	}
	return nil
}

// Close completes the file, and returns why not all frames could be written, if that is so, as a *WriteError. The source must
// not be closed yet: it is asked what was lost.
func (w *Writer) Close() error {
	close(w.end)
	<-w.ended
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.finish(time.Now())
}

// finish is Close without the goroutine.
func (w *Writer) finish(now time.Time) error {
	w.known = w.source.Interfaces()
	if w.complete(now, true); w.done == io.EOF {
		return nil
	}
	return w.done
}

// keepTime does what is to be done while no frame comes.
func (w *Writer) keepTime() {
	defer close(w.ended)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case now := <-timer.C:
			wait, more := w.tick(now)
			if !more {
				if w.o.Ended != nil {
					w.o.Ended()
				}
				return
			}
			timer.Reset(wait)
		case <-w.end:
			return
		}
	}
}

// tick writes what waits, and ends a file whose time is over. It returns how long to wait for the next tick, if there is one.
func (w *Writer) tick(now time.Time) (wait time.Duration, more bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.flush()
	if !w.due.IsZero() && !now.Before(w.due) && w.done == nil {
		w.turn(now)
	}
	if w.done != nil {
		return 0, false
	}
	wait = w.delay()
	if !w.due.IsZero() {
		wait = min(wait, w.due.Sub(now))
	}
	return wait, true
}

func (w *Writer) delay() time.Duration {
	if w.file.regular {
		return fileDelay
	}
	return pipeDelay
}
