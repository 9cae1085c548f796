package main

import (
	"bufio"
	"embed"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/pflag"
)

// completionScripts are what the shells load. They leave all there is to know to the command itself: see completionCall.
//
//go:embed completion
var completionScripts embed.FS

// shells are those with a script.
const shells = "bash|zsh|fish"

func printCompletion(w io.Writer, shell string) error {
	if !slices.Contains(strings.Split(shells, "|"), shell) {
		return usagef("--completion is one of %s, not %q", strings.ReplaceAll(shells, "|", ", "), shell)
	}
	script, err := completionScripts.ReadFile("completion/icmpsniff." + shell)
	if err != nil {
		return err
	}
	_, err = w.Write(script)
	return err
}

// completionCall is the first argument of a command line that a completion script calls: the words typed so far follow, and
// last the one that the cursor is at the end of.
const completionCall = "--complete"

// candidate is what the last word may become, and what that means.
type candidate struct{ word, about string }

// filesWord stands for the names of files; what is before them in the word is the candidate's about.
const filesWord = ":files"

// printCandidates prints what the last of the words may become, a line each, with a tab before what it means.
func printCandidates(w io.Writer, words []string) error {
	out := bufio.NewWriter(w)
	for _, c := range candidates(optionTable(), words) {
		out.WriteString(offerable(c.word) + "\t" + offerable(c.about) + "\n")
	}
	return out.Flush()
}

// offerable keeps what the system says of its interfaces on one line, and harmless.
func offerable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
}

// candidates returns what the last of the words may become.
func candidates(f *pflag.FlagSet, words []string) []candidate {
	if len(words) == 0 {
		words = []string{""}
	}
	before, word := words[:len(words)-1], words[len(words)-1]
	read := readWords(f, before)
	if read.waiting != nil {
		return beginning(word, argumentsOf(read.waiting, word, ""))
	}
	if !read.options || !strings.HasPrefix(word, "-") || word == "-" && read.input {
		if read.input {
			return nil // words of a capture filter
		}
		return []candidate{{filesWord, ""}}
	}
	if name, value, given := strings.Cut(strings.TrimPrefix(word, "--"), "="); given && strings.HasPrefix(word, "--") {
		if flag := f.Lookup(name); flag != nil {
			return beginning(word, argumentsOf(flag, value, "--"+name+"="))
		}
		return nil
	}
	if flag, at := shortArgument(f, word); flag != nil && at < len(word) {
		return beginning(word, argumentsOf(flag, word[at:], word[:at]))
	}
	return beginning(word, optionNames(f, word))
}

// typed is what the words before the last one come to.
type typed struct {
	waiting *pflag.Flag // the option whose argument comes next, nil if none
	options bool        // there was no "--"
	input   bool        // a file or an interface was named
}

func readWords(f *pflag.FlagSet, words []string) typed {
	t := typed{options: true}
	for _, word := range words {
		switch {
		case t.waiting != nil:
			t.waiting = nil
		case t.options && word == "--":
			t.options = false
		case t.options && strings.HasPrefix(word, "--"):
			name, _, given := strings.Cut(word[2:], "=")
			flag := f.Lookup(name)
			if flag != nil && !given && flag.NoOptDefVal == "" {
				t.waiting = flag
			}
			t.input = t.input || flag != nil && isInput(flag)
		case t.options && len(word) > 1 && word[0] == '-':
			flag, at := shortArgument(f, word)
			if flag != nil && at == len(word) {
				t.waiting = flag
			}
			t.input = t.input || flag != nil && isInput(flag)
		default:
			t.input = true
		}
	}
	return t
}

func isInput(f *pflag.Flag) bool { return f.Name == "interface" || f.Name == "read-file" }

// shortArgument returns the option among the letters of a word, such as -nqT, that takes an argument, and where that begins.
func shortArgument(f *pflag.FlagSet, word string) (*pflag.Flag, int) {
	if len(word) < 2 || word[0] != '-' || word[1] == '-' {
		return nil, 0
	}
	for i := 1; i < len(word) && word[i] < 0x80; i++ {
		if flag := f.ShorthandLookup(word[i : i+1]); flag != nil && flag.NoOptDefVal == "" {
			return flag, i + 1
		}
	}
	return nil, 0
}

// optionNames are the options: the letters, unless the word begins with two dashes, and the long names.
func optionNames(f *pflag.FlagSet, word string) []candidate {
	var all []candidate
	f.VisitAll(func(flag *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(flag)
		if flag.Shorthand != "" && !strings.HasPrefix(word, "--") {
			all = append(all, candidate{"-" + flag.Shorthand, usage})
		}
		all = append(all, candidate{"--" + flag.Name, usage})
	})
	return all
}

// argumentsOf returns what a flag takes, each with lead before it. The table of options says it, or else arguments does.
func argumentsOf(flag *pflag.Flag, typed, lead string) []candidate {
	var all []candidate
	name, _ := pflag.UnquoteUsage(flag)
	switch values, known := arguments[flag.Name]; {
	case known:
		all = slices.Clone(values(typed))
	case strings.HasPrefix(name, "FILE"):
		all = []candidate{{filesWord, ""}}
	case strings.Contains(name, "|"):
		all = asCandidates(strings.Split(strings.Trim(name, "[=]"), "|"))
	}
	for i := range all {
		if all[i].word == filesWord {
			all[i].about = lead + all[i].about
		} else {
			all[i].word = lead + all[i].word
		}
	}
	return all
}

// beginning returns the candidates that a word can become.
func beginning(word string, all []candidate) []candidate {
	return slices.DeleteFunc(all, func(c candidate) bool { return c.word != filesWord && !strings.HasPrefix(c.word, word) })
}

func asCandidates(words []string) []candidate {
	all := make([]candidate, len(words))
	for i, word := range words {
		all[i].word = word
	}
	return all
}

// listNames are the lists that -G prints.
func listNames() []string { return slices.Sorted(maps.Keys(lists)) }
