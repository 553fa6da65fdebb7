package dataset

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Leaf is a value of dataset.json that holds no others, by its path; an empty object or array is a leaf without a value.
type Leaf struct {
	Path  string // such as exceptions/0/rule
	Value Value
}

// Text returns the value in digits or as it is; the empty text where there is none.
func (l *Leaf) Text() string {
	if !l.Value.Number.IsZero() {
		return l.Value.Number.String()
	}
	return l.Value.Text
}

// Leaves returns the leaves of dataset.json in canonical order.
func (m *Metadata) Leaves() []Leaf {
	return appendLeaves(nil, "", metadataValue(m))
}

func appendLeaves(leaves []Leaf, path string, value json.RawMessage) []Leaf {
	children := members(value)
	for i, element := range arrayElements(value) {
		children = append(children, jsonMember{strconv.Itoa(i), element})
	}
	for _, child := range children {
		leaves = appendLeaves(leaves, strings.TrimPrefix(path+"/"+child.name, "/"), child.value)
	}
	if len(children) > 0 {
		return leaves
	}
	if n, err := strconv.Atoi(string(value)); err == nil {
		return append(leaves, Leaf{path, integerValue(n)})
	}
	if empty := string(bytes.TrimSpace(value)); empty == "{}" || empty == "[]" {
		return append(leaves, Leaf{path, Value{}})
	}
	return append(leaves, Leaf{path, metadataText(value)})
}

// MetadataText puts dataset.json together from its leaves, in any order and with texts in place of numbers. What has no
// place in dataset.json is kept, so that reading it finds it.
func MetadataText(leaves []Leaf) string {
	root := &node{}
	for _, leaf := range leaves {
		at := root
		for name := range strings.SplitSeq(leaf.Path, "/") {
			at = at.child(name)
		}
		at.text = leaf.Text()
	}
	return string(root.append(nil, reflect.TypeFor[Metadata]()))
}

// node is a value of dataset.json in the making.
type node struct {
	name     string
	text     string
	children []*node
	byName   map[string]*node // the children again
}

func (n *node) child(name string) *node {
	if n.byName == nil {
		n.byName = map[string]*node{}
	}
	child := n.byName[name]
	if child == nil {
		child = &node{name: name}
		n.byName[name] = child
		n.children = append(n.children, child)
	}
	return child
}

// append appends the value as JSON, in the form that its type asks for; of an unknown type it is an object or a string.
func (n *node) append(b []byte, t reflect.Type) []byte {
	kind := reflect.String
	if t != nil {
		kind = t.Kind()
	}
	switch {
	case kind == reflect.Slice:
		slices.SortStableFunc(n.children, func(a, b *node) int { return listIndex(a.name) - listIndex(b.name) })
		return n.appendChildren(b, '[', ']', func(*node) reflect.Type { return t.Elem() })
	case kind == reflect.Map:
		return n.appendChildren(b, '{', '}', func(*node) reflect.Type { return t.Elem() })
	case kind == reflect.Struct:
		return n.appendChildren(b, '{', '}', func(child *node) reflect.Type {
			return fieldsOf(t)[child.name]
		})
	case len(n.children) > 0:
		return n.appendChildren(b, '{', '}', func(*node) reflect.Type { return nil })
	}
	if _, err := strconv.Atoi(n.text); err == nil && kind == reflect.Int {
		return append(b, n.text...)
	}
	return appendJSONString(b, n.text)
}

func (n *node) appendChildren(b []byte, open, closing byte, typeOf func(child *node) reflect.Type) []byte {
	b = append(b, open)
	for i, child := range n.children {
		if i > 0 {
			b = append(b, ',')
		}
		if open == '{' {
			b = append(appendJSONString(b, child.name), ':')
		}
		b = child.append(b, typeOf(child))
	}
	return append(b, closing)
}

// listIndex returns the number that a member of a list has in its path; others come last.
func listIndex(name string) int {
	i, err := strconv.Atoi(name)
	if err != nil {
		return 1 << 30
	}
	return i
}

func appendJSONString(b []byte, text string) []byte {
	var quoted bytes.Buffer
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic(fmt.Sprintf("dataset: a text is no JSON: %v", err))
	}
	return append(b, bytes.TrimSuffix(quoted.Bytes(), []byte("\n"))...)
}
