package workbook

import (
	"fmt"
	"strconv"
	"strings"

	"haltsheet/dataset"
)

// maxWork is how many comparisons one cell's formula may take; above it, a figure that needs more is a plain value.
const maxWork = 5_000_000

// formulas turns the declarations of summaries into formulas over the tables of a workbook.
type formulas struct {
	tables map[string]*dataset.Table
	parts  map[string][]*sheet // the sheets of each table
}

// rangeOf returns the cells of a column as a structured reference (ECMA-376 Part 1, 18.17.2.5).
func rangeOf(s *sheet, field string) string {
	return s.name + "[" + s.table.Columns[s.table.Column(field)].Title + "]"
}

// measure returns the formula of a measure where the labels stand in some cells, or nothing where it would take a
// spreadsheet too long. A table in several sheets is counted in each of them.
func (f *formulas) measure(m *dataset.Measure, labels []label) string {
	if m.Distinct {
		return f.companies(m, labels)
	}
	terms := make([]string, 0, len(f.parts[m.Of]))
	for _, part := range f.parts[m.Of] {
		term := f.term(part, m, labels)
		if term == "" {
			return ""
		}
		terms = append(terms, term)
	}
	return strings.Join(terms, "+")
}

// label is a cell that holds the label of a row.
type label struct {
	cell string // such as $A, and then rowMark
	unit dataset.Unit
}

// rowMark stands for the number of the row in a formula for all rows.
const rowMark = "\x00"

// term counts or adds up the rows of one sheet.
func (f *formulas) term(part *sheet, m *dataset.Measure, labels []label) string {
	if f.needsArrays(part, m) {
		return f.arrayTerm(part, m, labels)
	}
	criteria := criteriaOf(part, m, labels)
	switch {
	case m.Sum != "":
		return "SUMIFS(" + strings.Join(append([]string{rangeOf(part, m.Sum)}, criteria...), ",") + ")"
	case len(criteria) == 0:
		return "COUNTA(" + rangeOf(part, part.table.Columns[0].Name) + ")"
	default:
		return "COUNTIFS(" + strings.Join(criteria, ",") + ")"
	}
}

// criteriaOf returns ranges and criteria in turn, as COUNTIFS takes them.
func criteriaOf(part *sheet, m *dataset.Measure, labels []label) (criteria []string) {
	for i, field := range m.Match {
		column := part.table.Columns[part.table.Column(field)]
		switch column.Type {
		case dataset.TypeDate:
			for _, t := range dateTests(field, labels[i]) {
				value := t.value
				if t.operator != "=" {
					value = `"` + t.operator + `"&` + value
				}
				criteria = append(criteria, rangeOf(part, t.field), value)
			}
		case dataset.TypeList:
			criteria = append(criteria, rangeOf(part, field), `"*"&`+labels[i].cell+`&"*"`)
		default:
			criteria = append(criteria, rangeOf(part, field), labels[i].cell)
		}
	}
	for _, c := range m.Where {
		criteria = append(criteria, rangeOf(part, c.Field), criterion(part, c))
	}
	return criteria
}

// dateTest is a condition on a column beside a date.
type dateTest struct {
	field, operator, value string
}

// dateTests match the dates that a label stands for: those as precise as it, or those that lie in its unit.
func dateTests(field string, l label) []dateTest {
	start, end, precision := field+"_start", field+"_end", field+"_precision"
	within := func(month, months string) []dateTest {
		return []dateTest{
			{start, ">=", fmt.Sprintf("DATE(LEFT(%s,4),%s,1)", l.cell, month)},
			{end, "<", fmt.Sprintf("DATE(LEFT(%s,4),%s+%s,1)", l.cell, month, months)},
		}
	}
	switch l.unit {
	case dataset.ByDay:
		return []dateTest{{start, "=", l.cell}, {precision, "=", `"day"`}}
	case dataset.ByMonth:
		return within("MID("+l.cell+",6,2)", "1")
	case dataset.ByQuarter:
		return within("MID("+l.cell+",7,1)*3-2", "3")
	case dataset.ByYear:
		return within("1", "12")
	default:
		return []dateTest{
			{start, "=", fmt.Sprintf("DATE(LEFT(%[1]s,4),IF(LEN(%[1]s)>4,MID(%[1]s,6,2),1),IF(LEN(%[1]s)>7,RIGHT(%[1]s,2),1))", l.cell)},
			{precision, "=", fmt.Sprintf(`CHOOSE(LEN(%s)/3,"year","month","day")`, l.cell)},
		}
	}
}

// criterion returns a condition as COUNTIFS takes it.
func criterion(part *sheet, c dataset.Condition) string {
	switch {
	case c.Test == dataset.Known:
		return `"<>"`
	case c.Test == dataset.Differs:
		return `"<>` + c.Is + `"`
	case part.table.Columns[part.table.Column(c.Field)].Type == dataset.TypeBoolean:
		return strings.ToUpper(c.Is)
	default:
		return `"` + c.Is + `"`
	}
}

// needsArrays reports whether a member of a list could be part of another member, so that wildcards would find too much.
func (f *formulas) needsArrays(part *sheet, m *dataset.Measure) bool {
	for _, field := range m.Match {
		column := part.table.Columns[part.table.Column(field)]
		if column.Type == dataset.TypeList && column.Ref != "" {
			return true
		}
	}
	return false
}

