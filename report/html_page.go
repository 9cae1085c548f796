package report

import (
	"html/template"
	"strings"

	"github.com/icmpsniff/icmpsniff/track"
)

// page is what the template prints. Its texts are escaped as every report's are, and then once more by the template.
type page struct {
	Policy    string
	Style     template.CSS
	Script    template.JS
	Title     string
	Warnings  []string // what makes the rest doubtful
	Figures   []figure
	Notes     []pageNote
	MoreNotes []string
	Sections  []*section
}

// figure is one of the numbers at the top.
type figure struct{ Name, Value, More, Class string }

// pageNote is a note in words. Class is its severity.
type pageNote struct{ Class, Kind, Text, Frames string }

// section is a topic: its table, and what is drawn of it.
type section struct {
	ID, Title string
	Tables    []pageTable
	Flows     []flowDrawing
	Ladder    []rung
	Paths     []pathDrawing
	Omitted   string // what is not drawn; "" if all is
}

// drawings are what topics have beside their tables.
var drawings = map[string]func(*section, *Report){
	echoTopic.name:       func(s *section, r *Report) { s.drawFlows(r, r.Summary.Flows) },
	queriesTopic.name:    func(s *section, r *Report) { s.drawFlows(r, r.Summary.Queries) },
	resolutionTopic.name: (*section).drawLadder,
	neighborTopic.name:   (*section).listClaims,
	pathTopic.name:       (*section).drawPaths,
}

func pageOf(r *Report) *page {
	p := &page{
		Policy: policy, Style: template.CSS(styleText), Script: template.JS(scriptText),
		Title: sourceNames(r.Capture.Sources, 3), Warnings: warnings(r), Figures: glance(r),
	}
	for _, t := range topics {
		g, ok := gridOf(t, r)
		if t == &notesTopic {
			p.Notes, p.MoreNotes = pageNotes(r.Summary.Notes[:g.rows]), g.notes()
			continue
		}
		s := &section{ID: t.name, Title: heading(t)}
		if ok {
			s.Tables = []pageTable{tableOf(&g)}
		}
		if draw := drawings[t.name]; draw != nil {
			draw(s, r)
		}
		if ok || len(s.Ladder) > 0 { // announcements alone make no row
			p.Sections = append(p.Sections, s)
		}
	}
	return p
}

// heading is a topic's title without the unit, which the table's caption has.
func heading(t *topic) string {
	title, _, _ := strings.Cut(t.title, ",")
	return title
}

// warnings say what the reader must know before the numbers.
func warnings(r *Report) []string {
	all := captureNotes(r)
	if d := r.Capture.drops(); d.total() > 0 {
		all = append(all, "Loss is unknowable: "+d.words()+".")
	}
	return append(all, evictionNotes(r)...)
}

// glance is the report at a glance; those that say nothing are left out.
func glance(r *Report) []figure {
	c, s := &r.Capture, r.Summary
	all := []figure{{Name: "Frames", Value: count(c.Frames), More: count(c.Bytes) + " bytes"}}
	if c.HasTime {
		from := strings.Replace(timestamp(c.First, c.Digits), "T", " ", 1) // where a line may break (RFC 3339 §5.6 allows it)
		all = append(all, figure{Name: "Seconds", Value: seconds(c.Last-c.First, c.Digits), More: "from " + from})
	}
	all = appendCounts(all, r, "Echo requests", &s.Totals.Echo)
	all = appendCounts(all, r, "Other queries", &s.Totals.Queries)
	if t := &s.Totals; t.Requests > 0 {
		all = append(all, figure{Name: "ARP and ND questions", Value: count(t.Requests), More: count(t.Unanswered) + " unanswered", Class: whenMore(t.Unanswered, "bad")})
	}
	if n := uint64(len(s.Errors)) + s.ErrorsOmitted; n > 0 {
		all = append(all, figure{Name: "ICMP errors", Value: count(n)})
	}
	if n := len(s.Paths); n > 0 {
		all = append(all, figure{Name: "Paths", Value: count(uint64(n))})
	}
	if n := len(s.Notes); n > 0 {
		all = append(all, figure{Name: "Notes", Value: count(uint64(n)), Class: "warn"})
	}
	return all
}

func appendCounts(all []figure, r *Report, name string, c *track.Counts) []figure {
	if c.Sent == 0 {
		return all
	}
	more := count(c.Received) + " received, " + count(c.Lost) + " lost"
	if p := loss(c); p != "" {
		more += " (" + doubted(r, p) + " %)"
	}
	return append(all, figure{Name: name, Value: count(c.Sent), More: more, Class: whenMore(c.Lost, "bad")})
}

func whenMore(n uint64, class string) string {
	if n == 0 {
		return ""
	}
	return class
}

func pageNotes(notes []track.Note) []pageNote {
	all := make([]pageNote, len(notes))
	for i := range notes {
		n := &notes[i]
		all[i] = pageNote{Class: n.Severity.String(), Kind: n.Kind.String(), Text: noteText(n), Frames: noteFrames(n)}
	}
	return all
}
