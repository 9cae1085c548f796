package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// manuals are the pages whose examples are run. An example is a block that begins with "$ icmpsniff"; what follows is all
// that the command prints. It runs in testdata/pcaps. There are at least so many on each.
var manuals = []struct {
	page     string
	examples int
}{{"../../docs/filters.md", 10}, {"../../docs/explain.md", 2}}

// TestManual protects the examples of the manual: go test ./cmd/icmpsniff -run TestManual -update prints them anew.
func TestManual(t *testing.T) {
	for _, manual := range manuals {
		page, err := filepath.Abs(manual.page)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(page), func(t *testing.T) {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(committed)
			blocks := strings.Split(string(text), "```\n")
			examples := 0
			for i := 1; i < len(blocks); i += 2 {
				command, _, _ := strings.Cut(blocks[i], "\n")
				words, ok := strings.CutPrefix(command, "$ icmpsniff ")
				if !ok {
					continue
				}
				examples++
				out := sniff(t, append(split(words), "--report", "none")...)
				if got := command + "\n" + out.stdout + out.stderr; *update {
					blocks[i] = got
				} else if got != blocks[i] {
					t.Errorf("got\n%s\nwant\n%s", got, blocks[i])
				}
			}
			if examples < manual.examples {
				t.Errorf("%d examples were found, expected %d or more", examples, manual.examples)
			}
			if *update {
				if err := os.WriteFile(page, []byte(strings.Join(blocks, "```\n")), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// split cuts a command line into words as a shell does where there are none but single quotes.
func split(line string) []string {
	var words []string
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}
