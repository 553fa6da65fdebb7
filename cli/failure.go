package cli

import (
	"fmt"
	"strings"
)

// failure is an error that knows how to go on.
type failure struct {
	message string // lower case, no full stop
	hint    string
}

// Error returns message and hint as one line.
func (f *failure) Error() string {
	if f.hint == "" {
		return f.message
	}
	return f.message + "; " + f.hint
}

// fewWords is up to how many words an error lists.
const fewWords = 21

// unknown returns the error about a word that is none of some words of a kind.
func unknown(kind, word string, words []string) error {
	f := &failure{message: fmt.Sprintf("unknown %s %q", kind, word)}
	switch nearest := nearestWord(word, words); {
	case nearest != "":
		f.hint = "did you mean " + nearest + "?"
	case len(words) <= fewWords:
		f.hint = "write one of " + strings.Join(words, ", ")
	default:
		f.hint = "haltsheet describe " + kind + "s lists them"
	}
	return f
}

// nearestWord returns the word that was most likely meant: the only one that begins like it, or the one that the
// fewest slips make of it. It returns nothing when all are far away.
func nearestWord(word string, words []string) (nearest string) {
	if word == "" {
		return ""
	}
	begins := 0
	for _, w := range words {
		if strings.HasPrefix(w, word) {
			nearest = w
			begins++
		}
	}
	if begins == 1 {
		return nearest
	}
	nearest, fewest := "", 1+max(1, len(word)/3)
	for _, w := range words {
		if n := slips(strings.ToLower(word), w); n < fewest {
			nearest, fewest = w, n
		}
	}
	return nearest
}

// slips counts the letters to add, drop, change or exchange with their neighbour to get from one word to another.
func slips(from, to string) int {
	a, b := []rune(from), []rune(to)
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			changed := 1
			if a[i-1] == b[j-1] {
				changed = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+changed)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
