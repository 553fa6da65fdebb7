package readback

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unsafe"

	"github.com/parquet-go/parquet-go"

	"haltsheet/dataset"
	"haltsheet/export/limits"
)

// ParquetFile is a Parquet file, to be read column by column.
type ParquetFile struct {
	Columns []ParquetColumn
	Says    map[string]string // what it says under each key of its metadata
}

// ParquetColumn is a column of a Parquet file.
type ParquetColumn struct {
	Name string
	// Type is that of its values: days, decimals (whole numbers too), booleans, and texts, which everything else becomes.
	Type  dataset.Type
	leaf  *parquet.Column
	scale int // digits after the point of what a decimal is stored as
}

// OpenParquet opens a Parquet file, given its size in bytes.
func OpenParquet(r io.ReaderAt, size int64) (p *ParquetFile, err error) {
	defer recoverBroken(&err)
	if err := checkFooter(r, size); err != nil {
		return nil, err
	}
	file, err := parquet.OpenFile(r, size, parquet.SkipBloomFilters(true), parquet.SkipPageIndex(true))
	if err == nil {
		err = checkPages(file)
	}
	if err != nil {
		return nil, err
	}
	p = &ParquetFile{Says: map[string]string{}}
	for _, column := range file.Root().Columns() {
		c := ParquetColumn{Name: column.Name(), Type: dataset.TypeText, leaf: column}
		for !c.leaf.Leaf() { // a list has its members in a column of its own
			if len(c.leaf.Columns()) != 1 {
				return nil, fmt.Errorf("has the column %q, which is several", c.Name)
			}
			c.leaf = c.leaf.Columns()[0]
		}
		if column.Leaf() {
			c.Type, c.scale = typeOf(column.Type())
		}
		p.Columns = append(p.Columns, c)
	}
	for _, entry := range file.Metadata().KeyValueMetadata {
		p.Says[entry.Key] = entry.Value
	}
	return p, nil
}

// recoverBroken makes what a broken file does to its reader, which may be anything, an error.
func recoverBroken(err *error) {
	if broken := recover(); broken != nil {
		*err = fmt.Errorf("is broken: %v", broken)
	}
}

// typeOf returns the type of values, and of decimals how many digits after the point they are stored with.
func typeOf(t parquet.Type) (kind dataset.Type, scale int) {
	name := t.String()
	switch physical := t.Kind(); {
	case physical == parquet.Boolean:
		return dataset.TypeBoolean, 0
	case physical == parquet.Int32 && name == "DATE":
		return dataset.TypeDay, 0
	case physical == parquet.Int64 && strings.HasPrefix(name, "DECIMAL"):
		if scale = scaleOf(name); scale <= dataset.DecimalDigits {
			return dataset.TypeDecimal, scale
		}
	case physical == parquet.Int64 && (t.LogicalType() == nil || name == "INT(64,true)"):
		return dataset.TypeDecimal, 0
	}
	return dataset.TypeText, 0
}

// scaleOf returns the digits after the point of a DECIMAL(precision,scale).
func scaleOf(name string) int {
	_, scale, _ := strings.Cut(strings.TrimSuffix(name, ")"), ",")
	n, err := strconv.Atoi(scale)
	if err != nil || n < 0 || n > limits.ParquetScale {
		return 0
	}
	return n
}

// batchValues is how many values are read at once.
const batchValues = 1 << 10

// Read calls a function with the cells of a column, both counted from 0, and returns how many there are. Lists are joined by semicolons.
// The text of a cell holds until the function returns.
func (p *ParquetFile) Read(column int, visit func(row int, value dataset.Value)) (rows int, err error) {
	defer recoverBroken(&err)
	c := &p.Columns[column]
	pages := c.leaf.Pages()
	defer func() { err = errors.Join(err, pages.Close()) }()
	r := parquetCells{ParquetColumn: c, visit: visit}
	batch := make([]parquet.Value, batchValues)
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			r.endList()
			return r.rows, nil
		}
		if err != nil {
			return r.rows, err
		}
		if err := r.read(page.Values(), batch); err != nil {
			return r.rows, err
		}
		parquet.Release(page)
	}
}

// parquetCells makes cells of the values of a column.
type parquetCells struct {
	*ParquetColumn
	visit  func(row int, value dataset.Value)
	rows   int
	list   []byte // that is being put together
	inList bool
}

// read reads the values of a page.
func (r *parquetCells) read(values parquet.ValueReader, batch []parquet.Value) error {
	isList := r.leaf.MaxRepetitionLevel() > 0
	for {
		n, err := values.ReadValues(batch)
		for i := range batch[:n] {
			if isList {
				r.addMember(&batch[i])
			} else {
				r.add(r.value(&batch[i]))
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (r *parquetCells) add(value dataset.Value) {
	r.visit(r.rows, value)
	r.rows++
}

// addMember adds a member to the list at hand, or begins the next one.
func (r *parquetCells) addMember(v *parquet.Value) {
	if v.RepetitionLevel() == 0 {
		r.endList()
		r.inList = true
	} else {
		r.list = append(r.list, ';')
	}
	if !v.IsNull() {
		r.list = append(r.list, textOf(v)...)
	}
}

// endList hands over the list at hand, if there is one.
func (r *parquetCells) endList() {
	if r.inList {
		r.add(dataset.TextValue(stringOf(r.list)))
	}
	r.list, r.inList = r.list[:0], false
}

// value returns a value as the column holds it.
func (r *parquetCells) value(v *parquet.Value) dataset.Value {
	switch {
	case v.IsNull():
		return dataset.Value{}
	case r.Type == dataset.TypeDay:
		return dataset.Value{Known: true, Day: dataset.Day(v.Int32())}
	case r.Type == dataset.TypeDecimal:
		n, scale := v.Int64(), r.scale
		for scale > 0 && n%10 == 0 {
			n, scale = n/10, scale-1
		}
		if n < 0 {
			scale = 0 // no dataset has a number below zero, and this one must not be taken for another
		}
		return dataset.Value{Known: true, Number: dataset.NewDecimal(n, scale)}
	case r.Type == dataset.TypeBoolean:
		return dataset.Value{Known: true, True: v.Boolean()}
	default:
		return dataset.TextValue(textOf(v))
	}
}

// textOf returns a value as a text, which holds as long as its page.
func textOf(v *parquet.Value) string {
	if v.Kind() == parquet.ByteArray {
		return stringOf(v.ByteArray())
	}
	return v.String()
}

// stringOf returns bytes as a text that holds until they are written over.
func stringOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
