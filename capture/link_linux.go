package capture

import (
	"net"

	"golang.org/x/sys/unix"
)

// link asks the kernel whether an interface is up (netdevice(7)). Its socket was opened while sockets could be.
type link struct {
	socket int
	index  int // the kernel's number of the interface, which outlives its name
}

// followLink returns nil for what is no interface of the kernel's, as "any", and where no socket is to be had.
func followLink(name string) *link {
	i, err := net.InterfaceByName(name)
	if err != nil {
		return nil
	}
	// A socket of any kind will do; every kernel has these. Nothing can be sent with it.
	socket, err := unix.Socket(unix.AF_UNIX, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil
	}
	_ = unix.Shutdown(socket, unix.SHUT_RDWR)
	return &link{socket, i.Index}
}

func (l *link) state() linkState {
	request, err := unix.NewIfreq("")
	if err != nil {
		return linkUp
	}
	request.SetUint32(uint32(l.index))
	// It answers with the name that the interface has by now, which is what the other question takes.
	if err := unix.IoctlIfreq(l.socket, unix.SIOCGIFNAME, request); err != nil {
		return stateWithout(err)
	}
	if err := unix.IoctlIfreq(l.socket, unix.SIOCGIFFLAGS, request); err != nil {
		return stateWithout(err)
	}
	if request.Uint16()&unix.IFF_UP == 0 {
		return linkDown
	}
	return linkUp
}

// stateWithout is the state where the kernel does not tell it: up, as far as anybody knows, unless there is no such interface.
func stateWithout(err error) linkState {
	if err == unix.ENODEV || err == unix.ENXIO {
		return linkGone
	}
	return linkUp
}

func (l *link) close() { _ = unix.Close(l.socket) }
