package filter

// kind is what a token is.
type kind uint8

const (
	end     kind = iota
	word         // a field, a function, a number, an address: told apart later
	quoted       // "…", escapes undone, or r"…"
	char         // 'c'
	name         // .field: certainly a field
	opening      // ( [ { and # , ..
	closing
	sign // everything else
)

// token is one piece of a filter.
type token struct {
	kind kind
	span
	text string // of a quoted one or a char, what it stands for; of words that are operators, the sign
	raw  string // as written
}

// is reports whether the token is the sign, or the word that stands for it.
func (t token) is(text string) bool { return t.kind == sign && t.text == text }

// words are those that stand for signs.
var words = map[string]string{
	"and": "&&", "or": "||", "not": "!", "xor": "^^",
	"eq": "==", "any_eq": "==", "ne": "!=", "all_ne": "!=", "all_eq": "===", "any_ne": "!==",
	"gt": ">", "lt": "<", "ge": ">=", "le": "<=",
	"contains": "contains", "matches": "matches", "in": "in", "any": "any", "all": "all",
	"bitwise_and": "&",
}

// signs are tried in this order, so that the longest wins.
var signs = []struct{ written, means string }{
	{"===", "==="}, {"!==", "!=="}, {"==", "=="}, {"!=", "!="}, {"~=", "!=="}, {"<=", "<="}, {">=", ">="},
	{"&&", "&&"}, {"||", "||"}, {"^^", "^^"}, {"..", ".."},
	{"<", "<"}, {">", ">"}, {"!", "!"}, {"~", "matches"}, {"&", "&"},
	{"+", "+"}, {"-", "-"}, {"*", "*"}, {"/", "/"}, {"%", "%"},
	{"(", "("}, {")", ")"}, {"[", "["}, {"]", "]"}, {"{", "{"}, {"}", "}"}, {",", ","}, {"#", "#"},
}
