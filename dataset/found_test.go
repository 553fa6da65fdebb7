package dataset_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"haltsheet/dataset"
)

// TestFoundTogether joins findings of several origins and chooses some: they are those that a slice of them has, counted and told.
func TestFoundTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var together dataset.Joined
		var all dataset.Findings
		for range rapid.IntRange(0, 4).Draw(t, "origins") {
			log, slice := &dataset.FindingLog{}, dataset.Findings{}
			for range rapid.IntRange(0, 5).Draw(t, "findings") {
				f := dataset.Finding{Rule: rapid.SampledFrom([]string{"X1", "X2"}).Draw(t, "rule"), Severity: dataset.Severity(rapid.IntRange(0, 2).Draw(t, "severity"))}
				f.File = rapid.SampledFrom([]string{"a", "b"}).Draw(t, "file")
				log.Add(f)
				slice = append(slice, f)
			}
			if all = append(all, slice...); rapid.Bool().Draw(t, "packed") {
				together = append(together, log)
			} else {
				together = append(together, slice)
			}
		}
		isChosen := func(k dataset.Kind) bool { return k.Rule == "X1" }
		in := func(file string) string { return "in/" + file }
		want := dataset.Findings{}
		for _, f := range all {
			if f.Rule == "X1" {
				f.File = in(f.File)
				want = append(want, f)
			}
		}
		hold(t, together, all)
		hold(t, dataset.Choose(together, isChosen, in), want)
	})
}

// hold holds findings to those of a slice.
func hold(t *rapid.T, got dataset.Found, want dataset.Findings) {
	same := cmp.Options{cmpopts.IgnoreUnexported(dataset.Finding{}), cmpopts.EquateEmpty()}
	if diff := cmp.Diff(want, dataset.All(got), same); diff != "" {
		t.Fatalf("-want +got:\n%s", diff)
	}
	for s := range dataset.Severity(3) {
		if got.Count(s) != want.Count(s) {
			t.Errorf("%d are %ss, want %d", got.Count(s), s, want.Count(s))
		}
	}
	var second []int
	for i := range want {
		if got.Kind(i) != want.Kind(i) {
			t.Errorf("%d is of %+v", i, got.Kind(i))
		}
		if i%2 == 1 {
			second = append(second, i)
		}
	}
	for i, f := range slices.Collect(got.Told(second)) {
		if diff := cmp.Diff(want[second[i]], *f, same); diff != "" {
			t.Errorf("%d (-want +told):\n%s", second[i], diff)
		}
	}
}
