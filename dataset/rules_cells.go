package dataset

import (
	"fmt"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"haltsheet/dataset/pattern"
)

// maxText is the most UTF-16 code units of one cell: Excel's limit.
const maxText = 32767

func isText(c *Column) bool { return c.Type == TypeText || c.Type == TypeList }

// cellRules look at one cell at a time. Type, code and form come first: a cell that fails one of them is not
// held to the others.
var cellRules = []Rule{
	{
		ID: "required", Title: "Missing value", Severity: Error,
		Explanation: "A required column has no empty cells.",
		Hint:        "write the value",
		of:          func(c *Column) bool { return c.Required },
		traits:      traitEmpty,
		cell: func(_ *Dataset, c *Column, _ string) (string, string) {
			return c.Name + " is empty", "write it, such as " + c.Example
		},
	},
	{
		ID: "type-error", Title: "Wrong type", Severity: Error,
		Explanation: "A date is EDTF (2022, 2022-03 or 2022-03-09, with ?, ~ or % behind it), an amount is a decimal number, a list has no empty or repeated members.",
		Hint:        "write the value in the type of the column",
		of:          func(c *Column) bool { return c.Type != TypeText },
		traits:      traitMisfit | traitList,
		cell:        typeProblem,
	},
	{
		ID: "decimal-form", Title: "Number not in canonical form", Severity: Error,
		Explanation: "A number is plain digits: no sign, exponent, separators, leading or trailing zeros, and at most 15 significant digits, so that every program reads the same number.",
		Hint:        "write plain digits",
		of:          func(c *Column) bool { return c.Type == TypeDecimal },
		traits:      traitMisfit,
		cell: func(_ *Dataset, c *Column, text string) (string, string) {
			plain, isNumber := canonicalDecimal(text)
			if !isNumber {
				return "", ""
			}
			whole, _, _ := strings.Cut(strings.TrimLeft(plain, "+-"), ".")
			switch {
			case significantDigits(text) > MaxDigits:
				return fmt.Sprintf("%s %q has more than %d digits", c.Name, text, MaxDigits), "round it as its source does"
			case len(whole) > MaxDigits:
				return fmt.Sprintf("%s %q has more than %d digits", c.Name, text, MaxDigits), "check it for zeros too many"
			}
			return fmt.Sprintf("%s %q is not in canonical form", c.Name, text), ""
		},
	},
	{
		ID: "decimal-range", Title: "Number out of range", Severity: Error,
		Explanation: "An amount has at most 14 digits before the point, a rate 12 before and 6 behind it: what a decimal of 18 digits holds in Parquet and in databases.",
		Hint:        "round it as its source does, or check it for zeros too many",
		of:          func(c *Column) bool { return c.Type == TypeDecimal },
		cell: func(_ *Dataset, c *Column, text string) (string, string) {
			whole, fraction, _ := strings.Cut(text, ".")
			behind := c.Decimals()
			switch before := DecimalDigits - behind; {
			case len(fraction) > behind && c.Currency == "": // of an amount its currency tells
				return fmt.Sprintf("%s %s has more than %d digits behind the point", c.Name, text, behind), "round it as its source does"
			case len(whole) > before:
				return fmt.Sprintf("%s %s has more than %d digits before the point", c.Name, text, before), "check it for zeros too many"
			}
			return "", ""
		},
	},
	{
		ID: "enum", Title: "Unknown code", Severity: Error,
		Explanation: "A code column holds codes of its list, as haltsheet describe codes shows them.",
		Hint:        "see haltsheet describe codes",
		of:          func(c *Column) bool { return c.Codes != "" },
		cell: func(d *Dataset, c *Column, text string) (string, string) {
			list := d.CodeList(c.Codes)
			if _, ok := list.Find(text); ok {
				return "", ""
			}
			return fmt.Sprintf("%s %q is not a code", c.Name, text), codeHint(list)
		},
	},
	{
		ID: "pattern", Title: "Malformed value", Severity: Error,
		Explanation: "Keys are slugs, countries ISO 3166-1 alpha-2, currencies ISO 4217, languages BCP 47, addresses http or https; names and publishers have no semicolon, which joins lists.",
		Hint:        "write the value in the form of the column",
		of:          func(c *Column) bool { return c.Form != nil },
		cell: func(_ *Dataset, c *Column, text string) (message, hint string) {
			if c.Form.plain != nil && c.Form.plain(text) {
				return "", ""
			}
			if c.Type != TypeList || !strings.Contains(text, listSeparator) {
				message, hint = c.Form.problem(text)
			} else {
				for member := range List(text).All() {
					if message == "" && member != "" {
						message, hint = c.Form.problem(member)
					}
				}
			}
			if message != "" {
				message = c.Name + " " + message
			}
			return message, hint
		},
	},
	{
		ID: "text-control", Title: "Control character", Severity: Error,
		Explanation: "Texts hold no control characters; line feeds are allowed in description and note.",
		Hint:        "remove the character",
		of:          isText,
		traits:      traitControl | traitNotASCII,
		cell: func(_ *Dataset, c *Column, text string) (string, string) {
			if r, found := controlIn(text, c.LineBreaks); found {
				return fmt.Sprintf("%s holds the control character %U", c.Name, r), ""
			}
			return "", ""
		},
	},
	{
		ID: "text-too-long", Title: "Text too long", Severity: Error,
		Explanation: "A cell of a workbook holds at most 32,767 UTF-16 code units; longer texts, also derived ones such as the joined addresses of sources, would be cut.",
		Hint:        "shorten the text",
		of:          isText,
		traits:      traitLong,
		cell: func(_ *Dataset, c *Column, text string) (string, string) {
			if n := utf16Length(text); n > maxText {
				return fmt.Sprintf("%s has %d UTF-16 code units, more than the %d of a worksheet cell", c.Name, n, maxText), ""
			}
			return "", ""
		},
		check: checkDerivedLength,
	},
	{
		ID: "text-space", Title: "Stray spaces", Severity: Warning,
		Explanation: "Texts have no spaces at the edges, no two together, and no no-break spaces: they make equal texts differ.",
		Hint:        "write single plain spaces, and none at the edges",
		of:          isText,
		traits:      traitSpace | traitControl | traitNotASCII,
		cell: func(_ *Dataset, c *Column, text string) (string, string) {
			switch {
			case strings.TrimSpace(text) != text:
				return c.Name + " begins or ends with white space", "remove it"
			case strings.Contains(text, "  "):
				return c.Name + " has two spaces together", "write one"
			case strings.ContainsAny(text, "\u00a0\u202f\u2007"):
				return c.Name + " has a no-break space", "write a plain space"
			default:
				return "", ""
			}
		},
	},
	{
		ID: "text-invisible", Title: "Invisible character", Severity: Warning,
		Explanation: "Texts hold no characters that nobody sees: zero-width spaces, soft hyphens, word joiners, controls of direction, a byte order mark inside of a text. They make equal texts differ, and can turn the order of what is read. Joiners in scripts that join and in emoji are well.",
		Hint:        "remove the character",
		of:          isText,
		traits:      traitNotASCII,
		cell: func(_ *Dataset, c *Column, text string) (string, string) {
			if problem := invisibleProblem(text); problem != "" {
				return c.Name + " is not as it looks: " + problem, ""
			}
			return "", ""
		},
	},
	{
		ID: "text-not-nfc", Title: "Not in NFC", Severity: Warning,
		Explanation: "Texts are in Unicode normalization form C (UAX #15), so that equal texts are equal bytes.",
		Hint:        "normalise the text to NFC",
		of:          isText,
		traits:      traitNotASCII,
		cell: func(_ *Dataset, c *Column, text string) (string, string) {
			if norm.NFC.IsNormalString(text) {
				return "", ""
			}
			return c.Name + " is not in Unicode normalization form C", ""
		},
	},
	{
		ID: "text-lost", Title: "Lost character", Severity: Warning,
		Explanation: "U+FFFD, the replacement character, is what is left where a program could not keep a character.",
		Hint:        "write the character that was lost",
		of:          isText,
		traits:      traitNotASCII,
		cell: func(_ *Dataset, c *Column, text string) (string, string) {
			if problem := lostProblem(text); problem != "" {
				return c.Name + " " + problem, ""
			}
			return "", ""
		},
	},
	{
		ID: "text-entity", Title: "HTML entity", Severity: Warning,
		Explanation: "Texts are plain: & and not &amp;. Addresses may hold ampersands of any kind.",
		Hint:        "write the character itself",
		of:          func(c *Column) bool { return isText(c) && c.Form != formURL },
		traits:      traitEntity,
		cell: func(_ *Dataset, c *Column, text string) (string, string) {
			entity := entityPattern().FindString(text)
			plain := html.UnescapeString(entity)
			if plain == entity {
				return "", ""
			}
			hint := "write " + plain
			if strings.ContainsFunc(plain, func(r rune) bool { return !unicode.IsPrint(r) }) {
				hint = "" // nobody could see it
			}
			return fmt.Sprintf("%s holds the HTML entity %s", c.Name, entity), hint
		},
	},
}

