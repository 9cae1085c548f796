package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Protects the page as a browser shows it, of every capture of the lab: nothing is complained of or asked for, nothing but tables is
// wider than a telephone or a desktop, by day and by night, and what is to be read stands out from its ground.
func TestPageInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("opens some hundred pages")
	}
	browser, ok := browserOf(t)
	if !ok {
		t.Skip("there is no Chromium: apt-get install chromium")
	}
	for _, c := range captures(t) {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "report.html")
			sniff(t, "-q", "--report", "html:"+file, c.path)
			browser.open(t, file)
			for _, scheme := range []string{"light", "dark"} {
				for _, width := range []int64{390, 1280} {
					browser.look(t, scheme, width)
				}
			}
			browser.sort(t)
			browser.complaints(t)
		})
	}
}

// browser is a tab of a browser without a window, and what went wrong in it.
type browser struct {
	ctx   context.Context
	mutex sync.Mutex
	wrong []string
	file  string
}

// browserOf starts a browser, if there is one.
func browserOf(t *testing.T) (*browser, bool) {
	t.Helper()
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			found = path
			break
		}
	}
	if found == "" {
		return nil, false
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(found), chromedp.NoSandbox, chromedp.WSURLReadTimeout(time.Minute))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	b := &browser{ctx: ctx}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	call(t, b, network.Enable, network.EnableParams{})
	call(t, b, log.Enable, cdp.Empty{})
	call(t, b, runtime.Enable, cdp.Empty{})
	return b, true
}

// listen gathers what a page must not do.
func (b *browser) listen(event any) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Request.URL != b.file {
			b.wrong = append(b.wrong, "it asks for "+e.Request.URL)
		}
	case *log.EventEntryAdded:
		b.wrong = append(b.wrong, "the log says "+e.Entry.Text)
	case *runtime.EventExceptionThrown:
		b.wrong = append(b.wrong, "the script fails: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		b.wrong = append(b.wrong, fmt.Sprintf("the console has %v", e.Args))
	}
}

// open shows a file, and unfolds all that is folded.
func (b *browser) open(t *testing.T, file string) {
	t.Helper()
	b.mutex.Lock()
	b.file, b.wrong = (&url.URL{Scheme: "file", Path: file}).String(), nil
	b.mutex.Unlock()
	do(t, b, chromedp.Navigate(b.file))
	do(t, b, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach((d) => { d.open = true })`))
}

// do has the browser do something.
func do[T any](t *testing.T, b *browser, action chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	result, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// call sends the browser a command of its protocol.
func call[P, R any](t *testing.T, b *browser, command cdp.Command[P, R], parameters P) {
	t.Helper()
	if _, err := chromedp.Call(b.ctx, command, parameters); err != nil {
		t.Fatal(err)
	}
}

// look sees the page by day or by night, at a width. PAGES names a folder to leave pictures in.
func (b *browser) look(t *testing.T, scheme string, width int64) {
	t.Helper()
	call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	do(t, b, chromedp.EmulateViewport(width, 900))
	for _, what := range do(t, b, chromedp.Evaluate[[]string](tooWide)) {
		t.Errorf("%s, %d wide: %s is wider than the page", scheme, width, what)
	}
	for _, what := range do(t, b, chromedp.Evaluate[[]string](tooFaint)) {
		t.Errorf("%s, %d wide: %s", scheme, width, what)
	}
	if folder := os.Getenv("PAGES"); folder != "" {
		picture := do(t, b, chromedp.FullScreenshot(100))
		name := fmt.Sprintf("%s-%s-%d.png", filepath.Base(t.Name()), scheme, width)
		if err := os.WriteFile(filepath.Join(folder, name), picture, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// tooWide lists what makes the page scroll sideways.
const tooWide = `(() => {
	const root = document.documentElement;
	if (root.scrollWidth <= root.clientWidth) return [];
	const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > root.clientWidth && !e.closest(".scroll"));
	return wide.slice(0, 3).map((e) => e.tagName + "." + (e.getAttribute("class") || "")).concat("the page: " + root.scrollWidth);
})()`

// tooFaint lists texts of which the contrast with their ground is below what WCAG 2.2 §1.4.3 has as the least, 4.5.
const tooFaint = `(() => {
	const channels = (color) => (color.match(/[\d.]+/g) || []).map(Number);
	const luminance = (color) => {
		const [r, g, b] = channels(color).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const ground = (e) => {
		for (; e; e = e.parentElement) {
			const color = getComputedStyle(e).backgroundColor;
			if (channels(color)[3] !== 0) return color;
		}
		return "rgb(255, 255, 255)";
	};
	const faint = new Map();
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const e = texts.currentNode.parentElement;
		if (!texts.currentNode.data.trim() || e.closest("script, title, desc")) continue;
		const style = getComputedStyle(e);
		const [a, b] = [luminance(e.closest("svg") ? style.fill : style.color), luminance(ground(e))].sort((x, y) => y - x);
		const contrast = (a + 0.05) / (b + 0.05);
		if (contrast < 4.5) faint.set(e.tagName + "." + (e.getAttribute("class") || ""), "a contrast of " + contrast.toFixed(1));
	}
	return [...faint].map(([what, how]) => what + " has " + how);
})()`

// sort presses the first heading of each table three times: rows go up, down, and back.
func (b *browser) sort(t *testing.T) {
	t.Helper()
	wrong := do(t, b, chromedp.Evaluate[[]string](`[...document.querySelectorAll("table[data-name]")].flatMap((table) => {
		const texts = () => [...table.tBodies[0].rows].map((row) => row.textContent).join("\n");
		const heading = table.tHead.rows[0].cells[0];
		const button = heading.querySelector("button");
		if (!button) return table.tBodies[0].rows.length > 1 ? [table.dataset.name + " does not sort"] : [];
		const before = texts();
		const wrong = [];
		for (const want of ["ascending", "descending", null]) {
			button.click();
			if (heading.getAttribute("aria-sort") !== want) wrong.push(table.dataset.name + " is not " + want);
		}
		if (texts() !== before) wrong.push(table.dataset.name + " is not as it was");
		return wrong;
	})`))
	for _, what := range wrong {
		t.Error(what)
	}
}

// complaints reports what went wrong since the page was opened.
func (b *browser) complaints(t *testing.T) {
	t.Helper()
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, what := range b.wrong {
		t.Error(what)
	}
}
