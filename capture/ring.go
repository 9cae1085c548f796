package capture

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Ring is writing to one file after another, and keeping the last of them (dumpcap's -b). At least one of Every,
// Interval, Packets and the Writer's Bytes says when a file is full.
type Ring struct {
	Every     time.Duration // how long a file is written; 0: no matter
	Interval  time.Duration // files begin at its multiples since the Unix epoch; 0: no matter
	Packets   uint64        // in a file; 0: no matter
	Keep      int           // files that are left, the last; 0: all
	Last      int           // files to write, after which writing ends; 0: without end
	TimeFirst bool          // the time stands before the number in a file's name
	Names     io.Writer     // receives the name of each file that is complete, as a line; nil: nobody

	number int      // of the current file, from 1
	kept   []string // complete files that may have to go, oldest first; empty if all stay
}

// maxRingFiles is how many files have numbers of their own in their names.
const maxRingFiles = 100_000

// name is the name of a file that begins at a time: NAME_00001_20261122050559.EXT, in local time.
func (r *Ring) name(path string, at time.Time) string {
	extension := filepath.Ext(path)
	parts := [2]string{fmt.Sprintf("%05d", r.number%maxRingFiles), at.Format("20060102150405")}
	if r.TimeFirst {
		parts[0], parts[1] = parts[1], parts[0]
	}
	return fmt.Sprintf("%s_%s_%s%s", path[:len(path)-len(extension)], parts[0], parts[1], extension)
}

// next makes room for one more file and returns its name.
func (r *Ring) next(path string, now time.Time) (string, error) {
	for r.Keep > 0 && len(r.kept) >= r.Keep {
		oldest := r.kept[0]
		r.kept = append(r.kept[:0], r.kept[1:]...)
		if err := os.Remove(oldest); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", &WriteError{Path: path, Err: fmt.Errorf("%q can't be removed to make room for the next file: %s", oldest, cause(err))}
		}
	}
	r.number++
	return r.name(path, now), nil
}

// last reports whether no file follows the current one.
func (r *Ring) last() bool { return r.Last > 0 && r.number >= r.Last }

// complete is told that the current file is.
func (r *Ring) complete(name string) {
	if r.Keep > 0 {
		r.kept = append(r.kept, name)
	}
	if r.Names != nil {
		fmt.Fprintln(r.Names, name) // who listens no more need not end the capture
	}
}

// due is when a file that begins now has to end; the zero time if no clock says so.
func (r *Ring) due(now time.Time) time.Time {
	var due time.Time
	if r.Every > 0 {
		due = now.Add(r.Every)
	}
	if r.Interval > 0 {
		since := now.UnixNano()
		boundary := now.Add(r.Interval - time.Duration(since%int64(r.Interval)))
		if due.IsZero() || boundary.Before(due) {
			due = boundary
		}
	}
	return due
}
