// Command make records the captures of testdata/pcaps: new traffic on test hosts, what the tools said about it, and tshark's lines.
//
//	go run ./lab/make                    everything
//	go run ./lab/make ping ping6-loss    only these
//	go run ./lab/make -oracle            only tshark's lines and the list, of the captures that are there
//
// Exit status: 0 all of it done; 1 not, with one sentence for each failure. What could not be recorded keeps its old files.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"sync"
	"syscall"

	"github.com/icmpsniff/icmpsniff/lab"
)

const (
	labsAtOnce    = 8 // they mostly wait
	tsharksAtOnce = 2 // they do not
)

func main() {
	out := flag.String("out", filepath.Join("testdata", "pcaps"), "the directory to write")
	oracle := flag.Bool("oracle", false, "make no traffic: ask tshark about the captures that are there")
	list := flag.Bool("list", false, "print the names of the captures, and do nothing")
	flag.Parse()
	if *list {
		for _, s := range lab.Scenarios() {
			fmt.Printf("%-26s %s\n", s.Name, s.Doc)
		}
		return
	}
	if !*oracle {
		if err := errors.Join(lab.Enter(), lab.Available()); err != nil {
			fail(err)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *out, flag.Args(), !*oracle); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func run(ctx context.Context, dir string, only []string, traffic bool) error {
	for _, name := range only {
		if !slices.ContainsFunc(lab.Scenarios(), func(s lab.Scenario) bool { return s.Name == name }) {
			return fmt.Errorf("no scenario %q; make -list names them", name)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var errs []error
	if traffic {
		errs = append(errs, record(ctx, dir, only))
	}
	captures, err := lab.Captures(dir)
	errs = append(errs, err)
	errs = append(errs, each(tsharksAtOnce, captures, func(file string) error { return lab.Ask(ctx, file) }))
	errs = append(errs, os.WriteFile(filepath.Join(dir, "README.md"), []byte(lab.Readme()), 0o644))
	return errors.Join(errs...)
}

// record plays the scenarios and then makes the variants, which are of all of them, so only with all of them.
func record(ctx context.Context, dir string, only []string) error {
	scenarios := slices.DeleteFunc(lab.Scenarios(), func(s lab.Scenario) bool { return len(only) > 0 && !slices.Contains(only, s.Name) })
	err := each(labsAtOnce, scenarios, func(s lab.Scenario) error { return s.Play(ctx, dir) })
	if ctx.Err() != nil || len(only) > 0 {
		return err
	}
	// In order: one variant may be made of another.
	return errors.Join(err, each(1, lab.Variants(), func(v lab.Variant) error { return v.Make(ctx, dir) }))
}

// each calls f for every item, some at a time, and returns all that failed.
func each[T any](atOnce int, items []T, f func(T) error) error {
	errs := make([]error, len(items))
	slots := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for i, item := range items {
		slots <- struct{}{}
		all.Go(func() {
			errs[i] = f(item)
			<-slots
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
