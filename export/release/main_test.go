package release_test

import (
	"context"
	"testing"

	"haltsheet/dataset/datasettest"
	"haltsheet/export/exporttest"
)

func TestMain(m *testing.M) {
	exporttest.Main(m, map[string]func(dir string) error{
		"release": func(dir string) error {
			return exporttest.Publish(context.Background(), dir, "", datasettest.Clean(), 5, exporttest.ReadsBack)
		},
	})
}
