package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// event is one line of `go test -json`; see `go doc test2json`. Lines about builds have an ImportPath and no Package.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Elapsed    float64 // seconds
	Output     string
}

// test names a test, or, without a name, its whole package.
type test struct{ pkg, name string }

// counts are of tests, subtests included. A package that failed without a failed test, for it could not be built or
// ended early, counts as one.
type counts struct{ passed, failed, skipped int }

// summary is what is known so far.
type summary struct {
	counts
	out    io.Writer
	said   map[test][]string // output of what has not ended, line by line
	broken map[string]bool   // packages in which a test failed
	skips  []string          // one sentence a skipped test
	err    error             // of writing
}

func (s *summary) print(format string, args ...any) {
	if _, err := fmt.Fprintf(s.out, format, args...); s.err == nil {
		s.err = err
	}
}

func (s *summary) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil || e.Action == "" {
		s.print("%s", line)
		return
	}
	key := test{e.Package, e.Test}
	switch e.Action {
	case "build-output":
		s.print("%s", e.Output)
	case "output":
		if !strings.HasPrefix(e.Output, "=== ") {
			s.said[key] = append(s.said[key], e.Output)
		}
	case "pass", "fail", "skip":
		if e.Test == "" {
			s.packageEnded(e)
		} else {
			s.testEnded(e)
		}
		delete(s.said, key)
	}
}

func (s *summary) testEnded(e event) {
	key := test{e.Package, e.Test}
	switch e.Action {
	case "pass":
		s.passed++
	case "fail":
		s.failed++
		s.broken[e.Package] = true
		s.print("%s", strings.Join(s.said[key], ""))
	case "skip":
		s.skipped++
		s.skips = append(s.skips, fmt.Sprintf("skipped %s %s: %s", e.Package, e.Test, reason(s.said[key])))
	}
}

// packageEnded prints go test's own line for the package, but for packages without tests.
func (s *summary) packageEnded(e event) {
	switch e.Action {
	case "skip":
		return
	case "fail":
		s.printUnfinished(e.Package)
		if !s.broken[e.Package] {
			s.failed++
		}
	}
	for _, line := range s.said[test{pkg: e.Package}] {
		if line != "PASS\n" && line != "FAIL\n" {
			s.print("%s", line)
		}
	}
}

// printUnfinished prints what tests said that were still running when their package ended: one of them ended it.
func (s *summary) printUnfinished(pkg string) {
	for key, said := range s.said {
		if key.pkg == pkg && key.name != "" {
			s.print("%s", strings.Join(said, ""))
			delete(s.said, key)
		}
	}
}

// reason is what a skipped test said, without the lines that the testing package adds.
func reason(said []string) string {
	var words []string
	for _, line := range said {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "--- ") {
			words = append(words, line)
		}
	}
	return strings.Join(words, " ")
}

// end prints what the whole run came to.
func (s *summary) end() error {
	for _, skip := range s.skips {
		s.print("%s\n", skip)
	}
	s.print("%d passed, %d failed, %d skipped\n", s.passed, s.failed, s.skipped)
	return s.err
}
