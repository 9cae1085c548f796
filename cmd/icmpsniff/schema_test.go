package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemaFile is the shape of the JSON report, which programs may rely on.
const schemaFile = "../../docs/report.schema.json"

// schema compiles the schema; formats, such as those of addresses, are checked too. A pointer, such as "#/$defs/flow", takes a
// part of it.
func schema(t *testing.T, pointer string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile(schemaFile + pointer)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// unmarshalled reads JSON as the validator wants it, with numbers as they are written.
func unmarshalled(t *testing.T, text string) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v
}

// Protects those who read reports by program: the report of every capture of the lab is of the documented shape, one that ends
// within a frame included, and so are those made by hand, in which everything occurs.
func TestReportIsOfItsSchema(t *testing.T) {
	s := schema(t, "")
	for _, c := range captures(t) {
		t.Run(c.name, func(t *testing.T) {
			out := sniff(t, "-q", "--report", "json", c.path)
			if err := s.Validate(unmarshalled(t, out.stdout)); err != nil {
				t.Errorf("%v\n%s", err, out.stdout)
			}
		})
	}
	made, err := filepath.Glob("../../report/testdata/report/*.json")
	if err != nil || len(made) < 4 {
		t.Fatalf("%d reports made by hand, expected 4 or more; %v", len(made), err)
	}
	for _, path := range made {
		t.Run("made/"+filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(unmarshalled(t, string(text))); err != nil {
				t.Error(err)
			}
		})
	}
}

// Protects against a schema that takes anything: whatever key is missing from a report, or added to it, is told, and so is every
// value of another type.
func TestSchemaIsStrict(t *testing.T) {
	text, err := os.ReadFile("../../report/testdata/report/everything.json")
	if err != nil {
		t.Fatal(err)
	}
	s := schema(t, "")
	report := unmarshalled(t, string(text))
	if err := s.Validate(report); err != nil {
		t.Fatal(err)
	}
	// The keys that are absent where something is not known, and those that only here may be.
	optional := strings.Fields("rtt_ms jitter percentile_error vni told queries .neighbors.mac .neighbors.claims.first .neighbors.claims.last " +
		".errors.about_frame .errors.about .errors.about.source .errors.about.protocol .errors.about.id .errors.about.seq .errors.about.source_port " +
		".errors.about.destination_port .errors.time .errors.mtu .errors.gateway .errors.pointer .errors.mpls .errors.interfaces .errors.interfaces.name " +
		".errors.interfaces.address .errors.interfaces.index .errors.interfaces.mtu .paths.ended_by .path_mtu.obeyed .path_mtu.exceeded_frame " +
		".clocks.round_trip_ms .clocks.offset_ms .clocks.processing_ms")
	open := strings.Fields("errors paths path_mtu clocks notes") // lists whose rows may have further keys
	changes := 0
	refused := func(path, what string) {
		t.Helper()
		changes++
		if s.Validate(report) == nil {
			t.Errorf("%s: %s, and the schema does not mind", path, what)
		}
	}
	var visit func(path string, v any)
	visit = func(path string, v any) {
		switch v := v.(type) {
		case []any:
			for _, member := range v {
				visit(path, member)
			}
		case map[string]any:
			v["surprise"] = true
			refused(path, "a key is added")
			delete(v, "surprise")
			for _, key := range slices.Sorted(maps.Keys(v)) {
				value := v[key]
				v[key] = map[string]any{"surprise": true}
				refused(path+"."+key, "it is an object like no other")
				if delete(v, key); !slices.Contains(optional, key) && !slices.Contains(optional, path+"."+key) {
					refused(path+"."+key, "it is missing")
				}
				v[key] = value
				if !slices.Contains(open, key) {
					visit(path+"."+key, value)
				}
			}
		}
	}
	visit("", report)
	if changes < 300 {
		t.Errorf("%d changes were made, expected 300 or more", changes)
	}
}

