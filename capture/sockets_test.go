//go:build linux

package capture

import (
	"encoding/binary"
	"testing"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// TestSocketFilter protects from sockets that are made by a roundabout way, and all other calls from being refused.
func TestSocketFilter(t *testing.T) {
	const native, foreign, fails = unix.AUDIT_ARCH_X86_64, unix.AUDIT_ARCH_I386, unix.SECCOMP_RET_ERRNO | int(unix.EACCES)
	vm, err := bpf.NewVM(socketFilter(native))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name         string
		architecture uint32
		call         uint32
		want         int
	}{
		{"read", native, unix.SYS_READ, unix.SECCOMP_RET_ALLOW},
		{"the call before socket", native, unix.SYS_SOCKET - 1, unix.SECCOMP_RET_ALLOW},
		{"socket", native, unix.SYS_SOCKET, fails},
		{"the call after socket", native, unix.SYS_SOCKET + 1, unix.SECCOMP_RET_ALLOW},
		{"io_uring", native, unix.SYS_IO_URING_SETUP, fails},
		{"x32's socket", native, foreignCalls + unix.SYS_SOCKET, fails},
		{"socket as 386 calls it", foreign, 359, fails},
		{"socket's number on 386", foreign, unix.SYS_SOCKET, fails},
	} {
		// struct seccomp_data, in the order of bytes of networks, as the machine of the test reads it.
		data := binary.BigEndian.AppendUint32(nil, tt.call)
		data = binary.BigEndian.AppendUint32(data, tt.architecture)
		if got, err := vm.Run(append(data, make([]byte, 56)...)); err != nil || got != tt.want {
			t.Errorf("%s: got %#x, %v, want %#x", tt.name, got, err, tt.want)
		}
	}
}
