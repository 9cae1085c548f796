// Command icmpsniff analyzes ARP, ICMP, ICMPv6 and IGMP, live or in saved captures: tshark's lines, who answered whom
// between them, and tables of RTT and loss at the end.
//
// Options are read in options.go, inputs opened in input.go and followed in live.go, rights given up in confine.go, output written in
// output.go, frames saved in save.go, and errors turned into exit statuses in status.go. Everything else is in the packages.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/icmpsniff/icmpsniff/capture"
)

func main() {
	// A closed pipe is an error of Write, not a death in the middle of a line.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second one ends a run that takes long to end
	os.Exit(runConfined(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, capture.Confine))
}

// runConfined is the whole command but for the process: it returns the exit status. It calls confine once everything is open, and before
// the first packet is looked at.
func runConfined(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, confine func(capture.Needs) error) int {
	if len(args) > 0 && args[0] == completionCall {
		return status(printCandidates(stdout, args[1:]), stderr)
	}
	o, err := parse(args, stderr)
	if err == nil {
		o.confine = confine
		err = o.do(ctx, stdin, stdout, stderr)
	}
	return status(namingFile(err), stderr)
}

// do does what the options ask for.
func (o *options) do(ctx context.Context, stdin io.Reader, stdout, stderr io.Writer) error {
	switch {
	case o.help:
		return printHelp(stdout)
	case o.version:
		return printVersion(stdout)
	case o.packets.list != "":
		return printList(stdout, o.packets.list)
	case o.completion != "":
		return printCompletion(stdout, o.completion)
	case o.listInterfaces:
		return printInterfaces(stdout)
	case o.listLinkTypes:
		return printLinkTypes(stdout, o)
	}
	return analyze(ctx, o, stdin, stdout, stderr)
}
