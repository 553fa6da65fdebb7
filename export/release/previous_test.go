package release_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export"
	"haltsheet/export/exporttest"
	"haltsheet/export/folder"
)

// edition is the clean dataset in a version of 2022, with as many corrections as the version says.
func edition(minor int) fstest.MapFS {
	files := editionOf(fmt.Sprintf("1.%d.0", minor), fmt.Sprintf("2022-%02d-01", 4+minor), nil)
	for i := range minor {
		row := fmt.Sprintf("acme-payments-%d,acme,suspend,payments,Card %d,RU,completed,2022-03-09,,Took no more cards.,acme-2022-03-08;herald-2022-03-09,", i+1, i+1)
		replace(files, "halts.csv", "acme-retail-1,", datasettest.Row("halts", row)+"acme-retail-1,")
	}
	return files
}

// editionOf is the clean dataset with another version and day, and other changes of its files: old and new texts by file.
func editionOf(version, day string, changes map[string][2]string) fstest.MapFS {
	files := datasettest.CleanWith(nil)
	replace(files, "dataset.json", `"version": "1.0.0"`, fmt.Sprintf(`"version": %q`, version))
	replace(files, "dataset.json", `"released": "2022-04-01"`, fmt.Sprintf(`"released": %q`, day))
	for name, change := range changes {
		replace(files, name, change[0], change[1])
	}
	return files
}

func replace(files fstest.MapFS, name, before, after string) {
	if !bytes.Contains(files[name].Data, []byte(before)) {
		panic(name + " does not have " + before)
	}
	files[name] = &fstest.MapFile{Data: bytes.Replace(files[name].Data, []byte(before), []byte(after), 1)}
}

// damage is something that happened to a release after it was published.
type damage struct {
	name string
	do   func(t *testing.T, dir string) (undo func())
}

// eachFile damages every file of a release in the same way.
func eachFile(what string, change func(content []byte) []byte, paths []string) (all []damage) {
	for _, path := range paths {
		all = append(all, damage{path + " " + what, func(t *testing.T, dir string) func() {
			name := filepath.Join(dir, path)
			before, err := os.ReadFile(name)
			must(t, err)
			must(t, os.Remove(name))
			if after := change(bytes.Clone(before)); after != nil {
				must(t, os.WriteFile(name, after, 0o666))
			}
			return func() { must(t, os.WriteFile(name, before, 0o666)) }
		}})
	}
	return all
}

// restamped changes a file and then all lists, so that only what the file says tells of it.
func restamped(name, path, pattern, after string) damage {
	return damage{name, func(t *testing.T, dir string) func() {
		before := contents(t, dir)
		exporttest.Restamp(t, dir, path, func(content []byte) []byte {
			at := regexp.MustCompile(pattern).FindIndex(content)
			if at == nil {
				t.Fatalf("%s does not have %s", path, pattern)
			}
			return slices.Concat(content[:at[0]], []byte(after), content[at[1]:])
		})
		return func() {
			for path, content := range before {
				must(t, os.WriteFile(filepath.Join(dir, path), []byte(content), 0o666))
			}
		}
	}}
}

// foreign puts something into a release that does not belong there.
func foreign(path string, put func(name string) error) damage {
	return damage{path + " is foreign", func(t *testing.T, dir string) func() {
		name := filepath.Join(dir, path)
		must(t, put(name))
		return func() { must(t, os.Remove(name)) }
	}}
}

func damages(paths []string) []damage {
	all := slices.Concat(
		eachFile("is gone", func([]byte) []byte { return nil }, paths),
		eachFile("is empty", func([]byte) []byte { return []byte{} }, paths),
		eachFile("lost its end", func(content []byte) []byte { return content[:len(content)-1] }, paths),
		eachFile("has another byte", func(content []byte) []byte { content[len(content)/2] ^= 1; return content }, paths),
		eachFile("goes on", func(content []byte) []byte { return append(content, '\n') }, paths),
		eachFile("lost a line", func(content []byte) []byte {
			_, rest, _ := bytes.Cut(content, []byte("\n"))
			return rest
		}, []string{"SHA256SUMS", "history.jsonl", "csv/halts.csv", "index.json"}),
		eachFile("has a line twice", func(content []byte) []byte {
			line, _, _ := bytes.Cut(content, []byte("\n"))
			return slices.Concat(line, []byte("\n"), content)
		}, []string{"SHA256SUMS", "history.jsonl"}),
	)
	return append(all,
		foreign("notes.txt", func(name string) error { return os.WriteFile(name, []byte("mine"), 0o666) }),
		foreign("csv/actors.csv", func(name string) error { return os.WriteFile(name, []byte("actor_id\n"), 0o666) }),
		foreign("link.csv", func(name string) error { return os.Symlink("csv/halts.csv", name) }),
		restamped("a halt says something else", "csv/halts.csv", `Bought less gas`, "Bought more gas"),
		restamped("a rate is another one", "csv/rates.csv", `1\.1106`, "1.1107"),
		restamped("a record is gone", "csv/halts.csv", `(?m)^borealis-imports-1.*\n`, ""),
		restamped("a recipient is new", "csv/recipients.csv", `$`, "zoo,Zoo,ngo,PL,\n"),
		restamped("the data is at fault", "csv/companies.csv", `,FI,energy`, ",XX,energy"),
		restamped("the metadata is another one", "csv/dataset.json", `A clean dataset`, "A tidy dataset"),
		restamped("the index has another version", "index.json", `"version": "1`, `"version": "7`),
		restamped("the index has another digest", "index.json", `"digest": ".`, `"digest": "z`),
		restamped("the index has another name", "index.json", `"name": "clean"`, `"name": "dirty"`),
		restamped("the index has another day", "index.json", `"released": "20`, `"released": "19`),
		restamped("a record was never seen", "history.jsonl", `(?m)^.*"acme-retail-2".*\n`, ""),
		restamped("an unknown record was seen", "history.jsonl", `"acme-retail-2"`, `"acme-retail-9"`),
		restamped("a record was seen too late", "history.jsonl", `"first_seen":"2022-04-01"`, `"first_seen":"2023-01-01"`),
		restamped("a table has too many columns", "datapackage.json", `"fields": \[`, `"fields": [`+strings.Repeat("{},", 100_000)),
		restamped("a record was seen twice", "history.jsonl", `^`, `{"table":"companies","key":"acme","first_seen":"2022-04-01","last_changed":"2022-04-01"}`+"\n"),
		restamped("a record of a very long name was seen too late", "history.jsonl", `"first_seen":"2022-04-01"`, `"key":"`+strings.Repeat("a", 100_000)+`","first_seen":"2023-01-01"`),
	)
}

