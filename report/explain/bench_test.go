package explain

import "testing"

// BenchmarkStory is the time for the whole story of a ping by name: 14 frames, read, tracked and told, to the summary.
func BenchmarkStory(b *testing.B) {
	for _, language := range languages {
		b.Run(language, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if len(told(b, "ping-by-name", Options{Language: language})) == 0 {
					b.Fatal("nothing is told")
				}
			}
		})
	}
}
