package release

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"haltsheet/dataset"
	"haltsheet/export"
)

// Weight is what a change asks of the version.
type Weight int

// The weights, by the recipe of the Data Package standard.
const (
	Patch Weight = iota // a correction
	Minor               // a row, a column, a code or a table is new
	Major               // a column, a code or a table is gone, or is no longer what it was
)

// String returns patch, minor or major.
func (w Weight) String() string { return [...]string{"patch", "minor", "major"}[w] }

// Change is something that is different from the previous release.
type Change struct {
	Weight Weight
	Text   string
}

// inWeight sorts changes, the weightiest first.
func inWeight(changes []Change) []Change {
	slices.SortStableFunc(changes, func(a, b Change) int { return int(b.Weight - a.Weight) })
	return changes
}

// recordChanges returns what changed in records and metadata. That version and day are other ones is no change.
func recordChanges(diff *dataset.Diff) (changes []Change) {
	count := func(weight Weight, n int, what, table string) {
		if n > 0 {
			changes = append(changes, Change{weight, fmt.Sprintf("%s: %d %s", table, n, what)})
		}
	}
	for i := range diff.Tables {
		t := &diff.Tables[i]
		count(Minor, len(t.Added), "added", t.Schema.Name)
		count(Minor, len(t.Renamed), "renamed", t.Schema.Name)
		count(Patch, len(t.Changed), "corrected", t.Schema.Name)
		count(Patch, len(t.Removed), "withdrawn", t.Schema.Name)
	}
	for i := range diff.Metadata {
		if field := diff.Metadata[i].Field; field != "version" && field != "released" {
			changes = append(changes, Change{Patch, "dataset.json: " + field + " changed"})
		}
	}
	return changes
}

// schemaChanges returns what changed in tables, columns and codes, as the descriptors tell it.
func (r *Release) schemaChanges() (changes []Change, err error) {
	before := r.Previous.schemas
	now, err := r.schemas()
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if now[name] == nil {
			changes = append(changes, Change{Major, "table " + name + " removed"})
		} else {
			changes = append(changes, fieldChanges(name, before[name], now[name])...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if before[name] == nil && len(before) > 0 {
			changes = append(changes, Change{Minor, "table " + name + " added"})
		}
	}
	return changes, nil
}

// schemas returns what the descriptor of the release will say of its CSV files.
func (r *Release) schemas() (map[string]*previousSchema, error) {
	var resources []export.Resource
	for _, file := range export.FormatOf("csv").Files(r.Book) {
		resources = append(resources, file.Resource)
	}
	content, err := export.MarshalDescriptor(r.Book, resources)
	if err != nil {
		return nil, err
	}
	p := &Previous{schemas: map[string]*previousSchema{}}
	return p.schemas, p.parseSchemas(content)
}

// fieldChanges returns what changed in the columns and codes of a table.
func fieldChanges(table string, before, now *previousSchema) (changes []Change) {
	add := func(weight Weight, format string, args ...any) {
		changes = append(changes, Change{weight, table + ": " + fmt.Sprintf(format, args...)})
	}
	last := -1
	for i := range before.Fields {
		was := &before.Fields[i]
		at := now.field(was.Name)
		if at < 0 {
			add(Major, "column %s removed", was.Name)
			continue
		}
		is := &now.Fields[at]
		if is.kind() != was.kind() {
			add(Major, "column %s was of type %s and is of type %s", was.Name, was.kind(), is.kind())
		}
		if at < last {
			add(Major, "column %s moved", was.Name)
		}
		last = max(last, at)
		for _, code := range missingCodes(was.Constraints.Enum, is.Constraints.Enum) {
			add(Major, "code %s of %s removed", code, was.Name)
		}
		for _, code := range missingCodes(is.Constraints.Enum, was.Constraints.Enum) {
			add(Minor, "code %s of %s added", code, was.Name)
		}
	}
	for i := range now.Fields {
		if before.field(now.Fields[i].Name) < 0 {
			add(Minor, "column %s added", now.Fields[i].Name)
		}
	}
	return changes
}

func (s *previousSchema) field(name string) int {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

// missingCodes returns the codes of a list that another does not have.
func missingCodes(codes, others []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return slices.Contains(others, code) })
}

// nextVersion returns the least version that changes ask for. The changes are sorted by weight.
func nextVersion(previous string, changes []Change) (string, error) {
	numbers, preRelease, err := splitVersion(previous)
	if err != nil || len(changes) == 0 {
		return previous, err
	}
	switch changes[0].Weight {
	case Major:
		numbers = [3]int{numbers[0] + 1, 0, 0}
	case Minor:
		numbers = [3]int{numbers[0], numbers[1] + 1, 0}
	case Patch:
		if preRelease == "" { // else the release itself comes next
			numbers[2]++
		}
	}
	return fmt.Sprintf("%d.%d.%d", numbers[0], numbers[1], numbers[2]), nil
}

// splitVersion takes a semantic version apart. What stands behind a plus tells of the build, and nothing of the order
// (Semantic Versioning 2.0.0, 10).
func splitVersion(version string) (numbers [3]int, preRelease string, err error) {
	ordered, _, _ := strings.Cut(version, "+")
	core, preRelease, _ := strings.Cut(ordered, "-")
	parts := strings.Split(core, ".")
	if len(parts) != len(numbers) {
		return numbers, "", fmt.Errorf("%q is not a semantic version", version)
	}
	for i := range numbers {
		if numbers[i], err = strconv.Atoi(parts[i]); err != nil {
			return numbers, "", fmt.Errorf("%q is not a semantic version", version)
		}
	}
	return numbers, preRelease, nil
}

// isLess reports whether a version comes before another one that is no pre-release.
func isLess(version, other string) bool {
	a, preRelease, errA := splitVersion(version)
	b, _, errB := splitVersion(other)
	if errA != nil || errB != nil {
		return false // a finding of its own
	}
	order := slices.Compare(a[:], b[:])
	return order < 0 || order == 0 && preRelease != "" && version != other
}
