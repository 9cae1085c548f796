package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Protects that people and programs are told the same: every number in the tables of the page is the JSON report's, of every capture
// of the lab, and of the reports made by hand, in which everything occurs.
func TestPageCountsAsJSON(t *testing.T) {
	compared := 0
	for _, c := range captures(t) {
		t.Run(c.name, func(t *testing.T) {
			compared += comparePage(t, sniff(t, "-q", "--report", "html", c.path).stdout, sniff(t, "-q", "--report", "json", c.path).stdout)
		})
	}
	made, err := filepath.Glob("../../report/testdata/report/*.json")
	if err != nil || len(made) < 4 {
		t.Fatalf("%d reports made by hand, expected 4 or more; %v", len(made), err)
	}
	for _, path := range made {
		t.Run("made/"+filepath.Base(path), func(t *testing.T) {
			page, err := os.ReadFile(strings.TrimSuffix(path, "json") + "html")
			if err != nil {
				t.Fatal(err)
			}
			report, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			compared += comparePage(t, string(page), string(report))
		})
	}
	if compared < 5000 {
		t.Errorf("%d numbers were compared, expected 5000 or more", compared)
	}
}

// pageRows are the rows of the JSON report by the name of the page's table that has them, in its order.
var pageRows = map[string]func(report map[string]any) []any{
	"echo":        func(report map[string]any) []any { return flowsOf(report, true) },
	"queries":     func(report map[string]any) []any { return flowsOf(report, false) },
	"resolutions": rowsIn("resolutions"),
	"neighbors":   rowsIn("neighbors"),
	"errors":      rowsIn("errors"),
	"paths":       respondersOf,
	"path-mtu":    rowsIn("path_mtu"),
	"clocks":      rowsIn("clocks"),
	"capture":     func(report map[string]any) []any { return []any{report["capture"]} },
}

func rowsIn(key string) func(map[string]any) []any {
	return func(report map[string]any) []any { return report[key].([]any) }
}

// flowsOf returns the flows of echo, or the others.
func flowsOf(report map[string]any, echo bool) (flows []any) {
	for _, f := range report["flows"].([]any) {
		if (f.(map[string]any)["kind"] == "echo") == echo {
			flows = append(flows, f)
		}
	}
	return flows
}

// respondersOf returns who answered at the hops of all paths, each with what its row says of the hop.
func respondersOf(report map[string]any) (rows []any) {
	for _, p := range report["paths"].([]any) {
		for _, h := range p.(map[string]any)["hops"].([]any) {
			hop := h.(map[string]any)
			responders := hop["responders"].([]any)
			if len(responders) == 0 {
				responders = []any{map[string]any{"received": 0.0}}
			}
			for _, responder := range responders {
				r := responder.(map[string]any)
				rows = append(rows, map[string]any{"hop": hop["ttl"], "sent": hop["sent"], "pending": hop["pending"], "loss_percent": hop["loss_percent"],
					"received": r["received"], "rtt_ms": r["rtt_ms"]})
			}
		}
	}
	return rows
}

// comparePage compares the tables of a page with the JSON report, and returns how many numbers it compared.
func comparePage(t *testing.T, page, report string) (compared int) {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal([]byte(report), &object); err != nil {
		t.Fatal(err)
	}
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range elements(document, func(n *html.Node) bool { return pageRows[attribute(n, "data-name")] != nil }) {
		name := attribute(table, "data-name")
		var keys []string
		for _, th := range elements(table, headings) {
			keys = append(keys, attribute(th, "data-key"))
		}
		compare := func(tr *html.Node, row map[string]any) {
			for i, cell := range elements(tr, cells) {
				value, ok := lookup(row, keys[i])
				got := textOf(cell)
				blank := got == "" && tr.Parent.Data == "tfoot"
				anonymous := keys[i] == "id" && got == "–" && value == 0.0
				if !ok || blank || anonymous {
					continue
				}
				if compared++; !same(got, value) {
					t.Errorf("%s, %s: %q, want %v of %v", name, keys[i], got, value, row)
				}
			}
		}
		rows := pageRows[name](object)
		for i, tr := range elements(table, rowsOf("tbody")) {
			compare(tr, rows[i].(map[string]any))
		}
		for _, tr := range elements(table, rowsOf("tfoot")) {
			compare(tr, object["totals"].(map[string]any)[name].(map[string]any))
		}
	}
	return compared
}

// timeKeys are the columns of round-trip times by their keys in rtt_ms.
var timeKeys = map[string]string{
	"rtt_min_ms": "min", "rtt_avg_ms": "avg", "rtt_max_ms": "max", "rtt_mdev_ms": "mdev", "rtt_p50_ms": "p50", "rtt_p95_ms": "p95", "rtt_p99_ms": "p99",
	"jitter_ms": "jitter",
}

// lookup finds what the JSON report has for a column: a number, nil if there is none, and false if the column holds no numbers.
func lookup(row map[string]any, key string) (value any, ok bool) {
	if inner := timeKeys[key]; inner != "" {
		rtt, _ := row["rtt_ms"].(map[string]any)
		return rtt[inner], true
	}
	value, ok = row[key]
	_, number := value.(float64)
	return value, number || ok && value == nil
}

// same reports whether a cell shows a number with as many decimals as it has, or that it is not known.
func same(cell string, value any) bool {
	if value == nil {
		return cell == "–"
	}
	if hex, ok := strings.CutPrefix(cell, "0x"); ok {
		id, err := strconv.ParseUint(hex, 16, 16)
		return err == nil && float64(id) == value
	}
	_, fraction, _ := strings.Cut(cell, ".")
	shown, err := strconv.ParseFloat(cell, 64)
	difference := shown - value.(float64)
	half := 0.5
	for range fraction {
		half /= 10
	}
	const nanosecond = 0.5000001e-6 // of ms, to half of which JSON is rounded
	return err == nil && max(difference, -difference) <= half+nanosecond
}

// Protects the comparison itself: a number that is off by one in its last digit is told.
func TestNumbersAreCompared(t *testing.T) {
	for _, c := range []struct {
		cell  string
		value any
		want  bool
	}{
		{"0.061", 0.0605, true}, {"0.060", 0.0605, true}, {"0.062", 0.0605, false}, {"20.0", 20.0, true}, {"20.1", 20.0, false}, {"40", 40.0, true}, {"41", 40.0, false},
		{"0x1b1d", 6941.0, true}, {"0x1b1e", 6941.0, false}, {"–", nil, true}, {"0", nil, false}, {"–", 0.0, false},
	} {
		if got := same(c.cell, c.value); got != c.want {
			t.Errorf("same(%q, %v) = %v", c.cell, c.value, got)
		}
	}
}

// elements returns the elements that pass a test, in order.
func elements(n *html.Node, test func(*html.Node) bool) (found []*html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && test(d) {
			found = append(found, d)
		}
	}
	return found
}

func cells(n *html.Node) bool { return n.Data == "td" || n.Data == "th" }

func headings(n *html.Node) bool { return n.Data == "th" && n.Parent.Parent.Data == "thead" }

func rowsOf(part string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Data == "tr" && n.Parent.Data == part }
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}
