package readback

import "haltsheet/export/limits"

// skim passes over a struct of Thrift's compact protocol at the start of some bytes, without taking memory, and returns its length. It
// returns 0 for what is no such struct, and for a text or a list that claims to be longer than the bytes.
func skim(b []byte) int {
	s := skimmer{rest: b}
	if !s.structure(0) {
		return 0
	}
	return len(b) - len(s.rest)
}

// skimmer passes over values. Its methods return false where there is no such value.
type skimmer struct{ rest []byte }

func (s *skimmer) skip(n uint64) bool {
	if n > uint64(len(s.rest)) {
		return false
	}
	s.rest = s.rest[n:]
	return true
}

func (s *skimmer) byte() (b byte, ok bool) {
	if len(s.rest) == 0 {
		return 0, false
	}
	b, s.rest = s.rest[0], s.rest[1:]
	return b, true
}

func (s *skimmer) varint() (n uint64, ok bool) {
	for shift := 0; shift < 64; shift += 7 {
		b, ok := s.byte()
		if !ok {
			return 0, false
		}
		if n |= uint64(b&0x7f) << shift; b < 0x80 {
			return n, true
		}
	}
	return 0, false
}

func (s *skimmer) structure(depth int) bool {
	if depth > limits.ParquetNesting {
		return false
	}
	for {
		head, ok := s.byte()
		switch {
		case !ok:
			return false
		case head == 0:
			return true
		}
		if head>>4 == 0 { // the number of the field stands behind
			if _, ok := s.varint(); !ok {
				return false
			}
		}
		if kind := head & 0xf; kind > 2 && !s.value(kind, depth) { // 1 and 2 are true and false, which have no value
			return false
		}
	}
}

// value passes over a value of a kind (Thrift compact protocol, field types).
func (s *skimmer) value(kind byte, depth int) bool {
	switch kind {
	case 1, 2, 3: // a truth value in a list, a byte
		return s.skip(1)
	case 4, 5, 6: // integers
		_, ok := s.varint()
		return ok
	case 7: // a double
		return s.skip(8)
	case 8: // bytes
		n, ok := s.varint()
		return ok && s.skip(n)
	case 9, 10: // a list or a set
		return s.list(depth)
	case 12:
		return s.structure(depth + 1)
	default: // maps, which Parquet does not use
		return false
	}
}

func (s *skimmer) list(depth int) bool {
	head, ok := s.byte()
	n := uint64(head >> 4)
	if n == 15 && ok {
		n, ok = s.varint()
	}
	if !ok || n > uint64(len(s.rest)) {
		return false
	}
	for range n {
		if !s.value(head&0xf, depth+1) {
			return false
		}
	}
	return depth <= limits.ParquetNesting
}
