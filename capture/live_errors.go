package capture

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// LiveKind says why an interface could not be captured on.
type LiveKind uint8

// The kinds of LiveError.
const (
	NoInterface  LiveKind = iota // no interface has this name
	NoPermission                 // capturing needs privileges that this process lacks
	Down                         // the interface is down
	Gone                         // the interface went away during the capture
	BadFilter                    // libpcap does not understand the capture filter; Reason is what it says
	BadLinkType                  // the interface does not offer the link type asked for
	NoMonitor                    // the interface has no monitor mode
	Failed                       // anything else; Reason is what libpcap says
)

// LiveError is why an interface could not be captured on, or no further.
type LiveError struct {
	Interface string
	Kind      LiveKind
	Reason    string
	Err       error // libpcap's own error, where there is one
}

// Error is one sentence that says what to do where something can be done.
func (e *LiveError) Error() string {
	switch e.Kind {
	case NoInterface:
		return fmt.Sprintf("There is no interface %q%s.", e.Interface, instead())
	case NoPermission:
		return fmt.Sprintf("You don't have permission to capture on %q; allow it once with: sudo setcap cap_net_raw,cap_net_admin+eip %s", e.Interface, executable())
	case Down:
		return fmt.Sprintf("The interface %q is down; bring it up with: sudo ip link set %s up", e.Interface, e.Interface)
	case Gone:
		return fmt.Sprintf("The interface %q went away.", e.Interface)
	case BadFilter:
		return fmt.Sprintf("The capture filter for %q can't be compiled: %s.", e.Interface, e.Reason)
	case BadLinkType:
		return fmt.Sprintf("The interface %q can't be captured with link type %q.", e.Interface, e.Reason)
	case NoMonitor:
		return fmt.Sprintf("The interface %q has no monitor mode.", e.Interface)
	default:
		return fmt.Sprintf("Capturing on %q failed: %s.", e.Interface, e.Reason)
	}
}

// Unwrap returns libpcap's error.
func (e *LiveError) Unwrap() error { return e.Err }

// pcapFailures maps libpcap's words to kinds. gopacket does not export the status codes behind them, so the words
// are all there is; the first that occurs wins.
var pcapFailures = []struct {
	words string
	kind  LiveKind
}{
	{"No Such Device", NoInterface},
	{"No such device exists", NoInterface},
	{"Permission Denied", NoPermission},
	{"Operation not permitted", NoPermission},
	{"unknown activated error: -11", NoPermission}, // PCAP_ERROR_PROMISC_PERM_DENIED
	{"Interface Not Up", Down},
	{"That device is not up", Down},
	{"network is down", Down},
	{"went down", Down},
	{"disappeared", Gone},
	{"No such device", Gone},
}

// liveError sorts an error of libpcap.
func liveError(name string, err error) *LiveError {
	e := &LiveError{Interface: name, Kind: Failed, Reason: strings.TrimSuffix(err.Error(), "."), Err: err}
	for _, f := range pcapFailures {
		if strings.Contains(strings.ToLower(e.Reason), strings.ToLower(f.words)) {
			e.Kind = f.kind
			break
		}
	}
	if e.Kind == NoPermission && unknown(name) {
		e.Kind = NoInterface // libpcap asks for permission first; the user must not
	}
	return e
}

// unknown reports whether name is certainly no interface.
func unknown(name string) bool {
	devices, err := ListInterfaces()
	return err == nil && len(devices) > 0 &&
		!slices.ContainsFunc(devices, func(d Device) bool { return d.Name == name })
}

// instead lists what could have been meant.
func instead() string {
	devices, err := ListInterfaces()
	if err != nil || len(devices) == 0 {
		return ""
	}
	names := make([]string, len(devices))
	for i, d := range devices {
		names[i] = d.Name
	}
	return "; there are: " + strings.Join(names, ", ")
}

// executable is the path of the running program, as a shell takes it. setcap refuses symbolic links.
func executable() string {
	path, err := os.Executable()
	if err != nil {
		return `"$(command -v icmpsniff)"`
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if strings.ContainsAny(path, " \t\n'\"\\$&;|<>()*?[]#~`!{}") {
		return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	return path
}
