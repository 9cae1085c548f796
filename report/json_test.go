package report

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/icmpsniff/icmpsniff/track"
)

// TestJSONKeyOrder protects the documented order of keys: the object is read by people too. Keys after an ellipsis
// are additions.
func TestJSONKeyOrder(t *testing.T) {
	tests := []struct{ object, keys string }{
		{"", "schema capture flows resolutions neighbors errors paths path_mtu clocks notes …totals errors_omitted"},
		{"capture", "sources frames bytes first last duration_s kernel_dropped evicted error …interface_dropped live"},
		{"capture sources", "name link_type …"},
		{"flows", "kind family source destination id vlan sent received lost pending duplicates copies out_of_order late errors " +
			"loss_percent rtt_ms first_frame last_frame …group unmatched backwards"},
		{"flows rtt_ms", "min avg max mdev p50 p95 p99 jitter …samples"},
		{"resolutions", "protocol asker asker_mac target vlan requests unanswered replies status answered_by rtt_ms first_frame last_frame …"},
		{"neighbors", "address mac vlan state first_frame last_frame macs …router claims"},
		{"neighbors claims", "mac first_frame last_frame first last"},
		{"resolutions rtt_ms", "min avg max …samples"},
		{"errors", "frame reporter type code name about_frame about …time family receiver vlan translated mtu mpls interfaces copies"},
		{"errors about", "source destination protocol id seq …"},
		{"path_mtu", "destination mtu reporter frame …vlan sender reports obeyed exceeded_frame"},
		{"clocks", "source destination round_trip_ms offset_ms samples …processing_ms reference assumption non_standard vlan first_frame last_frame"},
		{"notes", "severity kind text frames …count source destination vlan value"},
	}
	r := ordinary()
	r.Summary.Errors, r.Summary.PathMTUs, r.Summary.Clocks = someErrors(), somePathMTUs(), clocks()
	text := printed(t, "json", r)
	for _, tt := range tests {
		at := json.RawMessage(text)
		for _, key := range strings.Fields(tt.object) {
			var o map[string]json.RawMessage
			if err := json.Unmarshal(at, &o); err != nil {
				t.Fatal(err)
			}
			at = o[key]
			var rows []json.RawMessage
			if json.Unmarshal(at, &rows) == nil {
				at = rows[0]
			}
		}
		if got, want := strings.Join(keysOf(t, at), " "), strings.TrimSpace(strings.Replace(tt.keys, "…", "", 1)); got != want {
			t.Errorf("keys of %q:\n got %s\nwant %s", tt.object, got, want)
		}
	}
}

// TestJSONFlowsInOrder protects that flows of all kinds are in one list, in order of first appearance.
func TestJSONFlowsInOrder(t *testing.T) {
	s := &track.Summary{
		Flows:   []track.Flow{{Kind: "echo", FirstFrame: 1}, {Kind: "echo", FirstFrame: 4}},
		Queries: []track.Flow{{Kind: "mask", FirstFrame: 2}, {Kind: "timestamp", FirstFrame: 5}},
	}
	var got []string
	for _, f := range flowsOf(&Report{Summary: s}) {
		got = append(got, f.Kind)
	}
	if diff := cmp.Diff([]string{"echo", "mask", "echo", "timestamp"}, got); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

// keysOf returns the keys of a JSON object in the order of the text.
func keysOf(t *testing.T, object []byte) []string {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(object)))
	var keys []string
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key.(string))
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

// decoded is a reader's view of the report.
type decoded struct {
	Schema  string
	Capture struct {
		Sources     []struct{ Name string }
		First, Last *time.Time
		Duration    *float64 `json:"duration_s"`
		Error       *string
	}
	Flows []struct {
		Source, Destination string
		ID                  int
		VLAN                []int
		Sent, Received      int
		Loss                *float64           `json:"loss_percent"`
		RTT                 map[string]float64 `json:"rtt_ms"`
		Responders          *int
	}
	Resolutions []struct {
		Status     string
		AnsweredBy []string `json:"answered_by"`
	}
	Paths []struct {
		VLAN []int `json:"vlan"`
		Hops []struct {
			Loss       *float64 `json:"loss_percent"`
			Responders []struct {
				RTT  map[string]float64 `json:"rtt_ms"`
				MPLS []map[string]any
			}
		}
		EndedBy map[string]any `json:"ended_by"`
	}
	Notes []any
}

