//go:build !linux

package capture

// link knows nothing: only Linux' interfaces are followed.
type link struct{}

func followLink(string) *link  { return nil }
func (*link) state() linkState { return linkUp }
func (*link) close()           {}
