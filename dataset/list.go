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
	return func(yield func(string) bool) { eachMember(string(l), false, yield) }
}

// eachMember yields the members of a list in order until one is refused. With gaps the empty text is one empty member.
func eachMember(text string, gaps bool, yield func(string) bool) {
	if text == "" && !gaps {
		return
	}
	for {
		end := strings.IndexByte(text, listSeparator[0])
		if end < 0 {
			yield(text)
			return
		}
		if !yield(text[:end]) {
			return
		}
		text = text[end+len(listSeparator):]
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

// fewMembers is up to how many members are compared one by one.
const fewMembers = 16

// repeated returns the first member that comes again.
func (l List) repeated() (first string, found bool) {
	if l.Len() <= fewMembers {
		for rest, member, more := string(l), "", true; more; {
			member, rest, more = strings.Cut(rest, listSeparator)
			if more && List(rest).Contains(member) {
				return member, true
			}
		}
		return "", false
	}
	times := map[string]int{}
	for member := range l.All() {
		times[member]++
	}
	for member := range l.All() {
		if times[member] > 1 {
			return member, true
		}
	}
	return "", false
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
