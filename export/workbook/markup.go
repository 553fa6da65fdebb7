package workbook

// markup is XML that is being written.
type markup struct {
	b    []byte
	open []string // the elements that are to be closed
}

// start begins an element. Attributes are names and values in turn; one with an empty value is left out.
func (m *markup) start(name string, attributes ...string) {
	m.tag(name, attributes)
	m.b = append(m.b, '>')
	m.open = append(m.open, name)
}

// empty adds an element with nothing in it.
func (m *markup) empty(name string, attributes ...string) {
	m.tag(name, attributes)
	m.b = append(m.b, "/>"...)
}

func (m *markup) tag(name string, attributes []string) {
	m.b = append(append(m.b, '<'), name...)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] == "" {
			continue
		}
		m.b = append(append(append(m.b, ' '), attributes[i]...), `="`...)
		m.b = append(appendPlain(m.b, attributes[i+1]), '"')
	}
}

// end ends the innermost elements that are open.
func (m *markup) end(elements int) {
	for range elements {
		last := len(m.open) - 1
		m.b = append(append(append(m.b, "</"...), m.open[last]...), '>')
		m.open = m.open[:last]
	}
}

// element adds an element with a text.
func (m *markup) element(name, text string, attributes ...string) {
	m.start(name, attributes...)
	m.b = appendPlain(m.b, text)
	m.end(1)
}

// paragraph adds a text as a paragraph of an OpenDocument.
func (m *markup) paragraph(text string) {
	m.start("text:p")
	m.b = appendParagraph(m.b, text)
	m.end(1)
}
