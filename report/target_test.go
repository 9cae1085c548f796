package report

import (
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestParseTarget protects the values of --report and the sentences for those that are none.
func TestParseTarget(t *testing.T) {
	tests := []struct {
		in, format, file string
		files            []string
		err              string
	}{
		{in: "table", format: "table"},
		{in: "json:out.json", format: "json", file: "out.json", files: []string{"out.json"}},
		{in: "json:-", format: "json"},
		{in: "markdown:a:b.md", format: "markdown", file: "a:b.md", files: []string{"a:b.md"}},
		{in: "csv:x", format: "csv", file: "x",
			files: []string{"x-echo", "x-queries", "x-resolutions", "x-neighbors", "x-errors", "x-paths", "x-path-mtu", "x-clocks", "x-notes", "x-capture"}},
		{in: "csv:a.b/x", format: "csv", file: "a.b/x",
			files: []string{"a.b/x-echo", "a.b/x-queries", "a.b/x-resolutions", "a.b/x-neighbors", "a.b/x-errors", "a.b/x-paths", "a.b/x-path-mtu", "a.b/x-clocks", "a.b/x-notes", "a.b/x-capture"}},
		{in: "csv:-", format: "csv"},
		{in: "html:a.html", format: "html", file: "a.html", files: []string{"a.html"}},
		{in: "none", format: "none"},
		{in: "xml", err: `report format "xml" is not one of table, json, csv, markdown, html, none`},
		{in: "", err: `report format "" is not one of table, json, csv, markdown, html, none`},
		{in: "out.json", err: `report format "out.json" is not one of table, json, csv, markdown, html, none`},
		{in: "json:", err: `report "json:" names no file after the colon; leave the colon out to print to standard output`},
		{in: "none:x", err: `report "none:x" names a file, but the format none writes nothing`},
	}
	for _, tt := range tests {
		got, err := ParseTarget(tt.in)
		message := ""
		if err != nil {
			message = err.Error()
		}
		if message != tt.err || got.Format != tt.format || got.File != tt.file {
			t.Errorf("ParseTarget(%q) = %q, %q, %q; want %q, %q, %q", tt.in, got.Format, got.File, message, tt.format, tt.file, tt.err)
		}
		if diff := cmp.Diff(tt.files, got.Files()); diff != "" {
			t.Errorf("ParseTarget(%q).Files() (-want +got):\n%s", tt.in, diff)
		}
	}
}

type fullOnClose struct{ io.Writer }

func (fullOnClose) Close() error { return errFull }

// TestTargetErrors protects that errors of a file name it, those of closing it included.
func TestTargetErrors(t *testing.T) {
	errDenied := errors.New("permission denied")
	tests := []struct {
		name   string
		create func(string) (io.WriteCloser, error)
		want   string
	}{
		{"create", func(string) (io.WriteCloser, error) { return nil, errDenied }, "write report to out.json: permission denied"},
		{"close", func(string) (io.WriteCloser, error) { return fullOnClose{io.Discard}, nil }, "write report to out.json: disk full"},
	}
	target, err := ParseTarget("json:out.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		if err := target.Print(ordinary(), nil, tt.create); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}
