package lab

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// toolEnv is what every tool sees: no translations, no time zones, and no doubt that it may open raw sockets
// (nmap and nping look at the user id instead of trying).
var toolEnv = []string{"LC_ALL=C", "TZ=UTC", "NMAP_PRIVILEGED=1", "NPING_PRIVILEGED=1"}

// A Host is one machine of a Net.
type Host struct {
	name string
	ns   *namespace
}

// Name is the host's name in the package comment's drawing; programs on it see it as their host name.
func (h *Host) Name() string { return h.name }

// Command prepares a program to run on the host; the caller starts it and waits for it, as with exec.CommandContext.
// It is found in PATH or a system directory, has the lab's environment, and is killed should this process die first.
func (h *Host) Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	program, missing := find(name)
	nsenter, noNsenter := find("nsenter")
	cmd := exec.CommandContext(ctx, nsenter, append([]string{"--net=" + h.ns.path(), "--uts=" + fdPath(h.ns.uts), "--", program}, args...)...)
	switch {
	case missing != nil:
		cmd.Err = missing
	case noNsenter != nil:
		cmd.Err = noNsenter
	}
	cmd.Env = append(os.Environ(), toolEnv...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: unix.SIGKILL}
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// Do runs f on a thread of the host: sockets opened in it are the host's and stay so.
func (h *Host) Do(f func() error) error {
	if err := h.ns.do(f); err != nil {
		return fmt.Errorf("on %s: %w", h.name, err)
	}
	return nil
}

// Sysctl sets one kernel parameter of the host's network, such as "net.ipv4.ip_forward". Keys that the kernel lacks are an error.
func (h *Host) Sysctl(key, value string) error {
	path := filepath.Join("/proc/sys", strings.ReplaceAll(key, ".", "/"))
	return h.Do(func() error { return os.WriteFile(path, []byte(value), 0) })
}

// Join makes the host a member of a multicast group on eth0, as a receiving program would, until leave is called.
func (h *Host) Join(group netip.Addr) (leave func() error, err error) {
	var conn *net.UDPConn
	err = h.Do(func() error {
		eth0, err := net.InterfaceByName("eth0")
		if err != nil {
			return err
		}
		conn, err = net.ListenMulticastUDP("udp", eth0, net.UDPAddrFromAddrPort(netip.AddrPortFrom(group, 5000)))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("join %s: %w", group, err)
	}
	return conn.Close, nil
}

// ip runs a script of `ip -batch` commands.
func (h *Host) ip(ctx context.Context, script string) error {
	cmd := h.Command(ctx, "ip", "-batch", "-")
	cmd.Stdin = strings.NewReader(script)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("ip -batch on %s: %w: %s", h.name, err, bytes.TrimSpace(out))
	}
	return nil
}

// find locates a program, also where administrators' programs are and users' PATHs do not lead.
func find(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err == nil {
		return filepath.Abs(path)
	}
	for _, dir := range []string{"/usr/sbin", "/sbin", "/usr/local/sbin"} {
		if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return path, nil
		}
	}
	return "", err
}
