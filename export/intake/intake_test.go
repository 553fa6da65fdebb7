package intake_test

import (
	"io/fs"
	"os"
	"path/filepath"

	"haltsheet/dataset"
)

// require is what a test of any kind has.
type require interface {
	Helper()
	Fatal(args ...any)
}

func load(t require, files fs.FS) *dataset.Dataset {
	t.Helper()
	d, err := dataset.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func writeMetadata(dir string, d *dataset.Dataset) error {
	text, err := dataset.MarshalMetadata(d.Metadata)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, dataset.MetadataFile), text, 0o666)
}
