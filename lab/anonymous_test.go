package lab

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// block is a pcapng block: type, length, body and length again.
func block(kind uint32, body ...[]byte) []byte {
	b := binary.LittleEndian.AppendUint32(nil, kind)
	content := bytes.Join(body, nil)
	length := uint32(len(content) + 12)
	b = append(binary.LittleEndian.AppendUint32(b, length), content...)
	return binary.LittleEndian.AppendUint32(b, length)
}

// option is one of a block's, padded.
func option(code uint16, text string) []byte {
	b := binary.LittleEndian.AppendUint16(nil, code)
	b = append(binary.LittleEndian.AppendUint16(b, uint16(len(text))), text...)
	return append(b, make([]byte, -len(b)&3)...)
}

// Captures go into the repository: they must not tell on whose machine they were made, and nothing else of them may change.
func TestAnonymous(t *testing.T) {
	section, iface, packet := make([]byte, 16), make([]byte, 8), block(6, []byte("operating system"))
	end := option(0, "")
	got, err := anonymous(bytes.Join([][]byte{
		block(0x0A0D0D0A, section, option(2, "a processor"), option(3, "a kernel"), option(4, "dumpcap"), end),
		block(1, iface, option(2, "eth0"), option(12, "a kernel"), option(9, "\x09"), end), packet, block(1, iface),
	}, nil))
	if err != nil {
		t.Fatal(err)
	}
	want := bytes.Join([][]byte{block(0x0A0D0D0A, section, option(4, "dumpcap"), end), block(1, iface, option(2, "eth0"), option(9, "\x09"), end), packet, block(1, iface)}, nil)
	if !bytes.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, cut := range [][]byte{packet[:8], packet[:len(packet)-1], append(block(0x0A0D0D0A), 1)} {
		if _, err := anonymous(cut); err == nil {
			t.Errorf("%d bytes of a block: no error", len(cut))
		}
	}
}
