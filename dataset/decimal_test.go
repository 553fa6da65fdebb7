package dataset_test

import (
	"cmp"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
)

func TestParseDecimal(t *testing.T) {
	for _, text := range []string{
		"0", "1", "10", "0.1", "0.01", "1.05", "1800828.38", "999999999999999", "9999999999999.99", "0.000000000000001", "100000000000000",
	} {
		d, err := dataset.ParseDecimal(text)
		if err != nil {
			t.Errorf("ParseDecimal(%q): %v", text, err)
			continue
		}
		if got := d.String(); got != text {
			t.Errorf("ParseDecimal(%q).String() = %q", text, got)
		}
		want, _ := new(big.Rat).SetString(text)
		if got := d.Rat(); got.Cmp(want) != 0 {
			t.Errorf("ParseDecimal(%q) is %s, want %s", text, got, want)
		}
	}
	if d, err := dataset.ParseDecimal(""); err != nil || !d.IsZero() || d.IsPositive() || d.String() != "" {
		t.Errorf(`ParseDecimal("") = %q, %v; want the empty decimal`, d, err)
	}
	if d, err := dataset.ParseDecimal("0"); err != nil || d.IsZero() || d.IsPositive() {
		t.Errorf(`ParseDecimal("0") = %q, %v; want the number 0, which is known`, d, err)
	}
}

// TestDecimalForm tells numbers in another form, with the canonical one, from texts that are no numbers.
func TestDecimalForm(t *testing.T) {
	tests := []struct {
		name, text string
		plain      string
		isNumber   bool
	}{
		{"trailing zero", "1.50", "1.5", true},
		{"only zeros behind the point", "2.00", "2", true},
		{"zero with decimals", "0.0", "0", true},
		{"leading zero", "007", "7", true},
		{"leading zero that is no octal one", "010.5", "10.5", true},
		{"plus sign", "+5", "5", true},
		{"minus sign", "-5", "-5", true},
		{"exponent", "1e5", "100000", true},
		{"capital exponent", "1.5E3", "1500", true},
		{"negative exponent", "25e-1", "2.5", true},
		{"no whole part", ".5", "0.5", true},
		{"no fraction", "5.", "5", true},
		{"16 digits", "1234567890123456", "1234567890123456", true},
		{"16 decimals", "0.0000000000000001", "0.0000000000000001", true},
		{"thousands separators", "1,000", "", false},
		{"two points", "1.000.000", "", false},
		{"point alone", ".", "", false},
		{"sign alone", "-", "", false},
		{"exponent alone", "e5", "", false},
		{"huge exponent", "1e999999999", "", false},
		{"hexadecimal", "0x10", "", false},
		{"underscore", "1_000", "", false},
		{"fraction", "1/2", "", false},
		{"not a number", "NaN", "", false},
		{"infinity", "inf", "", false},
		{"space", "1 000", "", false},
		{"other digits", "١٢", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if d, err := dataset.ParseDecimal(test.text); err == nil || !d.IsZero() {
				t.Errorf("ParseDecimal(%q) = %q, want an error", test.text, d)
			}
			plain, isNumber := dataset.CanonicalDecimal(test.text)
			if plain != test.plain || isNumber != test.isNumber {
				t.Errorf("%q is canonically %q, %t; want %q, %t", test.text, plain, isNumber, test.plain, test.isNumber)
			}
		})
	}
}

func TestRoundHalfAwayFromZero(t *testing.T) {
	tests := []struct {
		fraction string
		scale    int
		want     string
	}{
		{"1/2", 0, "1"},
		{"3/2", 0, "2"},
		{"5/2", 0, "3"},
		{"49/100", 0, "0"},
		{"1/3", 2, "0.33"},
		{"2/3", 2, "0.67"},
		{"5/1000", 2, "0.01"},
		{"4999999/1000000000", 2, "0.00"},
		{"1005/1000", 2, "1.01"}, // a binary float has 1.00499…
		{"2675/1000", 2, "2.68"}, // and 2.67499…
		{"20000000000/11106", 2, "1800828.38"},
		{"1", 2, "1.00"},
		{"9999999999999994/10", 0, "999999999999999"},
		{"9999999999999995/10", 0, ""},
		{"10000000000000", 2, ""},
	}
	for _, test := range tests {
		r, _ := new(big.Rat).SetString(test.fraction)
		got, ok := dataset.RoundRat(r, test.scale)
		if got.String() != test.want || ok != (test.want != "") {
			t.Errorf("%s rounded to %d decimals is %q, %t; want %q", test.fraction, test.scale, got, ok, test.want)
		}
	}
}

// decimal draws a number of at most so many digits, so that sums stay within bounds.
func decimal(digits, decimals int) *rapid.Generator[dataset.Decimal] {
	most := int64(1)
	for range digits {
		most *= 10
	}
	return rapid.Custom(func(t *rapid.T) dataset.Decimal {
		return dataset.NewDecimal(rapid.Int64Range(0, most-1).Draw(t, "coefficient"), rapid.IntRange(0, decimals).Draw(t, "scale"))
	})
}

func TestDecimalsAgreeWithRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := decimal(15, 15).Draw(t, "d"), decimal(15, 15).Draw(t, "e")
		if got, want := d.Compare(e), d.Rat().Cmp(e.Rat()); got != want {
			t.Errorf("%s compared with %s is %d, want %d", d, e, got, want)
		}
		if got := d.Canonical(); got.Rat().Cmp(d.Rat()) != 0 {
			t.Errorf("%s is %s in canonical form", d, got)
		}
		if back, err := dataset.ParseDecimal(d.Canonical().String()); err != nil || back != d.Canonical() {
			t.Errorf("%s is read as %s, %v", d.Canonical(), back, err)
		}
		if got, want := d.String(), d.Rat().FloatString(d.Scale()); got != want {
			t.Errorf("%s is written %s", want, got)
		}
		x, y := decimal(14, 4).Draw(t, "x"), decimal(14, 4).Draw(t, "y")
		if got, want := x.Add(y).Rat(), new(big.Rat).Add(x.Rat(), y.Rat()); got.Cmp(want) != 0 {
			t.Errorf("%s + %s = %s, want %s", x, y, got, want)
		}
		scale := rapid.IntRange(0, 6).Draw(t, "scale")
		quotient := new(big.Rat).Quo(x.Rat(), new(big.Rat).Add(y.Rat(), big.NewRat(1, 3)))
		if rounded, ok := dataset.RoundRat(quotient, scale); ok && rounded.String() != quotient.FloatString(scale) {
			// FloatString rounds half away from zero too.
			t.Errorf("%s to %d decimals is %s, want %s", quotient, scale, rounded, quotient.FloatString(scale))
		}
	})
}

// TestQuotientIsRounded: dividing whole numbers gives what exact fractions give, rounded.
func TestQuotientIsRounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := decimal(15, 15).Draw(t, "amount")
		rate := decimal(15, 15).Filter(dataset.Decimal.IsPositive).Draw(t, "rate")
		scale := rapid.IntRange(0, 6).Draw(t, "digits")
		want, wantOK := dataset.RoundRat(new(big.Rat).Quo(amount.Rat(), rate.Rat()), scale)
		got, ok := dataset.Quotient(amount, rate, scale)
		if ok != wantOK || ok && got != want {
			t.Errorf("%s / %s is %s, %t, not %s, %t", amount, rate, got, ok, want, wantOK)
		}
	})
}

func TestEmptyDecimalAddsNothingAndComesFirst(t *testing.T) {
	var empty dataset.Decimal
	one := dataset.NewDecimal(100, 2)
	zero := dataset.NewDecimal(0, 0)
	if empty.Add(one) != one || one.Add(empty) != one || !empty.Add(empty).IsZero() {
		t.Error("an empty decimal changes a sum")
	}
	if empty.Compare(zero) != -1 || zero.Compare(empty) != 1 || empty.Compare(dataset.Decimal{}) != 0 {
		t.Error("an empty decimal does not come before 0")
	}
}

var canonicalForm = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$`)

func FuzzParseDecimal(f *testing.F) {
	for _, text := range []string{"", "0", "1800828.38", "007", "1e5", "-1", "0.10", "1,000", "1234567890123456", "0.0000000000000001", "5."} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := dataset.ParseDecimal(text)
		significant := len(strings.TrimLeft(strings.ReplaceAll(text, ".", ""), "0"))
		_, fraction, _ := strings.Cut(text, ".")
		wellFormed := text == "" || canonicalForm.MatchString(text) && max(significant, len(fraction)) <= dataset.MaxDigits
		if (err == nil) != wellFormed {
			t.Fatalf("ParseDecimal(%q) = %q, %v; in canonical form: %t", text, d, err, wellFormed)
		}
		if got := d.String(); err == nil && got != text {
			t.Errorf("ParseDecimal(%q).String() = %q", text, got)
		}
		plain, isNumber := dataset.CanonicalDecimal(text)
		if !isNumber {
			return
		}
		want, ok := new(big.Rat).SetString(text)
		got, _ := new(big.Rat).SetString(plain)
		if exact := new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil); ok && got != nil &&
			new(big.Rat).Mul(want, new(big.Rat).SetInt(exact)).IsInt() && got.Cmp(want) != 0 {
			t.Errorf("%q is %s in canonical form", text, plain)
		}
		if err == nil && text != "" && cmp.Compare(plain, text) != 0 {
			t.Errorf("%q is canonical already, and became %q", text, plain)
		}
	})
}

// TestMostDigits takes numbers of as many digits as a decimal has, and none with one more, however they are spread.
func TestMostDigits(t *testing.T) {
	for _, digit := range []string{"0", "9"} {
		most := "1" + strings.Repeat(digit, dataset.MaxDigits-1)
		if d, err := dataset.ParseDecimal(most); err != nil || d.String() != most {
			t.Errorf("%s: got %v, %v", most, d, err)
		}
		if d, err := dataset.ParseDecimal(most + digit); err == nil {
			t.Errorf("%s%s is taken for %v", most, digit, d)
		}
	}
}
