package export_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
)

func ExampleWrite() {
	temp, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(temp) }()

	d, err := dataset.Load(datasettest.Clean())
	if err != nil {
		fmt.Println(err)
		return
	}
	book := export.NewBook(d)
	formats := []*export.Format{export.FormatOf("csv")}
	files, err := export.Write(context.Background(), filepath.Join(temp, "out"), book, formats)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, file := range files {
		if !strings.Contains(file.Path, "summary_") {
			fmt.Println(file.Path)
		}
	}
	// Output:
	// csv/companies.csv
	// csv/halts.csv
	// csv/events.csv
	// csv/donations.csv
	// csv/recipients.csv
	// csv/sources.csv
	// csv/rates.csv
	// csv/links/halt_countries.csv
	// csv/links/halt_sources.csv
	// csv/links/event_sources.csv
	// csv/links/donation_joint_companies.csv
	// csv/links/donation_recipients.csv
	// csv/links/donation_sources.csv
	// csv/codebook_columns.csv
	// csv/codebook_codes.csv
	// csv/dataset.json
	// datapackage.json
}
