package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// Protects from running on with rights that could not be given up, and from a ring that ends with its first file for want of them.
func TestConfineRefuses(t *testing.T) {
	n := laboratory(t)
	if os.Getuid() != 0 {
		t.Skip("another user can't be had")
	}
	for _, tt := range []struct {
		name       string
		mode       os.FileMode // of the folder
		args       []string    // FOLDER is the folder
		attributes syscall.SysProcAttr
		want       string // "" if it is not refused
	}{
		{name: "a ring where nobody may write", mode: 0o755, args: []string{"-i", "eth0", "-a", "duration:0.1", "-b", "packets:2", "-w", "FOLDER/ring"},
			want: `user 65534, as whom icmpsniff goes on, can't create files in "FOLDER": permission denied; choose a folder that it may write to, or use sudo`},
		{name: "a ring where everybody may", mode: 0o777, args: []string{"-i", "eth0", "-a", "duration:0.1", "-b", "packets:2", "-w", "FOLDER/ring"}},
		{name: "one file where nobody may write", mode: 0o755, args: []string{"-i", "eth0", "-a", "duration:0.1", "-w", "FOLDER/one"}},
		{name: "capabilities of setcap without /proc", mode: 0o755, args: []string{"-i", "eth0"},
			want: "capabilities can't be given up: /proc is not there, or is another PID namespace's",
			attributes: syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWPID, AmbientCaps: []uintptr{unix.CAP_NET_RAW, unix.CAP_NET_ADMIN},
				Credential: &syscall.Credential{Uid: testUser, Gid: testGroup}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := openToAll(t)
			program := executable(t, openToAll(t), "icmpsniff")
			if err := os.Chmod(folder, tt.mode); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), program, "-q", "--report", "none")
			for _, arg := range tt.args {
				cmd.Args = append(cmd.Args, strings.ReplaceAll(arg, "FOLDER", folder))
			}
			cmd.SysProcAttr = &tt.attributes
			var said strings.Builder
			cmd.Stderr = &said
			if err := n.Host("h1").Do(cmd.Start); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			status, want := statusDone, "Capturing on 'eth0'"
			if tt.want != "" {
				status, want = statusUsage, "icmpsniff: "+strings.ReplaceAll(tt.want, "FOLDER", folder)+"\n"
			}
			if got := cmd.ProcessState.ExitCode(); got != status || !strings.HasPrefix(said.String(), want) {
				t.Errorf("status %d, want %d; it said\n%s\nwant\n%s", got, status, said.String(), want)
			}
		})
	}
}

// Protects those whose kernel has neither Landlock nor seccomp: it goes on without them.
func TestOldKernel(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a program")
	}
	ping, err := filepath.Abs(filepath.Join("testdata", "ping.pcap"))
	if err != nil {
		t.Fatal(err)
	}
	program := executable(t, openToAll(t), "old-kernel")
	out, err := exec.CommandContext(t.Context(), program, "-n", "--report", "none", "-r", ping).CombinedOutput()
	if got := strings.Count(string(out), " → "); err != nil || got != 12 {
		t.Errorf("%d lines, want 12; %v\n%s", got, err, out)
	}
}

// oldKernel is icmpsniff on a kernel that does not know the calls of Landlock and seccomp.
func oldKernel() {
	if err := forgetCalls(unix.SYS_LANDLOCK_CREATE_RULESET, unix.SYS_SECCOMP); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(statusUsage)
	}
	main()
}

// forgetCalls has the kernel say, to all threads, that it does not know some system calls.
func forgetCalls(calls ...uint32) error {
	const number, allow, unknown = 0, unix.SECCOMP_RET_ALLOW, unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)
	program := []bpf.Instruction{bpf.LoadAbsolute{Off: number, Size: 4}}
	for _, call := range calls {
		program = append(program, bpf.JumpIf{Cond: bpf.JumpNotEqual, Val: call, SkipTrue: 1}, bpf.RetConstant{Val: unknown})
	}
	raw, err := bpf.Assemble(append(program, bpf.RetConstant{Val: allow}))
	if err != nil {
		return err
	}
	filter := unix.SockFprog{Len: uint16(len(raw)), Filter: (*unix.SockFilter)(unsafe.Pointer(&raw[0]))} // the same struct
	runtime.LockOSThread()                                                                               // the one that must not gain privileges
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	if _, _, err := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&filter))); err != 0 {
		return err
	}
	return nil
}