// lostProblem tells where a text has lost a character.
func lostProblem(text string) string {
	before, _, found := strings.Cut(text, "\ufffd")
	if !found {
		return ""
	}
	return fmt.Sprintf("has lost its character %d: it is U+FFFD", utf8.RuneCountInString(before)+1)
}

var entityPattern = pattern.New(`&(#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);`)

// controlIn returns the first control character of a text, or what formats treat like one.
func controlIn(text string, lineBreaks bool) (control rune, found bool) {
	for _, r := range text {
		if unicode.IsControl(r) && (r != '\n' || !lineBreaks) || r == '\u2028' || r == '\u2029' || r == '\ufffe' || r == '\uffff' {
			return r, true
		}
	}
	return 0, false
}

func typeProblem(_ *Dataset, c *Column, text string) (message, hint string) {
	switch c.Type {
	case TypeDate:
		if _, err := ParseDate(text); err != nil {
			return c.Name + " " + strings.TrimPrefix(err.Error(), "date "), "write a year, a month or a day such as 2022-03-09, with ~ behind it where it is approximate"
		}
	case TypeDecimal:
		if _, isNumber := canonicalDecimal(text); !isNumber {
			return fmt.Sprintf("%s %q is not a decimal number", c.Name, text), "write plain digits such as 2000000"
		}
	case TypeList:
		if strings.HasPrefix(text, listSeparator) || strings.HasSuffix(text, listSeparator) || strings.Contains(text, listSeparator+listSeparator) {
			return fmt.Sprintf("%s %q has an empty member", c.Name, text), "join the members by single semicolons, without spaces"
		}
		if member, found := List(text).repeated(); found {
			return fmt.Sprintf("%s names %q twice", c.Name, member), "remove one"
		}
	default: // every text is of type text, and the other types are derived
	}
	return "", ""
}

// codeHint names all codes of a list.
func codeHint(list *CodeList) string {
	if len(list.Codes) > mostListed {
		return "" // the hint of the rule stands
	}
	codes := make([]string, len(list.Codes))
	for i := range list.Codes {
		codes[i] = list.Codes[i].Code
	}
	return "write one of " + strings.Join(codes, ", ")
}

// mostListed is how many codes a hint lists at most: of more nobody would read.
const mostListed = 500

func utf16Length(text string) (n int) {
	for _, r := range text {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}
