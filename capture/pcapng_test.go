package capture

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// TestPcapng protects what is read of pcapng files, healthy and not, with the verdicts of tshark 4.0 unless a case says
// otherwise.
func TestPcapng(t *testing.T) {
	const stamp, ns = someMicroseconds, someMicroseconds * 1000
	d := frameBytes
	plain := func(n uint64) frame { return frame{n, ns, 42, 42, 1, 6, true, 0} }
	begin := func() *builder { return build(little).section().device(1, 0) }
	le := build(little)
	tests := []struct {
		name string
		file []byte
		want []frame
		end  FileKind
	}{
		{"enhanced packets", begin().enhanced(0, stamp, d).enhanced(0, stamp, d).b, []frame{plain(1), plain(2)}, ok},
		{"big-endian", build(big).section().device(1, 0).enhanced(0, stamp, d).b, []frame{plain(1)}, ok},
		{"packet options", begin().enhanced(0, stamp, d, le.option(1, "comment"), le.option(optionEnd, "")).b, []frame{plain(1)}, ok},
		{"simple packet", begin().simple(42, d).b, []frame{{1, 0, 42, 42, 1, 6, false, 0}}, ok},
		{"simple packet, cut by the snapshot length", build(little).section().device(1, 20).simple(42, d[:20]).b, []frame{{1, 0, 20, 42, 1, 6, false, 0}}, ok},
		{"obsolete packet", begin().block(blockPacket, le.order().u16(0).u16(65535).u32(stamp>>32).u32(stamp&0xffffffff).u32(42).u32(42).then(d).b).b, []frame{plain(1)}, ok},
		{"snapshot length does not bind", build(little).section().device(1, 10).enhanced(0, stamp, d).b, []frame{plain(1)}, ok},
		{"captured more than the wire had", begin().enhancedOf(0, stamp, 42, 10, d).b, []frame{{1, ns, 42, 10, 1, 6, true, 0}}, ok},
		{"interfaces of different clocks and links", begin().device(113, 0, le.option(optionTSResol, "\x09")).enhanced(1, ns+789, d).enhanced(0, stamp, d).b,
			[]frame{{1, ns + 789, 42, 42, 113, 9, true, 1}, plain(2)}, ok},
		{"two sections of different byte orders", append(begin().enhanced(0, stamp, d).b, build(big).section().device(228, 0).device(229, 0).enhanced(1, stamp, d).b...),
			[]frame{plain(1), {2, ns, 42, 42, 229, 6, true, 2}}, ok},
		{"offset of seconds", build(little).section().device(1, 0, le.option(optionTSOffset, "\x18\xfc\xff\xff\xff\xff\xff\xff")).enhanced(0, stamp, d).b,
			[]frame{{1, ns - 1000e9, 42, 42, 1, 6, true, 0}}, ok},
		{"empty tsresol and filter are ignored", build(little).section().device(1, 0, le.option(optionTSResol, ""), le.option(optionFilter, "")).enhanced(0, stamp, d).b, []frame{plain(1)}, ok}, // tshark: damaged
		{"unknown blocks are skipped", begin().block(0x77, d).block(0x80000001, nil).enhanced(0, stamp, d).b, []frame{plain(1)}, ok},
		{"unknown block larger than any buffer", begin().block(0x77, make([]byte, 17<<20)).enhanced(0, stamp, d).b, []frame{plain(1)}, ok},
		{"journal and custom blocks are frames without time and link", begin().enhanced(0, stamp, d).block(9, d).block(0xBAD, d).enhanced(0, stamp, d).b,
			[]frame{plain(1), {2, 0, 44, 44, LinkNone, 0, false, 0}, {3, 0, 40, 40, LinkNone, 0, false, 0}, plain(4)}, ok},
		{"length without its padding", begin().then(le.order().u32(0x77).u32(15).raw(1, 2, 3, 0).u32(15).b).enhanced(0, stamp, d).b, []frame{plain(1)}, ok},
		{"version 1.2", build(little).sectionOf(1, 2).device(1, 0).enhanced(0, stamp, d).b, []frame{plain(1)}, ok},
		{"section only", build(little).section().b, nil, ok},

		{"version 1.3", build(little).sectionOf(1, 3).device(1, 0).enhanced(0, stamp, d).b, nil, Unsupported},
		{"version 2.0 in the second section", begin().enhanced(0, stamp, d).sectionOf(2, 0).b, []frame{plain(1)}, Unsupported},
		{"no byte-order magic", le.order().u32(blockSection).u32(28).then(make([]byte, 20)).b, nil, NotCapture},
		{"no byte-order magic in the second section", begin().u32(blockSection).u32(28).then(make([]byte, 20)).b, nil, Damaged},
		{"section of 12 bytes", le.order().u32(blockSection).u32(12).u32(0x1A2B3C4D).b, nil, Damaged},
		{"section of 16 bytes", le.order().u32(blockSection).u32(16).u32(0x1A2B3C4D).u32(16).b, nil, Damaged},
		{"cut in the section header", build(little).section().cut(3), nil, CutShort},
		{"cut after a block's type", begin().enhanced(0, stamp, d).u32(blockEnhancedPacket).b, []frame{plain(1)}, CutShort},
		{"cut in the data", begin().enhanced(0, stamp, d).enhanced(0, stamp, d).cut(30), []frame{plain(1)}, CutShort},
		{"cut in the last length", begin().enhanced(0, stamp, d).enhanced(0, stamp, d).cut(2), []frame{plain(1)}, CutShort},
		{"cut in a skipped block", begin().enhanced(0, stamp, d).block(0x77, d).cut(9), []frame{plain(1)}, CutShort},
		{"block of 8 bytes", begin().enhanced(0, stamp, d).u32(blockEnhancedPacket).u32(8).u32(8).b, []frame{plain(1)}, Damaged},
		{"block of 4 GiB", begin().enhanced(0, stamp, d).u32(blockEnhancedPacket).u32(1<<32 - 4).u32(8).b, []frame{plain(1)}, Damaged},
		{"skipped block of 4 GiB", begin().enhanced(0, stamp, d).u32(0x77).u32(1<<32 - 1).u32(8).b, []frame{plain(1)}, CutShort},
		{"zeros after the last block", begin().enhanced(0, stamp, d).then(make([]byte, 64)).b, []frame{plain(1)}, Damaged},
		{"lengths disagree", append(begin().enhanced(0, stamp, d).enhanced(0, stamp, d).cut(4), 99, 0, 0, 0), []frame{plain(1)}, Damaged},
		{"interface out of range", begin().enhanced(0, stamp, d).enhanced(1, stamp, d).b, []frame{plain(1)}, Damaged},
		{"interface of the previous section", begin().enhanced(0, stamp, d).section().enhanced(0, stamp, d).b, []frame{plain(1)}, Damaged},
		{"simple packet before any interface", build(little).section().simple(42, d).b, nil, Damaged},
		{"simple packet longer than its block", begin().simple(1514, d).b, nil, Damaged},
		{"captured more than the block holds", begin().enhancedOf(0, stamp, 100, 100, d).b, nil, Damaged},
		{"captured more than possible", begin().enhancedOf(0, stamp, MaxFrame+1, MaxFrame+1, make([]byte, MaxFrame+1)).b, nil, Damaged},
		{"captured 4 GiB", begin().enhancedOf(0, stamp, -1, -1, d).b, nil, Damaged},
		{"packet block too short", begin().block(blockEnhancedPacket, d[:16]).b, nil, Damaged},
		{"simple packet block too short", begin().block(blockSimplePacket, nil).b, nil, Damaged},
		{"interface block too short", build(little).section().block(blockInterface, d[:4]).b, nil, Damaged},
		{"option longer than its block", build(little).section().device(1, 0, le.order().u16(optionName).u16(400).raw(1, 2, 3, 4).b).b, nil, Damaged},
		{"packet option longer than its block", begin().enhanced(0, stamp, d, le.order().u16(1).u16(400).raw(1, 2, 3, 4).b).b, nil, Damaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := readAll(bytes.NewReader(tt.file))
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v\nwant %v", got, tt.want)
			}
			checkKind(t, err, tt.end)
		})
	}
}

