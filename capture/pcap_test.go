package capture

import (
	"bytes"
	"slices"
	"testing"
)

// TestPcap protects what is read of pcap files, healthy and not, with the verdicts of tshark 4.0 unless a case says otherwise.
func TestPcap(t *testing.T) {
	const (
		micro     = 0xa1b2c3d4
		nano      = 0xa1b23c4d
		kuznetsov = 0xa1b2cd34
		sec       = 1_700_000_000
	)
	d := frameBytes
	whole := frame{1, sec*1e9 + 123_456_000, 42, 42, 1, 6, true, 0}
	after := func(n uint64, f frame) frame { f.number = n; return f }
	tests := []struct {
		name string
		file []byte
		want []frame
		end  FileKind
	}{
		{"microseconds", build(little).header(micro).record(sec, 123456, d).record(sec, 123456, d).b, []frame{whole, after(2, whole)}, ok},
		{"big-endian", build(big).header(micro).record(sec, 123456, d).b, []frame{whole}, ok},
		{"nanoseconds", build(little).header(nano).record(sec, 123456, d).b, []frame{{1, sec*1e9 + 123456, 42, 42, 1, 9, true, 0}}, ok},
		{"nanoseconds, big-endian", build(big).header(nano).record(sec, 5, d).b, []frame{{1, sec*1e9 + 5, 42, 42, 1, 9, true, 0}}, ok},
		{"24-byte record headers", build(little).header(kuznetsov).recordOf(sec, 123456, 42, 42, make([]byte, 8)).then(d).b, []frame{whole}, ok},
		{"24-byte record headers, big-endian", build(big).header(kuznetsov).recordOf(sec, 123456, 42, 42, make([]byte, 8)).then(d).b, []frame{whole}, ok},
		{"no frames", build(little).header(micro).b, nil, ok},
		{"empty frame", build(little).header(micro).record(sec, 123456, nil).b, []frame{{1, whole.time, 0, 0, 1, 6, true, 0}}, ok},
		{"cut frame", build(little).header(micro).recordOf(sec, 123456, 42, 1514, d).b, []frame{{1, whole.time, 42, 1514, 1, 6, true, 0}}, ok},
		{"captured more than the wire had", build(little).header(micro).recordOf(sec, 123456, 42, 10, d).b, []frame{{1, whole.time, 42, 10, 1, 6, true, 0}}, ok},
		{"fraction above a second", build(little).header(micro).record(sec, 4_000_000_000, d).b, []frame{{1, (sec + 4000) * 1e9, 42, 42, 1, 6, true, 0}}, ok},
		{"largest time", build(little).header(micro).record(1<<32-1, 0, d).b, []frame{{1, (1<<32 - 1) * 1e9, 42, 42, 1, 6, true, 0}}, ok},
		{"largest frame", build(little).header(micro).record(sec, 123456, make([]byte, MaxFrame)).record(sec, 123456, d).b,
			[]frame{{1, whole.time, MaxFrame, MaxFrame, 1, 6, true, 0}, after(2, whole)}, ok},
		{"link type above 255", build(little).pcapHeader(micro, 2, 4, 276).record(sec, 123456, d).b, []frame{{1, whole.time, 42, 42, 276, 6, true, 0}}, ok},
		{"link type with FCS length", build(little).pcapHeader(micro, 2, 4, 0x14000001).record(sec, 123456, d).b, []frame{whole}, ok},
		{"DLT_RAW for LINKTYPE_RAW", build(little).pcapHeader(micro, 2, 4, 12).record(sec, 123456, d).b, []frame{{1, whole.time, 42, 42, 101, 6, true, 0}}, ok},
		{"unknown link type", build(little).pcapHeader(micro, 2, 4, 50000).record(sec, 123456, d).b, []frame{{1, whole.time, 42, 42, 50000, 6, true, 0}}, ok}, // tshark refuses the file
		{"version 2.2 has the lengths swapped", build(little).pcapHeader(micro, 2, 2, 1).recordOf(sec, 123456, 1514, 42, d).b, []frame{{1, whole.time, 42, 1514, 1, 6, true, 0}}, ok},
		{"version 2.3 may have", build(little).pcapHeader(micro, 2, 3, 1).recordOf(sec, 123456, 1514, 42, d).recordOf(sec, 123456, 42, 1514, d).b,
			[]frame{{1, whole.time, 42, 1514, 1, 6, true, 0}, {2, whole.time, 42, 1514, 1, 6, true, 0}}, ok},
		{"version 2.5", build(little).pcapHeader(micro, 2, 5, 1).record(sec, 123456, d).b, []frame{whole}, ok},
		{"version 1", build(little).pcapHeader(micro, 1, 4, 1).record(sec, 123456, d).b, nil, Unsupported},

		{"cut in the file header", build(little).header(micro).cut(4), nil, CutShort},
		{"cut in a record header", build(little).header(micro).record(sec, 123456, d).then(d[:7]).b, []frame{whole}, CutShort},
		{"cut between header and data", build(little).header(micro).record(sec, 123456, d).recordOf(sec, 0, 42, 42, nil).b, []frame{whole}, CutShort},
		{"cut in the data", build(little).header(micro).record(sec, 123456, d).record(sec, 0, d).cut(1), []frame{whole}, CutShort},
		{"frame too large", build(little).header(micro).record(sec, 123456, d).recordOf(sec, 0, MaxFrame+1, MaxFrame+1, d).b, []frame{whole}, Damaged},
		{"frame of 4 GiB", build(little).header(micro).record(sec, 123456, d).recordOf(sec, 0, -1, -1, d).b, []frame{whole}, Damaged},
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
