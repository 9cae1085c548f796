package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// resident returns the memory of a process in RAM, in KiB.
func resident(pid int) (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	m := regexp.MustCompile(`VmRSS:\s+(\d+)`).FindSubmatch(status)
	if m == nil {
		return 0, errors.New("no VmRSS")
	}
	return strconv.Atoi(string(m[1]))
}

// listener is a tool that runs.
type listener struct {
	tool   *wireTool
	cmd    *exec.Cmd
	stderr *heard
	out    *os.File
	report string
}

// heard keeps what a tool says on standard error, and tells when it says that it listens.
type heard struct {
	text  strings.Builder
	ready chan struct{}
	told  bool
}

func (h *heard) Write(b []byte) (int, error) {
	h.text.Write(b)
	if text := strings.ToLower(h.text.String()); !h.told && (strings.Contains(text, "listening on") || strings.Contains(text, "capturing on")) {
		h.told = true
		close(h.ready)
	}
	return len(b), nil
}

// listen starts a tool and waits until it listens.
func (w *wire) listen(tool *wireTool, dir string) (*listener, error) {
	l := &listener{tool: tool, stderr: &heard{ready: make(chan struct{})}, report: filepath.Join(dir, "report")}
	file := filepath.Join(dir, "written")
	var argv []string
	for _, word := range tool.argv {
		argv = append(argv, strings.NewReplacer("WIRE", w.far, "FILE", file, "REPORT", l.report).Replace(word))
	}
	if path, err := exec.LookPath(argv[0]); err == nil {
		argv[0], _ = filepath.Abs(path)
	}
	_ = os.Remove(file) // tcpdump gives its files to a user of its own, and tshark then can't write them
	var err error
	if l.out, err = os.Create(filepath.Join(dir, "lines")); err != nil {
		return nil, err
	}
	l.cmd = w.host.Command(context.Background(), argv[0], argv[1:]...)
	l.cmd.Stdout, l.cmd.Stderr = l.out, io.Writer(l.stderr)
	if err := l.cmd.Start(); err != nil {
		return nil, err
	}
	select {
	case <-l.stderr.ready:
		time.Sleep(500 * time.Millisecond) // tshark says so before its dumpcap does
		return l, nil
	case <-time.After(10 * time.Second):
		_ = l.cmd.Process.Kill()
		return nil, errors.Join(fmt.Errorf("%s does not listen", tool.name), l.cmd.Wait())
	}
}

// stop lets the tool finish, and returns how many frames it received.
func (l *listener) stop() (uint64, error) {
	time.Sleep(settleTime)
	err := l.cmd.Process.Signal(os.Interrupt)
	err = errors.Join(err, l.cmd.Wait(), l.out.Close())
	received, counted := l.tool.count(l.stderr.text.String(), l.report)
	return received, errors.Join(err, counted)
}
