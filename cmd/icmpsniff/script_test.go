package main

import (
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// Protects what a user reads in the terminal: each script in testdata/script runs the command as a shell would.
//
// Beside testscript's own commands, scripts have
//
//	fails STATUS SENTENCE command...    it ends with the status, and says exactly "icmpsniff: SENTENCE"
//
// the captures of the lab in $PCAPS, and in their own folder ping.pcap, which was recorded once and for all, and what bad makes of it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"fails": fails},
		Setup: func(env *testscript.Env) error {
			pcaps, err := filepath.Abs(committed)
			env.Setenv("PCAPS", pcaps)
			return errors.Join(err, bad(env.WorkDir, filepath.Join("testdata", "ping.pcap")))
		},
	})
}

func fails(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: fails STATUS SENTENCE command...")
	}
	err := ts.Exec(args[2], args[3:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || strconv.Itoa(exit.ExitCode()) != args[0] {
		ts.Fatalf("it ended with %v, want status %s", err, args[0])
	}
	if got, want := ts.ReadFile("stderr"), "icmpsniff: "+args[1]+"\n"; !strings.HasSuffix(got, want) || strings.Count(got, "icmpsniff: ") != 1 {
		ts.Fatalf("it said %q, want %q", got, want)
	}
}

// Offsets in a savefile (draft-ietf-opsawg-pcap §4, §5); the lab's are little-endian.
const (
	fileHeader        = 24
	linkTypeOffset    = 20
	recordHeader      = 16
	capturedLenOffset = 8
)

// bad writes ping.pcap into a folder, and captures that are wrong in one thing.
func bad(dir, ping string) error {
	good, err := os.ReadFile(ping)
	if err != nil {
		return err
	}
	third := fileHeader // offset of the third record
	for range 2 {
		third += recordHeader + int(binary.LittleEndian.Uint32(good[third+capturedLenOffset:]))
	}
	with := func(offset int, value uint32) []byte {
		b := append([]byte(nil), good...)
		binary.LittleEndian.PutUint32(b[offset:], value)
		return b
	}
	for name, content := range map[string][]byte{
		"ping.pcap":         good,
		"empty.pcap":        nil,
		"text.pcap":         []byte("This is not a capture, but a text, which is longer than a header.\n"),
		"header-only.pcap":  good[:fileHeader],
		"cut-header.pcap":   good[:fileHeader-1],
		"cut-short.pcap":    good[:third+recordHeader+10],
		"damaged.pcap":      with(third+capturedLenOffset, 1<<30),
		"unknown-link.pcap": with(linkTypeOffset, 9999),
	} {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), content, 0o644))
	}
	return errors.Join(err, os.WriteFile(filepath.Join(dir, "unreadable.pcap"), good, 0), os.Mkdir(filepath.Join(dir, "folder"), 0o755))
}
