// Package capture is where frames come from, saved captures and live interfaces, and where they are saved.
//
// Every origin is a [Source]; its Next fills one caller-owned [Frame] at a time, in order, without allocating.
// Frame.Data points into the source's buffer and is valid until the next call of Next.
//
// # Saved captures
//
// [Open] reads pcap (microsecond, nanosecond and the "modified" variant with 24-byte record headers, in both byte orders)
// and pcapng, plain or compressed with gzip, zstd or lz4. Format and compression are recognised by content, and nothing
// seeks, so a pipe works like a file and delivers a frame as soon as its bytes are there (lz4: a buffer of 256 KiB later). [OpenFiles] reads several
// captures one after another, numbered through. A long regular file is read, and decompressed, ahead by a goroutine; who calls
// Next need not know.
//
// What a file claims is never believed: a frame is at most [MaxFrame] bytes, a pcapng block that must be held
// whole at most 16 MiB, a file has at most 65,536 interfaces. Where a file is damaged, everything before the damage
// is delivered, then Next returns a [*FileError] whose text is one sentence. Verdicts are Wireshark's where a capture
// is a matter of opinion: captured length above the length on the wire, frames longer than the snapshot length and fractions
// of a second above one are all accepted. Unknown link types are delivered: the decoder decides. What a pcapng file says of dropped frames
// is in Stats once it was read, mostly at the end.
//
// Formats: https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html and
// https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html.
//
// # Why not pcapgo
//
// The records are walked here and not by gopacket/pcapgo (v1.1.19), which the tests use as a second opinion on healthy
// files. On unhealthy ones it cannot be guarded from outside: its link type has 8 bits (LINUX_SLL2 is 276); its pcap
// reader refuses frames with captured length above wire length and every version but 2.4, and wraps large
// fractions; its pcapng reader allocates whatever length a block claims (4 GiB), divides by zero on if_tsresol
// 64 and up, indexes past empty options, takes if_tsresol 0 (seconds) for microseconds, and cannot say in which
// section a frame was. It also copies each frame, which costs two and a half times what a [window] does.
//
// # Written captures
//
// A [Writer] saves the frames of a source as pcapng, or as pcap if they have one link type: one file, or one after another (a
// [Ring]). Frames keep their bytes, both lengths, time and interface; a copy has the interfaces of its source, by the same
// numbers, with their resolutions and with what was dropped of them. What a [Frame] does not have is not copied: comments and
// other options of packets, the borders of sections, blocks that are no packets.
//
// Frames are gathered, and written in large pieces without allocating: at the latest after half a second, so that a
// process which is killed loses no more than that. A file always ends with a whole record, also where the disk is full. The map:
//
//   - writer.go: a Writer as its caller sees it, and its clock
//   - writer_file.go: what happens to a file from its first byte to its last
//   - writer_pcapng.go, writer_pcap.go: the formats
//   - writer_output.go: an open file; writer_errors.go: what went wrong with it ([WriteError])
//   - ring.go: names of files, when one is full, and which may go
//
// The formats are written here, and not by gopacket/pcapgo, for the reason that they are read here: its link type has 8 bits. Its
// pcapng writer also has nanoseconds only, whatever the source's resolution, no frames without a time, and a buffer of its own, which is
// written in the middle of a block.
//
// # Live
//
// [OpenLive] captures through libpcap (gopacket/pcap), the capture filter in force before the first frame is
// delivered. [Live.NextBefore] gives up at a deadline, so that one goroutine can both read frames and let time pass;
// [Live.Stop], from any goroutine, lets Next deliver what had arrived and then end with io.EOF. [Merge] reads several interfaces
// at once. An interface that goes down and comes back is a [*LinkChange], after which the capture goes on. [ListInterfaces] and [ListLinkTypes] say what there is to capture on. Failures are a [*LiveError]:
// one sentence that says what to do.
//
// # Rights
//
// [Confine] gives up, on all threads, what is not needed once everything is open: root, capabilities, opening files and making sockets. Nothing in
// this package opens anything after a source is there: [OpenFiles] opens all files at once. [Create] makes files that belong to who called sudo.
//
// # To add a format
//
// Write a Source over a window, and add its magic number to formats (open.go); a compression, to compressions
// (compress.go). To write one, write an encoder, and add it to writtenFormats (writer.go).
package capture
