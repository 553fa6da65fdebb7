package dataset

// Transcript is a dataset as it was read from something else than a folder of CSV files, such as a workbook. Its cells
// are held to the same rules, and findings point at where they stand.
type Transcript struct {
	File     string              // which holds all of it
	Metadata *MetadataTranscript // nil where there is none
	Tables   map[string]*TableTranscript
	Findings FindingLog // what is wrong with the file itself, each with its place, table and rule
}

// MetadataTranscript is dataset.json as it comes from elsewhere.
type MetadataTranscript struct {
	Text string
	// Place returns where a value stands, by its path, such as coverage/start, and its offset in Text.
	Place func(path string, offset int) Place
}

// FileMetadata returns the text of a dataset.json as a transcript.
func FileMetadata(text string) *MetadataTranscript {
	lines := NewLines(text)
	return &MetadataTranscript{Text: text, Place: func(_ string, offset int) Place {
		line, column := lines.At(offset)
		return Place{File: MetadataFile, Line: line, Column: column}
	}}
}

// TableTranscript is a table as it comes from elsewhere: the names of its columns, in any order, and the cells of each row
// as CSV would hold them.
type TableTranscript struct {
	Whole  Place // of the table
	Header []string
	Count  int // of the rows
	// Row returns the cells of a row, from 0, as many as the header has. The slice holds until it is called again, its texts for good.
	Row func(row int) []string
	// Place returns where a field of a row stands, both from 0; row -1 is the header.
	Place func(row, field int) Place
}

// LoadTranscript reads a dataset from a transcript, as Load does from a folder. The order of its rows has no meaning.
func LoadTranscript(from *Transcript) (*Dataset, error) {
	d := newDataset()
	d.findings, d.unordered = findingLogs{&from.Findings}, true
	if m := from.Metadata; m != nil {
		d.readMetadata(m.Text, m.Place)
	} else {
		d.report(Finding{
			Rule: "file-missing", Place: Place{File: from.File}, Message: "the metadata is missing",
			Hint: "restore it from the file that haltsheet export wrote",
		})
	}
	err := d.loadTables(func(t *tableLoad) {
		if table := from.Tables[t.schema.Name]; table != nil {
			t.loadTranscript(table)
		} else {
			t.report(Place{File: from.File}, "file-missing", "the table "+t.schema.Name+" is missing",
				"restore it, with its header if it has no rows")
		}
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// Place returns where a curated cell stands; row and column count from 0.
func (d *Dataset) Place(schema *Schema, row, column int) Place {
	return d.place(cellAt{schema, row, column})
}

// Transcribe returns a table of the dataset as a transcript, its places those of the dataset.
func (d *Dataset) Transcribe(schema *Schema) *TableTranscript {
	curated, table := schema.Curated(), d.Table(schema)
	t := &TableTranscript{Whole: Place{File: schema.File()}, Header: columnNames(curated)}
	if from := d.origins[schema.Name]; from != nil {
		t.Whole = from.whole()
	}
	cells := make([]string, len(curated))
	t.Count, t.Row = table.Rows, func(row int) []string {
		for i := range curated {
			cells[i] = table.KeptText(row, i)
		}
		return cells
	}
	t.Place = func(row, field int) Place {
		if row < 0 {
			return t.Whole
		}
		return d.Place(schema, row, field)
	}
	return t
}

// KeptText returns a cell as CSV holds it, before any quoting, for somebody who keeps it: a text that is in memory already is not
// there a second time.
func (t *Table) KeptText(row, column int) string {
	var scratch [64]byte // which takes what is no text
	text, put := t.Text(scratch[:0], row, column)
	if len(put) > 0 {
		return string(put)
	}
	return text
}

// TranscribeMetadata returns the metadata of the dataset as a transcript, its places those of the dataset.
func (d *Dataset) TranscribeMetadata() (*MetadataTranscript, error) {
	text, err := MarshalMetadata(d.Metadata)
	return &MetadataTranscript{Text: string(text), Place: func(path string, _ int) Place { return d.metadataPlace(path) }}, err
}

// loadTranscript checks and binds the rows of a transcript.
func (t *tableLoad) loadTranscript(table *TableTranscript) {
	if !t.findFields(table.Header, func(field int) Place { return table.Place(-1, field) }, t.schema.Name) {
		return
	}
	t.origin = &transcriptOrigin{table, t.fields}
	t.dataset.records(t.schema).resize(table.Count)
	binders := newBinders(t, 0)
	for row := range table.Count {
		for _, text := range table.Row(row) {
			binders.filling.cells = append(binders.filling.cells, newCell(text))
		}
		binders.added()
	}
	t.found, _ = binders.finish()
}

// transcriptOrigin finds the cells of a transcript again.
type transcriptOrigin struct {
	table  *TableTranscript
	fields []int // of each curated column, or -1
}

func (o *transcriptOrigin) whole() Place { return o.table.Whole }

func (o *transcriptOrigin) has(column int) bool { return o.fields[column] >= 0 }

func (o *transcriptOrigin) place(row, column int) Place {
	return o.table.Place(row, max(o.fields[column], 0))
}

func (o *transcriptOrigin) order(row, column int) uint64 { return o.place(row, column).order() }
