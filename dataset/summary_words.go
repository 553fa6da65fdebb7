package dataset

// Words are a column of a summary that says in words what its label says in a code or a key.
type Words struct {
	Column Column
	// List is the list of the codebook that has the words as labels of codes, Table the table that has them as names of keys:
	// one of the two.
	List, Table string
	of          func(d *Dataset, label string) string
}

// codeWords are the labels of a list of codes.
func codeWords(list, name, title, example string) *Words {
	return &Words{
		Column: Column{Name: name, Title: title, Description: "The code in words.", Example: example}, List: list,
		of: func(d *Dataset, label string) string {
			code, _ := d.CodeList(list).Find(label)
			return code.Words()
		},
	}
}

// nameWords are the names of records of a table.
func nameWords(table string, column Column) *Words {
	return &Words{Column: column, Table: table, of: func(d *Dataset, key string) string {
		row := d.keysOf(table).find(key)
		if row == noRow {
			return ""
		}
		return d.cellText(cellOf(table, int(row), "name"))
	}}
}

// The names of countries and currencies.
var (
	countryWords = &Words{
		Column: Column{Name: "country_name", Title: "Country name", Description: "The short name of the country in English.", Example: "Russia"}, List: countryList,
		of: func(_ *Dataset, code string) string {
			name, _ := CountryName(code)
			return name
		},
	}
	currencyWords = &Words{
		Column: Column{Name: "currency_name", Title: "Currency name", Description: "The name of the currency in ISO 4217.", Example: "US Dollar"}, List: currencyList,
		of: func(_ *Dataset, code string) string {
			name, _ := currencyName(code)
			return name
		},
	}
)