// TestPcapngInterfaces protects what the report says about where frames were captured.
func TestPcapngInterfaces(t *testing.T) {
	le := build(little)
	file := build(little).section().
		device(1, 262144, le.option(optionName, "eth0"), le.option(optionDescription, "to the lab"), le.option(optionFilter, "\x00icmp")).
		device(101, 0, le.option(optionName, strings.Repeat("x", 1000)), le.option(optionFilter, "\x01\x02\x03")).
		section().device(276, 96, le.option(optionTSResol, "\x9e"))
	s, err := OpenReader("test", bytes.NewReader(file.b))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := drain(s); err != nil {
		t.Fatal(err)
	}
	want := []Interface{
		{Name: "eth0", Description: "to the lab", Filter: "icmp", Link: 1, SnapLen: 262144, Digits: 6},
		{Name: strings.Repeat("x", maxLabel), Link: 101, Digits: 6},
		{Link: 276, SnapLen: 96, Digits: 9},
	}
	if got := s.Interfaces(); !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestPcapngTooManyInterfaces protects memory from a file that consists of interfaces.
func TestPcapngTooManyInterfaces(t *testing.T) {
	file := build(little).section()
	one := build(little).device(1, 0).b
	file.then(bytes.Repeat(one, maxInterfaces))
	if _, err := readAll(bytes.NewReader(file.b)); err != nil {
		t.Errorf("%d interfaces: %v", maxInterfaces, err)
	}
	_, err := readAll(bytes.NewReader(file.then(one).b))
	checkKind(t, err, Damaged)
}
