// Package filter is the language of display filters: Wireshark 4's, over the fields of package field.
//
// A filter goes through four rooms, each in files of its own, and comes out as one function:
//
//	lexer.go   text → tokens: words, strings, signs
//	parser.go  tokens → tree (tree.go), by precedence
//	check.go   tree → typed tree: fields looked up, literals turned into values of the field's type
//	compile.go typed tree → closures over *field.Subject
//
// [Compile] does all of it, once, and [Filter.Match] runs the result: it never fails, and allocates nothing once its buffers have
// grown. A Filter owns those buffers, so that it is not safe for concurrent use.
//
// # The language
//
// From loose to tight: or (||), xor (^^), and (&&), not (!); then == eq, != ne, > gt, < lt, >= ge, <= le, === all_eq, !== any_ne,
// contains, matches (~), in; then & + - * / %, with { } to group them; then slices [i:length] [i-j] [i], layers #1, functions.
// A comparison holds if any value of its left and right side does; != and ===, and all before it, ask it of every pair. A
// side without values never holds.
//
// matches is RE2 and not PCRE: no backreferences, no look-around. It ignores case, and sees bytes, not characters.
//
// # Where it differs from Wireshark 4.0
//
// xor is Wireshark 4.2's. A field that tells of later frames is refused unless the filter is run on a second pass.
package filter
