package report

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// The objects of the JSON report. Times are numbers of ms unless a key says otherwise, and absent when not known, as
// is the rtt_ms of a row without a sample. loss_percent is null while nothing is decided, and for a group, of which
// nobody has to answer. A list without members is [], never null.

type jsonCapture struct {
	Sources          []jsonSource `json:"sources"`
	Frames           uint64       `json:"frames"`
	Bytes            uint64       `json:"bytes"`
	First            string       `json:"first,omitempty"` // RFC 3339, UTC, ns
	Last             string       `json:"last,omitempty"`
	DurationS        *float64     `json:"duration_s,omitempty"`
	KernelDropped    uint64       `json:"kernel_dropped"`
	Evicted          uint64       `json:"evicted"`
	Error            *string      `json:"error"`
	InterfaceDropped uint64       `json:"interface_dropped"`
	Live             bool         `json:"live"`
}

type jsonSource struct {
	Name     string `json:"name"`
	LinkType string `json:"link_type"`
}

func captureObject(r *Report) jsonCapture {
	c := &r.Capture
	o := jsonCapture{
		Sources: make([]jsonSource, len(c.Sources)), Frames: c.Frames, Bytes: c.Bytes, KernelDropped: c.KernelDropped,
		Evicted: r.evicted(), InterfaceDropped: c.InterfaceDropped, Live: c.Live,
	}
	for i, s := range c.Sources {
		o.Sources[i] = jsonSource(s)
	}
	if c.HasTime {
		o.First, o.Last = timestamp(c.First, 9), timestamp(c.Last, 9)
		duration := float64(decode.Between(c.First, c.Last)) / 1e9
		o.DurationS = &duration
	}
	if c.Err != nil {
		sentence := c.Err.Error()
		o.Error = &sentence
	}
	return o
}

// jsonCounts are what flows and the totals count.
type jsonCounts struct {
	Sent        uint64   `json:"sent"`
	Received    uint64   `json:"received"`
	Lost        uint64   `json:"lost"`
	Pending     uint64   `json:"pending"`
	Duplicates  uint64   `json:"duplicates"`
	Copies      uint64   `json:"copies"`
	OutOfOrder  uint64   `json:"out_of_order"`
	Late        uint64   `json:"late"`
	Errors      uint64   `json:"errors"`
	LossPercent *float64 `json:"loss_percent"`
}

func countsObject(c *track.Counts) jsonCounts {
	o := jsonCounts{
		Sent: c.Sent, Received: c.Received, Lost: c.Lost, Pending: c.Pending, Duplicates: c.Duplicates, Copies: c.Copies,
		OutOfOrder: c.OutOfOrder, Late: c.Late, Errors: c.Errors,
	}
	if p, decided := c.LossPercent(); decided {
		p = rounded(p*1e6, 1e6)
		o.LossPercent = &p
	}
	return o
}

type jsonFlow struct {
	Kind        string     `json:"kind"`
	Family      int        `json:"family"`
	Source      netip.Addr `json:"source"`
	Destination netip.Addr `json:"destination"`
	ID          uint16     `json:"id"`
	jsonNetwork
	jsonCounts
	RTT        *jsonRTT `json:"rtt_ms,omitempty"`
	FirstFrame uint64   `json:"first_frame"`
	LastFrame  uint64   `json:"last_frame"`
	Group      bool     `json:"group"`
	Responders *uint64  `json:"responders,omitempty"` // of a group
	Unmatched  uint64   `json:"unmatched"`
	Backwards  uint64   `json:"backwards"`
}

// flowsOf returns the flows of all kinds in the report's order; of equals, those of echo come first.
func flowsOf(r *Report) []*track.Flow {
	s := r.Summary
	flows := make([]*track.Flow, 0, len(s.Flows)+len(s.Queries))
	for _, kind := range [...][]track.Flow{s.Flows, s.Queries} {
		for i := range kind {
			flows = append(flows, &kind[i])
		}
	}
	if keys := slices.Concat(r.Order.keys(&echoTopic, r), r.Order.keys(&queriesTopic, r)); len(keys) > 0 {
		sorted(flows, keys, r.Order)
		return flows
	}
	slices.SortStableFunc(flows, func(a, b *track.Flow) int { return cmp.Compare(a.FirstFrame, b.FirstFrame) })
	return flows
}

