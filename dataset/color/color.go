// Package color knows colours of sRGB: their hexadecimal form, their shades, and how well one is read on another.
package color

import (
	"fmt"
	"math"
	"strconv"

	"haltsheet/dataset/pattern"
)

// RGB is a colour as 0xRRGGBB.
type RGB uint32

// The ends between which all shades lie.
const (
	Black RGB = 0x000000
	White RGB = 0xffffff
)

// Legible is the least contrast of a text and its ground (WCAG 2.2, 1.4.3).
const Legible = 4.5

var form = pattern.New(`^#[0-9a-f]{6}$`)

// Parse reads a colour such as #0072b2, in lower case (CSS Color Module Level 4, 5.2, as HTML writes it).
func Parse(text string) (RGB, bool) {
	if !form().MatchString(text) {
		return 0, false
	}
	value, err := strconv.ParseUint(text[1:], 16, 24)
	return RGB(value), err == nil
}

// String returns the colour as Parse reads it.
func (c RGB) String() string { return fmt.Sprintf("#%06x", uint32(c)) }

// Hex returns the six digits of the colour, as office documents have them.
func (c RGB) Hex() string { return fmt.Sprintf("%06X", uint32(c)) }

// Toward returns the colour moved towards another one, by percent from 0 to 100.
func (c RGB) Toward(other RGB, percent int) RGB {
	channel := func(shift uint) RGB {
		from, to := int(c>>shift&0xff), int(other>>shift&0xff)
		return RGB((from*(100-percent)+to*percent+50)/100) << shift
	}
	return channel(16) | channel(8) | channel(0)
}

// On returns the colour, moved towards white as far as it takes to have a contrast with a dark ground.
func (c RGB) On(ground RGB, contrast float64) RGB {
	for percent := 0; percent < 100; percent += 5 {
		if lighter := c.Toward(White, percent); Contrast(lighter, ground) >= contrast {
			return lighter
		}
	}
	return White
}

// Contrast returns the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio).
func Contrast(a, b RGB) float64 {
	light, dark := a.luminance(), b.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// luminance returns the relative luminance (WCAG 2.2).
func (c RGB) luminance() float64 {
	channel := func(shift uint) float64 {
		v := float64(c>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}
