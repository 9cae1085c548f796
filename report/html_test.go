package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// drawnReport is a report with all that the page draws: a flow with losses, an error and joined requests, one that nobody answered, and
// every kind of step.
func drawnReport() *Report {
	r := everything()
	const second = int64(1e9)
	start := r.Capture.First
	long := &r.Summary.Flows[0]
	long.Course = &track.Course{Width: 8 * second}
	for i := range int64(40) {
		m := track.Moment{Time: start + i*8*second, Received: 75, N: 75, Min: 21_001 + i, Max: 60_000 + i*1000, Avg: 40_000}
		switch i {
		case 7:
			m = track.Moment{Time: m.Time, Lost: 2, Errors: 1}
		case 9:
			m.Lost = 1
		}
		long.Course.Moments = append(long.Course.Moments, m)
		long.Course.Times = append(long.Course.Times, track.Time{RTT: float64(21_001 + i*1500), N: uint64(i)})
	}
	silent := &r.Summary.Flows[2]
	silent.Course = &track.Course{Width: 1024, Moments: []track.Moment{{Time: start + second, Lost: 1}, {Time: start + second + 20_000, Lost: 1, Errors: 1}}}
	r.Summary.Steps = []track.Step{
		{Kind: track.StepQuestion, Protocol: track.ARP, Frame: 1, Time: start, HasTime: true, Asker: here, Target: there, MAC: hereMAC, Segments: []decode.Segment{100}},
		{Kind: track.StepAnswer, Protocol: track.ARP, Frame: 2, Time: start + 34_001, HasTime: true, Asker: here, Target: there, MAC: thereMAC, Answers: 1, RTT: 34_001},
		{Kind: track.StepAnswer, Protocol: track.ARP, Frame: 3, Time: start + 35_001, HasTime: true, Asker: here, Target: there, MAC: thereMAC, Answers: 1, RTT: 35_001, Copy: true},
		{Kind: track.StepAnswer, Protocol: track.ND, Frame: 4, HasTime: true, Asker: here6, Target: there6, MAC: thereMAC},
		{Kind: track.StepSilence, Protocol: track.ND, Frame: 5, Time: start + second, HasTime: true, Asker: here6, Target: there6, MAC: hereMAC},
		{Kind: track.StepAnnouncement, Protocol: track.ARP, Frame: 6, HasTime: true, Target: there, MAC: thereMAC},
		{Kind: track.StepQuestion, Protocol: track.RARP, Frame: 7, TargetMAC: hereMAC, MAC: hereMAC},
		{Kind: track.StepAnswer, Protocol: track.RARP, Frame: 8, TargetMAC: hereMAC, MAC: thereMAC, Answers: 7, RTT: 5_000},
		{Kind: track.StepQuestion, Protocol: track.ARP, Frame: 9, HasTime: true, Asker: netip.IPv4Unspecified(), Target: there, MAC: hereMAC, Probe: true},
		{Kind: track.StepSilence, Protocol: track.ARP, Frame: 9, HasTime: true, Asker: netip.IPv4Unspecified(), Target: there, MAC: hereMAC, Probe: true},
	}
	r.Summary.StepsOmitted = 3
	r.Summary.Notes = []track.Note{
		{Kind: track.NoteARPConflict, Severity: track.SeverityError, About: there, MACs: [2][6]byte{hereMAC, thereMAC}, Frames: []uint64{3, 9}, Count: 12},
		{Kind: track.NoteSourceQuench, Severity: track.SeverityInfo, Source: here, Destination: there, Frames: []uint64{4}, Count: 1},
	}
	return r
}

// parsed parses a page, and finds what has a name in it.
func parsed(t *testing.T, page []byte) *html.Node {
	t.Helper()
	n, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// all returns the elements that pass a test, in order.
func all(n *html.Node, test func(*html.Node) bool) (found []*html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && test(d) {
			found = append(found, d)
		}
	}
	return found
}

func named(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		for _, name := range names {
			if n.Data == name {
				return true
			}
		}
		return false
	}
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

// TestPage protects every byte of a page with all that is drawn.
func TestPage(t *testing.T) { golden(t, "report/drawn.html", printed(t, "html", drawnReport())) }

// TestPageIsAlone protects that the page asks for nothing, and that it may not: no address in it leads anywhere else, and its policy
// allows its own style and script, and nothing more.
func TestPageIsAlone(t *testing.T) {
	page := parsed(t, printed(t, "html", drawnReport()))
	loads := map[string]bool{"src": true, "srcset": true, "action": true, "data": true, "poster": true, "style": true, "xlink:href": true}
	for _, n := range all(page, func(*html.Node) bool { return true }) {
		for _, a := range n.Attr {
			if loads[a.Key] || strings.HasPrefix(a.Key, "on") || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			}
		}
		if named("link", "iframe", "object", "embed", "img", "base", "form", "use", "foreignobject")(n) {
			t.Errorf("there is a <%s>", n.Data)
		}
	}
	want := "default-src 'none'; base-uri 'none'; form-action 'none'"
	for _, element := range []string{"style", "script"} {
		found := all(page, named(element))
		if len(found) != 1 {
			t.Fatalf("%d <%s>, want 1", len(found), element)
		}
		sum := sha256.Sum256([]byte(found[0].FirstChild.Data))
		want += fmt.Sprintf("; %s-src 'sha256-%s'", element, base64.StdEncoding.EncodeToString(sum[:]))
	}
	policies := all(page, func(n *html.Node) bool { return attribute(n, "http-equiv") == "Content-Security-Policy" })
	if len(policies) != 1 || attribute(policies[0], "content") != want {
		t.Errorf("the policies are %v, want %s", policies, want)
	}
}

