package lab

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// A packetSocket reads and writes whole Ethernet frames on one interface (packet(7)).
type packetSocket struct {
	file *os.File
	raw  syscall.RawConn
}

// openPacketSocket opens one on an interface of the host. It hears what comes in, not what it sends itself.
func openPacketSocket(h *Host, device string) (*packetSocket, error) {
	var s *packetSocket
	err := h.Do(func() error {
		dev, err := net.InterfaceByName(device)
		if err != nil {
			return fmt.Errorf("interface %s: %w", device, err)
		}
		fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
		if err != nil {
			return fmt.Errorf("packet socket: %w", err)
		}
		s = &packetSocket{file: os.NewFile(uintptr(fd), device)}
		// The kernel moves the outer VLAN tag out of the frame; auxiliary data is where it goes.
		err = errors.Join(
			unix.SetsockoptInt(fd, unix.SOL_PACKET, unix.PACKET_AUXDATA, 1),
			unix.SetsockoptInt(fd, unix.SOL_PACKET, unix.PACKET_IGNORE_OUTGOING, 1),
			unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: binary.NativeEndian.Uint16([]byte{0, unix.ETH_P_ALL}), Ifindex: dev.Index}),
		)
		if err == nil {
			s.raw, err = s.file.SyscallConn()
		}
		return err
	})
	if err != nil {
		if s != nil {
			_ = s.file.Close()
		}
		return nil, err
	}
	return s, nil
}

// read waits for a frame and returns it with its VLAN tag and its checksum in place, in memory of its own.
func (s *packetSocket) read() ([]byte, error) {
	buffer, control := make([]byte, 65536), make([]byte, 256)
	var n, c int
	var failed error
	err := s.raw.Read(func(fd uintptr) bool {
		n, c, _, _, failed = unix.Recvmsg(int(fd), buffer, control, 0)
		return failed != unix.EAGAIN
	})
	if err = errors.Join(err, failed); err != nil {
		return nil, err
	}
	return restore(buffer[:n:n], control[:c]), nil
}

func (s *packetSocket) write(frame []byte) error {
	_, err := s.file.Write(frame)
	return err
}

// restore makes of a frame what it is on a wire, as struct tpacket_auxdata says: status, len, snaplen (32 bits), mac, net, TCI, TPID (16).
func restore(frame, control []byte) []byte {
	messages, err := unix.ParseSocketControlMessage(control)
	if err != nil {
		return frame
	}
	for _, m := range messages {
		if m.Header.Level != unix.SOL_PACKET || m.Header.Type != unix.PACKET_AUXDATA || len(m.Data) < 20 {
			continue
		}
		if binary.NativeEndian.Uint32(m.Data)&unix.TP_STATUS_CSUMNOTREADY != 0 {
			finishChecksum(frame)
		}
		const valid = unix.TP_STATUS_VLAN_VALID | unix.TP_STATUS_VLAN_TPID_VALID
		if binary.NativeEndian.Uint32(m.Data)&valid == valid {
			return pushTag(frame, binary.NativeEndian.Uint16(m.Data[18:]), binary.NativeEndian.Uint16(m.Data[16:]))
		}
	}
	return frame
}
