package report

// Drops count frames that never reached the capture.
type Drops struct {
	Kernel    uint64 // the kernel had no room for them
	Interface uint64 // the interface or its driver dropped them
}

// AppendDrops appends the line that tells, while a capture runs, that more frames are lost than before, with the line break:
//
//	! Loss is unknowable from here on: the kernel dropped 120 frames, 340 so far. A larger buffer (-B) may keep them.
func AppendDrops(dst []byte, now, before Drops) []byte {
	text := "Loss is unknowable from here on: " + now.since(before).words()
	if before != (Drops{}) {
		text += ", " + count(now.total()) + " so far"
	}
	text += "."
	if now.Kernel > before.Kernel {
		text += " A larger buffer (-B) may keep them."
	}
	return AppendRemark(dst, text)
}

// AppendRemark appends a line between those of packets that has no time, with the line break.
func AppendRemark(dst []byte, text string) []byte {
	return append(append(append(dst, "! "...), escaped(text)...), '\n')
}

func (d Drops) total() uint64 { return d.Kernel + d.Interface }

func (d Drops) since(before Drops) Drops {
	return Drops{Kernel: d.Kernel - before.Kernel, Interface: d.Interface - before.Interface}
}

// words says who dropped how many frames.
func (d Drops) words() string {
	switch {
	case d.Interface == 0:
		return "the kernel dropped " + Counted(d.Kernel, "frame")
	case d.Kernel == 0:
		return "the interface dropped " + Counted(d.Interface, "frame")
	}
	return "the kernel dropped " + Counted(d.Kernel, "frame") + " and the interface " + count(d.Interface)
}

// doubt marks figures of loss that are not certain; a note below them says why.
const doubt = "?"

// doubted makes of a figure of loss what people get to see, who look at one figure and not at what is said of the capture.
func doubted(r *Report, figure string) string {
	if figure == "" || r.Capture.drops().total() == 0 {
		return figure
	}
	return figure + doubt
}

// doubtNote explains the mark.
func doubtNote(d Drops) string { return doubt + " Loss is unknowable: " + d.words() + "." }
