package dataset

import (
	"fmt"
	"strings"

	"haltsheet/dataset/color"
)

// The identity of a dataset that names none: a calm blue, and vermilion, which colour-blind readers tell from it.
const (
	defaultHue    color.RGB = 0x0072b2
	defaultAccent color.RGB = 0xb34700
)

// Colors returns the hue and the accent in which outputs show the dataset: those that dataset.json names, and where it names none
// those of haltsheet. Both are legible on white, and white on them.
func (m *Metadata) Colors() (hue, accent color.RGB) {
	hue, accent = defaultHue, defaultAccent
	if named, ok := color.Parse(m.Hue); ok {
		hue = named
	}
	if named, ok := color.Parse(m.Accent); ok {
		accent = named
	}
	return hue, accent
}

// checkColors holds the identity to the form of a colour, and to what can be read on white.
func checkColors(m *Metadata, report func(path, message, hint string)) {
	for _, c := range []struct{ path, value string }{{"hue", m.Hue}, {"accent", m.Accent}} {
		if c.value == "" {
			continue
		}
		named, ok := color.Parse(c.value)
		if !ok {
			report(c.path, fmt.Sprintf("%s %q is not a colour", c.path, c.value), colorHint(c.value))
			continue
		}
		if contrast := color.Contrast(named, color.White); contrast < color.Legible {
			report(c.path, fmt.Sprintf("%s %s has a contrast of %.1f to 1 with white, less than the %.1f of WCAG", c.path, named, contrast, color.Legible),
				"choose a darker one, such as "+legible(named).String())
		}
	}
}

// legible returns the colour, darkened as far as it takes to be read on white.
func legible(c color.RGB) color.RGB {
	for percent := 0; ; percent++ {
		if darker := c.Toward(color.Black, percent); color.Contrast(darker, color.White) >= color.Legible {
			return darker
		}
	}
}

// colorHint returns how to write the colour that a text was meant as.
func colorHint(text string) string {
	digits := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(text), "#"))
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	if meant, ok := color.Parse("#" + digits); ok {
		return "write " + meant.String()
	}
	return "write # and six digits of red, green and blue in base 16, such as " + defaultHue.String()
}
