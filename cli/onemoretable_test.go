package cli_test

import (
	"os"

	"haltsheet/cli"
	"haltsheet/dataset"
)

// review is a record of a table that the program does not have: somebody looked again at a halt.
type review struct {
	ID        string
	HaltID    string
	Reviewed  dataset.Date
	SourceIDs dataset.List
}

// withOneMoreTable is the program with a table of reviews in its schema, which nothing else of it knows.
func withOneMoreTable() {
	reviews := map[*dataset.Dataset]*[]review{}
	slug := dataset.SchemaOf("halts").Columns[0].Form
	dataset.Schemas = append(dataset.Schemas, dataset.Declare(
		func(d *dataset.Dataset) *[]review {
			if reviews[d] == nil {
				reviews[d] = new([]review)
			}
			return reviews[d]
		},
		dataset.Schema{
			Name: "reviews", Title: "Reviews", Description: "Who looked at a halt again.", Blank: "There are no blank cells.", Later: true,
			Columns: []dataset.Column{
				{Name: "review_id", Title: "Review ID", Description: "The key.", Example: "a-1", Key: true, Required: true, Form: slug, Field: func(r *review) *string { return &r.ID }},
				{Name: "halt_id", Title: "Halt ID", Description: "The halt.", Example: "a-1", Required: true, Ref: "halts", Form: slug, Role: dataset.RoleOwner, Field: func(r *review) *string { return &r.HaltID }},
				{Name: "reviewed", Title: "Reviewed", Description: "When.", Type: dataset.TypeDate, Example: "2022", Required: true, Role: dataset.RoleDate, Field: func(r *review) *dataset.Date { return &r.Reviewed }},
				{Name: "source_ids", Title: "Source IDs", Description: "Who says so.", Type: dataset.TypeList, Example: "a-1", Required: true, Ref: "sources", Form: slug, Role: dataset.RoleSources, Field: func(r *review) *dataset.List { return &r.SourceIDs }},
			},
		},
	))
	os.Exit(cli.Main()) //nolint:forbidigo // the status is what main would exit with
}
