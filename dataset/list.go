package dataset

import (
	"encoding/json"
	"iter"
	"strings"
)

// List is a list of texts as a cell holds it: joined by semicolons, without spaces or repeats, in curated order.
// The empty text is the empty list.
type List string

// listSeparator stands between the members of a List, and in no member.
const listSeparator = ";"

// All ranges over the members in order.
func (l List) All() iter.Seq[string] {
	return func(yield func(string) bool) {
		for rest, more := string(l), l != ""; more; {
			var member string
			member, rest, more = strings.Cut(rest, listSeparator)
			if !yield(member) {
				return
			}
		}
	}
}

// Len returns the number of members.
func (l List) Len() int {
	if l == "" {
		return 0
	}
	return strings.Count(string(l), listSeparator) + 1
}

// Contains reports whether a text is a member.
func (l List) Contains(text string) bool {
	for member := range l.All() {
		if member == text {
			return true
		}
	}
	return false
}

// MarshalJSON writes the list as an array of strings, [] when it is empty.
func (l List) MarshalJSON() ([]byte, error) {
	members := []string{}
	for member := range l.All() {
		members = append(members, member)
	}
	return json.Marshal(members)
}

// with returns the list with a text appended, unless it is a member already.
func (l List) with(text string) List {
	switch {
	case l == "":
		return List(text)
	case l.Contains(text):
		return l
	default:
		return l + listSeparator + List(text)
	}
}
