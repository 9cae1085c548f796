package report

import "github.com/icmpsniff/icmpsniff/track"

// notesTopic has a row for each note.
var notesTopic = topic{
	name: "notes", title: "Notes",
	rows:  func(r *Report) int { return len(r.Summary.Notes) },
	notes: omittedNotes,
	columns: []column{
		{key: "severity", title: "Severity", kind: word, cell: ofNote(func(n *track.Note) string { return n.Severity.String() })},
		{key: "kind", title: "Kind", kind: word, dispensable: 2, cell: ofNote(func(n *track.Note) string { return n.Kind.String() })},
		{key: "text", title: "Note", kind: word, cell: ofNote(noteText)},
		{key: "frames", title: "Frames", kind: word, dispensable: 1, cell: ofNote(noteFrames)},
		{key: "count", shown: forPrograms, cell: ofNote(func(n *track.Note) string { return count(n.Count) })},
	},
}

// ofNote makes a cell of the report's row out of one of a note.
func ofNote(text func(*track.Note) string) func(*Report, int) string {
	return func(r *Report, row int) string { return text(&r.Summary.Notes[row]) }
}

func omittedNotes(r *Report) []string {
	if r.Summary.NotesOmitted == 0 {
		return nil
	}
	return []string{"What else may have been worth a note was given up for want of room: " + count(r.Summary.NotesOmitted) + "."}
}
