package readback_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/exporttest"
	"haltsheet/export/readback"
)

// TestRandomEdits edits workbooks at random, and holds what is read to what was typed.
func TestRandomEdits(t *testing.T) {
	runs := 100
	if testing.Short() {
		runs = 20
	}
	holdRandomEdits(t, runs)
}

// holdRandomEdits makes some seeded runs of random edits: what is read differs in exactly the cells that were edited, or
// an error names one of them.
func holdRandomEdits(t *testing.T, runs int) {
	d := exporttest.Load(datasettest.Clean())
	dir := filepath.Join(t.TempDir(), "out")
	exporttest.Write(t, dir, d, "xlsx")
	original := filepath.Join(dir, "clean.xlsx")
	for seed := range runs {
		e := &editor{rand: rand.New(rand.NewPCG(uint64(seed), 0)), dataset: d, typed: map[string]string{}}
		file, err := excelize.OpenFile(original)
		if err != nil {
			t.Fatal(err)
		}
		e.file = file
		for range 1 + e.rand.IntN(3) {
			e.edit(t)
		}
		e.rearrange(t)
		edited := filepath.Join(t.TempDir(), "edited.xlsx")
		if err := file.SaveAs(edited); err != nil {
			t.Fatal(err)
		}
		e.hold(t, seed, edited)
		if t.Failed() {
			return
		}
	}
}

// editor edits a workbook, and remembers what it typed by sheet and cell.
type editor struct {
	rand    *rand.Rand
	dataset *dataset.Dataset
	file    *excelize.File
	typed   map[string]string
}

// typedTexts are what people type, and what spreadsheets make something else of.
var typedTexts = []string{
	"Plain", "007", "=1+1", "1e5", "TRUE", "2022-03-05", "2022-03", "3/4", "“curly” ‘quotes’", "a;b", "edge ", "RU", "USD", "suspend", "line\nline",
	"שלום", "🙂", "herald-2022-03-09", "100.50", "1,000", "12", "completed", "ngo", "",
}

// edit types something into a curated cell.
func (e *editor) edit(t *testing.T) {
	schema := &dataset.Schemas[e.rand.IntN(len(dataset.Schemas))]
	table := e.dataset.Table(schema)
	row, column := e.rand.IntN(table.Rows), e.rand.IntN(len(schema.Curated()))
	if schema.Columns[column].Key {
		return
	}
	cell, err := excelize.CoordinatesToCellName(exporttest.ShownAt(table, column), row+7)
	if err != nil {
		t.Fatal(err)
	}
	switch e.rand.IntN(6) {
	case 0:
		n := e.rand.IntN(5000)
		err = e.file.SetCellValue(schema.Title, cell, n)
		e.typed[schema.Title+"!"+cell] = fmt.Sprint(n)
	case 1:
		day := time.Date(2022, 3, 1+e.rand.IntN(30), 0, 0, 0, 0, time.UTC)
		style, errStyle := e.file.NewStyle(&excelize.Style{NumFmt: 14})
		if errStyle != nil {
			t.Fatal(errStyle)
		}
		if err = e.file.SetCellValue(schema.Title, cell, day); err == nil {
			err = e.file.SetCellStyle(schema.Title, cell, cell, style)
		}
		e.typed[schema.Title+"!"+cell] = day.Format(time.DateOnly)
	case 2:
		err = e.file.SetCellBool(schema.Title, cell, true)
		e.typed[schema.Title+"!"+cell] = "TRUE"
	default:
		text := typedTexts[e.rand.IntN(len(typedTexts))]
		err = e.file.SetCellStr(schema.Title, cell, text)
		e.typed[schema.Title+"!"+cell] = text
	}
	if err != nil {
		t.Fatal(err)
	}
}

// rearrange moves and hides worksheets and hides rows, none of which changes the data.
func (e *editor) rearrange(t *testing.T) {
	for range e.rand.IntN(3) {
		sheets := e.file.GetSheetList()
		a, b := sheets[e.rand.IntN(len(sheets))], sheets[e.rand.IntN(len(sheets))]
		if err := e.file.MoveSheet(a, b); err != nil {
			t.Fatal(err)
		}
		if err := e.file.SetRowVisible("Halts", 7, e.rand.IntN(2) == 0); err != nil {
			t.Fatal(err)
		}
		if err := e.file.SetSheetVisible("Donations", e.rand.IntN(2) == 0); err != nil {
			t.Fatal(err)
		}
	}
}

// hold reads the workbook back.
func (e *editor) hold(t *testing.T, seed int, name string) {
	reading, err := readback.File(name)
	if err != nil {
		t.Fatal(err)
	}
	errors := slices.DeleteFunc(dataset.Check(reading.Dataset), func(f dataset.Finding) bool { return f.Severity != dataset.Error })
	if len(errors) > 0 {
		for _, f := range errors {
			if !e.names(f) {
				t.Errorf("run %d: %s, where %q was typed", seed, f, e.typed)
			}
		}
		return
	}
	changed := map[string]string{}
	diff := dataset.Compare(e.dataset, reading.Dataset)
	for _, table := range diff.Tables {
		if len(table.Added)+len(table.Removed)+len(table.Renamed) > 0 {
			t.Errorf("run %d: %d added, %d removed, %d renamed", seed, len(table.Added), len(table.Removed), len(table.Renamed))
		}
		for _, record := range table.Changed {
			for i := range record.Fields {
				place := record.Fields[i].NewPlace
				_, changed[place.Sheet+"!"+place.Cell] = record.Fields[i].Texts()
			}
		}
	}
	for cell, text := range changed {
		if typed, ok := e.typed[cell]; !ok || strings.TrimSpace(typed) != strings.TrimSpace(text) {
			t.Errorf("run %d: %s is %q, where %q was typed", seed, cell, text, typed)
		}
	}
	for cell, typed := range e.typed {
		if _, ok := changed[cell]; !ok && e.was(t, cell) != strings.TrimSpace(typed) {
			t.Errorf("run %d: %s is still %q, where %q was typed", seed, cell, e.was(t, cell), typed)
		}
	}
}

// names reports whether a finding is about a cell that was edited, or about one in the same row.
func (e *editor) names(f dataset.Finding) bool {
	for _, place := range append(slices.Clone(f.Related), f.Place) {
		for cell := range e.typed {
			if place.Sheet == sheetOf(cell) && rowOf("!"+place.Cell) == rowOf(cell) {
				return true
			}
		}
	}
	return false
}

func sheetOf(cell string) string { return cell[:strings.IndexByte(cell, '!')] }

func rowOf(cell string) string {
	return strings.TrimLeft(cell[strings.IndexByte(cell, '!')+1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

// was returns what a cell held before it was edited.
func (e *editor) was(t *testing.T, cell string) string {
	column, row, err := excelize.CellNameToCoordinates(cell[strings.IndexByte(cell, '!')+1:])
	if err != nil {
		t.Fatal(err)
	}
	table := e.dataset.Table(dataset.SchemaOf(strings.ToLower(sheetOf(cell)))).InWords()
	order, _ := table.Shown()
	at := order[column-1]
	return string(table.Cell(row-7, at).Append(nil, table.Columns[at].Type))
}
