package report

import (
	"bufio"
	"encoding/csv"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// csvPrinter prints every topic with all of its columns and rows: onto one stream as sections, each below a line
// "# title" and apart by an empty line; or each into a file of its own, as csvFiles names them.
type csvPrinter struct{}

func (csvPrinter) Print(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	first := true
	for _, t := range topics {
		if t.rows(r) == 0 {
			continue
		}
		if !first {
			out.WriteByte('\n')
		}
		first = false
		out.WriteString("# " + t.title + "\n")
		if err := printCSV(out, t, r); err != nil {
			return err
		}
	}
	return out.Flush()
}

// printCSV prints one topic as RFC 4180 has it, a line of names first, but with line feeds alone.
func printCSV(w io.Writer, t *topic, r *Report) error {
	out := csv.NewWriter(w)
	var record []string
	for _, c := range t.columns {
		if c.key != "" {
			record = append(record, c.key)
		}
	}
	out.Write(record) // errors are kept until Flush
	for row := range t.rows(r) {
		record = record[:0]
		for _, c := range t.columns {
			if c.key != "" {
				record = append(record, noFormula(c.cell(r, row)))
			}
		}
		out.Write(record)
	}
	out.Flush()
	return out.Error()
}

// csvFiles returns the file of each topic for the name that the user gave: NAME.csv gives NAME-echo.csv and so on.
// A topic without rows gets a file too, lest one of an earlier run be taken for this one's.
func csvFiles(name string) []string {
	extension := filepath.Ext(name)
	files := make([]string, len(topics))
	for i, t := range topics {
		files[i] = strings.TrimSuffix(name, extension) + "-" + t.name + extension
	}
	return files
}

// noFormula puts an apostrophe before a text that a spreadsheet would run as a formula. Some take the full-width signs of
// East Asian keyboards for the others.
func noFormula(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 || !strings.ContainsRune("=+-@＝＋－＠\t\r\n", first) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}
