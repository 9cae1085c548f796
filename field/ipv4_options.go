package field

import "github.com/icmpsniff/icmpsniff/decode"

// IPv4 options (RFC 791 §3.1): one byte of type, and, but for the end of the list and no-operation, one of length, which
// counts both.
var ipv4OptionFields = in("ip", kindSet(decode.IPv4),
	u8("ip.opt.type", "Type", 0).each(ipOptions).known4(),
	bits(u8("ip.opt.type.copy", "Copy on fragmentation", 0), 0x80).flag(yesOrNo).each(ipOptions).known4(),
	bits(u8("ip.opt.type.class", "Class", 0), 0x60).named(optionClassNames).each(ipOptions).known4(),
	bits(u8("ip.opt.type.number", "Number", 0), 0x1f).named(optionNames).each(ipOptions).known4(),
	u8("ip.opt.len", "Length", 1).each(ipOptions).known4(),
	option("ip.opt.ptr", "Pointer", optionPointer),
	option("ip.opt.ra", "Router Alert", optionAlert).as(Uint16),
	option("ip.opt.overflow", "Overflow", optionOverflow),
	option("ip.opt.flag", "Flag", optionFlag).hex().named(stampNames),
	option("ip.opt.time_stamp", "Time stamp", optionStamps).as(Uint32),
	option("ip.opt.time_stamp_addr", "Address", optionStampAddresses).as(IPv4).base(NoBase),
	read("ip.cur_rt", "Current Route", IPv4, currentRoute),
	read("ip.cur_rt_host", "Current Route Host", String, textOf(currentRoute)),
	mark("ip.opt.len.invalid", "Invalid length for option", func(_ *Subject, _ int, b []byte) bool {
		return b[0] > noOperation && !optionLengthValid(b)
	}).each(ipOptions),
	option("ip.cipso.tag_type", "Tag Type", cipso(6)),
	option("ip.cipso.doi", "DOI", cipsoDomain).as(Uint32),
	option("ip.cipso.sensitivity_level", "Sensitivity Level", cipso(9)),
	unread("ip.cipso.categories", "Categories", String),
)

// The option types that have fields of their own (IANA's IP option numbers).
const (
	endOfList    = 0
	noOperation  = 1
	recordRoute  = 7
	timestamp    = 68
	looseRoute   = 131
	cipsoOption  = 134
	strictRoute  = 137
	routerAlert  = 148
	timestampMin = 4
)

// optionLengths has the least and the greatest length of each option that is known, 0 of the others.
var optionLengths = [256]struct{ least, most uint8 }{
	recordRoute: {3, 255}, looseRoute: {3, 255}, strictRoute: {3, 255}, timestamp: {timestampMin, 255}, // RFC 791 §3.1
	136:         {4, 4},   // stream identifier, RFC 791 §3.1
	11:          {4, 4},   // MTU probe, RFC 1063 §2
	12:          {4, 4},   // MTU reply
	25:          {8, 8},   // quick-start, RFC 4782 §3.1
	82:          {12, 12}, // traceroute, RFC 1393 §2.2
	130:         {11, 11}, // security, RFC 791 §3.1
	133:         {3, 255}, // extended security, RFC 1108 §3.1
	cipsoOption: {10, 255},
	routerAlert: {4, 4}, // RFC 2113 §2.1
}

// option is a byte, unless said otherwise, in each of the options that values finds it in.
func option(name, label string, values func(b []byte, dst []Value) []Value) *Field {
	return read(name, label, Uint8, func(_ *Subject, _ int, b []byte, dst []Value) []Value {
		if !optionLengthValid(b) {
			return dst
		}
		return values(b, dst)
	}).each(ipOptions)
}

var ipOptions = &parts{
	start: func(b []byte) []byte {
		if !sound4(b) || len(b) <= 20 {
			return nil
		}
		return b[20:max(20, min(len(b), int(b[0]&0x0f)*4))]
	},
	next: func(b []byte) (part, rest []byte) {
		switch {
		case b[0] == endOfList:
			return b[:1], nil
		case b[0] == noOperation:
			return b[:1], b[1:]
		case len(b) < 2 || b[1] < 2 || int(b[1]) > len(b):
			return b[:min(2, len(b))], nil
		}
		return b[:b[1]], b[b[1]:]
	},
}

