package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/audit"
	"haltsheet/export/folder"
	"haltsheet/export/readback"
	"haltsheet/export/spreadsheet"
	"haltsheet/export/verify"
)

var verifyCommand = command{
	name:     "verify",
	operands: "DIR|FILE",
	least:    1,
	most:     1,
	short:    "hold a workbook to the guidance on accessible spreadsheets, or a folder to what it says",
	long: `Holds a folder that export or release wrote to what it says of itself: that nothing is
missing, foreign or changed, that the descriptor fits the data, and that CSV, JSON,
the workbook and Parquet hold the same records, with the totals that follow from them.
It names the file, the record and the column that is off.

Checks any workbook, whoever wrote it, against the rules X01 to X39, which
haltsheet describe rules lists with their sources. Each finding names the sheet
and the cell, the rule, and how to mend it; what is wrong in the same way on a sheet is
one finding, the weightiest come first, and many are summed up by rule. The status is 1 when there is any, and 2 when the file cannot be
read: it is no workbook, has a password, or goes beyond what is safe to unpack.
Without --profile a workbook that haltsheet wrote is held to the profile it was
written in, and every other one to accessible. Analyst leaves out filters, frozen
panes, floating charts, fills and borders (X09, X10, X20, X21) and wants alternative
text on charts and pictures (X24).`,
	flags: func(flags *pflag.FlagSet) action {
		profile := &choice{kind: "profile", words: []string{string(export.Analyst), string(export.Accessible)}}
		flags.Var(profile, "profile", "what the workbook is for")
		report := &choice{kind: "report", words: []string{"text", "json"}, chosen: "text"}
		flags.Var(report, "report", "how to tell what was found")
		rule := &choice{kind: "rule", words: verifyRules()}
		flags.Var(rule, "rule", "tell only of the `RULE`, such as X17")
		return func(ctx context.Context, p *program, operands []string) error {
			return p.verify(ctx, operands[0], export.Profile(profile.chosen), rule.chosen, reportOf(report.chosen))
		}
	},
}

// verifier verifies one kind of thing.
type verifier struct {
	is     func(path string, info fs.FileInfo) bool
	verify func(ctx context.Context, path string, profile export.Profile) (dataset.Found, error)
}

// verifiers are all kinds. The first one that is the case counts.
var verifiers = []verifier{
	{is: isFolder, verify: verifyFolder},
	{is: func(_ string, info fs.FileInfo) bool { return info.Mode().IsRegular() }, verify: verifyWorkbook},
}

// verify reports what is wrong with a workbook or a folder.
func (p *program) verify(ctx context.Context, path string, profile export.Profile, rule string, to *report) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &failure{fmt.Sprintf("there is no file or folder %q", path), "name a workbook, or a folder that haltsheet wrote"}
	}
	if err != nil {
		return unreadable(path, err)
	}
	if dir, listed := listedIn(path); listed && !readback.IsWorkbook(path) {
		return &failure{fmt.Sprintf("%q is one of the files of %q, which are verified together", path, dir), "haltsheet verify " + dir}
	}
	kind := slices.IndexFunc(verifiers, func(v verifier) bool { return v.is(path, info) })
	if kind < 0 {
		return &failure{fmt.Sprintf("%q is neither a file nor a folder", path), "name a workbook, or a folder that haltsheet wrote"}
	}
	found, err := attempt(ctx, p, newStep("Verifying"), func() (dataset.Found, error) {
		return verifiers[kind].verify(ctx, path, profile)
	})
	if err != nil {
		return err
	}
	if rule != "" {
		found = dataset.Choose(found, func(k dataset.Kind) bool { return k.Rule == rule }, nil)
	}
	r := result{found: found, folder: filepath.Dir(path), oneRule: "--rule", isOne: rule != ""}
	r.valid = found.Count(dataset.Error)+found.Count(dataset.Warning) == 0
	if err := to.write(p.out, &r); err != nil {
		return err
	}
	if to.name == reports[0].name && rule == "" && found.Len() > fewFindings {
		p.printByRule(found)
	}
	p.sayCounts(found)
	if !r.valid {
		return errData
	}
	return nil
}

// listedIn returns the folder of an export or a release that lists a file: its own, or the one above.
func listedIn(path string) (dir string, listed bool) {
	own := filepath.Dir(path)
	for _, dir := range []string{own, filepath.Dir(own)} {
		name, err := filepath.Rel(dir, path)
		if err == nil && folder.Lists(dir, filepath.ToSlash(name)) {
			return dir, true
		}
	}
	return "", false
}

// How many findings speak for themselves: few, or one or two of a rule.
const (
	fewFindings  = 12
	fewFromARule = 2
)

// printByRule sums up the findings by rule, the most first, where that is shorter than they are.
func (p *program) printByRule(found dataset.Found) {
	counts := map[string]int{}
	for i := range found.Len() {
		counts[found.Kind(i).Rule]++
	}
	if found.Len() <= fewFromARule*len(counts) {
		return
	}
	table := &textTable{indent: "  ", right: []bool{true}}
	rules := slices.Concat(verify.Rules, audit.Rules)
	slices.SortStableFunc(rules, func(a, b verify.Rule) int { return cmp.Compare(counts[b.ID], counts[a.ID]) })
	for i := range rules {
		if n := counts[rules[i].ID]; n > 0 {
			table.rows = append(table.rows, []string{grouped(fmt.Sprint(n)), rules[i].ID, rules[i].Title})
		}
	}
	fmt.Fprint(p.out, "\nBy rule, of which --rule shows one:\n\n")
	table.write(p.out)
}

// verifyRules returns the ids of the rules for workbooks and for folders.
func verifyRules() []string {
	var ids []string
	for _, rule := range slices.Concat(verify.Rules, audit.Rules) {
		ids = append(ids, rule.ID)
	}
	return ids
}

// verifyWorkbook holds a workbook to the rules. Without a profile it has the one that it names.
func verifyWorkbook(_ context.Context, path string, profile export.Profile) (dataset.Found, error) {
	w, err := spreadsheet.OpenFile(path)
	if err != nil {
		return nil, unreadableWorkbook(path, err)
	}
	defer w.Close() //nolint:errcheck // only reads
	if profile == "" {
		profile = verify.ProfileOf(w)
	}
	findings, err := verify.Workbook(w, path, profile)
	if err != nil {
		return nil, unreadableWorkbook(path, err)
	}
	return findings, nil
}

const saveAgain = "open it in a spreadsheet and save it again as .xlsx or .ods"

// unreadableWorkbook returns the error about a workbook that was refused.
func unreadableWorkbook(path string, err error) error {
	refused, ok := errors.AsType[*spreadsheet.Error](err)
	switch {
	case !ok:
		return unreadable(path, err)
	case refused.Part != "":
		return &failure{fmt.Sprintf("cannot read %q: its part %v", path, refused), cmp.Or(refused.Hint, saveAgain)}
	default:
		return &failure{fmt.Sprintf("cannot read %q: it %v", path, refused), cmp.Or(refused.Hint, saveAgain)}
	}
}

// verifyFolder holds a folder that export or release wrote to what it says of itself.
func verifyFolder(ctx context.Context, path string, profile export.Profile) (dataset.Found, error) {
	found, err := audit.Folder(ctx, path, profile)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return dataset.Choose(found, isAny, func(file string) string { return filepath.Join(path, filepath.FromSlash(file)) }), nil
}
