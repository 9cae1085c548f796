package capture

import (
	"io"
	"slices"
	"sync/atomic"
)

// chain reads files one after another as if they were one: frames and interfaces are numbered through.
type chain struct {
	waiting []input
	now     Source        // nil between files
	name    string        // of now, or of the file that ended last
	last    uint64        // number of the frame delivered last
	frames  uint64        // last, when now began
	known   []Interface   // of the files before now, and those of now that were asked for
	before  int           // how many of known are not now's
	counted []Stats       // of known, as far as the files before now said something
	read    *atomic.Int64 // bytes of all files, nil if nobody asks
}

// OpenFiles reads the captures at paths, "-" being standard input, one after another; with one path it is Open. All are
// opened now, and none later; a pipe's writer is waited for when its turn comes. Frame.Number, Frame.Interface and Interfaces
// run through all files; Name is the current one's. A *FileError ends only its file: the next call of Next goes on with the one
// after it, and io.EOF ends them all. The bytes read of files, compressed ones as they are, are added to read, unless that is nil,
// for who shows how far reading has come.
func OpenFiles(paths []string, read *atomic.Int64) (Source, error) {
	if len(paths) == 0 {
		return nil, io.EOF
	}
	in, err := openInput(paths[0])
	if err != nil {
		return nil, err
	}
	first, err := in.begin(read)
	if err != nil || len(paths) == 1 {
		return first, err
	}
	c := &chain{now: first, name: paths[0]}
	for _, path := range paths[1:] {
		in, err := openInput(path)
		if err != nil {
			c.Close()
			return nil, err
		}
		c.waiting = append(c.waiting, in)
	}
	c.read = read
	return c, nil
}

func (c *chain) Next(f *Frame) error {
	for {
		if c.now == nil {
			if err := c.begin(); err != nil {
				return err
			}
		}
		err := c.now.Next(f)
		if err == nil {
			f.Number += c.frames
			f.Interface += uint32(c.before)
			c.last = f.Number
			return nil
		}
		c.leave()
		if err != io.EOF {
			return err
		}
	}
}

// begin reads the next file's header, or returns io.EOF.
func (c *chain) begin() (err error) {
	if len(c.waiting) == 0 {
		return io.EOF
	}
	var in input
	in, c.waiting = c.waiting[0], c.waiting[1:]
	c.name, c.frames = in.path, c.last
	c.now, err = in.begin(c.read)
	return err
}

// leave closes the current file.
func (c *chain) leave() {
	c.counted = c.byInterface()
	c.before = len(c.Interfaces())
	c.now.Close()
	c.now = nil
}

func (c *chain) Name() string { return c.name }

// Interfaces adds only those that are new, as it may be asked for every frame: a file never takes one back.
func (c *chain) Interfaces() []Interface {
	if c.now != nil {
		c.known = append(c.known, c.now.Interfaces()[len(c.known)-c.before:]...)
	}
	return c.known
}

func (c *chain) Stats() Stats { return total(c.byInterface()) }

func (c *chain) byInterface() []Stats {
	if c.now == nil {
		return c.counted
	}
	now := statsOf(c.now)
	if total(now) == (Stats{}) {
		return c.counted
	}
	unknown := make([]Stats, c.before-len(c.counted)) // of files that said nothing
	return slices.Concat(c.counted, unknown, now)
}

func (c *chain) Close() error {
	for _, in := range c.waiting {
		in.close()
	}
	c.waiting = nil
	if c.now != nil {
		c.leave()
	}
	return nil
}
