// Package bpf compiles capture filters (pcap-filter(7)) and runs them on frames of saved captures.
//
// libpcap compiles, so that the language is exactly tcpdump's, and golang.org/x/net/bpf runs the code, since one call
// through cgo costs more than a whole filter. Live captures do not come here: the kernel runs their filters.
//
//   - [Compile] makes a [Program] for one link type; [Program.Match] runs it, without allocating.
//   - [New] makes a [Filter] for captures with several link types: a Program each, compiled when first needed.
//   - A filter that libpcap refuses is an [*Error]; where it looks like a display filter, the error says so and offers
//     the capture filter with the same meaning, from [Translate].
//
// To add a translation: a row in fields (translate.go).
package bpf
