// Command testsummary makes what `go test -json` prints short: a line for each package, all that a failed test said, why
// tests were skipped, and the counts.
//
//	go test -json ./... | go run ./internal/testsummary [-noskips]
//
// Exit status: 0 every test passed or was skipped; 1 otherwise, or if there was none, or with -noskips if one was skipped.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	noSkips := flag.Bool("noskips", false, "count a skipped test as a failure of the run")
	flag.Parse()
	c, err := summarize(os.Stdin, os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "testsummary:", err)
		os.Exit(1)
	case c.failed > 0 || c.passed == 0:
		os.Exit(1)
	case *noSkips && c.skipped > 0:
		fmt.Fprintln(os.Stderr, "a test that could not run proves nothing: with CI=true nothing may be skipped")
		os.Exit(1)
	}
}

// summarize reads events until r ends. Text that is no event, such as what a build says, is passed on.
func summarize(r io.Reader, w io.Writer) (counts, error) {
	s := summary{out: w, said: map[test][]string{}, broken: map[string]bool{}}
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			s.line(line)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return s.counts, fmt.Errorf("read the test's output: %w", err)
		}
	}
	return s.counts, s.end()
}
