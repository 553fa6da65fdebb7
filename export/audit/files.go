package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"haltsheet/export"
	"haltsheet/export/folder"
	"haltsheet/export/limits"
	"haltsheet/export/plainfile"
	"haltsheet/export/turns"
)

// claim is what one list says of a file.
type claim struct {
	list  string // the file that says so
	bytes int64  // less than 0 where it does not say
	hash  string // empty where it does not say

	isTwice bool // the list has the file again
}

// claims are what the lists say of each file, by its path: one claim of each list that has it.
type claims map[string][]claim

// of returns what a list says of a file, or nil.
func (c claims) of(path, list string) *claim {
	i := slices.IndexFunc(c[path], func(c claim) bool { return c.list == list })
	if i < 0 {
		return nil
	}
	return &c[path][i]
}

// checkFiles holds the files that are there to those that are listed, and their sizes and hashes to what the lists say.
func (f *audited) checkFiles() {
	f.walk()
	claims := f.claims()
	for _, path := range f.paths {
		if len(claims[path]) == 0 && path != folder.Descriptor {
			f.reportFile("file-extra", path, "is listed nowhere")
		}
	}
	f.listed = map[string]bool{}
	listed := slices.Sorted(maps.Keys(claims))
	are := make([]fileSum, len(listed))
	turns.Run(len(listed), func(i int) {
		if f.has(listed[i]) {
			are[i] = sumOf(f.ctx, f.on(listed[i]))
		}
	})
	for i, path := range listed {
		f.listed[path] = true
		if !f.has(path) {
			f.reportFile("file-absent", path, "is listed, and not there")
			continue
		}
		f.checkClaims(path, are[i], claims[path])
	}
}

// walk notes all files, and reports what is neither a file nor a folder.
func (f *audited) walk() {
	err := filepath.WalkDir(f.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		inside, err := filepath.Rel(f.dir, path)
		if err != nil {
			return err
		}
		if inside = filepath.ToSlash(inside); entry.Type().IsRegular() {
			f.paths = append(f.paths, inside)
		} else {
			f.reportFile("file-extra", inside, "is no regular file")
		}
		return nil
	})
	if err != nil {
		f.reportFile("unreadable", ".", err.Error())
	}
	slices.Sort(f.paths)
}

// claims gathers what the lists say of each file.
func (f *audited) claims() claims {
	claims := claims{}
	content, err := plainfile.Read(f.on(folder.Descriptor), limits.Document)
	if errors.Is(err, fs.ErrNotExist) {
		f.reportFile("file-absent", folder.Descriptor, "is not there, so that nothing is listed")
		return claims
	}
	var files []export.Listed
	if err == nil {
		files, err = export.ReadDescriptor(content)
	}
	if err != nil {
		f.reportFile("unreadable", folder.Descriptor, plainfile.Reason(err))
	}
	for _, file := range files {
		f.claim(claims, file.Path, claim{list: folder.Descriptor, bytes: sizeOf(file), hash: file.Hash})
	}
	f.indexClaims(claims)
	f.sumClaims(claims)
	return claims
}

// claim notes what a list says of a file. Of one that a list has again, the first counts.
func (f *audited) claim(claims claims, path string, c claim) {
	switch before := claims.of(path, c.list); {
	case before == nil:
		claims[path] = append(claims[path], c)
	case !before.isTwice:
		before.isTwice = true
		f.reportFile("descriptor", c.list, fmt.Sprintf("lists %.200q twice", path))
	}
}

func sizeOf(file export.Listed) int64 {
	if file.Hash == "" {
		return -1
	}
	return file.Bytes
}

func (f *audited) indexClaims(claims claims) {
	content, err := plainfile.Read(f.on(folder.Index), limits.Document)
	if err != nil {
		return // an export has none; in a release, the descriptor lists it
	}
	var index struct {
		Files limits.Listed[struct {
			Path   string
			Bytes  int64
			SHA256 string
		}]
	}
	if err := json.Unmarshal(content, &index); err != nil {
		f.reportFile("unreadable", folder.Index, err.Error())
		return
	}
	for _, file := range index.Files {
		f.claim(claims, file.Path, claim{list: folder.Index, bytes: file.Bytes, hash: file.SHA256})
	}
}

func (f *audited) sumClaims(claims claims) {
	content, err := plainfile.Read(f.on(folder.Sums), limits.Document)
	if err != nil {
		return
	}
	if lines := bytes.Count(content, []byte("\n")); lines > limits.MostListed {
		f.reportFile("unreadable", folder.Sums, fmt.Sprintf("lists %d files, where at most %d are read", lines, limits.MostListed))
		return
	}
	for line := range bytes.Lines(content) {
		hash, path, ok := strings.Cut(strings.TrimSuffix(string(line), "\n"), "  ")
		if decoded, err := hex.DecodeString(hash); !ok || err != nil || len(decoded) != sha256.Size || hash != strings.ToLower(hash) || line[len(line)-1] != '\n' {
			f.reportFile("unreadable", folder.Sums, fmt.Sprintf("has the line %.200q, which is no checksum", line))
			continue
		}
		f.claim(claims, path, claim{list: folder.Sums, bytes: -1, hash: hash})
	}
	for _, path := range f.paths {
		if path != folder.Sums && claims.of(path, folder.Sums) == nil {
			f.reportFile("descriptor", folder.Sums, fmt.Sprintf("does not list %q", path))
		}
	}
}

// checkClaims holds a file to what the lists say of it. Where some of them are true, the others are at fault.
func (f *audited) checkClaims(path string, is fileSum, claims []claim) {
	if is.err != nil {
		f.reportFile("unreadable", path, plainfile.Reason(is.err))
		return
	}
	var wrong []claim
	isConfirmed := false
	for _, c := range claims {
		switch {
		case c.hash != "" && c.hash != is.hash || c.bytes >= 0 && c.bytes != is.bytes:
			wrong = append(wrong, c)
		case c.hash != "":
			isConfirmed = true
		}
	}
	if len(wrong) == 0 {
		return
	}
	if !isConfirmed {
		f.reportFile("checksum", path, "is not the file that "+wrong[0].list+" lists")
		return
	}
	for _, c := range wrong {
		f.reportFile("descriptor", c.list, fmt.Sprintf("lists %q with another size or checksum than it has, and than other lists say", path))
	}
}

// fileSum is what a file holds, as lists of files tell it.
type fileSum struct {
	bytes int64
	hash  string // SHA-256 in hexadecimal
	err   error  // why it cannot be read
}

// sumOf reads a file.
func sumOf(ctx context.Context, path string) (is fileSum) {
	file, err := plainfile.Open(path)
	if err != nil {
		return fileSum{err: err}
	}
	defer func() { _ = file.Close() }() // it was only read
	hash := sha256.New()
	for {
		n, err := io.CopyN(hash, file, 1<<20)
		is.bytes += n
		if errors.Is(err, io.EOF) {
			is.hash = hex.EncodeToString(hash.Sum(nil))
			return is
		}
		if err := errors.Join(err, context.Cause(ctx)); err != nil {
			return fileSum{err: err}
		}
	}
}
