package page

import (
	"fmt"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/color"
)

// darkCard is the ground on which the page shows texts and charts where the reader prefers it dark; page.css has it too.
const darkCard color.RGB = 0x172029

// The contrast that texts and what is drawn have on darkCard.
const (
	textContrast  = 7
	drawnContrast = 5
)

// shade is a colour of the page by the name that page.css knows it by: on light grounds, and where the reader prefers dark ones.
type shade struct {
	name        string
	light, dark color.RGB
}

// shadesOf returns the shades in which the page shows a dataset.
func shadesOf(m *dataset.Metadata) []shade {
	hue, accent := m.Colors()
	deep, text, quiet := hue.Toward(color.Black, 45), hue.On(darkCard, textContrast), hue.Toward(color.White, 78)
	onHue := accent.On(deep, textContrast)
	return []shade{
		{"hue", deep, hue.Toward(color.Black, 60)},
		{"on-hue-quiet", quiet, quiet},
		{"on-hue-accent", onHue, onHue},
		{"link", hue.Toward(color.Black, 20), text},
		{"soft", hue.Toward(color.White, 92), darkCard.Toward(color.White, 4)},
		{"bar", hue, hue.On(darkCard, drawnContrast)},
		{"halt", deep, text},
		{"accent", accent, accent.On(darkCard, textContrast)},
	}
}

// styleOf returns the style of the page: the shades of a dataset, and then what stands in page.css.
func styleOf(m *dataset.Metadata) string {
	var light, dark strings.Builder
	for _, s := range shadesOf(m) {
		fmt.Fprintf(&light, " --%s: %s;", s.name, s.light)
		fmt.Fprintf(&dark, " --%s: %s;", s.name, s.dark)
	}
	return ":root {" + light.String() + " }\n@media (prefers-color-scheme: dark) { :root {" + dark.String() + " } }\n" + css()
}
