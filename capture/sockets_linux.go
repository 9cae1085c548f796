package capture

import (
	"fmt"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// Where a seccomp filter finds what was called: offsets in struct seccomp_data (seccomp(2)).
const (
	callNumber       = 0
	callArchitecture = 4
)

// auditArchitectures are the kernel's words for architectures that have socket as a call of its own. On others, as on 386, it may be one of
// socketcall's, which a filter of numbers cannot tell apart.
var auditArchitectures = map[string]uint32{
	"amd64":   unix.AUDIT_ARCH_X86_64,
	"arm":     unix.AUDIT_ARCH_ARM,
	"arm64":   unix.AUDIT_ARCH_AARCH64,
	"loong64": unix.AUDIT_ARCH_LOONGARCH64,
	"riscv64": unix.AUDIT_ARCH_RISCV64,
}

// foreignCalls is the first number of calls by another convention than the architecture's own: amd64's x32.
const foreignCalls = 0x4000_0000

// socketFilter answers EACCES to who wants a new socket, of whatever kind, and lets all other calls pass. io_uring makes sockets without
// the call; and what other architectures' calls do, their numbers do not tell here.
func socketFilter(architecture uint32) []bpf.Instruction {
	const allow, refuse = unix.SECCOMP_RET_ALLOW, unix.SECCOMP_RET_ERRNO | uint32(unix.EACCES)
	return []bpf.Instruction{
		bpf.LoadAbsolute{Off: callArchitecture, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpNotEqual, Val: architecture, SkipTrue: 5},
		bpf.LoadAbsolute{Off: callNumber, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpGreaterOrEqual, Val: foreignCalls, SkipTrue: 3},
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: unix.SYS_SOCKET, SkipTrue: 2},
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: unix.SYS_IO_URING_SETUP, SkipTrue: 1},
		bpf.RetConstant{Val: allow},
		bpf.RetConstant{Val: refuse},
	}
}

// refuseSockets has the kernel refuse new sockets, on all threads: Landlock knows TCP only, and by connection. Where the kernel has no
// seccomp filters it does nothing. It takes no_new_privs.
func refuseSockets() error {
	architecture, ok := auditArchitectures[runtime.GOARCH]
	if !ok {
		return nil
	}
	raw, err := bpf.Assemble(socketFilter(architecture))
	if err != nil {
		return fmt.Errorf("the filter of system calls: %w", err)
	}
	filter := make([]unix.SockFilter, len(raw))
	for i, r := range raw {
		filter[i] = unix.SockFilter{Code: r.Op, Jt: r.Jt, Jf: r.Jf, K: r.K}
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	thread, _, errno := syscall.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program)))
	switch {
	case errno == unix.ENOSYS, errno == unix.EINVAL:
		return nil
	case errno != 0:
		return fmt.Errorf("making sockets can't be given up: %w", errno)
	case thread != 0:
		return fmt.Errorf("making sockets can't be given up: thread %d has a filter of its own", thread)
	}
	return nil
}