func flowObject(f *track.Flow) jsonFlow {
	o := jsonFlow{
		Kind: f.Kind, Family: f.Family, Source: f.Source, Destination: f.Destination, ID: f.ID, jsonNetwork: networkObject(f.Segments),
		jsonCounts: countsObject(&f.Counts), RTT: rttObject(&f.RTT), FirstFrame: f.FirstFrame, LastFrame: f.LastFrame,
		Group: f.Group, Unmatched: f.Unmatched, Backwards: f.Backwards,
	}
	if f.Group {
		o.LossPercent, o.Responders = nil, &f.Responders
	}
	return o
}

// jsonRTT is a distribution of times in ms. The later ones are absent where they say nothing: jitter of one sample,
// percentiles of a resolution or of a flow there was no room for, and the relative error of percentiles that are exact.
type jsonRTT struct {
	Min     float64  `json:"min"`
	Avg     float64  `json:"avg"`
	Max     float64  `json:"max"`
	MDev    *float64 `json:"mdev,omitempty"`
	P50     *float64 `json:"p50,omitempty"`
	P95     *float64 `json:"p95,omitempty"`
	P99     *float64 `json:"p99,omitempty"`
	Jitter  *float64 `json:"jitter,omitempty"`
	Samples uint64   `json:"samples"`
	Error   float64  `json:"percentile_error,omitempty"` // 0.01 is one percent
}

func rttObject(t *track.RTT) *jsonRTT {
	if t.N == 0 {
		return nil
	}
	ms := func(ns float64) *float64 { v := rounded(ns, 1e6); return &v }
	o := spanObject(t)
	o.MDev = ms(t.MDev)
	if !t.NoPercentiles {
		o.P50, o.P95, o.P99 = ms(t.P50), ms(t.P95), ms(t.P99)
	}
	if t.N > 1 {
		o.Jitter = ms(t.Jitter)
	}
	if t.Sketched {
		o.Error = track.SketchAccuracy
	}
	return o
}

// spanObject holds minimum, mean and maximum alone.
func spanObject(t *track.RTT) *jsonRTT {
	if t.N == 0 {
		return nil
	}
	return &jsonRTT{Min: float64(t.Min) / 1e6, Avg: rounded(t.Avg, 1e6), Max: float64(t.Max) / 1e6, Samples: t.N}
}

type jsonResolution struct {
	Protocol string `json:"protocol"`
	Asker    string `json:"asker"`
	AskerMAC string `json:"asker_mac"` // "" if the link has none
	Target   string `json:"target"`
	jsonNetwork
	Requests   uint64   `json:"requests"`
	Unanswered uint64   `json:"unanswered"`
	Replies    uint64   `json:"replies"`
	Status     string   `json:"status"`
	AnsweredBy []string `json:"answered_by"`
	RTT        *jsonRTT `json:"rtt_ms,omitempty"`
	FirstFrame uint64   `json:"first_frame"`
	LastFrame  uint64   `json:"last_frame"`
	Told       string   `json:"told,omitempty"` // by RARP and InARP, whose target is a MAC: its address
}

func resolutionObject(q *track.Resolution) jsonResolution {
	o := jsonResolution{
		Protocol: q.Protocol.String(), Asker: asker(q), AskerMAC: mac(q.AskerMAC), Target: asked(q), jsonNetwork: networkObject(q.Segments),
		Requests: q.Requests, Unanswered: q.Unanswered, Replies: q.Replies, Status: q.Status.String(),
		AnsweredBy: make([]string, len(q.AnsweredBy)), RTT: spanObject(&q.RTT), FirstFrame: q.FirstFrame, LastFrame: q.LastFrame,
		Told: address(q.Told),
	}
	for i, m := range q.AnsweredBy {
		o.AnsweredBy[i] = mac(m)
	}
	return o
}

// jsonTotals count what was evicted too, unlike the rows.
type jsonTotals struct {
	Echo        jsonCounts `json:"echo"`
	Queries     jsonCounts `json:"queries"` // other than echo
	Resolutions struct {
		Requests   uint64 `json:"requests"`
		Answered   uint64 `json:"answered"`
		Unanswered uint64 `json:"unanswered"`
	} `json:"resolutions"`
}

func totalsObject(t *track.Totals) jsonTotals {
	o := jsonTotals{Echo: countsObject(&t.Echo), Queries: countsObject(&t.Queries)}
	o.Resolutions.Requests, o.Resolutions.Answered, o.Resolutions.Unanswered = t.Requests, t.Answered, t.Unanswered
	return o
}