// TestPageOfNames protects the page from names in a capture: they are text in it, whatever they are made of.
func TestPageOfNames(t *testing.T) {
	r := drawnReport()
	r.Capture.Sources = []Source{{`</title><script>alert(1)</script>"onload='x`, "EN10MB"}}
	r.Summary.Errors[0].Interfaces = []track.Interface{{Role: track.Incoming, Name: "<b>\u202eeth0\x07</b>"}}
	text := printed(t, "html", r)
	page := parsed(t, text)
	if n := len(all(page, named("script"))); n != 1 {
		t.Errorf("%d scripts, want 1", n)
	}
	if bytes.ContainsAny(text, "\u202e\a") {
		t.Error("a name turns the text around it")
	}
	if got := textOf(all(page, named("h1"))[0]); !strings.Contains(got, `</title><script>alert(1)</script>"onload='x`) {
		t.Errorf("the heading is %q", got)
	}
	if !bytes.Contains(text, []byte(`&lt;b&gt;\u202eeth0\a&lt;/b&gt;`)) {
		t.Error("the name of an interface is not escaped")
	}
}

// TestPageIsAccessible protects those who do not see the page, or have no mouse: landmarks, headings in order, every table with a
// caption and headings that say of what they are, every drawing with a title and a description, every region that scrolls in reach of
// the keyboard, and names that are there once.
func TestPageIsAccessible(t *testing.T) {
	page := parsed(t, printed(t, "html", drawnReport()))
	ids := map[string]bool{}
	for _, n := range all(page, func(n *html.Node) bool { return attribute(n, "id") != "" }) {
		id := attribute(n, "id")
		if ids[id] {
			t.Errorf("there are two of id %q", id)
		}
		ids[id] = true
	}
	for _, n := range all(page, func(*html.Node) bool { return true }) {
		for _, key := range []string{"aria-labelledby", "href"} {
			for id := range strings.FieldsSeq(attribute(n, key)) {
				if !ids[strings.TrimPrefix(id, "#")] {
					t.Errorf("<%s> points to %q, which is not there", n.Data, id)
				}
			}
		}
	}
	level := 0
	for _, n := range all(page, named("h1", "h2", "h3", "h4")) {
		if now := int(n.Data[1] - '0'); now > level+1 {
			t.Errorf("<%s> %q follows <h%d>", n.Data, textOf(n), level)
		}
		level = int(n.Data[1] - '0')
	}
	for _, landmark := range []string{"header", "nav", "main"} {
		if len(all(page, named(landmark))) != 1 {
			t.Errorf("there is not one <%s>", landmark)
		}
	}
	for _, table := range all(page, named("table")) {
		if captions := all(table, named("caption")); len(captions) != 1 || textOf(captions[0]) == "" {
			t.Error("a table has no caption")
		}
		for _, th := range all(table, named("th")) {
			if attribute(th, "scope") == "" {
				t.Errorf("the heading %q has no scope", textOf(th))
			}
		}
		if region := table.Parent; attribute(region, "tabindex") != "0" || attribute(region, "role") != "region" || attribute(region, "aria-labelledby") == "" {
			t.Errorf("the keyboard does not scroll the table %q", textOf(all(table, named("caption"))[0]))
		}
	}
	for _, svg := range all(page, named("svg")) {
		hidden := attribute(svg, "aria-hidden") == "true"
		if described := len(all(svg, named("title"))) == 1 && len(all(svg, named("desc"))) == 1; !hidden && (!described || attribute(svg, "role") != "img") {
			t.Error("a drawing is neither described nor hidden")
		}
	}
	if page.FirstChild.NextSibling.DataAtom != atom.Html || attribute(page.FirstChild.NextSibling, "lang") != "en" {
		t.Error("the page has no language")
	}
}

// TestPageHasNoInk protects that every color is the style sheet's, by day and by night: the library's own are all replaced.
func TestPageHasNoInk(t *testing.T) {
	page := parsed(t, printed(t, "html", drawnReport()))
	classes := map[string]int{}
	for _, svg := range all(page, func(n *html.Node) bool { return n.Data == "svg" && attribute(n, "role") == "img" }) {
		for _, path := range all(svg, named("path")) {
			classes[attribute(path, "class")]++
		}
	}
	for _, want := range []string{"axis", "grid", "span", "line", "dot", "lost", "error", "bar", "quantile"} {
		if classes[want] == 0 {
			t.Errorf("nothing is drawn in the class %q: %v", want, classes)
		}
	}
	if classes[""] > 0 {
		t.Errorf("%d paths have no class", classes[""])
	}
}
