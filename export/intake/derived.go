package intake

import (
	"strings"

	"haltsheet/dataset"
)

// derivedFrom says for derived columns where an edit of what they show belongs: in a column of the same record, or in one of
// the record that a column refers to.
var derivedFrom = map[string]string{
	"company": "company_id.name", "company_country": "company_id.country", "sector": "company_id.sector",
	"announced_start": "announced", "announced_end": "announced", "announced_precision": "announced", "announced_qualifier": "announced",
	"date_start": "date", "date_end": "date", "date_precision": "date", "date_qualifier": "date", "action": "halt_id.action",
	"effective_start": "effective", "effective_end": "effective", "ended_start": "ended", "ended_end": "ended",
	"published_start": "published", "published_end": "published",
	"publishers": "source_ids.publisher", "source_urls": "source_ids.url", "publisher_count": "source_ids.publisher", "recipients": "recipient_ids.name",
	"amount_eur": "amount", "fx_rate": "announced", "fx_date": "announced", "fx_date_precision": "announced", "fx_status": "announced", "counted": "type", "totalled": "type",
}

// whereToEdit returns the hint where an edit of a derived cell belongs.
func whereToEdit(d *dataset.Dataset, schema *dataset.Schema, row int, column *dataset.Column) string {
	table, from := d.Table(schema), derivedFrom[column.Name]
	if said := table.Column(column.Says); said >= 0 {
		if from = derivedFrom[column.Says]; !table.Columns[said].IsDerived() {
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
			return ""
		}
		keys := table.Cell(row, reference).Text
		first, _, _ := strings.Cut(keys, ";")
		schema = dataset.SchemaOf(table.Columns[reference].Ref)
		row = NewBase(d).of(schema).findKey(first)
		table = d.Table(schema)
	}
	if at := table.Column(field); at >= 0 && row >= 0 {
		return "edit " + field + " at " + d.Place(schema, row, at).String() + " instead"
	}
	return "edit the records that it is computed from instead"
}
