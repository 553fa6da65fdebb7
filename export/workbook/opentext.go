package workbook

import (
	"strconv"
	"unicode/utf8"
)

// appendParagraphs appends a text as paragraphs of an OpenDocument, one a line.
func appendParagraphs(b []byte, text string) []byte {
	b = append(b, "<text:p>"...)
	if escaped, spaced := needsEscapes(text); escaped || spaced {
		b = appendParagraph(b, text)
	} else {
		b = append(b, text...)
	}
	return append(b, "</text:p>"...)
}

// appendParagraph appends a text with its white space, which a reader would collapse (OpenDocument 1.3 Part 3, 6.1.2): spaces
// behind another or at an edge are elements, and so are tabs. A line feed begins another paragraph.
func appendParagraph(b []byte, text string) []byte {
	start, behind := 0, byte('\n')
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case '\n':
			b = append(appendPlain(b, text[start:i]), "</text:p><text:p>"...)
			i++
			start, behind = i, c
		case '\t':
			b = append(appendPlain(b, text[start:i]), "<text:tab/>"...)
			i++
			start, behind = i, c
		case ' ':
			n := 1
			for i+n < len(text) && text[i+n] == ' ' {
				n++
			}
			if i+n < len(text) && text[i+n] != '\n' && behind != '\n' && n == 1 {
				i, behind = i+1, c
				continue
			}
			b = appendPlain(b, text[start:i])
			b = append(strconv.AppendInt(append(b, `<text:s text:c="`...), int64(n), 10), `"/>`...)
			i += n
			start, behind = i, c
		default:
			behind = c
			i++
		}
	}
	return appendPlain(b, text[start:])
}

// appendPlain appends a text with markup as entities. What XML cannot hold becomes U+FFFD.
func appendPlain(b []byte, text string) []byte {
	start := 0
	for i := 0; i < len(text); {
		size, instead := 1, ""
		switch c := text[i]; {
		case c == '&':
			instead = "&amp;"
		case c == '<':
			instead = "&lt;"
		case c == '>':
			instead = "&gt;"
		case c == '"':
			instead = "&quot;"
		case c == '\n', c == '\t':
			instead = "&#" + strconv.Itoa(int(c)) + ";"
		case c < ' ':
			instead = "\uFFFD"
		case c == 0xef: // U+FFFE and U+FFFF begin with it
			var r rune
			if r, size = utf8.DecodeRuneInString(text[i:]); r == 0xfffe || r == 0xffff {
				instead = "\uFFFD"
			}
		}
		if instead != "" {
			b = append(append(b, text[start:i]...), instead...)
			start = i + size
		}
		i += size
	}
	return append(b, text[start:]...)
}
