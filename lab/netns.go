package lab

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"golang.org/x/sys/unix"
)

// A namespace is a host's network and its host name, held by nothing but these open files.
type namespace struct {
	net, uts *os.File
	inode    uint64 // of net; what a process in the namespace shows under /proc
}

// newNamespace makes a namespace with only a loopback interface, down.
func newNamespace(hostname string) (*namespace, error) {
	ns := new(namespace)
	err := onOwnThread(func() error {
		if err := unix.Unshare(unix.CLONE_NEWNET | unix.CLONE_NEWUTS); err != nil {
			return fmt.Errorf("unshare: %w", err)
		}
		if err := unix.Sethostname([]byte(hostname)); err != nil {
			return fmt.Errorf("set host name %q: %w", hostname, err)
		}
		var errNet, errUTS error
		ns.net, errNet = os.Open("/proc/thread-self/ns/net")
		ns.uts, errUTS = os.Open("/proc/thread-self/ns/uts")
		return errors.Join(errNet, errUTS)
	})
	if err == nil {
		ns.inode, err = inode(ns.path())
	}
	if err != nil {
		_ = ns.close()
		return nil, err
	}
	return ns, nil
}

// path names the network namespace for other processes, as long as this one lives.
func (ns *namespace) path() string { return fdPath(ns.net) }

func fdPath(f *os.File) string { return fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), f.Fd()) }

// do runs f on a thread inside the namespace. Sockets that f opens stay inside; threads and processes that it starts are not certain to.
func (ns *namespace) do(f func() error) error {
	return onOwnThread(func() error {
		if err := unix.Setns(int(ns.net.Fd()), unix.CLONE_NEWNET); err != nil {
			return fmt.Errorf("enter namespace: %w", err)
		}
		return f()
	})
}

// members lists the processes inside, leaving out this one: its threads are only visitors.
func (ns *namespace) members() []int {
	links, _ := filepath.Glob("/proc/[0-9]*/ns/net")
	var pids []int
	for _, link := range links {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(link))))
		if err != nil || pid == os.Getpid() {
			continue
		}
		if n, err := inode(link); err == nil && n == ns.inode {
			pids = append(pids, pid)
		}
	}
	return pids
}

// close kills what still runs inside and lets the namespace go.
func (ns *namespace) close() error {
	if ns.inode != 0 {
		for _, pid := range ns.members() {
			_ = unix.Kill(pid, unix.SIGKILL)
		}
	}
	var errs []error
	for _, f := range []*os.File{ns.net, ns.uts} {
		if f != nil {
			errs = append(errs, f.Close())
		}
	}
	return errors.Join(errs...)
}

func inode(path string) (uint64, error) {
	var st unix.Stat_t
	if err := unix.Stat(path, &st); err != nil {
		return 0, fmt.Errorf("stat %s: %w", path, err)
	}
	return st.Ino, nil
}

// onOwnThread runs f on a thread that no other goroutine sees until its namespaces are the process's own again.
func onOwnThread(f func() error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		home, err := os.Open("/proc/thread-self/ns/net")
		if err != nil {
			done <- err
			return
		}
		defer home.Close()
		uts, err := os.Open("/proc/thread-self/ns/uts")
		if err != nil {
			done <- err
			return
		}
		defer uts.Close()
		err = f()
		// A thread that cannot be brought home stays locked, and ends with this goroutine.
		if unix.Setns(int(home.Fd()), unix.CLONE_NEWNET) == nil && unix.Setns(int(uts.Fd()), unix.CLONE_NEWUTS) == nil {
			runtime.UnlockOSThread()
		}
		done <- err
	}()
	return <-done
}
