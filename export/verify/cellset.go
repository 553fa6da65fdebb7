package verify

import (
	"math/bits"
	"slices"

	"haltsheet/export/spreadsheet"
)

// cellSet is a set of cells of a sheet, to which they are added in their order. Up to 64 neighbours take 16 bytes, so that
// a sheet of a million rows is no burden.
type cellSet []neighbours

// neighbours are those of 64 cells of a row that are in a set.
type neighbours struct {
	row, block int32
	cells      uint64
}

// before orders neighbours as cells come: by row, then by block.
func (n neighbours) compare(row, block int32) int {
	if n.row != row {
		return int(n.row - row)
	}
	return int(n.block - block)
}

func (s *cellSet) add(at spreadsheet.Ref) {
	row, block, bit := int32(at.Row), int32((at.Column-1)/64), uint64(1)<<((at.Column-1)%64)
	if last := len(*s) - 1; last >= 0 && (*s)[last].compare(row, block) == 0 {
		(*s)[last].cells |= bit
		return
	}
	*s = append(*s, neighbours{row, block, bit})
}

func (s cellSet) has(at spreadsheet.Ref) bool {
	block := int32((at.Column - 1) / 64)
	i, found := slices.BinarySearchFunc(s, int32(at.Row), func(n neighbours, row int32) int { return n.compare(row, block) })
	return found && s[i].cells>>((at.Column-1)%64)&1 == 1
}

// each calls visit with the cells in order, until it returns false.
func (s cellSet) each(visit func(at spreadsheet.Ref) bool) {
	for _, n := range s {
		for cells := n.cells; cells != 0; cells &= cells - 1 {
			if !visit(spreadsheet.Ref{Row: int(n.row), Column: int(n.block)*64 + bits.TrailingZeros64(cells) + 1}) {
				return
			}
		}
	}
}
