package dataset

import "slices"

// Shown returns the columns of the table, counted from 0, in the order in which people look at them, and how many of them are
// for people: behind these stand keys, links, and what else programs read.
func (t *Table) Shown() (order []int, forPeople int) {
	if t.schema != nil && t.schema.Shown != nil {
		for _, name := range t.schema.Shown {
			order = append(order, t.Column(name))
		}
	} else {
		for i := range t.Columns {
			if c := &t.Columns[i]; c.Words == "" && (!c.Key || c.Form != formSlug) {
				order = append(order, i)
			}
		}
	}
	forPeople = len(order)
	for i := range t.Columns {
		if !slices.Contains(order[:forPeople], i) {
			order = append(order, i)
		}
	}
	return order, forPeople
}