// arrayTerm looks for whole members of lists.
func (f *formulas) arrayTerm(part *sheet, m *dataset.Measure, labels []label) string {
	if part.to-part.from > maxWork/1000 {
		return ""
	}
	factors := factorsOf(part, m, labels)
	if m.Sum != "" {
		factors = append(factors, rangeOf(part, m.Sum))
	}
	return "SUMPRODUCT(" + strings.Join(factors, ",") + ")"
}

// factorsOf returns arrays of ones and zeros, whose product says which rows match.
func factorsOf(part *sheet, m *dataset.Measure, labels []label) (factors []string) {
	for i, field := range m.Match {
		cells := rangeOf(part, field)
		if part.table.Columns[part.table.Column(field)].Type == dataset.TypeDate {
			for _, t := range dateTests(field, labels[i]) {
				factors = append(factors, "--("+rangeOf(part, t.field)+t.operator+t.value+")")
			}
			continue
		}
		if part.table.Columns[part.table.Column(field)].Type == dataset.TypeList {
			factors = append(factors, fmt.Sprintf(`--ISNUMBER(SEARCH(";"&%s&";",";"&%s&";"))`, labels[i].cell, cells))
		} else {
			factors = append(factors, fmt.Sprintf("--(%s=%s)", cells, labels[i].cell))
		}
	}
	for _, c := range m.Where {
		test := "=" + criterion(part, c)
		if c.Test != dataset.Equals {
			test = "<>" + strconv.Quote(c.Is)
		}
		factors = append(factors, "--("+rangeOf(part, c.Field)+test+")")
	}
	return factors
}

// companies counts the companies that have at least one matching row, as an array formula: the places of their companies
// among the keys, each counted once. It wants both tables on one sheet each.
func (f *formulas) companies(m *dataset.Measure, labels []label) string {
	if len(f.parts[m.Of]) != 1 {
		return ""
	}
	part := f.parts[m.Of][0]
	owner := part.table.Role(dataset.RoleOwner)
	if owner < 0 || len(f.parts[part.table.Columns[owner].Ref]) != 1 {
		return ""
	}
	companies := f.parts[part.table.Columns[owner].Ref][0]
	if companies.table.Role(dataset.RoleOwner) >= 0 {
		return "" // the records belong to something that itself belongs to a company
	}
	if (part.to-part.from)*(companies.to-companies.from) > maxWork {
		return ""
	}
	keys := rangeOf(companies, companies.table.Columns[0].Name)
	return fmt.Sprintf("SUM(--(FREQUENCY(IF(%s,MATCH(%s,%s,0)),ROW(%s)-%d)>0))",
		strings.Join(factorsOf(part, m, labels), "*"), rangeOf(part, part.table.Columns[owner].Name), keys, keys, HeaderRow)
}

// formulas returns what the formulas of the workbook refer to.
func (w *workbook) formulas() *formulas {
	f := &formulas{tables: map[string]*dataset.Table{}, parts: map[string][]*sheet{}}
	for _, s := range w.sheets {
		if s.table.IsCurated() {
			f.tables[s.table.Name] = s.table
			f.parts[s.table.Name] = append(f.parts[s.table.Name], s)
		}
	}
	return f
}

// addTo gives the columns of a sheet their formulas: those of a summary as it is declared, and the euros of a donation.
func (f *formulas) addTo(s *sheet) {
	switch summary := s.table.Summary; {
	case s.cross != nil:
		f.addCross(s)
	case s.table.Name == "donations":
		f.addEuros(s)
	case summary == nil:
	case summary.Figures != nil:
		f.addFigures(s, summary.Figures)
	default:
		f.addMeasures(s, summary)
	}
}

// addEuros converts an amount by the rate beside it, so that an edited amount moves every total.
func (f *formulas) addEuros(s *sheet) {
	amount, rate := s.field("amount").letters, s.field("fx_rate").letters
	s.field("amount_eur").formula = func(row int) string {
		n := strconv.Itoa(s.row(row))
		return "ROUND(" + amount + n + "/" + rate + n + ",2)"
	}
}

func (f *formulas) addFigures(s *sheet, figures []dataset.Figure) {
	for field, measureOf := range map[string]func(*dataset.Figure) *dataset.Measure{
		"value":     func(g *dataset.Figure) *dataset.Measure { return &g.Measure },
		"included":  func(g *dataset.Figure) *dataset.Measure { return g.Included },
		"left_out":  func(g *dataset.Figure) *dataset.Measure { return g.LeftOut },
		"not_exact": func(g *dataset.Figure) *dataset.Measure { return g.NotExact },
	} {
		s.field(field).formula = func(row int) string {
			if m := measureOf(&figures[row]); m != nil {
				return f.measure(m, nil)
			}
			return ""
		}
	}
}

func (f *formulas) addMeasures(s *sheet, summary *dataset.Summary) {
	labels := make([]label, len(summary.Labels))
	for i := range summary.Labels {
		labels[i] = label{"$" + s.column(summary.LabelColumn(i)).letters + rowMark, summary.Labels[i].Unit}
	}
	for i := range summary.Measures {
		m := &summary.Measures[i]
		c := s.column(summary.MeasureColumn(i))
		c.isArray = m.Distinct
		ofAny := f.measure(m, labels)
		c.formula = func(row int) string {
			if m.Running && row == s.from && row > 0 {
				return "" // goes on from another sheet
			}
			formula := strings.ReplaceAll(ofAny, rowMark, strconv.Itoa(s.row(row)))
			if m.Running && row > s.from && formula != "" {
				formula = c.letters + strconv.Itoa(s.row(row)-1) + "+" + formula
			}
			return formula
		}
	}
}
