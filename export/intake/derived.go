package intake

import (
	"strings"

	"haltsheet/dataset"
)

// whereToEdit returns the hint where an edit of a derived cell belongs.
func whereToEdit(d *dataset.Dataset, schema *dataset.Schema, row int, column *dataset.Column) string {
	table, from := d.Table(schema), column.From
	if said := table.Column(column.Says); said >= 0 {
		if from = table.Columns[said].From; !table.Columns[said].IsDerived() {
			from = column.Says
		}
	}
	through, field, isElsewhere := strings.Cut(from, ".")
	if !isElsewhere {
		through, field = "", through
	}
	if isElsewhere {
		reference := table.Column(through)
		if reference < 0 {
			return fromRecords
		}
		keys := table.Cell(row, reference).Text
		first, _, _ := strings.Cut(keys, ";")
		schema = dataset.SchemaOf(table.Columns[reference].Ref)
		row = NewBase(d).of(schema).findKey(first)
		table = d.Table(schema)
	}
	if at := table.Column(field); at >= 0 && row >= 0 && !table.Columns[at].IsDerived() {
		return "edit " + field + " at " + d.Place(schema, row, at).String() + " instead"
	}
	return fromRecords
}

// fromRecords is the hint where no one cell makes what is shown.
const fromRecords = "edit the records that it is computed from instead"
