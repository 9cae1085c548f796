package explain

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/icmpsniff/icmpsniff/decode"
	"github.com/icmpsniff/icmpsniff/track"
)

// all returns the sentences of every language.
func all(t *testing.T) map[string]words {
	t.Helper()
	of := map[string]words{}
	for _, language := range languages {
		w, err := readWords(language)
		if err != nil {
			t.Fatal(err)
		}
		of[language] = w
	}
	return of
}

// arguments lists the names in a sentence, particles and the second mention of a name apart.
func arguments(sentence string) []string {
	names := map[string]bool{}
	for _, m := range regexp.MustCompile(`\{([^}]*)\}`).FindAllStringSubmatch(sentence, -1) {
		name, _, counted := strings.Cut(m[1], ":")
		if !counted && !strings.Contains(name, "/") {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// TestLanguagesSayTheSame protects readers of any language: each has the sentences of the others, with the same arguments.
func TestLanguagesSayTheSame(t *testing.T) {
	of := all(t)
	for _, language := range languages[1:] {
		for key, sentence := range of[languages[0]] {
			other, ok := of[language][key]
			if !ok {
				t.Errorf("%s lacks %s", language, key)
			} else if a, b := arguments(sentence), arguments(other); !slices.Equal(a, b) {
				t.Errorf("%s: %s has the arguments %v, %s has %v", key, languages[0], a, language, b)
			}
		}
		for key := range of[language] {
			if !of[languages[0]].has(key) {
				t.Errorf("%s has %s, which %s lacks", language, key, languages[0])
			}
		}
	}
}

// TestEveryMessageHasWords protects that nothing that has a name goes unexplained: types and codes of ICMP and ICMPv6, of errors
// with their causes, operations of ARP, kinds of notes and states of questions.
func TestEveryMessageHasWords(t *testing.T) {
	var keys []string
	for _, family := range []int{4, 6} {
		typeName, codeName := decode.ICMPv4TypeName, decode.ICMPv4CodeName
		if family == 6 {
			typeName, codeName = decode.ICMPv6TypeName, decode.ICMPv6CodeName
		}
		for n := range 256 {
			kind := typeKey(family, uint8(n))
			if typeName(uint8(n)) != "" {
				keys = append(keys, kind, kind+".means")
			}
			for c := range 256 {
				if name, _ := codeName(uint8(n), uint8(c)); name != "" {
					keys = append(keys, codeKey(family, uint8(n), uint8(c))+".means")
				}
			}
		}
	}
	for _, kind := range []string{"icmp4.3", "icmp4.4", "icmp4.5", "icmp4.11", "icmp4.12", "icmp6.1", "icmp6.2", "icmp6.3", "icmp6.4", "icmp6.137"} {
		keys = append(keys, kind+".causes")
	}
	for c := range 16 {
		keys = append(keys, codeKey(4, 3, uint8(c)), codeKey(4, 3, uint8(c))+".causes")
	}
	for n := decode.RARPRequest; n <= decode.InARPReply; n++ {
		keys = append(keys, arpOperation(uint16(n)))
	}
	for _, k := range track.NoteKinds() {
		keys = append(keys, "note."+k.String(), "note."+k.String()+".why")
	}
	for d := track.ErrorAboutError; d <= track.ErrorAboutGroupSource; d++ {
		keys = append(keys, fmt.Sprintf("note.forbidden-error.%d", d))
	}
	for _, n := range []int{decode.IGMPQuery, decode.IGMPReportV1, decode.IGMPReportV2, decode.IGMPLeave, decode.IGMPReportV3, decode.IGMPTracerouteRequest,
		decode.IGMPTracerouteResponse} {
		kind := fmt.Sprintf("igmp.%d", n)
		keys = append(keys, kind, kind+".name", kind+".means")
	}
	for _, s := range []track.Status{track.StatusUnanswered, track.StatusFree, track.StatusConflict} {
		keys = append(keys, "resolution."+s.String(), "resolution."+s.String()+".what")
	}
	for p := track.ARP; p <= track.InARP; p++ {
		keys = append(keys, "silence."+p.String())
	}
	for language, w := range all(t) {
		for _, key := range keys {
			if !w.has(key) {
				t.Errorf("%s: nothing is said of %s", language, key)
			}
		}
	}
}

// TestKeysInCode protects that what the code says can be said: a key that is written there has its sentence, and of a kind, its
// title, its label and what it is.
func TestKeysInCode(t *testing.T) {
	w := all(t)[languages[0]]
	key := regexp.MustCompile(`^(arp|nd|echo|dns|way|clock|error|quote|fragment|path|pathmtu|statistics|resolution|silence|run|igmp|message|step|gateway|copy|damaged)\.[a-z.0-9]*[a-z0-9]$`)
	found := 0
	for literal := range literals(t) {
		if !key.MatchString(literal) || strings.HasSuffix(literal, ".why") && !w.has(literal) { // there may be nothing to teach
			continue
		}
		found++
		switch {
		case literal == "clock.offset", literal == "clock.capture", literal == "clock.what":
			literal += ".ahead"
		case literal == "resolution.reverse":
			literal += ".what"
		}
		if !w.has(literal) {
			t.Errorf("nothing is said of %s", literal)
		}
		if of, _, _ := strings.Cut(literal, "."); (of == "arp" || of == "nd") && strings.Count(literal, ".") == 1 && literal != "arp.conflict" {
			if !w.has(literal+".label") || !w.has(literal+".what") {
				t.Errorf("%s has no label, or it is not said what it is", literal)
			}
		}
	}
	if found < 80 {
		t.Errorf("%d keys were found in the code, expected 80 or more", found)
	}
}

// literals returns the strings in the package's code.
func literals(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if s, err := strconv.Unquote(l.Value); err == nil {
					found[s] = true
				}
			}
			return true
		})
	}
	return found
}

