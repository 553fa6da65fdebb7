package spreadsheet

import (
	"slices"
	"strconv"
	"strings"
)

// element is an XML element with all that is in it. Its methods take nil for an element without anything.
type element struct {
	name     string // without namespace: transitional and strict files differ in nothing else
	attrs    []attribute
	children []*element
	text     string
}

// attribute is an attribute of an element.
type attribute struct {
	space string // the URL of its namespace; empty for most
	name  string
	value string
}

// attr returns an attribute without a namespace, or nothing.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	for i := range e.attrs {
		if a := &e.attrs[i]; a.name == name && a.space == "" {
			return a.value
		}
	}
	return ""
}

// named returns an attribute by its name, whatever its namespace, or nothing.
func (e *element) named(name string) string {
	for _, a := range e.stated() {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// stated returns the attributes.
func (e *element) stated() []attribute {
	if e == nil {
		return nil
	}
	return e.attrs
}

// whole returns a number attribute from 0 on, whatever its namespace; 0 for one that is missing or none.
func (e *element) whole(name string) int { return textNumber(e.named(name)) }

// allText returns the text of an element and of all that is in it, in order of depth.
func (e *element) allText() string {
	if e == nil {
		return ""
	}
	var text strings.Builder
	text.WriteString(e.text)
	for _, c := range e.children {
		text.WriteString(c.allText())
	}
	return text.String()
}

// relation returns the id of the relationship that an element names.
func (e *element) relation() string {
	if e == nil {
		return ""
	}
	for i := range e.attrs {
		if a := &e.attrs[i]; a.name == "id" && strings.HasSuffix(a.space, "/relationships") {
			return a.value
		}
	}
	return ""
}

// flag returns a boolean attribute, or the default of one that is missing.
func (e *element) flag(name string, missing bool) bool {
	if value := e.attr(name); value != "" {
		return isTrue(value)
	}
	return missing
}

// isTrue reports whether a boolean is written as true (ST_OnOff too).
func isTrue(value string) bool { return value == "1" || value == "true" || value == "on" }

// integer returns a number attribute, or the default of one that is missing or none.
func (e *element) integer(name string, missing int) int {
	if n, err := strconv.Atoi(e.attr(name)); err == nil {
		return n
	}
	return missing
}

// number returns a number attribute; 0 for one that is missing or none.
func (e *element) number(name string) float64 {
	n, err := strconv.ParseFloat(e.attr(name), 64)
	if err != nil {
		return 0
	}
	return n
}

// child returns the first child of a name, or nil.
func (e *element) child(name string) *element {
	if e == nil {
		return nil
	}
	i := slices.IndexFunc(e.children, func(c *element) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return e.children[i]
}

// descend returns the children.
func (e *element) descend() []*element {
	if e == nil {
		return nil
	}
	return e.children
}

// all returns the children of a name.
func (e *element) all(name string) (found []*element) {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// within returns the elements of a name at any depth.
func (e *element) within(name string) (found []*element) {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.name == name {
			found = append(found, c)
		}
		found = append(found, c.within(name)...)
	}
	return found
}

// first returns the first element of a name at any depth, or nil.
func (e *element) first(name string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.name == name {
			return c
		}
		if found := c.first(name); found != nil {
			return found
		}
	}
	return nil
}

// content returns the text of a child.
func (e *element) content(name string) string { return strings.TrimSpace(e.child(name).string()) }

// string returns the text of an element.
func (e *element) string() string {
	if e == nil {
		return ""
	}
	return e.text
}
