package cli_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf16"

	"haltsheet/dataset"
)

// respell is a command for scripts: it saves the files of a dataset folder in another one, as a spreadsheet would. The words are
//
//	semicolons, tabs, bars   what separates the cells
//	commas                   decimal commas
//	mark, utf-16             UTF-8 or UTF-16 with a byte order mark
//	crlf, cr                 the ends of lines
//	sep=                     a first line that names the separator
//	blank                    rows of separators behind the data
func respell() {
	if err := respellFolder(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:forbidigo // the main function of a command
	}
}

var separatorWords = map[string]rune{"semicolons": ';', "tabs": '\t', "bars": '|'}

// number is a number with a decimal point.
var number = regexp.MustCompile(`^\d+\.\d+$`)

func respellFolder(from, to string, words []string) error {
	if err := os.MkdirAll(to, 0o777); err != nil {
		return err
	}
	metadata, err := os.ReadFile(filepath.Join(from, dataset.MetadataFile))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(to, dataset.MetadataFile), metadata, 0o666); err != nil {
		return err
	}
	for i := range dataset.Schemas {
		name := dataset.Schemas[i].File()
		content, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if content, err = respellFile(content, words); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), content, 0o666); err != nil {
			return err
		}
	}
	return nil
}

func respellFile(content []byte, words []string) ([]byte, error) {
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	has := func(word string) bool { return strings.Contains(" "+strings.Join(words, " ")+" ", " "+word+" ") }
	for word, separator := range separatorWords {
		if has(word) {
			w.Comma = separator
		}
	}
	if has("sep=") {
		fmt.Fprintf(&b, "sep=%c\n", w.Comma)
	}
	for _, row := range rows {
		for i := range row {
			if has("commas") && number.MatchString(row[i]) {
				row[i] = strings.Replace(row[i], ".", ",", 1)
			}
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	if has("blank") {
		for range 3 {
			_ = w.Write(make([]string, len(rows[0]))) // Flush tells
		}
	}
	w.Flush()
	text := b.String()
	switch {
	case has("crlf"):
		text = strings.ReplaceAll(text, "\n", "\r\n")
	case has("cr"):
		text = strings.ReplaceAll(text, "\n", "\r")
	}
	switch {
	case has("mark"):
		return []byte("\ufeff" + text), w.Error()
	case has("utf-16"):
		var encoded []byte
		for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
			encoded = append(encoded, byte(unit), byte(unit>>8))
		}
		return encoded, w.Error()
	default:
		return []byte(text), w.Error()
	}
}
