package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// The pictures of README.md: a run on a terminal, the live view on another, and a page of the report. All are drawn of captures that come
// with the project, and anew by
//
//	go test ./cmd/icmpsniff -run TestManual -update
//
// What is on the drawn terminals is compared to the letter. Of the photograph of the page, which no two browsers take alike, it is
// compared of which page it was taken.
const pictures = house + "/docs"

// badDay is the capture with a little of everything, by which the view and the page are shown.
const badDay = "bad-day.pcap"

// TestManualPicture protects that the picture of a run shows what the command prints.
func TestManualPicture(t *testing.T) {
	path := picture(t, "screenshot.svg")
	t.Chdir(committed)
	args := []string{"-n", "host-unreachable.pcap"}
	out := sniff(t, append(args, "--color=always")...)
	command := "icmpsniff " + strings.Join(args, " ")
	drawing := drawTerminals(command+": packets, what became known between them, and the report", "$ "+command+"\n"+out.stdout)
	if *update {
		write(t, path, drawing)
	}
	if !bytes.Equal(read(t, path), drawing) {
		t.Errorf("%s shows something else than is printed; draw it anew with -update", path)
	}
}

// TestManualPictureOfView protects that the picture of the live view shows what is on the terminal: flows, the worst first, and all
// about one of them.
func TestManualPictureOfView(t *testing.T) {
	path := picture(t, "top.svg")
	flows := openView(t, 116, 12)
	flows.press("s")
	flows.shows("by loss %")
	flow := openView(t, 116, 24)
	flow.press("s", "Down", "Down", "Enter")
	flow.shows("esc back", "Latest packets", "2001:db8:3::14")
	drawn := func() []byte {
		return drawTerminals("icmpsniff --top "+badDay+": flows with their losses and latest round trips, and all about one of them",
			flows.painted(), flow.painted())
	}
	if *update {
		write(t, path, drawn())
	}
	want := read(t, path)
	flow.until("what "+path+" shows", func() bool { return bytes.Equal(drawn(), want) })
	for _, m := range []*terminal{flows, flow} {
		m.press("q")
		m.ended()
	}
}

// openView shows the bad day on a terminal of a size, until its end.
func openView(t *testing.T, width, height int) *terminal {
	t.Helper()
	m := open(t, here(t), width, height, "cd "+committed+" && icmpsniff --top "+badDay)
	m.shows("OVER", "Total")
	return m
}

// painted is the screen with its colors.
func (m *terminal) painted() string {
	m.t.Helper()
	return m.do("capture-pane", "-p", "-e")
}

// TestManualPictureOfPage protects that the picture of the page was taken of the page as it is now.
func TestManualPictureOfPage(t *testing.T) {
	path := picture(t, "report.png")
	t.Chdir(committed)
	page := filepath.Join(t.TempDir(), "report.html")
	sniff(t, "-q", "--report", "html:"+page, badDay)
	taken := fmt.Sprintf("%x", sha256.Sum256(read(t, page)))
	if *update {
		photograph, err := shrink(photographed(t, page), taken)
		if err != nil {
			t.Fatal(err)
		}
		write(t, path, photograph)
	}
	photograph := read(t, path)
	if got := commentOf(photograph); got != taken {
		t.Errorf("%s was taken of another page (%q) than is printed (%q); take it anew with -update", path, got, taken)
	}
	const most = 250_000
	if len(photograph) > most {
		t.Errorf("%s has %d bytes, and may have %d", path, len(photograph), most)
	}
}

// photographed returns a photograph of a page, without the parts for which a picture has no room, as a PNG.
func photographed(t *testing.T, page string) []byte {
	t.Helper()
	browser, ok := browserOf(t)
	if !ok {
		t.Skip("there is no Chromium to take a picture with: apt-get install chromium")
	}
	browser.open(t, page)
	do(t, browser, chromedp.EmulateViewport(1280, 900, chromedp.EmulateScale(1.5)))
	do(t, browser, chromedp.Evaluate[chromedp.Void](
		`document.querySelectorAll(".flow ~ .flow, .omitted, #resolutions, #neighbors, #errors, #paths .scroll, #capture").forEach((e) => e.remove())`))
	return do(t, browser, chromedp.FullScreenshot(100))
}

// TestManualPicturesAreSeen protects that every picture is in both READMEs, in words as well, for those who do not see it.
func TestManualPicturesAreSeen(t *testing.T) {
	for _, name := range []string{"README.md", "README.ko.md"} {
		text := string(read(t, filepath.Join(house, name)))
		for _, pattern := range []string{"*.svg", "*.png"} {
			found, err := filepath.Glob(filepath.Join(pictures, pattern))
			if err != nil || len(found) == 0 {
				t.Fatalf("%s: %v", pattern, err)
			}
			for _, path := range found {
				before, _, shown := strings.Cut(text, "](docs/"+filepath.Base(path)+")")
				if words := before[strings.LastIndex(before, "![")+1:]; !shown || len(words) < len("[in some words") {
					t.Errorf("%s does not show %s, or not in words", name, filepath.Base(path))
				}
			}
		}
	}
}

// picture is the path of a picture, wherever tests go.
func picture(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(pictures, name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
