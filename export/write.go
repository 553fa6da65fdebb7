package export

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"sync"
	"syscall"
)

// File is a file that was written.
type File struct {
	Path  string // inside the export, with slashes
	Bytes int64
}

// Error says what keeps an export from being written, and how to mend it.
type Error struct {
	Path    string // the file or folder at fault
	Problem string
	Hint    string
	Err     error // the cause, where the system gave one
}

// Error returns place, problem and hint as one line.
func (e *Error) Error() string {
	text := e.Path + ": " + e.Problem
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Write writes a book to a folder in some formats and returns the files in the order of the descriptor, which comes
// last. An earlier export in the folder is replaced as a whole, so that a format that is not asked for is not there
// afterwards. Whatever fails, and whenever the context is cancelled, the folder stays as it was and nothing is left
// beside it.
//
// A folder that holds anything but an unchanged export is refused, and so are the protected folders, the current one,
// and whatever holds one of them.
func Write(ctx context.Context, dir string, book *Book, formats []*Format, protected ...string) ([]File, error) {
	return replace(ctx, dir, protected, func(s *stage) ([]File, error) { return s.fill(ctx, book, formats) })
}

// replace puts a folder that a function fills in the place of another.
func replace(ctx context.Context, dir string, protected []string, fill func(s *stage) ([]File, error)) ([]File, error) {
	target, err := newTarget(dir, protected)
	if err != nil {
		return nil, err
	}
	return target.replace(ctx, fill)
}

func (t *target) replace(ctx context.Context, fill func(s *stage) ([]File, error)) ([]File, error) {
	if err := t.recoverStages(); err != nil {
		return nil, err
	}
	if _, err := t.check(ctx); err != nil {
		return nil, err
	}
	stage, err := t.newStage()
	if err != nil {
		return nil, err
	}
	files, err := fill(stage)
	if unfinished := stage.finish(); err == nil {
		err = unfinished
	}
	if err == nil {
		err = stage.publish(ctx)
	}
	stage.remove(err == nil)
	if err != nil {
		return nil, err
	}
	return files, nil
}

// fill writes the formats, and at last the descriptor.
func (s *stage) fill(ctx context.Context, book *Book, formats []*Format) ([]File, error) {
	resources, err := s.writeFormats(ctx, book, inOrder(formats))
	if err != nil {
		return nil, err
	}
	files := make([]File, len(resources), len(resources)+1)
	for i, r := range resources {
		files[i] = File{r.Path, r.Bytes}
	}
	descriptor, err := marshalDescriptor(book, resources)
	if err != nil {
		return nil, err
	}
	err = s.folder(ctx).write(func(out *folder) error {
		return out.writeFile(resource{Path: descriptorFile}, descriptor)
	})
	return append(files, File{descriptorFile, int64(len(descriptor))}), err
}

// writeFormats writes formats side by side, as many at once as there are processors. The first error stops all.
func (s *stage) writeFormats(ctx context.Context, book *Book, formats []*Format) (resources []*resource, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	folders := make([]*folder, len(formats))
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	var running sync.WaitGroup
	for i, format := range formats {
		folders[i] = s.folder(ctx)
		folders[i].progress = book.Progress
		running.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			if err := folders[i].write(func(out *folder) error { return format.write(out, book) }); err != nil {
				cancel(err)
			}
		})
	}
	running.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	for _, out := range folders {
		for _, file := range out.files {
			resources = append(resources, &file.resource)
		}
	}
	return resources, nil
}

// inOrder returns formats in the order of Formats, each once.
func inOrder(formats []*Format) []*Format {
	rank := func(f *Format) int {
		return slices.IndexFunc(Formats, func(known Format) bool { return known.Name == f.Name })
	}
	formats = slices.Clone(formats)
	slices.SortStableFunc(formats, func(a, b *Format) int { return rank(a) - rank(b) })
	return slices.CompactFunc(formats, func(a, b *Format) bool { return a.Name == b.Name })
}

// diskError tells of a file or folder, under the name that people know, what the system said.
func diskError(path string, err error) error {
	cause := err
	if wrapped, ok := errors.AsType[*fs.PathError](err); ok {
		cause = wrapped.Err
	} else if wrapped, ok := errors.AsType[*os.LinkError](err); ok {
		cause = wrapped.Err
	}
	hint := "choose another folder"
	switch {
	case errors.Is(err, syscall.ENOSPC):
		hint = "free some space, or choose another folder"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		hint = "choose a folder that may be written"
	}
	return &Error{Path: path, Problem: cause.Error(), Hint: hint, Err: err}
}
