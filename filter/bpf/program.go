package bpf

import (
	"errors"
	"fmt"

	xbpf "golang.org/x/net/bpf"
)

// Program is a compiled filter for one link type. It belongs to one goroutine.
type Program struct {
	vm   *xbpf.VM
	code []xbpf.Instruction // shared with vm

	// Instructions that load the length on the wire, for which xbpf.VM takes the captured length: right for the kernel's
	// use of it, wrong for cut frames. They are replaced by loads of a constant, set before each run.
	lengths []int
	loads   [256]xbpf.Instruction // such loads, by length mod 256: making one allocates
}

func newProgram(raw []xbpf.RawInstruction) (*Program, error) {
	code, ok := xbpf.Disassemble(raw)
	if !ok {
		return nil, errors.New("libpcap made code of it that can't be run on files")
	}
	p := &Program{code: code}
	for i, ins := range code {
		switch ins := ins.(type) {
		case xbpf.LoadExtension:
			if ins.Num != xbpf.ExtLen {
				return nil, errors.New("it asks for what only a live capture knows")
			}
			code[i] = xbpf.LoadConstant{Dst: xbpf.RegA}
			p.lengths = append(p.lengths, i)
		case xbpf.NegateA:
			return nil, errors.New("the sign in -x is not supported on files; write 0 - x")
		}
	}
	vm, err := xbpf.NewVM(code)
	if err != nil {
		return nil, fmt.Errorf("its code can't be run on files: %w", err)
	}
	p.vm = vm
	return p, nil
}

// Match reports whether a frame passes: its captured bytes and its length on the wire, which the filter's len, less
// and greater mean. A filter that looks beyond the captured bytes does not match.
func (p *Program) Match(data []byte, wireLen int) bool {
	if p.lengths != nil {
		p.setLength(uint32(wireLen))
	}
	n, err := p.vm.Run(data)
	return err == nil && n != 0
}

func (p *Program) setLength(n uint32) {
	slot := &p.loads[n%uint32(len(p.loads))]
	if load, ok := (*slot).(xbpf.LoadConstant); !ok || load.Val != n {
		*slot = xbpf.LoadConstant{Dst: xbpf.RegA, Val: n}
	}
	for _, i := range p.lengths {
		p.code[i] = *slot
	}
}

// Filter is a filter for frames of any link types. It belongs to one goroutine.
type Filter struct {
	expr    string
	snaplen int
	link    uint16   // of last
	last    *Program // nil at first
	all     map[uint16]compiled
}

type compiled struct {
	program *Program
	err     error
}

// New makes a Filter, with arguments as Compile's. What the frames' link types make of it, Match finds out, but a
// filter that is wrong for every link type is an *Error at once.
func New(expr string, snaplen int) (*Filter, error) {
	const ethernet, raw = 1, 101
	f := &Filter{expr: expr, snaplen: snaplen, all: make(map[uint16]compiled)}
	if err := f.turnTo(ethernet); err != nil && f.turnTo(raw) != nil {
		return nil, err
	}
	return f, nil
}

// Match is Program.Match for a frame of a link type. The error is an *Error: the filter cannot be compiled for this
// link type, and will not match any of its frames.
func (f *Filter) Match(link uint16, data []byte, wireLen int) (bool, error) {
	if f.last == nil || f.link != link {
		if err := f.turnTo(link); err != nil {
			return false, err
		}
	}
	return f.last.Match(data, wireLen), nil
}

// turnTo makes link's program the last one.
func (f *Filter) turnTo(link uint16) error {
	c, ok := f.all[link]
	if !ok {
		c.program, c.err = Compile(f.expr, link, f.snaplen)
		f.all[link] = c
	}
	if c.err != nil {
		return c.err
	}
	f.link, f.last = link, c.program
	return nil
}
