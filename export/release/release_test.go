package release_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
	"haltsheet/export/exporttest"
	"haltsheet/export/release"
)

// The changes of a chain of releases: each has those before it too.
var (
	newRow   = [2]string{"acme-retail-1,", datasettest.Row("halts", "acme-payments-1,acme,suspend,payments,,RU,completed,2022-03-09,,Took no more cards.,acme-2022-03-08;herald-2022-03-09,") + "acme-retail-1,"}
	wording  = [2]string{"Gave 2 million dollars.", "Gave two million dollars."}
	fewCodes = [2]string{`"rates_note"`, `"codes": {"sector": [{"code": "retail", "definition": "Shops."}, {"code": "video-games", "definition": "Games."}, {"code": "energy", "definition": "Power."}]},
  "rates_note"`}
)

func TestChainOfReleases(t *testing.T) {
	dir := t.TempDir()
	at := func(version string) string { return filepath.Join(dir, version) }
	chain := []struct {
		version, day string
		changes      map[string][2]string
		reason       string                // in CHANGES.md
		age          func(previous string) // makes the release before one of an older program
	}{
		{version: "1.0.0", day: "2022-04-01", reason: "The first release."},
		{version: "1.1.0", day: "2022-05-01", changes: map[string][2]string{"halts.csv": newRow}, reason: "- minor: halts: 1 added\n"},
		{
			version: "1.1.1", day: "2022-06-01", changes: map[string][2]string{"halts.csv": newRow, "donations.csv": wording},
			reason: "- patch: donations: 1 corrected\n",
		},
		{
			version: "1.2.0", day: "2022-07-01", changes: map[string][2]string{"halts.csv": newRow, "donations.csv": wording},
			reason: "- minor: donations: column totalled added\n", age: func(previous string) { dropColumn(t, previous, "donations", "totalled") },
		},
		{
			version: "2.0.0", day: "2022-08-01", changes: map[string][2]string{"halts.csv": newRow, "donations.csv": wording, "dataset.json": fewCodes},
			reason: "- major: companies: code consumer-goods of sector removed\n",
		},
	}
	previous := ""
	for i, step := range chain {
		if step.age != nil {
			step.age(previous)
		}
		if i > 0 {
			wantRefusal(t, exporttest.Publish(t.Context(), at("refused"), previous, editionOf(chain[i-1].version, step.day, step.changes), 5, exporttest.ReadsBack),
				fmt.Sprintf("version %s claims less than %s", chain[i-1].version, step.version))
		}
		if err := exporttest.Publish(t.Context(), at(step.version), previous, editionOf(step.version, step.day, step.changes), 5, exporttest.ReadsBack); err != nil {
			t.Fatalf("%s: %v", step.version, err)
		}
		if changes := exporttest.ReadFile(t, at(step.version), "CHANGES.md"); !strings.Contains(changes, step.reason) {
			t.Errorf("%s: CHANGES.md does not say %q:\n%s", step.version, step.reason, changes)
		}
		if diff := cmp.Diff(recordsIn(t, at(step.version)), rebuild(t, previous, at(step.version))); diff != "" {
			t.Errorf("%s is not what its delta makes of the release before:\n%s", step.version, diff)
		}
		previous = at(step.version)
	}
	if err := exporttest.Publish(t.Context(), at("again"), previous, editionOf("2.0.0", "2022-09-01", chain[4].changes), 5, exporttest.ReadsBack); !errors.Is(err, exporttest.ErrUnchanged) {
		t.Errorf("an equal dataset: got %v", err)
	}
	history := exporttest.ReadFile(t, previous, "history.jsonl")
	for _, line := range []string{
		`{"table":"halts","key":"acme-retail-1","first_seen":"2022-04-01","last_changed":"2022-04-01"}`,
		`{"table":"halts","key":"acme-payments-1","first_seen":"2022-05-01","last_changed":"2022-05-01"}`,
		`{"table":"donations","key":"acme-donation-1","first_seen":"2022-04-01","last_changed":"2022-06-01"}`,
	} {
		if !strings.Contains(history, line+"\n") {
			t.Errorf("history.jsonl has no line %s", line)
		}
	}
}

