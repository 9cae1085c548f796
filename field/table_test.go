package field

import (
	"bufio"
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// TestTable checks what every entry must have.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range All() {
		switch {
		case f.Name == "" || f.Label == "" || f.Protocol == "":
			t.Errorf("%q has no name, label or protocol", f.Name)
		case seen[f.Name]:
			t.Errorf("%s is there twice", f.Name)
		case f.Type.Unsigned() && f.Type != Boolean && f.Type != FrameNum && f.Base == NoBase && f.Names == nil:
			t.Errorf("%s is a number without a base", f.Name)
		case f.Type == Boolean && len(f.Names) == 0 && f.read == nil:
			t.Errorf("%s is a boolean without names", f.Name)
		}
		seen[f.Name] = true
		if got, ok := Lookup(f.Name); !ok || got != f {
			t.Errorf("Lookup(%q) = %v, %v", f.Name, got, ok)
		}
		for other := f.also; other != nil; other = other.also {
			if other.Type != f.Type {
				t.Errorf("%s has two types, %s and %s", f.Name, f.Type, other.Type)
			}
		}
	}
}

// TestNamedAsTshark asks the tshark of this machine: every field that is not our own has its name, label and type there.
func TestNamedAsTshark(t *testing.T) {
	if _, err := exec.LookPath("tshark"); err != nil {
		t.Skip("tshark is not installed")
	}
	out, err := exec.Command("tshark", "-G", "fields").Output()
	if err != nil {
		t.Skip(err)
	}
	theirs := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		switch cells := strings.Split(lines.Text(), "\t"); cells[0] {
		case "F":
			theirs[cells[2]] = fmt.Sprintf("%s %q", cells[3], cells[1])
		case "P":
			theirs[cells[2]] = fmt.Sprintf("%s %q", Protocol, cells[1])
		}
	}
	for _, f := range All() {
		if strings.HasPrefix(f.Name, "icmpsniff.") {
			continue
		}
		if ours := fmt.Sprintf("%s %q", f.Type, f.Label); ours != theirs[f.Name] {
			t.Errorf("%s is %s, tshark's is %s", f.Name, ours, theirs[f.Name])
		}
	}
}

// TestFlagNames protects the words of flags that mean something else than being set.
func TestFlagNames(t *testing.T) {
	for name, want := range map[string][2]string{
		"icmpv6.ni.flag.a": {"Unicast addresses on the queried interface", "All unicast address"},
		"icmpv6.ni.flag.g": {"Not set", "Set"},
	} {
		f, ok := Lookup(name)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		for value, word := range want {
			if got := f.NameOf(uint64(value)); got != word {
				t.Errorf("%s of %d is %q, want %q", name, value, got, word)
			}
		}
	}
}

// TestNear pins the suggestions for misspelt names.
func TestNear(t *testing.T) {
	for name, want := range map[string]string{
		"icmp.tpye": "icmp.type", "ip.scr": "ip.src", "arp.opcodes": "arp.opcode", "IP.SRC": "ip.src", "ttl": "ip.ttl", "xyzzy.plugh": "",
	} {
		if got := Near(name); got != want {
			t.Errorf("Near(%q) = %q, want %q", name, got, want)
		}
	}
}
