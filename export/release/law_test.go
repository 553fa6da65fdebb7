package release_test

import (
	"context"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/audit"
	"haltsheet/export/release"
)

// lawDraws is how many datasets are drawn: the same ones each time, since each is written in all formats.
const lawDraws = 10

// TestWhatChecksCleanCanBeReleased holds drawn datasets, whose texts are long, odd and hostile, to the promise of check: a dataset
// without errors, whose warnings are explained, is released in every format, and what is released verifies without a finding.
func TestWhatChecksCleanCanBeReleased(t *testing.T) {
	drawn := rapid.Custom(datasettest.Draw)
	for seed := range lawDraws {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			d, err := dataset.Load(drawn.Example(seed))
			must(t, err)
			must(t, dataset.Check(d).Err())
			next, err := release.New(d, dataset.Findings{}, nil)
			must(t, err)
			must(t, next.Gate(0))
			verify := func(ctx context.Context, dir string) error {
				found, err := audit.Folder(ctx, dir, "")
				if err != nil {
					return err
				}
				for _, f := range dataset.All(found) {
					t.Errorf("verify: %s", f)
				}
				return nil
			}
			_, err = release.Write(t.Context(), filepath.Join(t.TempDir(), "release"), next, verify)
			must(t, err)
		})
	}
}
