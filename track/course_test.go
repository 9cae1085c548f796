package track

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// coursed protects that a course says what its flow's row says, whatever was late, evicted, refused or joined.
func coursed(t *testing.T, seed uint64, f *Flow) {
	t.Helper()
	if f.Course == nil {
		return
	}
	var sum Moment
	for i, m := range f.Course.Moments {
		if i > 0 && m.Time < f.Course.Moments[i-1].Time {
			t.Errorf("seed %d: moment %d is before the one before it", seed, i)
		}
		sum.Received += m.Received
		sum.Lost += m.Lost
		sum.Errors += m.Errors
		if m.N > 0 && (sum.N == 0 || m.Min < sum.Min) {
			sum.Min = m.Min
		}
		sum.Max = max(sum.Max, m.Max)
		sum.N += m.N
	}
	want := Moment{Received: f.Received, Lost: f.Lost, Errors: f.Errors, N: f.RTT.N, Min: f.RTT.Min, Max: f.RTT.Max}
	if diff := cmp.Diff(want, sum); diff != "" {
		t.Errorf("seed %d: moments of %s → %s (-row +sum):\n%s", seed, f.Source, f.Destination, diff)
	}
	var times uint64
	for _, v := range f.Course.Times {
		times += v.N
	}
	if !f.RTT.NoPercentiles && times != f.RTT.N {
		t.Errorf("seed %d: a distribution of %d round-trip times, want %d", seed, times, f.RTT.N)
	}
}

// TestCourse protects what becomes of each kind of request, at the time it was sent, and that what is not decided is not drawn.
func TestCourse(t *testing.T) {
	for _, c := range []struct {
		name    string
		packets []packet
		want    []Moment
	}{
		{"answered, lost, pending", []packet{ping(0, 1), pong(soon, 1), ping(second, 2), ping(3*second, 3)},
			[]Moment{{Time: 0, Received: 1, N: 1, Min: soon, Max: soon, Avg: float64(soon)}, {Time: second, Lost: 1}}},
		{"late: lost no more", []packet{ping(0, 1), pong(2*second, 1)},
			[]Moment{{Time: 0, Received: 1, N: 1, Min: 2 * second, Max: 2 * second, Avg: float64(2 * second)}}},
		{"refused", []packet{ping(0, 1), icmpError(ms, "10.0.0.1", 3, 1, ping(0, 1))}, []Moment{{Time: 0, Lost: 1, Errors: 1}}},
		{"refused, and answered after all", []packet{ping(0, 1), icmpError(ms, "10.0.0.1", 3, 1, ping(0, 1)), pong(soon, 1)},
			[]Moment{{Time: 0, Received: 1, N: 1, Min: soon, Max: soon, Avg: float64(soon)}}},
		{"a duplicate is no second answer", []packet{ping(0, 1), pong(soon, 1), pong(2*soon, 1)},
			[]Moment{{Time: 0, Received: 1, N: 1, Min: soon, Max: soon, Avg: float64(soon)}}},
		{"in the same microsecond", []packet{ping(0, 1), ping(400, 2), pong(3000, 1), pong(4400, 2)},
			[]Moment{{Time: 0, Received: 2, N: 2, Min: 3000, Max: 4000, Avg: 3500}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := watch(t, Options{History: true}, c.packets...).tracker.Summary().Flows[0]
			if diff := cmp.Diff(c.want, f.Course.Moments); diff != "" {
				t.Errorf("moments (-want +got):\n%s", diff)
			}
		})
	}
	if f := watch(t, Options{}, ping(0, 1), pong(soon, 1)).tracker.Summary().Flows[0]; f.Course != nil {
		t.Error("a course was kept although nobody asked for one")
	}
}

// TestLongCourse protects the bound of a course's moments, and that they stay in order and complete when they are joined.
func TestLongCourse(t *testing.T) {
	var packets []packet
	for i := range int64(2000) {
		packets = append(packets, ping(i*100*ms, uint16(i)))
		if i%7 != 0 {
			packets = append(packets, pong(i*100*ms+soon, uint16(i)))
		}
	}
	f := watch(t, Options{History: true}, packets...).tracker.Summary().Flows[0]
	coursed(t, 0, &f)
	if n := len(f.Course.Moments); n > maxMoments || n < maxMoments/4 {
		t.Errorf("%d moments for %d requests, want at most %d and not far fewer", n, f.Sent, maxMoments)
	}
	if f.Course.Width < 200*ms {
		t.Errorf("moments of %d ns do not cover 200 s", f.Course.Width)
	}
}

// TestCoursesAmongSweeps protects that a sweep of more hosts than there is room for takes no course from a ping that lasts.
func TestCoursesAmongSweeps(t *testing.T) {
	packets := []packet{ping(0, 1), pong(soon, 1), ping(second, 2), pong(second+soon, 2)}
	for i := range 2 * maxCourses {
		host := ping(2*second+int64(i)*ms, 1)
		host.dst = "10.1." + string('0'+byte(i/100)) + "." + string('0'+byte(i/10%10)) + string('0'+byte(i%10))
		if i/10%10 == 0 {
			host.dst = "10.1." + string('0'+byte(i/100)) + "." + string('0'+byte(i%10))
		}
		packets = append(packets, host)
	}
	last := ping(10*second, 1)
	last.dst = c4
	packets = append(packets, last, last.later(second).with(func(b []byte) { b[7] = 2 }), ping(20*second, 3))
	flows := watch(t, Options{History: true}, packets...).tracker.Summary().Flows
	courses := 0
	for i := range flows {
		coursed(t, 0, &flows[i])
		if flows[i].Course != nil {
			courses++
		}
	}
	if courses != maxCourses {
		t.Errorf("%d courses, want %d", courses, maxCourses)
	}
	for _, target := range []string{b4, c4} {
		i := slices.IndexFunc(flows, func(f Flow) bool { return f.Destination.String() == target })
		if flows[i].Course == nil || len(flows[i].Course.Moments) != 2 {
			t.Errorf("the ping to %s has no course of two moments: %+v", target, flows[i].Course)
		}
	}
}
