package readback

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"haltsheet/dataset"
	"haltsheet/export/limits"
)

// Parquet reads a Parquet file, given its size in bytes, and calls a function with the cells of each record, in the order of the
// columns, as CSV holds them: decimals without needless zeros, lists joined by semicolons. The cells are used again for the next
// record. It returns the names of the columns, and what the file says under each key of its metadata.
func Parquet(r io.ReaderAt, size int64, visit func(columns, cells []string) error) (columns []string, says map[string]string, err error) {
	defer func() { // a broken file may be anything
		if broken := recover(); broken != nil {
			err = fmt.Errorf("is broken: %v", broken)
		}
	}()
	if err := checkFooter(r, size); err != nil {
		return nil, nil, err
	}
	file, err := parquet.OpenFile(r, size, parquet.SkipBloomFilters(true), parquet.SkipPageIndex(true))
	if err == nil {
		err = checkPages(file)
	}
	if err != nil {
		return nil, nil, err
	}
	p := parquetReader{fields: file.Schema().Fields()}
	p.cellBytes = make([][]byte, len(p.fields))
	for _, field := range p.fields {
		p.columns = append(p.columns, field.Name())
	}
	says = map[string]string{}
	for _, entry := range file.Metadata().KeyValueMetadata {
		says[entry.Key] = entry.Value
	}
	rows := parquet.NewReader(file)
	defer func() { err = errors.Join(err, rows.Close()) }()
	batch := make([]parquet.Row, batchRows)
	for {
		n, err := rows.ReadRows(batch)
		for _, row := range batch[:n] {
			if err := visit(p.columns, p.cells(row)); err != nil {
				return p.columns, says, err
			}
		}
		if errors.Is(err, io.EOF) {
			return p.columns, says, nil
		}
		if err != nil {
			return p.columns, says, err
		}
	}
}

// batchRows is how many rows are read at once.
const batchRows = 1 << 8

// parquetReader turns the rows of a file into cells.
type parquetReader struct {
	fields  []parquet.Field
	columns []string
	texts   []string
	// cellBytes are the cells of a record while they grow.
	cellBytes [][]byte
	number    []byte
}

func (p *parquetReader) cells(row parquet.Row) []string {
	for i := range p.cellBytes {
		p.cellBytes[i] = p.cellBytes[i][:0]
	}
	for _, value := range row {
		if value.IsNull() {
			continue
		}
		cell := &p.cellBytes[value.Column()]
		if value.RepetitionLevel() > 0 { // a further member of a list
			*cell = append(*cell, ';')
		}
		*cell = append(*cell, p.text(value)...)
	}
	p.texts = p.texts[:0]
	for _, cell := range p.cellBytes {
		p.texts = append(p.texts, string(cell))
	}
	return p.texts
}

func (p *parquetReader) text(value parquet.Value) string {
	field := p.fields[value.Column()]
	if !field.Leaf() {
		return value.String()
	}
	kind := field.Type().LogicalType()
	switch {
	case kind == nil:
		return value.String()
	case field.Type().String() == "DATE":
		return dataset.Day(value.Int32()).String()
	case strings.HasPrefix(field.Type().String(), "DECIMAL"):
		return p.decimal(value.Int64(), scaleOf(field.Type()))
	default:
		return value.String()
	}
}

// scaleOf returns the digits after the point of a DECIMAL(precision,scale).
func scaleOf(t parquet.Type) int {
	_, scale, _ := strings.Cut(strings.TrimSuffix(t.String(), ")"), ",")
	n, err := strconv.Atoi(scale)
	if err != nil || n > limits.ParquetScale {
		return 0
	}
	return n
}

func (p *parquetReader) decimal(unscaled int64, scale int) string {
	p.number = strconv.AppendInt(p.number[:0], unscaled, 10)
	digits := string(p.number)
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	whole, fraction := digits[:len(digits)-scale], strings.TrimRight(digits[len(digits)-scale:], "0")
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}