// optionLengthValid reports whether an option has the length that its type asks for.
func optionLengthValid(b []byte) bool {
	if len(b) < 2 || int(b[1]) != len(b) {
		return false
	}
	n := optionLengths[b[0]]
	return n.most == 0 || len(b) >= int(n.least) && len(b) <= int(n.most)
}

// known4 limits a field to options of known types that lie within the header.
func (f *Field) known4() *Field {
	f.partCond = func(b []byte) bool {
		return b[0] <= noOperation || optionLengths[b[0]].most > 0 && len(b) >= 2 && int(b[1]) == len(b)
	}
	return f
}

func optionPointer(b []byte, dst []Value) []Value {
	switch b[0] {
	case recordRoute, looseRoute, strictRoute, timestamp:
		return append(dst, Value{Uint: uint64(b[2])})
	}
	return dst
}

func optionAlert(b []byte, dst []Value) []Value {
	if b[0] != routerAlert {
		return dst
	}
	return append(dst, Value{Uint: uint64(b[2])<<8 | uint64(b[3])})
}

func optionOverflow(b []byte, dst []Value) []Value {
	if b[0] != timestamp {
		return dst
	}
	return append(dst, Value{Uint: uint64(b[3] >> 4)})
}

func optionFlag(b []byte, dst []Value) []Value {
	if b[0] != timestamp {
		return dst
	}
	return append(dst, Value{Uint: uint64(b[3] & 0x0f)})
}

// stamps calls yield with the bytes of each entry of a timestamp option, an address first unless the flag is 0.
func stamps(b []byte, yield func(entry []byte)) {
	size := 8
	if b[3]&0x0f == 0 {
		size = 4
	}
	for b = b[timestampMin:]; len(b) >= size; b = b[size:] {
		yield(b[:size])
	}
}

func optionStamps(b []byte, dst []Value) []Value {
	if b[0] == timestamp {
		stamps(b, func(e []byte) {
			f := Field{}
			dst = append(dst, Value{Uint: f.number(e[len(e)-4:])})
		})
	}
	return dst
}

func optionStampAddresses(b []byte, dst []Value) []Value {
	if b[0] == timestamp {
		stamps(b, func(e []byte) {
			if len(e) == 8 {
				dst = append(dst, Value{Bytes: e[:4]})
			}
		})
	}
	return dst
}

// routeEnd returns the last address of an IPv4 header's source route, nil if it has none, or no hop of it is left.
func routeEnd(b []byte) []byte {
	for rest := ipOptions.start(b); len(rest) > 0; {
		var o []byte
		o, rest = ipOptions.next(rest)
		if (o[0] == looseRoute || o[0] == strictRoute) && optionLengthValid(o) && int(o[2]) < len(o) && len(o) >= 7 {
			return o[len(o)-4:]
		}
	}
	return nil
}

// currentRoute is the header's destination, while a source route leads elsewhere.
func currentRoute(_ *Subject, _ int, b []byte, dst []Value) []Value {
	if sound4(b) && len(b) >= 20 && routeEnd(b) != nil {
		dst = append(dst, Value{Bytes: b[16:20]})
	}
	return dst
}

// cipso is the byte at an offset of a commercial security option (FIPS 188).
func cipso(at int) func(b []byte, dst []Value) []Value {
	return func(b []byte, dst []Value) []Value {
		if b[0] != cipsoOption {
			return dst
		}
		return append(dst, Value{Uint: uint64(b[at])})
	}
}

func cipsoDomain(b []byte, dst []Value) []Value {
	f := Field{}
	if b[0] != cipsoOption {
		return dst
	}
	return append(dst, Value{Uint: f.number(b[2:6])})
}

var optionClassNames = []Name{{0, "Control"}, {1, "Reserved for future use"}, {2, "Debugging and measurement"}, {3, "Reserved for future use"}}

var optionNames = []Name{
	{0, "End of Option List (EOL)"}, {1, "No-Operation (NOP)"}, {2, "Security"}, {3, "Loose source route"}, {4, "Time stamp"},
	{5, "Extended security"}, {6, "Commercial IP security option"}, {7, "Record route"}, {8, "Stream identifier"},
	{9, "Strict source route"}, {11, "MTU probe"}, {12, "MTU Reply"}, {18, "Traceroute"}, {20, "Router Alert"}, {25, "Quick-Start"},
}

var stampNames = []Name{{0, "Time stamps only"}, {1, "Time stamp and address"}, {3, "Time stamps for prespecified addresses"}}
