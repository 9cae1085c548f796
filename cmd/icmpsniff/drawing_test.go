package main

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The measures of a character on a drawn terminal, and the margin around them all, in pixels.
const (
	characterWidth  = 8
	characterHeight = 19
	terminalMargin  = 20
)

// The colors of a drawn terminal.
const (
	terminalGround = "#1c2128"
	terminalText   = "#cdd9e5"
	terminalFaint  = "#909dab"
)

// drawTerminals draws what is to be read on terminals, one below the other, with its escape sequences. Each piece of text is stretched
// to the width of its characters, so that columns stay columns whatever the font.
func drawTerminals(title string, screens ...string) []byte {
	var panes bytes.Buffer
	columns, top := 0, 0
	for _, screen := range screens {
		lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
		for _, line := range lines {
			columns = max(columns, utf8.RuneCountInString(sequences.ReplaceAllString(line, "")))
		}
		height := len(lines)*characterHeight + 2*terminalMargin
		fmt.Fprintf(&panes, `<rect y="%d" width="100%%" height="%d" rx="10" fill="%s"/>`+"\n", top, height, terminalGround)
		var p pen
		for i, line := range lines {
			p.draw(&panes, line, top+terminalMargin+(i+1)*characterHeight-5)
		}
		top += height + terminalMargin
	}
	var b bytes.Buffer
	width, height := columns*characterWidth+2*terminalMargin, top-terminalMargin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n", html.EscapeString(title))
	fmt.Fprintf(&b, `<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="%s">`+"\n", terminalText)
	b.Write(panes.Bytes())
	b.WriteString("</g>\n</svg>\n")
	return b.Bytes()
}

var (
	sequences = regexp.MustCompile("\x1b\\[([0-9;]*)m")
	words     = regexp.MustCompile(`\S+( \S+)*`)
)

// draw draws a line: its words each at their place, what is underlined and what is reversed. The next line goes on with the same pen.
func (p *pen) draw(b *bytes.Buffer, line string, y int) {
	column, from := 0, 0
	put := func(text string) {
		p.write(b, text, column, y)
		column += utf8.RuneCountInString(text)
	}
	for _, at := range sequences.FindAllStringSubmatchIndex(line, -1) {
		put(line[from:at[0]])
		p.take(line[at[2]:at[3]])
		from = at[1]
	}
	put(line[from:])
}

// pen is how a terminal writes, which escape sequences change (ECMA-48 §8.3.117).
type pen struct {
	bold, faint, underlined, reversed bool
	color                             string
}

// take changes the pen as an escape sequence says.
func (p *pen) take(codes string) {
	for code := range strings.SplitSeq(codes, ";") {
		switch code {
		case "", "0":
			*p = pen{}
		case "1":
			p.bold = true
		case "2":
			p.faint = true
		case "4":
			p.underlined = true
		case "7":
			p.reversed = true
		case "39":
			p.color = ""
		default:
			p.color = terminalColors[code]
		}
	}
}

// terminalColors are the terminal's, by the codes that ask for them.
var terminalColors = map[string]string{"31": "#f47067", "32": "#8ddb8c", "33": "#e0b458", "35": "#dcbdfb", "36": "#7ee0e0"}

// write draws a text that begins in a column.
func (p *pen) write(b *bytes.Buffer, text string, column, y int) {
	x, width := terminalMargin+column*characterWidth, utf8.RuneCountInString(text)*characterWidth
	style := ""
	switch {
	case p.reversed:
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", x, y-14, width, characterHeight, terminalText)
		style = fmt.Sprintf(` fill="%s"`, terminalGround)
	case p.color != "":
		style = fmt.Sprintf(` fill="%s"`, p.color)
	case p.faint:
		style = fmt.Sprintf(` fill="%s"`, terminalFaint)
	}
	if p.bold {
		style += ` font-weight="bold"`
	}
	if p.underlined {
		fmt.Fprintf(b, `<path d="M%d %dh%d" stroke="%s"/>`+"\n", x, y+3, width, terminalText)
	}
	for _, at := range words.FindAllStringIndex(text, -1) {
		word := text[at[0]:at[1]]
		fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" lengthAdjust="spacingAndGlyphs"%s>%s</text>`+"\n",
			x+utf8.RuneCountInString(text[:at[0]])*characterWidth, y, utf8.RuneCountInString(word)*characterWidth, style, html.EscapeString(word))
	}
}
