package lab

import (
	"strings"
	"testing"
	"time"
)

// Protects the truth that reports are compared with: an account counts what a line did to each message, and what came of it for
// the asker, and nothing else.
func TestAccount(t *testing.T) {
	start := time.Now()
	passes, loses := []Departure{{}}, []Departure(nil)
	doubles, lags := []Departure{{}, {After: ms}}, []Departure{{After: ms}}
	a := account{title: "cable from a to b"}
	came := func(reply bool, seq uint16, fate []Departure) *passage {
		return a.came(echo4(reply, 7, seq), fate, start)
	}
	leave := func(p *passage) { a.leave(p, func() error { return nil }) }

	leave(came(true, 9, passes)) // nobody asked
	leave(a.came(frame(ethernetARP, make([]byte, 28)...), passes, start))
	p := came(false, 1, lags)
	leave(came(false, 2, passes)) // overtakes 1
	leave(p)
	came(false, 3, loses)
	q := came(false, 4, doubles)
	leave(q)
	leave(q)
	leave(came(true, 2, passes))
	leave(came(true, 1, passes)) // out of order, for the asker
	came(true, 4, loses)
	leave(came(true, 4, passes))
	r := came(true, 4, doubles)
	leave(r)
	leave(r)
	late := a.came(echo4(false, 7, 5), passes, start.Add(-lateAfter))
	leave(late)
	leave(came(true, 5, passes))

	want := `$ cable from a to b
192.0.2.11 > 192.0.2.12 id=7 requests: in=5 out=5 lost=1 doubled=1 delayed=1 overtaken=1
192.0.2.11 > 192.0.2.12 id=7 replies: in=6 out=6 lost=1 doubled=1 delayed=0 overtaken=0
192.0.2.11 > 192.0.2.12 id=7 asker: sent=5 received=4 lost=1 duplicates=2 out_of_order=1 late=1
192.0.2.11 > 192.0.2.12 id=7 lost: 3
192.0.2.11 > 192.0.2.12 id=7 duplicates: 4 4
192.0.2.11 > 192.0.2.12 id=7 out_of_order: 1
192.0.2.11 > 192.0.2.12 id=7 late: 5
`
	if got := a.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// What a line of the lab really carried is in its account, over both families and both ways, and on a spliced cable and a trunk, too.
func TestAccountsOfLines(t *testing.T) {
	needs(t, "ping")
	loss := onEachFlow(passes, loses)
	for _, c := range []struct {
		name   string
		cable  Cable
		target string
	}{
		{"between two hosts", shaped(nil, loss), "192.0.2.12"},
		{"before the last host", spliced(loss, nil), "203.0.113.14"},
		{"behind a trunk", shapedTrunk(vlan(10), nil, loss), "192.0.2.12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := New(Options{IPv6: true})
			if err != nil {
				t.Fatal(err)
			}
			defer n.Close()
			if err := c.cable.Lay(n); err != nil {
				t.Fatal(err)
			}
			said, err := n.transcript(t.Context(), []string{"h1: ping -n -c 3 -i 0.02 " + c.target})
			if err != nil || !strings.Contains(said, "3 packets transmitted, 2 received") {
				t.Fatalf("%v\n%s", err, said)
			}
			if len(n.accounts) != 1 || !strings.Contains(n.accounts[0].String(), "asker: sent=3 received=2 lost=1 duplicates=0") {
				t.Errorf("accounts: %v", n.accounts)
			}
		})
	}
}
