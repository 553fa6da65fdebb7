package dataset

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// compareMetadata lists the values of dataset.json that are different. Lists of the same length are compared member by
// member; of others the members are listed that only one of them has.
func compareMetadata(before, after *Dataset) []FieldChange {
	c := metadataComparison{old: before, new: after}
	c.compare("", metadataValue(&before.Metadata), metadataValue(&after.Metadata))
	return c.changes
}

// metadataValue returns dataset.json in canonical form.
func metadataValue(m *Metadata) json.RawMessage {
	text, err := MarshalMetadata(*m)
	if err != nil {
		panic(err) // strings and whole numbers are always written
	}
	return text
}

type metadataComparison struct {
	old, new *Dataset
	changes  []FieldChange
}

// compare compares two values of a path; nil is a value that is not there.
func (c *metadataComparison) compare(path string, before, after json.RawMessage) {
	if equalJSON(before, after) {
		return
	}
	child := func(name string) string { return strings.TrimPrefix(path+"/"+name, "/") }
	oldMembers, newMembers := members(before), members(after)
	if oldMembers != nil || newMembers != nil {
		for _, name := range memberNames(oldMembers, newMembers) {
			c.compare(child(name), memberOf(oldMembers, name), memberOf(newMembers, name))
		}
		return
	}
	oldList, newList := arrayElements(before), arrayElements(after)
	switch {
	case oldList == nil || newList == nil:
		c.add(path, before, after)
	case len(oldList) == len(newList):
		for i := range oldList {
			c.compare(child(strconv.Itoa(i)), oldList[i], newList[i])
		}
	default:
		for i, element := range withoutCommon(oldList, newList) {
			if element != nil {
				c.add(child(strconv.Itoa(i)), element, nil)
			}
		}
		for i, element := range withoutCommon(newList, oldList) {
			if element != nil {
				c.add(child(strconv.Itoa(i)), nil, element)
			}
		}
	}
}

func (c *metadataComparison) add(path string, before, after json.RawMessage) {
	c.changes = append(c.changes, FieldChange{
		Field: path, Old: metadataText(before), New: metadataText(after),
		OldPlace: c.old.metadataPlace(path), NewPlace: c.new.metadataPlace(path),
	})
}

func (d *Dataset) metadataPlace(path string) Place {
	if d.metadata == nil {
		return Place{File: MetadataFile}
	}
	return d.metadata.place(path)
}

// metadataText returns a string as it is, and any other value as compact JSON.
func metadataText(value json.RawMessage) Value {
	var text string
	if value == nil || json.Unmarshal(value, &text) == nil {
		return TextValue(text)
	}
	return TextValue(compactJSON(value))
}

func compactJSON(value json.RawMessage) string {
	var b bytes.Buffer
	_ = json.Compact(&b, value) // it was read as JSON before
	return b.String()
}

func equalJSON(a, b json.RawMessage) bool {
	return (a == nil) == (b == nil) && compactJSON(a) == compactJSON(b)
}

// jsonMember is a member of an object.
type jsonMember struct {
	name  string
	value json.RawMessage
}

// members returns the members of an object in order, or nil for any other value.
func members(value json.RawMessage) []jsonMember {
	if !bytes.HasPrefix(bytes.TrimSpace(value), []byte("{")) {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(value))
	_, _ = decoder.Token() // the opening bracket
	list := []jsonMember{}
	for decoder.More() {
		name, _ := decoder.Token()
		var member json.RawMessage
		if err := decoder.Decode(&member); err != nil {
			return nil
		}
		list = append(list, jsonMember{name.(string), member})
	}
	return list
}

// memberNames returns the names of the members of either of two objects in order, each once.
func memberNames(a, b []jsonMember) (names []string) {
	for _, m := range slices.Concat(a, b) {
		if !slices.Contains(names, m.name) {
			names = append(names, m.name)
		}
	}
	return names
}

func memberOf(object []jsonMember, name string) json.RawMessage {
	for _, m := range object {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

// arrayElements returns the members of an array, or nil for any other value.
func arrayElements(value json.RawMessage) []json.RawMessage {
	list := []json.RawMessage{}
	if !bytes.HasPrefix(bytes.TrimSpace(value), []byte("[")) || json.Unmarshal(value, &list) != nil {
		return nil
	}
	return list
}

// withoutCommon returns a list with nil in place of the members that another list has too, each as often as that has it.
func withoutCommon(list, other []json.RawMessage) []json.RawMessage {
	there := map[string]int{}
	for _, element := range other {
		there[compactJSON(element)]++
	}
	rest := slices.Clone(list)
	for i, element := range list {
		if key := compactJSON(element); there[key] > 0 {
			there[key]--
			rest[i] = nil
		}
	}
	return rest
}
