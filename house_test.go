package icmpsniff_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/icmpsniff/icmpsniff"

// everything is the permission of what stands at the end of the chain, and of the workshops beside the house.
const everything = "*"

// house lists every package and what it may import of the others, in its code; tests may use more. It is drawn in README.md.
// A new import in the wrong direction is a question about the design: answer it there first.
var house = map[string]string{
	"decode":     "",
	"track":      "decode",
	"field":      "track decode",
	"filter":     "field",
	"filter/bpf": "",
	"capture":    "",
	"report":     "field track decode",
	"report/top": "report field track decode",
	"pipeline":   "filter field track decode",

	"report/explain": "report field track decode",

	"cmd/icmpsniff":        everything,
	"bench":                everything,
	"lab":                  "",
	"lab/make":             "lab",
	"internal/testframes":  "decode",
	"internal/testsummary": "",
}

// withC may use cgo, their own or gopacket's, for libpcap.
var withC = []string{"capture", "filter/bpf"}

// pureGo must build where there is neither a C compiler nor libpcap: there they are fuzzed and reused.
var pureGo = []string{"decode", "track", "field", "filter", "report", "report/top", "report/explain"}

// pkg is what go list says of a package.
type pkg struct {
	ImportPath string
	Standard   bool
	CgoFiles   []string
	Imports    []string
}

// room is the package's path inside the module, and false if it is not of the module.
func room(importPath string) (string, bool) { return strings.CutPrefix(importPath, module+"/") }

// rooms lists the module's packages that have code, not only tests.
func rooms(t *testing.T) map[string]pkg {
	t.Helper()
	found := map[string]pkg{}
	for _, p := range list(t, "./...") {
		if name, ok := room(p.ImportPath); ok {
			found[name] = p
		}
	}
	return found
}

func list(t *testing.T, args ...string) []pkg {
	t.Helper()
	out, err := goCommand(append([]string{"list", "-json=ImportPath,Standard,CgoFiles,Imports"}, args...)...)
	if err != nil {
		t.Fatal(err)
	}
	var packages []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// goCommand runs go and returns what it prints. Its errors hold all that go said.
func goCommand(args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		err = errors.Join(err, errors.New(complaint.String()))
	}
	return out, err
}

// Protects the direction of the house: what decides must not come to depend on what words it, nor either on where packets
// come from.
func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	found := rooms(t)
	for _, name := range slices.Sorted(maps.Keys(found)) {
		allowed, listed := house[name]
		if !listed {
			t.Errorf("%s is not in the house: add it, with what it may import", name)
			continue
		}
		for _, path := range found[name].Imports {
			if imported, ok := room(path); ok && allowed != everything && !slices.Contains(strings.Fields(allowed), imported) {
				t.Errorf("%s imports %s, and may import only: %s", name, imported, allowed)
			}
		}
	}
}

// Protects that the rooms with C are few and known: each is a place where a crash is not a Go panic.
func TestOnlyCaptureUsesC(t *testing.T) {
	withCgo := map[string]bool{"C": true}
	for _, p := range list(t, "-deps", "./...") {
		if _, ours := room(p.ImportPath); !ours && !p.Standard && len(p.CgoFiles) > 0 {
			withCgo[p.ImportPath] = true
		}
	}
	for name, p := range rooms(t) {
		for _, path := range p.Imports {
			if withCgo[path] && !slices.Contains(withC, name) {
				t.Errorf("%s imports %q, which only %v may", name, path, withC)
			}
		}
	}
}

// Protects that protocols, pairing, filters and reports can be built, fuzzed and used without libpcap.
func TestBuildsWithoutC(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the standard library again, without cgo")
	}
	t.Setenv("CGO_ENABLED", "0")
	args := []string{"build", "-o", os.DevNull}
	for _, name := range pureGo {
		args = append(args, "./"+name)
	}
	if _, err := goCommand(args...); err != nil {
		t.Error(err)
	}
}
