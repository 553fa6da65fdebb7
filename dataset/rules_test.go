package dataset_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"haltsheet/dataset"
	"haltsheet/dataset/datasettest"
)

var update = flag.Bool("update", false, "write what the tests got into their golden files")

// TestRules holds every rule to its case: the clean dataset with the files of testdata/rules/<id>.txtar in place of
// its own, where the rule finds what the archive's last file says and nothing else.
func TestRules(t *testing.T) {
	for i := range dataset.Rules {
		rule := &dataset.Rules[i]
		t.Run(rule.ID, func(t *testing.T) {
			name := filepath.Join("testdata", "rules", rule.ID+".txtar")
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatalf("every rule has a case: %v", err)
			}
			files := map[string][]byte{}
			var want *txtar.File
			for i := range archive.Files {
				switch file := &archive.Files[i]; {
				case file.Name == "findings":
					want = file
				case strings.HasPrefix(file.Name, "no "):
					files[strings.TrimPrefix(file.Name, "no ")] = nil
				default:
					files[file.Name] = expand(t, file.Data)
				}
			}
			if want == nil {
				archive.Files = append(archive.Files, txtar.File{Name: "findings"})
				want = &archive.Files[len(archive.Files)-1]
			}
			var got strings.Builder
			for _, f := range check(t, datasettest.CleanWith(files)) {
				if f.Rule == rule.ID {
					got.WriteString(f.String() + "\n  hint: " + f.Hint + "\n")
				}
			}
			if got.Len() == 0 {
				t.Fatalf("%s finds nothing in its case", rule.ID)
			}
			if *update {
				want.Data = []byte(got.String())
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), got.String()); diff != "" {
				t.Errorf("findings of %s (-want +got):\n%s", name, diff)
			}
		})
	}
}

// TestRuleCasesHaveRules finds the cases that a rule left behind.
func TestRuleCasesHaveRules(t *testing.T) {
	names, err := filepath.Glob("testdata/rules/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if id := strings.TrimSuffix(filepath.Base(name), ".txtar"); dataset.RuleOf(id) == nil {
			t.Errorf("%s is the case of no rule", name)
		}
	}
}

// TestRulesAreTold wants all that the documents print of a rule.
func TestRulesAreTold(t *testing.T) {
	slug := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := map[string]bool{}
	for i := range dataset.Rules {
		rule := &dataset.Rules[i]
		if !slug.MatchString(rule.ID) || seen[rule.ID] {
			t.Errorf("rule id %q is not a slug, or there twice", rule.ID)
		}
		seen[rule.ID] = true
		if rule.Title == "" || rule.Hint == "" || !strings.HasSuffix(rule.Explanation, ".") {
			t.Errorf("rule %s is not told: title %q, explanation %q, hint %q", rule.ID, rule.Title, rule.Explanation, rule.Hint)
		}
		if dataset.RuleOf(rule.ID) != rule {
			t.Errorf("RuleOf(%q) finds another rule", rule.ID)
		}
	}
	if dataset.RuleOf("no-such-rule") != nil {
		t.Error("RuleOf finds a rule that is not there")
	}
}

// TestRuleOrder wants errors before warnings before notes, as the documents list them.
func TestRuleOrder(t *testing.T) {
	for i := range dataset.Rules[1:] {
		if before, rule := dataset.Rules[i], dataset.Rules[i+1]; rule.Severity > before.Severity {
			t.Errorf("rule %s (%s) stands behind %s (%s)", rule.ID, rule.Severity, before.ID, before.Severity)
		}
	}
}

func TestCleanSetHasNoFindings(t *testing.T) {
	for _, f := range check(t, datasettest.Clean()) {
		t.Errorf("%s\n  hint: %s", f, f.Hint)
	}
}

// tester is what tests, fuzz targets and properties have in common.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// check loads a folder and returns what all rules find in it.
func check(t tester, folder fs.FS) dataset.Findings {
	t.Helper()
	return dataset.Check(load(t, folder))
}

func load(t tester, folder fs.FS) *dataset.Dataset {
	t.Helper()
	d, err := dataset.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var placeholder = regexp.MustCompile(`\{\{(.+?)(?:\*(\d+))?\}\}`)

// expand replaces what no eye can see or should have to: {{\u00a0}} is a character as Go writes it, {{x*9}} is nine.
func expand(t testing.TB, text []byte) []byte {
	t.Helper()
	return placeholder.ReplaceAllFunc(text, func(found []byte) []byte {
		parts := placeholder.FindSubmatch(found)
		plain, err := strconv.Unquote(`"` + string(parts[1]) + `"`)
		if err != nil {
			t.Fatalf("%s: %v", found, err)
		}
		if times, err := strconv.Atoi(string(parts[2])); err == nil {
			plain = strings.Repeat(plain, times)
		}
		return []byte(plain)
	})
}
