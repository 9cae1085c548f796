package report

import "github.com/icmpsniff/icmpsniff/track"

// queriesTopic has a row for each flow of requests of another kind than echo.
var queriesTopic = topicOf("queries", "Other queries, times in ms", queryFlows, append([]column{
	{key: "kind", title: "Kind", kind: word, cell: queryFlows.cell(func(f *track.Flow) string { return f.Kind })},
}, queryFlows.columns()...))

var queryFlows = flowSet{
	rows:   func(s *track.Summary) []track.Flow { return s.Queries },
	counts: func(s *track.Summary) *track.Counts { return &s.Totals.Queries },
}
