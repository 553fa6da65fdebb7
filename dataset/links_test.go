package dataset_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestLinks: every curated list has a link table, whose names come from the schema.
func TestLinks(t *testing.T) {
	var got []string
	for _, link := range load(t, datasettest.Clean()).Links() {
		names := make([]string, len(link.Columns))
		for i := range link.Columns {
			c := &link.Columns[i]
			names[i] = c.Name
			if c.Ref != "" {
				names[i] += " of " + c.Ref
			}
			checkTitle(t, link.Name, c.Title)
		}
		checkTitle(t, link.Name, link.Title)
		got = append(got, link.Name+": "+strings.Join(names, ", "))
	}
	want := []string{
		"halt_countries: halt_id of halts, position, country",
		"halt_sources: halt_id of halts, position, source_id of sources",
		"event_sources: event_id of events, position, source_id of sources",
		"donation_joint_companies: donation_id of donations, position, joint_company_id of companies",
		"donation_recipients: donation_id of donations, position, recipient_id of recipients",
		"donation_sources: donation_id of donations, position, source_id of sources",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestLinksAreTheLists is a law: link tables put together again are the lists, in the order of the records.
func TestLinksAreTheLists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := load(t, datasettest.Draw(t))
		links := d.Links()
		for i := range dataset.Schemas {
			table := d.Table(&dataset.Schemas[i])
			for column := range dataset.Schemas[i].Curated() {
				if table.Columns[column].Type != dataset.TypeList {
					continue
				}
				link := links[0]
				links = links[1:]
				members := map[string][]string{}
				for row := range link.Rows {
					key := link.Cell(row, 0).Text
					members[key] = append(members[key], link.Cell(row, 2).Text)
					if position := link.Cell(row, 1).Number.Coefficient(); int(position) != len(members[key]) {
						t.Errorf("%s: row %d has position %d, want %d", link.Name, row, position, len(members[key]))
					}
				}
				for row := range table.Rows {
					if got, want := strings.Join(members[table.Cell(row, 0).Text], ";"), table.Cell(row, column).Text; got != want {
						t.Errorf("%s: row %d is %q, want %q", link.Name, row, got, want)
					}
				}
			}
		}
		if len(links) > 0 {
			t.Errorf("%d link tables are of no list", len(links))
		}
	})
}

// TestCodebook: every column of the tables is described once, and every code that a cell holds is explained, in the list
// that its column is said to draw from.
func TestCodebook(t *testing.T) {
	d := load(t, datasettest.Clean())
	tables := slices.Concat(d.Tables(), d.Links(), d.Summarize())
	book := d.Codebook(tables...)
	columns, codes := book[0], book[1]
	explained := map[[2]string]bool{}
	for row := range codes.Rows {
		code := [2]string{codes.Cell(row, codes.Column("list")).Text, codes.Cell(row, codes.Column("code")).Text}
		if explained[code] {
			t.Errorf("%v is explained twice", code)
		}
		explained[code] = true
	}
	at := 0
	for _, table := range tables {
		for i := range table.Columns {
			text := func(name string) string { return columns.Cell(at, columns.Column(name)).Text }
			if text("table_name") != table.Name || text("column_name") != table.Columns[i].Name {
				t.Fatalf("row %d is of %s.%s, want %s.%s", at, text("table_name"), text("column_name"), table.Name, table.Columns[i].Name)
			}
			list := text("code_list")
			for row := range table.Rows {
				for code := range dataset.List(table.AppendCell(nil, row, i)).All() {
					if list != "" && !explained[[2]string{list, code}] {
						t.Errorf("%s.%s: %q is not in the list %q", table.Name, table.Columns[i].Name, code, list)
					}
				}
			}
			at++
		}
	}
	if at != columns.Rows {
		t.Errorf("%d rows, want %d", columns.Rows, at)
	}
}
