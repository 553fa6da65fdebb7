package xlsx

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"runtime"

	"haltsheet/dataset"
)

// dosDate is 1 January 1980 in a ZIP entry: the first day that one can have, for every part.
const dosDate = 1<<5 | 1

// newEntry returns the header of a part.
func newEntry(name string) *zip.FileHeader {
	const version = 20 // of the format, with deflate
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, CreatorVersion: version, ReaderVersion: version}
	header.ModifiedDate = dosDate //nolint:staticcheck // Modified would add an extra field with a time zone
	return header
}

// archiveParts writes parts in order. Large ones are encoded and deflated on their way, by all workers; most are small, and
// made ahead side by side.
func (p *packer) archiveParts(archive *zip.Writer, names []string) error {
	ahead := make(chan chan packedPart, runtime.GOMAXPROCS(0))
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for _, name := range names {
			if p.isLarge(name) {
				continue
			}
			made := make(chan packedPart, 1)
			select {
			case <-stop:
				return
			case ahead <- made:
				go func() { made <- p.pack(name) }()
			}
		}
	}()
	for _, name := range names {
		if p.isLarge(name) {
			w, err := archive.CreateHeader(newEntry(name))
			if err != nil {
				return err
			}
			if err := p.write(w, name); err != nil {
				return err
			}
			continue
		}
		if err := (<-<-ahead).writeTo(archive, name); err != nil {
			return err
		}
	}
	return nil
}

// isLarge reports whether a part is the shared strings, or a worksheet with several chunks of rows.
func (p *packer) isLarge(name string) bool {
	s := p.sheetOf[name]
	return name == stringsPart || s != nil && s.to-s.from > dataset.ChunkRows
}

// packedPart is a part that is ready for the archive.
type packedPart struct {
	deflated []byte
	size     int // of the part
	crc      uint32
	err      error
}

// pack makes a small part.
func (p *packer) pack(name string) (part packedPart) {
	var plain, deflated bytes.Buffer
	plain.Grow(p.sizeOf(name))
	if part.err = p.write(&plain, name); part.err != nil {
		return part
	}
	part.size, part.crc = plain.Len(), crc32.ChecksumIEEE(plain.Bytes())
	part.err = deflate(&deflated, plain.Bytes())
	part.deflated = deflated.Bytes()
	return part
}

// sizeOf estimates the size of a small part.
func (p *packer) sizeOf(name string) int {
	const cellBytes = 48
	size := p.parts[name].Len()
	if s := p.sheetOf[name]; s != nil {
		size += (s.to - s.from) * len(s.columns) * cellBytes
	}
	return size
}

// writeTo adds the part to an archive.
func (p packedPart) writeTo(archive *zip.Writer, name string) error {
	if p.err != nil {
		return p.err
	}
	entry := newEntry(name)
	entry.CRC32, entry.CompressedSize64, entry.UncompressedSize64 = p.crc, uint64(len(p.deflated)), uint64(p.size)
	w, err := archive.CreateRaw(entry)
	if err != nil {
		return err
	}
	_, err = w.Write(p.deflated)
	return err
}

// deflate compresses bytes block by block to the stream that parallelDeflate makes of them.
func deflate(out io.Writer, plain []byte) error {
	b := blocks.Get().(*block)
	defer blocks.Put(b)
	for len(plain) > 0 {
		n := min(blockSize, len(plain))
		b.plain, plain = append(b.plain, plain[:n]...), plain[n:]
		if err := b.deflate(); err != nil {
			return err
		}
		if _, err := out.Write(b.deflated.Bytes()); err != nil {
			return err
		}
	}
	_, err := out.Write(endOfStream)
	return err
}
