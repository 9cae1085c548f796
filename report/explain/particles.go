package explain

import (
	"strings"
	"unicode/utf8"
)

// In Korean, the particle that follows a word depends on the sound in which the word ends. Templates name both, "{host}{은/는}",
// of which the first follows a consonant.

// particle returns the one of a pair that follows a text.
func particle(pair, text string) string {
	afterConsonant, afterVowel, _ := strings.Cut(pair, "/")
	consonant, l := ending(text)
	if !consonant || l && afterConsonant == "으로" {
		return afterVowel
	}
	return afterConsonant
}

// spoken says of the letters and digits that end in a consonant as Koreans read them aloud, whether that is ㄹ: 0 영, 1 일, 3 삼,
// 6 육, 7 칠, 8 팔, L 엘, M 엠, N 엔, R 알.
var spoken = map[rune]bool{
	'0': false, '1': true, '3': false, '6': false, '7': true, '8': true,
	'l': true, 'm': false, 'n': false, 'r': true, 'L': true, 'M': false, 'N': false, 'R': true,
}

// ending reports whether a text, what it has in parentheses at its end apart, ends in a consonant, and whether that is ㄹ.
func ending(text string) (consonant, l bool) {
	if open := strings.LastIndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") {
		text = strings.TrimRight(text[:open], " ")
	}
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "\"'."))
	const first, last, finals, rieul = '가', '힣', 28, 8 // Unicode composes syllables by their final consonant last
	if first <= r && r <= last {
		final := (r - first) % finals
		return final != 0, final == rieul
	}
	l, consonant = spoken[r]
	return consonant, l
}
