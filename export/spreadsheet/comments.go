package spreadsheet

import "strings"

// Comment is what somebody wrote beside a cell.
type Comment struct {
	Ref
	Author string // empty where the file does not say
	Text   string
}

// readComments adds the notes of a part (CT_Comments, Part 1, 18.7.3). Those that stand in for threaded comments, whose
// author is the number of a thread, are passed over.
func (s *Sheet) readComments(part string) error {
	root, err := s.workbook.container.tree(part)
	if err != nil {
		return err
	}
	authors := root.child("authors").all("author")
	for _, e := range root.child("commentList").all("comment") {
		author := ""
		if e := elementAt(authors, e.integer("authorId", -1)); e != nil {
			author = strings.TrimSpace(e.text)
		}
		if strings.HasPrefix(author, "tc={") {
			continue
		}
		text := strings.TrimSpace(strings.TrimPrefix(plainText(e.child("text")), author+":")) // as Excel begins a note
		s.addComment(e, author, text)
	}
	return nil
}

// readThreads adds the threaded comments of a part, answers too, in order ([MS-XLSX] 2.6.203).
func (s *Sheet) readThreads(part string) error {
	root, err := s.workbook.container.tree(part)
	if err != nil {
		return err
	}
	for _, e := range root.all("threadedComment") {
		s.addComment(e, s.workbook.persons[e.attr("personId")], strings.TrimSpace(plainText(e)))
	}
	return nil
}

// addComment adds what an element says beside the cell that it names.
func (s *Sheet) addComment(e *element, author, text string) {
	ref, _ := ParseRef(e.attr("ref"))
	s.Comments = append(s.Comments, Comment{ref, author, text})
}

// plainText returns the text of an element with a text in one piece or in runs.
func plainText(e *element) string {
	var text strings.Builder
	for _, child := range e.descend() {
		switch child.name {
		case "r":
			text.WriteString(plainText(child))
		case "t", "text":
			text.WriteString(Unescape(child.text))
		}
	}
	return text.String()
}

// readPersons reads the names of those who wrote threaded comments ([MS-XLSX] 2.6.202).
func (w *Workbook) readPersons(relationships []Relationship) error {
	w.persons = map[string]string{}
	for _, r := range relationships {
		if r.Type != "person" || !w.container.has(r.Target) {
			continue
		}
		root, err := w.container.tree(r.Target)
		if err != nil {
			return err
		}
		for _, e := range root.all("person") {
			w.persons[e.attr("id")] = e.attr("displayName")
		}
	}
	return nil
}
