package main

import (
	"path/filepath"
	"time"

	"github.com/icmpsniff/icmpsniff/capture"
)

// confine gives up all rights that reading from open files and interfaces, and writing to open files, does without. From here
// on nothing is opened: what reads packets made by others should not be able to, even if one of them makes it do
// what it was never meant to.
func confine(o *options, source capture.Source) error {
	_, _ = time.Now().Zone() // the time zone's file is read now, and not with the first time that is printed
	var needs capture.Needs
	if o.live() {
		for _, i := range source.Interfaces() {
			needs.Interfaces = append(needs.Interfaces, i.Name)
		}
	}
	if o.save.path != "" && o.save.path != "-" && o.save.many {
		needs.Folders = append(needs.Folders, filepath.Dir(o.save.path)) // for the files of the ring that are still to come
	}
	return o.confine(needs)
}
