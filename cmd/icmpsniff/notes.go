package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/icmpsniff/icmpsniff/track"
)

// parseNotes reads the thresholds of --note: KIND=N, KIND=off or all=off. Of two for one kind, the later counts.
func parseNotes(words []string) (map[track.NoteKind]int, error) {
	thresholds := map[track.NoteKind]int{}
	for _, word := range words {
		if word == "all=off" {
			for _, kind := range track.NoteKinds() {
				thresholds[kind] = 0
			}
			continue
		}
		name, value, _ := strings.Cut(word, "=")
		i := slices.IndexFunc(track.NoteKinds(), func(k track.NoteKind) bool { return k.String() == name })
		if i < 0 {
			return nil, usagef("--note %s: the kinds of notes are %s", word, noteKinds())
		}
		kind := track.NoteKinds()[i]
		n, err := strconv.Atoi(value)
		switch _, of := kind.Threshold(); {
		case value == "off":
			thresholds[kind] = 0
		case of == "":
			return nil, usagef("--note %s: say %s=off to have none; there is nothing to count", word, name)
		case err != nil || n < 1 || n > track.MaxThreshold:
			return nil, usagef("--note %s: say %s=N, from 1 to %d %s, or %s=off", word, name, track.MaxThreshold, of, name)
		default:
			thresholds[kind] = n
		}
	}
	return thresholds, nil
}

// noteKinds names all kinds.
func noteKinds() string {
	var names []string
	for _, kind := range track.NoteKinds() {
		names = append(names, kind.String())
	}
	return strings.Join(names, ", ")
}
