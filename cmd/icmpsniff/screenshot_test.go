package main

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// screenshot is what README.md begins with: a run of the command, on a terminal that is drawn.
const screenshot = "../../docs/screenshot.svg"

// TestManualPicture protects that the picture shows what the command prints: go test ./cmd/icmpsniff -run TestManualPicture -update
// draws it anew.
func TestManualPicture(t *testing.T) {
	path, err := filepath.Abs(screenshot)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(committed)
	args := []string{"-n", "host-unreachable.pcap"}
	out := sniff(t, append(args, "--color=always")...)
	drawing := drawTerminal("icmpsniff "+strings.Join(args, " "), out.stdout)
	if *update {
		if err := os.WriteFile(path, drawing, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	drawn, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(drawn, drawing) {
		t.Errorf("%s shows something else than is printed; draw it anew with -update", screenshot)
	}
}

// The measures of a character on the drawn terminal, and the margin around them all, in pixels.
const (
	characterWidth  = 8
	characterHeight = 19
	terminalMargin  = 20
)

// terminalColors are the terminal's, by the escape sequences that ask for them.
var terminalColors = map[string]string{"\x1b[31m": "#f47067", "\x1b[1;31m": "#f47067", "\x1b[32m": "#8ddb8c", "\x1b[33m": "#e0b458", "\x1b[35m": "#dcbdfb", "\x1b[36m": "#7ee0e0"}

// drawTerminal draws a command and what it prints. Each piece of text is stretched to the width of its characters, so that columns stay
// columns whatever the font.
func drawTerminal(command, printed string) []byte {
	lines := strings.Split(strings.TrimRight("$ "+command+"\n"+printed, "\n"), "\n")
	var text bytes.Buffer
	columns := 0
	for i, line := range lines {
		y := terminalMargin + (i+1)*characterHeight - 5
		columns = max(columns, drawLine(&text, line, y))
	}
	var b bytes.Buffer
	width, height := columns*characterWidth+2*terminalMargin, len(lines)*characterHeight+2*terminalMargin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n", html.EscapeString(command+": packets, what became known between them, and the report"))
	b.WriteString(`<rect width="100%" height="100%" rx="10" fill="#1c2128"/>` + "\n")
	b.WriteString(`<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#cdd9e5">` + "\n")
	b.Write(text.Bytes())
	b.WriteString("</g>\n</svg>\n")
	return b.Bytes()
}

var colored = regexp.MustCompile("^(\x1b\\[[0-9;]+m)(.*)\x1b\\[0m$")

// drawLine draws a line, its words each at their place, and returns how many columns it has.
func drawLine(b *bytes.Buffer, line string, y int) int {
	fill := ""
	if m := colored.FindStringSubmatch(line); m != nil {
		fill, line = fmt.Sprintf(` fill="%s"`, terminalColors[m[1]]), m[2]
	}
	for _, at := range regexp.MustCompile(`\S+( \S+)*`).FindAllStringIndex(line, -1) {
		words := line[at[0]:at[1]]
		x := terminalMargin + utf8.RuneCountInString(line[:at[0]])*characterWidth
		fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" lengthAdjust="spacingAndGlyphs"%s>%s</text>`+"\n",
			x, y, utf8.RuneCountInString(words)*characterWidth, fill, html.EscapeString(words))
	}
	return utf8.RuneCountInString(line)
}
