package lab

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// A step is one command on one host.
type step struct {
	host   string
	args   []string
	beside bool // the next step does not wait for this one
}

func parseStep(text string) (step, error) {
	host, command, ok := strings.Cut(text, ": ")
	s := step{host: host, args: strings.Fields(command)}
	if len(s.args) > 0 && s.args[len(s.args)-1] == "&" {
		s.args, s.beside = s.args[:len(s.args)-1], true
	}
	if !ok || len(s.args) == 0 {
		return s, fmt.Errorf("step %q: want \"host: command\"", text)
	}
	return s, nil
}

// prompt is how a step appears in a transcript: "$ command", with the host where it is not h1.
func (s step) prompt() string {
	line := "$ " + strings.Join(s.args, " ")
	if s.host != "h1" {
		line += "  # on " + s.host
	}
	return line
}

// prepare runs a step that must succeed.
func (n *Net) prepare(ctx context.Context, text string) error {
	s, err := parseStep(text)
	if err != nil {
		return err
	}
	if out, err := n.Host(s.host).Command(ctx, s.args[0], s.args[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", text, err, bytes.TrimSpace(out))
	}
	return nil
}

// transcript runs tools and returns, for each in order, its prompt and exactly what it wrote to standard output.
// Tools report "no answer" by exit status 1; one that says nothing as well, or ends in another way, has failed.
func (n *Net) transcript(ctx context.Context, steps []string) (string, error) {
	type run struct {
		step
		cmd      *exec.Cmd
		out, err bytes.Buffer
	}
	finish := func(r *run) error {
		err := r.cmd.Wait()
		var exit *exec.ExitError
		if err == nil || errors.As(err, &exit) && exit.ExitCode() == 1 && r.out.Len() > 0 && ctx.Err() == nil {
			return nil
		}
		return fmt.Errorf("%s: %w: %s", r.prompt(), err, bytes.TrimSpace(r.err.Bytes()))
	}
	var runs []*run
	var errs []error
	for _, text := range steps {
		s, err := parseStep(text)
		if err != nil {
			errs = append(errs, err)
			break
		}
		r := &run{step: s, cmd: n.Host(s.host).Command(ctx, s.args[0], s.args[1:]...)}
		r.cmd.Stdout, r.cmd.Stderr = &r.out, &r.err
		if err := r.cmd.Start(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", r.prompt(), err))
			break
		}
		runs = append(runs, r)
		if !r.beside {
			errs = append(errs, finish(r))
		}
	}
	var said strings.Builder
	for _, r := range runs {
		if r.beside {
			errs = append(errs, finish(r))
		}
		fmt.Fprintf(&said, "%s\n%s", r.prompt(), r.out.String())
	}
	return said.String(), errors.Join(errs...)
}
