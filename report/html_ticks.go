package report

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
)

// ticks are the library's, with labels that tell them apart wherever the axis begins: its own are short of digits between
// 3.01 and 3.02.
type ticks struct{ plot.DefaultTicks }

// Ticks implements plot.Ticker.
func (t ticks) Ticks(from, to float64) []plot.Tick {
	all := t.DefaultTicks.Ticks(from, to)
	var labelled []*plot.Tick
	for i := range all {
		if !all[i].IsMinor() {
			labelled = append(labelled, &all[i])
		}
	}
	if len(labelled) < 2 {
		return all
	}
	decimals := decimalsOf(labelled[1].Value - labelled[0].Value)
	for _, tick := range labelled {
		tick.Label = strconv.FormatFloat(tick.Value, 'f', max(decimals, decimalsOf(tick.Value)), 64)
	}
	return all
}

// decimalsOf returns how many decimals it takes to write a number to within a thousandth of it, 9 at most.
func decimalsOf(v float64) int {
	for decimals := range 9 {
		scale := math.Pow10(decimals)
		if math.Abs(math.Round(v*scale)/scale-v) <= math.Abs(v)/1000 {
			return decimals
		}
	}
	return 9
}
