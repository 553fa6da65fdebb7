package xmltoken

import (
	"bytes"
	"hash/maphash"
)

// knownTags are start tags that came more than once: of the millions that a sheet of an OpenDocument has, most are the same few, byte for
// byte, and need not be taken apart again.
type knownTags struct {
	seed   maphash.Seed
	places [256]knownTag // by a hash of the tag
	missed int           // tags that were not known, since the last that was
}

// knownTag is a tag that is known, and what it says.
type knownTag struct {
	last  uint64     // the hash of the tag that came last, be it known or not
	says  *Tokenizer // which has read the tag and nothing else; nil as long as there is none
	worth int        // how much more often it came of late than others of the same place
}

const (
	leastKnown = len("<text:p>") // A shorter tag is taken apart as fast.
	mostKnown  = 256
	// maxMissed is how many tags may be unknown in a row: in other documents, such as worksheets, nearly every tag has a place in it.
	maxMissed = 256
	maxWorth  = 64
)

func newKnownTags() *knownTags { return &knownTags{seed: maphash.MakeSeed()} }

// startsAgain takes the tag that the document is at, if it is known, and reports whether it is.
func (t *Tokenizer) startsAgain() bool {
	if t.known.missed > maxMissed {
		return false
	}
	end := bytes.IndexByte(t.buf[t.pos:], '>') + 1
	if end < leastKnown || end > mostKnown {
		return false
	}
	says := t.known.find(t.buf[t.pos : t.pos+end])
	if says == nil {
		return false
	}
	t.Prefix, t.Name, t.isOpen = says.Prefix, says.Name, says.isOpen
	t.Attrs = append(t.Attrs[:0], says.Attrs...)
	t.open.push(says.open.top())
	t.Depth++
	t.pos += end
	return true
}

// find returns what a tag says, if it is known. What is but a part of one, up to a > inside of quotes, is no tag that is known.
func (k *knownTags) find(tag []byte) *Tokenizer {
	hash := maphash.Bytes(k.seed, tag)
	at := &k.places[hash%uint64(len(k.places))]
	if at.says != nil && bytes.Equal(at.says.buf, tag) {
		k.missed, at.worth = 0, min(at.worth+1, maxWorth)
		return at.says
	}
	switch k.missed++; {
	case at.worth > 0:
		at.worth--
	case at.last == hash:
		at.learn(tag)
	}
	at.last = hash
	return nil
}

// learn makes a tag known, unless it declares a namespace.
func (k *knownTag) learn(tag []byte) {
	says := &Tokenizer{buf: bytes.Clone(tag)}
	if says.startTag() == nil && len(says.spaces) == 0 {
		k.says = says
	}
}
