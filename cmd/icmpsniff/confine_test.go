package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	rights "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"

	"github.com/icmpsniff/icmpsniff/capture"
)

// Users that nobody is.
const (
	testUser  = 54321
	testGroup = 54322
	testOther = 54323
	nobody    = 65534
)

// confinement is a way to be started with the right to capture, and what must be left of it.
type confinement struct {
	name       string
	needsRoot  bool
	env        []string
	attributes syscall.SysProcAttr
	iface      string

	uid, gid int
	groups   string
	bounded  bool // its bounding set may be emptied, and must be
	noProc   bool // it can't find its threads: libc takes what can be taken by changing the user
}

func confinements() []confinement {
	capabilities := []uintptr{unix.CAP_NET_RAW, unix.CAP_NET_ADMIN}
	all := []confinement{
		{name: "root", needsRoot: true, iface: "eth0", uid: nobody, gid: nobody, bounded: true},
		{name: "sudo", needsRoot: true, env: []string{fmt.Sprint("SUDO_UID=", testUser), fmt.Sprint("SUDO_GID=", testGroup)}, iface: "eth0",
			uid: testUser, gid: testGroup, bounded: true},
		{name: "sudo by root", needsRoot: true, env: []string{"SUDO_UID=0", "SUDO_GID=0"}, iface: "eth0", uid: nobody, gid: nobody, bounded: true},
		// As setcap gives them to a program, but that these are inherited as well.
		{name: "a user with capabilities", needsRoot: true, iface: "eth0", uid: testUser, gid: testGroup, groups: fmt.Sprint(testOther),
			attributes: syscall.SysProcAttr{AmbientCaps: capabilities,
				Credential: &syscall.Credential{Uid: testUser, Gid: testGroup, Groups: []uint32{testOther}}}},
		{name: "root with the /proc of others", needsRoot: true, iface: "eth0", uid: nobody, gid: nobody, noProc: true,
			attributes: syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWPID}},
		// As in a container that has no other user. Its network is a new one, in which no interface is up.
		{name: "root where there is no other user", iface: "any", uid: 0, gid: 0, bounded: true, groups: "?",
			attributes: syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWUSER | unix.CLONE_NEWNET,
				UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
				GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}}},
	}
	if os.Getuid() == 0 {
		return all
	}
	// The lab's user namespace gives its capabilities to all that is started in it.
	return append(slices.DeleteFunc(all, func(c confinement) bool { return c.needsRoot }),
		confinement{name: "the lab's user with capabilities", iface: "eth0", uid: os.Getuid(), gid: os.Getgid(), groups: "?"})
}

// Protects whoever captures from packets that make a program do what it was never meant to: when it looks at the first one, none of its
// threads is root any more, or has a capability, or can gain one.
func TestConfinedThreads(t *testing.T) {
	n := laboratory(t)
	for _, c := range confinements() {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), liveLimit)
			defer cancel()
			folder := openToAll(t)
			created, kept := filepath.Join(folder, "created"), filepath.Join(folder, "kept")
			if err := os.WriteFile(kept, nil, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.Chown(folder, c.uid, -1); c.attributes.Credential != nil && err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(ctx, executable(t, folder, "icmpsniff"), "-q", "-i", c.iface, "--report", "json:"+created)
			if c.attributes.Credential == nil {
				cmd.Args = append(cmd.Args, "--report", "markdown:"+kept)
			}
			cmd.Env = append(os.Environ(), c.env...)
			cmd.SysProcAttr = &c.attributes
			stderr, err := cmd.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := n.Host("h1").Do(cmd.Start); errors.Is(err, fs.ErrPermission) && c.attributes.Cloneflags&unix.CLONE_NEWUSER != 0 {
				t.Skipf("the kernel gives no user namespace here: %v", err)
			} else if err != nil {
				t.Fatal(err)
			}
			said := bufio.NewScanner(stderr)
			for said.Scan() && !strings.HasPrefix(said.Text(), "Capturing on") {
				t.Error("it said: ", said.Text())
			}
			c.check(t, cmd.Process.Pid)
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			rest, _ := io.ReadAll(stderr)
			if err := cmd.Wait(); err != nil {
				t.Errorf("%v: %s", err, rest)
			}
			owner := func(path string) int {
				var st unix.Stat_t
				if err := unix.Stat(path, &st); err != nil || st.Size == 0 && path == created {
					t.Errorf("%s: %v, %d bytes", path, err, st.Size)
				}
				return int(st.Uid)
			}
			if want := map[bool]int{true: testUser, false: os.Getuid()}[c.uid == testUser]; owner(created) != want {
				t.Errorf("the report belongs to user %d, want %d", owner(created), want)
			}
			if owner(kept) != os.Getuid() {
				t.Errorf("a file that was there before now belongs to user %d", owner(kept))
			}
		})
	}
}

