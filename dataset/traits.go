package dataset

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
	var seen, twice, last traits
	for i := range len(text) {
		t := byteTraits[text[i]]
		seen, twice, last = seen|t, twice|t&last, t
	}
	return cell{text, textTraits(text, seen, twice)}
}

// textTraits returns the traits of a text, whose bytes have seen, and two of them together have twice.
func textTraits(text string, seen, twice traits) traits {
	all := seen &^ (traitDelimiter | traitSpace)
	switch {
	case text == "":
		return traitEmpty
	case len(text) > maxText:
		return all | traitLong | traitSpace
	case seen&traitSpace == 0:
		return all
	case text[0] == ' ' || text[len(text)-1] == ' ':
		return all | traitSpace
	default:
		return all | twice&traitSpace
	}
}
