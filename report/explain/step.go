package explain

import (
	"net/netip"
	"strconv"

	"github.com/icmpsniff/icmpsniff/field"
	"github.com/icmpsniff/icmpsniff/report"
)

// step is one thing that happened, in words.
type step struct {
	key     stepKey
	group   stepKey // of steps that are summed up together; key if it is the zero value
	title   string
	drawing *drawing // nil if there is nothing to draw
	text    []string // paragraphs
	// what repeats it is summed up by:
	asks, answers bool  // it counts as a question, or an answer
	rtt           int64 // ns, of an answer; 0 if there is none
}

// stepKey names what happens again and again: a step with the key of an earlier one only repeats it.
type stepKey struct {
	kind   string // of the words for it
	a, b   netip.Addr
	number uint32
	detail uint32
}

// teaches adds a paragraph that holds for all steps of its kind, if there is one, unless it was there before.
func (s *Story) teaches(st *step, key string, a args) {
	if s.taught[key] || !s.words.has(key) {
		return
	}
	s.taught[key] = true // as many as there are sentences
	st.says(s, key, a)
}

// says adds a paragraph.
func (st *step) says(s *Story, key string, a args) { st.text = append(st.text, s.words.say(key, a)) }

// tell appends a step of a packet.
func (s *Story) tell(dst []byte, st *step, sub *field.Subject) []byte {
	p := sub.Packet
	dst = s.begin(dst)
	a := args{"step": strconv.FormatUint(s.steps, 10), "frame": number(p.Number), "title": st.title, "time": s.moment(sub)}
	key := "step"
	if len(p.Segments) > 0 {
		key = "step.network"
		a["network"] = report.NetworkName(p.Segments)
	}
	title := s.words.say(key, a)
	dst = s.options.Paint.Start(dst, p)
	dst = appendHanging(dst, indent, title)
	dst = s.options.Paint.End(dst)
	dst = st.body(dst)
	if s.options.Headers {
		dst = appendHeaders(dst, p)
	}
	return dst
}

// begin appends what goes before a step, and numbers it.
func (s *Story) begin(dst []byte) []byte {
	if s.steps > 0 {
		dst = append(dst, '\n')
	}
	s.steps++
	return dst
}

// body appends the drawing and the text.
func (st *step) body(dst []byte) []byte {
	if st.drawing != nil {
		dst = append(dst, '\n')
		dst = st.drawing.append(dst)
		if len(st.text) > 0 {
			dst = append(dst, '\n')
		}
	}
	for _, paragraph := range st.text {
		dst = appendWrapped(dst, indent, paragraph)
	}
	return dst
}

func (s *Story) moment(sub *field.Subject) string {
	s.time = s.options.Time.Append(s.time[:0], sub)
	return string(s.time)
}

func number(n uint64) string { return strconv.FormatUint(n, 10) }
