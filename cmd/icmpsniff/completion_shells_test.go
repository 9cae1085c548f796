package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestShells protects the completion scripts: a real shell on a terminal loads them, a line and a tab are typed, and what the
// shell has made of the line is echoed.
func TestShells(t *testing.T) {
	lines := []struct{ typed, want string }{
		{"icmpsniff --list-i", "icmpsniff --list-interfaces"},
		{"icmpsniff -n -F nse", "icmpsniff -n -F nsecpcap"},
		{"icmpsniff --color=alw", "icmpsniff --color=always"},
		{"icmpsniff -e icmp.resptim", "icmpsniff -e icmp.resptime"},
		{"icmpsniff -b inter", "icmpsniff -b interval:"},
		{`icmpsniff -Y "icmp.type==8 && icmp.resptim`, "icmpsniff -Y icmp.type==8 && icmp.resptime"},
		{"icmpsniff --report mark", "icmpsniff --report markdown"},
		{"icmpsniff -r uniqu", "icmpsniff -r unique.pcap"},
		{"icmpsniff --report json:uniqu", "icmpsniff --report json:unique.pcap"},
		{"icmpsniff uniqu", "icmpsniff unique.pcap"},
		{"icmpsniff --completion=z", "icmpsniff --completion=zsh"},
	}
	for _, shell := range []struct {
		name    string
		command []string
		load    string
	}{
		{"bash", []string{"bash", "--norc", "--noprofile", "-i"}, `eval "$(icmpsniff --completion bash)"`},
		{"zsh", []string{"zsh", "-f", "-i"}, `bindkey -e; autoload -Uz compinit; compinit -u -D; eval "$(icmpsniff --completion zsh)"`},
		{"zsh, installed", []string{"zsh", "-f", "-i"},
			`icmpsniff --completion zsh > _icmpsniff; fpath=($PWD $fpath); bindkey -e; autoload -Uz compinit; compinit -u -D`},
		{"fish", []string{"fish", "--no-config", "-i"}, `icmpsniff --completion fish | source`},
	} {
		t.Run(shell.name, func(t *testing.T) {
			if _, err := exec.LookPath(shell.command[0]); err != nil {
				t.Skipf("%s is not installed", shell.command[0])
			}
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "unique.pcap"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
			typist := onTerminal(t, dir, shell.command...)
			typist.waitFor(regexp.MustCompile(shellPrompt))
			typist.types(shell.load + "; echo rea''dy\r")
			typist.waitFor(regexp.MustCompile(`[\r\n]ready\r(?s:.*)` + shellPrompt))
			for i, line := range lines {
				// Ctrl-A goes to the start of the line, Ctrl-E to its end.
				typist.types(line.typed + "\t\x01echo 'got" + fmt.Sprint(i) + "' \x05\r")
				got := typist.waitFor(regexp.MustCompile(fmt.Sprintf(`[\r\n]got%d ([^\r\n]*)\r(?s:.*)%s`, i, shellPrompt)))
				if got := strings.TrimSpace(got[1]); got != line.want {
					t.Errorf("%q becomes %q, want %q", line.typed, got, line.want)
				}
			}
		})
	}
}

// shellPrompt is what each of the shells ends with when it waits for a line.
const shellPrompt = `[>#] \r?$`

// escapes are what terminals obey and do not print.
var escapes = regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\a]*\a|\x1b[()].|\x1b[=>]`)

// typist sits at a terminal.
type typist struct {
	t        *testing.T
	terminal *os.File
	seen     []byte
}

// onTerminal starts a command in a folder, on a terminal of its own, and ends it with the test.
func onTerminal(t *testing.T, dir string, command ...string) *typist {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := master.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var number uint32
	_ = raw.Control(func(fd uintptr) {
		if err = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); err == nil {
			number, err = unix.IoctlGetUint32(int(fd), unix.TIOCGPTN)
		}
		_ = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 120})
	})
	if err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer slave.Close()
	c := exec.Command(command[0], command[1:]...)
	c.Dir, c.Stdin, c.Stdout, c.Stderr = dir, slave, slave, slave
	c.Env = append(os.Environ(), "TERM=xterm", "HOME="+dir, "PS1=> ", "INPUTRC=/dev/null", "LC_ALL=C.UTF-8")
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
		master.Close()
	})
	return &typist{t: t, terminal: master}
}

func (y *typist) types(keys string) {
	y.t.Helper()
	if _, err := y.terminal.WriteString(keys); err != nil {
		y.t.Fatal(err)
	}
}

// waitFor reads what appears until it matches, forgets it all, and returns the match and its groups.
func (y *typist) waitFor(what *regexp.Regexp) []string {
	y.t.Helper()
	_ = y.terminal.SetReadDeadline(time.Now().Add(30 * time.Second))
	buffer := make([]byte, 4096)
	for {
		if found := what.FindStringSubmatch(escapes.ReplaceAllString(string(y.seen), "")); found != nil {
			y.seen = y.seen[:0]
			return found
		}
		n, err := y.terminal.Read(buffer)
		y.seen = append(y.seen, buffer[:n]...)
		if err != nil {
			y.t.Fatalf("%v does not appear: %v; there is %q", what, err, y.seen)
		}
	}
}
