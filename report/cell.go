package report

import (
	"math"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// The texts of cells. An empty text says that the value is not known.

func count(n uint64) string { return strconv.FormatUint(n, 10) }

// identifier is written as the packet lines write it, so that a row is found again among them.
func identifier(id uint16) string {
	return string(appendHex16([]byte("0x"), id))
}

func address(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	return a.String()
}

func mac(m [6]byte) string {
	if m == [6]byte{} {
		return ""
	}
	return string(appendMAC(nil, m[:]))
}

// Milliseconds writes a time of ns nanoseconds with the resolution of a capture whose seconds have that many digits.
func Milliseconds(ns float64, digits uint8) string {
	return strconv.FormatFloat(ns/1e6, 'f', min(max(int(digits), 3), 9)-3, 64)
}

// millisecondTenths writes ns nanoseconds as milliseconds with one decimal; next to nothing has no sign.
func millisecondTenths(ns float64) string {
	if s := strconv.FormatFloat(ns/1e6, 'f', 1, 64); s != "-0.0" {
		return s
	}
	return "0.0"
}

// percent writes one decimal, and as many more as it takes to tell almost none from none, and almost all from all.
func percent(p float64) string {
	for decimals := 1; ; decimals++ {
		s := strconv.FormatFloat(p, 'f', decimals, 64)
		rounded, _ := strconv.ParseFloat(s, 64)
		if decimals == 8 || (rounded == 0) == (p == 0) && (rounded == 100) == (p == 100) {
			return s
		}
	}
}

// seconds writes a duration of ns nanoseconds with the given number of decimals.
func seconds(ns int64, digits uint8) string { return string(appendSeconds(nil, ns, digits, 0)) }

// timestamp writes RFC 3339 in UTC, ns nanoseconds after the Unix epoch, with the given number of decimals.
func timestamp(ns int64, digits uint8) string {
	layout := "2006-01-02T15:04:05"
	if digits > 0 {
		layout += "." + strings.Repeat("0", min(int(digits), 9))
	}
	return time.Unix(0, ns).UTC().Format(layout + "Z07:00")
}

// rounded drops the digits of a statistic that no clock measured: the result is a whole number of ns, in units of unit ns.
func rounded(ns, unit float64) float64 { return math.Round(ns) / unit }
