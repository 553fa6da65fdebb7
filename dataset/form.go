package dataset

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"haltsheet/dataset/pattern"
)

// Form is what a well-formed text of a column looks like beyond its type.
type Form struct {
	Name        string
	Description string
	// Pattern is an ECMA-262 and RE2 regular expression that every well-formed text matches whole, for descriptors
	// and schemas; empty where only a table or a parser can tell.
	Pattern string
	// plain reports of most well-formed texts, and lists of them, at one look that they are; nil where none can tell.
	plain func(text string) bool
	// problem returns what is wrong with a text and how to mend it, and nothing for a well-formed text.
	problem func(text string) (message, hint string)
}

// The forms. A column names at most one.
var (
	formSlug = &Form{
		Name:        "slug",
		Description: "lower-case ASCII letters, digits and single hyphens between them, at most 64 characters",
		Pattern:     `^[a-z0-9]+(-[a-z0-9]+)*$`,
		plain:       isSlugs,
		problem:     slugProblem,
	}
	formCountry = &Form{
		Name:        "country",
		Description: "an ISO 3166-1 alpha-2 code",
		Pattern:     `^[A-Z]{2}$`,
		problem: func(text string) (string, string) {
			if _, ok := CountryName(text); ok {
				return "", ""
			}
			return fmt.Sprintf("%q is not a country code of ISO 3166-1 alpha-2", text), "write two capital letters, such as GB for the United Kingdom"
		},
	}
	formCurrency = &Form{
		Name:        "currency",
		Description: "an ISO 4217 code",
		Pattern:     `^[A-Z]{3}$`,
		problem: func(text string) (string, string) {
			if isCurrency(text) {
				return "", ""
			}
			if name, ok := unitsOfAccount()[strings.ToUpper(text)]; ok {
				return fmt.Sprintf("%q (%s) is a code of ISO 4217 without a minor unit, and no amount here can be in it", text, name), "write the amount in a currency, and what it was in the note"
			}
			return fmt.Sprintf("%q is not a currency code of ISO 4217", text), "write three capital letters, such as USD"
		},
	}
	formLanguage = &Form{
		Name:        "language",
		Description: "a BCP 47 language tag in canonical form",
		problem: func(text string) (string, string) {
			tag, err := language.Parse(text)
			if err != nil {
				return fmt.Sprintf("%q is not a language tag of BCP 47", text), "write a tag such as en or pt-BR"
			}
			if tag.String() != text {
				return fmt.Sprintf("%q is not the canonical form of a BCP 47 tag", text), "write a tag such as en or pt-BR"
			}
			return "", ""
		},
	}
	formURL = &Form{
		Name:        "url",
		Description: "an absolute http or https address",
		Pattern:     `^[Hh][Tt][Tt][Pp][Ss]?://[^\s;]+$`,
		plain:       isPlainURL,
		problem: func(text string) (string, string) {
			if strings.Contains(text, listSeparator) {
				return fmt.Sprintf("%q has a semicolon, which separates the members of lists", text), "write %3B for the semicolon"
			}
			return addressProblem(text)
		},
	}
	formMember = &Form{
		Name:        "list member",
		Description: "a text without semicolons, since lists of it are joined by them",
		Pattern:     `^[^;]+$`,
		problem: func(text string) (string, string) {
			if strings.Contains(text, listSeparator) {
				return fmt.Sprintf("%q has a semicolon, which separates the members of lists", text), "write a comma or a dash"
			}
			return "", ""
		},
	}
	formDay = &Form{
		Name:        "day",
		Description: "a plain calendar day, YYYY-MM-DD",
		Pattern:     `^\d{4}-\d{2}-\d{2}$`,
		problem: func(text string) (string, string) {
			if _, err := parseDay(text); err != nil {
				return fmt.Sprintf("%q is not a calendar day YYYY-MM-DD", text), "write a day such as 2022-03-09, without ?, ~ or %"
			}
			return "", ""
		},
	}
)

// addressProblem returns what is wrong with a text that is to be an absolute http or https address.
func addressProblem(text string) (message, hint string) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || !strings.HasPrefix(text[min(len(u.Scheme), len(text)):], "://") || u.Scheme != "http" && u.Scheme != "https" ||
		strings.ContainsFunc(text, isSpace):
		return fmt.Sprintf("%q is not an absolute http or https address", text), "write the address from https:// on, spaces as %20"
	case u.User != nil:
		return fmt.Sprintf("%q names a user", text), "leave out what stands before the @"
	}
	if port, err := strconv.ParseUint(u.Port(), 10, 16); u.Port() != "" && (err != nil || port == 0) {
		return fmt.Sprintf("%q has a port that cannot be", text), "leave out the colon and what stands behind it"
	}
	return "", ""
}

// isPlainURL reports whether a text is an address without escapes, ports and users, as most are.
func isPlainURL(text string) bool {
	rest, isWeb := strings.CutPrefix(text, "https://")
	if !isWeb {
		rest, isWeb = strings.CutPrefix(text, "http://")
	}
	host, path, _ := strings.Cut(rest, "/")
	return isWeb && host != "" && hasOnly(host, &hostBytes) && hasOnly(path, &pathBytes)
}

// The bytes of plain addresses (RFC 3986, 2.3 and 3.3): unreserved ones, and those that separate.
var (
	hostBytes = byteSet("abcdefghijklmnopqrstuvwxyz0123456789.-")
	pathBytes = byteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~/?&=+,:@!$'()*#")
)

func byteSet(members string) (set [256]bool) {
	for i := range len(members) {
		set[members[i]] = true
	}
	return set
}

func hasOnly(text string, set *[256]bool) bool {
	for i := range len(text) {
		if !set[text[i]] {
			return false
		}
	}
	return true
}

// isSpace reports whether a character is white space to Unicode or to ECMA-262, which counts the byte order mark.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }

// isCurrency reports whether a text is a currency code of ISO 4217.
func isCurrency(text string) bool {
	_, ok := MinorUnits(text)
	return ok
}

// IsSlug reports whether a text can be a key, or the name of a dataset.
func IsSlug(text string) bool {
	message, _ := slugProblem(text)
	return text != "" && message == ""
}

// maxSlug is the most characters of a key.
const maxSlug = 64

// isSlugs reports whether a text is a list of keys, or one key.
func isSlugs(text string) bool {
	start, separate := 0, true // a hyphen or the end of a key may not stand here
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			separate = false
		case separate:
			return false
		case c == '-':
			separate = true
		case c == listSeparator[0] && i-start <= maxSlug:
			start, separate = i+1, true
		default:
			return false
		}
	}
	return !separate && len(text)-start <= maxSlug
}

func slugProblem(text string) (message, hint string) {
	if len(text) > maxSlug {
		return fmt.Sprintf("%q is longer than %d characters", text, maxSlug), "shorten the key"
	}
	separate := true // a hyphen may not stand here
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			separate = false
		case c == '-' && !separate && i < len(text)-1:
			separate = true
		default:
			return fmt.Sprintf("%q is not a key of lower-case letters, digits and single hyphens", text), slugHint(text)
		}
	}
	return "", ""
}

var notSlug = pattern.New(`[^a-z0-9]+`)

func slugHint(text string) string {
	if slug := slugOf(text); slug != "" {
		return "write " + slug
	}
	return "write a key such as sony-interactive-entertainment"
}
