package export

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export/folder"
	"haltsheet/export/verify"
)

// announcedYear is the partition that no column has by itself: the year in which a fact was announced.
const announcedYear = "announced_year"

// partitionColumns returns the names of what tables can be partitioned by whose records belong to others, as halts do: their columns of codes, and
// the year in which they were announced.
func partitionColumns() []string {
	var names []string
	for i := range dataset.Schemas {
		if dataset.Schemas[i].Owner() == nil {
			continue
		}
		for _, column := range dataset.Schemas[i].Columns {
			if column.Codes != "" && !slices.Contains(names, column.Name) {
				names = append(names, column.Name)
			}
		}
	}
	return append(names, announcedYear)
}

// PartitionedBy returns the column by which the files of an export are partitioned, by their paths; empty for none.
func PartitionedBy(paths []string) string {
	for _, column := range partitionColumns() {
		for i := range dataset.Schemas {
			folder := partitionFolder(dataset.Schemas[i].Name, column)
			if slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(path, folder) }) {
				return column
			}
		}
	}
	return ""
}

// partitionFolder is how the paths of the files begin into which a table is partitioned by a column.
func partitionFolder(table, column string) string { return "parquet/" + table + "/" + column + "=" }

// partition tells the rows of a table apart by a column, which the files then leave out: it stands in their paths.
type partition struct {
	name    string
	columns []dataset.Column // those of the files
	valueOf func(row int) string
}

// partitionOf returns how a table of the book is partitioned; nil where it is one file.
func partitionOf(b *Book, table *dataset.Table) *partition {
	if b.PartitionBy == "" || table.Role(dataset.RoleOwner) < 0 {
		return nil
	}
	p := &partition{name: b.PartitionBy, columns: table.Columns}
	if p.name == announcedYear {
		column := table.Column("announced")
		if column < 0 {
			return nil // it is about something else than announcements
		}
		p.valueOf = func(row int) string { return table.Cell(row, column).Text[:len("2022")] }
		return p
	}
	column := table.Column(p.name)
	if column < 0 {
		return nil // the column belongs to another table
	}
	p.columns = slices.Concat(table.Columns[:column], table.Columns[column+1:])
	p.valueOf = func(row int) string { return cmp.Or(table.Cell(row, column).Text, hiveNull) }
	return p
}

// hiveNull stands for the empty cell in a path.
const hiveNull = "__HIVE_DEFAULT_PARTITION__"

// partitionFiles are a file for each value of a column, in paths as Hive has them.
func partitionFiles(b *Book, table *dataset.Table, p *partition) (files []File) {
	rows := map[string][]int{}
	for row := range table.Rows {
		value := p.valueOf(row)
		rows[value] = append(rows[value], row)
	}
	if len(rows) == 0 {
		rows[hiveNull] = []int{} // an empty file, so that readers find the columns
	}
	for _, value := range slices.Sorted(maps.Keys(rows)) {
		r := Resource{
			Name:  Slug(table.Name + mediumParquet.Suffix + "-" + strings.Trim(strings.ToLower(value), "_")),
			Path:  partitionFolder(table.Name, p.name) + value + "/part-0.parquet",
			Title: table.Title + ", " + p.name + " " + value, Medium: mediumParquet, Table: table, Without: p.name,
		}
		write := func(out *folder.File) error { return writeParquet(out, b, table, p.columns, rows[value]) }
		files = append(files, File{r, write, verify.Parquet(table, p.name, rows[value])})
	}
	return files
}