// TestDamagedPreviousReleases publishes five releases, one behind the other, and damages each of those before in every way: what comes next
// is refused, and its folder stays as it was.
func TestDamagedPreviousReleases(t *testing.T) {
	dir := t.TempDir()
	at := func(minor int) string { return filepath.Join(dir, fmt.Sprintf("1.%d.0", minor)) }
	out := filepath.Join(dir, "out")
	must(t, exporttest.Publish(t.Context(), out, "", edition(0), 20, exporttest.Unread))
	before := exporttest.Tree(t, out)
	refused, turn := 0, 0
	for minor := range 5 {
		previous := ""
		if minor > 0 {
			previous = at(minor - 1)
			paths := slices.DeleteFunc(slices.Sorted(maps.Keys(contents(t, previous))), func(string) bool {
				turn++
				return turn%4 > 0 // all files take their turns in the course of the chain
			})
			for _, d := range damages(paths) {
				undo := d.do(t, previous)
				err := exporttest.Publish(t.Context(), out, previous, edition(minor), 20, exporttest.Unread)
				if e, ok := errors.AsType[*folder.Error](err); !ok || !strings.HasPrefix(e.Path, previous) || e.Hint == "" || len(e.Error()) > 2000 {
					t.Errorf("before 1.%d.0, %s: got the error %.2000v", minor, d.name, err)
				}
				undo()
				refused++
			}
			if !maps.Equal(before, exporttest.Tree(t, out)) {
				t.Fatalf("before 1.%d.0 the output was touched", minor)
			}
		}
		must(t, exporttest.Publish(t.Context(), at(minor), previous, edition(minor), 20, exporttest.Unread))
	}
	t.Logf("%d damaged releases were refused", refused)
}

// TestWhatIsNoPreviousRelease names other folders in the place of the release before.
func TestWhatIsNoPreviousRelease(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	must(t, exporttest.Publish(t.Context(), at("release"), "", edition(0), 20, exporttest.Unread))
	d, err := dataset.Load(edition(0))
	must(t, err)
	formats := make([]*export.Format, len(export.Formats))
	for i := range formats {
		formats[i] = &export.Formats[i]
	}
	_, err = export.Write(t.Context(), at("export"), export.NewBook(d), formats)
	must(t, err)
	renamed := edition(0)
	replace(renamed, "dataset.json", `"name": "clean"`, `"name": "spotless"`)
	must(t, exporttest.Publish(t.Context(), at("renamed"), "", renamed, 20, exporttest.Unread))
	must(t, exporttest.Publish(t.Context(), at("others"), "", strangers(), 20, exporttest.Unread))
	must(t, os.Mkdir(at("empty"), 0o777))
	must(t, os.WriteFile(at("file"), []byte("release"), 0o666))
	must(t, folder.WriteDataset(t.Context(), at("dataset"), d, nil))
	for name, want := range map[string]string{
		"export":      "index.json: is not there: this is an export, and no release",
		"renamed":     `is a release of "spotless", not of "clean"`,
		"others":      "has hardly a record in common with the dataset",
		"empty":       "is no release",
		"file":        "",
		"dataset":     "is no release",
		"missing":     "is no release",
		"release/csv": "is no release",
	} {
		err := exporttest.Publish(t.Context(), at("out"), at(name), edition(1), 20, exporttest.Unread)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got the error %v, want %s", name, err, want)
		}
	}
	if _, err := os.Stat(at("out")); err == nil {
		t.Error("something was written")
	}
}

// strangers is a dataset of the same name whose records have other keys and other contents.
func strangers() fstest.MapFS {
	files := edition(0)
	for name, file := range files {
		if name == "dataset.json" {
			continue
		}
		text := strings.NewReplacer("acme", "ajax", "Acme", "Ajax", "borealis", "boreas", "Borealis", "Boreas", "red-cross", "red-star", "unhcr", "unicef",
			"gazette", "gazelle", "herald", "heraldo", "2022-03-01,", "2022-03-07,", "2022-03-02,", "2022-03-08,", ".", "!.", "Gazette", "Gazelle").Replace(string(file.Data))
		if name == "rates.csv" {
			text = strings.ReplaceAll(text, "!.", ".")
		}
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// contents returns the files in a folder by their paths.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for path := range exporttest.Tree(t, dir) {
		if !strings.HasSuffix(path, "/") {
			files[path] = exporttest.ReadFile(t, dir, path)
		}
	}
	return files
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
