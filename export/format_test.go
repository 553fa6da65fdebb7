package export_test

import (
	"path"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export"
)

// TestFormatsOwnBothDirections fails for a format with a file that is not read back, so that nobody would see that it is wrong, and for
// one with a folder of which it does not say what is in it.
func TestFormatsOwnBothDirections(t *testing.T) {
	for _, partition := range append(export.PartitionColumns(), "") {
		book := bookOf(datasettest.Clean())
		book.PartitionBy = partition
		paths, names := map[string]bool{}, map[string]bool{}
		for i := range export.Formats {
			f := &export.Formats[i]
			files := f.Files(book)
			if len(files) == 0 {
				t.Errorf("%s has no file", f.Name)
			}
			for j := range files {
				file := &files[j]
				if file.Write == nil || file.Reader == nil {
					t.Errorf("%s: %s is not both written and read back", f.Name, file.Path)
				}
				if folder := path.Dir(file.Path); folder != "." && partition == "" && f.Folders[folder] == "" {
					t.Errorf("%s: its Folders do not say what is in %s", f.Name, folder)
				}
				if file.Medium.Type == "" || file.Title == "" {
					t.Errorf("%s: %s lacks its media type or its title", f.Name, file.Path)
				}
				if paths[file.Path] || names[file.Name] {
					t.Errorf("%s: path or name of %s, %s is that of another file", f.Name, file.Path, file.Name)
				}
				paths[file.Path], names[file.Name] = true, true
			}
		}
	}
}
