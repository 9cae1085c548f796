package report

import (
	"bufio"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter/renderer"
)

// markdownPrinter prints tables of GitHub Flavored Markdown, to be pasted into an issue or a wiki.
type markdownPrinter struct{}

func (markdownPrinter) Print(w io.Writer, r *Report) error {
	return printGrids(w, r, func(out *bufio.Writer, g *grid) error {
		out.WriteString("### " + g.topic.title + "\n\n")
		if err := render(renderer.NewMarkdown(), out, g, len("  "), markdownCell); err != nil {
			return err
		}
		for _, note := range g.notes() {
			out.WriteString("\n" + markdownEscaper.Replace(note) + "\n")
		}
		return nil
	})
}

// markdownCell sets literals as code, in which only the bar still means something to a table (GFM §4.10, §6.1).
func markdownCell(c column, s string) string {
	if c.kind != literal || strings.Contains(s, "`") {
		return markdownEscaper.Replace(s)
	}
	return "`" + strings.ReplaceAll(s, "|", `\|`) + "`"
}

// markdownEscaper keeps names from becoming markup.
var markdownEscaper = strings.NewReplacer(
	`\`, `\\`, `|`, `\|`, "`", "\\`", `*`, `\*`, `_`, `\_`, `[`, `\[`, `]`, `\]`, `~`, `\~`, `#`, `\#`, `@`, `\@`,
	`<`, `&lt;`, `&`, `&amp;`)
