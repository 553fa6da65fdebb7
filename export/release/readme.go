package release

import (
	"fmt"
	"io"
	"maps"
	"math/big"
	"path"
	"strings"

	"haltsheet/export"
)

// writeReadme writes a README: what the release is, how its tables are loaded, what must not be added up, and where the files are.
func writeReadme(r *Release, before []export.Resource, w io.Writer) error {
	m := &r.Book.Metadata
	b := fmt.Appendf(nil, "# %s\n\n%s\n\nVersion %s, released on %s.", markdownText(m.Title), markdownText(m.Description), m.Version, m.Released)
	for _, l := range m.Licenses {
		b = fmt.Appendf(b, " Licence: [%s](%s).", markdownText(l.Title), l.Path)
	}
	b = append(b, "\n\n"...)
	if m.Citation != "" {
		b = fmt.Appendf(b, "Cite as: %s\n\n", markdownText(m.Citation))
	}
	b = appendFiles(append(b, "## Files\n\n"...), before)
	b = append(b, "\n`sha256sum -c SHA256SUMS` holds all files against their checksums, and `haltsheet verify` their contents too.\n\n"...)
	b = appendTrap(b, r.Book)
	b = fmt.Appendf(b, "## Load it\n\nFor Excel, open `%s.xlsx`, or double-click a file in `csv-excel`. Each block below runs as it stands in this folder, and\nloads every table: %s, and the summaries.\n",
		m.Name, tableNames(r.Book))
	for i := range loaders {
		code, err := codeOf(r.Book, &loaders[i])
		if err != nil {
			return err
		}
		b = fmt.Appendf(b, "\n### %s\n\n%s\n\n```%s\n%s```\n", loaders[i].title, loaders[i].words, loaders[i].language, code)
	}
	_, err := w.Write(b)
	return err
}

// appendTrap says what must not be added up, with the figures of the release.
func appendTrap(b []byte, book *export.Book) []byte {
	donations := book.Table("donations")
	amount, counted := donations.Column("amount_eur"), donations.Column("counted")
	all, own := new(big.Rat), new(big.Rat)
	for row := range donations.Rows {
		eur := donations.Cell(row, amount).Number.Rat()
		if all.Add(all, eur); donations.Cell(row, counted).True {
			own.Add(own, eur)
		}
	}
	b = append(b, "## Add up what is counted\n\n`amount_eur` of the donations also holds pledges, goods, money of others, and parts of other sums. "...)
	return fmt.Appendf(b, "**Add it up only where\n`counted` is true**: the companies' own cash is %s euros, while the whole column comes to %s, which is the sum of nothing.\n"+
		"`totalled` does the same for the total of each type.\n\n", own.FloatString(cents), all.FloatString(cents))
}

// cents are the digits after the point of an amount in euros.
const cents = 2

func tableNames(b *export.Book) string {
	names := make([]string, len(b.Curated))
	for i, table := range b.Curated {
		names[i] = "`" + table.Name + "`"
	}
	return strings.Join(names, ", ")
}

// appendFiles appends a line for each file at the top, and one for each folder.
func appendFiles(b []byte, files []export.Resource) []byte {
	b = append(b, "| file | what it is |\n| ---- | ---------- |\n"...)
	inFolder := map[string]string{}
	for i := range export.Formats {
		maps.Copy(inFolder, export.Formats[i].Folders)
	}
	said := map[string]bool{}
	for i := range files {
		folder := path.Dir(files[i].Path)
		switch {
		case folder == ".":
			b = fmt.Appendf(b, "| [%s](%s) | %s |\n", files[i].Path, files[i].Path, markdownText(files[i].Title))
		case !said[folder]:
			said[folder] = true
			b = fmt.Appendf(b, "| [%s/](%s/) | %s |\n", folder, folder, inFolder[folder])
		}
	}
	return b
}
