package dataset_test

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"haltsheet/dataset"
)

// TestScanPositions marks the start of each field with §, of each record that is read with ¶, and of each fault with
// ∑, as the tests of encoding/csv do.
func TestScanPositions(t *testing.T) {
	tests := []struct {
		name, text string
		want       [][]string
	}{
		{"empty", "", nil},
		{"one field", "¶§a\n", [][]string{{"a"}}},
		{"no line end", "¶§a,§b", [][]string{{"a", "b"}}},
		{"two records", "¶§a,§b\n¶§c,§d\n", [][]string{{"a", "b"}, {"c", "d"}}},
		{"CRLF", "¶§a,§b\r\n¶§c,§d\r\n", [][]string{{"a", "b"}, {"c", "d"}}},
		{"CR at the end of the text", "¶§a,§b\r", [][]string{{"a", "b"}}},
		{"quoted with CR at the end of the text", "¶§a,§\"b\"\r", [][]string{{"a", "b"}}},
		{"CR within", "¶§a\rb,§c\r,§d\n", [][]string{{"a\rb", "c\r", "d"}}},
		{"empty fields", "¶§,§,§\n¶§,§", [][]string{{"", "", ""}, {"", ""}}},
		{"blank line", "¶§a\n¶§\n¶§b\n", [][]string{{"a"}, {""}, {"b"}}},
		{"quoted", "¶§\"a,b\",§\"c \"\"d\"\"\",§\"\"\n", [][]string{{"a,b", `c "d"`, ""}}},
		{"line feed in quotes", "¶§\"a\nb\",§c\n¶§d,§e\n", [][]string{{"a\nb", "c"}, {"d", "e"}}},
		{"CRLF in quotes", "¶§\"a\r\nb\",§c\r\n¶§d,§e", [][]string{{"a\nb", "c"}, {"d", "e"}}},
		{"wide characters", "¶§é,§🙂,§x\n", [][]string{{"é", "🙂", "x"}}},
		{"quote in a plain field", "¶§a\nb∑\"c,d\n¶§e\n", [][]string{{"a"}, {"e"}}},
		{"text behind a quote", "\"a\"∑b,\"c\n¶§d\n", [][]string{{"d"}}},
		{"space behind a quote", "\"a\"∑ ,b\n¶§d", [][]string{{"d"}}},
		{"quote never closed", "¶§a\nb,∑\"c\nd\n", [][]string{{"a"}}},
		{"fault behind a record of two lines", "¶§\"a\nb\"\nc∑\"\n¶§d\n", [][]string{{"a\nb"}, {"d"}}},
		{"fault in the last line", "a∑\"", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			plain := strings.NewReplacer("¶", "", "§", "", "∑", "").Replace(test.text)
			records, lines, faults := dataset.ScanCSV(plain)
			marks := map[int]string{}
			var got [][]string
			for i, record := range records {
				if want := 1 + strings.Count(plain[:record[0].Start], "\n"); lines[i] != want {
					t.Errorf("record %d stands in line %d, want %d", i, lines[i], want)
				}
				marks[record[0].Start] = "¶"
				var fields []string
				for _, field := range record {
					marks[field.Start] += "§"
					fields = append(fields, field.Text)
				}
				got = append(got, fields)
			}
			for _, offset := range faults {
				marks[offset] += "∑"
			}
			var marked strings.Builder
			for offset := range len(plain) + 1 {
				marked.WriteString(marks[offset])
				if offset < len(plain) {
					marked.WriteByte(plain[offset])
				}
			}
			if marked.String() != test.text {
				t.Errorf("got  %q\nwant %q", marked.String(), test.text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("records of %q (-want +got):\n%s", plain, diff)
			}
		})
	}
}

// readWithStandardLibrary reads a text with encoding/csv, which passes over blank lines.
func readWithStandardLibrary(text string) (records [][]string, faulty bool) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	for {
		record, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return records, false
		case err != nil:
			return nil, true
		}
		records = append(records, record)
	}
}

// scanned reads a text with the scanner and leaves blank lines out.
func scanned(text string) (records [][]string, faulty bool) {
	scanned, _, faults := dataset.ScanCSV(text)
	for _, record := range scanned {
		var fields []string
		for _, field := range record {
			fields = append(fields, field.Text)
		}
		if isBlank := len(record) == 1 && strings.HasPrefix(strings.TrimPrefix(text[record[0].Start:], "\r")+"\n", "\n"); !isBlank {
			records = append(records, fields)
		}
	}
	return records, len(faults) > 0
}

func FuzzScanCSV(f *testing.F) {
	for _, text := range []string{
		"", "a,b\nc,d\n", "\"a\"\"b\",\"c\nd\"\r\n", "a\r\n\r\nb", "\r", "a\r", "\"a\"\r", "a\"b", "\"a\"b\nc", "\"a", ",\n,", "\"\r\n\"", "\r\r\n", "\"a\r\r\nb\"",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, gotFault := scanned(text)
		want, wantFault := readWithStandardLibrary(text)
		if gotFault != wantFault {
			t.Fatalf("%q is faulty: %t, by encoding/csv: %t", text, gotFault, wantFault)
		}
		if diff := cmp.Diff(want, got); !wantFault && diff != "" {
			t.Errorf("records of %q (-encoding/csv +got):\n%s", text, diff)
		}
	})
}

// TestAppendCSV writes cells that both readers read back.
func TestAppendCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("ab,\" \n;")))).Filter(func(s string) bool { return !strings.Contains(s, "\r\n") })
		record := rapid.SliceOfN(text, 2, 4).Draw(t, "record")
		var b []byte
		for i, cell := range record {
			if i > 0 {
				b = append(b, ',')
			}
			b = dataset.AppendCSV(b, cell)
		}
		b = append(b, '\n')
		for name, read := range map[string]func(string) ([][]string, bool){"encoding/csv": readWithStandardLibrary, "the scanner": scanned} {
			if got, faulty := read(string(b)); faulty || len(got) != 1 || !slices.Equal(got[0], record) {
				t.Errorf("%s reads %q from %q, want %q", name, got, b, record)
			}
		}
	})
}

func TestAppendCSVQuotesOnlyWhereNeeded(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "a": "a", "=1+1": "=1+1", " a ": " a ", "a;b": "a;b", "'": "'",
		"a,b": `"a,b"`, `"`: `""""`, `a "b"`: `"a ""b"""`, "a\nb": "\"a\nb\"", "a\r": "\"a\r\"",
	} {
		if got := string(dataset.AppendCSV(nil, cell)); got != want {
			t.Errorf("cell %q is written %q, want %q", cell, got, want)
		}
	}
}
