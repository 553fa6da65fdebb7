package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/flate"
)

// container is the archive of a workbook: parts by name (ECMA-376 Part 2).
type container struct {
	limits Limits
	names  []string             // of all parts, in the order of the archive
	files  map[string]*zip.File // by name in lower case: part names have no case
	read   map[string]bool      // the parts that were read as a whole
}

// openContainer reads the directory of an archive and holds it to the limits.
func openContainer(r io.ReaderAt, size int64, limits Limits) (*container, error) {
	if err := checkSignature(r, size); err != nil {
		return nil, err
	}
	directory := &directoryReader{r: r, left: limits.Directory}
	archive, err := zip.NewReader(directory, size)
	switch {
	case directory.left < 0:
		return nil, refuse("", "has too many entries: its directory takes more than %d bytes", limits.Directory)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, &Error{Problem: "is not a readable ZIP archive", Err: err}
	}
	directory.isRead = true
	archive.RegisterDecompressor(zip.Deflate, flate.NewReader) // twice as fast as the standard library's
	c := &container{limits: limits, files: map[string]*zip.File{}, read: map[string]bool{}}
	return c, c.add(archive, size)
}

// add takes the entries of an archive, each of which must be a part of its own.
func (c *container) add(archive *zip.Reader, size int64) error {
	if n := len(archive.File); n > c.limits.Entries {
		return refuse("", "has too many entries: %d, where at most %d are read", n, c.limits.Entries)
	}
	total := int64(0)
	for _, file := range archive.File {
		name, isFolder := strings.CutSuffix(withSlashes(file.Name), "/")
		switch key := strings.ToLower(name); {
		case !isSafe(name):
			return refuse("", "has an entry with an unsafe name: %q", file.Name)
		case file.Flags&1 != 0:
			return refuse(name, "is encrypted")
		case isFolder && file.UncompressedSize64 == 0:
			continue
		case c.files[key] != nil:
			return refuse(name, "is there twice")
		default:
			c.files[key], c.names = file, append(c.names, name)
		}
		unpacked := int64(min(file.UncompressedSize64, 1<<62))
		if total += unpacked; total > c.limits.Total || total < 0 {
			return refuse("", "is too large: its parts unpack to more than %d bytes", c.limits.Total)
		}
		if c.limits.bursts(unpacked, int64(min(file.CompressedSize64, 1<<62))) {
			return refuse(name, "unpacks to more than %d times its size", c.limits.Ratio)
		}
	}
	if c.limits.bursts(total, size) {
		return refuse("", "unpacks to more than %d times its size", c.limits.Ratio)
	}
	return nil
}

// bursts reports whether something unpacks to suspiciously much.
func (l *Limits) bursts(unpacked, packed int64) bool {
	return unpacked > l.RatioFrom && unpacked/l.Ratio > packed
}

