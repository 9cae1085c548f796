package lab

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// enteredEnv marks a process that Enter started, so that a refusal inside is reported and not tried for ever.
const enteredEnv = "ICMPSNIFF_LAB_ENTERED"

// capabilities is what building networks and listening on them takes, inside the user namespace of Enter only.
var capabilities = []uintptr{
	unix.CAP_KILL, unix.CAP_NET_BIND_SERVICE, unix.CAP_NET_ADMIN, unix.CAP_NET_RAW, unix.CAP_SYS_ADMIN, unix.CAP_SYS_PTRACE,
}

// required are the programs that every lab needs; a scenario's own tools are looked for when it runs.
var required = []string{"ip", "nsenter"}

// Enter lets the calling program build labs without root. Call it first in main or TestMain.
//
// Where namespaces may be made already it returns nil at once. Elsewhere it runs the program again, with the same
// arguments, in a user namespace of its own, and exits with that run's status. It returns an error only where the kernel allows neither.
func Enter() error {
	if os.Getenv(enteredEnv) != "" {
		return arrive()
	}
	if makesNamespaces() == nil {
		return nil
	}
	return runAgain()
}

// arrive is the first thing done inside. Processes are counted from one there, and /proc has to count like them.
func arrive() error {
	if err := os.Unsetenv(enteredEnv); err != nil {
		return err
	}
	if err := unix.Mount("proc", "/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return fmt.Errorf("mount /proc in a user namespace: %w", err)
	}
	if err := makesNamespaces(); err != nil {
		return fmt.Errorf("make namespaces: %w", err)
	}
	return nil
}

// runAgain does not return unless it fails.
func runAgain() error {
	// The child is killed with the thread that started it, so this thread must stay.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	again := exec.Command("/proc/self/exe", os.Args[1:]...)
	again.Args[0] = os.Args[0]
	again.Stdin, again.Stdout, again.Stderr = os.Stdin, os.Stdout, os.Stderr
	again.Env = append(os.Environ(), enteredEnv+"=1")
	// The user stays who they are: tcpdump insists on changing to its own user when it runs as root, which a user namespace with
	// one user cannot do. The process namespace ends all that the child started together with it: the kernel forgets to kill ping,
	// which has capabilities of its own, with its parent (prctl(2), PR_SET_PDEATHSIG).
	again.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  unix.CLONE_NEWUSER | unix.CLONE_NEWNET | unix.CLONE_NEWUTS | unix.CLONE_NEWPID | unix.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}},
		AmbientCaps: capabilities,
		Pdeathsig:   unix.SIGKILL,
	}
	if err := again.Start(); err != nil {
		return fmt.Errorf("make a user namespace: %w", err)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for s := range signals {
			_ = again.Process.Signal(s)
		}
	}()
	err := again.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return fmt.Errorf("run inside a user namespace: %w", err)
	}
	status := again.ProcessState.ExitCode()
	if status < 0 { // killed by a signal
		status = 1
	}
	os.Exit(status)
	return nil
}

// Available says why a lab cannot run here, or nil. The reason is one sentence that a test may skip with.
func Available() error {
	for _, name := range required {
		if _, err := find(name); err != nil {
			return fmt.Errorf("the lab needs %s: %w", name, err)
		}
	}
	if err := makesNamespaces(); err != nil {
		return fmt.Errorf("the lab needs network namespaces (root, or unprivileged user namespaces and a call of lab.Enter): %w", err)
	}
	return nil
}

func makesNamespaces() error {
	ns, err := newNamespace("probe")
	if err != nil {
		return err
	}
	return ns.close()
}
