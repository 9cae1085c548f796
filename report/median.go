package report

import (
	"slices"

	"github.com/DataDog/sketches-go/ddsketch"
)

const (
	exactMedian    = 1 << 21 // values that are kept, 8 bytes each
	medianAccuracy = 0.001   // relative, of the median of more
)

// median finds the middle of any number of values in bounded memory: exactly, up to exactMedian of them, and with a sketch
// (Masson, Rim, Lee: VLDB 2019) beyond. The zero median is ready.
type median struct {
	values []float64
	sketch *ddsketch.DDSketch
}

func (m *median) add(v float64) {
	if m.sketch == nil && len(m.values) == exactMedian {
		m.condense()
	}
	if m.sketch == nil {
		m.values = append(m.values, v)
		return
	}
	_ = m.sketch.Add(v) // fails beyond 1e300
}

// condense turns the values into a sketch.
func (m *median) condense() {
	sketch, err := ddsketch.LogCollapsingLowestDenseDDSketch(medianAccuracy, 1<<14)
	if err != nil {
		panic(err) // the accuracy is between 0 and 1
	}
	for _, v := range m.values {
		_ = sketch.Add(v)
	}
	m.sketch, m.values = sketch, nil
}

// value returns the middle value, the mean of the two middle ones of an even number, 0 of none.
func (m *median) value() float64 {
	if m.sketch != nil {
		v, _ := m.sketch.GetValueAtQuantile(0.5) // fails if it is empty
		return v
	}
	n := len(m.values)
	if n == 0 {
		return 0
	}
	slices.Sort(m.values)
	return (m.values[(n-1)/2] + m.values[n/2]) / 2
}
