package dataset

import (
	"bytes"
	"embed"

	"github.com/gocarina/gocsv"
)

// listFiles are the code lists beside the code: codes.csv, countries.csv (ISO 3166-1), currencies.csv and units_of_account.csv (ISO 4217). Each is
// read when it is first asked for.
//
//go:embed lists
var listFiles embed.FS

// readList reads one of the lists into records whose tags name its columns.
func readList[Record any](file string) []Record {
	var records []Record
	content, err := listFiles.ReadFile("lists/" + file)
	if err == nil {
		err = gocsv.Unmarshal(bytes.NewReader(content), &records)
	}
	if err != nil {
		panic(err) // the file is part of the program
	}
	return records
}
