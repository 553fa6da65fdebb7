package xmltoken

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// encodingOf returns what decodes a document into UTF-8, by its first bytes, and the name by which it calls its encoding; nil
// for one that is in UTF-8 already, or says that it is in what this package does not know.
func encodingOf(start []byte) (decodes encoding.Encoding, name string) {
	name = declared(start)
	switch {
	case bytes.HasPrefix(start, []byte("\xfe\xff")), bytes.HasPrefix(start, []byte("\x00<\x00")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), declared(withoutByte(start, 0))
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("<\x00")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), declared(withoutByte(start, 0))
	case isUTF8(name) || plainName(name) == "usascii" || plainName(name) == "ascii":
		return nil, name
	}
	for _, one := range charmap.All {
		if known, ok := one.(*charmap.Charmap); ok && plainName(known.String()) == plainName(name) {
			return known, name
		}
	}
	return nil, ""
}

// plainName returns the name of an encoding by which all its spellings are one.
func plainName(name string) string {
	name = strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(name))
	switch name {
	case "latin1", "l1", "iso88591:1987":
		return "iso88591"
	case "cp1252", "ansi":
		return "windows1252"
	}
	return name
}

// declared returns the encoding that the declaration at the start of a document names; empty for none.
func declared(start []byte) string {
	const opens = "<?xml"
	if !bytes.HasPrefix(start, []byte(opens)) {
		return ""
	}
	declaration, _, _ := bytes.Cut(start, []byte("?>"))
	return parameter(declaration, "encoding")
}

// withoutByte returns the text but for some byte and what is not ASCII.
func withoutByte(text []byte, what byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r == rune(what) || r >= 0x80 {
			return -1
		}
		return r
	}, text)
}
