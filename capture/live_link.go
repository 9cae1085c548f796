package capture

import (
	"fmt"
	"time"
)

// LinkChange is what Next and NextBefore return once when an interface goes down during the capture, and once when it is up again. It
// is not the end: the source delivers what comes then.
type LinkChange struct {
	Interface string
	Up        bool
}

// Error is one sentence.
func (c *LinkChange) Error() string {
	if c.Up {
		return fmt.Sprintf("The interface %q is up again.", c.Interface)
	}
	return fmt.Sprintf("The interface %q went down; the capture goes on when it is up again.", c.Interface)
}

// final reports whether a source that returned an error has ended.
func final(err error) bool {
	_, change := err.(*LinkChange)
	return !change
}

// linkState is what became of an interface.
type linkState uint8

const (
	linkUp linkState = iota
	linkDown
	linkGone
)

// lookInterval is how often silence makes one look whether the interface is up.
const lookInterval = time.Second

// look asks whether the interface is still what it was, and returns nil, or the change. libpcap waits out an interface that is
// down, and says nothing.
func (l *Live) look(now time.Time) error {
	l.looked = now
	switch state := l.link.state(); {
	case state == linkGone:
		l.failed = &LiveError{Interface: l.name, Kind: Gone}
		return l.failed
	case state != l.state:
		l.state = state
		return &LinkChange{Interface: l.name, Up: state == linkUp}
	}
	return nil
}

// silent is the answer of a poll without a frame: ErrTimeout, or why there is none.
func (l *Live) silent() error {
	now := time.Now()
	if l.link == nil || now.Sub(l.looked) < lookInterval {
		return ErrTimeout
	}
	if err := l.look(now); err != nil {
		return err
	}
	return ErrTimeout
}
