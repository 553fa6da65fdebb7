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
	"haltsheet/export/limits"
	"haltsheet/export/plainfile"
)

// The files that list others.
const (
	descriptor = "datapackage.json"
	indexFile  = "index.json"
	sumsFile   = "SHA256SUMS"
)

// claim is what one list says of a file.
type claim struct {
	list  string // the file that says so
	bytes int64  // less than 0 where it does not say
	hash  string // empty where it does not say
}

// checkFiles holds the files that are there to those that are listed, and their sizes and hashes to what the lists say.
func (f *folder) checkFiles() {
	f.walk()
	claims := f.claims()
	for _, path := range f.paths {
		if len(claims[path]) == 0 && path != descriptor {
			f.reportFile("file-extra", path, "is listed nowhere")
		}
	}
	f.listed = map[string]bool{}
	for _, path := range slices.Sorted(maps.Keys(claims)) {
		f.listed[path] = true
		if !f.has(path) {
			f.reportFile("file-absent", path, "is listed, and not there")
			continue
		}
		f.checkClaims(path, claims[path])
	}
}

// walk notes all files, and reports what is neither a file nor a folder.
func (f *folder) walk() {
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
func (f *folder) claims() map[string][]claim {
	claims := map[string][]claim{}
	content, err := plainfile.Read(f.on(descriptor), limits.Document)
	if err != nil {
		f.reportFile("file-absent", descriptor, "is not there, so that nothing is listed")
		return claims
	}
	files, err := export.ReadDescriptor(content)
	if err != nil {
		f.reportFile("unreadable", descriptor, err.Error())
	}
	for _, file := range files {
		claims[file.Path] = append(claims[file.Path], claim{descriptor, sizeOf(file), file.Hash})
	}
	f.indexClaims(claims)
	f.sumClaims(claims)
	return claims
}

func sizeOf(file export.Listed) int64 {
	if file.Hash == "" {
		return -1
	}
	return file.Bytes
}

func (f *folder) indexClaims(claims map[string][]claim) {
	content, err := plainfile.Read(f.on(indexFile), limits.Document)
	if err != nil {
		return // an export has none; in a release, the descriptor lists it
	}
	var index struct {
		Files []struct {
			Path   string
			Bytes  int64
			SHA256 string
		}
	}
	if err := json.Unmarshal(content, &index); err != nil {
		f.reportFile("unreadable", indexFile, err.Error())
	}
	for _, file := range index.Files {
		claims[file.Path] = append(claims[file.Path], claim{indexFile, file.Bytes, file.SHA256})
	}
}

func (f *folder) sumClaims(claims map[string][]claim) {
	content, err := plainfile.Read(f.on(sumsFile), limits.Document)
	if err != nil {
		return
	}
	for line := range bytes.Lines(content) {
		hash, path, ok := strings.Cut(strings.TrimSuffix(string(line), "\n"), "  ")
		if decoded, err := hex.DecodeString(hash); !ok || err != nil || len(decoded) != sha256.Size || hash != strings.ToLower(hash) || line[len(line)-1] != '\n' {
			f.reportFile("unreadable", sumsFile, fmt.Sprintf("has the line %.200q, which is no checksum", line))
			continue
		}
		if isSummed(claims[path]) {
			f.reportFile("descriptor", sumsFile, fmt.Sprintf("lists %q twice", path))
		}
		claims[path] = append(claims[path], claim{sumsFile, -1, hash})
	}
	for _, path := range f.paths {
		if path != sumsFile && !isSummed(claims[path]) {
			f.reportFile("descriptor", sumsFile, fmt.Sprintf("does not list %q", path))
		}
	}
}

// isSummed reports whether a claim is that of SHA256SUMS.
func isSummed(claims []claim) bool {
	return slices.ContainsFunc(claims, func(c claim) bool { return c.list == sumsFile })
}

// checkClaims holds a file to what the lists say of it. Where some of them are true, the others are at fault.
func (f *folder) checkClaims(path string, claims []claim) {
	size, hash, err := hashOf(f.ctx, f.on(path))
	if err != nil {
		f.reportFile("unreadable", path, err.Error())
		return
	}
	var wrong []claim
	isConfirmed := false
	for _, c := range claims {
		switch {
		case c.hash != "" && c.hash != hash || c.bytes >= 0 && c.bytes != size:
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

// hashOf returns the size and the SHA-256 of a file.
func hashOf(ctx context.Context, path string) (size int64, hexadecimal string, err error) {
	file, err := plainfile.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = file.Close() }() // it was only read
	hash := sha256.New()
	for {
		n, err := io.CopyN(hash, file, 1<<20)
		size += n
		if errors.Is(err, io.EOF) {
			return size, hex.EncodeToString(hash.Sum(nil)), nil
		}
		if err := errors.Join(err, context.Cause(ctx)); err != nil {
			return 0, "", err
		}
	}
}
