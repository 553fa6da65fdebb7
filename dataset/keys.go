package dataset

import "sync"

// noRow stands for the row of a key that no row has.
const noRow int32 = -1

// keyIndex finds the rows of a table by key.
type keyIndex struct {
	records records
	ascends bool                    // the keys, strictly and bytewise
	rows    func() map[string]int32 // of each key; of a repeated one the first. It is made when it is first asked for.
}

func newKeyIndex(records records, schema *Schema) keyIndex {
	return keyIndex{records, keysAscend(records, schema), sync.OnceValue(func() map[string]int32 {
		rows := make(map[string]int32, records.count())
		for i := records.count() - 1; i >= 0; i-- {
			rows[records.text(i, 0)] = int32(i)
		}
		return rows
	})}
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
		for row := max(c.near, 0); row < min(c.near+neighbours, int32(c.index.records.count())); row++ {
			if c.index.records.text(int(row), 0) == key {
				c.inVain = 0
				return row
			}
		}
		c.inVain++
	}
	return c.index.find(key)
}
