package field

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/fields.md anew")

const manualFile = "../docs/fields.md"

// TestManual protects docs/fields.md, which lists every field of the table and is made of it: go test ./field -update.
func TestManual(t *testing.T) {
	want := manual()
	if *update {
		if err := os.WriteFile(manualFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(manualFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the table says; run go test ./field -update", manualFile)
	}
}

// stageWords say when a value is known.
var stageWords = map[Stage]string{Decoded: "", Replied: "with earlier frames", Later: "with `-2`"}

// manual writes a section for each protocol, in the table's order.
func manual() string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Fields

Every field that display filters (`+"`-Y`"+`), `+"`-e`"+` and `+"`-G fields`"+` know, made of the table in package field. Names, types and labels are tshark's; those
that begin with `+"`icmpsniff.`"+` are our own. A field of a header that occurs more than once, in tunnels or in the datagram that an ICMP
error quotes, has as many values, outermost first. "Known" says what a value needs beyond the frame itself.
`)
	var protocols []string
	of := map[string][]*Field{}
	for _, f := range All() {
		if of[f.Protocol] == nil {
			protocols = append(protocols, f.Protocol)
		}
		of[f.Protocol] = append(of[f.Protocol], f)
	}
	for _, protocol := range protocols {
		fmt.Fprintf(&b, "\n## %s\n\n| field | type | what it is | known |\n|---|---|---|---|\n", protocol)
		for _, f := range of[protocol] {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", f.Name, f.Type.Words(), strings.ReplaceAll(f.Label, "|", `\|`), stageWords[f.Known])
		}
	}
	return b.String()
}
