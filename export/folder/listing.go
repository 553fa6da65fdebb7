package folder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"haltsheet/export/jsonread"
	"haltsheet/export/limits"
	"haltsheet/export/plainfile"
)

// listing is what a descriptor says of each file, by path inside the folder.
type listing map[string]listedFile

type listedFile struct {
	bytes int64
	hash  string
}

// Lists reports whether the descriptor in a folder lists a file.
func Lists(dir, path string) bool {
	listed, err := (&target{shown: dir, path: dir}).listing()
	_, ok := listed[filepath.FromSlash(path)]
	return ok && err == nil
}

// listing reads the descriptor of the export that is there. Without one, nothing is listed.
func (t *target) listing() (listing, error) {
	content, err := plainfile.Read(filepath.Join(t.path, Descriptor), limits.Document)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, DiskError(filepath.Join(t.shown, Descriptor), err)
	}
	listed, err := readListing(content)
	if err != nil {
		return nil, t.refuse(Descriptor, "was not written by haltsheet, or was changed", orElsewhere)
	}
	return listed, nil
}

// readListing reads which files a descriptor lists. It passes over all else, such as schemas, which are nearly all of it.
func readListing(descriptor []byte) (listing, error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(descriptor), jsontext.AllowDuplicateNames(true))
	listed := listing{}
	err := jsonread.Object(d, func(name string) error {
		if name != "resources" {
			return d.SkipValue()
		}
		if err := jsonread.Open(d, '['); err != nil {
			return err
		}
		return jsonread.Items(d, func(i int) error {
			if i == limits.MostListed {
				return fmt.Errorf("lists more than the %d files that are read", limits.MostListed)
			}
			return readListed(d, listed)
		})
	})
	if err != nil {
		return nil, err
	}
	if _, err := d.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, errors.New("goes on behind its end")
	}
	return listed, nil
}

// readListed reads what a descriptor says of one file.
func readListed(d *jsontext.Decoder, listed listing) error {
	path, file := "", listedFile{}
	err := jsonread.Object(d, func(name string) (err error) {
		if name != "path" && name != "bytes" && name != "hash" {
			return d.SkipValue()
		}
		token, err := d.ReadToken()
		if err != nil {
			return err
		}
		kind := token.Kind()
		switch text := token.String(); {
		case name == "bytes" && kind == jsontext.KindNumber:
			file.bytes, err = strconv.ParseInt(text, 10, 64)
		case name == "bytes" || kind != jsontext.KindString:
			err = fmt.Errorf("has %s where its %s belongs", text, name)
		case name == "path":
			path = filepath.FromSlash(text)
		default:
			file.hash = text
		}
		return err
	})
	listed[path] = file
	return err
}
