package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The manual is README.md, its translation, and docs/*.md. Its commands are in blocks, fenced or indented:
//
//   - One whose lines begin with "$ " shows a command and, below it, all that it prints.
//   - Other lines that begin with a command stand for themselves. They must end with status 0.
//
// Those of the READMEs run in the project's folder, those of docs in testdata/pcaps; in copies of them, with lab.pcap and day.pcap.

// house is the project's folder.
const house = "../.."

// notRun are the commands of the manual that are not run, and why. Those of icmpsniff are at least read: an option that does not exist
// is found.
var notRun = []struct{ command, reason string }{
	{`\[options\]|\[FILE\]`, "is a synopsis"},
	{`-i [a-z]+\d?\b`, "captures on the reader's interface; the live tests capture in the lab"},
	{`^sudo |^chgrp |^chmod `, "changes who may capture on this host"},
	{`^make |^\.ci/|^go `, "builds, installs or tests the project: what runs this test does that"},
	{`--top\b`, "takes a terminal; the tests of the live view have one"},
	{`^eval |\| source\b`, "is for a shell's own configuration; TestShells loads the scripts"},
}

// commandLine tells a line of a block that is a command by the program it begins with.
var commandLine = regexp.MustCompile(`^(icmpsniff|\./icmpsniff|sudo|make|go|eval|man|tshark|\.ci/run) \S`)

// addedTo marks a page whose examples run with more options than they show, and says so.
var addedTo = regexp.MustCompile(`<!-- run with: (.*) -->`)

// TestManual protects what the manual says: go test ./cmd/icmpsniff -run TestManual -update prints its examples anew.
func TestManual(t *testing.T) {
	examples := 0
	for _, path := range manuals(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			dir := scratch(t)
			if filepath.Base(filepath.Dir(path)) == "docs" {
				dir = filepath.Join(dir, "testdata", "pcaps")
			}
			var added string
			if m := addedTo.FindSubmatch(text); m != nil {
				added = " " + string(m[1])
			}
			var page strings.Builder
			for _, b := range blocksOf(string(text)) {
				switch {
				case b.example:
					examples++
					b.text = played(t, dir, b.text, added)
				case b.code:
					for line := range strings.Lines(b.text) {
						if line = strings.TrimSpace(line); commandLine.MatchString(line) {
							tried(t, dir, line)
						}
					}
				}
				page.WriteString(b.text)
			}
			if *update {
				if err := os.WriteFile(path, []byte(page.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	if !t.Failed() && examples < 25 {
		t.Errorf("%d examples were found, expected 25 or more", examples)
	}
}

// manuals are the pages of the manual.
func manuals(t *testing.T) []string {
	t.Helper()
	var pages []string
	for _, pattern := range []string{"README*.md", "docs/*.md"} {
		found, err := filepath.Glob(filepath.Join(house, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, page := range found {
			page, err := filepath.Abs(page) // tests go elsewhere
			if err != nil {
				t.Fatal(err)
			}
			pages = append(pages, page)
		}
	}
	return pages
}

// scratch is a folder with what commands of the manual read, in which they may write.
func scratch(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	pcaps := filepath.Join(dir, "testdata", "pcaps")
	if err := os.CopyFS(pcaps, os.DirFS(committed)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"lab.pcap", "day.pcap"} {
		for _, dir := range []string{dir, pcaps} {
			if err := os.Link(filepath.Join(pcaps, "ping-loss.pcap"), filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// block is a part of a page, with all of its bytes.
type block struct {
	text    string
	code    bool // of commands, or what else is set as code
	example bool // of commands with what they print
}

// blocksOf cuts a page of Markdown into its blocks of code and what is between them.
func blocksOf(text string) []block {
	blocks := []block{{}}
	fenced, blank := false, true
	for line := range strings.Lines(text) {
		fence := strings.HasPrefix(line, "```")
		indented := strings.HasPrefix(line, "    ")
		last := &blocks[len(blocks)-1]
		switch {
		case fence:
			if fenced = !fenced; fenced {
				last.text += line
				blocks = append(blocks, block{code: true})
				continue
			}
			blocks = append(blocks, block{})
		case fenced && last.text == "":
			last.example = strings.HasPrefix(line, "$ ")
		case !fenced && indented && blank && !last.code:
			blocks = append(blocks, block{code: true})
		case !fenced && !indented && last.code:
			blocks = append(blocks, block{})
		}
		blocks[len(blocks)-1].text += line
		blank = strings.TrimSpace(line) == ""
	}
	return blocks
}

// played runs the commands of an example, and returns it with what they print.
func played(t *testing.T, dir, example, added string) string {
	t.Helper()
	var played strings.Builder
	for _, part := range regexp.MustCompile(`(?m)^\$ `).Split(example, -1)[1:] {
		command, want, _ := strings.Cut(part, "\n")
		if reason := reasonNotToRun(command); reason != "" {
			t.Errorf("%s: %s, and what it prints can't be checked", command, reason)
		}
		got, _ := shell(t, dir, command+added)
		if diff := cmp.Diff(want, got); diff != "" && !*update {
			t.Errorf("$ %s (-want +got)\n%s", command, diff)
		}
		played.WriteString("$ " + command + "\n" + got)
	}
	return played.String()
}

// tried runs a command that stands for itself, or, if it is not to be run, reads its options.
func tried(t *testing.T, dir, command string) {
	t.Helper()
	if reasonNotToRun(command) == "" {
		if out, err := shell(t, dir, command); err != nil {
			t.Errorf("$ %s\n%s%v", command, out, err)
		}
		return
	}
	command, _, _ = strings.Cut(command, " #")
	for _, part := range regexp.MustCompile(`&&|\|\|?|;`).Split(command, -1) {
		words := split(part)
		if len(words) < 2 || words[0] != "icmpsniff" || strings.Contains(part, "[options]") {
			continue
		}
		if _, err := parse(words[1:], nil); err != nil {
			t.Errorf("$ %s\n%v", command, err)
		}
	}
}

func reasonNotToRun(command string) string {
	for _, n := range notRun {
		if regexp.MustCompile(n.command).MatchString(command) {
			return n.reason
		}
	}
	return ""
}

// shell runs a line in a folder, and returns all that it prints.
func shell(t *testing.T, dir, line string) (string, error) {
	t.Helper()
	for _, program := range []string{"jq", "tshark", "man"} {
		if regexp.MustCompile(`(^|\| )` + program + ` `).MatchString(line) {
			if _, err := exec.LookPath(program); err != nil {
				t.Skipf("%s is not installed", program)
			}
		}
	}
	c := exec.Command("bash", "-c", "set -o pipefail\n"+line)
	c.Dir, c.Env = dir, append(os.Environ(), "TZ=UTC", "LC_ALL=C.UTF-8", "MANPAGER=cat", "MANWIDTH=80")
	out, err := c.CombinedOutput()
	return string(out), err
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

// TestManualLinks protects that no page leads to a file, or to a heading of it, that is not there.
func TestManualLinks(t *testing.T) {
	links := regexp.MustCompile(`\]\(([^):#]*)(#[^)]*)?\)`)
	for _, path := range manuals(t) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range links.FindAllStringSubmatch(string(text), -1) {
			target := path
			if link[1] != "" {
				target = filepath.Join(filepath.Dir(path), link[1])
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s leads to %s: %v", filepath.Base(path), link[1], err)
				continue
			}
			if link[2] == "" {
				continue
			}
			page, err := os.ReadFile(target)
			if err != nil || !anchors(string(page))[link[2][1:]] {
				t.Errorf("%s leads to %s: there is no such heading (%v)", filepath.Base(path), fmt.Sprint(link[1], link[2]), err)
			}
		}
	}
}

// TestManualIndex protects that the manual's first page leads to every other, and README.md to that.
func TestManualIndex(t *testing.T) {
	index, readme := string(read(t, filepath.Join(house, "docs", "README.md"))), string(read(t, filepath.Join(house, "README.md")))
	if !strings.Contains(readme, "](docs/README.md)") {
		t.Error("README.md does not lead to the manual")
	}
	for _, path := range manuals(t) {
		if name := filepath.Base(path); !strings.HasPrefix(name, "README") && !strings.Contains(index, "]("+name+")") {
			t.Errorf("docs/README.md does not lead to %s", name)
		}
	}
}

// anchors are the anchors of a page as GitHub makes them.
func anchors(page string) map[string]bool {
	anchors := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		anchor := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		anchors[strings.ReplaceAll(anchor, " ", "-")] = true
	}
	return anchors
}
