package capture

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
	"kernel.org/pub/linux/libs/security/libcap/psx"
)

// Confine gives up, for good and on all threads, what this process has no further need of once everything is open: being
// root, all capabilities, the right to gain any by running another program, and, where the kernel has Landlock and seccomp, opening files,
// running programs and making sockets. What the process has open it keeps.
//
// Root becomes who called sudo, or else nobody. Where the kernel has no such user, or does not let this process become one, as in some
// containers, it stays root without capabilities.
func Confine(needs Needs) error {
	threads := findsThreads()
	if threads && len(needs.Interfaces) > 0 {
		unbound()
	}
	if err := become(successor()); err != nil {
		return err
	}
	if !threads {
		if privileged() {
			return errors.New("capabilities can't be given up: /proc is not there, or is another PID namespace's")
		}
		return nil
	}
	if err := surrender(); err != nil {
		return err
	}
	if err := fence(needs); err != nil {
		return err
	}
	if err := refuseSockets(); err != nil {
		return err
	}
	return writable(needs.Folders)
}

// findsThreads reports whether psx can work here: it looks for the threads of this process in /proc, and kills the process
// if there is no such folder.
func findsThreads() bool {
	self, err := os.Readlink("/proc/self")
	return err == nil && self == strconv.Itoa(os.Getpid())
}

// successor is who goes on with the work of this process: who called it, if that is not root; under sudo, who called that;
// else nobody. The environment is believed only where it can't have been set by another user than root.
func successor() user {
	if uid := os.Getuid(); uid != 0 {
		return user{uid, os.Getgid()}
	}
	if u, ok := underSudo(); ok {
		return u
	}
	return user{nobody, nobody}
}

// become changes user and group, and leaves all other groups. libc does that on all threads, and with the last user id that was root's the
// kernel takes effective, permitted and ambient capabilities (capabilities(7), "Effect of user ID changes").
func become(u user) error {
	if os.Getuid() == u.uid && os.Geteuid() == u.uid && os.Getegid() == u.gid {
		return nil
	}
	for _, step := range []func() error{
		func() error { return syscall.Setgroups(nil) },
		func() error { return syscall.Setresgid(u.gid, u.gid, u.gid) },
		func() error { return syscall.Setresuid(u.uid, u.uid, u.uid) },
	} {
		// EPERM: without CAP_SETUID and CAP_SETGID. EINVAL: there is no such user in this namespace.
		if err := step(); err != nil && err != syscall.EPERM && err != syscall.EINVAL {
			return fmt.Errorf("can't go on as user %d: %w", u.uid, err)
		}
	}
	return nil
}

// unbound empties the bounding set, which only CAP_SETPCAP may. It is for captures, which may last for weeks; where it would make
// reading a small file take a third longer, 3 ms, it is left to no_new_privs, which has the same effect.
func unbound() {
	for c := uintptr(0); ; c++ {
		if _, _, err := psx.Syscall3(unix.SYS_PRCTL, unix.PR_CAPBSET_DROP, c, 0); err != 0 {
			return // EPERM at the first, EINVAL after the last
		}
	}
}

// surrender gives up all capabilities, and the right to gain new ones.
func surrender() error {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData // with the inheritable ones go the ambient ones
	if _, _, err := psx.Syscall3(unix.SYS_CAPSET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&none)), 0); err != 0 {
		return fmt.Errorf("capabilities can't be given up: %w", err)
	}
	if _, _, err := psx.Syscall6(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0); err != 0 {
		return fmt.Errorf("no_new_privs can't be set: %w", err)
	}
	return nil
}

// privileged reports whether this thread may do anything that not every process may.
func privileged() bool {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var has [2]unix.CapUserData
	if err := unix.Capget(&header, &has[0]); err != nil {
		return true
	}
	return has[0].Permitted|has[1].Permitted|has[0].Inheritable|has[1].Inheritable != 0
}

// writable finds out in time that files could not be created later.
func writable(folders []string) error {
	for _, folder := range folders {
		if err := unix.Access(folder, unix.W_OK|unix.X_OK); err != nil {
			return fmt.Errorf("user %d, as whom icmpsniff goes on, can't create files in %q: %w; choose a folder that it may write to, or use sudo", os.Getuid(), folder, err)
		}
	}
	return nil
}
