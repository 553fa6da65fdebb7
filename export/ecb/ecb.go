// Package ecb reads the euro foreign exchange reference rates as the European Central Bank publishes them:
// eurofxref-hist.csv, a row for each day and a column for each currency, or the zip that holds it.
package ecb

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/folder"
	"haltsheet/export/plainfile"
)

// What is read at most, of a file and of what a zip holds: five times the bytes that were published until 2026, in lines two hundred
// times as long.
const (
	maxBytes = 10 << 20
	maxLine  = 64 << 10
)

const fileHint = "name the file eurofxref-hist.csv or .zip of the European Central Bank"

// Read reads the rates of a file, in its order. An error says what is wrong with the file, and in which line.
func Read(name string) ([]dataset.Rate, error) {
	content, err := plainfile.Read(name, maxBytes)
	if err != nil {
		return nil, err
	}
	file := filepath.Base(name)
	if bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		if content, err = unzip(content); err != nil {
			return nil, &folder.Error{Path: name, Problem: err.Error(), Hint: fileHint, Err: err}
		}
	}
	rates, err := parse(content)
	if err != nil {
		return nil, &folder.Error{Path: file, Problem: err.Error(), Hint: fileHint, Err: err}
	}
	return rates, nil
}

// unzip returns the one CSV file that a zip holds.
func unzip(content []byte) ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, fmt.Errorf("is no zip: %w", err)
	}
	tables := slices.DeleteFunc(slices.Clone(archive.File), func(f *zip.File) bool { return !strings.HasSuffix(f.Name, ".csv") })
	if len(tables) != 1 {
		return nil, fmt.Errorf("holds %d CSV files, where one belongs", len(tables))
	}
	member, err := tables[0].Open()
	if err != nil {
		return nil, fmt.Errorf("cannot be unpacked: %w", err)
	}
	unpacked, err := io.ReadAll(io.LimitReader(member, maxBytes+1))
	if err = errors.Join(err, member.Close()); err != nil {
		return nil, fmt.Errorf("cannot be unpacked: %w", err)
	}
	if len(unpacked) > maxBytes {
		return nil, fmt.Errorf("holds more than the %d bytes that are read", maxBytes)
	}
	return unpacked, nil
}

// parse reads the table. N/A, and nothing at all, is no rate; the header ends in a comma.
func parse(content []byte) (rates []dataset.Rate, err error) {
	if err := checkLines(content); err != nil {
		return nil, err
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	reader.TrimLeadingSpace = true
	header, err := reader.Read()
	if err != nil || len(header) < 2 || header[0] != "Date" {
		return nil, errors.New(`does not begin with "Date" and the codes of currencies`)
	}
	header = slices.Clone(header)
	seen := map[string]bool{}
	for i, currency := range header[1:] {
		if currency = strings.TrimSpace(currency); seen[currency] && currency != "" {
			return nil, fmt.Errorf("has the currency %.100q twice", currency)
		}
		seen[currency], header[1+i] = true, currency
	}
	days := map[string]bool{}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rates, nil
		}
		if err != nil {
			return nil, fmt.Errorf("is no such table: %w", err)
		}
		line, _ := reader.FieldPos(0)
		day, err := dataset.ParseDate(row[0])
		if err != nil || day.Precision() != dataset.PrecisionDay || day.Qualifier() != "" {
			return nil, fmt.Errorf("has %.100q in line %d, where a day belongs", row[0], line)
		}
		if days[row[0]] {
			return nil, fmt.Errorf("has the day %s twice, again in line %d", row[0], line)
		}
		days[row[0]] = true
		for i, text := range row[1:] {
			if text = strings.TrimSpace(text); header[1+i] == "" || text == "" || text == "N/A" {
				continue
			}
			plain, isNumber := dataset.PlainDecimal(text)
			units, err := dataset.ParseDecimal(plain)
			if !isNumber || err != nil {
				return nil, fmt.Errorf("has %.100q for %.100s in line %d, where a rate belongs", text, header[1+i], line)
			}
			if !units.IsPositive() {
				continue // the file has 0 for currencies that were not quoted
			}
			rates = append(rates, dataset.Rate{Date: dataset.PlainDay{Date: day}, Currency: header[1+i], UnitsPerEUR: units})
		}
	}
}

// checkLines refuses lines that are longer than those of the table, and quotes that are open at the end of a line: what is read as a
// record is as small as a line then.
func checkLines(content []byte) error {
	line := 0
	for text := range bytes.Lines(content) {
		switch line++; {
		case len(text) > maxLine:
			return fmt.Errorf("has %d bytes in line %d, where at most %d are read", len(text), line, maxLine)
		case bytes.Count(text, []byte(`"`))%2 != 0:
			return fmt.Errorf("has a quote in line %d that is not closed there", line)
		}
	}
	return nil
}
