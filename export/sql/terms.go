package sql

import (
	"fmt"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/book"
)

// source is a table that measures look at. Its terms name the table with each column, since link tables have some of its names.
type source struct {
	book  *book.Book
	table *dataset.Table
}

func (s source) column(name string) string { return quotedName(s.table.Name) + "." + quotedName(name) }

// label is what the rows of a table are told apart by: a value, whether it is known, and what must be joined to have it.
type label struct{ value, known, join string }

// label returns the label that a column gives: its cells, the members of its list, or the units of the calendar that its dates lie in.
func (s source) label(column string, unit dataset.Unit) label {
	at := s.column(column)
	switch s.table.Columns[s.table.Column(column)].Type {
	case dataset.TypeList:
		link := dataset.LinkOf(s.table.Name, column)
		key := quotedName(s.table.KeyNames()[0])
		member := quotedName(link) + "." + quotedName(memberOf(s.book, link))
		return label{member, member + " IS NOT NULL", fmt.Sprintf("\n  JOIN %s ON %s.%s = %s.%s", quotedName(link), quotedName(link), key, quotedName(s.table.Name), key)}
	case dataset.TypeDate:
		return s.dateLabel(column, unit)
	default:
		return label{value: at, known: at + " IS NOT NULL"}
	}
}

// memberOf returns the column of a link table that has the members.
func memberOf(b *book.Book, link string) string {
	for _, table := range b.Links {
		if table.Name == link {
			return table.Columns[len(table.Columns)-1].Name
		}
	}
	return ""
}

// dateLabel returns the unit that the dates of a column lie in, which are texts in EDTF with a qualifier behind some.
func (s source) dateLabel(column string, unit dataset.Unit) label {
	date := "RTRIM(" + s.column(column) + ", '?~%')"
	atLeast := func(precision string) string { return fmt.Sprintf("LENGTH(%s) >= %d", date, len(precision)) }
	month := fmt.Sprintf("SUBSTR(%s, 1, 7)", date)
	switch unit {
	case dataset.ByDay:
		return label{value: s.column(column + "_start"), known: atLeast("2022-03-09")} // the first of the days that it may mean
	case dataset.ByMonth:
		return label{value: month, known: atLeast("2022-03")}
	case dataset.ByQuarter:
		ordinal := fmt.Sprintf("SUBSTR(%s, 6, 2)", date)
		return label{
			value: fmt.Sprintf("SUBSTR(%s, 1, 4) || CASE WHEN %[2]s <= '03' THEN '-Q1' WHEN %[2]s <= '06' THEN '-Q2' WHEN %[2]s <= '09' THEN '-Q3' ELSE '-Q4' END", date, ordinal),
			known: atLeast("2022-03"),
		}
	case dataset.ByYear:
		return label{value: fmt.Sprintf("CAST(SUBSTR(%s, 1, 4) AS BIGINT)", date), known: atLeast("2022")}
	default:
		return label{value: date, known: date + " IS NOT NULL"}
	}
}

// value returns a measure of the rows of a group.
func (s source) value(m *dataset.Measure) string {
	filter := ""
	if len(m.Where) > 0 {
		filter = " FILTER (WHERE " + s.conditions(m.Where) + ")"
	}
	switch {
	case m.Sum != "":
		return s.sum(m.Sum, filter)
	case m.Distinct:
		return "COUNT(DISTINCT " + s.company() + ")" + filter
	default:
		return "COUNT(*)" + filter
	}
}

// sum returns an exact sum. SQLite keeps numbers with a point as binary fractions, whose sum is not exact: so whole units and
// what stands behind their point are added up apart, both as integers.
func (s source) sum(column, filter string) string {
	c := &s.table.Columns[s.table.Column(column)]
	at, scale := s.column(column), scaleOf(c)
	if scale == 0 {
		return fmt.Sprintf("SUM(%s)%s", at, filter)
	}
	exact, unit := decimalType(scale), "0."+strings.Repeat("0", scale-1)+"1"
	whole := fmt.Sprintf("CAST(%s AS BIGINT)", at)
	rest := fmt.Sprintf("CAST(ROUND((%s - %s) * 1%s) AS BIGINT)", at, whole, strings.Repeat("0", scale))
	return fmt.Sprintf("ROUND(CAST(SUM(%s)%s AS %s) + CAST(SUM(%s)%s AS %s) * %s, %d)", whole, filter, exact, rest, filter, exact, unit, scale)
}

// company returns the key of the company that a row is about, over as many tables as lie between.
func (s source) company() string {
	owner := s.table.Role(dataset.RoleOwner)
	if owner < 0 {
		return s.column(s.table.KeyNames()[0])
	}
	c := &s.table.Columns[owner]
	above := source{s.book, s.book.Table(c.Ref)}
	if above.table.Role(dataset.RoleOwner) < 0 {
		return s.column(c.Name)
	}
	return fmt.Sprintf("(SELECT %s FROM %s WHERE %s = %s)", above.company(), quotedName(c.Ref), above.column(above.table.KeyNames()[0]), s.column(c.Name))
}

// conditions returns what must hold of a row.
func (s source) conditions(where []dataset.Condition) string {
	terms := make([]string, len(where))
	for i := range where {
		terms[i] = s.condition(&where[i])
	}
	return strings.Join(terms, " AND ")
}

// condition returns one condition. The empty cell is NULL.
func (s source) condition(c *dataset.Condition) string {
	at := s.column(c.Field)
	switch {
	case c.Test == dataset.Known, c.Test == dataset.Differs && c.Is == "":
		return at + " IS NOT NULL"
	case c.Is == "":
		return at + " IS NULL"
	}
	is := quotedText(c.Is)
	switch s.table.Columns[s.table.Column(c.Field)].Type {
	case dataset.TypeBoolean, dataset.TypeDecimal, dataset.TypeInteger:
		is = strings.ToUpper(c.Is)
	default: // is a text
	}
	if c.Test == dataset.Differs {
		return fmt.Sprintf("(%s IS NULL OR %s <> %s)", at, at, is)
	}
	return at + " = " + is
}
