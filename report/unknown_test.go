package report

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestUnknownPercentiles protects against percentiles of 0 ms where there was no room for any, and against leaving out those
// that are 0 ms.
func TestUnknownPercentiles(t *testing.T) {
	tests := []struct {
		name    string
		unknown bool
		text    string // p50 of the second flow in a table
		keys    string // of its rtt_ms in JSON
		note    string
	}{
		{"zero", false, "0.000", "min avg max mdev p50 p95 p99 jitter samples", ""},
		{"no room", true, unknown, "min avg max mdev jitter samples", "p50, p95 and p99 of 1 long flow are not known, for want of room."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := ordinary()
			f := r.Summary.Flows[0]
			f.RTT.P50, f.RTT.P95, f.RTT.P99, f.RTT.NoPercentiles = 0, 0, 0, tt.unknown
			r.Summary.Flows = append(r.Summary.Flows, f)

			g, _ := gridOf(&echoTopic, r)
			p50 := slices.IndexFunc(g.columns, func(c column) bool { return c.title == "p50" })
			first, second := slices.Clone(g.row(0, asIs)), g.row(1, asIs)
			if first[p50] != "0.057" || second[p50] != tt.text {
				t.Errorf("p50 is %s and %s, want 0.057 and %s", first[p50], second[p50], tt.text)
			}
			if got := strings.Join(g.notes(), " "); got != tt.note {
				t.Errorf("notes %q, want %q", got, tt.note)
			}

			inCSV := ""
			if !tt.unknown {
				inCSV = "0.000"
			}
			if line := strings.Split(string(printed(t, "csv", r)), "\n")[3]; !strings.Contains(line, ",0.020,"+strings.Repeat(inCSV+",", 3)+"0.009,") {
				t.Errorf("csv: %s, want three times %q between mdev and jitter", line, inCSV)
			}

			var o struct {
				Flows []struct {
					RTT json.RawMessage `json:"rtt_ms"`
				}
			}
			if err := json.Unmarshal(printed(t, "json", r), &o); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(keysOf(t, o.Flows[1].RTT), " "); got != tt.keys {
				t.Errorf("json: keys %s, want %s", got, tt.keys)
			}
		})
	}
}
