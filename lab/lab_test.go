package lab

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// holdEnv makes the test binary a program that builds a lab, pings in it, prints where, and waits to be killed. Its value says how.
const holdEnv = "ICMPSNIFF_LAB_HOLD"

func TestMain(m *testing.M) {
	held := os.Getenv(holdEnv)
	if held == "in a user namespace" && os.Getenv(enteredEnv) == "" {
		fmt.Println(runAgain()) // returns only when it failed
		os.Exit(1)
	}
	if err := Enter(); err != nil {
		fmt.Fprintln(os.Stderr, err) // the tests that need a network will skip, with the reason
	}
	if held != "" {
		hold()
	}
	os.Exit(m.Run())
}

func hold() {
	n, err := New(Options{})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	h1 := n.Host("h1")
	ping := h1.Command(context.Background(), "ping", "-n", "-i", "0.2", "192.0.2.12")
	if err := ping.Start(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(h1.ns.inode)
	_ = ping.Wait()
}

// needs skips a test where it cannot run: without namespaces, or without a tool.
func needs(t *testing.T, tools ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("a lab takes seconds")
	}
	if err := Available(); err != nil {
		t.Skip(err)
	}
	for _, tool := range tools {
		if _, err := find(tool); err != nil {
			t.Skip(err)
		}
	}
}

// A scenario's files must exist, agree with what it promises, and hold all that was on the wire.
func TestPlay(t *testing.T) {
	needs(t, "tcpdump", "ping", "nft")
	dir := t.TempDir()
	all := Scenarios()
	scenario := all[slices.IndexFunc(all, func(s Scenario) bool { return s.Name == "ping-loss" })]
	if err := scenario.Play(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	said, err := os.ReadFile(filepath.Join(dir, "ping-loss.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(said, []byte("$ ping -n -c 40 ")) || !bytes.Contains(said, []byte("40 packets transmitted, 32 received, 20% packet loss")) {
		t.Errorf("transcript of 20%% loss:\n%s", said)
	}
	capture := filepath.Join(dir, "ping-loss.pcap")
	if _, err := os.Stat(capture); err != nil {
		t.Fatal(err)
	}
	if _, err := find("tshark"); err != nil {
		t.Skip("the rest asks tshark: ", err)
	}
	if err := Ask(t.Context(), capture); err != nil {
		t.Fatal(err)
	}
	for suffix, want := range map[string]map[string]int{
		".tshark":   {"(ping) request": 41, "(ping) reply": 33},
		".tshark-2": {"(ping) request": 41, "(no response found!)": 8},
	} {
		lines, err := os.ReadFile(filepath.Join(dir, "ping-loss"+suffix))
		if err != nil {
			t.Fatal(err)
		}
		for word, count := range want {
			if got := bytes.Count(lines, []byte(word)); got != count {
				t.Errorf("%s has %q %d times, want %d", suffix, word, got, count)
			}
		}
	}
}

// Closing a lab must leave no process, even one that was never waited for, and no open file.
func TestCloseLeavesNothing(t *testing.T) {
	needs(t, "ping")
	before := openFiles(t)
	n, err := New(Options{IPv6: true})
	if err != nil {
		t.Fatal(err)
	}
	namespaces := map[string]*namespace{}
	for name, h := range n.hosts {
		namespaces[name] = h.ns
	}
	if err := n.Line(nil, nil); err != nil {
		t.Fatal(err)
	}
	ping := n.Host("h1").Command(t.Context(), "ping", "-n", "-i", "0.2", "192.0.2.12")
	answers, err := ping.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := ping.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(answers)
	for lines.Scan() && !strings.Contains(lines.Text(), "icmp_seq=1") {
	}
	if got := namespaces["h1"].members(); len(got) != 1 {
		t.Errorf("processes on h1 while ping runs: %v, want one", got)
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
	if err := ping.Wait(); err == nil {
		t.Error("ping outlived the lab")
	}
	for name, ns := range namespaces {
		if left := ns.members(); len(left) > 0 {
			t.Errorf("%s still has processes %v", name, left)
		}
	}
	if after := openFiles(t); after > before {
		t.Errorf("%d open files before, %d after", before, after)
	}
	if err := n.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}

func openFiles(t *testing.T) int {
	t.Helper()
	files, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

// Whatever ends the program, SIGKILL included, ends everything that it started in the lab.
func TestDeathLeavesNothing(t *testing.T) {
	needs(t, "ping")
	for _, c := range []struct {
		name, how string
		signal    os.Signal
	}{
		{"interrupted in a user namespace", "in a user namespace", os.Interrupt},
		{"killed in a user namespace", "in a user namespace", os.Kill},
		{"interrupted as root", "as root", os.Interrupt},
		{"killed as root", "as root", os.Kill},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.how == "as root" && os.Getuid() != 0 {
				t.Skip("not root")
			}
			if err := userNamespaces(); c.how != "as root" && err != nil {
				t.Skipf("the kernel gives no user namespace here: %v", err)
			}
			holder := exec.Command("/proc/self/exe")
			holder.Env = append(os.Environ(), holdEnv+"="+c.how)
			out, err := holder.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := holder.Start(); err != nil {
				t.Fatal(err)
			}
			line, _ := bufio.NewReader(out).ReadString('\n')
			inode, err := strconv.ParseUint(strings.TrimSpace(line), 10, 64)
			if err != nil {
				_ = holder.Process.Kill()
				t.Fatalf("the program said %q", line)
			}
			if err := holder.Process.Signal(c.signal); err != nil {
				t.Fatal(err)
			}
			_ = holder.Wait()
			ns := &namespace{inode: inode}
			for deadline := time.Now().Add(5 * time.Second); len(ns.members()) > 0; time.Sleep(linkPoll) {
				if time.Now().After(deadline) {
					t.Fatalf("processes %v are still in its network", ns.members())
				}
			}
		})
	}
}

// userNamespaces says why this process cannot have one, as within a chroot; nil if it can.
func userNamespaces() error {
	cmd := exec.Command("/proc/self/exe", "-test.run=^$")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER}
	return cmd.Run()
}
