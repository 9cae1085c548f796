package top

import "github.com/icmpsniff/icmpsniff/track"

// bars are the heights of a round trip, the longest of those beside it being the highest.
var bars = [...]rune{'▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}

// Signs of requests without a reply.
const (
	lostSign    = '×'
	pendingSign = '·'
)

// spark draws what became of the latest requests, the newest to the right, no more than width of them.
func spark(outcomes []track.Outcome, width int) string {
	outcomes = outcomes[max(0, len(outcomes)-width):]
	longest := track.Outcome(1)
	for _, o := range outcomes {
		longest = max(longest, o)
	}
	drawn := make([]rune, len(outcomes))
	for i, o := range outcomes {
		switch o {
		case track.OutcomeLost:
			drawn[i] = lostSign
		case track.OutcomePending:
			drawn[i] = pendingSign
		default:
			drawn[i] = bars[min(int(float64(o)/float64(longest)*float64(len(bars))), len(bars)-1)]
		}
	}
	return string(drawn)
}
