package explain

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
)

//go:embed words
var files embed.FS

// languages are those that a story can be told in; the first is that of --explain without more.
var languages = []string{"en", "ko"}

// Languages returns the names of the languages that there are.
func Languages() []string { return slices.Clone(languages) }

// words are the sentences of a language by their keys. A line "key = sentence" has one; what begins with # is for translators.
// In a sentence, {name} stands for an argument, {name:request/requests} for the one of two forms that fits its number, and
// {은/는} for the one of two particles that fits what comes before it.
type words map[string]string

// readWords reads the sentences of a language.
func readWords(language string) (words, error) {
	if !slices.Contains(languages, language) {
		return nil, fmt.Errorf("no words in %q: the languages are %s", language, strings.Join(languages, ", "))
	}
	text, err := files.ReadFile("words/" + language + ".txt")
	if err != nil {
		return nil, err
	}
	all := words{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, sentence, ok := strings.Cut(line, " = ")
		if _, twice := all[key]; !ok || twice {
			return nil, fmt.Errorf("words in %q: %q is no new sentence", language, line)
		}
		all[key] = sentence
	}
	return all, nil
}

// args are the arguments of a sentence by their names.
type args map[string]string

// with returns the arguments and some more.
func (a args) with(more args) args {
	all := maps.Clone(a)
	maps.Copy(all, more)
	return all
}

// has reports whether there is a sentence.
func (w words) has(key string) bool { return w[key] != "" }

// say returns a sentence with its arguments. One that is missing shows as its key, which no test lets through.
func (w words) say(key string, a args) string {
	template, ok := w[key]
	if !ok {
		return "{" + key + "}"
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		template = after
		of, forms, counted := strings.Cut(name, ":")
		if counted {
			b.WriteString(plural(forms, of, a[of]))
		} else if strings.Contains(name, "/") {
			b.WriteString(particle(name, b.String()))
		} else if value, ok := a[name]; ok {
			b.WriteString(value)
		} else {
			b.WriteString("{" + name + "}")
		}
	}
}

// plural returns the first of two forms if an argument counts one, or names one frame.
func plural(forms, name, value string) string {
	one, many, _ := strings.Cut(forms, "/")
	if value == "1" || name == "frames" && !strings.ContainsAny(value, "-,") {
		return one
	}
	return many
}
