package dataset_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

// TestCompare holds diffs to what was done to the clean dataset.
func TestCompare(t *testing.T) {
	tests := []struct {
		name, file, old, new string // in place of the first one
		want                 []string
	}{
		{"nothing", "halts.csv", "", "", nil},
		{"a cell", "companies.csv", "Borealis", "Boreas", []string{`companies ~ borealis name "Borealis" "Boreas" companies.csv:4:10`}},
		{"two cells", "recipients.csv", "Red Cross,red_cross_red_crescent", "Red Crescent,ngo", []string{
			`recipients ~ red-cross name "Red Cross" "Red Crescent" recipients.csv:2:11`,
			`recipients ~ red-cross type "red_cross_red_crescent" "ngo" recipients.csv:2:24`,
		}},
		{"an order", "rates.csv", "2022-03-01,JPY,128.63\n2022-03-01,USD,1.1162\n", "2022-03-01,USD,1.1162\n2022-03-01,JPY,128.63\n", nil},
		{"a key that is no name", "rates.csv", "2022-03-01,USD", "2022-02-28,USD", []string{"rates - 2022-03-01/USD", "rates + 2022-02-28/USD"}},
		{"a row", "rates.csv", "2022-03-01,USD,1.1162\n", "", []string{"rates - 2022-03-01/USD"}},
		{"metadata", "dataset.json", `"test"`, `"test", "more"`, []string{`dataset.json keywords/1 "" "more"`}},
		{"metadata deep down", "dataset.json", `"RU"`, `"UA"`, []string{`dataset.json coverage/countries/0 "RU" "UA"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			clean := datasettest.CleanWith(nil)
			edited := strings.Replace(string(clean[test.file].Data), test.old, test.new, 1)
			diff := dataset.Compare(load(t, clean), load(t, datasettest.CleanWith(map[string][]byte{test.file: []byte(edited)})))
			if diff.IsEmpty() != (test.want == nil) {
				t.Errorf("IsEmpty is %t", diff.IsEmpty())
			}
			if d := cmp.Diff(test.want, told(diff)); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

// told returns a diff as lines.
func told(diff *dataset.Diff) (lines []string) {
	for i := range diff.Metadata {
		before, after := diff.Metadata[i].Texts()
		lines = append(lines, fmt.Sprintf("dataset.json %s %q %q", diff.Metadata[i].Field, before, after))
	}
	for _, t := range diff.Tables {
		for _, r := range t.Renamed {
			lines = append(lines, fmt.Sprintf("%s > %s %s %d", t.Schema.Name, r.Old.Key, r.New.Key, r.References))
		}
		for _, r := range t.Removed {
			lines = append(lines, t.Schema.Name+" - "+r.Key)
		}
		for _, r := range t.Added {
			lines = append(lines, t.Schema.Name+" + "+r.Key)
		}
		for _, r := range t.Changed {
			for i := range r.Fields {
				before, after := r.Fields[i].Texts()
				lines = append(lines, fmt.Sprintf("%s ~ %s %s %q %q %s", t.Schema.Name, r.Key, r.Fields[i].Field, before, after, r.Fields[i].NewPlace))
			}
		}
	}
	return lines
}

// TestRenames renames keys everywhere at once, parents and containers too.
func TestRenames(t *testing.T) {
	clean := datasettest.CleanWith(nil)
	renamed := fstest.MapFS{}
	for name, file := range clean {
		text := strings.NewReplacer("acme-donation-1", "ajax-donation-1", "acme,", "ajax,", "unhcr", "un-hcr").Replace(string(file.Data))
		renamed[name] = &fstest.MapFile{Data: []byte(text)}
	}
	want := []string{
		"companies > acme ajax 6", "donations > acme-donation-1 ajax-donation-1 1", "recipients > unhcr un-hcr 3",
	}
	if d := cmp.Diff(want, told(dataset.Compare(load(t, clean), load(t, renamed)))); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// TestRenamesCountWhatFollows: a cell that names another record instead does not follow the rename.
func TestRenamesCountWhatFollows(t *testing.T) {
	clean := datasettest.CleanWith(nil)
	renamed := fstest.MapFS{}
	for name, file := range clean {
		text := strings.NewReplacer("unhcr,acme-donation-1", "red-cross,acme-donation-1", "unhcr", "un-hcr").Replace(string(file.Data))
		renamed[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if lines := told(dataset.Compare(load(t, clean), load(t, renamed))); !slices.Contains(lines, "recipients > unhcr un-hcr 2") {
		t.Errorf("two of three cells follow, but got %q", lines)
	}
}

// TestCompareLaws holds diffs of drawn datasets to laws: a dataset does not differ from itself, and what one way adds
// the other removes.
func TestCompareLaws(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b := load(t, datasettest.Draw(rt)), load(t, datasettest.Draw(rt))
		if !dataset.Compare(a, a).IsEmpty() {
			rt.Fatal("a dataset differs from itself")
		}
		there, back := dataset.Compare(a, b), dataset.Compare(b, a)
		for i := range there.Tables {
			x, y := &there.Tables[i], &back.Tables[i]
			if len(x.Added) != len(y.Removed) || len(x.Removed) != len(y.Added) || len(x.Changed) != len(y.Changed) || len(x.Renamed) != len(y.Renamed) {
				rt.Fatalf("%s: %d, %d, %d, %d one way, %d, %d, %d, %d the other", x.Schema.Name,
					len(x.Added), len(x.Removed), len(x.Changed), len(x.Renamed), len(y.Removed), len(y.Added), len(y.Changed), len(y.Renamed))
			}
			if x.Old+len(x.Added)-len(x.Removed) != x.New {
				rt.Fatalf("%s: %d rows and %d added and %d removed are not %d", x.Schema.Name, x.Old, len(x.Added), len(x.Removed), x.New)
			}
		}
	})
}

// TestCompareInAnyOrder holds the diff of tables whose keys ascend to that of the same ones in another order.
func TestCompareInAnyOrder(t *testing.T) {
	generated := datasettest.Generate(40)
	rapid.Check(t, func(rt *rapid.T) {
		var ascending, turned [2]fstest.MapFS
		for side := range ascending {
			ascending[side], turned[side] = fstest.MapFS{}, fstest.MapFS{}
			for _, name := range []string{"halts.csv", "rates.csv"} {
				content, err := fs.ReadFile(generated, name)
				if err != nil {
					rt.Fatal(err)
				}
				header, rows, _ := strings.Cut(string(content), "\n")
				var kept []string
				for row := range strings.Lines(rows) {
					switch rapid.SampledFrom([]string{"kept", "changed", "dropped"}).Draw(rt, "row") {
					case "changed":
						kept = append(kept, strings.TrimSuffix(row, "\n")+"1\n") // in its last cell
					case "kept":
						kept = append(kept, row)
					}
				}
				file := func() *fstest.MapFile { return &fstest.MapFile{Data: []byte(header + "\n" + strings.Join(kept, ""))} }
				ascending[side][name] = file()
				slices.Reverse(kept)
				turned[side][name] = file()
			}
		}
		want := keysIn(dataset.Compare(load(t, ascending[0]), load(t, ascending[1])))
		for i, other := range []*dataset.Diff{
			dataset.Compare(load(t, turned[0]), load(t, turned[1])),
			dataset.Compare(load(t, ascending[0]), load(t, turned[1])),
		} {
			if d := cmp.Diff(want, keysIn(other)); d != "" {
				rt.Fatalf("order %d: -want +got\n%s", i, d)
			}
		}
	})
}

// keysIn returns what a diff tells, without places.
func keysIn(diff *dataset.Diff) (lines []string) {
	for i := range diff.Tables {
		t := &diff.Tables[i]
		for _, r := range t.Removed {
			lines = append(lines, t.Schema.Name+" - "+r.Key)
		}
		for _, r := range t.Added {
			lines = append(lines, t.Schema.Name+" + "+r.Key)
		}
		for _, r := range t.Changed {
			lines = append(lines, fmt.Sprint(t.Schema.Name, " ~ ", r.Key, len(r.Fields)))
		}
	}
	return lines
}

// TestMergeLaws holds merges of drawn datasets to laws: changes of one side only are taken whole.
func TestMergeLaws(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		base, other := load(t, datasettest.Draw(rt)), load(t, datasettest.Draw(rt))
		for _, sides := range [][2]*dataset.Dataset{{base, other}, {other, base}, {other, other}} {
			merged, conflicts, err := dataset.Merge(base, sides[0], sides[1])
			if err != nil || len(conflicts) > 0 {
				rt.Fatalf("%v, %v", err, conflicts)
			}
			if !dataset.Compare(other, merged).IsEmpty() {
				rt.Fatalf("not merged: %q", told(dataset.Compare(other, merged)))
			}
		}
	})
}

func TestConflicts(t *testing.T) {
	base := datasettest.CleanWith(nil)
	edit := func(before, after string) fs.FS {
		return datasettest.CleanWith(map[string][]byte{"recipients.csv": []byte(strings.Replace(string(base["recipients.csv"].Data), before, after, 1))})
	}
	for _, test := range []struct {
		name         string
		ours, theirs fs.FS
		want         []string
	}{
		{"the same cell", edit("Red Cross", "A"), edit("Red Cross", "B"), []string{"recipients red-cross name: Red Cross, A, B"}},
		{"the same change", edit("Red Cross", "A"), edit("Red Cross", "A"), nil},
		{"cells of one record", edit("Red Cross", "A"), edit("CH", "FR"), nil},
		{"a removed record that changed", edit("red-cross,Red Cross,red_cross_red_crescent,CH,\n", ""), edit("Red Cross", "B"), []string{"recipients red-cross : red-cross, , red-cross"}},
		{"two records with one key", edit("unhcr,", "x,X,ngo,,\nunhcr,"), edit("unhcr,", "x,Y,ngo,,\nunhcr,"), []string{"recipients x name: , X, Y"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			ours := load(t, test.ours)
			merged, conflicts, err := dataset.Merge(load(t, base), ours, load(t, test.theirs))
			if err != nil {
				t.Fatal(err)
			}
			if len(conflicts) > 0 && !dataset.Compare(ours, merged).IsEmpty() { // there is nothing else that theirs changed
				t.Errorf("in a conflict the merged dataset does not have ours: %v", told(dataset.Compare(ours, merged)))
			}
			var got []string
			for _, c := range conflicts {
				got = append(got, fmt.Sprintf("%s %s %s: %s, %s, %s", c.Table, c.Key, c.Field, c.Base.Text, c.Ours.Text, c.Theirs.Text))
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

// TestMetadataLeaves puts dataset.json together again from its leaves.
func TestMetadataLeaves(t *testing.T) {
	d := load(t, datasettest.Clean())
	d.Metadata.Exceptions = []dataset.Exception{{Rule: "amount-outlier", Reason: "007"}, {Rule: "similar-names", Reason: "\"x\""}}
	want, err := dataset.MarshalMetadata(d.Metadata)
	if err != nil {
		t.Fatal(err)
	}
	m, findings := dataset.ReadMetadata(dataset.MetadataText(d.Metadata.Leaves()))
	got, err := dataset.MarshalMetadata(m)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" || len(findings) > 0 {
		t.Errorf("%v -want +got\n%s", findings, diff)
	}
}

// BenchmarkCompare compares two datasets of 100,000 records each, of which one in a hundred is different.
func BenchmarkCompare(b *testing.B) {
	before, after := manyHalts(b, 0), manyHalts(b, 100)
	b.ReportAllocs()
	for b.Loop() {
		if diff := dataset.Compare(before, after); len(diff.Tables[1].Changed) != 1000 {
			b.Fatalf("%d changes", len(diff.Tables[1].Changed))
		}
	}
}

// manyHalts makes a dataset of 100,000 halts, of which one in so many is a plan.
func manyHalts(b *testing.B, plans int) *dataset.Dataset {
	clean := datasettest.CleanWith(nil)
	var halts strings.Builder
	header, _, _ := strings.Cut(string(clean["halts.csv"].Data), "\n")
	halts.WriteString(header + "\n")
	for i := range 100_000 {
		status := "completed"
		if plans > 0 && i%plans == 0 {
			status = "planned"
		}
		fmt.Fprintf(&halts, "acme-%06d,acme,exit,retail_sales,,RU,%s,2022-03-%02d,,,Closed shop number %d.,acme-2022-03-08;herald-2022-03-09,\n", i, status, 1+i%28, i)
	}
	clean["halts.csv"].Data = []byte(halts.String())
	d, err := dataset.Load(clean)
	if err != nil {
		b.Fatal(err)
	}
	return d
}
