package export

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
	"unsafe"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"haltsheet/dataset"
	"haltsheet/export/folder"
	"haltsheet/export/verify"
)

// mediumParquet has a format of its own: frictionless reads files of the format parquet by way of pandas, and takes neither
// their lists nor their size.
var mediumParquet = Medium{
	Type: "application/vnd.apache.parquet", Suffix: "-parquet", Format: "apache-parquet", Former: "application/x-parquet", HasColumns: true, InParts: true,
}

// parquetFiles are a file of typed columns for each table. Of a partitioned book, halts and donations are folders.
func parquetFiles(b *Book) (files []File) {
	whole := linkedTables(b, func(table *dataset.Table, stem string) File {
		r := Resource{Name: Slug(path.Base(stem)) + mediumParquet.Suffix, Path: "parquet/" + stem + ".parquet", Title: table.Title, Medium: mediumParquet, Table: table}
		return File{r, func(out *folder.File) error { return writeParquet(out, b, table, table.Columns, nil) }, verify.Parquet(table, "", nil)}
	})
	for _, file := range whole {
		if p := partitionOf(b, file.Table); p != nil {
			files = append(files, partitionFiles(b, file.Table, p)...)
		} else {
			files = append(files, file)
		}
	}
	return files
}

// How a file is cut: readers skip row groups and pages by their statistics, and writing holds one row group at most.
const (
	parquetGroupRows  = 1 << 16
	parquetBatchRows  = 1 << 8
	parquetPageBytes  = 1 << 17
	parquetDictionary = 1 << 20 // bytes that a dictionary may have before its column goes on without
)

// parquetCodecs are the ways of compressing that a book can ask for; the first is that of a book that does not. Every reader
// knows snappy, and zstd makes files a fifth smaller.
var parquetCodecs = []struct {
	name  string
	codec compress.Codec
}{{"zstd", &zstd.Codec{}}, {"snappy", &parquet.Snappy}, {"none", &parquet.Uncompressed}}

// parquetCompressions returns the names of the ways in which Parquet can be compressed, the usual one first.
func parquetCompressions() (names []string) {
	for _, c := range parquetCodecs {
		names = append(names, c.name)
	}
	return names
}

// parquetCodec returns the way of compressing that a book asks for.
func parquetCodec(b *Book) compress.Codec {
	for _, c := range parquetCodecs {
		if c.name == b.ParquetCompression {
			return c.codec
		}
	}
	return parquetCodecs[0].codec
}

// parquetCreatedBy names the program in the form that readers take apart. The version is that of the change log and the build says
// nothing of a machine, so that equal data is equal bytes.
const parquetCreatedBy = "haltsheet version 2.1.4 (build release)"

// sortingOf returns the columns by which the rows of a table are sorted: those of its key, where they are.
func sortingOf(table *dataset.Table, columns []dataset.Column) (sorting []parquet.SortingColumn) {
	var key []int
	for i := range table.Columns {
		if table.Columns[i].Key {
			key = append(key, i)
		}
	}
	for row := 1; row < table.Rows; row++ {
		for _, column := range key {
			x, y := table.Cell(row-1, column), table.Cell(row, column)
			by := cmp.Or(strings.Compare(x.Text, y.Text), cmp.Compare(x.Day, y.Day), cmp.Compare(x.Number.Coefficient(), y.Number.Coefficient()))
			if by > 0 {
				return nil
			}
			if by < 0 {
				break
			}
		}
	}
	for _, column := range key {
		if !slices.ContainsFunc(columns, func(c dataset.Column) bool { return c.Name == table.Columns[column].Name }) {
			return sorting
		}
		sorting = append(sorting, parquet.Ascending(table.Columns[column].Name))
	}
	return sorting
}

// writeParquet writes some columns, which the table must have, of some rows of a table; nil stands for all rows.
func writeParquet(out *folder.File, b *Book, table *dataset.Table, columns []dataset.Column, rows []int) error {
	w := parquetRows{table: table, columns: columns, shown: out.Shown}
	for i := range columns {
		w.places = append(w.places, table.Column(columns[i].Name))
	}
	writer := parquet.NewWriter(out, parquetSchema(table.Name, columns), &parquet.WriterConfig{
		CreatedBy:          parquetCreatedBy,
		Sorting:            parquet.SortingConfig{SortingColumns: sortingOf(table, columns)},
		Compression:        parquetCodec(b),
		MaxRowsPerRowGroup: parquetGroupRows,
		PageBufferSize:     parquetPageBytes,
		DictionaryMaxBytes: parquetDictionary,
	})
	for _, entry := range b.Says(table, columns) {
		writer.SetKeyValueMetadata(entry.Key, entry.Text)
	}
	count := table.Rows
	if rows != nil {
		count = len(rows)
	}
	for from := 0; from < count; from += parquetBatchRows {
		if err := out.Stopped(); err != nil { // the rows of a group get to the file all at once
			return err
		}
		batch, err := w.batch(rows, from, min(from+parquetBatchRows, count))
		if err != nil {
			return err
		}
		if _, err := writer.WriteRows(batch); err != nil {
			return err
		}
		b.Wrote(len(batch))
	}
	return writer.Close()
}

// parquetRows turns the rows of a table into rows of a file. The memory of one batch serves the next.
type parquetRows struct {
	table   *dataset.Table
	columns []dataset.Column
	places  []int // of the columns in the table
	shown   string
	rows    []parquet.Row
	texts   []byte // that were put together for the batch
}

