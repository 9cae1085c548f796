package lab

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// lateAfter is when a reply counts as late in an account: icmpsniff's timeout, unless it is told another.
const lateAfter = time.Second

// An account is what a line did to the echo messages that it carried. It becomes part of the transcript: the truth about loss,
// duplication and order that no tool at either end can know. For each flow, in order of first request, it says
//
//	ASKER > TARGET id=N requests: in=N out=N lost=N doubled=N delayed=N overtaken=N
//	ASKER > TARGET id=N replies: in=N out=N lost=N doubled=N delayed=N overtaken=N
//	ASKER > TARGET id=N asker: sent=N received=N lost=N duplicates=N out_of_order=N late=N
//
// and then, for each of the asker's last four that is not 0, which sequence numbers, in order of when it happened:
//
//	ASKER > TARGET id=N lost: SEQ SEQ…
//
// in and out are frames at the line's two ends. delayed are those that did not leave at once, overtaken those that left
// after one that had come later. What the asker saw is counted at its end of the line, by sequence number, which no ping of
// a scenario with an account may use twice: a reply is late a second after its request came, out of order when the first
// reply to a later request left before it, and a duplicate when it is not the first.
type account struct {
	title string
	mu    sync.Mutex
	flows []*carried
}

// carried is the account of one flow.
type carried struct {
	echoFlow
	requests, replies            way
	questions                    []question
	furthest                     int      // index of the latest question that was answered
	duplicates, outOfOrder, late []uint16 // sequence numbers
}

// way is the account of one direction.
type way struct{ in, out, lost, doubled, delayed, overtaken, furthest int }

// question is a request as its asker knows it.
type question struct {
	seq      uint16
	asked    time.Time
	answered bool
}

// passage is one frame on its way through a line.
type passage struct {
	message echoMessage
	flow    *carried
	order   int // of its coming, from 1
	left    bool
}

func (f *carried) way(m echoMessage) *way {
	if m.reply {
		return &f.replies
	}
	return &f.requests
}

// came notes a frame that comes, and what will become of it. It returns nil for all but echo messages of requests that came before.
func (a *account) came(frame []byte, leaving []Departure, now time.Time) *passage {
	m, ok := readEcho(frame)
	if !ok {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	i := slices.IndexFunc(a.flows, func(f *carried) bool { return f.echoFlow == m.echoFlow })
	if i < 0 {
		if m.reply {
			return nil
		}
		i, a.flows = len(a.flows), append(a.flows, &carried{echoFlow: m.echoFlow, furthest: -1})
	}
	f := a.flows[i]
	w := f.way(m)
	w.in++
	switch {
	case len(leaving) == 0:
		w.lost++
	case len(leaving) > 1:
		w.doubled++
	}
	if len(leaving) > 0 && leaving[0].After > 0 {
		w.delayed++
	}
	if !m.reply {
		f.questions = append(f.questions, question{seq: m.seq, asked: now})
	}
	return &passage{message: m, flow: f, order: w.in}
}

// leave sends a frame and notes that it left; the order of notes is the order on the wire.
func (a *account) leave(p *passage, send func() error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := send(); err != nil || p == nil {
		return
	}
	w := p.flow.way(p.message)
	w.out++
	if !p.left && p.order < w.furthest {
		w.overtaken++
	}
	p.left, w.furthest = true, max(w.furthest, p.order)
	if p.message.reply {
		p.flow.reply(p.message.seq, time.Now())
	}
}

// reply notes a reply that leaves for its asker.
func (f *carried) reply(seq uint16, now time.Time) {
	i := slices.IndexFunc(f.questions, func(q question) bool { return q.seq == seq })
	if i < 0 {
		return
	}
	q := &f.questions[i]
	if q.answered {
		f.duplicates = append(f.duplicates, seq)
		return
	}
	q.answered = true
	if i < f.furthest {
		f.outOfOrder = append(f.outOfOrder, seq)
	}
	f.furthest = max(f.furthest, i)
	if now.Sub(q.asked) >= lateAfter {
		f.late = append(f.late, seq)
	}
}

// String is the account as transcripts have it.
func (a *account) String() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var b strings.Builder
	fmt.Fprintf(&b, "$ %s\n", a.title)
	for _, f := range a.flows {
		f.write(&b)
	}
	return b.String()
}

func (f *carried) write(b *strings.Builder) {
	flow := fmt.Sprintf("%s > %s id=%d", f.asker, f.target, f.id)
	for _, w := range []struct {
		name string
		way
	}{{"requests", f.requests}, {"replies", f.replies}} {
		fmt.Fprintf(b, "%s %s: in=%d out=%d lost=%d doubled=%d delayed=%d overtaken=%d\n",
			flow, w.name, w.in, w.out, w.lost, w.doubled, w.delayed, w.overtaken)
	}
	var lost []uint16
	for _, q := range f.questions {
		if !q.answered {
			lost = append(lost, q.seq)
		}
	}
	fmt.Fprintf(b, "%s asker: sent=%d received=%d lost=%d duplicates=%d out_of_order=%d late=%d\n",
		flow, len(f.questions), len(f.questions)-len(lost), len(lost), len(f.duplicates), len(f.outOfOrder), len(f.late))
	for _, list := range []struct {
		name string
		seqs []uint16
	}{{"lost", lost}, {"duplicates", f.duplicates}, {"out_of_order", f.outOfOrder}, {"late", f.late}} {
		if len(list.seqs) > 0 {
			fmt.Fprintf(b, "%s %s: %s\n", flow, list.name, strings.Trim(fmt.Sprint(list.seqs), "[]"))
		}
	}
}
