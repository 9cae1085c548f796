package decode

// Frame is one captured frame as its source delivered it. Package capture declares a struct with the same fields, so that
// a pointer to one converts to a pointer to the other and no byte is copied between the two rooms.
type Frame struct {
	Number    uint64 // position in the source, from 1, counted before any filter
	Time      int64  // capture time, nanoseconds since the Unix epoch
	Length    int    // length on the wire, bytes
	Data      []byte // the captured bytes; owned by the source, valid until its next frame
	Link      uint16 // LINKTYPE_ value of the tcpdump.org registry
	Digits    uint8  // digits of the second that the source's clock records: 6, 9, …
	HasTime   bool   // false where the source kept no time (pcapng Simple Packet Block)
	Interface uint32 // index of the capturing interface in its source, from 0
	Section   uint32 // number of the section of its file, from 1; 0 where files have none (pcap)
}
