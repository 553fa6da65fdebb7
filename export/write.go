package export

import (
	"context"
	"slices"

	"haltsheet/export/folder"
	"haltsheet/export/turns"
)

// History is the name of the file in which a release tells when each record was first seen. What it says is nowhere else.
const History = "history.jsonl"

// Write writes a book to a folder in some formats and returns the files in the order of the descriptor, which comes
// last. An earlier export in the folder is replaced as a whole, so that a format that is not asked for is not there
// afterwards. Whatever fails, and whenever the context is cancelled, the folder stays as it was and nothing is left
// beside it. What is refused is told at folder.Replace; a release is refused too, since its history would go with it.
func Write(ctx context.Context, dir string, b *Book, formats []*Format, protected ...string) (files []Resource, err error) {
	if folder.Lists(dir, History) {
		return nil, &folder.Error{
			Path: dir, Problem: "is a release, whose history an export would take away",
			Hint: "choose another folder, or publish with haltsheet release",
		}
	}
	err = folder.Replace(ctx, dir, protected, func(s *folder.Stage) error {
		written, err := WriteFormats(ctx, s, b, formats)
		if err != nil {
			return err
		}
		descriptor := DescriptorFile()
		if err := written.WriteListings(ctx, s, descriptor); err != nil {
			return err
		}
		files = written.Files
		content, err := MarshalDescriptor(b, files)
		if err != nil {
			return err
		}
		err = descriptor.Create(s.Folder(ctx), func(out *folder.File) error {
			_, err := out.Write(content)
			return err
		})
		files = append(files, descriptor)
		return err
	})
	if err != nil {
		return nil, err
	}
	return files, nil
}

// Written are the files that a stage holds, in the order in which they are listed.
type Written struct {
	Files    []Resource
	listings []listing // which are still to come
}

// WriteFormats fills a stage with formats, and what else is to be written beside them, side by side: as many at once as there are
// processors. The first error stops all. Files of formats that list others are made ready meanwhile, and left to WriteListings.
func WriteFormats(ctx context.Context, s *folder.Stage, b *Book, formats []*Format, beside ...func(out *folder.Folder) error) (*Written, error) {
	formats = inOrder(formats)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	all := &Written{}
	var tasks []func() error
	for _, format := range formats {
		if format.listing != nil {
			listing := format.listing(b)
			all.listings = append(all.listings, listing)
			tasks = append(tasks, func() error { return listing.prepare(ctx) })
		}
	}
	written := make([][]Resource, len(formats))
	for i, format := range formats {
		out := s.Folder(ctx)
		tasks = append(tasks, func() (err error) {
			written[i], err = format.write(out, b)
			return err
		})
	}
	for _, write := range beside {
		out := s.Folder(ctx)
		tasks = append(tasks, func() error { return write(out) })
	}
	turns.Run(len(tasks), func(i int) {
		if err := tasks[i](); err != nil {
			cancel(err)
		}
	})
	all.Files = slices.Concat(written...)
	return all, context.Cause(ctx)
}

// write writes the files of the format.
func (f *Format) write(out *folder.Folder, b *Book) (written []Resource, err error) {
	for _, file := range f.files(b) {
		if err := file.Create(out, file.Write); err != nil {
			return nil, err
		}
		written = append(written, file.Resource)
	}
	return written, nil
}

// WriteListings adds the files that list others to a stage that holds these. Behind them come files that list these in turn, so
// that nobody knows their size and hash yet.
func (w *Written) WriteListings(ctx context.Context, s *folder.Stage, behind ...Resource) error {
	others := append(slices.Clone(w.Files), behind...)
	out := s.Folder(ctx)
	for _, listing := range w.listings {
		for _, file := range listing.files(others) {
			if err := file.Create(out, file.Write); err != nil {
				return err
			}
			w.Files = append(w.Files, file.Resource)
		}
	}
	return nil
}
