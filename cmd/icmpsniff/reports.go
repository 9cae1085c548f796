package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/icmpsniff/icmpsniff/capture"
	"github.com/icmpsniff/icmpsniff/report"
)

// draws reports whether a report has drawings.
func (o *options) draws() bool { return slices.ContainsFunc(o.targets, report.Target.Draws) }

// reportFiles are the files of --report by name. They are created before the first packet is read, so that hours of
// capturing do not end with a report that cannot be written.
type reportFiles map[string]*os.File

func createReports(o *options, stdin io.Reader) (reportFiles, error) {
	files := reportFiles{}
	for _, t := range o.targets {
		for _, name := range t.Files() {
			if err := files.create(name, o.files, stdin); err != nil {
				files.Close()
				return nil, err
			}
		}
	}
	return files, nil
}

func (r reportFiles) create(name string, inputs []string, stdin io.Reader) error {
	if r[name] != nil {
		return usagef("two reports go to %q", name)
	}
	if overwrites(name, inputs, stdin) {
		return usagef("a report would overwrite %q, which is to be read", name)
	}
	f, err := capture.Create(name, 0o666)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return usagef("the report can't be written to %q: %v", name, err)
	}
	r[name] = f
	return nil
}

// open hands a file over to whom fills and closes it.
func (r reportFiles) open(name string) (io.WriteCloser, error) {
	f := r[name]
	delete(r, name)
	return f, nil
}

// Close closes the files that were not handed over.
func (r reportFiles) Close() {
	for _, f := range r {
		f.Close()
	}
}

// print prints every report that was asked for, those on standard output after the lines.
func (r reportFiles) print(o *options, result *report.Report, printer *packetWriter) error {
	var errs []error
	lines := !o.quiet && printer.wrote
	for _, t := range o.targets {
		if lines && t.File == "" && t.Format != "none" {
			errs = append(errs, printer.write([]byte("\n")))
		}
		errs = append(errs, t.Print(result, printer.out, r.open))
	}
	return errors.Join(append(errs, printer.out.Flush())...)
}
