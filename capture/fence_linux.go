package capture

import (
	"fmt"
	"path/filepath"

	"github.com/landlock-lsm/go-landlock/landlock"
	rights "github.com/landlock-lsm/go-landlock/landlock/syscall"
)

// fence has the kernel refuse to open files, run programs and use TCP, as far as it knows how to: Landlock came with Linux 5.13, and the
// fence around TCP with 6.7. Elsewhere it does nothing.
func fence(needs Needs) error {
	most := landlock.V11
	// Landlock would also keep signals from leaving. Before Linux 6.15 that includes signals between threads, by which Go's
	// scheduler and psx work, as long as not all of them are behind the fence.
	most.Scoped = 0
	if err := most.BestEffort().Restrict(
		landlock.PathAccess(rights.AccessFSReadFile, counters(needs.Interfaces)...).IgnoreIfMissing(),
		landlock.PathAccess(rights.AccessFSMakeReg|rights.AccessFSWriteFile|rights.AccessFSTruncate|rights.AccessFSRemoveFile, needs.Folders...),
	); err != nil {
		return fmt.Errorf("opening files can't be given up: %w", err)
	}
	return nil
}

// counters are the folders in which the kernel shows what interfaces count.
func counters(interfaces []string) []string {
	var folders []string
	for _, name := range interfaces {
		folders = append(folders, filepath.Join("/sys/class/net", name, "statistics"))
	}
	return folders
}
