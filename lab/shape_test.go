package lab

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"
)

// echo4 is an echo message between h1, who asks, and h2, in an Ethernet frame.
func echo4(reply bool, id, seq uint16) []byte {
	ip := []byte{0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, 11, 192, 0, 2, 12}
	message := []byte{8, 0, 0, 0}
	if reply {
		ip[15], ip[19], message[0] = 12, 11, 0
	}
	message = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(message, id), seq)
	return slices.Concat(ethernetIPv4, ip, message)
}

// echo6 is the same in IPv6.
func echo6(reply bool, id, seq uint16) []byte {
	h1, h2 := make([]byte, 16), make([]byte, 16)
	h1[15], h2[15] = 0x11, 0x12
	message := []byte{128, 0, 0, 0}
	if reply {
		h1, h2, message[0] = h2, h1, 129
	}
	message = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(message, id), seq)
	return slices.Concat(ethernetIPv4[:12], []byte{0x86, 0xdd, 0x60, 0, 0, 0, 0, 8, 58, 64}, h1, h2, message)
}

// An account is of echo messages and nothing else, whatever tags they carry.
func TestReadEcho(t *testing.T) {
	fragment, cut, arp := echo4(false, 1, 1), echo4(false, 1, 1), frame(ethernetARP, make([]byte, 28)...)
	fragment[14+6] = 0x20
	error4 := echo4(false, 1, 1)
	error4[14+20] = 3
	for _, c := range []struct {
		name  string
		frame []byte
		want  string
	}{
		{"request", echo4(false, 7, 9), "192.0.2.11 > 192.0.2.12 id=7 seq=9 false"},
		{"reply", echo4(true, 7, 9), "192.0.2.11 > 192.0.2.12 id=7 seq=9 true"},
		{"request, IPv6", echo6(false, 7, 9), "::11 > ::12 id=7 seq=9 false"},
		{"reply, IPv6", echo6(true, 7, 9), "::11 > ::12 id=7 seq=9 true"},
		{"tagged twice", stacked(serviceTag(100), vlan(10)).Push(echo4(true, 7, 9)), "192.0.2.11 > 192.0.2.12 id=7 seq=9 true"},
		{"another message", error4, ""},
		{"a fragment", fragment, ""},
		{"cut short", cut[:len(cut)-1], ""},
		{"a tag and no more", vlan(10).Push(echo4(true, 7, 9))[:16], ""},
		{"ARP", arp, ""},
		{"a single byte", []byte{1}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if m, ok := readEcho(c.frame); ok {
				got = fmt.Sprintf("%v > %v id=%d seq=%d %v", m.asker, m.target, m.id, m.seq, m.reply)
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// delays are when the frames leave that come out for one.
func delays(departures []Departure) []time.Duration {
	var all []time.Duration
	for _, d := range departures {
		all = append(all, d.After)
	}
	return all
}

// Only echo is disturbed, in rounds, of all of it or of each flow by itself: a lost ARP would make the lab itself fail.
func TestRounds(t *testing.T) {
	arp := frame(ethernetARP, make([]byte, 28)...)
	list := [][]time.Duration{{0}, nil, {0, ms}}
	of, ofEach := onEcho(list...)(), onEachFlow(list...)()
	for i, c := range []struct {
		in           []byte
		want, inFlow []time.Duration
	}{
		{echo4(false, 1, 1), list[0], list[0]},
		{arp, list[0], list[0]},
		{echo6(false, 1, 1), list[1], list[0]},
		{echo4(false, 1, 2), list[2], list[1]},
		{[]byte{1}, list[0], list[0]},
		{echo4(false, 2, 1), list[0], list[0]},
		{echo4(false, 1, 3), list[1], list[2]},
	} {
		if got := delays(of(c.in)); !slices.Equal(got, c.want) {
			t.Errorf("frame %d leaves after %v, want %v", i, got, c.want)
		}
		if got := delays(ofEach(c.in)); !slices.Equal(got, c.inFlow) {
			t.Errorf("frame %d of its flow leaves after %v, want %v", i, got, c.inFlow)
		}
	}
}

// Dice fall the same for every network with the same seed, and the first message of a flow is safe from them.
func TestDice(t *testing.T) {
	w := weather{lost: 30, doubled: 30, held: 30, jitter: ms, hold: 50 * ms}
	one, same, other := onEchoAtRandom(w, 1)(), onEchoAtRandom(w, 1)(), onEchoAtRandom(w, 2)()
	differ := false
	fates := map[int]int{} // how many frames came out how often
	for seq := range uint16(300) {
		in := echo4(false, 1, seq)
		got := delays(one(in))
		if again := delays(same(in)); !slices.Equal(got, again) {
			t.Fatalf("frame %d leaves after %v and after %v", seq, got, again)
		}
		differ = differ || !slices.Equal(got, delays(other(in)))
		if seq == 0 && !slices.Equal(got, []time.Duration{0}) {
			t.Errorf("the first leaves after %v", got)
		}
		fates[len(got)]++
	}
	if !differ || fates[0] < 60 || fates[1] < 60 || fates[2] < 60 {
		t.Errorf("another seed differs: %v; lost %d, passed %d, doubled %d of 300", differ, fates[0], fates[1], fates[2])
	}
}

// A shape behind another gets what that lets through, and delays add up.
func TestShapesInARow(t *testing.T) {
	first, second := onEcho([]time.Duration{0, 2 * ms}, nil)(), onEcho([]time.Duration{ms})()
	both := first.then(second)
	for i, want := range [][]time.Duration{{ms, 3 * ms}, nil} {
		if got := delays(both(echo4(false, 1, 1))); !slices.Equal(got, want) {
			t.Errorf("frame %d leaves after %v, want %v", i, got, want)
		}
	}
	if got := delays(Shape(nil).then(nil)(echo4(false, 1, 1))); !slices.Equal(got, []time.Duration{0}) {
		t.Errorf("no shapes: %v", got)
	}
}