// TestSay protects how arguments, plurals and particles get into sentences.
func TestSay(t *testing.T) {
	w := words{"plural": "{n} more {n:request/requests}", "frames": "{frames:frame/frames} {frames}", "particle": "{host}{이/가} {mac}{으로/로}", "missing": "{nobody}"}
	for _, c := range []struct {
		name, key string
		args      args
		want      string
	}{
		{"one", "plural", args{"n": "1"}, "1 more request"},
		{"many", "plural", args{"n": "2"}, "2 more requests"},
		{"none", "plural", args{"n": "0"}, "0 more requests"},
		{"one frame", "frames", args{"frames": "7"}, "frame 7"},
		{"a span", "frames", args{"frames": "7-9"}, "frames 7-9"},
		{"a list", "frames", args{"frames": "7, 9"}, "frames 7, 9"},
		{"after a consonant", "particle", args{"host": "192.0.2.1", "mac": "02:00:00:00:00:03"}, "192.0.2.1이 02:00:00:00:00:03으로"},
		{"after a vowel", "particle", args{"host": "192.0.2.2", "mac": "02:00:00:00:00:0c"}, "192.0.2.2가 02:00:00:00:00:0c로"},
		{"an argument that is missing shows", "missing", nil, "{nobody}"},
		{"a sentence that is missing shows", "nothing", nil, "{nothing}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := w.say(c.key, c.args); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestParticle protects Korean readers: digits and letters are followed by the particle of the sound in which they are read.
func TestParticle(t *testing.T) {
	for _, c := range []struct{ text, pair, want string }{
		{"10", "은/는", "은"},   // 영
		{"11", "을/를", "을"},   // 일
		{"12", "이/가", "가"},   // 이
		{"13", "과/와", "과"},   // 삼
		{"14", "은/는", "는"},   // 사
		{"16", "으로/로", "으로"}, // 육
		{"11", "으로/로", "로"},  // 일: ㄹ takes 로
		{"18", "으로/로", "로"},  // 팔
		{"13", "으로/로", "으로"}, // 삼
		{"0a", "이/가", "가"},   // 에이
		{"far.example", "을/를", "를"},
		{"게이트웨이", "은/는", "는"},
		{"호스트들", "으로/로", "로"},
		{"응답", "을/를", "을"},
		{"라우터 (192.0.2.1)", "이/가", "가"}, // what is in parentheses is not read
		{"", "은/는", "는"},
	} {
		if got := particle(c.pair, c.text); got != c.want {
			t.Errorf("%q takes %q of %s, want %q", c.text, got, c.pair, c.want)
		}
	}
}

// TestLanguageIsKnown protects that a language that there is not is a mistake of the user's, who learns which there are.
func TestLanguageIsKnown(t *testing.T) {
	if _, err := New(Options{Language: "tlh"}); err == nil || !strings.Contains(err.Error(), "en, ko") {
		t.Errorf("got %v", err)
	}
}