// Protects the meaning of values: what the schema takes for one, and what nearly is.
func TestSchemaParts(t *testing.T) {
	const (
		neighbor = `"address":"192.0.2.1","vlan":[],"first_frame":1,"last_frame":9,"macs":["02:00:00:00:00:01"],"router":false,"claims":[{"mac":"02:00:00:00:00:01","first_frame":1,"last_frame":9}]`
		failure  = `"frame":12,"reporter":"192.0.2.1","type":3,"name":"Host unreachable","family":4,"receiver":"192.0.2.11","vlan":[],"translated":false,"copies":0`
		hop      = `"sent":3,"received":3,"lost":0,"pending":0,"loss_percent":0`
		path     = `"source":"192.0.2.1","destination":"192.0.2.9","reached":true,"family":4,"vlan":[],"rounds":1,"first_frame":1,"last_frame":9`
		limit    = `"destination":"192.0.2.9","reporter":"192.0.2.1","frame":2,"vlan":[],"sender":"192.0.2.11","reports":1`
		clock    = `"source":"192.0.2.1","destination":"192.0.2.9","reference":"source","assumption":"…","non_standard":0,"vlan":[],"first_frame":1,"last_frame":2`
		span     = `"min":1,"avg":1.5,"max":2,"mdev":0.5,"samples":2`
		flow     = `"kind":"echo","family":4,"source":"192.0.2.1","destination":"192.0.2.9","id":1,"vlan":[],"sent":1,"received":1,"lost":0,"pending":0,` +
			`"duplicates":0,"copies":0,"out_of_order":0,"late":0,"errors":0,"first_frame":1,"last_frame":2,"unmatched":0,"backwards":0`
		noVLAN = `"address":"192.0.2.1","state":"failed","first_frame":1,"last_frame":9,"macs":[],"router":false,"claims":[]`
	)
	tests := []struct {
		part, text string
		valid      bool
	}{
		{"address", `"192.0.2.1"`, true},
		{"address", `"2001:db8::1"`, true},
		{"address", `"192.0.2.256"`, false},
		{"address", `"localhost"`, false},
		{"mac", `"02:00:c0:00:02:0b"`, true},
		{"mac", `"02:00:C0:00:02:0B"`, false},
		{"mac", `"02:00:c0:00:02"`, false},
		{"time", `"2026-11-22T02:32:10.019214000Z"`, true},
		{"time", `"2026-11-22T02:32:10.019214Z"`, false},
		{"time", `"2026-13-22T02:32:10.019214000Z"`, false},
		{"vlan", `[100,7]`, true},
		{"vlan", `[4096]`, false},
		{"frame", `1`, true},
		{"frame", `0`, false},
		{"count", `0`, true},
		{"count", `1.5`, false},
		{"round_trips", `{` + span + `}`, true},
		{"round_trips", `{` + span + `,"p50":1,"p95":2,"p99":2}`, true},
		{"round_trips", `{` + span + `,"p50":1}`, false},
		{"round_trips", `{` + span + `,"percentile_error":0.01}`, false},
		{"flow", `{` + flow + `,"group":false,"loss_percent":0}`, true},
		{"flow", `{` + flow + `,"group":false,"loss_percent":null}`, true},
		{"flow", `{` + flow + `,"group":false,"loss_percent":101}`, false},
		{"flow", `{` + flow + `,"group":false,"loss_percent":0,"responders":1}`, false},
		{"flow", `{` + flow + `,"group":true,"loss_percent":null,"responders":3}`, true},
		{"flow", `{` + flow + `,"group":true,"loss_percent":null}`, false},
		{"flow", `{` + flow + `,"group":true,"loss_percent":0,"responders":3}`, false},
		{"neighbor", `{` + neighbor + `,"state":"reachable","mac":"02:00:00:00:00:01","router":true}`, true},
		{"neighbor", `{` + neighbor + `,"state":"REACHABLE"}`, false},
		{"neighbor", `{` + noVLAN + `}`, false},
		{"vni", `[5000, 16777215]`, true},
		{"vni", `[16777216]`, false},
		{"vni", `[]`, false},
		{"error", `{` + failure + `,"code":1}`, true},
		{"error", `{` + failure + `,"code":1,"about_frame":9,"about":{"source":"192.0.2.1","destination":"192.0.2.9","protocol":"icmp","id":1,"seq":2}}`, true},
		{"error", `{` + failure + `,"code":256}`, false},
		{"error", `{` + failure + `,"code":1,"about":{"source":"192.0.2.1"}}`, false},
		{"path", `{` + path + `,"method":"udp","hops":[{"ttl":1,` + hop + `,"responders":[]}]}`, true},
		{"path", `{` + path + `,"method":"icmp","hops":[{"ttl":1,` + hop + `,"responders":[{"address":"192.0.2.1","received":3,"rtt_ms":{` + span + `},"mpls":[]}]}]}`, true},
		{"path", `{` + path + `,"method":"sctp","hops":[]}`, false},
		{"path", `{` + path + `,"method":"tcp","hops":[{"ttl":0,` + hop + `,"responders":[]}]}`, false},
		{"path_mtu", `{` + limit + `,"mtu":1400}`, true},
		{"path_mtu", `{` + limit + `,"mtu":"1400"}`, false},
		{"clock", `{` + clock + `,"round_trip_ms":0.5,"offset_ms":-12.5,"samples":3}`, true},
		{"clock", `{` + clock + `,"offset_ms":-12.5}`, false},
		{"note", `{"severity":"warning","kind":"arp-conflict","text":"Two hosts claim 192.0.2.1.","frames":[1,2],"count":2,"about":"192.0.2.1","vlan":[]}`, true},
		{"note", `{"severity":"fatal","kind":"arp-conflict","text":"Two hosts claim 192.0.2.1.","frames":[1,2],"count":2,"about":"192.0.2.1","vlan":[]}`, false},
		{"note", `{"severity":"info","kind":"ARP conflict","text":"Two hosts claim 192.0.2.1.","frames":[1,2],"count":2,"about":"192.0.2.1","vlan":[]}`, false},
	}
	for _, tt := range tests {
		if err := schema(t, "#/$defs/"+tt.part).Validate(unmarshalled(t, tt.text)); (err == nil) != tt.valid {
			t.Errorf("%s %s: valid %v, want %v: %v", tt.part, tt.text, err == nil, tt.valid, err)
		}
	}
}