func wantRefusal(t *testing.T, err error, problem string) {
	t.Helper()
	if refusal, ok := errors.AsType[*release.Refusal](err); !ok || !strings.Contains(refusal.Problem, problem) {
		t.Errorf("got %v, want a refusal because %s", err, problem)
	}
}

// dropColumn makes a release that of a program which did not know a column yet.
func dropColumn(t *testing.T, dir, table, column string) {
	t.Helper()
	exporttest.Restamp(t, dir, "datapackage.json", func(content []byte) []byte {
		descriptor := string(content)
		start := strings.Index(descriptor, `"path": "csv/`+table+`.csv"`)
		field := regexp.MustCompile(`(?s),\s*\{\s*"name": "` + column + `".*?\n          \}`).FindStringIndex(descriptor[start:])
		if field == nil {
			t.Fatalf("%s has no field %s", table, column)
		}
		return []byte(descriptor[:start+field[0]] + descriptor[start+field[1]:])
	})
}

// recordsIn returns the curated records of a release as JSON by table and key, and its dataset.json.
func recordsIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	records := map[string]string{}
	metadata := exporttest.ReadFile(t, dir, "csv/dataset.json")
	records["dataset/clean"] = canonical(t, []byte(metadata))
	for i := range dataset.Schemas {
		schema := &dataset.Schemas[i]
		for line := range strings.Lines(exporttest.ReadFile(t, dir, "json/"+schema.Name+".jsonl")) {
			var record map[string]any
			if err := json.Unmarshal([]byte(line), &record); err != nil {
				t.Fatal(err)
			}
			curated, key := map[string]any{}, ""
			for _, column := range schema.Curated() {
				curated[column.Name] = record[column.Name]
				if column.Key {
					key += "/" + record[column.Name].(string)
				}
			}
			text, err := json.Marshal(curated)
			if err != nil {
				t.Fatal(err)
			}
			records[schema.Name+key] = canonical(t, text)
		}
	}
	return records
}

// canonical returns a JSON text with its members in the order of the alphabet.
func canonical(t *testing.T, text []byte) string {
	t.Helper()
	var value any
	err := json.Unmarshal(text, &value)
	if err == nil {
		text, err = json.Marshal(value)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// rebuild makes a release of the one before and its delta.
func rebuild(t *testing.T, previous, dir string) map[string]string {
	t.Helper()
	records := map[string]string{}
	if previous != "" {
		records = maps.Clone(recordsIn(t, previous))
	}
	for line := range strings.Lines(exporttest.ReadFile(t, dir, "delta.jsonl")) {
		var delta struct {
			Op, Table, Key string
			Record         json.RawMessage
		}
		if err := json.Unmarshal([]byte(line), &delta); err != nil {
			t.Fatal(err)
		}
		key := delta.Table + "/" + delta.Key
		_, isThere := records[key]
		switch {
		case delta.Op == "ADD" && !isThere, delta.Op == "MOD" && isThere:
			records[key] = canonical(t, delta.Record)
		case delta.Op == "DEL" && records[key] == canonical(t, delta.Record):
			delete(records, key)
		default:
			t.Errorf("the delta has a %s of %s, which is %t there", delta.Op, key, isThere)
		}
	}
	return records
}

func TestSameRelease(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"one", "two"} {
		if err := exporttest.Publish(t.Context(), filepath.Join(dir, name), "", datasettest.Clean(), 5, exporttest.ReadsBack); err != nil {
			t.Fatal(err)
		}
	}
	elsewhere := exporttest.Subprocess(t, "release", filepath.Join(dir, "three"))
	elsewhere.Env = append(elsewhere.Env, "TZ=Pacific/Apia", "LANG=tr_TR.UTF-8", "GOMAXPROCS=1")
	if output, err := elsewhere.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	for _, name := range []string{"two", "three"} {
		if diff := cmp.Diff(exporttest.Tree(t, filepath.Join(dir, "one")), exporttest.Tree(t, filepath.Join(dir, name))); diff != "" {
			t.Errorf("two releases differ:\n%s", diff)
		}
	}
	if _, err := exec.LookPath("sha256sum"); err == nil {
		check := exec.CommandContext(t.Context(), "sha256sum", "--check", "--strict", "SHA256SUMS")
		check.Dir = filepath.Join(dir, "one")
		if output, err := check.CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, output)
		}
	}
}

