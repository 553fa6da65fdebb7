package workbook_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"haltsheet/dataset/datasettest"
	"haltsheet/export/workbook"
)

// TestLinksOverTheLimit holds a sheet with more links than Excel takes to have none, and to say so; the cells look plain.
func TestLinksOverTheLimit(t *testing.T) {
	b := bookOf(t, datasettest.Generate(100))
	sources := b.Curated[5].Rows // each has a web address
	for _, test := range []struct{ limit, want int }{{sources, sources}, {sources - 1, 0}} {
		workbook.SetLimits(t, 1048570, test.limit)
		file := opened(t, bytesOf(t, b))
		cells, err := file.GetHyperLinkCells("Sources", "External")
		if err != nil || len(cells) != test.want {
			t.Errorf("limit %d: %d links, %v; want %d", test.limit, len(cells), err, test.want)
		}
		said, err := file.GetCellValue("Sources", "A5")
		if err != nil || strings.Contains(said, "Without links") != (test.want == 0) {
			t.Errorf("limit %d: the source line is %q, %v", test.limit, said, err)
		}
		style, err := file.GetCellStyle("Sources", "A7")
		if err != nil {
			t.Fatal(err)
		}
		look, err := file.GetStyle(style)
		if err != nil || (look.Font.Underline != "") != (test.want > 0) {
			t.Errorf("limit %d: font %+v, %v", test.limit, look.Font, err)
		}
	}
}

// TestLongAddresses holds addresses that are too long for a link to stand as plain texts, in the table and on the cover.
func TestLongAddresses(t *testing.T) {
	address := func(characters int) string {
		return ("https://example.org/" + strings.Repeat("a", characters))[:characters]
	}
	for _, test := range []struct {
		name, address string
		linked        bool
	}{
		{"as long as can be", address(2079), true},
		{"longer", address(2080), false},
		{"longer with its escapes", "https://example.org/" + strings.Repeat("ü", 400), false},
	} {
		b := bookOf(t, datasettest.CleanWith(map[string][]byte{
			"sources.csv": []byte("source_id,type,publisher,url,published,language,note\nacme-2022-03-08,press_release,Acme," + test.address + ",2022-03-08,en,\n" +
				"gazette-2022-12,news_report,The Gazette,,2022-12,pt-BR,\nherald-2022-03-09,news_report,Daily Herald,,2022-03-09,en,\n"),
		}))
		b.Metadata.Homepage, b.Metadata.Licenses[0].Path = test.address, test.address
		file := opened(t, bytesOf(t, b))
		want := 0
		if test.linked {
			want = 1
		}
		for sheet, links := range map[string]int{"Sources": want, "Cover": 2 * want} {
			if cells, err := file.GetHyperLinkCells(sheet, "External"); err != nil || len(cells) != links {
				t.Errorf("%s: links in %s: %q, %v; want %d", test.name, sheet, cells, err, links)
			}
		}
		if said, _ := file.GetCellValue("Sources", "A5"); strings.Contains(said, "2,079") == test.linked {
			t.Errorf("%s: the source line is %q", test.name, said)
		}
	}
}

// TestTextsOfTheWorkbookFit holds texts that are put together for a cell to what a cell holds.
func TestTextsOfTheWorkbookFit(t *testing.T) {
	b := bookOf(t, datasettest.Clean())
	b.Metadata.RatesNote, b.Metadata.Title = strings.Repeat("🙂", 16383), strings.Repeat("T", 32767)
	file := opened(t, bytesOf(t, b))
	for cell, end := range map[[2]string]string{{"Rates", "A5"}: "🙂…", {"Companies", "A5"}: "T…", {"Cover", "A1"}: "T"} {
		text, err := file.GetCellValue(cell[0], cell[1])
		if units := len(utf16.Encode([]rune(text))); err != nil || units > 32767 || units < 32765 || !strings.HasSuffix(text, end) {
			t.Errorf("%s: %d units, %v, ending in %q", cell, units, err, text[len(text)-8:])
		}
	}
}
