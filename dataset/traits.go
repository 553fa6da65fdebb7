package dataset

import "strings"

// traits are what a look at the bytes of a text tells, so that most cells pass most rules at once.
type traits uint16

const (
	traitControl  traits = 1 << iota // a control character
	traitSpace                       // a space at an edge, or two together
	traitNotASCII                    // anything beyond ASCII
	traitEntity                      // an ampersand
	traitList                        // a semicolon
	traitLong                        // more bytes than maxText
	traitEmpty                       // no bytes at all
	traitMisfit                      // nothing that the type of its column can hold

	// traitDelimiter marks the bytes that a CSV field without quotes ends at, or cannot have.
	traitDelimiter
)

// byteTraits are the traits that one byte tells.
var byteTraits = func() (table [256]traits) {
	for c := range table {
		switch {
		case c < ' ' || c == 0x7f:
			table[c] = traitControl
		case c >= 0x80:
			table[c] = traitNotASCII
		}
	}
	table[' '], table['&'], table[';'] = traitSpace, traitEntity, traitList
	table['\n'] |= traitDelimiter
	table[','], table['"'] = traitDelimiter, traitDelimiter
	return table
}()

// cell is the text of a cell and its traits.
type cell struct {
	text   string
	traits traits
}

// newCell looks at a text.
func newCell(text string) cell {
	var all traits
	for i := range len(text) {
		all |= byteTraits[text[i]]
	}
	return cell{text, textTraits(text, all)}
}

// textTraits returns the traits of a text whose bytes have some.
func textTraits(text string, all traits) traits {
	if all == 0 && text != "" && len(text) <= maxText {
		return 0 // as most are
	}
	switch {
	case text == "":
		return traitEmpty
	case len(text) > maxText:
		all |= traitLong
	}
	if all&traitSpace != 0 && text[0] != ' ' && text[len(text)-1] != ' ' && !strings.Contains(text, "  ") {
		all &^= traitSpace
	}
	return all &^ traitDelimiter
}
