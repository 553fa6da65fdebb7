package dataset

import (
	"cmp"
	"fmt"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

// MaxDigits is the most significant digits that a Decimal holds: what every spreadsheet and every
// IEEE 754 double keeps exactly.
const MaxDigits = 15

// Decimal is an exact decimal number that is not negative, of at most MaxDigits significant digits.
// The zero Decimal is empty: not known. There is no way through a binary float.
type Decimal struct {
	coefficient int64
	scale       uint8 // digits after the point
	set         bool
}

// NewDecimal returns coefficient / 10^scale.
func NewDecimal(coefficient int64, scale int) Decimal {
	return Decimal{coefficient: coefficient, scale: uint8(scale), set: true}
}

// ParseDecimal reads a number in canonical form: digits, and after a point at least one digit more, no leading or
// trailing zeros, sign, exponent or separators. The empty text is the empty decimal.
func ParseDecimal(text string) (Decimal, error) {
	if text == "" {
		return Decimal{}, nil
	}
	whole, fraction, hasPoint := strings.Cut(text, ".")
	var n int64
	for _, digits := range []string{whole, fraction} {
		for i := range len(digits) {
			c := digits[i] - '0'
			if c > 9 {
				return Decimal{}, fmt.Errorf("%q is not a decimal number", text)
			}
			if n = n*10 + int64(c); n >= pow10(MaxDigits) {
				return Decimal{}, fmt.Errorf("%q has more than %d significant digits", text, MaxDigits)
			}
		}
	}
	switch {
	case whole == "" || hasPoint && fraction == "" || len(fraction) > MaxDigits:
		return Decimal{}, fmt.Errorf("%q is not a decimal number", text)
	case len(whole) > 1 && whole[0] == '0':
		return Decimal{}, fmt.Errorf("%q has leading zeros", text)
	case strings.HasSuffix(fraction, "0"):
		return Decimal{}, fmt.Errorf("%q has trailing zeros", text)
	}
	return NewDecimal(n, len(fraction)), nil
}

// canonicalDecimal returns the canonical form of a number that is written with a sign, an exponent or
// needless zeros, and whether the text is such a number.
func canonicalDecimal(text string) (string, bool) {
	if isPlainDecimal(text) {
		return withoutZeros(text), true
	}
	if len(text) > 40 || strings.Trim(text, "0123456789+-.eE") != "" {
		return "", false
	}
	if _, exponent, ok := strings.Cut(strings.ToLower(text), "e"); ok {
		if n, err := strconv.Atoi(exponent); err != nil || n > MaxDigits || n < -MaxDigits {
			return "", false
		}
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return "", false
	}
	return withoutZeros(r.FloatString(2 * MaxDigits)), true
}

// isPlainDecimal reports whether a text is a number from 0 on as most are written: at most MaxDigits digits with at most one point
// between them, and no needless 0 before it.
func isPlainDecimal(text string) bool {
	point := -1
	for i := range len(text) {
		switch {
		case text[i] == '.' && point < 0 && i > 0 && i < len(text)-1:
			point = i
		case text[i] < '0' || text[i] > '9':
			return false
		}
	}
	return len(text) > 0 && len(text) <= MaxDigits && (text[0] != '0' || point == 1 || len(text) == 1)
}

// withoutZeros returns a number without needless zeros behind its point.
func withoutZeros(text string) string {
	if !strings.Contains(text, ".") {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// PlainDecimal returns the canonical form of a number that a program wrote with an exponent or needless zeros. Digits
// beyond MaxDigits are the noise of a binary fraction, and rounded away.
func PlainDecimal(text string) (plain string, ok bool) {
	if len(text) <= MaxDigits {
		return canonicalDecimal(text)
	}
	if digits := strings.TrimLeft(strings.NewReplacer(".", "", "-", "").Replace(strings.ToLower(text)), "0"); len(digits) > MaxDigits {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return "", false
		}
		text = strconv.FormatFloat(n, 'e', MaxDigits-1, 64)
	}
	return canonicalDecimal(text)
}

// significantDigits returns how many digits of a number are not zeros at its edges, whatever its form.
func significantDigits(text string) int {
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	return len(strings.Trim(strings.NewReplacer(".", "", "-", "", "+", "").Replace(mantissa), "0"))
}

// ExactDecimal returns the canonical form of a number that a program wrote with an exponent or needless zeros; ok is false for
// one that has more than MaxDigits significant digits, or is none.
func ExactDecimal(text string) (plain string, ok bool) {
	if significantDigits(text) > MaxDigits {
		return "", false
	}
	return PlainDecimal(text)
}

// IsZero reports whether the decimal is empty, which is not the number 0.
func (d Decimal) IsZero() bool { return !d.set }

// IsPositive reports whether the decimal is known and more than 0.
func (d Decimal) IsPositive() bool { return d.set && d.coefficient > 0 }

// Coefficient returns the digits without the point; Coefficient / 10^Scale is the number.
func (d Decimal) Coefficient() int64 { return d.coefficient }

// Scale returns the digits after the point.
func (d Decimal) Scale() int { return int(d.scale) }

// String returns the number with all the digits that it has after the point.
func (d Decimal) String() string { return string(d.Append(nil)) }

// Append appends the number to b as String writes it.
func (d Decimal) Append(b []byte) []byte {
	if !d.set {
		return b
	}
	if d.scale == 0 {
		return strconv.AppendInt(b, d.coefficient, 10)
	}
	unit := pow10(int(d.scale))
	b = strconv.AppendInt(b, d.coefficient/unit, 10)
	return appendDigits(append(b, '.'), int(d.coefficient%unit), int(d.scale))
}

// Grouped returns the number as String does, with a comma between each three digits before the point.
func (d Decimal) Grouped() string {
	text := d.String()
	whole, _, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// MarshalText writes the number as String does.
func (d Decimal) MarshalText() ([]byte, error) { return d.Append(nil), nil }

// UnmarshalText reads the number as ParseDecimal does.
func (d *Decimal) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDecimal(string(text))
	return err
}

// Rat returns the number as an exact fraction.
func (d Decimal) Rat() *big.Rat {
	return big.NewRat(d.coefficient, pow10(int(d.scale)))
}

// float returns the number nearly, for bounds only.
func (d Decimal) float() float64 { return float64(d.coefficient) / float64(pow10(int(d.scale))) }

// add returns d + e with the digits after the point of whichever has more; an empty decimal adds nothing.
// The total-too-large rule sees to it that sums stay within an int64.
func (d Decimal) add(e Decimal) Decimal {
	if !e.set {
		return d
	}
	scale := max(d.scale, e.scale)
	return Decimal{
		coefficient: d.coefficient*pow10(int(scale-d.scale)) + e.coefficient*pow10(int(scale-e.scale)),
		scale:       scale,
		set:         true,
	}
}

// compare orders numbers; an empty one comes before all.
func (d Decimal) compare(e Decimal) int {
	if d.set != e.set {
		if d.set {
			return 1
		}
		return -1
	}
	dUnit, eUnit := pow10(int(d.scale)), pow10(int(e.scale))
	if whole := cmp.Compare(d.coefficient/dUnit, e.coefficient/eUnit); whole != 0 {
		return whole
	}
	scale := int(max(d.scale, e.scale))
	return cmp.Compare(d.coefficient%dUnit*pow10(scale-int(d.scale)), e.coefficient%eUnit*pow10(scale-int(e.scale)))
}

// canonical returns the number without trailing zeros after the point.
func (d Decimal) canonical() Decimal {
	for d.scale > 0 && d.coefficient%10 == 0 {
		d.coefficient, d.scale = d.coefficient/10, d.scale-1
	}
	return d
}

// quotient returns d / e, rounded half away from zero to a number of digits after the point, where e is more than 0; ok is
// false where the result has more than MaxDigits digits.
func quotient(d, e Decimal, scale int) (q Decimal, ok bool) {
	// The result is one coefficient by the other, times a power of ten that stands above or below the line.
	above, below := 0, 0
	if power := scale + e.Scale() - d.Scale(); power >= 0 {
		above = power
	} else {
		below = -power
	}
	if above < len(powersOf10) {
		hi, lo := bits.Mul64(uint64(d.coefficient), uint64(pow10(above)))
		tooLarge, divisor := bits.Mul64(uint64(e.coefficient), uint64(pow10(below)))
		if tooLarge == 0 && hi < divisor {
			n, rest := bits.Div64(hi, lo, divisor)
			if rest >= divisor-rest {
				n++
			}
			return NewDecimal(int64(n), scale), n < uint64(pow10(MaxDigits))
		}
	}
	return roundRat(new(big.Rat).Quo(d.Rat(), e.Rat()), scale)
}

// roundRat rounds a fraction that is not negative half away from zero to a number of digits after the point;
// ok is false where the result has more than MaxDigits digits.
func roundRat(r *big.Rat, scale int) (d Decimal, ok bool) {
	scaled := new(big.Int).Mul(r.Num(), big.NewInt(2*pow10(scale)))
	scaled.Add(scaled, r.Denom())
	scaled.Quo(scaled, new(big.Int).Lsh(r.Denom(), 1))
	if !scaled.IsInt64() || scaled.Int64() >= pow10(MaxDigits) {
		return Decimal{}, false
	}
	return NewDecimal(scaled.Int64(), scale), true
}

var powersOf10 = func() (powers [19]int64) {
	powers[0] = 1
	for i := 1; i < len(powers); i++ {
		powers[i] = powers[i-1] * 10
	}
	return powers
}()

// pow10 returns 10^n for n from 0 to 18.
func pow10(n int) int64 { return powersOf10[n] }
