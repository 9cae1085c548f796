package report

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// Printer prints a report in one format. Errors are those of the writer.
type Printer interface {
	Print(w io.Writer, r *Report) error
}

// formats are all that --report knows. To add a format: write its Printer in a file of its own and name it here.
var formats = [...]struct {
	name    string
	printer Printer
}{
	{"table", tablePrinter{}},
	{"json", jsonPrinter{}},
	{"csv", csvPrinter{}},
	{"markdown", markdownPrinter{}},
	{"html", htmlPrinter{}},
	{"none", nonePrinter{}},
}

// nonePrinter is for those who want packet lines only.
type nonePrinter struct{}

func (nonePrinter) Print(io.Writer, *Report) error { return nil }

// Formats returns the names of the formats, the default first.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// Target is one value of --report: a format, and where to print it.
type Target struct {
	Format  string
	File    string // "" is standard output
	printer Printer
}

// ParseTarget reads FORMAT or FORMAT:FILE, such as "json:out.json". FILE may hold colons; "-" is standard output.
// The error is one sentence that names the formats.
func ParseTarget(s string) (Target, error) {
	name, file, named := strings.Cut(s, ":")
	t := Target{Format: name, File: file}
	for _, f := range formats {
		if f.name == name {
			t.printer = f.printer
		}
	}
	switch {
	case t.printer == nil:
		return Target{}, fmt.Errorf("report format %q is not one of %s", name, strings.Join(Formats(), ", "))
	case named && file == "":
		return Target{}, fmt.Errorf("report %q names no file after the colon; leave the colon out to print to standard output", s)
	case named && t.printer == Printer(nonePrinter{}):
		return Target{}, fmt.Errorf("report %q names a file, but the format none writes nothing", s)
	case file == "-":
		t.File = ""
	}
	return t, nil
}

// Draws reports whether the format draws what takes track.Options.History.
func (t Target) Draws() bool { return t.printer == Printer(htmlPrinter{}) }

// Files returns the names of the files that Print creates, none for standard output. They are known from the start,
// so that a file that cannot be created is found before a packet is read.
func (t Target) Files() []string {
	switch {
	case t.File == "":
		return nil
	case t.printer == Printer(csvPrinter{}):
		return csvFiles(t.File)
	}
	return []string{t.File}
}

// Print prints the report to stdout, or to the Files, each of which create opens. Errors name the file.
func (t Target) Print(r *Report, stdout io.Writer, create func(name string) (io.WriteCloser, error)) error {
	for i, name := range t.Files() {
		fill := t.printer.Print
		if t.printer == Printer(csvPrinter{}) {
			fill = func(w io.Writer, r *Report) error { return printCSV(w, topics[i], r) }
		}
		if err := printFile(name, create, func(w io.Writer) error { return fill(w, r) }); err != nil {
			return fmt.Errorf("write report to %s: %w", escaped(name), err)
		}
	}
	if t.File == "" {
		return t.printer.Print(stdout, r)
	}
	return nil
}

// printFile creates, fills and closes a file. What Close says counts: a full disk may show only there.
func printFile(name string, create func(string) (io.WriteCloser, error), fill func(io.Writer) error) error {
	f, err := create(name)
	if err != nil {
		return err
	}
	return errors.Join(fill(f), f.Close())
}
