package capture

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
)

// Needs are what a confined process may still open.
type Needs struct {
	Interfaces []string // captured on: libpcap reads their drop counters anew each time
	Folders    []string // where files are to be created, written and removed
}

// user is who a process runs as.
type user struct{ uid, gid int }

// nobody is the user and the group that own nothing, by convention on every Linux, and what the kernel shows for users that
// have no number in a namespace.
const nobody = 65534

// underSudo is who called sudo (sudo(8), ENVIRONMENT), and false if nobody else than root did.
func underSudo() (user, bool) {
	number := func(name string) (int, bool) {
		n, err := strconv.ParseUint(os.Getenv(name), 10, 31)
		return int(n), err == nil && n > 0
	}
	uid, ok := number("SUDO_UID")
	if !ok || os.Getuid() != 0 {
		return user{}, false
	}
	gid, ok := number("SUDO_GID")
	if !ok {
		gid = nobody
	}
	return user{uid, gid}, true
}

// Create creates a file to be written, or empties the one that is there. Under sudo a new file belongs to who called sudo,
// and not to root; one that was there stays whose it is, with the permissions that it has.
func Create(name string, permissions fs.FileMode) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, permissions)
	if errors.Is(err, fs.ErrExist) {
		return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, permissions)
	}
	if err != nil {
		return nil, err
	}
	if u, ok := underSudo(); ok {
		// Where files have no owners, as on some network file systems, there is none to change.
		_ = f.Chown(u.uid, u.gid)
	}
	return f, nil
}