func (w *parquetRows) batch(rows []int, from, to int) ([]parquet.Row, error) {
	for len(w.rows) < to-from {
		w.rows = append(w.rows, nil)
	}
	batch := w.rows[:to-from]
	w.texts = w.texts[:0]
	for i := range batch {
		row := from + i
		if rows != nil {
			row = rows[row]
		}
		values := batch[i][:0]
		for column := range w.columns {
			var err error
			if values, err = appendParquet(values, w.cell(row, column), &w.columns[column], column); err != nil {
				return nil, &folder.Error{
					Path: w.shown, Problem: fmt.Sprintf("%s of row %d %v", w.columns[column].Name, row+1, err),
					Hint: "leave parquet out of the formats", Err: err,
				}
			}
		}
		batch[i] = values
	}
	return batch, nil
}

// cell returns a cell of a column of the file. Its text holds until the next batch.
func (w *parquetRows) cell(row, column int) (v dataset.Value) {
	if !w.columns[column].Type.IsText() {
		return w.table.Cell(row, w.places[column])
	}
	v.Text, w.texts = w.table.Text(w.texts, row, w.places[column])
	v.Known = v.Text != ""
	return v
}

// appendParquet appends a cell as the values of a column: one, or one for each member of a list.
func appendParquet(row parquet.Row, v dataset.Value, c *dataset.Column, column int) (parquet.Row, error) {
	if c.Type == dataset.TypeList {
		repetition := 0
		for member := range c.Members(v.Text) {
			row = append(row, textValue(member).Level(repetition, 1, column))
			repetition = 1
		}
		if repetition == 0 {
			row = append(row, parquet.NullValue().Level(0, 0, column))
		}
		return row, nil
	}
	if !v.Known {
		if c.Required {
			return nil, errors.New("is empty, and must not be")
		}
		return append(row, parquet.NullValue().Level(0, 0, column)), nil
	}
	value, err := parquetValue(v, c)
	known := 1
	if c.Required {
		known = 0 // there is no level for what is not known
	}
	return append(row, value.Level(0, known, column)), err
}

// parquetValue returns a cell that is known and no list.
func parquetValue(v dataset.Value, c *dataset.Column) (parquet.Value, error) {
	switch {
	case c.IsDay():
		day, err := dayOf(v, c)
		return parquet.Int32Value(int32(day)), err
	case c.Type == dataset.TypeDecimal:
		n, err := unscaled(v.Number, c.Decimals())
		return parquet.Int64Value(n), err
	case c.Type == dataset.TypeInteger:
		return parquet.Int64Value(v.Number.Coefficient()), nil
	case c.Type == dataset.TypeBoolean:
		return parquet.BooleanValue(v.True), nil
	default:
		return textValue(v.Text), nil
	}
}

// textValue returns the bytes of a text, which ValueOf would ask memory for.
func textValue(text string) parquet.Value {
	return parquet.ByteArrayValue(unsafe.Slice(unsafe.StringData(text), len(text)))
}

// dayOf returns the day of a cell for which isDay holds.
func dayOf(v dataset.Value, c *dataset.Column) (dataset.Day, error) {
	if c.Type == dataset.TypeDay {
		return v.Day, nil
	}
	date, err := dataset.ParseDate(v.Text)
	if err != nil {
		return 0, err
	}
	return date.Start(), nil
}

// unscaled returns a number in units of its last digit after the point, where all digits have a place.
func unscaled(d dataset.Decimal, scale int) (int64, error) {
	n := d.Coefficient()
	for s := d.Scale(); s > scale; s-- {
		if n%10 != 0 {
			return 0, fmt.Errorf("is %s, which has more than %d digits after the point", d, scale)
		}
		n /= 10
	}
	limit := int64(1e18)
	for s := d.Scale(); s < scale; s++ {
		if n >= limit/10 {
			return 0, fmt.Errorf("is %s, which has more than %d digits before the point", d, dataset.DecimalDigits-scale)
		}
		n *= 10
	}
	return n, nil
}

// parquetSchema returns the columns of a file.
func parquetSchema(name string, columns []dataset.Column) *parquet.Schema {
	root := orderedGroup{Group: parquet.Group{}}
	for i := range columns {
		field := namedNode{parquetNode(&columns[i]), columns[i].Name}
		root.Group[field.name] = field.Node
		root.fields = append(root.fields, field)
	}
	return parquet.NewSchema(name, root)
}

// parquetNode returns the type of a column. A list may be empty, and everything else unknown but for what is required.
func parquetNode(c *dataset.Column) parquet.Node {
	text := parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	node := text
	switch {
	case c.Type == dataset.TypeList:
		return parquet.List(text)
	case c.IsDay():
		node = parquet.Date()
	case c.Type == dataset.TypeDecimal:
		node = parquet.Decimal(c.Decimals(), dataset.DecimalDigits, parquet.Int64Type)
	case c.Type == dataset.TypeInteger:
		node = parquet.Int(64)
	case c.Type == dataset.TypeBoolean:
		node = parquet.Leaf(parquet.BooleanType)
	default: // is a text
	}
	if c.Required {
		return parquet.Required(node)
	}
	return parquet.Optional(node)
}

// orderedGroup is a group whose fields are in the order of the table; those of a parquet.Group are in that of the
// alphabet.
type orderedGroup struct {
	parquet.Group
	fields []parquet.Field
}

func (g orderedGroup) Fields() []parquet.Field { return g.fields }

type namedNode struct {
	parquet.Node
	name string
}

func (n namedNode) Name() string { return n.name }

// Value is for records that are Go values, which ours are not.
func (n namedNode) Value(base reflect.Value) reflect.Value {
	return base.MapIndex(reflect.ValueOf(n.name))
}