// check looks at all threads of a process.
func (c confinement) check(t *testing.T, pid int) {
	t.Helper()
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	if err != nil || len(files) < 2 {
		t.Fatalf("%d threads, %v", len(files), err)
	}
	ids := func(id int) string { return strings.TrimSpace(strings.Repeat(fmt.Sprint(id, " "), 4)) }
	want := map[string]string{"Uid": ids(c.uid), "Gid": ids(c.gid), "Groups": c.groups, "NoNewPrivs": "1"}
	for _, set := range []string{"CapInh", "CapPrm", "CapEff", "CapAmb", "CapBnd"} {
		want[set] = "0000000000000000"
	}
	if !c.bounded {
		delete(want, "CapBnd")
	}
	if c.noProc {
		delete(want, "NoNewPrivs")
	}
	if c.groups == "?" {
		delete(want, "Groups")
	}
	if c.uid == 0 { // as it is called outside
		want["Uid"], want["Gid"] = ids(os.Getuid()), ids(os.Getgid())
	}
	for _, file := range files {
		status, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
		}
		seen := 0
		for line := range strings.Lines(string(status)) {
			key, value, _ := strings.Cut(line, ":")
			expected, ok := want[key]
			if !ok {
				continue
			}
			seen++
			if got := strings.Join(strings.Fields(value), " "); got != expected {
				t.Errorf("%s: %s is %q, want %q", file, key, got, expected)
			}
		}
		if seen != len(want) {
			t.Errorf("%s has %d of %d lines", file, seen, len(want))
		}
	}
}