// TestJSONDecodes protects what a program reads: values as they were, and absence where nothing is known.
func TestJSONDecodes(t *testing.T) {
	read := func(r *Report) (d decoded) {
		if err := json.Unmarshal(printed(t, "json", r), &d); err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := read(everything())
	c := everything().Capture
	loss := 0.033434
	twelve := 12
	checks := []struct {
		name      string
		got, want any
	}{
		{"schema", d.Schema, "icmpsniff.report/1"},
		{"name with controls", d.Capture.Sources[0].Name, c.Sources[0].Name},
		{"first", d.Capture.First.UnixNano(), c.First},
		{"last", d.Capture.Last.UnixNano(), c.Last},
		{"error", *d.Capture.Error, c.Err.Error()},
		{"id", d.Flows[1].ID, 0xffff},
		{"vlan stack", d.Flows[0].VLAN, []int{100, 7}},
		{"no vlan is a list", d.Flows[1].VLAN, []int{}},
		{"loss", d.Flows[0].Loss, &loss},
		{"loss of a group", d.Flows[1].Loss, (*float64)(nil)},
		{"loss of the pending", d.Flows[2].Loss, (*float64)(nil)},
		{"responders", d.Flows[1].Responders, &twelve},
		{"responders of one host", d.Flows[0].Responders, (*int)(nil)},
		{"rtt", d.Flows[0].RTT, map[string]float64{
			"min": 0.021001, "avg": 0.060501, "max": 1093.000009, "mdev": 0.0204, "p50": 0.057, "p95": 0.08, "p99": 0.093, "jitter": 0.009,
			"samples": 2982, "percentile_error": 0.01,
		}},
		{"rtt of one sample has no jitter", d.Flows[1].RTT, map[string]float64{
			"min": 0.005, "avg": 0.005, "max": 0.005, "mdev": 0, "p50": 0.005, "p95": 0.005, "p99": 0.005, "samples": 1,
		}},
		{"rtt without a sample", d.Flows[2].RTT, map[string]float64(nil)},
		{"all that answered", len(d.Resolutions[0].AnsweredBy), 4},
		{"nobody answered", d.Resolutions[1].AnsweredBy, []string{}},
		{"a silent hop is a list", len(d.Paths[0].Hops[1].Responders) == 0 && d.Paths[0].Hops[1].Responders != nil, true},
		{"loss of a hop", *d.Paths[0].Hops[2].Loss, 33.333333},
		{"rtt of a hop", d.Paths[0].Hops[2].Responders[0].RTT, map[string]float64{"min": 0.021001, "avg": 0.030502, "max": 0.040003, "mdev": 0.009501, "samples": 2}},
		{"no rtt of a hop", d.Paths[1].Hops[0].Responders[0].RTT, map[string]float64(nil)},
		{"a label", d.Paths[0].Hops[0].Responders[0].MPLS[1], map[string]any{"label": 24.0, "traffic_class": 5.0, "bottom": true, "ttl": 255.0}},
		{"no label is a list", d.Paths[0].Hops[2].Responders[0].MPLS, []map[string]any{}},
		{"a path that an error ended", d.Paths[1].EndedBy, map[string]any{"type": 1.0, "code": 3.0, "name": "Address unreachable", "reporter": "2001:db8:100::8"}},
		{"a path that none ended", d.Paths[0].EndedBy, map[string]any(nil)},
	}
	for _, c := range checks {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	if d := read(samples()[1].report); d.Notes == nil || len(d.Notes) > 0 || d.Capture.First != nil || d.Capture.Duration != nil || d.Capture.Error != nil {
		t.Errorf("a capture without a frame has times or an error, or no list of notes: %+v, %v", d.Capture, d.Notes)
	}
	if null := regexp.MustCompile(`"(?:error|loss_percent)":null`); strings.Contains(null.ReplaceAllString(string(printed(t, "json", everything())), ""), "null") {
		t.Error("null for something else than an error or a loss")
	}
}
