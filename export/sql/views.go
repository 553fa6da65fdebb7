package sql

import (
	"fmt"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/book"
)

// view is a query that is no summary.
type view struct{ name, description, query string }

// plainViews are the queries for what people add up.
var plainViews = []view{{
	"counted_donations",
	"The donations in the headline total: the companies' own cash, with an amount and a rate, none of them held by another. The euros of any others must not be added to theirs.",
	`SELECT * FROM "donations" WHERE "counted"`,
}}

// writeViews writes the statements that make the views: those for what people add up, and one for each summary, which has its columns
// and its figures. Where rows have the same rank, the collation of the database decides.
func writeViews(w *strings.Builder, b *book.Book) {
	write := func(v view) {
		fmt.Fprintf(w, "\nCREATE VIEW %s AS\n", quotedName(v.name))
		writeComment(w, "", v.description)
		w.WriteString(v.query + ";\n")
	}
	for _, v := range plainViews {
		write(v)
	}
	for _, table := range b.Summaries {
		write(view{"summary_" + table.Name, table.Description, summaryQuery(b, table)})
	}
}

// summaryQuery returns the query that gives a summary.
func summaryQuery(b *book.Book, table *dataset.Table) string {
	if table.HoldsFigures() {
		return figuresQuery(b, table)
	}
	q := query{book: b, table: table, summary: table.Summary}
	for i := range q.summary.Measures {
		q.add(i)
	}
	return q.text()
}

// query is a summary with labels in the making. The measures that look at the same columns of the same table are one group, a
// subquery with a row for each label.
type query struct {
	book    *book.Book
	table   *dataset.Table
	summary *dataset.Summary
	groups  []*group
}

type group struct {
	source
	name     string // of the subquery
	measures []int  // of the summary
}

// add adds a measure to the group that looks where it looks.
func (q *query) add(measure int) {
	m := &q.summary.Measures[measure]
	i := slices.IndexFunc(q.groups, func(g *group) bool {
		of := &q.summary.Measures[g.measures[0]]
		return of.Of == m.Of && slices.Equal(of.Match, m.Match)
	})
	if i < 0 {
		i = len(q.groups)
		q.groups = append(q.groups, &group{source: source{q.book, q.book.Table(m.Of)}, name: fmt.Sprintf("of_%s", m.Of)})
		if slices.ContainsFunc(q.groups[:i], func(g *group) bool { return g.name == q.groups[i].name }) {
			q.groups[i].name += fmt.Sprintf("_%d", i+1)
		}
	}
	q.groups[i].measures = append(q.groups[i].measures, measure)
}

func labelName(label int) string { return quotedName(fmt.Sprintf("label_%d", label+1)) }

func (q *query) measureName(measure int) string {
	return quotedName(q.summary.Measures[measure].Column.Name)
}

// text returns the query.
func (q *query) text() string {
	var w strings.Builder
	w.WriteString("WITH ")
	for _, g := range q.groups {
		fmt.Fprintf(&w, "%s AS (\n%s\n),\n", quotedName(g.name), q.subquery(g))
	}
	fmt.Fprintf(&w, "\"labels\" AS (\n%s\n)\nSELECT\n  %s\nFROM \"labels\"\n", q.labels(), strings.Join(q.columns(), ",\n  "))
	for _, g := range q.groups {
		var on []string
		for i := range q.summary.Labels {
			on = append(on, fmt.Sprintf("%s.%s = \"labels\".%s", quotedName(g.name), labelName(i), labelName(i)))
		}
		fmt.Fprintf(&w, "LEFT JOIN %s ON %s\n", quotedName(g.name), strings.Join(on, " AND "))
	}
	w.WriteString("ORDER BY " + strings.Join(q.order(), ", "))
	if q.summary.Limit > 0 {
		fmt.Fprintf(&w, "\nLIMIT %d", q.summary.Limit)
	}
	return w.String()
}

// subquery returns the measures of a group for each label that one of them has.
func (q *query) subquery(g *group) string {
	first := &q.summary.Measures[g.measures[0]]
	from, shown, where := quotedName(g.table.Name), []string{}, []string{}
	for i, column := range first.Match {
		label := g.label(column, q.summary.Labels[i].Unit)
		from += label.join
		shown = append(shown, label.value+" AS "+labelName(i))
		where = append(where, label.known)
	}
	var has []string
	isAlways := false
	for _, i := range g.measures {
		m := &q.summary.Measures[i]
		shown = append(shown, g.value(m)+" AS "+q.measureName(i))
		isAlways = isAlways || len(m.Where) == 0
		has = append(has, "("+g.conditions(m.Where)+")")
	}
	if !isAlways {
		where = append(where, "("+strings.Join(slices.Compact(has), " OR ")+")")
	}
	places := make([]string, len(first.Match))
	for i := range places {
		places[i] = fmt.Sprint(i + 1)
	}
	return fmt.Sprintf("  SELECT %s\n  FROM %s\n  WHERE %s\n  GROUP BY %s",
		strings.Join(shown, ",\n    "), from, strings.Join(where, " AND "), strings.Join(places, ", "))
}

