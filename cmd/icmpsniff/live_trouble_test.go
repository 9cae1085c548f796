package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// says returns once the program has said a line with a text in it on standard error.
func (l *listener) says(t *testing.T, text string) {
	t.Helper()
	var instead strings.Builder
	for l.said.Scan() {
		if strings.Contains(l.said.Text(), text) {
			return
		}
		instead.WriteString(l.said.Text() + "\n")
	}
	t.Fatalf("it never said %q, but\n%s", text, instead.String())
}

// signal sends a signal.
func (l *listener) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := l.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// end waits for the program's end, and returns its standard output and its exit status.
func (l *listener) end(t *testing.T) (stdout string, status int) {
	t.Helper()
	var text strings.Builder
	for _, line := range l.got {
		text.WriteString(line.text + "\n")
	}
	for line := range l.lines {
		text.WriteString(line.text + "\n")
	}
	for l.said.Scan() {
	}
	if err := l.cmd.Wait(); err != nil && l.cmd.ProcessState.ExitCode() < 0 {
		t.Fatal(err)
	}
	return text.String(), l.cmd.ProcessState.ExitCode()
}

// must runs a command that must not fail.
func must(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v: %s", cmd.Args, err, out)
	}
}

// Protects long captures: one goes on over an interface that goes down and comes back; one that goes away is told at once and in the
// report, and the others are captured on as long as there are any.
func TestLiveInterfacesGo(t *testing.T) {
	n := laboratory(t)
	ctx, cancel := context.WithTimeout(t.Context(), liveLimit)
	defer cancel()
	r1, r2 := n.Host("r1"), n.Host("r2")
	must(t, r1.Command(ctx, "ip", "link", "add", "extra0", "type", "veth", "peer", "name", "extra1"))
	for _, name := range []string{"extra0", "extra1"} {
		must(t, r1.Command(ctx, "ip", "link", "set", "dev", name, "up"))
	}
	icmpsniff := listen(ctx, t, r1, "Capturing on 'eth0', 'eth1', 'extra0'",
		"icmpsniff", "-n", "-l", "-i", "eth0", "-i", "eth1", "-i", "extra0", "-f", "icmp")

	must(t, r1.Command(ctx, "ip", "link", "set", "dev", "eth0", "down"))
	icmpsniff.says(t, `! The interface "eth0" went down; the capture goes on when it is up again.`)
	must(t, r1.Command(ctx, "ip", "link", "delete", "dev", "extra0"))
	icmpsniff.says(t, `! The interface "extra0" went away.`)
	must(t, r2.Command(ctx, "ping", "-n", "-c", "1", "-W", "1", "198.51.100.1"))
	icmpsniff.await(t, "Echo (ping) reply", 1)

	must(t, r1.Command(ctx, "ip", "link", "set", "dev", "eth0", "up"))
	icmpsniff.says(t, `! The interface "eth0" is up again.`)
	must(t, n.Host("h1").Command(ctx, "ping", "-n", "-c", "1", "-W", "1", "192.0.2.1"))
	icmpsniff.await(t, "Echo (ping) reply", 1)

	must(t, r1.Command(ctx, "ip", "link", "set", "dev", "eth1", "down"))
	icmpsniff.says(t, `! The interface "eth1" went down`)
	for _, name := range []string{"eth0", "eth1"} {
		must(t, r1.Command(ctx, "ip", "link", "delete", "dev", name))
		icmpsniff.says(t, fmt.Sprintf("! The interface %q went away.", name))
	}
	stdout, status := icmpsniff.end(t)
	if status != statusUsage {
		t.Errorf("the exit status is %d, want %d", status, statusUsage)
	}
	for _, want := range []string{"eth0 (EN10MB), eth1 (EN10MB), extra0 (EN10MB)", `The interface "extra0" went away. The interface "eth0" went away. The interface "eth1" went away`} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the report has no %q:\n%s", want, stdout)
		}
	}
}

// Protects the trust in figures of loss: frames that the kernel had no room for are told as it happens, and beside each figure. And
// long captures: SIGUSR1 prints a report without ending them, and SIGHUP ends them with one.
func TestLiveDrops(t *testing.T) {
	n := laboratory(t)
	ctx, cancel := context.WithTimeout(t.Context(), liveLimit)
	defer cancel()
	h1 := n.Host("h1")
	ping := func(args ...string) *exec.Cmd {
		return h1.Command(ctx, "ping", append(args, "-n", "-q", "-W", "1", "192.0.2.12")...)
	}
	// nsenter, by which the lab starts it, has become icmpsniff by the time it listens.
	icmpsniff := listen(ctx, t, h1, "Capturing on 'eth0'", "icmpsniff", "-n", "-q", "-B", "1", "-f", "icmp", "-i", "eth0")
	icmpsniff.signal(t, syscall.SIGSTOP)
	must(t, ping("-f", "-c", "2000", "-s", "1400")) // 5.6 MB, of which a buffer of 1 MiB keeps a part
	icmpsniff.signal(t, syscall.SIGCONT)
	icmpsniff.says(t, "! Loss is unknowable from here on: the kernel dropped ")

	icmpsniff.signal(t, syscall.SIGUSR1)
	icmpsniff.says(t, "Echo, times in ms")
	icmpsniff.says(t, "? Loss is unknowable: the kernel dropped ")
	icmpsniff.says(t, "eth0 (EN10MB)")
	must(t, ping("-c", "1"))

	icmpsniff.signal(t, syscall.SIGHUP)
	stdout, status := icmpsniff.end(t)
	if status != statusDone {
		t.Errorf("the exit status is %d, want %d", status, statusDone)
	}
	if !regexp.MustCompile(`(?m)^192\.0\.2\.11 .* 1 +1 +0 +0\.0\?`).MatchString(stdout) {
		t.Errorf("the report does not have the last ping with its reply:\n%s", stdout)
	}
	for _, want := range []string{"? Loss is unknowable: the kernel dropped ", "Kernel drops"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the report has no %q:\n%s", want, stdout)
		}
	}
}
