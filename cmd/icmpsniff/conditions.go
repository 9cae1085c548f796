package main

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// conditions are when to stop (-a), or when a file is full and which files stay (-b).
type conditions struct {
	duration  time.Duration
	interval  time.Duration
	bytes     int64
	packets   uint64
	files     int
	timeFirst bool
	names     string // where the names of complete files go
}

// conditionKinds are what -a and -b take, as NAME:VALUE; man dumpcap and man tshark say what they mean.
var conditionKinds = []struct {
	name, flags string // flags: those that take it
	takes       string
	set         func(c *conditions, value string) bool
}{
	{"duration", "ab", "a number of seconds above 0", func(c *conditions, value string) (ok bool) {
		c.duration, ok = seconds(value)
		return ok
	}},
	{"interval", "b", "a whole number of seconds above 0", func(c *conditions, value string) bool {
		n, ok := whole(value, maxSeconds)
		c.interval = time.Duration(n) * time.Second
		return ok
	}},
	{"filesize", "ab", "a whole number of kB above 0", func(c *conditions, value string) bool {
		n, ok := whole(value, math.MaxInt64/1000)
		c.bytes = int64(n) * 1000
		return ok
	}},
	{"packets", "ab", "a number above 0", func(c *conditions, value string) (ok bool) {
		c.packets, ok = whole(value, math.MaxUint64)
		return ok
	}},
	{"files", "ab", "a number from 1 to 99999", func(c *conditions, value string) bool {
		n, ok := whole(value, 99_999)
		c.files = int(n)
		return ok
	}},
	{"printname", "b", "a file, - or stderr", func(c *conditions, value string) bool {
		c.names = value
		return value != ""
	}},
	{"nametimenum", "b", "1 or 2", func(c *conditions, value string) bool {
		n, ok := whole(value, 2)
		c.timeFirst = n == 2
		return ok
	}},
}

// maxSeconds is 30 years, which a time.Duration can hold.
const maxSeconds = 30 * 366 * 24 * 3600

// set reads what -a or -b was given; flag is its letter.
func (c *conditions) set(flag, word string) error {
	kind, value, _ := strings.Cut(word, ":")
	var known []string
	for _, k := range conditionKinds {
		if !strings.Contains(k.flags, flag) {
			continue
		}
		known = append(known, k.name)
		if k.name != kind {
			continue
		}
		if !k.set(c, value) {
			return usagef("-%s %s takes %s, not %q", flag, kind, k.takes, value)
		}
		return nil
	}
	return usagef("-%s %s is not known: it is one of %s, and a value behind a colon", flag, printable(word, ""), strings.Join(known, ", "))
}

// whole reads a number from 1 to most.
func whole(text string, most uint64) (uint64, bool) {
	n, err := strconv.ParseUint(text, 10, 64)
	return n, err == nil && n > 0 && n <= most
}

// seconds reads a time above 0, to the nanosecond.
func seconds(text string) (time.Duration, bool) {
	s, err := strconv.ParseFloat(text, 64)
	d := time.Duration(s * float64(time.Second))
	return d, err == nil && s <= maxSeconds && d > 0
}
