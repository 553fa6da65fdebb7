package color_test

import (
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset/color"
)

// TestContrast holds contrasts to those that WCAG and its tools state.
func TestContrast(t *testing.T) {
	for _, test := range []struct {
		a, b color.RGB
		want float64
	}{{color.Black, color.White, 21}, {color.White, color.White, 1}, {0x767676, color.White, 4.54}} {
		if got := color.Contrast(test.a, test.b); got < test.want-0.01 || got > test.want+0.01 {
			t.Errorf("%s on %s: got %.2f, want %.2f", test.a, test.b, got, test.want)
		}
	}
}

// TestShades holds every colour to come back from its text, to be reached and left by shades, and to be made legible.
func TestShades(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := color.RGB(rapid.Uint32Range(0, 0xffffff).Draw(t, "colour"))
		if got, ok := color.Parse(c.String()); !ok || got != c {
			t.Errorf("%s is read as %s, %t", c, got, ok)
		}
		if c.Toward(color.White, 0) != c || c.Toward(color.White, 100) != color.White || c.Toward(color.Black, 100) != color.Black {
			t.Errorf("the shades of %s do not reach from it to their ends", c)
		}
		if lighter := c.On(color.Black, color.Legible); color.Contrast(lighter, color.Black) < color.Legible {
			t.Errorf("%s is not legible on black", lighter)
		}
	})
}

// TestParse refuses what is no colour in the canonical form.
func TestParse(t *testing.T) {
	for _, text := range []string{"", "#", "navy", "#FFFFFF", "#fff", "0072b2", "#0072b", "#0072b22", "#0072b2\n", "#00_2b2"} {
		if c, ok := color.Parse(text); ok {
			t.Errorf("%q is read as %s", text, c)
		}
	}
}
