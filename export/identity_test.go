package export_test

import (
	"path/filepath"
	"strings"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
)

// TestIdentity looks for the colours that a dataset names in all that shows it, and for those that stand in their place otherwise.
func TestIdentity(t *testing.T) {
	d := exporttest.Load(datasettest.Clean())
	d.Metadata.Hue, d.Metadata.Accent = "#5a2d82", "#a61e4d"
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, export.NewBook(d), allFormats())
	for _, test := range []struct{ file, part, hue, accent, other string }{
		{"clean.xlsx", "xl/styles.xml", "DED5E6", "", "CCE3F0"},
		{"clean.xlsx", "xl/charts/chart1.xml", "5A2D82", "A61E4D", "0072B2"},
		{"clean.ods", "content.xml", "#ded5e6", "", "#cce3f0"},
		{"clean.ods", "styles.xml", "#f7f5f9", "", "#f2f8fb"},
		{"charts/timeline_days.svg", "", "#5a2d82", "#a61e4d", "#0072b2"},
		{"index.html", "", "--bar: #5a2d82", "--accent: #a61e4d", "#0072b2"},
		{"csv/dataset.json", "", `"hue": "#5a2d82"`, `"accent": "#a61e4d"`, "#0072b2"},
	} {
		text := exporttest.ReadFile(t, dir, test.file)
		if test.part != "" {
			_, parts := exporttest.Parts(t, filepath.Join(dir, test.file))
			text = parts[test.part]
		}
		if !strings.Contains(text, test.hue) || !strings.Contains(text, test.accent) || strings.Contains(text, test.other) {
			t.Errorf("%s %s: has it %s and %s, and not %s?", test.file, test.part, test.hue, test.accent, test.other)
		}
	}
}
