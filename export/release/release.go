// Package release publishes a dataset: all formats, and beside them what tells of the release itself.
//
// [Open] reads the release before, [New] holds a dataset against it, [Release.Gate] refuses what must not be published, and
// [Write] writes the rest in one step.
package release

import (
	"context"
	"fmt"
	"slices"

	"haltsheet/dataset"
	"haltsheet/export"
	"haltsheet/export/book"
	"haltsheet/export/folder"
)

// Release is a dataset as it is published: all formats, and beside them what tells of the release itself.
type Release struct {
	Dataset  *dataset.Dataset
	Book     *export.Book
	Findings dataset.Found // the notes that hold, since nothing worse may be released
	Previous *Previous     // nil for the first release
	Diff     *dataset.Diff // against the previous release; nil for the first
	Changes  []Change      // of columns, codes and records, the weightiest first
	Version  string        // the least that the changes ask for
}

// Refusal says what keeps a dataset from being released, and how to mend it. The data is at fault.
type Refusal struct {
	Problem string
	Hint    string
}

// Error returns problem and hint as one line.
func (r *Refusal) Error() string { return r.Problem + "; " + r.Hint }

// New holds a dataset against the release before it, if there is one.
func New(d *dataset.Dataset, findings dataset.Found, previous *Previous) (*Release, error) {
	r := &Release{Dataset: d, Book: export.NewBook(d), Findings: findings, Previous: previous, Version: d.Metadata.Version}
	if previous == nil {
		r.Book.Changes = &book.Changes{}
		return r, nil
	}
	r.Diff = dataset.Compare(previous.Dataset, d)
	if err := previous.mustBe(d, r.Diff); err != nil {
		return nil, err
	}
	changes, err := r.schemaChanges()
	if err != nil {
		return nil, err
	}
	r.Changes = inWeight(append(changes, recordChanges(r.Diff)...))
	r.Book.Changes = r.changesForPeople()
	r.Version, err = nextVersion(previous.Dataset.Metadata.Version, r.Changes)
	return r, err
}

// changesForPeople returns the changes as the book shows them.
func (r *Release) changesForPeople() *book.Changes {
	before := &r.Previous.Dataset.Metadata
	changes := &book.Changes{Since: before.Version, Released: before.Released}
	for _, change := range r.Changes {
		changes.Items = append(changes.Items, book.Change{Weight: change.Weight.String(), Text: change.Text})
	}
	return changes
}

// IsUnchanged reports whether the release would say nothing that the previous one does not.
func (r *Release) IsUnchanged() bool { return r.Previous != nil && len(r.Changes) == 0 }

// Gate refuses a release with a warning that no exception explains, one whose dataset.json claims a lesser version than
// the changes ask for or an earlier day than the previous release, and one in which a table lost more than a share of
// the rows that it had, in percent, however many are new. A row with another key is not lost.
func (r *Release) Gate(mayShrink int) error {
	if n := r.Findings.Count(dataset.Warning); n > 0 {
		return &Refusal{fmt.Sprintf("warnings that no exception explains: %d", n), "mend them, or give each an exception with a reason in dataset.json"}
	}
	if r.Previous == nil {
		return nil
	}
	now, before := &r.Dataset.Metadata, &r.Previous.Dataset.Metadata
	if isLess(now.Version, r.Version) {
		return &Refusal{
			fmt.Sprintf("version %s claims less than %s, which the changes since %s ask for: %s", now.Version, r.Version, before.Version, r.Changes[0].Text),
			fmt.Sprintf("write %q as version in dataset.json", r.Version),
		}
	}
	if now.Released < before.Released {
		return &Refusal{
			fmt.Sprintf("released %s lies before %s, when %s was released", now.Released, before.Released, before.Version),
			"write the day of this release in dataset.json",
		}
	}
	for i := range r.Diff.Tables {
		t := &r.Diff.Tables[i]
		if lost := len(t.Removed); lost*100 > t.Old*mayShrink {
			return &Refusal{
				fmt.Sprintf("%s would lose %d of %d rows, which is more than %d %%", t.Schema.Name, lost, t.Old, mayShrink),
				"bring the rows back, or allow more with --may-shrink",
			}
		}
	}
	return nil
}

// Write writes a release to a folder as export.Write writes an export. Before it takes its place, check reads it back.
func Write(ctx context.Context, dir string, r *Release, check func(ctx context.Context, dir string) error, protected ...string) (files []export.Resource, err error) {
	err = folder.Replace(ctx, dir, protected, func(s *folder.Stage) error {
		if files, err = r.fill(ctx, s); err != nil {
			return err
		}
		return check(ctx, s.Path())
	})
	if err != nil {
		return nil, err
	}
	return files, nil
}

// fill writes all formats and what tells of the dataset alone side by side, the other documents, and then the files that list
// others: each lists those before it.
func (r *Release) fill(ctx context.Context, s *folder.Stage) ([]export.Resource, error) {
	written, err := r.fillAlone(ctx, s)
	if err != nil {
		return nil, err
	}
	out := s.Folder(ctx)
	for _, document := range documents {
		if err := document.create(r, written.Files, out); err != nil {
			return nil, err
		}
		written.Files = append(written.Files, document.Resource)
	}
	listings := listings()
	behind := make([]export.Resource, len(listings))
	for i := range listings {
		behind[i] = listings[i].Resource
	}
	if err := written.WriteListings(ctx, s, behind...); err != nil {
		return nil, err
	}
	files := written.Files
	for _, listing := range listings {
		content, err := listing.marshal(r, files)
		if err != nil {
			return nil, err
		}
		if err := listing.Create(out, func(out *folder.File) error { _, err := out.Write(content); return err }); err != nil {
			return nil, err
		}
		files = append(files, listing.Resource)
	}
	return files, nil
}

// fillAlone writes all formats, and beside them the accounts.
func (r *Release) fillAlone(ctx context.Context, s *folder.Stage) (*export.Written, error) {
	formats := make([]*export.Format, len(export.Formats))
	for i := range formats {
		formats[i] = &export.Formats[i]
	}
	told := slices.Clone(accounts)
	beside := make([]func(out *folder.Folder) error, len(told))
	for i := range told {
		beside[i] = func(out *folder.Folder) error { return told[i].create(r, nil, out) }
	}
	written, err := export.WriteFormats(ctx, s, r.Book, formats, beside...)
	if err != nil {
		return nil, err
	}
	for i := range told {
		written.Files = append(written.Files, told[i].Resource)
	}
	return written, nil
}