// withSlashes returns a name as other writers have it: some on Windows separate folders by backslashes.
func withSlashes(name string) string { return strings.ReplaceAll(name, `\`, "/") }

// isSafe reports whether a name stays inside of the archive on every system.
func isSafe(name string) bool {
	return name != "" && !strings.ContainsAny(name, ":\x00") && path.Clean("/"+name) == "/"+name
}

// directoryReader bounds what the directory of an archive may take while it is read; afterwards it reads anything.
type directoryReader struct {
	r      io.ReaderAt
	left   int64
	isRead bool
}

// ReadAt reads as io.ReaderAt does.
func (d *directoryReader) ReadAt(p []byte, offset int64) (int, error) {
	if !d.isRead {
		if d.left -= int64(len(p)); d.left < 0 {
			return 0, io.ErrUnexpectedEOF
		}
	}
	return d.r.ReadAt(p, offset)
}

var (
	zipSignature = []byte("PK")
	oleSignature = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") // [MS-CFB] 2.2
)

// checkSignature looks at the first bytes of a file, for a clear word on what is no workbook.
func checkSignature(r io.ReaderAt, size int64) error {
	header := make([]byte, min(size, 512))
	if _, err := r.ReadAt(header, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	const asXLSX = "open it in a spreadsheet and save it as .xlsx"
	switch {
	case bytes.HasPrefix(header, zipSignature):
		return nil
	case size == 0:
		return refuse("", "is empty").or("save the workbook again, or take another copy of it")
	case !bytes.HasPrefix(header, oleSignature) && isText(header):
		return refuse("", "is not a workbook: no ZIP archive").or("it is a text: give it the extension of what it is, or " + asXLSX)
	case !bytes.HasPrefix(header, oleSignature):
		return refuse("", "is not a workbook: no ZIP archive").or("name a workbook")
	case hasStream(r, header, "EncryptedPackage"):
		return refuse("", "is protected by a password").or("open it, take the password off, and save it again")
	case hasStream(r, header, "Workbook"), hasStream(r, header, "Book"):
		return refuse("", "is an old binary workbook (.xls)").or(asXLSX)
	default:
		return refuse("", "is not an XLSX workbook: an older document of an office program").or(asXLSX)
	}
}

// isText reports whether the start of a file is that of a text.
func isText(start []byte) bool {
	return !bytes.ContainsFunc(start, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' })
}

// hasStream reports whether the start of the directory of a compound file names a stream ([MS-CFB] 2.6.1).
func hasStream(r io.ReaderAt, header []byte, name string) bool {
	if len(header) < 512 {
		return false
	}
	shift := min(binary.LittleEndian.Uint16(header[30:]), 12)
	sector := int64(binary.LittleEndian.Uint32(header[48:]))
	directory := make([]byte, 8<<10)
	n, _ := r.ReadAt(directory, (sector+1)<<shift)
	var wide []byte
	for i := range len(name) {
		wide = append(wide, name[i], 0)
	}
	return bytes.Contains(directory[:n], wide)
}

// has reports whether there is a part.
func (c *container) has(part string) bool { return c.files[strings.ToLower(part)] != nil }

// open opens a part of at most a number of bytes.
func (c *container) open(part string, limit int64) (io.ReadCloser, error) {
	file := c.files[strings.ToLower(part)]
	switch {
	case file == nil:
		return nil, refuse(part, "is missing")
	case file.UncompressedSize64 > uint64(limit):
		return nil, refuse(part, "is too large: %d bytes, where at most %d are read", file.UncompressedSize64, limit)
	}
	r, err := file.Open()
	if err != nil {
		return nil, &Error{Part: part, Problem: "cannot be unpacked", Err: err}
	}
	return r, nil
}

// tree reads a part as a whole, once: nothing in a workbook is there twice.
func (c *container) tree(part string) (*element, error) {
	key := strings.ToLower(part)
	if c.read[key] {
		return nil, refuse(part, "is used twice")
	}
	c.read[key] = true
	s, err := c.scan(part, c.limits.Part)
	if err != nil {
		return nil, err
	}
	defer s.close()
	return s.root()
}

// Relationship leads from a part to another, or out of the workbook.
type Relationship struct {
	ID       string
	Type     string // the last word of its URI, such as worksheet
	Target   string // the name of a part, or as it stands when it is external
	External bool
}

// relationships returns where a part leads; a part without relationships leads nowhere.
func (c *container) relationships(part string) ([]Relationship, error) {
	folder, file := path.Split(part)
	name := folder + "_rels/" + file + ".rels"
	if !c.has(name) {
		return nil, nil
	}
	root, err := c.tree(name)
	if err != nil {
		return nil, err
	}
	var all []Relationship
	for _, e := range root.all("Relationship") {
		r := Relationship{ID: e.attr("Id"), Type: path.Base(e.attr("Type")), Target: e.attr("Target"), External: e.attr("TargetMode") == "External"}
		if !r.External {
			r.Target = resolveTarget(folder, withSlashes(r.Target))
		}
		all = append(all, r)
	}
	return all, nil
}

// resolveTarget returns the part that a target means, seen from a folder.
func resolveTarget(folder, target string) string {
	if !strings.HasPrefix(target, "/") {
		target = "/" + folder + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// firstRelation returns the first relationship of a type.
func firstRelation(all []Relationship, kind string) (Relationship, bool) {
	for _, r := range all {
		if r.Type == kind {
			return r, true
		}
	}
	return Relationship{}, false
}
