package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/chart"
)

var update = flag.Bool("update", false, "rewrite the drawings in testdata")

// drawings draws all charts of a dataset at a width.
func drawings(d *dataset.Dataset, width int) map[string][]byte {
	drawn := map[string][]byte{}
	hue, accent := d.Metadata.Colors()
	for i := range chart.Charts {
		c := &chart.Charts[i]
		for _, table := range d.Summarize() {
			if table.Name == c.Summary && table.Rows > 0 {
				drawn[c.Summary] = chart.Drawing{Chart: c, Table: table, Width: width, ID: "c", Hue: hue, Accent: accent}.SVG()
			}
		}
	}
	return drawn
}

// TestSVG compares the drawings of the clean dataset with those in testdata.
func TestSVG(t *testing.T) {
	d, err := dataset.Load(datasettest.Clean())
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{330, 560} {
		for name, got := range drawings(d, width) {
			golden := filepath.Join("testdata", fmt.Sprintf("%s_%d.svg", name, width))
			if *update {
				if err := os.WriteFile(golden, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("%s is not as it was; go test ./export/chart -update rewrites it\n%s", golden, got)
			}
		}
	}
}

// TestSVGStandsForItself draws random datasets: every drawing is well-formed, says what it is to those who do not see it,
// and keeps within its frame.
func TestSVGStandsForItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, err := dataset.Load(datasettest.Draw(t))
		if err != nil {
			t.Fatal(err)
		}
		width := rapid.SampledFrom([]int{330, 560, 1080}).Draw(t, "width")
		for name, svg := range drawings(d, width) {
			if err := look(svg, width); err != nil {
				t.Fatalf("%s: %v\n%s", name, err, svg)
			}
		}
	})
}

func look(svg []byte, width int) error {
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	seen := map[string]string{}
	var frame int
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		seen[element.Name.Local] = "seen"
		attributes := map[string]string{}
		for _, a := range element.Attr {
			attributes[a.Name.Local] = a.Value
		}
		if element.Name.Local == "svg" {
			seen["role"], seen["labels"] = attributes["role"], attributes["aria-labelledby"]
			if frame, err = strconv.Atoi(attributes["width"]); err != nil || frame != width {
				return fmt.Errorf("it is %s wide, not %d", attributes["width"], width)
			}
		}
		if element.Name.Local == "rect" {
			x, _ := strconv.ParseFloat(attributes["x"], 64)
			w, err := strconv.ParseFloat(attributes["width"], 64)
			if err != nil || x < 0 || x+w > float64(frame) {
				return fmt.Errorf("a bar from %g, %g wide, leaves the frame of %d", x, w, frame)
			}
		}
	}
	if seen["title"] == "" || seen["desc"] == "" || seen["role"] != "img" || seen["labels"] != "c-title c-desc" {
		return fmt.Errorf("it does not say what it is: %v", seen)
	}
	return nil
}
