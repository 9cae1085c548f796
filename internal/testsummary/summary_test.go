package main

import (
	"strings"
	"testing"
)

// Each stream is what go test -json says, without times. What must never happen is that a run with a failure looks like
// one without: a package that cannot be built or dies has no failed test.
func TestSummarize(t *testing.T) {
	for _, c := range []struct {
		name, stream, text string
		counts             counts
	}{
		{
			"a passed test says nothing",
			`{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:3: quiet\n"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Output":"PASS\n"}
{"Action":"output","Package":"p","Output":"ok  \tp\t0.003s\n"}
{"Action":"pass","Package":"p"}
`,
			"ok  \tp\t0.003s\n1 passed, 0 failed, 0 skipped\n",
			counts{passed: 1},
		},
		{
			"a failed test says all",
			`{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:3: got 1, want 2\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"--- FAIL: TestA (0.00s)\n"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Output":"FAIL\n"}
{"Action":"output","Package":"p","Output":"FAIL\tp\t0.003s\n"}
{"Action":"fail","Package":"p"}
`,
			"    a_test.go:3: got 1, want 2\n--- FAIL: TestA (0.00s)\nFAIL\tp\t0.003s\n0 passed, 1 failed, 0 skipped\n",
			counts{failed: 1},
		},
		{
			"a skipped test says why",
			`{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:3: no tcpdump\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"--- SKIP: TestA (0.00s)\n"}
{"Action":"skip","Package":"p","Test":"TestA"}
{"Action":"pass","Package":"p"}
`,
			"skipped p TestA: a_test.go:3: no tcpdump\n0 passed, 0 failed, 1 skipped\n",
			counts{skipped: 1},
		},
		{
			"a package that does not build",
			`{"ImportPath":"p [p.test]","Action":"build-output","Output":"p_test.go:3:1: undefined: x\n"}
{"ImportPath":"p [p.test]","Action":"build-fail"}
{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}
{"Action":"fail","Package":"p"}
`,
			"p_test.go:3:1: undefined: x\nFAIL\tp [build failed]\n0 passed, 1 failed, 0 skipped\n",
			counts{failed: 1},
		},
		{
			"a package that dies in a test",
			`{"Action":"output","Package":"p","Test":"TestA","Output":"fatal error: out of memory\n"}
{"Action":"output","Package":"p","Output":"FAIL\tp\t9.000s\n"}
{"Action":"fail","Package":"p"}
`,
			"fatal error: out of memory\nFAIL\tp\t9.000s\n0 passed, 1 failed, 0 skipped\n",
			counts{failed: 1},
		},
		{
			"a package without tests",
			`{"Action":"output","Package":"p","Output":"?   \tp\t[no test files]\n"}
{"Action":"skip","Package":"p"}
`,
			"0 passed, 0 failed, 0 skipped\n",
			counts{},
		},
		{"what is no event", "go: downloading a module", "go: downloading a module0 passed, 0 failed, 0 skipped\n", counts{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var text strings.Builder
			got, err := summarize(strings.NewReader(c.stream), &text)
			if err != nil {
				t.Fatal(err)
			}
			if got != c.counts {
				t.Errorf("counts %+v, want %+v", got, c.counts)
			}
			if text.String() != c.text {
				t.Errorf("text\n%s\nwant\n%s", text.String(), c.text)
			}
		})
	}
}
