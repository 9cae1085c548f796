package field

import "math"

// Value is one value of a field. Which part holds it depends on the field's type:
//
//	None                        nothing: the field is there
//	Boolean, Uint…, FrameNum    Uint
//	Int8, Int16, Int32          Uint, in two's complement: see Int
//	Double                      Uint, the bits of a float64: see Float
//	AbsoluteTime, RelativeTime  Uint, nanoseconds (since the Unix epoch) in two's complement: see Int
//	IPv4, IPv6, Ether           Bytes, 4, 16, 6 of them, in network order
//	Bytes, String               Bytes
//	Protocol                    Bytes, the protocol's header and all that it carries; Uint, how many of them are its own
//
// Bytes point into the frame or into the Subject, and are valid until its next Set.
type Value struct {
	Uint  uint64
	Bytes []byte
	Layer uint8 // which of the frame's layers of this protocol, from 1, outermost first; 0 where that means nothing
}

// Int returns the value of a signed integer, or of a time in nanoseconds.
func (v *Value) Int() int64 { return int64(v.Uint) }

// Float returns the value of a Double.
func (v *Value) Float() float64 { return math.Float64frombits(v.Uint) }

// Own returns the bytes of a Bytes-like value that are the field's own: of a protocol, without what it carries.
func (v *Value) Own(t Type) []byte {
	if t == Protocol {
		return v.Bytes[:min(uint64(len(v.Bytes)), v.Uint)]
	}
	return v.Bytes
}
