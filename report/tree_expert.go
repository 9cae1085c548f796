package report

import "github.com/icmpsniff/icmpsniff/field"

// Expert information is what tshark remarks on a packet, with how grave it is and what it is about. Of its many remarks, these
// are the ones on the protocols that are shown in full.

// remark is what one of them says.
type remark struct {
	field           *field.Field
	severity, group rank
	text            func(t *tree)
}

// rank is a severity or a group, and the number that JSON has for it.
type rank struct {
	name   string
	number uint64
}

var (
	chat    = rank{"Chat", 0x00200000}
	note    = rank{"Note", 0x00400000}
	warning = rank{"Warning", 0x00600000}
	grave   = rank{"Error", 0x00800000}

	onChecksum   = rank{"Checksum", 0x01000000}
	onSequence   = rank{"Sequence", 0x02000000}
	onMalformed  = rank{"Malformed", 0x07000000}
	onProtocol   = rank{"Protocol", 0x09000000}
	onUndecoded  = rank{"Undecoded", 0x05000000}
	onDeprecated = rank{"Deprecated", 0x0e000000}
)

// The nodes that a remark is made of.
var (
	expertField   = &field.Field{Name: "_ws.expert", Label: "Expert Info", Type: field.Protocol, Protocol: "_ws.expert"}
	messageField  = &field.Field{Name: "_ws.expert.message", Label: "Message", Type: field.String, Protocol: "_ws.expert"}
	severityField = &field.Field{Name: "_ws.expert.severity", Label: "Severity level", Type: field.Uint32, Protocol: "_ws.expert"}
	groupField    = &field.Field{Name: "_ws.expert.group", Label: "Group", Type: field.Uint32, Protocol: "_ws.expert"}
)

// expert adds a remark wherever a field of the table, which has no value but is there, is there.
func expert(name string, severity, group rank, text func(t *tree)) row {
	r := show(name)
	m := remark{r.field, severity, group, text}
	return row{call: func(t *tree) {
		from := len(t.values)
		t.values = t.read(&r, t.values)
		there := len(t.values) > from
		t.values = t.values[:from]
		if there && (m.field.Known != field.Later || t.twoPass) {
			t.remark(&m)
		}
	}}
}

// says is the text of a remark that is always the same.
func says(text string) func(t *tree) { return func(t *tree) { t.str(text) } }

func (t *tree) remark(m *remark) {
	t.begin(expertField, field.Value{}, generated)
	t.str("Expert Info (").str(m.severity.name).str("/").str(m.group.name).str("): ")
	m.text(t)
	t.end()
	t.depth++
	t.begin(m.field, field.Value{}, generated)
	from := len(t.text)
	m.text(t)
	to := len(t.text)
	t.end()
	t.begin(messageField, field.Value{Bytes: t.text[from:to:to]}, hidden)
	t.end()
	t.rank(severityField, m.severity)
	t.rank(groupField, m.group)
	t.depth--
}

func (t *tree) rank(f *field.Field, r rank) {
	t.begin(f, field.Value{Uint: r.number}, generated)
	t.str(f.Label).str(": ").str(r.name).end()
}