func TestGates(t *testing.T) {
	dir := t.TempDir()
	first, out := filepath.Join(dir, "first"), filepath.Join(dir, "out")
	if err := exporttest.Publish(t.Context(), first, "", datasettest.Clean(), 5, exporttest.ReadsBack); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		problem string
		fsys    fs.FS
	}{
		{"warnings that no exception explains", editionOf("1.0.1", "2022-05-01", map[string][2]string{"donations.csv": {"Gave 2 million", "Gave  2 million"}})},
		{"lies before 2022-04-01", editionOf("1.0.1", "2022-03-31", map[string][2]string{"donations.csv": wording})},
		{"donations would lose 1 of 5 rows, which is more than 5 %", editionOf("1.0.1", "2022-05-01", map[string][2]string{
			"donations.csv": {"borealis-donation-2,borealis,,2022,cash,,,,,,,unhcr,,A sum that nobody names.,gazette-2022-12;herald-2022-03-09,\n", ""},
		})},
	} {
		wantRefusal(t, exporttest.Publish(t.Context(), out, first, test.fsys, 5, exporttest.ReadsBack), test.problem)
	}
	if err := os.WriteFile(filepath.Join(first, "csv", "halts.csv"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := exporttest.Publish(t.Context(), out, first, editionOf("1.0.1", "2022-05-01", nil), 5, exporttest.ReadsBack); err == nil || !strings.Contains(err.Error(), "csv/halts.csv: is not the file that datapackage.json lists") {
		t.Errorf("a changed release before: got %v", err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("something was written")
	}
}

func TestReleaseThatDoesNotReadBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	d, err := dataset.Load(datasettest.Clean())
	if err != nil {
		t.Fatal(err)
	}
	r, err := release.New(d, dataset.Check(d), nil)
	if err != nil {
		t.Fatal(err)
	}
	broken := func(_ context.Context, dir string) error {
		return os.WriteFile(filepath.Join(dir, "csv", "halts.csv"), nil, 0o666)
	}
	_, err = release.Write(t.Context(), dir, r, func(ctx context.Context, dir string) error {
		return errors.Join(broken(ctx, dir), exporttest.ReadsBack(ctx, dir))
	})
	if err == nil || !strings.Contains(err.Error(), "csv/halts.csv") {
		t.Errorf("got %v", err)
	}
	if left := exporttest.Tree(t, filepath.Dir(dir)); len(left) != 1 {
		t.Errorf("there are left %v", left)
	}
}

// kill kills a number of releases at random moments. Each leaves the release that was there, or the new one, whole.
func kill(t *testing.T, times int) {
	dir := filepath.Join(t.TempDir(), "out")
	started := time.Now() //nolint:forbidigo // measures how long a release takes
	if output, err := exporttest.Subprocess(t, "release", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	took := time.Since(started)
	published := exporttest.Tree(t, dir)
	writeOld := func() {
		if err := exporttest.Publish(t.Context(), dir, "", editionOf("0.9.0", "2022-03-01", nil), 5, exporttest.ReadsBack); err != nil {
			t.Fatal(err)
		}
	}
	writeOld()
	old := exporttest.Tree(t, dir)
	random := rand.New(rand.NewPCG(2022, 4))
	for range times {
		run := exporttest.Subprocess(t, "release", dir)
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		_ = run.Process.Kill() // it may have ended
		_ = run.Wait()
		switch left := exporttest.Tree(t, dir); {
		case maps.Equal(left, old):
		case maps.Equal(left, published):
			writeOld()
		default:
			t.Fatalf("a killed run left neither the old nor the new release:\n%s", cmp.Diff(old, left))
		}
	}
	writeOld()
	exporttest.OnlyThere(t, dir)
}

func TestKilledReleases(t *testing.T) { kill(t, 8) }

func TestTwoReleasesAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	var running sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		running.Go(func() {
			errs[i] = exporttest.Publish(t.Context(), dir, "", datasettest.Clean(), 5, exporttest.ReadsBack)
		})
	}
	running.Wait()
	if slices.ContainsFunc(errs, func(err error) bool { return err != nil }) {
		t.Errorf("got the errors %v", errs)
	}
	if err := exporttest.ReadsBack(t.Context(), dir); err != nil {
		t.Error(err)
	}
	exporttest.OnlyThere(t, dir)
}
