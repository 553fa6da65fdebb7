package export

import (
	"haltsheet/export/xlsx"
)

const mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// writeXLSX writes the workbook.
func writeXLSX(out *folder, book *Book) error {
	file, err := out.create(resource{
		Name: "workbook", Path: book.Metadata.Name + ".xlsx", Title: "Workbook",
		MediaType: mediaXLSX,
	})
	if err != nil {
		return err
	}
	if err := xlsx.Write(file, &xlsx.Content{
		Metadata: book.Metadata, Curated: book.Curated, Summaries: book.Summaries, Codes: book.Codes,
		Digest: book.Digest, Profile: string(book.Profile), Plain: book.Profile == Accessible,
		Progress: file.wrote,
	}); err != nil {
		return err
	}
	return file.Close()
}
