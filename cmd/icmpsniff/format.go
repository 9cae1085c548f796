package main

import (
	"io"
	"strings"

	"github.com/spf13/pflag"

	"github.com/icmpsniff/icmpsniff/report"
)

// packetOptions say what is printed of a packet: -T and what goes with it.
type packetOptions struct {
	format     string   // -T
	fieldNames []string // -e
	fieldForms []string // -E
	line       bool     // -P
	details    bool     // -V
	only       string   // -O
	hex        int      // -x, how many times
	list       string   // -G
	explicit   bool     // something of the above was asked for: -q does not count
	printed    bool     // something more than a format was: packets are printed although they are saved

	selection report.Selection
	form      report.FieldsForm
}

// textFormat is the format without -T.
const textFormat = "text"

// packetFormats are the values of -T, and what goes with them.
var packetFormats = []struct {
	name                 string
	fields, needed, dump bool // -e may be given, and must be; -x may be
	printer              func(o *options, lines report.Lines) report.PacketPrinter
}{
	{textFormat, false, false, true, nil},
	{"fields", true, true, false, func(o *options, lines report.Lines) report.PacketPrinter {
		return report.NewFields(o.packets.selection, o.packets.form, lines)
	}},
	{"json", true, false, false, func(o *options, lines report.Lines) report.PacketPrinter {
		if !o.packets.selection.Empty() {
			return report.NewSelectedJSON(o.packets.selection, lines)
		}
		return report.NewJSON(o.packets.detailOptions(lines))
	}},
	{"ek", true, false, false, func(o *options, lines report.Lines) report.PacketPrinter {
		if !o.packets.selection.Empty() {
			return report.NewSelectedEK(o.packets.selection, lines)
		}
		return report.NewEK(o.packets.detailOptions(lines))
	}},
	{"jsonl", true, false, false, func(o *options, lines report.Lines) report.PacketPrinter {
		return report.NewJSONLines(o.packets.selection, lines)
	}},
}

// formatNames lists the formats that meet a condition.
func formatNames(meets func(fields, dump bool) bool) string {
	var names []string
	for _, f := range packetFormats {
		if meets(f.fields, f.dump) {
			names = append(names, f.name)
		}
	}
	return strings.Join(names, ", ")
}

// flags adds the options to the table.
func (p *packetOptions) flags(f *pflag.FlagSet) {
	f.StringVarP(&p.format, "format", "T", textFormat, "print packets as `text|fields|json|ek|jsonl`")
	f.StringArrayVarP(&p.fieldNames, "field", "e", nil, "of a packet, print the field or column `NAME`; repeatable")
	f.StringArrayVarP(&p.fieldForms, "field-option", "E", nil, "with -T fields, `OPTION=VALUE`: header, separator, quote, occurrence, aggregator, bom")
	f.BoolVarP(&p.line, "print", "P", false, "print the lines, too, with -V, -x and -w")
	f.BoolVarP(&p.details, "details", "V", false, "print packets in detail")
	f.StringVarP(&p.only, "only", "O", "", "print details, those of the protocols of `NAME,…` in full")
	f.CountVarP(&p.hex, "hex", "x", "print the bytes of packets; -xx as tcpdump does, with the lines")
	f.StringVarP(&p.list, "glossary", "G", "", "print the list of all `fields`")
}

// check refuses what does not go together, in tshark's words where it has them.
func (p *packetOptions) check(f *pflag.FlagSet) error {
	for _, name := range []string{"print", "details", "only", "hex"} {
		p.printed = p.printed || f.Changed(name)
	}
	p.explicit = p.printed || f.Changed("format")
	known := false
	for _, format := range packetFormats {
		if format.name != p.format {
			continue
		}
		known = true
		switch {
		case len(p.fieldNames) > 0 && !format.fields:
			return usagef(`Output fields were specified with "-e", but -T is not one of %s.`,
				formatNames(func(fields, _ bool) bool { return fields }))
		case len(p.fieldNames) == 0 && format.needed:
			return usagef(`"-Tfields" was specified, but no fields were specified with "-e".`)
		case p.hex > 0 && !format.dump:
			return usagef("-x: raw packet hex data can only be printed as %s", formatNames(func(_, dump bool) bool { return dump }))
		}
	}
	if !known {
		return usagef("Invalid -T parameter %q; it must be one of: %s", p.format, formatNames(func(bool, bool) bool { return true }))
	}
	return p.setFields()
}

// setFields reads -e and -E.
func (p *packetOptions) setFields() error {
	p.form = report.TabSeparated
	for _, pair := range p.fieldForms {
		if err := p.form.Set(pair); err != nil {
			return usagef("-E: %v", err)
		}
	}
	var err error
	if p.selection, err = report.Select(p.fieldNames); err != nil {
		return usagef("%v", err)
	}
	return nil
}

// machine reports whether programs read the packets, so that nothing else may stand between them.
func (p *packetOptions) machine() bool { return p.format != textFormat }

// detailed reports whether packets are printed in detail.
func (p *packetOptions) detailed() bool { return !p.machine() && (p.details || p.only != "") }

// lined reports whether the lines are printed: not if only bytes or details were asked for.
func (p *packetOptions) lined() bool {
	return !p.machine() && (p.line || p.hex != 1 && !p.detailed())
}

// packetPrinter returns what prints packets.
func packetPrinter(o *options, lines report.Lines, paint report.Paint) report.PacketPrinter {
	for _, f := range packetFormats {
		if f.name == o.packets.format && f.printer != nil {
			return f.printer(o, lines)
		}
	}
	p := &o.packets
	lined, detailed := p.lined(), p.detailed()
	if o.explain != "" { // the story stands for lines and details, unless they are asked for
		lined, detailed = p.line, false
	}
	var forms report.Sequence
	if lined {
		forms = append(forms, &report.PacketLines{Lines: lines, Paint: paint})
	}
	if detailed {
		forms = append(forms, report.NewDetails(p.detailOptions(lines)))
	}
	switch {
	case p.hex > 1:
		forms = append(forms, report.HexWords{})
	case p.hex == 1:
		forms = append(forms, report.HexDump{Apart: lined && !detailed})
	}
	if len(forms) == 1 {
		return forms[0]
	}
	return forms
}

// detailOptions say how details are printed beside lines.
func (p *packetOptions) detailOptions(lines report.Lines) report.DetailOptions {
	d := report.DetailOptions{Names: lines.Names, TwoPass: lines.TwoPass, Bytes: p.hex > 0}
	if p.only != "" {
		d.Only = strings.Split(p.only, ",")
	}
	return d
}

// lists are what -G prints.
var lists = map[string]func(w io.Writer) error{"fields": report.PrintFieldList}

func printList(w io.Writer, name string) error {
	list, ok := lists[name]
	if !ok {
		return usagef("-G %s is not known: it is fields", printable(name, ""))
	}
	return list(w)
}
