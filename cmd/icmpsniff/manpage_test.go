package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// manPage is made of the table of options, so that it follows it: go test ./cmd/icmpsniff -run TestManPage -update writes it anew.
const manPage = "../../docs/icmpsniff.1"

// manPageDate is when the words below were last changed.
const manPageDate = "2026-11-22"

// TestManPage protects that the manual page has every option, and that man and mandoc find nothing wrong with it.
func TestManPage(t *testing.T) {
	page := roff()
	if *update {
		if err := os.WriteFile(manPage, page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(manPage)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(written, page) {
		t.Errorf("%s is out of date; write it anew with -update", manPage)
	}
	for _, reader := range [][]string{
		{"man", "--warnings", "--local-file", manPage},
		{"mandoc", "-T", "lint", manPage},
	} {
		t.Run(reader[0], func(t *testing.T) {
			if _, err := exec.LookPath(reader[0]); err != nil {
				t.Skipf("%s is not installed", reader[0])
			}
			var said bytes.Buffer
			c := exec.Command(reader[0], reader[1:]...)
			c.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "MANPAGER=cat", "MANWIDTH=80")
			c.Stderr = &said
			text, err := c.Output()
			if err != nil || said.Len() > 0 || reader[0] == "mandoc" && len(text) > 0 {
				t.Errorf("%q: %v\n%s%s", reader, err, said.Bytes(), text)
			}
		})
	}
}

// roff is the manual page in the man macros, which every man reads.
func roff() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, ".\\\" Made of the table of options by TestManPage; do not edit.\n.TH ICMPSNIFF 1 %s icmpsniff \"User Commands\"\n", manPageDate)
	for _, s := range manSections {
		fmt.Fprintf(&b, ".SH %s\n", s.title)
		if s.title == "OPTIONS" {
			optionTable().VisitAll(func(f *pflag.Flag) { writeOption(&b, f) })
			continue
		}
		for line := range strings.Lines(strings.TrimLeft(s.text, "\n")) {
			b.WriteString(folded(line))
		}
	}
	return b.Bytes()
}

// writeOption writes an option: its letter, its name, its argument, what it does, and its default.
func writeOption(b *bytes.Buffer, f *pflag.Flag) {
	argument, usage := pflag.UnquoteUsage(f)
	b.WriteString(".TP\n")
	name := bold("--" + f.Name)
	if f.Shorthand != "" {
		name = bold("-"+f.Shorthand) + ", " + name
	}
	switch {
	case argument == "" || f.Value.Type() == "bool" || f.Value.Type() == "count":
	case f.NoOptDefVal != "":
		name += "[=" + italic(argument) + "]"
	default:
		name += " " + italic(argument)
	}
	fmt.Fprintf(b, "%s\n%s", name, folded(escapeRoff(capitalized(usage))+".\n"))
	if d := f.DefValue; d != "" && d != "0" && d != "false" && d != "[]" {
		fmt.Fprintf(b, "The default is %s.\n", escapeRoff(strings.Trim(d, "[]")))
	}
}

// folded cuts a long line of text into lines, as mandoc likes them. Man fills them anew.
func folded(line string) string {
	const longest = 80
	for at := 0; len(line)-at > longest && line[0] != '.'; {
		space := strings.LastIndexByte(line[at:at+longest], ' ')
		if space < 0 {
			break
		}
		at += space
		line = line[:at] + "\n" + line[at+1:]
		at++
	}
	return line
}

func bold(s string) string   { return `\fB` + escapeRoff(s) + `\fR` }
func italic(s string) string { return `\fI` + escapeRoff(s) + `\fR` }

// capitalized begins a sentence, unless it begins with a word of the command's.
func capitalized(s string) string {
	if s == "" || !regexp.MustCompile(`^[a-z]+[ ,;]`).MatchString(s) {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// escapeRoff writes a text so that it is printed as it is: a hyphen can be searched and copied, and no line is a request.
func escapeRoff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", "\\.\\.\\.").Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}
