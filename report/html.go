package report

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"sync"
)

// htmlPrinter prints one page that holds all it needs: no link leads out of it, and it asks for nothing. What it draws takes
// track.Options.History; of a summary without, it has the tables alone.
type htmlPrinter struct{}

func (htmlPrinter) Print(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	if err := pageTemplate().Execute(out, pageOf(r)); err != nil {
		return err
	}
	return out.Flush()
}

// The page's template, its looks, and the script that sorts tables, without which it says the same.
// Nothing has content-visibility: auto. Beside a table of a thousand rows, each plot that comes into sight then costs the browser a
// walk over all of the page, 20 ms of every frame that scrolls; to lay out 200 unfolded plots at once costs 160 ms, once.
var (
	//go:embed html/page.tmpl
	pageText string
	//go:embed html/page.css
	styleText string
	//go:embed html/sort.js
	scriptText string
)

// pageTemplate is parsed when a page is asked for: most runs print none.
var pageTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(pageText)) })

// policy forbids the page everything but its own style and script, whatever a capture might have put into it.
var policy = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + hashed(styleText) + "; script-src " + hashed(scriptText)

// hashed returns how a Content-Security-Policy names a text (CSP Level 3 §2.3.1).
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
