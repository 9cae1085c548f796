package field

// Type says what a field's values are. The names and the meaning are Wireshark's.
type Type uint8

// The types of fields. What a Value of each holds is said at [Value].
const (
	None Type = iota
	Protocol
	Boolean
	Char
	Uint8
	Uint16
	Uint24
	Uint32
	Uint64
	Int8
	Int16
	Int32
	FrameNum
	Double
	AbsoluteTime
	RelativeTime
	IPv4
	IPv6
	Ether
	Bytes
	String
	types
)

// typeFacts are, for each type, its name in tshark -G fields, its name in error messages, and its size in bytes
// (0 where that varies).
var typeFacts = [types]struct {
	name, words string
	size        uint8
}{
	None:         {"FT_NONE", "Label", 0},
	Protocol:     {"FT_PROTOCOL", "Protocol", 0},
	Boolean:      {"FT_BOOLEAN", "Boolean", 0},
	Char:         {"FT_CHAR", "Character (8 bits)", 1},
	Uint8:        {"FT_UINT8", "Unsigned integer (1 byte)", 1},
	Uint16:       {"FT_UINT16", "Unsigned integer (2 bytes)", 2},
	Uint24:       {"FT_UINT24", "Unsigned integer (3 bytes)", 3},
	Uint32:       {"FT_UINT32", "Unsigned integer (4 bytes)", 4},
	Uint64:       {"FT_UINT64", "Unsigned integer (8 bytes)", 8},
	Int8:         {"FT_INT8", "Signed integer (1 byte)", 1},
	Int16:        {"FT_INT16", "Signed integer (2 bytes)", 2},
	Int32:        {"FT_INT32", "Signed integer (4 bytes)", 4},
	FrameNum:     {"FT_FRAMENUM", "Frame number", 4},
	Double:       {"FT_DOUBLE", "Floating point (double-precision)", 8},
	AbsoluteTime: {"FT_ABSOLUTE_TIME", "Date and time", 16},
	RelativeTime: {"FT_RELATIVE_TIME", "Time offset", 16},
	IPv4:         {"FT_IPv4", "IPv4 address", 4},
	IPv6:         {"FT_IPv6", "IPv6 address", 16},
	Ether:        {"FT_ETHER", "Ethernet or other MAC address", 6},
	Bytes:        {"FT_BYTES", "Sequence of bytes", 0},
	String:       {"FT_STRING", "Character string", 0},
}

// String returns the type's name as tshark -G fields prints it.
func (t Type) String() string { return typeFacts[t].name }

// Words returns the type's name as error messages spell it.
func (t Type) Words() string { return typeFacts[t].words }

// Size returns the length of a value in bytes, 0 where values differ in length.
func (t Type) Size() int { return int(typeFacts[t].size) }

// Unsigned reports whether values are unsigned numbers: integers, booleans, characters and frame numbers.
func (t Type) Unsigned() bool { return t >= Boolean && t <= Uint64 || t == FrameNum }

// Signed reports whether values are signed integers.
func (t Type) Signed() bool { return t >= Int8 && t <= Int32 }

// Time reports whether values are nanoseconds.
func (t Type) Time() bool { return t == AbsoluteTime || t == RelativeTime }

// InBytes reports whether values are stretches of bytes, which can be sliced.
func (t Type) InBytes() bool { return t == Protocol || t >= IPv4 && t <= String }

// Base says how numbers are written.
type Base uint8

// The bases. DecHex and HexDec are decimal and hexadecimal with the other in parentheses where there is room for it; Colons
// is of bytes.
const (
	NoBase Base = iota
	Dec
	Hex
	DecHex
	HexDec
	OUI
	Colons
)

var baseNames = [...]string{"BASE_NONE", "BASE_DEC", "BASE_HEX", "BASE_DEC_HEX", "BASE_HEX_DEC", "BASE_OUI", "SEP_COLON"}

// String returns the base's name as tshark -G fields prints it.
func (b Base) String() string { return baseNames[b] }

// hexadecimal reports whether numbers are written in hexadecimal where only one form is.
func (b Base) hexadecimal() bool { return b == Hex || b == HexDec }

// Stage says when a field's values are known.
type Stage uint8

const (
	// Decoded fields are known from the frame alone.
	Decoded Stage = iota
	// Replied fields are known once the frames before it have been looked at.
	Replied
	// Later fields depend on frames that follow, and need two passes.
	Later
)
