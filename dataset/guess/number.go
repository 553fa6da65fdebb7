package guess

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"haltsheet/dataset/pattern"
)

// number is a number with what may stand around it: a currency before or behind, a word such as million behind.
var (
	number   = pattern.New(`^([^\d]*?)(\d(?:[\d.,'_ ]*\d)?)(e[+-]?\d{1,2})?([^\d]*)$`)
	allZeros = pattern.New(`^0+$`)
)

// scales are the words for powers of ten, as they stand behind a number.
var scales = func() map[string]int {
	scales := map[string]int{}
	for power, words := range map[int]string{
		3: "k tsd thousand tausend duizend mila mil тыс",
		5: "lakh lakhs",
		6: "m mn mm mln mio million millions millionen miljoen miljoner millones milioni milhões milionów млн",
		7: "crore crores cr",
		9: "b bn bln mrd mld md billion billions milliarde milliarden milliards miljard miljarder miliardi miliardów млрд",
	} {
		for word := range strings.FieldsSeq(words) {
			scales[word] = power
		}
	}
	return scales
}()

// currencyWords are what people write beside an amount, next to the codes of ISO 4217.
var currencyWords = func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq("euro euros dollar dollars us$ a$ c$ pound pounds kr kr. kronor kroner fr fr. zł kč ft yen rmb руб rub грн") {
		words[word] = true
	}
	return words
}()

// Numbers returns the numbers that a text may stand for, as plain digits with a decimal point and no needless zeros.
// isCurrency says of three capital letters whether they are a currency.
func Numbers(text string, isCurrency func(code string) bool) (readings []string) {
	m := number().FindStringSubmatch(plainForm(text))
	if m == nil || !isCurrencyText(m[1], isCurrency) {
		return nil
	}
	power := 0
	behind := strings.FieldsFunc(strings.TrimSuffix(m[4], ".-"), func(r rune) bool { return unicode.IsSpace(r) || unicode.In(r, unicode.Sc) })
	for i, word := range behind {
		scale, isScale := scales[strings.TrimSuffix(word, ".")]
		switch {
		case isScale && i == 0:
			power = scale
		case !isCurrencyText(word, isCurrency):
			return nil
		}
	}
	if m[3] != "" {
		exponent, _ := strconv.Atoi(m[3][1:]) // at most two digits
		power += exponent
	}
	for _, decimal := range decimals(m[2]) {
		if plain, ok := shifted(decimal, power); ok && !slices.Contains(readings, plain) {
			readings = append(readings, plain)
		}
	}
	return readings
}

// plainForm returns a text in lower case with compatible characters told as one: digits of any script as ASCII, spaces of
// any kind as spaces, and so on.
func plainForm(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r) && r > '9':
			zero := r
			for unicode.IsDigit(zero-1) && r-zero < 9 {
				zero--
			}
			return '0' + (r - zero)
		case r == '’' || r == '‘' || r == '`' || r == '´':
			return '\''
		case r == '٫':
			return '.'
		case r == '٬':
			return '\''
		case unicode.IsSpace(r) || unicode.Is(unicode.Z, r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		default:
			return unicode.ToLower(r)
		}
	}, norm.NFKC.String(text)))
}

// isCurrencyText reports whether a text beside a number is a currency, a plus sign, or nothing.
func isCurrencyText(text string, isCurrency func(code string) bool) bool {
	for word := range strings.FieldsSeq(strings.Trim(text, "+ ")) {
		word = strings.TrimFunc(word, func(r rune) bool { return unicode.Is(unicode.Sc, r) })
		if word != "" && !currencyWords[word] && !isCurrency(strings.ToUpper(word)) && !currencyWords[word+"$"] {
			return false
		}
	}
	return true
}

// decimals returns what the digits and marks of a number may stand for, with a point before decimals.
func decimals(digits string) []string {
	var kinds []rune
	for _, r := range digits {
		if !unicode.IsDigit(r) && !slices.Contains(kinds, r) {
			kinds = append(kinds, r)
		}
	}
	switch len(kinds) {
	case 0:
		return []string{digits}
	case 1:
		return oneMark(digits, string(kinds))
	case 2:
		group, point := string(kinds[0]), string(kinds[1])
		whole, fraction, _ := strings.Cut(digits, point)
		if (point == "," || point == ".") && !strings.ContainsAny(fraction, group+point) && isGrouped(whole, group) {
			return []string{strings.ReplaceAll(whole, group, "") + "." + fraction}
		}
	}
	return nil
}

// oneMark returns what a number with marks of one kind may stand for.
func oneMark(digits, mark string) []string {
	plain := strings.ReplaceAll(digits, mark, "")
	isGroups := isGrouped(digits, mark)
	if strings.Count(digits, mark) > 1 || mark != "," && mark != "." {
		if isGroups {
			return []string{plain}
		}
		return nil
	}
	decimal := strings.Replace(digits, mark, ".", 1)
	_, fraction, _ := strings.Cut(decimal, ".")
	switch {
	case !isGroups:
		return []string{decimal}
	case mark == "," && allZeros().MatchString(fraction):
		return []string{plain} // nobody writes three zeros behind a comma that stands before decimals
	case mark == ",":
		return []string{plain, decimal}
	default:
		return []string{decimal, plain}
	}
}

// isGrouped reports whether marks stand between thousands: three digits behind each, or two behind all but the last, as in
// India.
func isGrouped(digits, mark string) bool {
	groups := strings.Split(digits, mark)
	last := len(groups) - 1
	if last == 0 {
		return true
	}
	middle := len(groups[1])
	if last == 1 {
		middle = 3
	}
	if len(groups[0]) > middle || groups[0] == "" || groups[0][0] == '0' || len(groups[last]) != 3 || middle != 3 && middle != 2 {
		return false
	}
	return !slices.ContainsFunc(groups[1:last], func(group string) bool { return len(group) != middle })
}

// shifted returns a number times a power of ten in plain digits.
func shifted(decimal string, power int) (string, bool) {
	const enough = 30 // digits
	if power < -15 || power > 15 {
		return "", false
	}
	r, ok := new(big.Rat).SetString(decimal)
	if !ok || len(decimal) > enough {
		return "", false
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(power, -power))), nil))
	if power < 0 {
		scale.Inv(scale)
	}
	plain := r.Mul(r, scale).FloatString(enough)
	return strings.TrimSuffix(strings.TrimRight(plain, "0"), "."), true
}
