package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// terminal is a terminal of tmux's, as somebody sits before it who works over ssh.
type terminal struct {
	t       *testing.T
	dir     string // of the server's socket, and of what the shell writes
	command func(name string, args ...string) *exec.Cmd
}

// enough is how long a screen may take to show what it is to show.
const enough = 20 * time.Second

// open runs a command line of a shell on a terminal of a size. The server is a child like any other, so that it ends with the
// test. command makes a command on the host where it is to run. What is left when it has ended stays to be looked at.
func open(t *testing.T, command func(name string, args ...string) *exec.Cmd, width, height int, line string) *terminal {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("tmux is not installed: it is the terminal of this test")
	}
	dir, err := os.MkdirTemp("", "terminal") // a socket's path has no room for the name of a test
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	m := &terminal{t: t, dir: dir, command: command}
	server := m.tmux("-D")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = m.tmux("kill-server").Run() // it may have ended
		_ = server.Wait()
	})
	m.until("a server", func() bool { return m.tmux("set", "-g", "status", "off").Run() == nil })
	m.do("new-session", "-d", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height), "-e", "DIR="+dir,
		"stty -g >$DIR/before; "+line+"; status=$?; stty -g >$DIR/after; echo $status >$DIR/status; exec cat")
	return m
}

// tmux is a command to the server.
func (m *terminal) tmux(args ...string) *exec.Cmd {
	return m.command("tmux", append([]string{"-u", "-S", filepath.Join(m.dir, "tmux"), "-f", os.DevNull}, args...)...)
}

// do has the server do something, and returns what it says.
func (m *terminal) do(args ...string) string {
	m.t.Helper()
	out, err := m.tmux(args...).CombinedOutput()
	if err != nil {
		m.t.Fatalf("tmux %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// screen is what is to be read on the terminal.
func (m *terminal) screen() string {
	m.t.Helper()
	return m.do("capture-pane", "-p")
}

// press presses keys, by tmux's names.
func (m *terminal) press(keys ...string) {
	m.t.Helper()
	m.do(append([]string{"send-keys"}, keys...)...)
}

// is asks for something that tmux knows of the terminal.
func (m *terminal) is(format string) string {
	m.t.Helper()
	return strings.TrimSpace(m.do("display-message", "-p", format))
}

// shows returns the screen once all of the texts are on it.
func (m *terminal) shows(texts ...string) string {
	m.t.Helper()
	var screen string
	m.until(strings.Join(texts, " and "), func() bool {
		screen = m.screen()
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
	return screen
}

// ended returns the exit status of what ran on the terminal, and checks that it left the terminal as it was.
func (m *terminal) ended() int {
	m.t.Helper()
	var status string
	m.until("the end", func() bool { status = m.wrote("status"); return strings.HasSuffix(status, "\n") })
	if m.is("#{alternate_on}") != "0" || m.is("#{cursor_flag}") != "1" || m.is("#{keypad_flag}") != "0" {
		m.t.Error("the terminal was not given back: the screen, the cursor or the keys are the view's")
	}
	if before, after := m.wrote("before"), m.wrote("after"); before != after || before == "" {
		m.t.Errorf("the terminal was %q, and is %q", before, after)
	}
	n, err := strconv.Atoi(strings.TrimSpace(status))
	if err != nil {
		m.t.Errorf("it did not exit: %v", err)
	}
	return n
}

// wrote is what the shell wrote into a file, "" if it has not.
func (m *terminal) wrote(name string) string {
	text, err := os.ReadFile(filepath.Join(m.dir, name))
	if err != nil && !os.IsNotExist(err) {
		m.t.Fatal(err)
	}
	return string(text)
}

// process is what the shell runs.
func (m *terminal) process() *os.Process {
	m.t.Helper()
	shell := m.is("#{pane_pid}")
	children, err := os.ReadFile(filepath.Join("/proc", shell, "task", shell, "children"))
	if err != nil {
		m.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(children)))
	if err != nil {
		m.t.Fatalf("the shell runs %q: %v", children, err)
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		m.t.Fatal(err)
	}
	return p
}

// until waits for something, which a terminal gives no sign of.
func (m *terminal) until(what string, done func() bool) {
	m.t.Helper()
	ctx, cancel := context.WithTimeout(m.t.Context(), enough)
	defer cancel()
	for look := time.NewTicker(50 * time.Millisecond); ; <-look.C {
		if done() {
			return
		}
		if ctx.Err() != nil {
			m.t.Fatalf("waited %v for %s, and this is on the screen:\n%s", enough, what, m.screen())
		}
	}
}
