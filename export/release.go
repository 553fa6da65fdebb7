package export

import (
	"context"
	"fmt"

	"haltsheet/dataset"
)

// Release is a dataset as it is published: all formats, and beside them what tells of the release itself.
type Release struct {
	Dataset  *dataset.Dataset
	Book     *Book
	Findings dataset.Findings // the notes that hold, since nothing worse may be released
	Previous *Previous        // nil for the first release
	Diff     *dataset.Diff    // against the previous release; nil for the first
	Changes  []Change         // of columns, codes and records, the weightiest first
	Version  string           // the least that the changes ask for
}

// Refusal says what keeps a dataset from being released, and how to mend it. The data is at fault.
type Refusal struct {
	Problem string
	Hint    string
}

// Error returns problem and hint as one line.
func (r *Refusal) Error() string { return r.Problem + "; " + r.Hint }

// NewRelease holds a dataset against the release before it, if there is one.
func NewRelease(d *dataset.Dataset, findings dataset.Findings, previous *Previous) (*Release, error) {
	r := &Release{Dataset: d, Book: NewBook(d), Findings: findings, Previous: previous, Version: d.Metadata.Version}
	if previous == nil {
		return r, nil
	}
	r.Diff = dataset.Compare(previous.Dataset, d)
	changes, err := r.schemaChanges()
	if err != nil {
		return nil, err
	}
	r.Changes = inWeight(append(changes, recordChanges(r.Diff)...))
	r.Version, err = nextVersion(previous.Dataset.Metadata.Version, r.Changes)
	return r, err
}

// IsUnchanged reports whether the release would say nothing that the previous one does not.
func (r *Release) IsUnchanged() bool { return r.Previous != nil && len(r.Changes) == 0 }

// Gate refuses a release with a warning that no exception explains, one whose dataset.json claims a lesser version than
// the changes ask for or an earlier day than the previous release, and one in which a table lost more than a share of
// its rows, in percent.
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
		if lost := t.Old - t.New; lost*100 > t.Old*mayShrink {
			return &Refusal{
				fmt.Sprintf("%s would go from %d rows to %d, which is more than %d %% less", t.Schema.Name, t.Old, t.New, mayShrink),
				"bring the rows back, or allow more with --may-shrink",
			}
		}
	}
	return nil
}

// WriteRelease writes a release to a folder as Write writes an export. Before it takes its place, check reads it back.
func WriteRelease(ctx context.Context, dir string, r *Release, check func(ctx context.Context, dir string) error, protected ...string) ([]File, error) {
	return replace(ctx, dir, protected, func(s *stage) ([]File, error) {
		files, err := s.fillRelease(ctx, r)
		if err != nil {
			return nil, err
		}
		return files, check(ctx, s.new())
	})
}

// fillRelease writes all formats, the documents, and then the files that list others: each lists those before it.
func (s *stage) fillRelease(ctx context.Context, r *Release) ([]File, error) {
	formats := make([]*Format, len(Formats))
	for i := range formats {
		formats[i] = &Formats[i]
	}
	resources, err := s.writeFormats(ctx, r.Book, formats)
	if err != nil {
		return nil, err
	}
	err = s.folder(ctx).write(func(out *folder) (err error) {
		for i := range releaseDocuments {
			file, err := releaseDocuments[i].create(out, r, resources)
			if err != nil {
				return err
			}
			resources = append(resources, &file.resource)
		}
		resources, err = writeListings(out, r, resources)
		return err
	})
	if err != nil {
		return nil, err
	}
	files := make([]File, len(resources))
	for i, r := range resources {
		files[i] = File{r.Path, r.Bytes}
	}
	return files, nil
}
