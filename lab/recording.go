package lab

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
)

// A recording is a program that captures and writes a savefile to its standard output, which is kept in memory.
type recording struct {
	cmd    *exec.Cmd
	file   bytes.Buffer // the savefile; read only after the process has ended
	copied chan error   // how the copying of it ended
}

// start starts the program on a host, and returns what it says on standard error.
func (r *recording) start(ctx context.Context, h *Host, program string, args ...string) (said io.Reader, err error) {
	r.cmd, r.copied = h.Command(ctx, program, args...), make(chan error, 1)
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if said, err = r.cmd.StderrPipe(); err != nil {
		return nil, err
	}
	if err := r.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s on %s: %w", program, h.name, err)
	}
	go func() {
		_, err := io.Copy(&r.file, out)
		r.copied <- err
	}()
	return said, nil
}
