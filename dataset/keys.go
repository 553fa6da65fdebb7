package dataset

import (
	"slices"
	"sync"
)

// noRow stands for the row of a key that no row has.
const noRow int32 = -1

// keyIndex finds the rows of a table by key.
type keyIndex struct {
	keys    []string                // of each row; nil where a key has several columns, which nothing refers to
	ascends bool                    // the keys, strictly and bytewise
	rows    func() map[string]int32 // of each key; of a repeated one the first. It is made when it is first asked for.
}

func newKeyIndex(records records, schema *Schema) keyIndex {
	if schema.Columns[1].Key {
		return keyIndex{ascends: keysAscend(records, schema), rows: func() map[string]int32 { return nil }}
	}
	keys := make([]string, records.count())
	for row := range keys {
		keys[row] = records.text(row, 0)
	}
	return keyIndex{keys, ascends(keys), sync.OnceValue(func() map[string]int32 {
		rows := make(map[string]int32, len(keys))
		for row, key := range slices.Backward(keys) {
			rows[key] = int32(row)
		}
		return rows
	})}
}

// ascends reports whether texts ascend strictly, bytewise.
func ascends(texts []string) bool {
	for i := 1; i < len(texts); i++ {
		if texts[i] <= texts[i-1] {
			return false
		}
	}
	return true
}

// find returns the row of a key.
func (x *keyIndex) find(key string) int32 {
	if row, ok := x.rows()[key]; ok {
		return row
	}
	return noRow
}

// keyCursor finds one key after the other. Sorted tables often name neighbours one after the other, so it looks first at
// the rows behind one that is near, until that has been in vain too often.
type keyCursor struct {
	index  *keyIndex
	near   int32
	inVain int
}

const (
	neighbours = 8
	patience   = 64
)

func (c *keyCursor) find(key string) int32 {
	if c.index.ascends && c.inVain < patience {
		for row := max(c.near, 0); row < min(c.near+neighbours, int32(len(c.index.keys))); row++ {
			if c.index.keys[row] == key {
				c.inVain = 0
				return row
			}
		}
		c.inVain++
	}
	return c.index.find(key)
}
