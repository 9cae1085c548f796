package capture

import (
	"io"
	"os"
)

// chain reads files one after another as if they were one: frames and interfaces are numbered through.
type chain struct {
	waiting []string    // paths still to open
	now     Source      // nil between files
	name    string      // of now, or of the file that ended last
	last    uint64      // number of the frame delivered last
	frames  uint64      // last, when now was opened
	known   []Interface // of the files before now, and those of now that were asked for
	before  int         // how many of known are not now's
}

// OpenFiles reads the captures at paths, "-" being standard input, one after another; with one path it is Open. Each file is
// opened when its turn comes, but that it can be is checked at once. Frame.Number, Frame.Interface and Interfaces run
// through all files; Name is the current one's. A *FileError ends only its file: the next call of Next goes on with the one
// after it, and io.EOF ends them all.
func OpenFiles(paths []string) (Source, error) {
	if len(paths) == 0 {
		return nil, io.EOF
	}
	first, err := Open(paths[0])
	if err != nil || len(paths) == 1 {
		return first, err
	}
	for _, path := range paths[1:] {
		if err := check(path); err != nil {
			first.Close()
			return nil, err
		}
	}
	return &chain{waiting: paths[1:], now: first, name: paths[0]}, nil
}

// check finds out whether path could be opened, but leaves pipes alone: opening one would wait for its writer.
func check(path string) error {
	if path == "-" {
		return nil
	}
	st, err := os.Stat(path)
	if err != nil {
		return openError(path, err)
	}
	if !st.Mode().IsRegular() && !st.IsDir() {
		return nil
	}
	f, err := openRegular(path)
	if err != nil {
		return err
	}
	return f.Close()
}

func (c *chain) Next(f *Frame) error {
	for {
		if c.now == nil {
			if err := c.open(); err != nil {
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

// open opens the next file, or returns io.EOF.
func (c *chain) open() (err error) {
	if len(c.waiting) == 0 {
		return io.EOF
	}
	c.name, c.waiting = c.waiting[0], c.waiting[1:]
	c.frames = c.last
	c.now, err = Open(c.name)
	return err
}

// leave closes the current file.
func (c *chain) leave() {
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

func (c *chain) Stats() Stats { return Stats{} }

func (c *chain) Close() error {
	c.waiting = nil
	if c.now != nil {
		c.leave()
	}
	return nil
}
