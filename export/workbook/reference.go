package workbook

import (
	"fmt"
	"strings"
)

// outside are the characters of ASCII that stand in no address, but for the brackets around the digits of a host (RFC 3986, 2 and 3.2.2).
const outside = " \"<>[\\]^`{|}"

// reference returns an address as a relationship may have it (ECMA-376 Part 2, 9.3): what stands in none is written with percent signs
// (RFC 3986, 2.1), since readers refuse such a relationship, or the whole workbook. An address that is sound stays as it is.
func reference(address string) string {
	if !strings.ContainsAny(address, outside+"%") && strings.Count(address, "#") < 2 {
		return address
	}
	_, behindScheme, _ := strings.Cut(address, "//")
	path := strings.IndexAny(behindScheme, "/?#")
	if path < 0 {
		return address
	}
	path += len(address) - len(behindScheme)
	b, inFragment := []byte(address[:path]), false
	for i := path; i < len(address); i++ {
		switch c := address[i]; {
		case c == '#' && !inFragment:
			b, inFragment = append(b, c), true
		case c == '#', c == '%' && !isPercentEncoding(address[i:]), strings.IndexByte(outside, c) >= 0:
			b = fmt.Appendf(b, "%%%02X", c)
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

// isPercentEncoding reports whether a text begins with a percent sign and two digits of base 16.
func isPercentEncoding(text string) bool {
	const digits = "0123456789abcdefABCDEF"
	return len(text) > 2 && strings.IndexByte(digits, text[1]) >= 0 && strings.IndexByte(digits, text[2]) >= 0
}