// labels returns the query of the labels that a group has, and with them every unit of the coverage up to the last where the
// summary wants that.
func (q *query) labels() string {
	names := make([]string, len(q.summary.Labels))
	for i := range names {
		names[i] = labelName(i)
	}
	parts := make([]string, len(q.groups))
	for i, g := range q.groups {
		parts[i] = fmt.Sprintf("SELECT %s FROM %s", strings.Join(names, ", "), quotedName(g.name))
	}
	found := "  " + strings.Join(parts, "\n  UNION ")
	unit := [...]string{dataset.ByDay: "day", dataset.ByMonth: "month", dataset.ByQuarter: "quarter", dataset.ByYear: "year"}[q.summary.Labels[0].Unit]
	if !q.summary.Labels[0].Every {
		return found
	}
	return fmt.Sprintf("%s\n  UNION SELECT %s FROM \"calendar\" WHERE %[2]s <= (\n    SELECT MAX(%s) FROM (\n    %s\n    ) AS \"found\"\n  )",
		found, quotedName(unit), names[0], strings.ReplaceAll(found, "\n", "\n    "))
}

// columns returns the columns of the summary.
func (q *query) columns() (columns []string) {
	for i := range q.summary.Labels {
		label, at := &q.summary.Labels[i], `"labels".`+labelName(i)
		columns = append(columns, at+" AS "+quotedName(label.Column.Name))
		switch words := label.Words; {
		case words == nil:
		case words.Table != "":
			table := q.book.Table(words.Table)
			columns = append(columns, fmt.Sprintf("(SELECT %s FROM %s WHERE %s = %s) AS %s",
				quotedName(table.Columns[table.Role(dataset.RoleAbout)].Name), quotedName(words.Table), quotedName(table.KeyNames()[0]), at, quotedName(words.Column.Name)))
		default:
			columns = append(columns, fmt.Sprintf("(SELECT \"label\" FROM \"codebook_codes\" WHERE \"list\" = %s AND \"code\" = %s) AS %s",
				quotedText(words.List), at, quotedName(words.Column.Name)))
		}
	}
	for _, g := range q.groups {
		for range g.measures {
			columns = append(columns, "")
		}
	}
	for _, g := range q.groups {
		for _, i := range g.measures {
			columns[q.summary.MeasureColumn(i)] = q.measure(g, i)
		}
	}
	return columns
}

// measure returns the column of a measure: 0 for a label that its group does not have.
func (q *query) measure(g *group, i int) string {
	value := fmt.Sprintf("COALESCE(%s.%s, 0)", quotedName(g.name), q.measureName(i))
	if q.summary.Measures[i].Running {
		value = fmt.Sprintf("CAST(SUM(%s) OVER (ORDER BY \"labels\".%s ROWS UNBOUNDED PRECEDING) AS BIGINT)", value, labelName(0))
	}
	return value + " AS " + q.measureName(i)
}

func (q *query) order() (order []string) {
	if !q.summary.ByLabel {
		order = append(order, q.measureName(q.summary.Leads)+" DESC")
	}
	for i := range q.summary.Labels {
		order = append(order, quotedName(q.summary.Labels[i].Column.Name))
	}
	return order
}

// figuresQuery returns the query of a summary whose rows are figures.
func figuresQuery(b *book.Book, table *dataset.Table) string {
	rows := make([]string, len(table.Summary.Figures))
	for i := range rows {
		f := &table.Summary.Figures[i]
		rows[i] = fmt.Sprintf("  SELECT %d AS \"place\", %s AS \"figure\", %s AS \"value\", %s AS \"one\", %s AS \"many\", %s AS \"included\", %s AS \"left_out\", %s AS \"not_exact\"",
			i+1, quotedText(f.Name), figure(b, &f.Measure), quotedText(f.One), quotedText(f.Unit), figure(b, f.Included), figure(b, f.LeftOut), figure(b, f.NotExact))
	}
	return fmt.Sprintf("SELECT \"figure\", \"value\", CASE WHEN \"value\" = 1 THEN \"one\" ELSE \"many\" END AS \"unit\", \"included\", \"left_out\", \"not_exact\"\nFROM (\n%s\n) AS \"figures\"\nORDER BY \"place\"",
		strings.Join(rows, "\n  UNION ALL\n"))
}

// figure returns the query of one number.
func figure(b *book.Book, m *dataset.Measure) string {
	if m == nil {
		return "CAST(NULL AS BIGINT)"
	}
	s := source{b, b.Table(m.Of)}
	return fmt.Sprintf("(SELECT COALESCE(%s, 0) FROM %s)", s.value(m), quotedName(m.Of))
}
