package report

import (
	"bufio"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
)

// markdownPrinter prints tables of GitHub Flavored Markdown, to be pasted into an issue or a wiki.
type markdownPrinter struct{}

func (markdownPrinter) Print(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	first := true
	for _, t := range topics {
		g, ok := gridOf(t, r)
		if !ok {
			continue
		}
		if !first {
			out.WriteByte('\n')
		}
		first = false
		out.WriteString("### " + t.title + "\n\n")
		style := append(plainCells(&g, nil), tablewriter.WithRenderer(renderer.NewMarkdown()))
		if err := renderTable(out, &g, style, markdownCell); err != nil {
			return err
		}
		for _, note := range g.notes() {
			out.WriteString("\n" + markdownEscaper.Replace(note) + "\n")
		}
	}
	return out.Flush()
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
