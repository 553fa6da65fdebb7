package release

import (
	"fmt"
	"io"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export"
)

// writeReadme writes a short README with lines that load the halts.
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
	for _, loader := range loaders {
		b = fmt.Appendf(b, "## %s\n\n", loader.title)
		if loader.language == "" {
			b = fmt.Appendf(b, "%s\n\n", strings.ReplaceAll(loader.text, "NAME", m.Name))
			continue
		}
		b = fmt.Appendf(b, "```%s\n%s\n```\n\n", loader.language, strings.ReplaceAll(loader.text, "TEXTS", textColumns(loader.quote)))
	}
	b = append(b, "## Files\n\n| file | what it is |\n| ---- | ---------- |\n"...)
	for i := range before {
		file := &before[i]
		b = fmt.Appendf(b, "| [%s](%s) | %s |\n", file.Path, file.Path, markdownText(file.Title))
	}
	_, err := w.Write(append(b, "\n`sha256sum -c SHA256SUMS` holds all files against their checksums, and `haltsheet verify` their contents too.\n"...))
	return err
}

// loader is a way to load the halts.
type loader struct {
	title    string
	language string // of the fenced block; empty for words
	text     string // with TEXTS for the columns that must be read as texts, and NAME for that of the dataset
	quote    string // how a column and its type are written in TEXTS
}

var loaders = []loader{
	{"Excel", "", "Open `NAME.xlsx`. For one table, use *Data › From Text/CSV* on a file in `csv`, or double-click one in `csv-excel`.", ""},
	{
		"pandas", "python", "import pandas as pd\n\n" +
			"halts = pd.read_csv(\"csv/halts.csv\", keep_default_na=False, na_values=[\"\"], dtype={TEXTS},\n" +
			"                    parse_dates=[\"announced_start\", \"announced_end\"])", `"%s": str`,
	},
	{
		"R", "r", "halts <- read.csv(\"csv/halts.csv\", na.strings = \"\", encoding = \"UTF-8\", colClasses = c(TEXTS,\n" +
			"                  announced_start = \"Date\", announced_end = \"Date\"))", `%s = "character"`,
	},
	{"DuckDB", "sql", "SELECT sector, count(*) AS halts FROM 'parquet/halts.parquet' GROUP BY sector ORDER BY halts DESC;", ""},
}

// textColumns returns the columns of the halts that hold dates as texts, which readers would take for numbers or days.
func textColumns(quote string) string {
	var columns []string
	for _, c := range dataset.SchemaOf("halts").Columns {
		if c.Type == dataset.TypeDate {
			columns = append(columns, fmt.Sprintf(quote, c.Name))
		}
	}
	return strings.Join(columns, ", ")
}
