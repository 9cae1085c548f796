package lab

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// machineOptions are those by which a pcapng file tells the processor and the kernel it was made with, by the type of the block and
// where its options begin (draft-ietf-opsawg-pcapng §4.1, §4.2).
var machineOptions = map[uint32]struct {
	begin int
	codes []uint16
}{
	0x0A0D0D0A: {24, []uint16{2, 3}},   // section: hardware, operating system
	1:          {16, []uint16{12, 15}}, // interface: operating system, hardware
}

// anonymous returns a pcapng file, little-endian as the machines of labs are, without what it says of the machine.
func anonymous(file []byte) ([]byte, error) {
	var without []byte
	for len(file) > 0 {
		if len(file) < 12 || len(file) < int(binary.LittleEndian.Uint32(file[4:])) {
			return nil, fmt.Errorf("pcapng file: the last block of %d bytes is cut short", len(file))
		}
		length := max(12, int(binary.LittleEndian.Uint32(file[4:])))
		block := file[:length]
		if m, ok := machineOptions[binary.LittleEndian.Uint32(block)]; ok {
			block = withoutOptions(block, m.begin, m.codes)
		}
		without = append(without, block...)
		file = file[length:]
	}
	return without, nil
}

// withoutOptions returns a block without some of its options (§3.5), which begin at a byte of it.
func withoutOptions(block []byte, begin int, codes []uint16) []byte {
	end := len(block) - 4 // of the options; behind them the length is told again
	kept := slices.Clone(block[:min(begin, end)])
	for at := len(kept); at+4 <= end; {
		next := min(end, at+4+(int(binary.LittleEndian.Uint16(block[at+2:]))+3)&^3)
		if !slices.Contains(codes, binary.LittleEndian.Uint16(block[at:])) {
			kept = append(kept, block[at:next]...)
		}
		at = next
	}
	length := uint32(len(kept) + 4)
	binary.LittleEndian.PutUint32(kept[4:], length)
	return binary.LittleEndian.AppendUint32(kept, length)
}
