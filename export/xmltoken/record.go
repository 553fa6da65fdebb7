package xmltoken

// recording is a part of the document that is kept as it stands.
type recording struct {
	bytes []byte // of it, but for what is still in the buffer
	from  int    // in the buffer; off where nothing is recorded
	most  int    // bytes
}

// off says that nothing is recorded.
const off = -1

// Record has the document kept from the token at hand on, which must be a start, until Recorded ends it or there are more than a number
// of bytes.
func (t *Tokenizer) Record(most int) { t.kept = recording{from: t.start, most: most} }

// Recorded returns what was kept, up to the token at hand: in UTF-8, as the document has it. It returns nothing if that was too much.
func (t *Tokenizer) Recorded() []byte {
	t.record()
	kept := t.kept.bytes
	t.kept = recording{from: off}
	return kept
}

// record keeps what was read of the buffer, before it begins with what was not.
func (t *Tokenizer) record() {
	r := &t.kept
	switch {
	case r.from == off:
	case len(r.bytes)+t.pos-r.from > r.most:
		*r = recording{from: off}
	default:
		r.bytes, r.from = append(r.bytes, t.buf[r.from:t.pos]...), 0
	}
}
