package dataset_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// holdExamination checks that what is counted is what is told, and that some of it is told as all of it is, with words that are kept or
// found again.
func holdExamination(t tester, d *dataset.Dataset, all dataset.Findings) {
	t.Helper()
	defer func(most int) { *dataset.MostSaid = most }(*dataset.MostSaid)
	for _, most := range []int{0, 1} {
		*dataset.MostSaid = most
		e := dataset.Examine(d)
		var third []int
		for i := range e.Len() {
			if i < len(all) && e.Kind(i) != all.Kind(i) {
				t.Errorf("%s is counted as %+v", all[i], e.Kind(i))
			}
			if i%3 == 0 {
				third = append(third, i)
			}
		}
		for _, s := range []dataset.Severity{dataset.Note, dataset.Warning, dataset.Error} {
			if got, want := e.Count(s), all.Count(s); got != want {
				t.Errorf("%d findings are %ss, want %d", got, s, want)
			}
		}
		unexported := cmpopts.IgnoreUnexported(dataset.Finding{})
		if diff := cmp.Diff(all, dataset.All(e), unexported); diff != "" {
			t.Errorf("with %d words kept (-all +told):\n%s", most, diff)
		}
		told := slices.Collect(e.Told(third))
		for i, n := range third {
			if diff := cmp.Diff(all[n], *told[i], unexported); diff != "" {
				t.Errorf("finding %d of some (-all +told):\n%s", n, diff)
			}
		}
	}
}

// TestFindingsAreToldAgain examines the case of each rule and folders that swell.
func TestFindingsAreToldAgain(t *testing.T) {
	folders := map[string]fstest.MapFS{}
	for i := range dataset.Rules {
		archive, err := txtar.ParseFile(filepath.Join("testdata", "rules", dataset.Rules[i].ID+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{}
		for _, file := range archive.Files[:len(archive.Files)-1] {
			files[file.Name] = file.Data
		}
		folders[dataset.Rules[i].ID] = datasettest.CleanWith(files)
	}
	for i := range swellings {
		folders[swellings[i].name] = swellings[i].folder(300)
	}
	for name, folder := range folders {
		t.Run(name, func(t *testing.T) {
			d := load(t, folder)
			holdExamination(t, d, dataset.Check(d))
		})
	}
}

// TestExceptionsAreCounted examines a dataset with as many exceptions as findings of their rule: each explains its own, both ways round
// for pairs, and those that are left explain nothing.
func TestExceptionsAreCounted(t *testing.T) {
	folder := datasettest.CleanWith(map[string][]byte{
		"sources.csv": append(slices.Clone(datasettest.CleanWith(nil)["sources.csv"].Data), numbered(50, "zz-%02d,filing,Unused,,2022-03,en,\n")...),
	})
	d := load(t, folder)
	d.Metadata.Exceptions = nil
	for i := range 49 {
		d.Metadata.Exceptions = append(d.Metadata.Exceptions, dataset.Exception{Rule: "source-unused", Key: fmt.Sprintf("zz-%02d", i), Reason: "so"})
	}
	before := dataset.Check(d)
	e := dataset.Examine(d)
	some, count := e.Excepted(10)
	if len(some) != 10 || count != 49 || some[0].Reason != "so" || some[0].Key != "zz-00" {
		t.Errorf("%d of %d, the first is %+v", len(some), count, some[0])
	}
	if n := e.Only(dataset.RuleOf("source-unused")).Len(); n != 1 || len(before) != e.Len() {
		t.Errorf("%d sources are unused and not excepted", n)
	}
}
