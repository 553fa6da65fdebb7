package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"runtime"
	"slices"
	"sync"

	"haltsheet/export/rows"
)

// dosDate is 2 January 1980 in a ZIP entry, for every part. 1 January, the first day that a ZIP entry can have, is no day to Java,
// whose readers would then expect an extra field.
const dosDate = 1<<5 | 2

// newArchive returns an archive whose entries are deflated by all workers.
func newArchive(out io.Writer) *zip.Writer {
	archive := zip.NewWriter(out)
	archive.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return newParallelDeflate(out), nil })
	return archive
}

// newEntry returns the header of a part.
func newEntry(name string) *zip.FileHeader {
	const version = 20 // of the format, with deflate
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, CreatorVersion: version, ReaderVersion: version}
	header.ModifiedDate = dosDate //nolint:staticcheck // Modified would add an extra field with a time zone
	return header
}

// archiveParts writes parts in order. Large ones are encoded and deflated on their way, by all workers; the others are made
// ahead.
func (p *packer) archiveParts(archive *zip.Writer, names []string) error {
	packed, stop := p.packAhead(names)
	defer stop()
	for _, name := range names {
		if made, isSmall := packed[name]; isSmall {
			if err := (<-made).writeTo(archive, name); err != nil {
				return err
			}
			continue
		}
		w, err := archive.CreateHeader(newEntry(name))
		if err != nil {
			return err
		}
		if err := p.write(w, name); err != nil {
			return err
		}
	}
	return nil
}

// packAhead makes the parts that are not large, with a worker for each processor. The largest comes first, so that the others do
// not wait for it in the end.
func (p *packer) packAhead(names []string) (packed map[string]chan *packedPart, stop func()) {
	packed = map[string]chan *packedPart{}
	todo := make(chan string, len(names))
	for _, name := range slices.SortedStableFunc(slices.Values(names), func(a, b string) int { return p.sizeOf(b) - p.sizeOf(a) }) {
		if !p.isLarge(name) {
			packed[name] = make(chan *packedPart, 1)
			todo <- name
		}
	}
	close(todo)
	stopped := make(chan struct{})
	var running sync.WaitGroup
	for range min(len(packed), runtime.GOMAXPROCS(0)) {
		running.Go(func() {
			for name := range todo {
				select {
				case <-stopped:
					return
				default:
					packed[name] <- p.pack(name)
				}
			}
		})
	}
	return packed, func() {
		close(stopped)
		running.Wait() // parts that are being made still read the book
	}
}

// isLarge reports whether a part is the shared strings, or a worksheet with several chunks of rows.
func (p *packer) isLarge(name string) bool {
	s := p.partOf[name]
	return name == stringsPart || s != nil && s.to-s.from > rows.Chunk
}

// sizeOf estimates the size of a part.
func (p *packer) sizeOf(name string) int {
	const cellBytes = 48
	size := p.parts[name].Len()
	if s := p.partOf[name]; s != nil {
		size += (s.to - s.from) * len(s.columns) * cellBytes
	}
	return size
}

// packedPart is a part that is ready for the archive.
type packedPart struct {
	deflated bytes.Buffer
	size     int // of the part
	crc      hash.Hash32
	err      error
}

// pack makes a part that is not large.
func (p *packer) pack(name string) *packedPart {
	const deflatedTo = 8 // times smaller, or more, are most parts when they are deflated
	part := &packedPart{crc: crc32.NewIEEE()}
	part.deflated.Grow(p.sizeOf(name) / deflatedTo)
	w := newParallelDeflate(&part.deflated)
	part.err = errors.Join(p.write(io.MultiWriter(part, w), name), w.Close())
	return part
}

// Write takes some of the part before it is deflated.
func (p *packedPart) Write(plain []byte) (int, error) {
	p.size += len(plain)
	return p.crc.Write(plain)
}

// writeTo adds the part to an archive.
func (p *packedPart) writeTo(archive *zip.Writer, name string) error {
	if p.err != nil {
		return p.err
	}
	entry := newEntry(name)
	entry.CRC32, entry.CompressedSize64, entry.UncompressedSize64 = p.crc.Sum32(), uint64(p.deflated.Len()), uint64(p.size)
	w, err := archive.CreateRaw(entry)
	if err != nil {
		return err
	}
	_, err = p.deflated.WriteTo(w)
	return err
}