// openToAll makes a folder that other users can enter, unlike those of t.TempDir.
func openToAll(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "icmpsniff-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// executable puts this program into a folder under a name by which it is another.
func executable(t *testing.T, folder, name string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, program, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// escapee is icmpsniff taken over by a packet: with its first output it tries to do what it has no business with, and says on standard
// error what came of it.
func escapee() {
	out := &breakout{folder: os.Getenv("ESCAPE_TO")}
	ctx, cancel := context.WithCancel(context.Background())
	cancel() // live, the first output is the report at the end
	if slices.Contains(os.Args, "-r") {
		ctx = context.Background()
	}
	os.Exit(runConfined(ctx, os.Args[1:], os.Stdin, out, os.Stderr, capture.Confine))
}

type breakout struct {
	folder string
	done   bool
}

func (b *breakout) Write(p []byte) (int, error) {
	if !b.done {
		b.done = true
		for _, a := range attempts {
			fmt.Fprintf(os.Stderr, "%s: %v\n", a.what, a.try(b.folder))
		}
	}
	return len(p), nil
}

// socket tries to make a socket.
func socket(domain, kind int) func(string) error {
	return func(string) error { _, err := unix.Socket(domain, kind, 0); return err }
}

// seccomp stands for a version of Landlock where that has no part in it.
const seccomp = -1

// hasSeccomp reports whether this kernel has filters of system calls that answer with an error.
func hasSeccomp() bool {
	action := uint32(unix.SECCOMP_RET_ERRNO)
	_, _, err := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_GET_ACTION_AVAIL, 0, uintptr(unsafe.Pointer(&action)))
	return err == 0
}

// attempts are what must fail, with one of these errors, and from which version of Landlock on.
var attempts = []struct {
	what string
	try  func(folder string) error
	abi  int
	want []error
}{
	{"read a file", func(string) error { _, err := os.Open("/etc/passwd"); return err }, 1, forbidden},
	{"read a folder", func(string) error { _, err := os.ReadDir("/"); return err }, 1, forbidden},
	{"create a file", func(folder string) error { _, err := os.Create(filepath.Join(folder, "escaped")); return err }, 1, forbidden},
	{"run a program", func(string) error { _, err := os.StartProcess("/bin/true", nil, &os.ProcAttr{}); return err }, 1, forbidden},
	{"capture again", socket(unix.AF_PACKET, unix.SOCK_RAW), 0, append(privilege, forbidden...)},
	{"make a socket of TCP", socket(unix.AF_INET, unix.SOCK_STREAM), seccomp, forbidden},
	{"make a socket of UDP", socket(unix.AF_INET, unix.SOCK_DGRAM), seccomp, forbidden},
	{"make a socket of UDP over IPv6", socket(unix.AF_INET6, unix.SOCK_DGRAM), seccomp, forbidden},
	{"make a socket of raw IP", socket(unix.AF_INET, unix.SOCK_RAW), seccomp, forbidden},
	{"make a socket of this host", socket(unix.AF_UNIX, unix.SOCK_STREAM), seccomp, forbidden},
	{"make a socket of the kernel", socket(unix.AF_NETLINK, unix.SOCK_RAW), seccomp, forbidden},
	{"have one made", func(string) error {
		var parameters [120]byte // struct io_uring_params
		_, _, err := unix.Syscall(unix.SYS_IO_URING_SETUP, 1, uintptr(unsafe.Pointer(&parameters)), 0)
		return err
	}, seccomp, forbidden},
	{"make one on another thread", func(string) error {
		failed := make(chan error)
		go func() {
			runtime.LockOSThread() // and never unlocks: the thread ends
			failed <- socket(unix.AF_INET, unix.SOCK_DGRAM)("")
		}()
		return <-failed
	}, seccomp, forbidden},
	{"call home", func(string) error { _, err := net.DialTimeout("tcp4", "127.0.0.1:9", time.Second); return err }, 4, forbidden},
	{"be root again", func(string) error { return syscall.Setresuid(0, 0, 0) }, 0, privilege},
	{"see what the interface dropped", func(string) error {
		_, err := os.ReadFile("/sys/class/net/lo/statistics/rx_dropped")
		return err
	}, 1, nil},
}

var (
	forbidden = []error{syscall.EACCES}
	privilege = []error{syscall.EPERM, syscall.EINVAL} // EINVAL: the lab's user namespace has no root
)

// Protects against packets that make the parser of packets run code: it can't open files, run programs or call anybody. Only
// captures may read one thing, which libpcap needs.
func TestFence(t *testing.T) {
	n := laboratory(t)
	abi, err := rights.LandlockGetABIVersion()
	if err != nil {
		abi = 0
	}
	filters := hasSeccomp()
	t.Logf("version %d of Landlock; seccomp filters: %v", abi, filters)
	folder := openToAll(t)
	if err := os.Chmod(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	program := executable(t, folder, "escapee")
	ping, err := filepath.Abs(filepath.Join("testdata", "ping.pcap"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
	}{
		{"a file", []string{"-r", ping}},
		{"two files twice, with names", []string{"-2", "-r", ping, "-r", ping}},
		{"an interface", []string{"-i", "lo"}},
		{"two interfaces", []string{"-i", "lo", "-i", "eth0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			live := tt.args[0] == "-i"
			cmd := n.Host("h1").Command(t.Context(), program, tt.args...)
			cmd.Env = append(cmd.Env, "ESCAPE_TO="+folder)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("%v", err)
			}
			for _, a := range attempts {
				_, got, _ := strings.Cut(string(out), a.what+": ")
				got, _, _ = strings.Cut(got, "\n")
				want := a.want
				if want == nil && !live {
					want = forbidden
				}
				failed := slices.ContainsFunc(want, func(e error) bool { return strings.HasSuffix(got, e.Error()) })
				known := abi >= a.abi
				if a.abi == seccomp {
					known = filters
				}
				if known && !failed && (want != nil || got != "<nil>") {
					t.Errorf("%s: got %q, want one of %v\n%s", a.what, got, want, out)
				}
			}
		})
	}
}
