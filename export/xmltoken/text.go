package xmltoken

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// charPlace is where characters stand.
type charPlace uint8

const (
	inText  charPlace = iota // between tags
	inData                   // in a CDATA section
	inValue                  // of an attribute
)

// What bytes may be.
const (
	nameByte  = 1 << iota // of a name, or a part of a letter beyond ASCII
	firstByte             // of a name, at its start
	colonByte             // of a name, between prefix and local name
	wideByte              // of a letter beyond ASCII
	spaceByte
	valueByte // of a value, as itself
	textByte  // of a text, as itself
)

var byteClasses = func() (classes [256]uint8) {
	for i := range classes {
		c := byte(i)
		isLetter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == ':'
		if isLetter || c >= '0' && c <= '9' || c == '.' || c == '-' || c >= utf8.RuneSelf {
			classes[i] |= nameByte
		}
		if isLetter {
			classes[i] |= firstByte
		}
		if c == ':' {
			classes[i] |= colonByte
		}
		if c >= utf8.RuneSelf {
			classes[i] |= wideByte
		}
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			classes[i] |= spaceByte
		}
		if (c >= ' ' || c == '\t' || c == '\n') && c < utf8.RuneSelf && c != '&' && c != '<' {
			if c != '"' && c != '\'' {
				classes[i] |= valueByte
			}
			if c != ']' {
				classes[i] |= textByte
			}
		}
	}
	return classes
}()

// resolve returns the characters between two offsets as they are meant: references resolved, line ends made \n. They are
// where they were if there is nothing to resolve.
func (t *Tokenizer) resolve(start, end int, where charPlace) ([]byte, error) {
	text, spare := t.buf[start:end], len(t.spare)
	copied := 0 // up to here, text is in spare
	keep := func(upTo int, instead ...byte) {
		t.spare = append(append(t.spare, text[copied:upTo]...), instead...)
	}
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case byteClasses[c]&textByte != 0:
			i++
		case c == '\r':
			keep(i, '\n')
			if i++; i < len(text) && text[i] == '\n' {
				i++
			}
			copied = i
		case c == '&' && where != inData:
			r, length := reference(text[i:])
			if length == 0 {
				return nil, t.fault(start+i, "%q is no reference that XML knows", text[i:min(i+12, len(text))])
			}
			keep(i)
			t.spare = utf8.AppendRune(t.spare, r)
			i += length
			copied = i
			if !isCharacter(r) {
				return nil, t.fault(start+i, "the character %U, which XML has not", r)
			}
		case c == '<' && where == inValue:
			return nil, t.fault(start+i, "a < inside of a value")
		case c == ']' && where == inText && bytes.HasPrefix(text[i:], []byte("]]>")):
			return nil, t.fault(start+i, "]]> outside of a CDATA section")
		default:
			r, size := utf8.DecodeRune(text[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				return nil, t.fault(start+i, "bytes that are not UTF-8")
			case !isCharacter(r):
				return nil, t.fault(start+i, "the character %U, which XML has not", r)
			}
			i += size
		}
	}
	if copied == 0 {
		return text, nil
	}
	keep(len(text))
	return t.spare[spare:], nil
}

// isCharacter reports whether XML has a character (XML 1.0, 2.2).
func isCharacter(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// reference returns the character that a text begins with a reference to, and how long that is; 0 for none.
func reference(text []byte) (r rune, length int) {
	end := bytes.IndexByte(text, ';')
	if end < 2 {
		return 0, 0
	}
	switch name := text[1:end]; string(name) {
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "amp":
		return '&', end + 1
	case "apos":
		return '\'', end + 1
	case "quot":
		return '"', end + 1
	default:
		if name[0] != '#' {
			return 0, 0
		}
		digits, base := name[1:], 10
		if len(digits) > 0 && digits[0] == 'x' {
			digits, base = digits[1:], 16
		}
		n, err := strconv.ParseUint(string(digits), base, 64)
		if err != nil || n > utf8.MaxRune {
			return 0, 0
		}
		if r = rune(n); !utf8.ValidRune(r) {
			r = utf8.RuneError // half of a pair
		}
		return r, end + 1
	}
}

// parameter returns what an XML declaration says of something; empty for nothing.
func parameter(content []byte, name string) string {
	for rest := content; ; {
		_, after, found := bytes.Cut(rest, []byte(name+"="))
		if !found || len(after) == 0 {
			return ""
		}
		if quote := after[0]; quote == '"' || quote == '\'' {
			value, _, closed := bytes.Cut(after[1:], []byte{quote})
			if !closed {
				return ""
			}
			return string(value)
		}
		rest = after[1:]
	}
}

// isUTF8 reports whether the name of an encoding, or none, stands for UTF-8.
func isUTF8(encoding string) bool {
	return encoding == "" || len(encoding) == 5 && bytes.EqualFold([]byte(encoding), []byte("utf-8"))
}
