package export_test

import (
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
)

// TestListsAreParallel holds that lists that stand side by side can be taken apart together: in every format they have as
// many members as the keys that they stand beside, and each says what the record of its key says.
func TestListsAreParallel(t *testing.T) {
	formats := []*export.Format{export.FormatOf("csv"), export.FormatOf("json"), export.FormatOf("parquet")}
	rapid.Check(t, func(rt *rapid.T) {
		d := exporttest.Load(datasettest.Draw(rt))
		book, dir := export.NewBook(d), filepath.Join(t.TempDir(), "out")
		if _, err := export.Write(t.Context(), dir, book, formats); err != nil {
			rt.Fatal(err)
		}
		said := map[string]map[string]string{"publishers": {}, "source_urls": {}, "recipients": {}}
		for _, s := range d.Sources {
			said["publishers"][s.ID], said["source_urls"][s.ID] = s.Publisher, s.URL
		}
		for _, r := range d.Recipients {
			said["recipients"][r.ID] = r.Name
		}
		for _, table := range book.Curated {
			inCSV, inParquet := readCSV(rt, dir, "csv/"+table.Name+".csv"), readParquet(rt, filepath.Join(dir, "parquet", table.Name+".parquet"))
			inJSON := readJSONLines(rt, dir, "json/"+table.Name+".jsonl")
			for i := range table.Columns {
				c := &table.Columns[i]
				if c.Beside == "" {
					continue
				}
				keys := table.Column(c.Beside)
				for row := range table.Rows {
					want := []string{}
					for key := range dataset.List(table.Cell(row, keys).Text).All() {
						want = append(want, said[c.Name][key])
					}
					diff(rt, c.Name+" in JSON", want, texts(inJSON[row].(map[string]any)[c.Name]))
					joined := strings.Join(want, ";")
					diff(rt, c.Name+" in CSV", joined, inCSV[1+row][i])
					diff(rt, c.Name+" in Parquet", joined, inParquet[1+row][i])
				}
			}
		}
	})
}

// texts returns the members of an array of JSON, all of which are strings.
func texts(array any) []string {
	members := []string{}
	for _, member := range array.([]any) {
		members = append(members, member.(string))
	}
	return members
}
